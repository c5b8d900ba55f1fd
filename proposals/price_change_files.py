"""A scenario applied, as files: an e-mail for each client to be told, their list, and the price book's draft."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from data import tables
from data.errors import InputError
from data.pricing import price_book, price_book_draft
from data.pricing.what_if.book import Book
from data.pricing.what_if.scenario import Scenario
from data.pricing.what_if.telling import Telling, clients_to_tell
from data.settings import Settings
from proposals import folder as folder_files
from proposals.price_change import Addressee, price_change
from proposals.sender import Sender

COLUMNS = ["client_id", "client_name", "email", "language", "currency", "now_minor", "then_minor", "effective_on", "tell_by"]


def write(
    folder: Path, settings: Settings, book: Book, scenario: Scenario, people: Mapping[str, Addressee], code: str | None = None
) -> tuple[list[Path], str]:
    """Write everything into the folder and return the paths, and why there is no draft of the price book (empty if there is).

    `code` is the language of every e-mail instead of each client's own. InputError where nobody's price changes.
    """
    tellings = clients_to_tell(book, scenario, settings.notice_days)
    if not tellings:
        raise InputError("There is nobody to tell.", "Move a price that clients of today pay.")
    files = {"clients.csv": tables.write(listed(tellings, people, code), "csv").encode()}
    files |= dict(emails(settings, tellings, people, code))
    reason = ""
    try:
        draft = price_book_draft.draft(settings, book.currency, scenario)
        files |= {"price_book.toml": draft.text.encode(), "price_book.diff": ("\n".join(draft.diff) + "\n").encode()}
    except InputError as error:
        reason = f"No price book was drafted: {error}"
    return folder_files.write(folder, files), reason


def emails(
    settings: Settings, tellings: tuple[Telling, ...], people: Mapping[str, Addressee], code: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """File name and content of every client's e-mail: .eml, .txt and .html."""
    book, sender = price_book.in_use(settings), Sender.from_settings(settings)
    used: set[str] = set()
    for told in tellings:
        mail = price_change(told, people.get(told.client_id, Addressee()), book, sender, code)
        name = file_name(told, used)
        yield f"{name}.eml", mail.eml
        yield f"{name}.txt", f"{mail.subject}\n\n{mail.text}".encode()
        yield f"{name}.html", mail.html.encode()


def file_name(told: Telling, used: set[str]) -> str:
    """A name for the client's files that no other has, safe on every system; it is added to those `used`."""
    plain = re.sub(r"[^\w]+", "-", told.client_name.lower()).strip("-")[:60] or "client"
    name = next(one for one in (plain, *(f"{plain}-{number}" for number in range(2, 10_000))) if one not in used)
    used.add(name)
    return name


def listed(tellings: tuple[Telling, ...], people: Mapping[str, Addressee], code: str | None = None) -> pd.DataFrame:
    """Whom to tell, a row a client: amounts a month in minor units, days as dates, the language its e-mail is in."""
    rows = []
    for told in tellings:
        to = people.get(told.client_id, Addressee())
        days: tuple[date, date] = (told.effective_on, told.tell_by)
        sums = (told.currency, told.now_minor, told.then_minor)
        rows.append((told.client_id, told.client_name, to.email, code or to.speaks(), *sums, *(f"{day}" for day in days)))
    return pd.DataFrame(rows, columns=COLUMNS)
