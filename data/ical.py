"""The calendar as iCalendar (RFC 5545): one writer of the entries, for the download and for the feed.

Reminders stand as entries of their own beside the alarms, since some calendars drop the alarms of what they subscribe to.
The same entries give the same bytes: DTSTAMP is the instant of an entry's last change.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from data.calendar_entries import Entry, entries
from data.settings import Settings, save
from data.warehouse import Warehouse, shared

if TYPE_CHECKING:
    from icalendar import Event

ADDRESS = "/calendar.ics"


def written(found: Sequence[Entry]) -> bytes:
    """The entries as an iCalendar file."""
    from icalendar import Calendar  # only now, since the server's start waits for what is loaded with this module

    calendar = Calendar()
    calendar.add("prodid", "-//Retainer Desk//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Retainer Desk")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in found:
        calendar.add_component(_event(entry))
    content: bytes = calendar.to_ical()
    return content


def of(warehouse: Warehouse) -> bytes:
    """The calendar of this warehouse as an iCalendar file."""
    return written(entries(warehouse))


def is_let_in(settings: Settings, given: str) -> bool:
    """Whether that secret opens the feed; never where there is none. The time it takes says nothing about the secret."""
    kept = settings.calendar_token
    return hmac.compare_digest(kept.encode(), given.encode()) and bool(kept)


def feed(settings: Settings, given: str) -> bytes | None:
    """The shown warehouse's calendar for whoever gives the secret; None for everybody else. WarehouseError where it is busy."""
    return of(shared(settings)) if is_let_in(settings, given) else None


def open_feed(settings: Settings) -> Settings:
    """Make a new secret, which opens the feed and shuts out whoever had an earlier one; the settings with it."""
    return save(settings, calendar_token=secrets.token_urlsafe(24))


def close_feed(settings: Settings) -> Settings:
    """Forget the secret: nobody reads the feed any more."""
    return save(settings, calendar_token="")


def _event(entry: Entry) -> "Event":
    from icalendar import Alarm, Event, vRecur

    event = Event()
    changed_at = entry.changed_at.replace(tzinfo=UTC)
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", entry.sequence)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", entry.title)
    event.add("transp", "TRANSPARENT")
    if entry.about:
        event.add("description", entry.about)
    if entry.rule:
        event.add("rrule", vRecur.from_ical(entry.rule))
    for days in entry.alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        alarm.add("trigger", timedelta(days=-days))
        event.add_component(alarm)
    return event
