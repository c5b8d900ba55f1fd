"""The terms of an agreement: who, what, for how much, by which clauses; plain data that a revision keeps as it was."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from babel.numbers import list_currencies

from data.errors import InputError
from proposals.agreement import clauses as clause_list
from proposals.agreement import parameters
from proposals.agreement.lines import one_line, paragraphs
from proposals.language import language

LONGEST_LINE = 300
LONGEST_CLAUSE = 200_000
MOST_ITEMS = 200
HIGHEST_FEE = 10**12


@dataclass(frozen=True)
class Party:
    """One side: legal name, postal address, company or tax number, who signs for it, and where notices go."""

    name: str = ""
    address: str = ""
    number: str = ""
    signatory: str = ""
    email: str = ""


@dataclass(frozen=True)
class OwnClause:
    """A clause of the user's own: plain text, a blank line between paragraphs, `- ` before an item."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Terms:
    """Everything that is agreed. `tier` is printed, `billed_as` is its name in the figures; the fee is a month's.

    `clauses` are (id, is on) pairs in their order, own ones among them; `basis` says what the fixed fee rests on (R2).
    """

    language: str
    provider: Party
    client: Party
    tier: str
    billed_as: str
    monthly_minor: int
    currency: str
    starts_on: date
    services: tuple[str, ...]
    not_covered: tuple[str, ...]
    parameters: Mapping[str, Any]
    clauses: tuple[tuple[str, bool], ...]
    own: tuple[OwnClause, ...] = ()
    hours: float | None = None
    basis: str = ""
    has_plugins: bool = False
    has_initials: bool = True
    client_id: str | None = None
    proposal_id: str | None = None
    book: str = ""
    service_ids: tuple[str, ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The terms as plain data, as `from_dict` reads them."""
        return {**asdict(self), "starts_on": self.starts_on.isoformat()}

    def missing(self) -> list[str]:
        """What must be filled in before the agreement can be sent."""
        wanted = {
            "your name": self.provider.name,
            "your address": self.provider.address,
            "the client’s name": self.client.name,
            "the client’s address": self.client.address,
            "a service that is covered": self.services,
            "something that is not covered": self.not_covered,
            "a fee": self.monthly_minor,
        }
        is_on = dict(self.clauses)
        wanted |= {"the law": self.parameters["law"], "the courts": self.parameters["court"]} if is_on.get("law") else {}
        return [what for what, given in wanted.items() if not given]

    def left_out(self) -> list[str]:
        """Rules of mission.md that a shipped clause answers and this agreement leaves out."""
        is_on = dict(self.clauses)
        return sorted({rule for clause in clause_list.clauses().values() if not is_on.get(clause.id) for rule in clause.rules})


def from_dict(raw: Mapping[str, Any]) -> Terms:
    """The terms of plain data, every field checked and cleaned; InputError names the field that can't be used."""
    unknown = sorted(set(raw) - {spec.name for spec in fields(Terms)})
    if unknown:
        raise InputError(f"An agreement has no field “{one_line(unknown[0])[:60]}”.", "See `agreement show --format json`.")
    try:
        made = _made(raw)
    except KeyError as error:
        raise InputError(f"The terms lack {one_line(error)[:80]}.", "See `agreement show --format json`.") from error
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        hint = "Each must be as `agreement show --format json` prints it."
        raise InputError("One of the terms can’t be read.", hint) from error
    language(made.language)
    return made


def _made(raw: Mapping[str, Any]) -> Terms:
    own = tuple(_own(each) for each in raw.get("own") or ())
    if len({clause.id for clause in own}) < len(own):
        raise InputError("Two own clauses share an id.", "Give each its own.")
    hours = raw.get("hours")
    return Terms(
        language=str(raw["language"]),
        provider=_party(raw["provider"]),
        client=_party(raw["client"]),
        tier=_line("tier", raw.get("tier")),
        billed_as=_line("billed_as", raw.get("billed_as")),
        monthly_minor=_fee(raw["monthly_minor"]),
        currency=_currency(raw["currency"]),
        starts_on=_first_day(raw["starts_on"]),
        services=_items("services", raw.get("services")),
        not_covered=_items("not_covered", raw.get("not_covered")),
        parameters=parameters.checked(raw.get("parameters") or {}),
        clauses=clause_list.order(raw.get("clauses") or (), tuple(clause.id for clause in own)),
        own=own,
        hours=None if hours in (None, "") else _hours(hours),
        basis=_line("basis", raw.get("basis"), 1_000),
        has_plugins=bool(raw.get("has_plugins")),
        has_initials=bool(raw.get("has_initials", True)),
        client_id=one_line(raw.get("client_id")) or None,
        proposal_id=one_line(raw.get("proposal_id")) or None,
        book=_line("book", raw.get("book")),
        service_ids=tuple(one_line(each) for each in raw.get("service_ids") or ()),
    )


def _party(raw: Mapping[str, Any]) -> Party:
    return Party(**{spec.name: _line(spec.name, raw.get(spec.name)) for spec in fields(Party)})


def _own(raw: Mapping[str, Any]) -> OwnClause:
    text = paragraphs(raw["text"])
    if len(text) > LONGEST_CLAUSE:
        raise InputError("An own clause is too long.", f"It holds up to {LONGEST_CLAUSE} characters.")
    key = one_line(raw["id"])
    if not key.startswith("own-"):
        raise InputError(f"“{key[:40]}” is no id of an own clause.", "Write it as own-1.")
    title = _line("title", raw["title"])
    if not title or not text:
        raise InputError("An own clause needs a title and a text.", "Fill in both, or remove it.")
    return OwnClause(key, title, text)


def _line(name: str, value: Any, most: int = LONGEST_LINE) -> str:
    text = one_line(value)
    if len(text) > most:
        raise InputError(f"{name.replace('_', ' ').capitalize()} is too long.", f"It holds up to {most} characters.")
    return text


def _items(name: str, values: Any) -> tuple[str, ...]:
    if isinstance(values, str):
        values = values.splitlines()
    found = tuple(text for text in (_line(name, value) for value in values or ()) if text)
    if len(found) > MOST_ITEMS:
        raise InputError(f"{name.replace('_', ' ').capitalize()} are too many.", f"List up to {MOST_ITEMS}.")
    return found


def _fee(value: Any) -> int:
    amount = int(value)
    if isinstance(value, bool) or amount != float(value) or not 0 <= amount <= HIGHEST_FEE:
        raise InputError(
            f"The fee can’t be “{one_line(value)[:40]}”.", "Give it in whole minor units of the currency, as 35000."
        )
    return amount


def _hours(value: Any) -> float:
    hours = float(value)
    if not 0 <= hours <= 744:
        raise InputError(f"The hours can’t be {hours:g}.", "Give the hours of a month.")
    return hours


def _first_day(value: Any) -> date:
    day = date.fromisoformat(str(value))
    if not 1990 <= day.year <= 2100:
        raise InputError(f"The agreement can’t begin on {day}.", "Give a year from 1990 to 2100.")
    return day


def _currency(value: Any) -> str:
    code = str(value).lower()
    if code.upper() not in list_currencies():
        raise InputError(f"“{one_line(value)[:20]}” is no currency.", "Write it as eur.")
    return code
