"""Figures as text: by currency and locale, exact or short, and client text made harmless."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from pages.ui import data_sentences, exports, formats


@pytest.fixture
def locale(monkeypatch):
    def use(code):
        monkeypatch.setattr(formats, "reader_locale", lambda: formats._known_locale(code))

    use("en-US")
    return use


@pytest.mark.parametrize(
    ("code", "minor", "currency", "text"),
    [
        ("en-US", 1_234_567, "usd", "$12,345.67"),
        ("en-US", 1_234_567, "eur", "€12,345.67"),
        ("de-DE", 1_234_567, "eur", "12.345,67\N{NO-BREAK SPACE}€"),
        ("fr-FR", 1_234_567, "eur", "12\N{NARROW NO-BREAK SPACE}345,67\N{NO-BREAK SPACE}€"),
        ("ro-RO", 1_234_567, "ron", "12.345,67\N{NO-BREAK SPACE}RON"),
        ("en-US", 1_234_567, "jpy", "¥1,234,567"),
        ("en-US", 1_234_567, "kwd", "KWD\N{NO-BREAK SPACE}1,234.567"),
        ("en-US", -5, "usd", "−$0.05"),
        ("klingon", 100, "usd", "$1.00"),
    ],
)
def test_money_follows_the_readers_locale_and_the_currency_s_own_digits(locale, code, minor, currency, text):
    locale(code)
    assert formats.money(minor, currency) == text


@pytest.mark.parametrize(
    ("minor", "text"),
    [(35_000, "$350"), (35_050, "$350.50"), (999_999, "$9,999.99"), (1_243_000, "$12.4k"), (123_456_789, "$1.2M"), (0, "$0")],
)
def test_a_headline_is_short_and_never_loses_cents_below_ten_thousand(locale, minor, text):
    assert formats.money(minor, "usd", short=True) == text


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_what_is_missing_reads_n_a_everywhere(locale, missing):
    assert {
        formats.money(missing, "usd"),
        formats.rate(missing),
        formats.count(missing),
        formats.date(missing),
        formats.month(missing),
        formats.instant(missing),
        formats.of(missing, 1),
    } == {"n/a"}
    assert formats.change(1, missing) is None
    assert formats.plain(missing) == ""


def test_a_rate_is_rounded_half_up_and_its_minus_is_a_real_one(locale):
    assert formats.rate(0.01695) == "1.7%"
    assert formats.rate(-0.0204) == "−2.0%"
    assert formats.rate(0.125, 0) == "13%"
    locale("de-DE")
    assert formats.rate(0.0169) == "1,7\N{NO-BREAK SPACE}%"


def test_a_change_has_its_sign_and_none_where_nothing_changed(locale):
    assert formats.change(150, 100, "usd") == "+$0.50"
    assert formats.change(100, 150, "usd") == "−$0.50"
    assert formats.change(3, 5) == "−2"
    assert formats.change(5, 5, "usd") == 0


def test_counts_stand_with_their_noun(locale):
    assert formats.count(1, "client") == "1 client"
    assert formats.count(1_200, "client") == "1,200 clients"
    assert formats.of(1, 59) == "1 of 59"


def test_months_and_days_come_from_frames_of_any_kind():
    assert formats.month("2026-11") == "November 2026"
    assert formats.month(pd.Timestamp("2026-11-30"), short=True) == "Nov 2026"
    assert formats.date(dt.date(2026, 11, 2)) == "2 Nov 2026"
    assert formats.earlier_months("2024-01") == ("Dec", "Jan 2023")
    assert formats.earlier_months("2024-02-29") == ("Jan", "Feb 2023")


def test_text_of_others_keeps_no_sign_that_markdown_would_read():
    shown = formats.plain("<b> *i* [x](y) $z$ :red[q] # h\nnext `c` www.evil.example a@b.example https://evil.example")
    bare = shown.replace("\\", "").replace("\N{WORD JOINER}", "")
    assert bare == "<b> *i* [x](y) $z$ :red[q] # h next `c` www.evil.example a@b.example https://evil.example"
    for sign in "<*[($:#`":
        assert shown.count(f"\\{sign}") == shown.count(sign)
    assert "www." not in shown and "://" not in shown


def test_a_csv_cell_that_a_spreadsheet_would_run_is_made_text():
    frame = pd.DataFrame(
        {
            "client_name": ["=cmd()", "+1", "-1", "@x", "\tx", "fine", " =x", None],
            "amount_minor": [-100] * 8,
            "currency": ["usd"] * 8,
        }
    )
    lines = exports.csv(frame).decode("utf-8-sig").replace("\r\n", "\n").splitlines()
    assert lines[0] == "client_name,amount,currency"
    assert [line.split(",")[0] for line in lines[1:]] == ["'=cmd()", "'+1", "'-1", "'@x", "'\tx", "fine", "' =x", ""]
    assert {line.split(",")[1] for line in lines[1:]} == {"-1.00"}, "a negative amount stays a figure"


def test_amounts_in_csv_are_decimals_of_their_own_currency():
    frame = pd.DataFrame({"currency": ["usd", "jpy", "kwd"], "mrr_minor": [35_050, 35_050, None]})
    assert exports.csv(frame).decode("utf-8-sig").split() == ["currency,mrr", "usd,350.50", "jpy,35050", "kwd,"]


def test_a_sentence_of_the_data_shows_days_and_amounts_as_people_write_them():
    said = data_sentences.as_people_write("Signed on 2026-11-02: 1,280.00 USD a month; 3 PDF; 900 JPY.")
    assert said == "Signed on 2 Nov 2026: $1,280.00 a month; 3 PDF; ¥900."
    uptime = data_sentences.as_people_write("Up 99.899 % of 30 days, 99.5 % promised.")
    assert uptime == "Up 99.90% of 30 days, 99.50% promised."
