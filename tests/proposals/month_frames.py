"""A month's frames by hand, as the metrics give them: an agency of four clients in October 2026, with names that mean harm."""

from typing import Any

import pandas as pd

SCRIPT = "<script>alert('x')</script> & Söhne"
MARKUP = '#set text(red); *b* $x$ "q" \\ @ref'
FORMULA = "=1+1"
MONTH = "2026-10"


def movement(day: int, name: str, kind: str, amount: int, now: int, cause: str) -> dict[str, Any]:
    return {
        "date": f"{MONTH}-{day:02d}",
        "month": MONTH,
        "client_id": f"cus_{name}",
        "currency": "eur",
        "kind": kind,
        "amount_minor": amount,
        "from_minor": max(now - amount, 0) if kind in ("new", "expansion", "reactivation") else now + amount,
        "to_minor": now,
        "cause": cause,
        "client_name": name,
    }


MOVED = [
    movement(3, SCRIPT, "new", 35_000, 35_000, "subscription started"),
    movement(4, FORMULA, "new", 15_050, 15_050, "trial ended, paying now"),
    movement(9, MARKUP, "expansion", 20_000, 55_000, "Essential → Growth"),
    movement(20, "Zoë", "churn", 12_000, 0, "canceled: too expensive (We do it (ourselves) now.)"),
]


def frames(**changed: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    """All frames of the month, some of them replaced by other rows."""
    summary = {
        "month": MONTH,
        "currency": "eur",
        "mrr_minor": 123_050,
        "net_new_minor": 58_050,
        "customers": 4,
        "customers_opening": 3,
        "customers_churned": 1,
        "arpa_minor": 30_763,
        "committed_mrr_minor": None,
        "largest_client_share": 55_000 / 123_050,
        "top3_share": 108_000 / 123_050,
        "mrr_without_largest_minor": 68_050,
        "basis": "observed",
    }
    kept = ("mrr_minor", "net_new_minor", "customers", "customers_churned", "arpa_minor", "committed_mrr_minor")
    before = {"mrr_minor": 65_000, "net_new_minor": 0, "customers": 3, "customers_churned": 0, "arpa_minor": 21_667}
    summary |= {f"prev_{name}": before.get(name) for name in kept} | {f"year_{name}": None for name in kept}
    step = {
        "month": MONTH,
        "currency": "eur",
        "opening_minor": 65_000,
        "new_minor": 50_050,
        "expansion_minor": 20_000,
        "contraction_minor": 0,
        "churn_minor": 12_000,
        "reactivation_minor": 0,
        "closing_minor": 123_050,
        "customers_opening": 3,
        "customers_new": 2,
        "customers_reactivated": 0,
        "customers_churned": 1,
        "customers_closing": 4,
        "basis": "observed",
    }
    paying = ((MARKUP, 55_000), (SCRIPT, 35_000), ("Ana", 18_000), (FORMULA, 15_050))
    mix = (("2026-09", "Growth", 65_000, 3), (MONTH, "Growth", 90_000, 2), (MONTH, "<i>Old</i>", 33_050, 2))
    cash = {
        "collected_minor": 130_000,
        "refunded_minor": 5_000,
        "failed_charges": 2,
        "failed_minor": 30_000,
        "disputed_minor": 0,
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "mrr_movements": [step],
        "movements": MOVED,
        "revenue_summary": [
            summary | {"month": "2026-09", "mrr_minor": 65_000},
            summary,
        ],
        "client_mrr": [
            {"month": MONTH, "client_id": name, "client_name": name, "currency": "eur", "mrr_minor": amount}
            for name, amount in paying
        ],
        "tier_mix": [
            {"month": month, "tier": tier, "currency": "eur", "mrr_minor": amount, "customers": number}
            for month, tier, amount, number in mix
        ],
        "cash": [{"month": MONTH, "currency": "eur"} | cash],
        "churn_rates": [],
        "clients": [
            {"client_name": "Ana", "leaves_on": "2026-12-01", "mrr_minor": 18_000, "leaving_minor": 18_000},
        ],
        "restatements": [
            {
                "month": MONTH,
                "currency": "eur",
                "client_id": "x",
                "client_name": SCRIPT,
                "closed_at": "2026-11-02T10:00:00Z",
                "closed_mrr_minor": 30_000,
                "now_mrr_minor": 35_000,
                "difference_minor": 5_000,
            }
        ],
        "restated_figures": [
            {"month": MONTH, "currency": "eur", "figure": figure, "tier": tier, "closed_value": then, "now_value": now}
            | {"difference": now - then}
            for figure, tier, then, now in (
                ("closing_minor", "", 118_050, 123_050),
                ("customers_new", "", 3, 2),
                ("tier_mrr_minor", "<i>Old</i>", 28_050, 33_050),
            )
        ],
    }
    columns = {name: list(each[0]) for name, each in rows.items() if each}
    return {name: pd.DataFrame(each, columns=columns.get(name)) for name, each in (rows | changed).items()}
