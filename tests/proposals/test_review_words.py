"""The month in one paragraph: only from its figures, in each language."""

import re
import tomllib
from datetime import date

import pytest

from data.errors import InputError
from proposals import language as languages
from proposals import review
from proposals.review.words import cause, figures
from tests.proposals.month_frames import FORMULA, MARKUP, MOVED, SCRIPT, frames, movement

TODAY = date(2026, 11, 3)


def step(**changed: object) -> list[dict]:
    return [frames()["mrr_movements"].iloc[0].to_dict() | changed]


def test_the_paragraph_says_change_why_who_churn_concentration_cash_and_leavers():
    assert review.paragraph(frames(), today=TODAY) == (
        "In October 2026, MRR rose by €580.50 (+89.3%), from €650.00 to €1,230.50. "
        f"It gained €500.50 from 2 new clients ({SCRIPT} and {FORMULA} – after a trial) and "
        f"€200.00 from one increase ({MARKUP} – Essential → Growth). "
        "It lost €120.00 with one client who left (Zoë – cancelled: too expensive). "
        "1 of 3 clients left (33.3%). "
        "At its end, 4 clients pay, €307.63 on average. "
        f"The largest client, {MARKUP}, brings 45% of MRR, the three largest 88%; without {MARKUP}, €680.50 would be left. "
        "€1,300.00 was collected, €50.00 refunded; 2 charges failed (€300.00). "
        "As of 3 Nov 2026, one client is set to leave, with €180.00 of MRR: Ana (1 Dec 2026)."
    )


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "fr",
            (
                "En octobre 2026, le MRR a augmenté de 580,50 € (+89,3 %), passant de 650,00 € à 1 230,50 €.",
                "Il a gagné 500,50 € de 2 nouveaux clients",
                "Il a perdu 120,00 € avec un client parti (Zoë – résilié : trop cher).",
                "1 client sur 3 est parti (33,3 %).",
                "2 paiements ont échoué (300,00 €).",
                "Au 3 nov. 2026, un départ est prévu, soit 180,00 € de MRR : Ana (1 déc. 2026).",
            ),
        ),
        (
            "ro",
            (
                "În octombrie 2026, MRR a crescut cu 580,50 EUR (+89,3 %), de la 650,00 EUR la 1.230,50 EUR.",
                "A câștigat 500,50 EUR de la 2 clienți noi",
                "A pierdut 120,00 EUR cu un client plecat (Zoë – anulat: prea scump).",
                "1 client din 3 a plecat (33,3 %).",
                "2 plăți au eșuat (300,00 EUR).",
                "La 3 nov. 2026, o plecare este programată, cu 180,00 EUR din MRR: Ana (1 dec. 2026).",
            ),
        ),
    ],
)
def test_french_and_romanian_say_the_same_in_their_own_words(code, sentences):
    told = re.sub("[\u00a0\u202f]", " ", review.paragraph(frames(), code, today=TODAY))
    assert [sentence for sentence in sentences if sentence not in told] == [], told


@pytest.mark.parametrize("code", languages.codes())
def test_every_number_in_the_paragraph_is_one_of_the_month_s_figures(code):
    told = review.paragraph(frames(), code, today=TODAY)
    for name in (SCRIPT, MARKUP, FORMULA):
        told = told.replace(name, "")
    digits = {re.sub(r"\D", "", number) for number in re.findall(r"\d[\d.,\u00a0\u202f]*", told)}
    money = {"58050", "65000", "123050", "50050", "20000", "12000", "30763", "68050", "130000", "5000", "30000", "18000"}
    assert digits == money | {"2026", "893", "333", "45", "88", "1", "2", "3", "4"}


@pytest.mark.parametrize(("number", "words"), [(2, "2 clienți noi"), (19, "19 clienți noi"), (20, "20 de clienți noi")])
def test_romanian_counts_with_de_from_twenty(number, words):
    moved = [movement(3, f"Client {place}", "new", 100, 100, "subscription started") for place in range(number)]
    told = review.paragraph(frames(movements=moved), "ro", today=TODAY)
    assert f"de la {words} (" in told


def test_many_names_are_three_and_the_number_of_the_others():
    moved = [movement(3, f"C{place}", "new", 1000 - place, 100, "subscription started") for place in range(9)]
    assert "9 new clients (C0, C1, C2 and 6 others)" in review.paragraph(frames(movements=moved), today=TODAY)


def test_a_client_s_comment_on_leaving_is_not_in_the_paragraph():
    told = review.paragraph(frames(), today=TODAY)
    assert "too expensive" in told and "ourselves" not in told


def test_that_a_client_who_left_had_canceled_goes_without_saying():
    moved = [movement(20, "Zoë", "churn", 12_000, 0, "canceled")]
    assert "one client who left (Zoë)." in review.paragraph(frames(movements=moved), today=TODAY)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"movements": []}, "In October 2026, nobody’s MRR changed: it stands at €1,230.50."),
        ({"movements": [MOVED[0]], "mrr_movements": step(opening_minor=0)}, "In October 2026, the first MRR came: €1,230.50."),
        ({"mrr_movements": step(closing_minor=65_000)}, "In October 2026, as much MRR came as went: it stays at €650.00."),
        ({"mrr_movements": step(closing_minor=60_000)}, "MRR fell by €50.00 (−7.7%), from €650.00 to €600.00."),
    ],
)
def test_a_month_without_net_gain_is_said_as_what_it_is(changed, said):
    assert said in review.paragraph(frames(**changed), today=TODAY)


def test_the_unfinished_month_is_said_to_be_so_far():
    told = review.paragraph(frames(), today=date(2026, 10, 21))
    assert told.startswith("So far in October 2026, MRR rose") and "At its end" not in told


def test_who_is_set_to_leave_now_is_not_told_of_months_long_past():
    assert "set to leave" in review.paragraph(frames(), today=date(2026, 11, 30))
    assert "set to leave" not in review.paragraph(frames(), today=date(2026, 12, 1))


def test_where_nothing_was_charged_nothing_is_said_of_cash():
    told = review.paragraph(frames(cash=[]), today=TODAY)
    assert "collected" not in told and "charge" not in told


@pytest.mark.parametrize(
    ("code", "taken", "returned"),
    [
        ("en", "€70.00 taken back by banks in disputes;", "€70.00 came back from disputes won;"),
        ("fr", "repris par les banques à la suite de litiges", "récupérés après des litiges gagnés"),
        ("ro", "băncile au luat înapoi", "din dispute câștigate s-au întors"),
    ],
)
def test_what_disputes_took_or_gave_back_is_told_with_the_cash(code, taken, returned):
    def told(minor: int) -> str:
        cash = frames()["cash"].iloc[0].to_dict() | {"disputed_minor": minor}
        return review.paragraph(frames(cash=[cash]), today=TODAY, language=code)

    assert taken in told(7_000) and returned in told(-7_000)
    assert taken not in told(0) and returned not in told(0)


def test_amounts_follow_the_currency_s_digits_and_the_asked_locale():
    yen = step(currency="jpy")
    assert "from ¥65,000 to ¥123,050" in review.paragraph(frames(mrr_movements=yen), today=TODAY)
    assert "from 650,00 € to 1.230,50 €" in review.paragraph(frames(), today=TODAY, locale="de").replace("\u00a0", " ")


def test_an_unknown_language_is_named_in_a_sentence():
    with pytest.raises(InputError, match="xx"):
        review.paragraph(frames(), "xx")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("canceled", "résilié"),
        ("canceled: too expensive (Trop (trop) cher: non.)", "résilié : trop cher (Trop (trop) cher: non.)"),
        ("canceled: payment disputed", "résilié : payment disputed"),
        ("Care (EU) → Care (US)", "Care (EU) → Care (US)"),
        ("paused", "en pause"),
        ("coupon SPRING was removed", "coupon SPRING retiré"),
        ("Hosting removed", "Hosting retiré"),
        ("Care: price changed", "Care : prix changé"),
        ("Extra site: quantity 1 → 4", "Extra site : quantité 1 → 4"),
    ],
)
def test_known_causes_are_translated_and_all_else_stays_as_it_is(text, said):
    assert cause(text, figures("fr")).replace("\u202f", " ") == said


def test_every_language_has_the_same_words_and_every_plural_its_forms():
    words = {code: tomllib.loads((languages.FOLDER / code / "review.toml").read_text()) for code in languages.codes()}
    tables = [name for name, table in words["en"].items() if isinstance(table, dict)]
    for code in languages.codes():
        assert words[code].keys() == words["en"].keys()
        assert {name: set(words[code][name]) for name in tables} == {name: set(words["en"][name]) for name in tables}
    assert all(set(forms) == {"one", "few", "other"} for forms in words["ro"]["plural"].values())
