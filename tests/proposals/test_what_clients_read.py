"""What every letter to a client says of the work: care and its benefits, never how hosting is made (F18, F20, R3, R4, R19)."""

import re

import pytest

from data.pricing import price_book as price_books
from proposals.agreement import document
from proposals.brief import Brief, Fact
from proposals.email import email
from proposals.language import FOLDER, codes
from proposals.offer import offer
from proposals.sender import Sender
from tests.proposals.agreement_drafts import TODAY, opened, terms
from tests.proposals.call_notes import CALL_NOTES

CARE = price_books.load("wordpress_care")
SENDER = Sender("Ana Pop")
HOSTING_TYPES = re.compile(
    r"\b(?:vps|virtual private server|shared (?:hosting|server)|dedicated server|bare metal|cloud (?:hosting|server)"
    r"|mutualis\w+|serveur (?:dédié|privé virtuel|partagé)|(?:găzduire|server) (?:partajat\w*|dedicat\w*)|server virtual"
    r"|cpanel|plesk|nginx|apache)\b",
    re.IGNORECASE,
)
CHEAPNESS = re.compile(r"\b(?:cheap\w*|low[- ]cost|pas cher|bon marché|ieftin\w*|bas prix)\b", re.IGNORECASE)
# Hours that are kept free, an immediate start, nothing to be quoted anew.
BENEFITS = {
    "en": ("Your hours are set aside each month", "work starts straight away", "nothing waits for a quote"),
    "fr": ("Vos heures sont réservées chaque mois", "le travail commence tout de suite", "sans attendre de devis"),
    "ro": ("Orele dumneavoastră sunt rezervate în fiecare lună", "munca începe imediat", "fără să mai așteptăm o ofertă"),
}
KNOWN_WELL = {
    "en": "someone who knows your business",
    "fr": "quelqu’un qui connaît votre activité",
    "ro": "cineva care vă cunoaște activitatea",
}


def written(language, **facts):
    return email(offer(Brief(language=language, **facts), CARE), SENDER).text


def challenge(quote):
    return (Fact(quote, quote, 0, len(quote)),)


def test_the_words_looked_for_are_found_where_they_stand():
    for text in ("We rent a VPS.", "sur un hébergement mutualisé", "o găzduire partajată", "our shared hosting"):
        assert HOSTING_TYPES.search(text)
    assert not HOSTING_TYPES.search("Managed hosting. The site runs on hosting that is looked after and stays up.")
    assert CHEAPNESS.search("cheaper hosting") and CHEAPNESS.search("găzduire ieftină")


@pytest.mark.parametrize("code", codes())
def test_f20_no_template_of_a_letter_or_clause_explains_hosting_types_or_competes_on_cheap_hosting(code):
    letters = [*(FOLDER / code).glob("*.j2"), *(FOLDER / code / "agreement").glob("*.j2"), FOLDER / code / "call.toml"]
    assert len(letters) > 20
    for path in letters:
        assert not HOSTING_TYPES.search(path.read_text("utf-8")), path.name
        assert not CHEAPNESS.search(path.read_text("utf-8")), path.name


@pytest.mark.parametrize("code", codes())
def test_f18_the_price_book_sells_hosting_as_care_and_says_nothing_of_servers_or_cheapness(code):
    for service in CARE.services.values():
        said = f"{service.name(code)} {service.benefit(code)}"
        assert not HOSTING_TYPES.search(said) and not CHEAPNESS.search(said), said
    hosting = CARE.services["managed_hosting"].benefit(code)
    assert re.search({"en": "looked after", "fr": "suivi de près", "ro": "supravegheată"}[code], hosting)


@pytest.mark.parametrize("code", codes())
def test_f18_f20_what_the_e_mails_and_the_agreement_say_names_no_hosting_type(tmp_path, code):
    for note in CALL_NOTES.values():
        sent = email(note.offer(), SENDER, code)
        assert not HOSTING_TYPES.search(sent.text), note.id
    warehouse = opened(tmp_path)
    made = document.plain_text(document.compose(terms(warehouse, code), [document.Change(1, TODAY, "Ana", "First")]))
    warehouse.close()
    assert len(made) > 3_000 and not HOSTING_TYPES.search(made) and not CHEAPNESS.search(made)


@pytest.mark.parametrize("language", codes())
def test_r3_r4_hours_kept_free_an_immediate_start_and_no_quote_each_time_stand_in_the_e_mail(language):
    text = written(language, services=(Fact("daily_backups"),))
    assert all(benefit in text for benefit in BENEFITS[language])


@pytest.mark.parametrize(
    ("language", "hours"), [("en", "3 hours of my time"), ("fr", "3 heures de mon temps"), ("ro", "3 ore din timpul meu")]
)
def test_r19_each_option_names_the_hours_of_the_month_that_are_reserved(language, hours):
    text = written(language, services=(Fact("daily_backups"),))
    assert hours in text
    assert (
        sum(tier.hours is not None for tier in CARE.tiers)
        == 3
        == len(re.findall(r"of my time|de mon temps,|din timpul meu", text))
    )


@pytest.mark.parametrize("language", codes())
def test_r3_that_someone_knows_the_business_is_said_where_the_call_doubted_the_value(language):
    assert KNOWN_WELL[language] in written(language, objections=(Fact("value"),))
    assert KNOWN_WELL[language] not in written(language, objections=(Fact("results"),))


def test_r19_the_benefit_lines_are_those_of_what_the_call_showed():
    slow, hacked = (written("en", challenges=challenge(quote)) for quote in ("the site is slow", "we were hacked twice"))
    fast, safe = (CARE.services[name].benefit("en")[1:] for name in ("performance_tuning", "security_monitoring"))
    assert fast in slow and safe not in slow
    assert safe in hacked and fast not in hacked
