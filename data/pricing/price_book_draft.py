"""A scenario as a draft of the price book: the same file with its new prices and tiers, comments and all, and the difference.

A draft lies in `price_books/drafts/` of the home folder: no list of price books shows it, RETAINER_PRICE_BOOK can name it.
"""

import difflib
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from data.errors import InputError
from data.money import minor_digits, to_major
from data.pricing import price_book
from data.pricing.what_if.scenario import Scenario
from data.settings import Settings


@dataclass(frozen=True)
class Draft:
    """A draft: its id, its text, what differs from the current book as lines of a unified diff, and tiers it can't hold.

    `left_out` names tiers whose price the scenario changes, though the price book has none of that name.
    """

    id: str
    text: str
    diff: tuple[str, ...]
    left_out: tuple[str, ...]
    current: Path


def draft(settings: Settings, currency: str, scenario: Scenario) -> Draft:
    """The draft of that scenario, checked by the price book's own rules.

    InputError where the price book is in another currency, holds none of the tiers, or would break a rule.
    """
    book = price_book.in_use(settings)
    current = price_book.available(settings.home).get(settings.price_book, Path(settings.price_book))
    if book.currency != currency:
        raise InputError(
            f"The price book is in {book.currency.upper()}, this scenario in {currency.upper()}.",
            "A price book has one currency; clients can be told all the same.",
        )
    ids = {tier.name(): tier.id for tier in book.tiers}
    prices = {ids[tier]: price for tier, price in scenario.prices_minor.items() if tier in ids}
    left_out = tuple(tier for tier in scenario.prices_minor if tier not in ids)
    if not prices and not scenario.new_tiers:
        raise InputError(
            "No tier of the price book changes.", f"{left_out[0]} is not in it." if left_out else "Move a price, or add a tier."
        )
    before = current.read_text(encoding="utf-8")
    draft_id = f"{re.sub(r'_draft$', '', book.id)}_draft"
    text = _written(before, draft_id, currency, prices, scenario)
    _check(settings, text, current)
    lines = difflib.unified_diff(before.splitlines(), text.splitlines(), current.name, f"{draft_id}.toml", lineterm="", n=2)
    return Draft(draft_id, text, tuple(lines), left_out, current)


def write(made: Draft, home: Path) -> Path:
    """Write the draft, and the words by which notes ask for its services, into the home folder (0600); the draft's path."""
    folder = home / "price_books" / "drafts"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{made.id}.toml"
        signals = made.current.with_suffix(".signals.toml")
        if signals.is_file() and signals != path.with_suffix(".signals.toml"):
            _put(path.with_suffix(".signals.toml"), signals.read_text(encoding="utf-8"))
        _put(path, made.text)
    except OSError as error:
        raise InputError(f"The draft can’t be written: {error.strerror}.", "Check the home folder’s rights.") from error
    return path


def _put(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".draft-")  # mode 0600
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
    Path(name).replace(path)


def _written(before: str, draft_id: str, currency: str, prices: Mapping[str, int], scenario: Scenario) -> str:
    """The price book's text with new prices and tiers, everything else as the user wrote it."""
    try:
        document: Any = tomlkit.parse(before)
        document["id"] = draft_id
        for tier in document["tiers"]:
            if str(tier["id"]) in prices:
                tier["price"] = _amount(prices[str(tier["id"])], currency)
        for new in scenario.new_tiers:
            price = scenario.prices_minor.get(new.name, new.price_minor)
            _insert(document["tiers"], _tier(new.name, price, new.hours, currency, document["tiers"]), price, currency)
        return tomlkit.dumps(document)
    except (TOMLKitError, KeyError, TypeError, ValueError) as error:
        raise InputError("This price book can’t be redrafted by itself.", f"Change its prices by hand; {error}.") from error


def _tier(name: str, price_minor: int, hours: float, currency: str, tiers: Any) -> Any:
    taken = {str(tier["id"]) for tier in tiers}
    slug = re.sub(r"\W+", "_", name.lower()).strip("_") or "new"
    made = tomlkit.table()
    made["id"] = next(one for one in (slug, *(f"{slug}_{n}" for n in range(2, 99))) if one not in taken)
    names = tomlkit.inline_table()
    names["en"] = name
    made["name"] = names
    made["price"] = _amount(price_minor, currency)
    if hours:
        made["hours"] = int(hours) if hours == int(hours) else hours
    adds = tomlkit.array()
    made["adds"] = adds
    made["adds"].comment("what it adds to the tier below")
    made.add(tomlkit.nl())
    return made


def _insert(tiers: Any, made: Any, price_minor: int, currency: str) -> None:
    from data.money import to_minor

    place = next((n for n, tier in enumerate(tiers) if to_minor(tier["price"], currency) > price_minor), len(tiers))
    tiers.insert(place, made)


def _amount(amount_minor: int, currency: str) -> int | str:
    """A price as a price book has it: whole, else as a text with its decimals, which no float can blur."""
    amount = to_major(amount_minor, currency)
    return int(amount) if amount == amount.to_integral_value() else f"{amount:.{minor_digits(currency)}f}"


def _check(settings: Settings, text: str, current: Path) -> None:
    """InputError where the draft breaks a rule of the price book; checked as a file, as it will be read."""
    with tempfile.TemporaryDirectory(prefix="price-book-") as folder:
        path = Path(folder) / "draft.toml"
        path.write_text(text, encoding="utf-8")
        signals = current.with_suffix(".signals.toml")
        if signals.is_file():
            shutil.copyfile(signals, path.with_suffix(".signals.toml"))
        try:
            price_book.load(str(path), settings.home)
        except InputError as error:
            raise InputError("These prices make no price book.", error.hint) from error
