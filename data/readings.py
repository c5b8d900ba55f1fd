"""Uptime as it was known on each day, kept at every build: sources tell only the newest, and a report needs its own month's."""

from typing import Any


def keep(cursor: Any) -> None:
    """Keep what the sites just built say of their uptime over 30 days; a later reading of a day replaces an earlier one."""
    cursor.execute(
        """
        insert into uptime_readings
        select site, uptime_on, uptime_30d, params.as_of from care_sites cross join params
        where uptime_30d between 0 and 1 and uptime_on is not null
        on conflict (site, known_on) do update set uptime_30d = excluded.uptime_30d, read_at = excluded.read_at
        """
    )
