"""What the demo agency agreed with some clients, how they are reported to, and the uptime of earlier months."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data import clock

if TYPE_CHECKING:
    from data.warehouse import Warehouse

# client → its lines: kind, name, measure, target, unit, and the actual value of the last month where it is entered by hand
LINES = {
    "Lavoie Architectes": (
        ("deliverable", "Articles publiés", None, 2.0, "", 2.0),
        ("kpi", "Disponibilité des sites", "uptime", 99.5, "", None),
    ),
    "Okafor Legal": (
        ("deliverable", "Articles for search engines", None, 4.0, "", 3.0),
        ("deliverable", "Landing pages", None, 1.0, "", 1.0),
        ("kpi", "Uptime", "uptime", 99.9, "", None),
    ),
    "Hotel Miramont": (("kpi", "Temps de chargement", None, 2.0, "s", 1.7),),
}
NOTES = {"Articles for search engines": "The fourth is written and goes online in the first days of next month."}
STEPS = {
    "Okafor Legal": "Publish the fourth article\nA first look at the contact form’s replies",
    "Lavoie Architectes": "Nouvelle page « Réalisations »",
}
MONTHS = 13


def tell(warehouse: "Warehouse") -> None:
    """Write it all where it does not stand yet, so that what was changed by hand in the demo stays."""
    with warehouse.transaction() as cursor:
        today: date = cursor.execute("select today from params").fetchall()[0][0]
        ids = dict(cursor.execute("select client_name, client_id from clients_dim").fetchall())
        ends_on = today.replace(day=1) - timedelta(days=1)
        at = clock.now()
        number = 0
        for name, lines in LINES.items():
            for kind, line, measure, target, unit, actual in lines:
                number += 1
                values = [number, ids.get(name), kind, line, measure, target, unit == "s", unit, None, None, at]
                cursor.execute(
                    "insert into report_promises values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing", values
                )
                if actual is not None:
                    told = [number, ends_on.replace(day=1), ends_on, actual, None, NOTES.get(line, ""), "Ana", at]
                    cursor.execute("insert into report_actuals values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing", told)
        for name, steps in STEPS.items():
            cursor.execute(
                "insert into report_clients values (?, null, null, '', '', ?, ?) on conflict do nothing",
                [ids.get(name), steps, at],
            )
        _readings(cursor, ends_on, at)


def _readings(cursor: Any, ends_on: date, at: datetime) -> None:
    """A reading at each month's end for every site that is monitored, invented from its place in the list."""
    sites = cursor.execute("select site, since_on from care_sites where uptime_promised is not null order by site").fetchall()
    told: list[tuple[str, date, float]] = []
    for _ in range(MONTHS):
        for place, (site, since_on) in enumerate(sites):
            if place % 13 != 5 and (since_on is None or since_on < ends_on):
                share = 1 - ((place * 37 + ends_on.month * 11) % 100) ** 2 / 8_000_000
                told.append((site, ends_on, round(share, 5)))
        ends_on = ends_on.replace(day=1) - timedelta(days=1)
    # One statement for all: a thousand of them take four seconds.
    cursor.execute(
        "insert into uptime_readings select unnest($sites), unnest($days), unnest($shares), $at on conflict do nothing",
        {
            "sites": [site for site, _, _ in told],
            "days": [day for _, day, _ in told],
            "shares": [share for *_, share in told],
            "at": at,
        },
    )
