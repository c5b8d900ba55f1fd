"""The brief reader on notes that its rules were not written from, and the rules of reading one by one (RULES of the corpus)."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from data.pricing.price_book import load
from proposals.brief import LISTS, SINGLE, Brief, Fact, brief, suggest_book
from proposals.language import codes

NOTES = Path(__file__).parent / "notes"
TODAY = dt.date(2026, 3, 16)  # a Monday


def read(text: str, book: str = "wordpress_care", on: dt.date = TODAY) -> Brief:
    return brief(text, load(book), on)


def amounts(text: str) -> tuple[Any, ...]:
    value = read(text).value("budget") or {}
    return tuple(value.get(part) for part in ("low", "high", "ceiling", "currency"))


@pytest.mark.parametrize("corpus", sorted(path.name for path in NOTES.glob("*.json")))
def test_every_quote_stands_where_its_offsets_say(corpus: str) -> None:
    for note in json.loads((NOTES / corpus).read_text(encoding="utf-8"))["notes"]:
        found = read(note["text"], note["gold"]["book"], dt.date.fromisoformat(note["reference_date"]))
        facts = [getattr(found, name) for name in SINGLE] + [fact for name in LISTS for fact in getattr(found, name)]
        for fact in filter(None, facts):
            assert fact.quote and note["text"][fact.start : fact.end] == fact.quote, (note["id"], fact)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her budget is 3k a month, in pounds.", (3000, 3000, None, "GBP")),
        ("She can pay between £250 and £300 each month. Upper limit £320.", (250, 300, 320, "GBP")),
        ("Budget: $5,000 - $6,000/month (Tulsa)", (5000, 6000, None, "USD")),
        ("Budget: $900 a month, Toronto", (900, 900, None, "CAD")),
        ("They have set aside $2,400 a year for upkeep.", (200, 200, None, "USD")),
        ("He can spend a hundred and twenty bucks a month, tops one fifty. Ballarat.", (120, 120, 150, "AUD")),
        ("Buget: 2.500 – 3.000 lei pe lună, cel mult 3.600 lei.", (2500, 3000, 3600, "RON")),
        ("Ar da o mie cinci sute de lei pe lună, maximum 1.700.", (1500, 1500, 1700, "RON")),
        ("Elle peut mettre 300 € par mois, jusqu'à 340 € au plus.", (300, 300, 340, "EUR")),
        ("Budget : CHF 12'000.- par an", (1000, 1000, None, "CHF")),
        ("Il paierait trois mille cinq cents euros par mois.", (3500, 3500, None, "EUR")),
    ],
)
def test_a_budget_is_read_per_month_in_every_spelling(text: str, expected: tuple[Any, ...]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "They turn over £90,000 a year.",
        "The competitor asked for 95 € a month.",
        "I quoted £350 a month; she said nothing about her budget.",
        "They paid $6,500 for a redesign last year.",
        "Budget non communiqué. Le concurrent demandait 95 € par mois.",
        "Agenția veche le lua 400 de euro pe lună.",
        "Cifra de afaceri este de 40.000 de euro pe lună.",
    ],
)
def test_other_money_is_no_budget(text: str) -> None:
    assert read(text).budget is None


@pytest.mark.parametrize(
    ("text", "call", "start"),
    [
        ("Call with Ana Pop on Friday 13 March 2026. Start: 1 April", "2026-03-13", "2026-04-01"),
        ("Date: 3/12/2026, Tulsa. Target start: end of April", "2026-03-12", "2026-04-30"),
        ("Spoke to Ana yesterday. She wants to start next Monday.", "2026-03-15", "2026-03-16"),
        ("Appel du 12/03/2026. Début mi-avril.", "2026-03-12", "2026-04-15"),
        ("Data: 12.03.2026\nStart: la mijlocul lunii aprilie", "2026-03-12", "2026-04-15"),
        ("Am vorbit azi cu Ana Pop. Începem la 1 aprilie.", "2026-03-16", "2026-04-01"),
        ("Ana called. She wants it as soon as possible.", None, None),
    ],
)
def test_dates_are_read_in_every_habit(text: str, call: str | None, start: str | None) -> None:
    found = read(text)
    assert (found.value("call_date"), found.value("start_date")) == (call, start)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("She wants backups and updates but doesn't want articles.", "seo_content"),
        ("Elle souhaite des sauvegardes, pas d'articles.", "seo_content"),
        ("Vrea backup și actualizări, fără articole.", "seo_content"),
    ],
)
def test_what_the_client_does_not_want_is_out(text: str, refused: str) -> None:
    found = read(text).values("services")
    assert "daily_backups" in found and refused not in found


def test_the_remedy_of_a_stated_problem_is_a_service() -> None:
    found = read("Problems: no backup; the site was hacked in June; it takes nine seconds to open.")
    assert {"daily_backups", "security_monitoring", "performance_tuning"} <= set(found.values("services"))
    assert len(found.challenges) == 3


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Contact: Ana Pop, owner. The board has to approve it.", False),
        ("Contact: Ana Pop, owner.", True),
        ("Contact: Ana Pop, marketing manager.", None),
        ("Contact: Ana Pop, marketing manager. She decides on her own.", True),
        ("Am vorbit cu Ana Pop, administratoare. Decide împreună cu soțul.", False),
        ("J'ai parlé avec Ana Pop. Son père a le dernier mot.", False),
    ],
)
def test_an_explicit_statement_beats_the_role(text: str, expected: bool | None) -> None:
    assert read(text).value("decision_maker") is expected


def test_a_romanian_genitive_is_undone() -> None:
    found = read("Azi am vorbit cu Mihaela Stoian, administratoarea Pensiunii Poiana Soarelui.")
    assert found.value("company") == "Pensiunea Poiana Soarelui"


def test_a_surname_alone_gives_no_first_name() -> None:
    found = read("Spoke to Mrs. Quinlan on 12 March 2026 about her site.")
    assert found.value("contact_name") == "Quinlan" and found.contact_first_name is None


def test_an_address_spelled_out_counts() -> None:
    assert read("Email ana at florilenoastre dot ro").value("email") == "ana@florilenoastre.ro"


def test_a_misspelt_word_is_understood() -> None:
    found = read("wants secruity, updats and bakups. bugdet 150 euro a mnth")
    assert {"security_monitoring", "weekly_updates", "daily_backups"} <= set(found.values("services"))
    assert found.value("budget")["low"] == 150


def test_the_book_that_fits_is_suggested() -> None:
    books = [load("wordpress_care"), load("social_media")]
    assert suggest_book("Needs backups, updates and hosting for the WordPress site.", books) is books[0]
    assert suggest_book("Veut 3 publications par semaine et des reels.", books) is books[1]
    assert suggest_book("", books) is None


@pytest.mark.parametrize("language", codes())
def test_what_is_missing_becomes_a_question(language: str) -> None:
    found = read("Spoke to Ana Pop.")
    assert "budget" in found.missing and "contact_name" not in found.missing
    asked = dict(found.questions(language))
    assert set(asked) <= set(found.missing) and asked["budget"].endswith("?")


def test_a_brief_survives_json() -> None:
    found = read("Contact: Ana Pop\nBudget: 300 € a month\nGoal: 20 more orders a month within 6 months\nNeeds: backups")
    assert Brief.from_dict(json.loads(json.dumps(found.to_dict()))) == found


def test_a_correction_has_no_quote_and_the_rest_keeps_theirs() -> None:
    found = read("Contact: Ana Pop\nNeeds: backups, updates")
    corrected = found.replace_fact("company", "Florile").replace_fact("services", ["daily_backups", "monthly_report"])
    assert corrected.company == Fact("Florile")
    assert corrected.services[0].quote == "backups" and corrected.services[1] == Fact("monthly_report")
    assert corrected.contact_name == found.contact_name
    assert corrected.replace_fact("company", None).company is None
    with pytest.raises(KeyError):
        found.replace_fact("shoe_size", 43)
