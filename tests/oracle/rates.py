"""Rates by definitions.md (Rates), as exact fractions of the truth's months; None where there is nothing to divide by."""

from collections.abc import Mapping
from fractions import Fraction

from tests.oracle.truth import Truth

MonthKey = tuple[str, str]  # month, currency
Rates = Mapping[str, Fraction | int | None]


def churn_rates(truth: Truth) -> dict[MonthKey, Rates]:
    """The columns of `churn_rates` by month and currency."""
    found: dict[MonthKey, Rates] = {}
    for (month, currency), row in truth.mrr_movements.items():
        lost = row["churn_minor"] + row["contraction_minor"]
        won = row["expansion_minor"] + row["reactivation_minor"]
        arpa = _share(row["closing_minor"], row["customers_closing"])
        mean = _mean_churn(truth, month, currency)
        found[month, currency] = {
            "customer_churn_rate": _share(row["customers_churned"], row["customers_opening"]),
            "gross_mrr_churn_rate": _share(lost, row["opening_minor"]),
            "net_mrr_churn_rate": _share(lost - won, row["opening_minor"]),
            "arpa_minor": _whole(arpa),
            "ltv_minor": _whole(arpa / mean) if arpa and mean else None,
            "quick_ratio": _share(row["new_minor"] + won, lost),
        }
    return found


def retention(truth: Truth) -> dict[MonthKey, Rates]:
    """GRR and NRR over 12 months, with the number of clients of 12 months before."""
    paid = {key: mrr for key, (mrr, _) in truth.client_mrr.items() if mrr}
    found: dict[MonthKey, Rates] = {}
    for place, month in enumerate(truth.months[12:]):
        before = truth.months[place]
        for currency in {currency for _, currency in truth.states}:
            then = {key[1]: mrr for key, mrr in paid.items() if key[0] == before and key[2] == currency}
            if then:
                now = {client: paid.get((month, client, currency), 0) for client in then}
                capped = sum(min(now[client], mrr) for client, mrr in then.items())
                total = sum(then.values())
                found[month, currency] = {
                    "grr_12": Fraction(capped, total),
                    "nrr_12": Fraction(sum(now.values()), total),
                    "clients_12": len(then),
                }
    return found


def _mean_churn(truth: Truth, month: str, currency: str) -> Fraction | None:
    """The mean customer churn rate of the six full months before; None where one of them has no rate."""
    place = truth.months.index(month)
    rates = []
    for before in truth.months[max(0, place - 6) : place]:
        row = truth.mrr_movements[before, currency]
        rates.append(_share(row["customers_churned"], row["customers_opening"]))
    known = [rate for rate in rates if rate is not None]
    return sum(known, Fraction(0)) / 6 if len(known) == 6 else None


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


def _whole(amount: Fraction | None) -> int | None:
    return None if amount is None else int(amount + Fraction(1, 2))
