"""Scenarios and books as JSON, in and out; docs/what-if-scenario.md is the schema. Amounts are whole minor units."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.pricing.what_if.book import Book, Client, Line, Tier
from data.pricing.what_if.churn import Churn
from data.pricing.what_if.fields import Fields, number, refused, whole
from data.pricing.what_if.projection import PATHS
from data.pricing.what_if.scenario import IN_PROPORTION, MOST_MINOR, NOW, Choice, Costs, Move, Scenario, check_churn

LARGEST_FILE = 20_000_000
MOST_PATHS = 200_000
EARLIEST, LATEST = 1900, 2100


@dataclass(frozen=True)
class Document:
    """A scenario file: the scenario, its own book if it has one, and how it is to be played."""

    scenario: Scenario
    book: Book | None
    seed: int
    paths: int
    target_minor: int | None
    target_month: int


def read_file(path: Path) -> Document:
    """The scenario in that file; InputError with what is wrong, and where."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(f"{path.name} is too large.", "A scenario file has 20 MB at most.")
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} can’t be read.", "Give the path of a JSON file in UTF-8.") from error
    return read(text)


def read(text: str) -> Document:
    """The scenario in that JSON text; InputError with what is wrong, and where."""
    try:
        raw = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError("This is not a scenario file.", f"It must be JSON; {error}.") from error
    fields = Fields(raw, "the file")
    document = Document(
        scenario=scenario(fields.raw.get("scenario", {}), "the scenario"),
        book=book(fields.raw["book"], "the book") if fields.has("book") else None,
        seed=fields.whole("seed", 1),
        paths=fields.whole("paths", PATHS),
        target_minor=fields.whole("target_minor") if fields.has("target_minor") else None,
        target_month=fields.whole("target_month", 12),
    )
    fields.taken |= {"scenario", "book", "target_minor"}
    fields.done()
    if not 0 <= document.seed < 2**63 or not 2 <= document.paths <= MOST_PATHS:
        raise refused("the file", f"“seed” must be 0 or more, and “paths” 2 to {MOST_PATHS:,}")
    if not 1 <= document.target_month <= document.scenario.horizon_months or (document.target_minor or 0) < 0:
        raise refused("the file", "“target_month” must lie within the horizon, and “target_minor” be 0 or more")
    return document


def scenario(raw: Any, place: str = "the scenario") -> Scenario:
    """The scenario in that JSON object; a lever that is missing stands where it stands by itself."""
    fields = Fields(raw, place)
    made = Scenario(
        name=fields.text("name", ""),
        currency=fields.text("currency", "").lower(),
        horizon_months=fields.whole("horizon_months", 12),
        starts_in=fields.whole("starts_in", 1),
        prices_minor=fields.mapping("prices_minor", whole),
        existing_clients=fields.text("existing_clients", NOW),
        off_list=fields.text("off_list", IN_PROPORTION),
        clients=fields.mapping("clients", _choice),
        new_clients=fields.mapping("new_clients", number),
        moves=fields.listing("moves", _move),
        churn=fields.mapping("churn", _own_churn),
        churn_by_tier=fields.flag("churn_by_tier"),
        extra_loss=_range(fields),
        new_tiers=fields.listing("new_tiers", _tier),
        hours=fields.mapping("hours", number),
        hours_available=fields.number("hours_available") if fields.has("hours_available") else None,
        costs=_costs(fields.raw.get("costs", {}), f"{place}, “costs”"),
    )
    fields.taken |= {"costs", "hours_available"}
    fields.done()
    return made


def book(raw: Any, place: str = "the book") -> Book:
    """The book in that JSON object; InputError where a client pays for a tier it has not, or an id occurs twice."""
    fields = Fields(raw, place)
    made = Book(
        currency=fields.text("currency").lower(),
        as_of=fields.day("as_of"),
        tiers=fields.listing("tiers", _tier),
        clients=fields.listing("clients", _client),
        churn=_churn(fields.raw.get("churn", {}), f"{place}, “churn”"),
        churn_by_tier=fields.mapping("churn_by_tier", _churn),
        won_by_tier=fields.mapping("won_by_tier", number),
    )
    fields.taken |= {"churn"}
    fields.done()
    if len(made.currency) != 3 or not made.currency.isalpha():
        raise refused(place, f"“currency” must be a code of three letters, as eur, not “{made.currency}”")
    if not EARLIEST <= made.as_of.year <= LATEST:
        raise refused(place, f"“as_of” must be a day of the years {EARLIEST} to {LATEST}, not {made.as_of}")
    if len({tier.name for tier in made.tiers}) < len(made.tiers) or not made.tiers:
        raise refused(place, "each tier needs a name of its own, and there must be one")
    if len({client.id for client in made.clients}) < len(made.clients):
        raise refused(place, "each client needs an id of its own")
    for tier_name in (*made.churn_by_tier, *made.won_by_tier):
        if tier_name not in made.tier_by_name:
            raise refused(place, f"it tells of “{tier_name}”, which is not among the tiers")
    for client in made.clients:
        for line in client.lines:
            if line.tier not in made.tier_by_name:
                raise refused(place, f"client “{client.id}” pays for “{line.tier}”, which is not among the tiers")
    return made


def as_json(made: Scenario) -> dict[str, Any]:
    """The scenario as a JSON object, only with the levers that were moved; `scenario` reads it back as it was."""
    simple = (
        "name",
        "currency",
        "horizon_months",
        "starts_in",
        "existing_clients",
        "off_list",
        "churn_by_tier",
        "hours_available",
    )
    plain: dict[str, Any] = {name: getattr(made, name) for name in simple}
    plain |= {name: dict(getattr(made, name)) for name in ("prices_minor", "new_clients", "hours")}
    plain["clients"] = {
        client: {"action": choice.action, **({"tier": choice.tier} if choice.tier else {})}
        for client, choice in made.clients.items()
    }
    plain["moves"] = [{"from": move.from_tier, "to": move.to_tier, "monthly_rate": move.monthly_rate} for move in made.moves]
    plain["churn"] = {tier: churn_as_json(churn) for tier, churn in made.churn.items()}
    plain["extra_loss"] = list(made.extra_loss)
    plain["new_tiers"] = [asdict(tier) for tier in made.new_tiers]
    plain["costs"] = asdict(made.costs)
    moved = made.changed()
    return {name: plain[name] for name in plain if name in moved}


def book_as_json(made: Book) -> dict[str, Any]:
    """The book as a JSON object; `book` reads it back as it was."""
    return {
        "currency": made.currency,
        "as_of": made.as_of.isoformat(),
        "churn": churn_as_json(made.churn),
        "churn_by_tier": {tier: churn_as_json(churn) for tier, churn in made.churn_by_tier.items()},
        "won_by_tier": dict(made.won_by_tier),
        "tiers": [asdict(tier) for tier in made.tiers],
        "clients": [
            {
                "id": client.id,
                "name": client.name,
                **_line_as_json(client.lines[client.main]),
                "hours": client.hours,
                "cost_minor": client.cost_minor,
                "extras": [_line_as_json(line) for place, line in enumerate(client.lines) if place != client.main],
            }
            for client in made.clients
        ],
    }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {**asdict(line), "renews_on": line.renews_on.isoformat() if line.renews_on else None}


def churn_as_json(churn: Churn) -> dict[str, Any]:
    """A churn rate as it stands in a file."""
    return {"rate": churn.rate} if churn.rate is not None else {"leavers": churn.leavers, "client_months": churn.client_months}


def _range(fields: Fields) -> tuple[float, float]:
    bounds = fields.listing("extra_loss", number)
    if bounds and len(bounds) != 2:
        raise refused(fields.place, "“extra_loss” must be a lower and a higher share, as [0, 0.1]")
    return (bounds[0], bounds[1]) if bounds else (0.0, 0.0)


def _choice(raw: Any, place: str) -> Choice:
    if isinstance(raw, str):
        return Choice(raw)
    fields = Fields(raw, place)
    made = Choice(fields.text("action"), fields.text("tier", ""))
    fields.done()
    return made


def _move(raw: Any, place: str) -> Move:
    fields = Fields(raw, place)
    made = Move(fields.text("from"), fields.text("to"), fields.number("monthly_rate"))
    fields.done()
    return made


def _churn(raw: Any, place: str) -> Churn:
    fields = Fields(raw, place)
    rate = fields.number("rate") if fields.has("rate") else None
    made = Churn(fields.whole("leavers", 0), fields.whole("client_months", 0), rate)
    fields.taken |= {"rate"}
    fields.done()
    if rate is not None and (made.leavers or made.client_months):
        raise refused(place, "it must be either “rate”, or “leavers” and “client_months”")
    check_churn(made)
    return made


def _own_churn(raw: Any, place: str) -> Churn:
    made = _churn(raw, place)
    if made == Churn():
        raise refused(place, "it must hold “rate”, or “leavers” and “client_months”")
    return made


def _tier(raw: Any, place: str) -> Tier:
    fields = Fields(raw, place)
    hours, costs = fields.number("hours", 0), fields.whole("cost_minor", 0)
    made = Tier(fields.text("name"), fields.whole("price_minor"), hours, costs, fields.flag("is_sold", True))
    fields.done()
    if not 0 < made.price_minor <= MOST_MINOR or made.hours < 0 or not 0 <= made.cost_minor <= MOST_MINOR:
        raise refused(place, f"“price_minor” must be above 0 and at most {MOST_MINOR:,}, “hours” and “cost_minor” not below 0")
    return made


def _costs(raw: Any, place: str) -> Costs:
    fields = Fields(raw, place)
    made = Costs(
        fee_rate=fields.number("fee_rate", 0),
        fee_fixed_minor=fields.whole("fee_fixed_minor", 0),
        hour_minor=fields.whole("hour_minor", 0),
        overhead_minor=fields.whole("overhead_minor", 0),
        tiers_minor=fields.mapping("tiers_minor", whole),
    )
    fields.done()
    return made


def _client(raw: Any, place: str) -> Client:
    fields = Fields(raw, place)
    first = _line(fields, place)
    made = Client(
        id=fields.text("id"),
        name=fields.text("name", "") or fields.text("id"),
        lines=(first, *fields.listing("extras", _extra)),
        hours=fields.number("hours") if fields.has("hours") else None,
        cost_minor=fields.whole("cost_minor") if fields.has("cost_minor") else None,
    )
    fields.taken |= {"hours", "cost_minor"}
    fields.done()
    if (made.hours or 0) < 0 or (made.cost_minor or 0) < 0:
        raise refused(place, "“hours” and “cost_minor” can’t be negative")
    return made


def _extra(raw: Any, place: str) -> Line:
    fields = Fields(raw, place)
    made = _line(fields, place)
    fields.done()
    return made


def _line(fields: Fields, place: str) -> Line:
    renews: date | None = fields.day("renews_on") if fields.has("renews_on") else None
    made = Line(
        tier=fields.text("tier"),
        price_minor=fields.whole("price_minor"),
        interval_months=fields.whole("interval_months", 1),
        renews_on=renews,
        quantity=fields.whole("quantity", 1),
    )
    fields.taken |= {"renews_on"}
    if not 0 <= made.price_minor <= MOST_MINOR or not 1 <= made.interval_months <= 120 or made.quantity < 1:
        raise refused(place, "“price_minor” can’t be negative, “interval_months” is 1 to 120, “quantity” 1 or more")
    if made.interval_months > 1 and renews is None:
        raise refused(place, "“renews_on” is needed where the client is billed for more than one month at a time")
    return made
