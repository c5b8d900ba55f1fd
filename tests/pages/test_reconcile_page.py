"""Reconcile, tiers given by hand, churn's intervals and agreements entered: the pages in each state."""

import tomllib

import pandas as pd
import pytest

from data import metrics, settings, warehouse
from pages.ui import reconcile_findings
from tests.pages.homes import HOSTILE, land, many_clients, own, texts


def label(app, kind: str, name: str):
    return next(element for element in getattr(app, kind) if element.label == name)


def shown_warehouse():
    return warehouse.shared(settings.load())


def our_file(unit: int = 100) -> bytes:
    frame = metrics.read(shown_warehouse(), "client_mrr")
    frame = frame[frame["mrr_minor"] > 0]
    amounts = [f"{minor / unit:.2f}" if unit > 1 else str(minor) for minor in frame["mrr_minor"]]
    return frame[["client_id", "month", "currency"]].assign(mrr=amounts).to_csv(index=False).encode()


def test_without_figures_there_is_nothing_to_compare_with(dashboard):
    app = dashboard("empty", "reconcile.py")
    assert not app.exception
    assert "Nothing to compare with yet" in texts(app) and not app.file_uploader


def test_our_own_figures_agree_on_all_client_months(dashboard):
    app = dashboard("demo", "reconcile.py")
    app.file_uploader[0].upload("theirs.csv", our_file()).run()
    assert "How this file is read" in [expander.label for expander in app.expander]
    label(app, "button", "Compare with our figures").click().run()
    assert not app.exception
    assert "We agree on all" in texts(app)


def test_cents_are_asked_for_and_nothing_is_compared_before(dashboard):
    app = dashboard("demo", "reconcile.py")
    app.file_uploader[0].upload("theirs.csv", our_file(unit=1)).run()
    assert label(app, "button", "Compare with our figures").disabled
    label(app, "radio", "Amounts are in").set_value("minor").run()
    label(app, "button", "Compare with our figures").click().run()
    assert "We agree on all" in texts(app)


def test_differences_are_named_by_their_rule_and_what_is_left_as_not_explained(dashboard):
    app = dashboard("demo", "reconcile.py")
    lines = our_file().decode().splitlines()
    lines = [lines[0], *(line if place else line.rsplit(",", 1)[0] + ",7.77" for place, line in enumerate(lines[1:]))]
    app.file_uploader[0].upload("theirs.csv", "\n".join([*lines, "cus_nobody,2026-01,usd,10.00"]).encode()).run()
    label(app, "button", "Compare with our figures").click().run()
    said = texts(app)
    assert "1 of the 2 others comes from one cause: a client there is none of ours" in said.replace("\\", "")
    assert "1 of 2" in said and not app.exception
    assert set(app.pills[0].options) >= {"A client there is none of ours", "Not explained"}


@pytest.mark.parametrize("content", [b"", b"nonsense", b"a,b\n1,2\n", b"%PDF-1.7", HOSTILE.encode()])
def test_a_file_that_is_no_table_is_refused_in_a_sentence(dashboard, content):
    app = dashboard("demo", "reconcile.py")
    app.file_uploader[0].upload("theirs.csv", content).run()
    assert not app.exception
    buttons = [button for button in app.button if button.label == "Compare with our figures"]
    assert app.error or buttons[0].disabled


def test_a_rule_is_switched_there_and_the_page_says_which_is_used(dashboard, homes, tmp_path):
    app = dashboard("one client", "reconcile.py")
    assert "coupons for one invoice leave MRR alone" in texts(app)
    label(app, "selectbox", "Coupons for one invoice").set_value("count")
    label(app, "button", "Use these rules").click().run()
    assert "coupons for one invoice lower MRR while they last" in texts(app)
    path = homes("one client") / "settings.toml"
    assert tomllib.loads(path.read_text())["RETAINER_ONCE_COUPONS"] == "count"
    path.unlink()


def test_a_price_outside_the_book_is_given_a_tier_and_taken_back(dashboard):
    app = dashboard("demo", "tiers.py")
    before = len(metrics.read(shown_warehouse(), "unmapped_prices", currency="usd"))
    label(app, "selectbox", "Counts as").set_value("Growth")
    label(app, "button", "Give it this tier").click().run()
    assert not app.exception
    assert len(metrics.read(shown_warehouse(), "unmapped_prices", currency="usd")) < before
    assert "counts as Growth" in texts(app)
    label(app, "button", "Undo").click().run()
    assert len(metrics.read(shown_warehouse(), "unmapped_prices", currency="usd")) == before


def test_churn_says_how_little_a_month_tells_and_how_long_clients_stay(dashboard):
    said = texts(dashboard("demo", "churn.py")).replace("\\", "")
    assert "the true monthly rate lies between" in said and "Jeffreys" in said
    assert "of clients stay a year or longer" in said
    assert "who left" in said


def test_with_one_client_who_stays_churn_says_so_in_words(dashboard):
    app = dashboard("one client", "churn.py")
    assert not app.exception
    assert "Nobody left within" in texts(app)


@pytest.mark.slow
def test_an_agreement_is_entered_listed_changed_and_ended(dashboard, tmp_path):
    opened = own(tmp_path)
    land(opened, many_clients([HOSTILE]))
    client = metrics.read(opened, "clients")["client_id"].iloc[0]
    app = dashboard(tmp_path, "sources.py", kind="Agreements outside Stripe")
    label(app, "text_input", "Amount").set_value("12,5")
    label(app, "button", "Save the agreement").click().run()
    assert "Client is empty" in texts(app) and not app.exception
    label(app, "selectbox", "Client").set_value(client)
    label(app, "text_input", "Amount").set_value("1050.00")
    label(app, "radio", "Months it covers").set_value(3)
    label(app, "button", "Save the agreement").click().run()
    assert "1 agreement in USD" in texts(app) and not app.exception
    kept = metrics.read(shown_warehouse(), "outside_stripe")
    assert kept[["client_name", "mrr_minor", "state"]].values.tolist() == [[HOSTILE, 35_000, "in force"]]

    app.session_state["agreement_edited"] = kept["agreement_id"].iloc[0]
    app.run()
    label(app, "text_input", "Amount").set_value("900")
    label(app, "button", "Save the change").click().run()
    changed = metrics.read(shown_warehouse(), "outside_stripe")
    assert changed[["agreement_id", "mrr_minor"]].values.tolist() == [[kept["agreement_id"].iloc[0], 30_000]]

    app.session_state["agreement_edited"] = kept["agreement_id"].iloc[0]
    app.run()
    label(app, "button", "End this agreement").click().run()
    assert not app.exception
    assert metrics.read(shown_warehouse(), "outside_stripe")["state"].tolist() == ["cancelled"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "No client-month stands on either side."),
        ([(0, "", "")] * 3, "We agree on all 3 client-months."),
        ([(0, "", ""), (5, "rounding", "Rounded")], "We agree on 1 of 2 client-months; one rule makes the other one: rounded."),
        (
            [(5, "paused_counted", "Paused"), (5, "paused_counted", "Paused"), (1, "unexplained", "Not explained")],
            "We agree on 0 of 3 client-months; 2 of the 3 others come from one rule: paused.",
        ),
        ([(1, "unexplained", "Not explained")], "We agree on 0 of 1 client-month; no rule explains the other one."),
    ],
)
def test_the_answer_is_one_sentence_with_its_counts(rows, said):
    frame = pd.DataFrame(rows, columns=["difference_minor", "rule", "reason"])
    assert reconcile_findings.sentence(frame) == said
