"""The call sheet (mission.md R20, R21): nine steps in each language, and notes whose every field the brief finds again."""

import datetime as dt

import pytest

from data.errors import InputError
from data.pricing import price_book
from proposals import call_sheet, guard
from proposals.brief import brief
from proposals.language import codes

TODAY = dt.date(2026, 11, 21)
COMMON = {
    "decides": "alone", "call_date": dt.date(2026, 11, 20), "minutes": 20, "sites": 2.0, "horizon": 12.0, "hours": 2.0,
    "budget_low": 300.0, "budget_high": 400.0, "currency": "eur", "payment": "bank_transfer", "prepay": 3,
    "start": dt.date(2026, 12, 1),
}  # fmt: skip
CALLS = {
    "en": {
        "contact": "Hannah Brooks", "company": "Fernbank Pottery", "email": "hannah@fernbank.example",
        "business": "pottery and courses", "challenges": "The shop goes down every week.\n- Nobody updates WordPress.",
        "goals": "Sell 30% more online courses.", "tried": "An agency, for a year.", "services": "nightly backups\nupdates",
        "objections": "It is a bit expensive.", "next_step": "three options by Monday",
    },
    "fr": {
        "contact": "Claire Morel", "company": "Morel & Filles", "email": "claire@morel.example", "business": "boulangerie",
        "challenges": "Le site tombe en panne tous les samedis.\n- Personne ne fait les mises à jour.",
        "goals": "50 commandes en ligne de plus par mois.", "tried": "Une agence, pendant un an.",
        "services": "sauvegardes tous les jours\nmises à jour", "objections": "C’est un peu cher.",
        "next_step": "trois formules lundi",
    },
    "ro": {
        "contact": "Andreea Ionescu", "company": "Cofetăria Vanilia", "email": "andreea@vanilia.example",
        "business": "cofetărie cu livrare", "challenges": "Site-ul cade în fiecare weekend.\n- Nimeni nu face actualizările.",
        "goals": "Mai multe comenzi online.", "tried": "O agenție, un an.",
        "services": "copii de siguranță zilnice\nactualizări",
        "objections": "E cam scump.", "next_step": "cele trei variante, luni",
    },
}  # fmt: skip


def read(code, **changed):
    text = call_sheet.notes(code, {**COMMON, **CALLS[code], **changed})
    return brief(text, price_book.load("wordpress_care"), TODAY)


@pytest.mark.parametrize("code", list(CALLS))
def test_the_brief_finds_every_fact_that_was_typed(code):
    found, typed = read(code), CALLS[code]
    assert found.language == code
    assert found.value("contact_name") == typed["contact"] and found.value("company") == typed["company"]
    assert found.value("email") == typed["email"] and found.value("decision_maker") is True
    assert (found.value("call_date"), found.value("start_date")) == ("2026-11-20", "2026-12-01")
    assert found.value("budget") == {"low": 300, "high": 400, "ceiling": None, "currency": "EUR", "period": "month"}
    assert [found.value(name) for name in ("sites", "hours_per_month", "horizon_months", "prepay_months")] == [2, 2, 12, 3]
    assert found.value("payment_method") == "bank_transfer" and found.value("growth_goal") is True
    assert found.values("objections") == ["money"]
    assert {"daily_backups", "weekly_updates"} <= set(found.values("services"))
    goal = typed["goals"].rstrip(".")
    assert any(goal in str(value) or str(value) in goal for value in found.values("goals")) and len(found.goals) == 1
    for line in typed["challenges"].replace("- ", "").splitlines():
        assert any(line.rstrip(".") in str(value) for value in found.values("challenges")), line


@pytest.mark.parametrize("code", list(CALLS))
@pytest.mark.parametrize("payment", ["card", "bank_transfer", "direct_debit", "cheque"])
def test_each_choice_of_the_sheet_is_read_as_it_was_meant(code, payment):
    found = read(code, payment=payment, decides="others", budget_high=None, budget_low=1_500.0)
    assert found.value("payment_method") == payment and found.value("decision_maker") is False
    assert (found.value("budget")["low"], found.value("budget")["high"]) == (1_500, 1_500)


@pytest.mark.parametrize("code", list(CALLS))
def test_nothing_typed_is_no_note_and_an_empty_field_leaves_no_line(code):
    assert call_sheet.notes(code, {"call_date": TODAY, "currency": "usd", "contact": "  ", "goals": ""}) == ""
    text = call_sheet.notes(code, {"call_date": TODAY, "currency": "usd", "contact": "Ann Lee"})
    assert len(text.splitlines()) == 2 and "Ann Lee" in text and "{" not in text


@pytest.mark.parametrize("code", codes())
def test_every_language_has_the_nine_steps_with_their_words_and_no_discount(code):
    sheet = call_sheet.words(code)
    assert len(sheet.steps) == 9 and all(step.title and step.say and step.fields for step in sheet.steps)
    fields = {field for step in sheet.steps for field in step.fields}
    assert fields == set(sheet.labels)
    assert sheet.options.keys() == {"decides", "payment"}
    assert 60 <= len(sheet.answer.split()) <= 130
    everything = " ".join([sheet.answer, *(step.say for step in sheet.steps)])
    assert guard.find(everything) == []
    written = set(call_sheet.WRITTEN) - {"decides", "payment"} | {"budget_one"}
    chosen = {f"{field}_{choice}" for field, choices in sheet.options.items() for choice in choices}
    assert written | chosen == set(sheet.notes)


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("en", "Phone first; don’t open with an e-mail", "three options by e-mail"),
        ("fr", "Le téléphone d’abord, pas d’e-mail", "trois formules par e-mail"),
        ("ro", "Întâi telefonul, nu un e-mail", "trei variante pe e-mail"),
    ],
)
def test_r20_the_steps_lead_from_a_phone_call_to_who_decides_to_three_options_by_e_mail(code, first, last):
    steps = call_sheet.words(code).steps
    assert first in steps[0].say and "decides" in steps[0].fields
    assert last in steps[-1].say


def test_braces_and_line_breaks_in_what_was_typed_stay_text():
    text = call_sheet.notes("en", {"contact": "Ann {value} {0}\nBcc: x@evil.example", "budget_low": 10.0, "currency": "{low}"})
    assert "Contact: Ann {value} {0} Bcc: x@evil.example" in text and len(text.splitlines()) == 2


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError):
        call_sheet.words("xx")
