"""What a comparison with another tool says, as sentences and by rule. Rows of the comparison in, English out."""

import pandas as pd

from data import reconcile
from data.reconcile import Comparison, Statement
from data.reconcile.comparison import PLAIN_RULES, UNEXPLAINED
from pages.ui import formats

# Who is in a file is no rule of counting.
NO_RULES = ("unknown_client", "several_fit", "missing_there")


def sentence(rows: pd.DataFrame) -> str:
    """The answer: on how many client-months both agree, and what makes most of the other ones."""
    different = rows[rows["difference_minor"] != 0]
    total = formats.count(len(rows), "client-month")
    if different.empty:
        return f"We agree on all {total}." if len(rows) else "No client-month stands on either side."
    agreed = f"We agree on {formats.count(len(rows) - len(different))} of {total}"
    explained = different[different["rule"] != UNEXPLAINED]
    if explained.empty:
        return f"{agreed}; no rule explains the {_others(len(different))}."
    first = explained.value_counts(["rule", "reason"]).reset_index().iloc[0]
    rule, reason, most = str(first["rule"]), str(first["reason"]), int(first["count"])
    cause = f"one {'cause' if rule in NO_RULES else 'rule'}"
    told = reason[0].lower() + reason[1:]
    if most == len(different):
        return f"{agreed}; {cause} makes {'the other one' if most == 1 else 'all others'}: {told}."
    verb = "comes" if most == 1 else "come"
    return f"{agreed}; {formats.count(most)} of the {_others(len(different))} {verb} from {cause}: {told}."


def by_rule(rows: pd.DataFrame) -> pd.DataFrame:
    """Differences by what makes them: rule, reason, ours, client_months, clients, difference_minor (theirs less ours)."""
    different = rows[rows["difference_minor"] != 0]
    grouped = different.groupby(["rule", "reason"], as_index=False).agg(
        client_months=("month", "size"), clients=("client_name", "nunique"), difference_minor=("difference_minor", "sum")
    )
    known = {**PLAIN_RULES, **reconcile.rules()}
    grouped["ours"] = [" ".join(known[part].ours for part in str(rule).split("+") if part in known) for rule in grouped["rule"]]
    grouped["is_open"] = grouped["rule"] == UNEXPLAINED
    return grouped.sort_values(["is_open", "client_months", "reason"], ascending=[True, False, True], ignore_index=True)


def notes(comparison: Comparison, statement: Statement) -> list[str]:
    """What was left out of the comparison, in sentences."""
    notes = []
    if comparison.skipped_months:
        notes.append(
            f"Left out, since it has not come yet: {formats.listing([formats.month(m) for m in comparison.skipped_months])}."
        )
    if statement.bad:
        notes.append(f"{formats.count(len(statement.bad), 'line')} could not be read: {'; '.join(statement.bad[:5])}.")
    return notes


def _others(count: int) -> str:
    return "other one" if count == 1 else f"{formats.count(count)} others"
