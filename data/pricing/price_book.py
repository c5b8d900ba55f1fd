"""The price book: services, and tiers of which each contains the one below (mission.md R12–R14).

A book is a TOML file. The shipped ones lie beside this module; the user's own lie in `price_books/` of the home folder
and win over a shipped one of the same id. `<id>.signals.toml` beside a book says by which words notes ask for a service.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import InvalidOperation
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data.errors import InputError
from data.money import to_minor

if TYPE_CHECKING:
    from data.settings import Settings

SHIPPED = Path(__file__).parent / "price_books"


@dataclass(frozen=True)
class Service:
    """One thing the client gets each month: its name and benefit by language, and the words that ask for it."""

    id: str
    names: Mapping[str, str]
    benefits: Mapping[str, str]
    signals: Mapping[str, Any] = field(default_factory=dict)

    def name(self, language: str) -> str:
        """The name in that language, else in English, else the id in words."""
        return self.names.get(language) or self.names.get("en") or self.id.replace("_", " ").capitalize()

    def benefit(self, language: str) -> str:
        """One sentence to the client in that language, else in English, else nothing."""
        return self.benefits.get(language) or self.benefits.get("en") or ""


@dataclass(frozen=True)
class Tier:
    """One monthly retainer: its price in minor units of the book's currency, what it adds, and what it claims in Stripe."""

    id: str
    names: Mapping[str, str]
    price_minor: int
    adds: tuple[str, ...]
    hours: float | None
    claims: tuple[str, ...]
    agreement: Mapping[str, Any] = field(default_factory=dict)

    def name(self, language: str = "en") -> str:
        """The name in that language, else in English, else the id in words."""
        return self.names.get(language) or self.names.get("en") or self.id.replace("_", " ").capitalize()


@dataclass(frozen=True)
class PriceBook:
    """Tiers from the cheapest to the dearest, all in one currency (lower-case ISO), and every service they name.

    `exclusions` are what no tier covers, by language; `agreement` holds parameters of the agreement's clauses, which a tier's
    own may override (mission.md F5).
    """

    id: str
    names: Mapping[str, str]
    currency: str
    floor_minor: int
    places: int | None
    services: Mapping[str, Service]
    tiers: tuple[Tier, ...]
    exclusions: tuple[Mapping[str, str], ...] = ()
    agreement: Mapping[str, Any] = field(default_factory=dict)

    def included(self, tier_id: str) -> tuple[Service, ...]:
        """All services of a tier: its own and those of every tier below it, lowest first."""
        services: list[Service] = []
        for tier in self.tiers:
            services += [self.services[service] for service in tier.adds]
            if tier.id == tier_id:
                return tuple(services)
        raise KeyError(tier_id)

    def tier(self, tier_id: str) -> Tier:
        """The tier of that id; KeyError where there is none."""
        return {tier.id: tier for tier in self.tiers}[tier_id]

    @property
    def tier_ids(self) -> tuple[str, ...]:
        """Ids from the cheapest tier to the dearest."""
        return tuple(tier.id for tier in self.tiers)


def available(home: Path | None = None) -> dict[str, Path]:
    """Every book by its id: the shipped ones, and the user's own in `home/price_books`."""
    folders = [SHIPPED, *([home / "price_books"] if home else [])]
    return {
        path.stem: path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.glob("*.toml"))
        if "." not in path.stem
    }


def load(book: str, home: Path | None = None) -> PriceBook:
    """The price book of that id, or in that file.

    Raises InputError where there is none, it is not TOML, or it breaks a rule: ids unique, each service known and added
    once (so that tiers are cumulative), prices rising.
    """
    path = next((path for path in _places(book, home) if path.is_file()), None)
    if path is None:
        raise InputError(f"There is no price book “{book}”.", f"Use one of {', '.join(available(home))}, or a TOML file.")
    return _load_file(path, path.stat().st_mtime_ns)


def in_use(settings: "Settings") -> PriceBook:
    """The price book that tiers and proposals follow, as the settings name it; errors as `load`."""
    return load(settings.price_book, settings.home)


def _places(book: str, home: Path | None) -> list[Path]:
    """Where that book may lie: a bare id in the user's own folder or among the shipped ones, anything else where it says."""
    if "." in book or Path(book).name != book:
        return [Path(book)]
    return [folder / f"{book}.toml" for folder in ([home / "price_books"] if home else [])] + [
        SHIPPED / f"{book}.toml",
        Path(book),
    ]


@cache
def _load_file(path: Path, _changed: int) -> PriceBook:
    raw = _toml(path)
    signals_path = path.with_suffix(".signals.toml")
    signals = _toml(signals_path) if signals_path.is_file() else {}
    try:
        return _checked(_book(path.stem, raw, signals), path)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as error:
        raise InputError(f"The price book {path.name} lacks or misspells {error}.", "Compare it with a shipped one.") from error


def _book(name: str, raw: Mapping[str, Any], signals: Mapping[str, Any]) -> PriceBook:
    currency = str(raw["currency"]).lower()
    services = {
        key: Service(
            key,
            dict(value.get("name", {})),
            dict(value.get("benefit", {})),
            {**signals.get(key, {}), **value.get("signals", {})},
        )
        for key, value in raw["services"].items()
    }
    tiers = tuple(
        Tier(
            id=str(tier["id"]),
            names=tier["name"] if isinstance(tier["name"], dict) else {"en": str(tier["name"])},
            price_minor=to_minor(tier["price"], currency),
            adds=tuple(tier["adds"]),
            hours=float(tier["hours"]) if "hours" in tier else None,
            claims=tuple(tier.get("claims", ())),
            agreement=dict(tier.get("agreement", {})),
        )
        for tier in raw["tiers"]
    )
    return PriceBook(
        id=str(raw.get("id", name)),
        names=raw["name"] if isinstance(raw["name"], dict) else {"en": str(raw["name"])},
        currency=currency,
        floor_minor=to_minor(raw.get("floor", 0), currency),
        places=raw.get("places"),
        services=services,
        tiers=tiers,
        exclusions=tuple({str(code): str(name) for code, name in dict(each).items()} for each in raw.get("exclusions", ())),
        agreement=dict(raw.get("agreement", {})),
    )


def _checked(book: PriceBook, path: Path) -> PriceBook:
    added = [service for tier in book.tiers for service in tier.adds]
    prices = [tier.price_minor for tier in book.tiers]
    faults = [
        (not book.tiers, "It has no tier."),
        (len(set(book.tier_ids)) < len(book.tiers), "Two tiers share an id."),
        (len(set(added)) < len(added), "A service is added by two tiers; each tier contains the ones below it."),
        (any(service not in book.services for service in added), "A tier adds a service that [services] lacks."),
        (prices != sorted(set(prices)), "Prices must rise from tier to tier."),
    ]
    for is_broken, hint in faults:
        if is_broken:
            raise InputError(f"The price book {path.name} can't be used.", hint)
    return book


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{path.name} can't be read as a price book.", "It must be TOML, in UTF-8.") from error
