"""The e-mail of a new price: value first, no apology, never a discount, in the client's language; and its files."""

import json
import re
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from data.pricing import price_book
from data.pricing.what_if.telling import ChangedLine, Telling
from proposals import guard
from proposals.__main__ import main
from proposals.language import codes
from proposals.price_change import Addressee, price_change
from proposals.sender import Sender

BOOK = price_book.load("wordpress_care")
SENDER = Sender("Ada Martin", "Atelier Ada", "ada@example.com")
ON = date(2027, 1, 1)
WORK = {"updates_made": 52, "backups_made": 1, "incidents_handled": 21, "hours_worked": 3.0}
APOLOGY = re.compile(
    r"sorry|apolog|unfortunately|regret|désolé|excus|malheureusement|navré|scuz|îmi pare rău|din păcate", re.IGNORECASE
)


def told(*lines, currency="eur"):
    return Telling("c1", "Café Ourson", currency, lines, date(2026, 12, 2))


RISE = told(ChangedLine("Growth", "Growth", 35_000, 38_500, 1, ON))
UPGRADE = told(
    ChangedLine("Growth", "Partner", 35_000, 75_000, 12, ON), ChangedLine("Extra", "Extra", 500, 650, 1, date(2027, 3, 5))
)


@pytest.mark.parametrize("register", ["formal", "informal"])
@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("change", [RISE, UPGRADE, told(ChangedLine("Growth", "Growth", 35_000, 30_000, 1, ON))])
def test_it_opens_with_what_the_client_has_and_says_no_discount_and_no_sorry(change, code, register):
    mail = price_change(change, Addressee("Marie Dupont", "m@ourson.fr", "fr", WORK), BOOK, SENDER, code, register)
    lines = mail.text.splitlines()
    first_price = next(place for place, line in enumerate(lines) if "350" in line)
    first_value = next(place for place, line in enumerate(lines) if line.startswith("- 52"))
    assert first_value < first_price
    assert not guard.find(f"{mail.subject}\n{mail.text}") and not APOLOGY.search(mail.text)
    assert "Marie" in lines[0] and "Ada Martin" in lines and "{" not in mail.text
    assert all(text in mail.html for text in ("52", "350"))


def test_it_is_written_in_the_client_s_language_else_in_english():
    subjects = {
        language: price_change(RISE, Addressee("", "", language), BOOK, SENDER).subject
        for language in ("fr", "ro", "en", "de", "")
    }
    assert subjects["fr"] == "Croissance à partir du 1er janvier 2027"
    assert subjects["ro"] == "Creștere începând cu 1 ianuarie 2027"
    assert subjects["en"] == subjects["de"] == subjects[""] == "Growth from 1 January 2027"


def test_another_tier_says_what_it_adds_and_each_line_its_own_day_and_term():
    text = price_change(UPGRADE, Addressee(language="en"), BOOK, SENDER).text
    assert "Growth becomes Partner: €750 a month (until then €350)" in text
    assert "Billed every 12 months as before: €9,000." in text
    assert "Extra: €6.50 a month (until then €5), from 5 March 2027" in text
    added = text.partition("What comes on top")[2]
    assert "Online store care" in added
    assert "Priority support" in text.partition("What comes on top")[0]


def test_without_records_or_a_known_tier_it_says_the_price_alone():
    text = price_change(told(ChangedLine("Care 2019", "Care 2019", 9_900, 11_000, 1, ON)), Addressee(), BOOK, SENDER).text
    assert text.startswith("Hello,\n\nFrom 1 January 2027\n- Care 2019: €110 a month (until then €99)")


def test_the_draft_goes_to_the_client_s_address_and_a_bad_one_is_left_out():
    mail = price_change(RISE, Addressee("Marie Dupont", "m@ourson.fr", "fr"), BOOK, SENDER)
    message = message_from_bytes(mail.eml, policy=default)
    assert (message["To"], message["X-Unsent"]) == ("Marie Dupont <m@ourson.fr>", "1")
    assert message.get_body(("html",)) is not None
    bad = price_change(RISE, Addressee("Marie", "m@ourson.fr\nBcc: x@y.z"), BOOK, SENDER)
    assert message_from_bytes(bad.eml, policy=default)["To"] is None


def test_a_name_from_the_data_is_text_and_nothing_else():
    mail = price_change(
        told(ChangedLine("<b>Gold</b> # x", "<b>Gold</b> # x", 100, 200, 1, ON)), Addressee("<script>"), BOOK, SENDER
    )
    assert "<b>" not in mail.html and "<script>" not in mail.html and mail.text.startswith("Hello,")


SCENARIO = {
    "scenario": {"prices_minor": {"Growth": 38_500}, "starts_in": 2},
    "book": {
        "currency": "usd",
        "as_of": "2026-11-21",
        "tiers": [{"name": "Growth", "price_minor": 35_000}],
        "clients": [
            {"id": "a", "name": "Ann & Co", "tier": "Growth", "price_minor": 35_000},
            {"id": "b", "name": "ann co", "tier": "Growth", "price_minor": 35_000},
        ],
    },
}


def run(tmp_path, monkeypatch, scenario, *flags):
    monkeypatch.setenv("RETAINER_HOME", str(tmp_path / "home"))
    file = tmp_path / "scenario.json"
    file.write_text(json.dumps(scenario), encoding="utf-8")
    return main(["price-change", str(file), "--out", str(tmp_path / "out"), *flags])


def test_the_command_writes_an_e_mail_for_each_client_their_list_and_the_price_book(tmp_path, monkeypatch, capsys):
    assert run(tmp_path, monkeypatch, SCENARIO, "--language", "ro") == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    mails = {f"{name}.{end}" for name in ("ann-co", "ann-co-2") for end in ("eml", "txt", "html")}
    assert names == mails | {"clients.csv", "price_book.toml", "price_book.diff"}
    assert len(capsys.readouterr().out.splitlines()) == len(names)
    assert "Creștere" in (tmp_path / "out" / "ann-co.txt").read_text(encoding="utf-8")
    rows = (tmp_path / "out" / "clients.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1] == "a,Ann & Co,,ro,usd,35000,38500,2027-01-01,2026-12-02"
    assert price_book.load(str(tmp_path / "out" / "price_book.toml")).tier("growth").price_minor == 38_500


def test_the_command_says_what_is_too_late_what_was_not_drafted_and_when_there_is_nobody_to_tell(tmp_path, monkeypatch, capsys):
    soon = {**SCENARIO, "scenario": {"prices_minor": {"Growth": 99_000}}}
    assert run(tmp_path, monkeypatch, soon) == 0
    said = capsys.readouterr().err
    assert "2 of them can’t be told 30 days before" in said and "Prices must rise" in said and "not signed" in said
    assert run(tmp_path, monkeypatch, {**SCENARIO, "scenario": {}}) == 2
    assert "There is nobody to tell" in capsys.readouterr().err
