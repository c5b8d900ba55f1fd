"""What the figures say in words is what they are."""

import pandas as pd
import pytest

from pages.ui import churn_findings, client_findings, findings, formats, tier_findings

BOOK = ["Essential", "Growth", "Partner"]
UP = "MRR up $420.00 to $1,420.00, mostly two upgrades"
EVEN = "MRR unchanged at $1,000.00: what came equals what went"


@pytest.fixture(autouse=True)
def american(monkeypatch):
    monkeypatch.setattr(formats, "reader_locale", lambda: "en_US")


def month(opening, closing, **kinds):
    names = ("new", "reactivation", "expansion", "contraction", "churn")
    return {"opening_minor": opening, "closing_minor": closing} | {f"{kind}_minor": kinds.get(kind, 0) for kind in names}


def moved(*kinds):
    return pd.DataFrame({"kind": list(kinds), "amount_minor": [100] * len(kinds)})


@pytest.mark.parametrize(
    ("row", "kinds", "words"),
    [
        (month(100_000, 142_000, expansion=40_000, new=2_000), ("expansion", "expansion", "new"), UP),
        (month(100_000, 85_000, churn=15_000), ("churn",), "MRR down $150.00 to $850.00, mostly one client lost"),
        (month(100_000, 100_000), (), "MRR stands at $1,000.00: nothing moved"),
        (month(100_000, 100_000, new=5_000, churn=5_000), ("new", "churn"), EVEN),
        (month(0, 35_000, new=35_000), ("new",), "The first MRR: $350.00 from one new client"),
        (month(100, 1_100, new=1_000), ("new",) * 12, "MRR up $10.00 to $11.00, mostly 12 new clients"),
    ],
)  # fmt: skip
def test_the_month_s_title_says_how_mrr_moved_and_what_did_most_of_it(row, kinds, words):
    assert findings.month_moved(row, moved(*kinds), "usd") == words


def summary(**values):
    base = {"customers": 10, "largest_client_share": 0.25, "top3_share": 0.5, "mrr_without_largest_minor": 75_000}
    return base | {"committed_mrr_minor": 90_000, "prev_committed_mrr_minor": 80_000, "year_committed_mrr_minor": None} | values


def test_concentration_names_the_largest_client_and_what_is_left_without_it():
    assert findings.concentration(summary(), "usd").endswith(
        "25% of MRR, the three largest 50%; without the largest, $750.00 would be left."
    )


def test_a_small_share_of_many_clients_is_never_said_to_be_nothing():
    said = findings.concentration(summary(customers=500, largest_client_share=0.002, top3_share=0.006), "usd")
    assert "brings 0.2% of MRR, the three largest 0.6%;" in said


def test_one_client_and_no_client_are_said_in_words():
    assert findings.concentration(summary(customers=1), "usd") == "All MRR comes from one client."
    assert findings.concentration(summary(largest_client_share=None), "usd") == "No client pays yet."


def test_committed_mrr_stands_against_what_is_known_of_before():
    assert findings.committed(summary(), "usd") == "Committed MRR is $900.00 (+$100 on the month before)"
    assert (
        findings.committed(summary(prev_committed_mrr_minor=90_000), "usd")
        == "Committed MRR is $900.00 (±0 on the month before)"
    )


def test_cash_tells_refunds_and_failures_only_where_there_are_some():
    row = {"collected_minor": 100_000, "refunded_minor": 0, "failed_charges": 0, "failed_minor": 0}
    assert findings.cash(row, "usd") == "$1,000.00 collected. No charge failed."
    told = findings.cash(row | {"refunded_minor": 5_000, "failed_charges": 1, "failed_minor": 15_000}, "usd")
    assert told == "$1,000.00 collected, $50.00 refunded. 1 charge failed ($150.00)."


def test_cash_tells_what_disputes_took_and_gave_back():
    row = {"collected_minor": 100_000, "refunded_minor": 0, "failed_charges": 0, "failed_minor": 0}
    assert "$50.00 taken back in disputes." in findings.cash(row | {"disputed_minor": 5_000}, "usd")
    assert "$50.00 came back from disputes." in findings.cash(row | {"disputed_minor": -5_000}, "usd")


def test_churn_says_its_counts_and_what_it_can_t_be_of():
    assert churn_findings.churned({"customers_churned": 1, "customers_opening": 12}) == "1 of 12 clients"
    assert churn_findings.churned({"customers_churned": 0, "customers_opening": 0}) == "No client at the month’s start"
    assert churn_findings.retained({"clients_12": None}) == "No client a year before"


def test_moves_up_and_down_are_told_only_within_the_price_book():
    moves = pd.DataFrame(
        {"from_tier": ["Essential", "Partner", "Old"], "to_tier": ["Growth", "Growth", "Growth"], "clients": [2, 1, 3]}
    )
    assert tier_findings.moves(moves, BOOK) == "2 moves up, 1 down, 3 from or to prices outside the price book"
    assert tier_findings.moves(moves.iloc[:2], BOOK) == "2 moves up, 1 down"
    assert tier_findings.moves(moves.iloc[:0], BOOK) == "Nobody has changed tier yet"


def test_a_price_off_the_list_is_one_of_a_listed_tier_at_another_amount():
    items = pd.DataFrame({"tier": ["Growth", "Growth", "Old"], "mrr_minor": [35_000, 30_000, 9_900]})
    assert list(tier_findings.off_list(items, {"Growth": 35_000})["mrr_minor"]) == [30_000]
    assert tier_findings.spread(items, {"Growth": 35_000}) == "1 of 3 prices are as in the price book."


def clients():
    return pd.DataFrame(
        {
            "client_name": ["Ann Über", "Bob (Shop)", "Cy", None],
            "email": ["ann@a.example", None, "cy@b.example", "dee@d.example"],
            "currency": "usd",
            "standing": ["paying", "paying", "paused", "churned"],
            "tier": ["Growth", None, "Growth", "Growth"],
            "mrr_minor": [100, 300, 0, 0],
            "is_past_due": [True, False, False, False],
            "leaves_on": ["2026-12-01", None, None, None],
        }
    )


@pytest.mark.parametrize(
    ("words", "standings", "tier", "names"),
    [
        ("", ["paying"], None, ["Bob (Shop)", "Ann Über"]),
        ("ÜBER ann", ["paying"], None, ["Ann Über"]),
        ("(sh", ["paying"], None, ["Bob (Shop)"]),
        ("b.example", ["paying", "paused"], None, ["Cy"]),
        ("", ["paying", "paused"], "Growth", ["Ann Über", "Cy"]),
        ("nobody", ["paying"], None, []),
    ],
)
def test_clients_are_found_by_all_words_in_name_or_e_mail(words, standings, tier, names):
    assert list(client_findings.matching(clients(), words, standings, tier)["client_name"]) == names


def test_at_risk_are_the_overdue_the_leaving_and_the_paused_largest_first():
    risk = churn_findings.at_risk(clients())
    assert list(zip(risk["client_name"], risk["risk"], strict=True)) == [
        ("Ann Über", "Set to leave, charge overdue"),
        ("Cy", "Paused"),
    ]


def test_losses_have_a_minus():
    assert findings.signed(moved("new", "churn", "contraction", "expansion", "reactivation")) == [100, -100, -100, 100, 100]


def test_a_month_without_a_row_has_nothing_in_each_column():
    frame = pd.DataFrame({"month": ["2026-10"], "grr_12": [0.5]})
    assert findings.of_month(frame, "2026-10") == {"month": "2026-10", "grr_12": 0.5}
    assert findings.of_month(frame, "2026-11") == {"month": None, "grr_12": None}


def test_a_mix_that_never_changes_is_no_picture():
    flat = pd.DataFrame({"month": ["2026-10", "2026-11"], "tier": "Growth", "mrr_minor": 35_000})
    assert not tier_findings.varies(flat)
    assert not tier_findings.varies(flat.iloc[:1])
    assert tier_findings.varies(flat.assign(mrr_minor=[35_000, 70_000]))
    assert tier_findings.varies(flat.assign(tier=["Growth", "Partner"]))


def test_a_cause_is_told_in_our_spelling_and_only_with_what_it_adds():
    assert findings.cause("canceled: cancellation requested") == "cancelled"
    assert findings.cause("canceled: too expensive (“canceled twice”)") == "cancelled: too expensive (“canceled twice”)"
    assert findings.cause("Growth → Partner") == "Growth → Partner" and findings.cause(None) == ""
