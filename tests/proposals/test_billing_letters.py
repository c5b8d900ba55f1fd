"""Letters of billing in each language, register and tone, with the days of the user's own policy (mission.md F16, F36–F38)."""

import email
from datetime import date
from email.policy import default
from itertools import product

import pytest

from data.errors import InputError
from data.settings import Settings
from proposals import billing_letters as letters
from proposals.billing_letters import Addressee
from proposals.email import Email
from proposals.language import codes
from proposals.sender import Sender

POLICY = Settings(reminder_days=4, suspension_days=16, termination_days=45)
TODAY = date(2026, 11, 20)
SENDER = Sender("Ana Pop", "Atelier Pop", "ana@pop.example")
REGISTERS = ("formal", "informal")


def unpaid(code: str = "en", tone: str = "firm", **more: object) -> Email:
    terms = {"invoice": "A-7", "amount_minor": 35_050, "currency": "eur", "since_on": date(2026, 11, 16), "today": TODAY}
    who = Addressee("Ștefan & Fiii", "stefan@x.example", code)
    return letters.unpaid(who, SENDER, POLICY, tone=tone, **{**terms, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(("code", "register"), list(product(codes(), REGISTERS)))
def test_every_letter_reads_in_every_language_and_register(code, register):
    who = Addressee("Ștefan", "stefan@x.example", code)
    every = [unpaid(code, tone, register=register) for tone in letters.TONES]
    every += [unpaid(code, "friendly", register=register, is_invoice=True),
              unpaid(code, "friendly", register=register, next_try_on=date(2026, 11, 24))]  # fmt: skip
    every += [
        letters.card(who, SENDER, last4="4242", expires_on=date(2026, 12, 31), today=today, register=register)
        for today in (TODAY, date(2027, 1, 2))
    ]
    every += [
        letters.renewal(who, SENDER, amount_minor=210_000, currency="eur", months=months, paid_until=date(2026, 12, 1),
                        today=today, register=register)
        for months in (1, 6, 12) for today in (TODAY, date(2026, 12, 5))
    ]  # fmt: skip
    every += [
        letters.disputed(who, SENDER, invoice="A-7", amount_minor=35_050, currency="eur", since_on=TODAY, is_lost=is_lost,
                         register=register)
        for is_lost in (False, True)
    ]  # fmt: skip
    greeting = {"en": "Hello,", "fr": "Bonjour,", "ro": "Bună ziua,"}[code]
    for each in every:
        assert each.text.startswith(greeting) and greeting[:-1] not in each.subject
        assert each.subject and "{{" not in each.text and "None" not in each.text
        assert "\n\n\n" not in each.text and "ş" not in each.text and "ţ" not in each.text
        read = email.message_from_bytes(each.eml, policy=default)
        assert read["To"] == "Ștefan <stefan@x.example>" or read["To"].addresses[0].addr_spec == "stefan@x.example"
        assert read["X-Unsent"] == "1" and "Ana Pop" in each.text


def test_the_three_tones_name_what_follows_by_the_users_own_days():
    friendly, firm, final = (unpaid(tone=tone) for tone in letters.TONES)
    assert "suspended" not in friendly.text
    assert "2 December 2026" in firm.text.replace("\xa0", " ") or "December 2, 2026" in firm.text
    assert "31 December 2026" in final.text.replace("\xa0", " ") or "December 31, 2026" in final.text
    assert "may be ended" not in firm.text and "may be ended" in final.text


def test_a_day_that_is_past_is_never_threatened_with():
    late = unpaid(tone="final", since_on=date(2026, 6, 1)).text.replace("\xa0", " ")
    assert "23 November 2026" in late or "November 23, 2026" in late


def test_amounts_and_dates_are_written_as_the_language_does():
    assert "350,50\xa0€" in unpaid("fr").text and "16 novembre 2026" in unpaid("fr").text
    assert "350,50" in unpaid("ro").text and "16 noiembrie 2026" in unpaid("ro").text


def test_an_informal_letter_says_tu_and_a_formal_one_vous():
    assert "dis-le-moi" in unpaid("fr", register="informal").text.lower()
    assert "dites-le-moi" in unpaid("fr", register="formal").text.lower()


def test_the_tone_follows_the_step_of_the_policy():
    assert [letters.tone_of(step) for step in ("notice", "reminder", "suspension", "termination")] == [
        "friendly", "firm", "final", "final",
    ]  # fmt: skip


def test_what_comes_from_the_data_stays_data():
    nasty = unpaid(invoice="## <b>{{ 7*7 }}</b>\nSubject: x")
    assert "<b>" not in nasty.html and "49" not in nasty.text and "\n" not in nasty.subject
    assert Addressee("x", "a@b.example\nBcc: c@d.example").mailbox is None


def test_an_unknown_language_is_refused():
    with pytest.raises(InputError):
        unpaid("xx")


@pytest.mark.parametrize(("code", "tone"), list(product(codes(), ("firm", "final"))))
def test_a_client_without_a_signed_agreement_is_not_reminded_of_one(code, tone):
    appeals = ("agreement", "contrat", "contract")
    assert any(word in unpaid(code, tone).text for word in appeals)
    alone = unpaid(code, tone, has_agreement=False).text
    assert not any(word in alone for word in appeals) and "\n\n\n" not in alone
