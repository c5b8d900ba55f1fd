"""Proposals on record: what was sent stands for ever, a change is a new revision, each state is followed by the right ones."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from data import calendar, clock, metrics
from data import settings as settings_store
from data.errors import InputError
from data.pricing.what_if.churn import Churn
from data.settings import Settings
from data.sources import agreements
from data.warehouse import Warehouse
from proposals import record
from proposals.brief import Brief
from proposals.email import email
from proposals.sender import Sender
from tests.pages.homes import land, one_client
from tests.proposals.call_notes import CALL_NOTES

ROOT = Path(__file__).parents[2]
TODAY = clock.now().date()
SENT = TODAY - timedelta(days=10)
DUE = SENT + timedelta(days=7)
NOTE = next(iter(CALL_NOTES.values()))


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    opened = Warehouse(tmp_path / "retainer.duckdb", Settings(home=tmp_path, show="own"))
    yield opened
    opened.close()


def content(note=NOTE, *, code: str = "en", brief: Brief | None = None, **terms) -> dict:
    made = note.offer(**terms)
    return record.content_of(made, email(made, Sender("Ana"), code), note.text, brief or note.brief)


def sent(warehouse: Warehouse, what: dict | None = None, **terms) -> record.Revision:
    return record.send(warehouse, what or content(), **{"on": SENT, "follow_up_on": DUE, **terms})


def states(warehouse: Warehouse) -> dict[tuple[str, int], str]:
    rows = metrics.read(warehouse, "proposals").itertuples()
    return {(row.proposal_id, int(row.revision)): row.state for row in rows}


def tier_ids(what: dict) -> list[str]:
    return [tier["id"] for tier in what["offer"]["tiers"]]


def test_a_proposal_goes_from_drafted_to_sent_to_follow_up_due_to_accepted(warehouse):
    known = record.save_draft(warehouse, content())
    assert states(warehouse) == {(known, 1): "drafted"}
    sent(warehouse, proposal_id=known, on=TODAY, follow_up_on=TODAY + timedelta(days=7))
    assert states(warehouse) == {(known, 1): "sent"}
    record.follow_up(warehouse, known, on=TODAY, next_on=TODAY)
    assert states(warehouse) == {(known, 1): "follow_up_due"}
    record.accept(warehouse, known, tier_ids(content())[1], on=TODAY)
    assert states(warehouse) == {(known, 1): "accepted"}


def test_a_sent_revision_keeps_tiers_prices_texts_notes_and_corrections_under_its_hash(warehouse):
    told = NOTE.brief.replace_fact("contact_first_name", "Joanna")
    what = content(brief=NOTE.brief)
    made = record.content_of(NOTE.offer(), email(NOTE.offer(), Sender("Ana")), NOTE.text, told)
    assert made["corrections"]["contact_first_name"]["read"] == "Joanna"
    first = sent(warehouse, made)
    (kept,) = record.revisions(warehouse, first.proposal_id)
    assert kept.is_intact and kept.sha256 == first.sha256
    assert kept.content == json.loads(json.dumps(made))
    assert [tier["price_minor"] for tier in kept.content["offer"]["tiers"]] == [
        tier["price_minor"] for tier in what["offer"]["tiers"]
    ]
    assert kept.content["notes"] == NOTE.text and kept.content["text"] == what["text"]


def test_a_change_makes_a_new_revision_that_supersedes_the_one_before(warehouse):
    first = sent(warehouse)
    top = tier_ids(content())[-1]
    second = sent(warehouse, content(prices_minor={top: 990_000}), proposal_id=first.proposal_id, on=TODAY, follow_up_on=TODAY)
    assert states(warehouse) == {(first.proposal_id, 1): "superseded", (first.proposal_id, 2): "follow_up_due"}
    one, two = record.revisions(warehouse, first.proposal_id)
    assert one.content == first.content and one.sha256 == first.sha256
    assert two.content["offer"]["tiers"][-1]["price_minor"] == 990_000
    assert second.sha256 != first.sha256 and one.is_intact and two.is_intact


def test_saving_a_draft_of_a_sent_proposal_leaves_what_was_sent_as_it_is(warehouse):
    first = sent(warehouse)
    record.save_draft(warehouse, content(code="fr"), first.proposal_id)
    assert states(warehouse) == {(first.proposal_id, 1): "follow_up_due", (first.proposal_id, 2): "drafted"}
    assert record.latest(warehouse, first.proposal_id)["offer"]["language"] == "fr"
    record.discard_draft(warehouse, first.proposal_id)
    assert record.latest(warehouse, first.proposal_id) == first.content


@pytest.mark.parametrize("column", ["content", "sha256"])
def test_a_revision_altered_behind_the_programs_back_is_told(warehouse, column):
    first = sent(warehouse)
    top = tier_ids(content())[-1]
    sent(warehouse, content(prices_minor={top: 990_000}), proposal_id=first.proposal_id)
    with warehouse.transaction() as cursor:
        cursor.execute(f"update proposal_revisions set {column} = replace({column}, '0', '1') where revision = 1")
    assert not record.revisions(warehouse, first.proposal_id)[0].is_intact


def test_no_line_of_the_product_changes_or_removes_a_revision_or_an_event():
    wrong = re.compile(
        r"(?:update|delete\s+from|replace\s+into|truncate|drop\s+table|alter\s+table)\s+proposal_(?:revisions|events)"
    )
    files = [*(ROOT / "data").rglob("*.*"), *(ROOT / "proposals").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    texts = {path: path.read_text(encoding="utf-8") for path in files if path.suffix in (".py", ".sql")}
    assert [path.name for path, text in texts.items() if wrong.search(text.lower())] == []
    assert "proposal_revisions" in texts[ROOT / "proposals" / "record.py"]


def test_the_same_content_is_not_sent_twice(warehouse):
    first = sent(warehouse)
    with pytest.raises(InputError, match="already"):
        sent(warehouse, proposal_id=first.proposal_id)
    assert len(record.revisions(warehouse, first.proposal_id)) == 1


def test_what_follows_an_answer_is_a_new_proposal(warehouse):
    first = sent(warehouse)
    record.decline(warehouse, first.proposal_id, "Too early", on=TODAY)
    with pytest.raises(InputError, match="answered"):
        sent(warehouse, content(code="fr"), proposal_id=first.proposal_id)
    with pytest.raises(InputError, match="answered"):
        record.save_draft(warehouse, content(), first.proposal_id)
    assert sent(warehouse).proposal_id != first.proposal_id


@pytest.mark.parametrize(
    "step",
    [
        lambda w, i: record.accept(w, i, "no_such_tier", on=TODAY),
        lambda w, i: record.accept(w, i, tier_ids(content())[0], on=SENT - timedelta(days=1)),
        lambda w, i: record.accept(w, i, tier_ids(content())[0], on=TODAY + timedelta(days=3)),
        lambda w, i: record.decline(w, i, "   ", on=TODAY),
        lambda w, i: record.decline(w, i, "x" * 2_000, on=TODAY),
        lambda w, i: record.follow_up(w, i, on=TODAY, next_on=SENT),
        lambda w, i: record.reopen(w, i),
        lambda w, i: record.accept(w, "2020-999", "essential", on=TODAY),
        lambda w, i: sent(w, follow_up_on=SENT - timedelta(days=1)),
    ],
)
def test_a_step_that_makes_no_sense_is_refused_and_nothing_is_written(warehouse, step):
    first = sent(warehouse)
    before = metrics.read(warehouse, "proposals")
    with pytest.raises(InputError):
        step(warehouse, first.proposal_id)
    assert metrics.read(warehouse, "proposals").equals(before)


def test_an_answer_can_be_taken_back_and_a_sending_too(warehouse):
    first = sent(warehouse)
    known = first.proposal_id
    record.decline(warehouse, known, "No budget", on=TODAY)
    record.reopen(warehouse, known)
    row = metrics.read(warehouse, "proposals").iloc[0]
    assert (row["state"], row["follow_up_on"], row["tier"]) == ("follow_up_due", str(DUE), None)
    sent(warehouse, content(code="fr"), proposal_id=known, on=TODAY, follow_up_on=TODAY)
    record.withdraw(warehouse, known)
    assert states(warehouse) == {(known, 1): "follow_up_due", (known, 2): "withdrawn"}
    record.accept(warehouse, known, tier_ids(content())[0], on=TODAY)
    assert states(warehouse)[known, 1] == "accepted"


@pytest.mark.parametrize(
    ("day", "days", "after"),
    [
        ("2026-11-16", 5, "2026-11-23"),
        ("2026-11-21", 5, "2026-11-27"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-18", 0, "2026-11-18"),
    ],
)
def test_saturdays_and_sundays_are_no_working_days(day, days, after):
    assert record.working_days_after(date.fromisoformat(day), days) == date.fromisoformat(after)


def test_an_unanswered_proposal_stands_among_what_is_due_until_it_is_answered(warehouse):
    first = sent(warehouse)
    (item,) = [item for item in calendar.due(warehouse).now if item.kind == "proposal_follow_up"]
    assert (item.due_on, item.opens["proposal"], item.id) == (DUE, first.proposal_id, f"proposal:{first.proposal_id}:{DUE}")
    record.follow_up(warehouse, first.proposal_id, on=TODAY, next_on=TODAY + timedelta(days=5))
    (later,) = [item for item in calendar.due(warehouse).later if item.kind == "proposal_follow_up"]
    assert later.due_on == TODAY + timedelta(days=5)
    record.decline(warehouse, first.proposal_id, "Took another", on=TODAY)
    found = calendar.due(warehouse)
    assert "proposal_follow_up" not in {item.kind for item in (*found.now, *found.later)}


def test_the_rates_count_the_newest_revision_of_each_proposal_with_its_counts(warehouse):
    tiers = tier_ids(content())
    ids = [sent(warehouse).proposal_id for _ in range(3)]
    french = sent(warehouse, content(code="fr")).proposal_id
    sent(warehouse, content(code="ro"), proposal_id=ids[0], on=TODAY, follow_up_on=TODAY)
    record.accept(warehouse, ids[0], tiers[1], on=TODAY)
    record.decline(warehouse, ids[1], "No", on=SENT + timedelta(days=4))
    record.withdraw(warehouse, french)
    frame = metrics.read(warehouse, "proposal_outcomes").set_index(["dimension", "value"])
    every = frame.loc[("all", "all")]
    assert every[["sent", "answered", "accepted", "declined", "waiting"]].tolist() == [3, 2, 1, 1, 1]
    assert (every["acceptance_rate"], every["median_days"]) == (0.5, 7)  # from the first sending: 10 and 4 days
    assert frame.loc[("tier", tiers[1]), ["accepted", "acceptance_rate"]].tolist() == [1, 0.5]
    assert frame.loc[("tier", tiers[0]), ["sent", "accepted"]].tolist() == [3, 0]
    assert frame.loc[("language", "ro"), ["sent", "accepted"]].tolist() == [1, 1]
    assert frame.loc[("language", "en"), ["sent", "declined", "waiting"]].tolist() == [2, 1, 1]
    assert ("language", "fr") not in frame.index
    for row in frame[frame["answered"] > 0].itertuples():
        low, high = Churn(row.accepted, row.answered).interval()
        assert (row.low, row.high) == pytest.approx((low, 1 if row.accepted == row.answered else high), abs=1e-3)
    low, high = every["low"], every["high"]
    assert 0.05 < low < 0.07 and 0.93 < high < 0.95, "1 of 2 tells little"
    assert (frame.loc[("tier", tiers[0]), "low"], frame.loc[("language", "ro"), "high"]) == (0, 1)


def test_accepted_mrr_stands_against_what_is_measured_for_the_client(warehouse, tmp_path):
    what = content()
    first = sent(warehouse, what)
    record.accept(warehouse, first.proposal_id, tier_ids(what)[0], on=TODAY)
    row = metrics.read(warehouse, "proposals").iloc[0]
    price = what["offer"]["tiers"][0]["price_minor"]
    assert row["accepted_mrr_minor"] == price and row.isna()["measured_mrr_minor"]
    file = tmp_path / "agreements.csv"
    line = f"Somebody,Growth,{price // 100 - 50},{what['offer']['currency']},1,{SENT},,,"
    file.write_text(f"{','.join(agreements.COLUMNS)}\n{line}\n", encoding="utf-8")
    agreements.import_file(file, warehouse)
    record.choose_client(warehouse, first.proposal_id, "Somebody")
    row = metrics.read(warehouse, "proposals").iloc[0]
    assert (row["client_name"], row["measured_mrr_minor"], row["difference_minor"]) == ("Somebody", price - 5_000, -5_000)
    record.choose_client(warehouse, first.proposal_id, None)
    assert metrics.read(warehouse, "proposals").isna().iloc[0]["client_id"]


def test_a_proposal_outlives_a_rebuild_and_a_closed_warehouse(warehouse):
    first = sent(warehouse)
    warehouse.build()
    path, settings = warehouse.path, warehouse.settings
    warehouse.close()
    again = Warehouse(path, settings)
    assert record.revisions(again, first.proposal_id)[0].sha256 == first.sha256
    again.close()


def test_corrections_kept_are_made_again_on_a_fresh_reading():
    changed = NOTE.brief.replace_fact("company", "Another Ltd").replace_fact("sites", None)
    kept = json.loads(json.dumps(record.corrections(NOTE.brief, changed)))
    again = record.corrected(NOTE.brief, kept)
    assert again.value("company") == "Another Ltd" and again.value("sites") is None
    assert record.corrections(NOTE.brief, again) == record.corrections(NOTE.brief, changed)


def test_the_follow_up_term_is_a_setting(tmp_path, monkeypatch):
    assert Settings().follow_up_days == 5
    monkeypatch.setenv("RETAINER_FOLLOW_UP_DAYS", "3")
    assert settings_store.load(home=tmp_path).follow_up_days == 3


def test_a_client_is_matched_by_the_e_mail_address_whatever_its_case(warehouse):
    land(warehouse, one_client())
    what = content()
    what["contact"]["email"] = "Ann@One.example"
    what["offer"]["currency"] = "usd"
    first = sent(warehouse, what)
    record.accept(warehouse, first.proposal_id, tier_ids(what)[1], on=TODAY)
    row = metrics.read(warehouse, "proposals").iloc[0]
    agreed = what["offer"]["tiers"][1]["price_minor"]
    assert (row["measured_mrr_minor"], row["difference_minor"]) == (35_000, 35_000 - agreed)


def test_as_of_an_earlier_day_nothing_recorded_later_is_seen(warehouse):
    sent(warehouse)
    assert len(metrics.read(warehouse, "proposals", as_of=clock.now())) == 1
    before = clock.now() - timedelta(days=2)
    assert metrics.read(warehouse, "proposals", as_of=before).empty
    assert metrics.read(warehouse, "proposal_outcomes", as_of=before).empty


def test_notes_with_broken_letters_are_kept_and_their_hash_holds(warehouse):
    what = {**content(), "notes": "Ann \ud83d said: “très bien” \u202e ș 🙂"}
    first = sent(warehouse, what)
    (kept,) = record.revisions(warehouse, first.proposal_id)
    assert kept.is_intact and "ș 🙂" in kept.content["notes"]
    assert metrics.read(warehouse, "proposals").iloc[0]["state"] == "follow_up_due"
