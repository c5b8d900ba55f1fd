"""What an agreement says on paper: every topic of F5–F16 in each language, its revision on each page, no markup."""

import hashlib
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest

from data.errors import InputError
from proposals import guard, paper
from proposals.agreement import clauses, document, drafting, letters, parameters, pdf, record, reviews, standing
from proposals.agreement.terms import from_dict
from proposals.language import codes
from tests.proposals.agreement_drafts import CLIENT, SENT, TODAY, count, opened, pages, sent, terms, with_parameters

# One saying of each rule, in each language, that the PDF must hold word for word.
TOPICS = {
    "en": {
        "F5": ["This is not covered", "What is not listed as a service is not covered"],
        "F6": ["up to 20 GB of disk space", "does not promise a percentage of uptime", "Client e-mail is not provided"],
        "F7a": ["update made by the Provider breaks the site, the Provider repairs it"],
        "F7b": ["If the Client breaks the site", "up to 3 repairs of this kind a year"],
        "F7c": ["renews them only while the Client stays on the plan"],
        "F7d": ["is not liable for their faults"],
        "F8": ["database, media and all files", "the fee includes 4 restores a year"],
        "F9": ["weak or disclosed passwords", "logins that several people share"],
        "F10": ["For the Client", "Signature"],
        "F11": ["put their initials on every page"],
        "F12": ["tells the Client of each new revision in writing"],
        "F13": ["the number stands on every page"],
        "F14": ["Change log"],
        "F15": ["paid in advance by card", "a receipt once it is paid", "Late amounts bear interest"],
        "F16": ["after 3 days", "may suspend all services", "may terminate this agreement"],
    },
    "fr": {
        "F5": ["Ne sont pas compris"],
        "F6": [
            "espace disque de 20 Go",
            "sans s’engager sur un taux de disponibilité",
            "La messagerie du Client n’est pas fournie",
        ],
        "F7a": ["mise à jour faite par le Prestataire casse le site, le Prestataire le répare"],
        "F7b": ["3 réparations de ce type par an"],
        "F7c": ["ne les renouvelle que tant que le Client conserve la formule"],
        "F7d": ["n’est pas responsable de leurs défauts"],
        "F8": ["base de données, médias et tous les fichiers", "4 restaurations par an"],
        "F9": ["mots de passe faibles", "identifiants partagés entre plusieurs personnes"],
        "F10": ["Pour le Client", "Lu et approuvé"],
        "F11": ["paraphent chaque page"],
        "F12": ["informe le Client par écrit de chaque nouvelle révision"],
        "F13": ["son numéro figure sur chaque page"],
        "F14": ["Journal des modifications"],
        "F15": ["payé d’avance par carte", "un reçu une fois le paiement effectué", "portent intérêt"],
        "F16": ["après 3 jours", "suspendre toutes les prestations", "résilier le contrat"],
    },
    "ro": {
        "F5": ["Nu sunt incluse"],
        "F6": [
            "20 de GB de spațiu pe disc|20 GB de spațiu pe disc",
            "fără a garanta un procent",
            "E-mailul Beneficiarului nu este furnizat",
        ],
        "F7a": ["actualizare făcută de Prestator strică site-ul, Prestatorul îl repară"],
        "F7b": ["3 reparații de acest fel pe an"],
        "F7c": ["le reînnoiește numai cât timp Beneficiarul păstrează planul"],
        "F7d": ["nu răspunde pentru defectele"],
        "F8": ["baza de date, fișierele media", "4 restaurări pe an"],
        "F9": ["parole slabe", "conturi folosite în comun"],
        "F10": ["Pentru Beneficiar", "Semnătura"],
        "F11": ["parafează fiecare pagină"],
        "F12": ["informează în scris pe Beneficiar despre fiecare revizie nouă"],
        "F13": ["numărul ei se află pe fiecare pagină"],
        "F14": ["Jurnalul modificărilor"],
        "F15": ["în avans cu cardul", "o chitanță sau o confirmare de plată", "poartă dobândă"],
        "F16": ["după 3 zile", "suspenda toate serviciile", "rezilia contractul"],
    },
}
FOOTERS = {"en": "Revision 1 Page {} of {}", "fr": "Révision 1 Page {} sur {}", "ro": "Revizia 1 Pagina {} din {}"}


@pytest.fixture
def warehouse(tmp_path):
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("code", codes())
def test_every_topic_of_f5_to_f16_is_in_the_default_contract_and_each_page_bears_the_revision(warehouse, code):
    known, revision = sent(warehouse, terms(warehouse, code))
    found = pages(standing.printed(warehouse, known, 1))
    whole = " ".join(found)
    for rule, sayings in TOPICS[code].items():
        for saying in sayings:
            assert any(re.search(re.escape(one), whole) for one in saying.split("|")), (rule, saying)
    for number, page in enumerate(found, start=1):
        assert FOOTERS[code].format(number, len(found)) in page, page[-200:]
        assert revision.document["initials"] in page
    for name in (CLIENT.name, CLIENT.signatory, "Str. Lungă 4, Cluj"):
        assert name in whole
    assert revision.document["notice"] in found[0]
    assert not guard.find(document.plain_text(revision.document))


def test_every_parameter_of_a_clause_is_documented_and_belongs_to_a_clause():
    documented = (Path(__file__).parents[2] / "docs" / "agreements.md").read_text("utf-8")
    rows = " ".join(line.split("|")[1] for line in documented.splitlines() if line.startswith("| `"))
    assert [name for name in parameters.parameters() if f"`{name}`" not in rows] == []
    assert {parameter.clause for parameter in parameters.parameters().values()} <= set(clauses.clauses())


def test_every_rule_has_a_clause_and_every_clause_has_words_in_each_language(warehouse):
    rules = {rule for clause in clauses.clauses().values() for rule in clause.rules}
    assert {"F5", "F6", "F7a", "F7b", "F7c", "F7d", "F8", "F9", "F10", "F11", "F12", "F13", "F14", "F15", "F16", "R2"} <= rules
    for code in codes():
        made = terms(warehouse, code)
        for choice in (
            {
                "uptime": 99.9,
                "space_gb": 0,
                "repairs": 0,
                "restores": 0,
                "term_months": 0,
                "interest": 10,
                "hourly_rate_minor": 8000,
            },
            {
                "renewal": "none",
                "payment_way": "bank_transfer",
                "payment_every": "6",
                "payment_day": 5,
                "backup_contents": "database",
            },
        ):
            words = document.compose(with_parameters(made, **choice), [document.Change(1, TODAY, "Ana", "First")])
            assert [clause["id"] for clause in words["clauses"]] == list(clauses.clauses())
            assert all(clause["title"] and clause["blocks"] for clause in words["clauses"])
            assert "{" not in document.plain_text(words)


def test_the_pdf_of_a_revision_made_again_a_month_later_has_the_same_sha_256(warehouse, monkeypatch):
    known, revision = sent(warehouse)
    later = time.time() + 31 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    paper.compiler.cache_clear()
    again = pdf.document(standing.read(warehouse, known).revision(1).document)
    assert (
        hashlib.sha256(again).hexdigest()
        == revision.sha256
        == hashlib.sha256(standing.printed(warehouse, known, 1)).hexdigest()
    )


def test_a_contract_of_40_pages_renders_under_a_second(warehouse):
    text = "\n\n".join(
        f"{number}. The parties agree on this paragraph, which is as long as such paragraphs are. " * 6 for number in range(380)
    )
    log = [document.Change(1, TODAY, "Ana", "First")]
    pdf.document(document.compose(terms(warehouse), log))
    words = document.compose(terms(warehouse, own=[{"id": "own-1", "title": "Annex", "text": text}]), log)
    began = time.process_time()  # of this process alone, whatever else the machine does
    made_pdf = pdf.document(words)
    seconds = time.process_time() - began
    assert count(made_pdf) >= 40
    assert seconds < 1, seconds


def test_what_clients_write_is_never_read_as_markup_and_line_breaks_in_names_are_closed_up(warehouse):
    hostile = '#emph[x] *b* _i_ $x^2$ @ref <a> \\ `r` = h // #import "x"'
    made = terms(
        warehouse,
        client={"name": f"Line\none {hostile}", "address": "a\r\nb\u2028c\x00d", "signatory": "\u202eevil", "email": "no mail"},
        services=["{{ 7 * 7 }}", "## heading", "- item", "Subject: x"],
        own=[{"id": "own-1", "title": hostile, "text": f"{hostile}\n\n- {hostile}\n{{% raw %}}"}],
    )
    known, revision = sent(warehouse, made)
    whole = " ".join(pages(standing.printed(warehouse, known, 1)))
    assert f"Line one {hostile}" in whole
    assert "a b c d" in whole
    assert "{{ 7 * 7 }}" in whole
    assert "## heading" in whole
    assert "\u202e" not in str(revision.document)


def test_a_clause_of_100_kb_and_a_word_without_end_are_printed(warehouse):
    made = terms(warehouse, own=[{"id": "own-1", "title": "Long", "text": "word " * 20_000 + "x" * 3_000}])
    known, _ = sent(warehouse, made)
    assert count(standing.printed(warehouse, known, 1)) > 20
    with pytest.raises(InputError, match="too long"):
        terms(warehouse, own=[{"id": "own-1", "title": "Long", "text": "x" * 300_000}])


def test_letters_that_no_font_has_are_named_before_the_pdf_is_made_and_all_others_are_set(warehouse):
    known = record.save_draft(warehouse, terms(warehouse, own=[{"id": "own-1", "title": "Fun", "text": "Party 🎉 at 日本"}]))
    with pytest.raises(InputError, match="party popper") as refused:
        record.send(warehouse, known, author="Ana", note="First", on=TODAY)
    assert "日" in refused.value.title
    assert "“Fun”" in refused.value.hint
    assert standing.read(warehouse, known).revisions == ()
    assert letters.unknown("șțȘȚ éèêëàâçœ üöäß ąłżź őű čšž ñ ø å Ελληνικά Русский – — … “” „ « » \u202f€ £ №") == []


def test_the_line_on_legal_advice_goes_only_with_a_review_of_this_very_wording(warehouse):
    made = terms(warehouse)
    reviews.add(warehouse, made, "Maître Anne Dubois", TODAY - timedelta(days=3))
    known, revision = sent(warehouse, with_parameters(made, uptime=99.9))
    whole = " ".join(pages(standing.printed(warehouse, known, 1)))
    assert revision.document["notice"] == ""
    assert "not legal advice" not in whole
    assert "reviewed by Maître Anne Dubois on" in whole
    _, other = sent(
        warehouse, from_dict({**made.to_dict(), "clauses": [pair for pair in made.clauses if pair[0] != "liability"]})
    )
    assert "not legal advice" in other.document["notice"]
    with pytest.raises(InputError, match="name"):
        reviews.add(warehouse, made, " \n", TODAY)


def test_defaults_come_from_the_tier_the_price_book_and_the_settings(warehouse):
    made = terms(warehouse)
    assert made.parameters["repairs"] == 3
    assert (made.parameters["law"], made.provider.name) == ("France", "Ana Pop")
    partner = drafting.with_tier(made, "partner", warehouse.settings)
    assert partner.monthly_minor == 75_000
    assert len(partner.services) > len(made.services)
    social = drafting.by_hand(
        warehouse.settings, tier_id="tier_1", starts_on=SENT, book=drafting.price_books.load("social_media")
    )
    assert not dict(social.clauses)["hosting"]
    assert dict(social.clauses)["late_payment"]
    assert any("Hosting" in each for each in social.not_covered)


def test_clauses_are_switched_off_and_reordered_and_what_is_then_left_out_is_said(warehouse):
    made = terms(warehouse, clauses=[["law", True], ["scope", True], ["hosting", False]])
    words = document.compose(made, [document.Change(1, TODAY, "Ana", "First")])
    assert [clause["id"] for clause in words["clauses"]] == ["law", "scope"]
    assert "F6" in made.left_out()
    assert "F5" not in made.left_out()
    assert any("F16" in said for said in drafting.advice(made))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"uptime": "101"}, "uptime"),
        ({"repairs": -1}, "repairs"),
        ({"payment_way": "cash"}, "payment_way"),
        ({"reminder_days": 40}, "follow"),
        ({"wifi": 1}, "wifi"),
        ({"backup_days": "many"}, "backup_days"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_by_name(changes, said):
    with pytest.raises(InputError, match=said):
        parameters.checked(changes)


def test_a_user_s_own_wording_of_a_clause_wins(tmp_path):
    folder = tmp_path / "templates" / "en" / "agreement"
    folder.mkdir(parents=True)
    (folder / "law.j2").write_text("## Our law\nOnly {{ p.law }} law.\n", "utf-8")
    warehouse = opened(tmp_path)
    words = document.compose(terms(warehouse), [document.Change(1, TODAY, "Ana", "First")], home=tmp_path)
    assert words["clauses"][-2]["title"] == "Our law"
    (folder / "law.j2").write_text("## Our law\n{{ unknown }}\n", "utf-8")
    with pytest.raises(InputError, match="law"):
        document.compose(terms(warehouse), [document.Change(1, TODAY, "Ana", "First")], home=tmp_path)
    warehouse.close()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"clauses": [[1]]}, "can’t be read"),
        ({"client": "x"}, "can’t be read"),
        ({"clauses": ["weather"]}, "no clause"),
        ({"currency": "zzz"}, "no currency"),
        ({"monthly_minor": 10**15}, "fee"),
        ({"monthly_minor": 1.5}, "fee"),
        ({"hours": float("nan")}, "hours"),
        ({"starts_on": "9999-12-31"}, "begin"),
        ({"language": "xx"}, "xx"),
        ({"wifi": 1}, "wifi"),
        ({"own": [{"id": "own-1", "title": "", "text": "x"}]}, "needs a title"),
        ({"own": [{"id": "own-1", "title": "a", "text": "x"}] * 2}, "share an id"),
    ],
)
def test_terms_that_make_no_sense_are_refused_in_a_sentence(warehouse, changes, said):
    with pytest.raises(InputError, match=said):
        terms(warehouse, **changes)


def test_signs_that_nobody_sees_are_taken_out_and_right_to_left_writing_is_set(warehouse):
    made = terms(warehouse, client={"name": "Șerban\u200b\ue000\ud83d שלום", "address": "مرحبا 5"})
    assert "\ue000" not in made.client.name
    assert "\ud83d" not in made.client.name
    known, _ = sent(warehouse, made)
    assert standing.read(warehouse, known).is_intact
