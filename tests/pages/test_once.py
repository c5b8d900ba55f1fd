"""What is made of a metric's frame is made once, shared by all, and written to by nobody."""

import pandas as pd
import pytest

from pages.ui.once import ANSWERS, Kept, once


@pytest.fixture
def counted():
    asked = []

    @once
    def rows_of(frame, month, words=(), *, least=0):
        asked.append((month, least))
        return frame[(frame["month"] == month) & (frame["mrr_minor"] >= least)]

    return rows_of, asked


def _months():
    return Kept(pd.DataFrame({"month": ["2026-10", "2026-11"], "mrr_minor": [100, 200]}))


def test_the_same_frame_is_asked_once_and_another_one_again(counted):
    rows_of, asked = counted
    months = _months()
    first = rows_of(months, "2026-11")
    assert rows_of(months, "2026-11") is first and first["mrr_minor"].tolist() == [200]
    assert rows_of(_months(), "2026-11") is not first
    assert rows_of(months, "2026-11", least=300).empty
    assert asked == [("2026-11", 0), ("2026-11", 0), ("2026-11", 300)]


def test_rows_and_lists_count_by_what_they_hold(counted):
    rows_of, asked = counted
    months = _months()
    assert rows_of(months, "2026-11", ["a"]) is rows_of(months, "2026-11", ["a"])
    assert rows_of(months, "2026-11", {"a": 1}) is not rows_of(months, "2026-11", {"a": 2})
    assert len(asked) == 3


def test_a_frame_that_may_change_is_worked_on_each_time(counted):
    rows_of, asked = counted
    frame = pd.DataFrame(_months())
    assert rows_of(frame, "2026-11")["mrr_minor"].tolist() == [200]
    frame["mrr_minor"] = [1, 2]
    assert rows_of(frame, "2026-11")["mrr_minor"].tolist() == [2] and len(asked) == 2


def test_each_reader_s_locale_has_its_own_words(monkeypatch):
    from pages.ui import formats

    @once
    def total(frame):
        return formats.money(frame["mrr_minor"].sum(), "usd")

    months, said = _months(), []
    for locale in ("en", "fr"):
        monkeypatch.setattr(formats, "reader_locale", lambda locale=locale: locale)
        said.append(total(months))
    assert said[0] == "$3.00" and said[1].startswith("3,00")


def test_a_shared_frame_refuses_to_be_written_to_and_what_is_made_of_it_does_not():
    months = _months()
    for write in (lambda: months.__setitem__("x", 1), lambda: months.insert(0, "x", 1)):
        with pytest.raises(TypeError, match="shared"):
            write()
    own = months[months["mrr_minor"] > 100].reset_index(drop=True)
    own["mrr_minor"] = 5
    assert months["mrr_minor"].tolist() == [100, 200]


def test_only_the_last_answers_are_kept(counted):
    rows_of, asked = counted
    frames = [_months() for _ in range(ANSWERS + 1)]
    for frame in (*frames, frames[0]):
        rows_of(frame, "2026-10")
    assert len(asked) == ANSWERS + 2


def test_pages_leave_the_metrics_frames_as_they_were_read(dashboard):
    from data import metrics
    from pages.ui import warehouse

    for page in ("revenue.py", "churn.py", "tiers.py", "effort.py", "maintenance.py", "clients.py", "billing.py"):
        dashboard("demo", page).run()
    for name in (
        "revenue_summary",
        "clients",
        "tier_mix",
        "client_effort",
        "sites",
        "site_health",
        "collections",
        "cash_expected",
    ):
        read = metrics.read(warehouse.shown(), name)
        pd.testing.assert_frame_equal(pd.DataFrame(warehouse.metric(name)), read, check_dtype=False)
