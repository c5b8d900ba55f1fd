"""Frames taken apart row by row."""

import datetime as dt

import pandas as pd

from data.frames import records, rows


def test_the_rows_of_a_frame_are_those_that_pandas_gives_values_and_kinds_alike():
    frame = pd.DataFrame(
        {
            "name": ["Ann", None],
            "minor": pd.array([100, None], dtype="Int64"),
            "is_known": pd.array([True, None], dtype="boolean"),
            "rate": [0.5, float("nan")],
            "is_late": [True, False],
            "count": [1, 2],
            "at": pd.to_datetime(["2026-11-22 10:00", None]),
            "on": [dt.date(2026, 11, 22), None],
        }
    )
    ours, theirs = records(frame), frame.to_dict("records")
    assert repr(ours) == repr(theirs)
    kinds = ([[type(value) for value in row.values()] for row in rows] for rows in (ours, theirs))
    assert next(kinds) == next(kinds)


def test_a_frame_without_rows_or_without_columns_has_no_records():
    assert records(pd.DataFrame({"name": []})) == [] == records(pd.DataFrame())


def test_whatever_kind_of_missing_value_is_none_in_a_row():
    frame = pd.DataFrame(
        {
            "minor": pd.array([None], dtype="Int64"),
            "rate": [float("nan")],
            "at": pd.to_datetime([None]),
            "name": [None],
            "known": [0],
        }
    )
    assert rows(frame) == [{"minor": None, "rate": None, "at": None, "name": None, "known": 0}]
