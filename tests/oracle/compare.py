"""Differences between the truth and a metric's frame, in sentences that name the client."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from tests.oracle import rates
from tests.oracle.truth import Truth

MOVED = (
    "opening_minor new_minor expansion_minor contraction_minor churn_minor reactivation_minor closing_minor "
    "customers_opening customers_new customers_reactivated customers_churned customers_closing customers_to_zero "
    "customers_from_zero"
).split()


def mrr_movements(truth: Truth, frame: pd.DataFrame) -> list[str]:
    """Cells of `mrr_movements` that differ; a month that one side lacks counts as one of zeros."""
    found = {(_month(row), row["currency"]): row for row in frame.to_dict("records")}
    wrong = []
    for key in sorted(truth.mrr_movements.keys() | found.keys()):
        true: Mapping[str, Any] = truth.mrr_movements.get(key, {})
        for column in MOVED:
            expected, got = int(true.get(column, 0)), int(found.get(key, {}).get(column, 0))
            if expected != got:
                wrong.append(f"{key[0]} {key[1]} {column}: expected {expected}, got {got}")
    return wrong


def client_mrr(truth: Truth, frame: pd.DataFrame) -> list[str]:
    """Rows of `client_mrr` that differ in amount or standing."""
    found = {
        (_month(row), row["client_id"], row["currency"]): (int(row["mrr_minor"]), row["standing"])
        for row in frame.to_dict("records")
    }
    return _differences(truth.client_mrr, found)


def movements(truth: Truth, frame: pd.DataFrame) -> list[str]:
    """Movements that differ in day, kind or amounts."""
    expected = {
        (str(move.day), move.client, move.currency): (move.kind, move.amount, move.before, move.after)
        for move in truth.movements
    }
    found = {
        (str(row["date"])[:10], row["client_id"], row["currency"]): (
            row["kind"],
            int(row["amount_minor"]),
            int(row["from_minor"]),
            int(row["to_minor"]),
        )
        for row in frame.to_dict("records")
        if int(row["amount_minor"])
    }
    return _differences(expected, found)


def tier_mix(truth: Truth, frame: pd.DataFrame) -> list[str]:
    """Rows of `tier_mix` that differ; rows of 0 count as none."""
    found = {
        (_month(row), row["tier"], row["currency"]): (int(row["mrr_minor"]), int(row["customers"]))
        for row in frame.to_dict("records")
        if int(row["mrr_minor"])
    }
    return _differences(truth.tier_mix, found)


def churn_rates(truth: Truth, frame: pd.DataFrame) -> list[str]:
    """Cells of `churn_rates` that differ; a month that the frame lacks counts as one without any rate."""
    return _rates(rates.churn_rates(truth), frame)


def retention(truth: Truth, frame: pd.DataFrame) -> list[str]:
    """Cells of `retention` that differ."""
    return _rates(rates.retention(truth), frame)


_CLOSE = {"ltv_minor": 1}  # a quotient of quotients: half a minor unit may fall either way


def _rates(expected: Mapping[tuple[str, str], rates.Rates], frame: pd.DataFrame) -> list[str]:
    found = {(_month(row), row["currency"]): row for row in frame.to_dict("records")}
    wrong = [f"{month} {currency}: not expected" for month, currency in sorted(found.keys() - expected.keys())]
    for key, columns in sorted(expected.items()):
        for column, true in columns.items():
            got = found.get(key, {}).get(column)
            is_empty = got is None or pd.isna(got)
            if is_empty != (true is None) or (
                true is not None and abs(float(true) - float(got or 0)) > _CLOSE.get(column, 1e-9)
            ):
                wrong.append(f"{key[0]} {key[1]} {column}: expected {true}, got {got}")
    return wrong


def _month(row: Mapping[Any, Any]) -> str:
    return str(row["month"])[:7]


def _differences(expected: Mapping[Any, Any], found: Mapping[Any, Any]) -> list[str]:
    keys: Iterable[Any] = sorted(expected.keys() | found.keys())
    return [
        f"{' '.join(map(str, key))}: expected {expected.get(key)}, got {found.get(key)}"
        for key in keys
        if expected.get(key) != found.get(key)
    ]
