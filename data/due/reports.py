"""Care reports to clients, and security work that was not yet told (mission.md F28–F30)."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data.due.facts import Facts, required, said
from data.due.item import DueItem, Kind
from data.due.sites import former_clients
from data.frames import rows

if TYPE_CHECKING:
    import pandas

NAMED = 3
TOLD_WITHIN = timedelta(days=30)
KINDS = (
    Kind(
        "security_notice",
        "Tell clients of security work",
        "notice",
        "Open the notice",
        "care_reports.py",
        settled="The notice is on record, or the report of that month is.",
    ),
    Kind(
        "care_report",
        "Send care reports",
        "round of reports",
        "Open reports",
        "care_reports.py",
        settled="Every report of that period is sent or skipped.",
    ),
)


def items(facts: Facts) -> Iterator[DueItem]:
    """Security work to tell, and the reports of each period that is over."""
    yield from notices(
        facts.frame("care_events"), facts.frame("care_reports_sent"), former_clients(facts.frame("clients")), facts.today
    )
    yield from reports(facts.frame("care_reports"))


def reports(owed: "pandas.DataFrame") -> Iterator[DueItem]:
    """An item for each period with a report that is neither sent nor skipped (F29): due on the day that the settings say."""
    every = list(rows(owed))
    for period in dict.fromkeys(row["period"] for row in every):
        of_period = [row for row in every if row["period"] == period]
        left = [row for row in of_period if row["state"] not in ("sent", "skipped")]
        if left:
            named = ", ".join(row["client_name"] for row in left[:NAMED])
            more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
            yield DueItem(
                id=f"reports:{period}",
                kind="care_report",
                rule="F29",
                subject=f"Care reports, {_said(period)}",
                detail=f"{len(left)} of {len(of_period)} still to be sent: {named}{more}.",
                due_on=required(left[0]["due_on"]),
                opens={"period": period},
            )


def notices(events: "pandas.DataFrame", sent: "pandas.DataFrame", left: set[str], today: date) -> Iterator[DueItem]:
    """An item for each attack of the last 30 days on a client's site, until a notice or that month's report is sent (F30)."""
    told = {row["report_id"] for row in rows(sent) if row["state"] != "withdrawn"}
    months: set[tuple[Any, str]] = {
        (row["client_id"], row["starts_on"][:7]) for row in rows(sent) if row["kind"] == "report" and row["state"] == "sent"
    }
    for row in rows(events):
        happened_on = required(row["happened_on"])
        is_open = row["client_id"] and row["client_id"] not in left and (row["client_id"], row["month"]) not in months
        if row["kind"] == "security" and is_open and happened_on > today - TOLD_WITHIN:
            report_id = f"{row['client_id']}:notice:{row['event_id']}"
            if report_id not in told:
                yield DueItem(
                    id=f"notice:{row['event_id']}",
                    kind="security_notice",
                    rule="F30",
                    subject=row["client_name"],
                    detail=f"Security incident on {row['site']} on {said(happened_on)}: tell the client what was done.",
                    due_on=happened_on,
                    client_id=row["client_id"],
                    opens={"notice": row["event_id"]},
                )


def _said(period: str) -> str:
    return period if "Q" in period else f"{date.fromisoformat(f'{period}-01'):%b %Y}"
