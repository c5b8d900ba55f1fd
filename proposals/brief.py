"""Notes of a sales call → Brief: every fact with its quote and its place in the notes, what is missing as questions.

Rules and data only: the words live in `languages/<code>/signals.toml` and beside the price book. A fact that the notes do not
state is left out rather than guessed (RULES: a wrong value is far worse than a missing one; mission.md R10, R20, R21).
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from data.pricing.price_book import PriceBook
from proposals.reading import aims, apart, decision, objections, people, terms, timeline, volumes, wishes
from proposals.reading import budget as money
from proposals.reading import company as names
from proposals.reading.addresses import contact_address
from proposals.reading.challenges import challenges
from proposals.reading.growth import growth_goal
from proposals.reading.note import Found, Note
from proposals.reading.person import first_name, full_name
from proposals.reading.signals import languages, table
from proposals.reading.support import is_supported, supported
from proposals.reading.text import fold, unread

SINGLE = (
    "contact_name", "contact_first_name", "company", "email", "call_date", "decision_maker", "budget", "sites",
    "hours_per_month", "horizon_months", "start_date", "payment_method", "prepay_months", "growth_goal",
)  # fmt: skip
LISTS = ("objections", "services", "volumes", "goals", "challenges")
FIELDS = (*SINGLE, *LISTS)
QUOTED = ("goals", "challenges")  # whose value is the quote


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and the place it was read from: notes[start:end] == quote (code points). A user's own value has no quote."""

    value: Any
    quote: str | None = None
    start: int | None = None
    end: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The four parts as JSON types."""
        return {"value": self.value, "quote": self.quote, "start": self.start, "end": self.end}


@dataclass(frozen=True)
class Brief:
    """What the notes say. Budget amounts are in major units per month; dates are ISO; volumes are {service, quantity, per}."""

    language: str | None = None
    book: str | None = None
    contact_name: Fact | None = None
    contact_first_name: Fact | None = None
    company: Fact | None = None
    email: Fact | None = None
    call_date: Fact | None = None
    decision_maker: Fact | None = None
    budget: Fact | None = None
    sites: Fact | None = None
    hours_per_month: Fact | None = None
    horizon_months: Fact | None = None
    start_date: Fact | None = None
    payment_method: Fact | None = None
    prepay_months: Fact | None = None
    growth_goal: Fact | None = None
    objections: tuple[Fact, ...] = ()
    services: tuple[Fact, ...] = ()
    volumes: tuple[Fact, ...] = ()
    goals: tuple[Fact, ...] = ()
    challenges: tuple[Fact, ...] = ()
    unread: tuple[int, int] | None = None
    doubtful: tuple[tuple[str, Fact], ...] = ()  # (field, fact) of readings on too weak evidence to be given as facts

    @property
    def missing(self) -> list[str]:
        """The fields that the notes do not state, in the order of the brief."""
        return [name for name in FIELDS if not getattr(self, name)]

    def questions(self, language: str | None = None) -> list[tuple[str, str]]:
        """(field, question) for what is worth asking the client and is not stated, in that language or the brief's own."""
        code = language or self.language or "en"
        asked = table(code if code in languages() else "en").get("questions", {})
        return [(name, asked[name]) for name in self.missing if name in asked]

    def finding(self) -> str | None:
        """A sentence on what of the notes was not read, where they are longer than any call's."""
        if self.unread is None:
            return None
        first, last = self.unread
        return f"The notes are very long: characters {first + 1:,} to {last:,} were not read. Read that part alone."

    def values(self, name: str) -> list[Any]:
        """The plain values of a list field."""
        return [fact.value for fact in getattr(self, name)]

    def value(self, name: str) -> Any:
        """The plain value of a single field, or None."""
        fact = getattr(self, name)
        return fact.value if fact else None

    def replace_fact(self, field: str, value: Any) -> "Brief":
        """With the user's own value: a single value (None takes the fact out), or all values of a list field. A value that the
        notes already gave keeps its quote. Raises KeyError for an unknown field."""
        if field in LISTS:
            known = {_key(fact.value): fact for fact in getattr(self, field)}
            new: Any = tuple(known.get(_key(each)) or Fact(each) for each in value or ())
        elif field in SINGLE:
            old = getattr(self, field)
            new = None if value in (None, "") else old if old and _key(old.value) == _key(value) else Fact(value)
        elif field in ("language", "book"):
            new = value
        else:
            raise KeyError(field)
        changed: dict[str, Any] = {field: new}
        return replace(self, **changed)

    def to_dict(self) -> dict[str, Any]:
        """As JSON types; `from_dict` reads it back."""
        content: dict[str, Any] = {"language": self.language, "book": self.book}
        content |= {"unread": list(self.unread)} if self.unread else {}
        content |= {"doubtful": self._doubtful()} if self.doubtful else {}
        content |= {name: fact.to_dict() if (fact := getattr(self, name)) else None for name in SINGLE}
        return content | {name: [fact.to_dict() for fact in getattr(self, name)] for name in LISTS}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> "Brief":
        """The brief that `to_dict` wrote; unknown keys are passed over."""
        read: dict[str, Any] = {}
        for each in fields(cls):
            value = content.get(each.name)
            if each.name in LISTS:
                read[each.name] = tuple(Fact(**fact) for fact in value or ())
            elif each.name in SINGLE:
                read[each.name] = Fact(**value) if value else None
            elif each.name == "unread":
                read[each.name] = (int(value[0]), int(value[1])) if value else None
            elif each.name == "doubtful":
                read[each.name] = tuple((fact["field"], Fact(**_without_field(fact))) for fact in value or ())
            else:
                read[each.name] = value
        return cls(**read)

    def as_prediction(self) -> dict[str, Any]:
        """{language, book, facts, missing}: each fact with value, quote, start, end; doubtful: readings that are no facts, each
        with its field."""
        facts = {name: getattr(self, name).to_dict() for name in SINGLE if getattr(self, name)}
        facts |= {name: [fact.to_dict() for fact in getattr(self, name)] for name in LISTS if getattr(self, name)}
        said: dict[str, Any] = {"unread": list(self.unread)} if self.unread else {}
        said |= {"doubtful": self._doubtful()} if self.doubtful else {}
        return {"language": self.language, "book": self.book, "facts": facts, "missing": self.missing, **said}

    def _doubtful(self) -> list[dict[str, Any]]:
        return [{"field": name, **fact.to_dict()} for name, fact in self.doubtful]


def brief(notes: str, price_book: PriceBook, reference_date: dt.date) -> Brief:
    """The facts that the notes state, read for that price book's services; dates without a year are seen from the reference."""
    note = Note(notes, price_book)
    if not note.statements or not note.signals:
        return Brief(language=note.language, book=price_book.id, unread=unread(notes))
    person = people.contact(note)
    full = full_name(note, person) if person else None
    call, start = timeline.when(note, reference_date)
    where = wishes.scope(note)
    sites = terms.sites(note)
    hours = terms.hours(note)
    single = {
        "contact_name": full,
        "contact_first_name": first_name(note, person) if person else None,
        "company": names.company(note, person),
        "email": contact_address(note, tuple(fold(str(full.value)).split()) if full else ()),
        "call_date": call,
        "decision_maker": decision.decision_maker(note, person),
        "budget": money.budget(note, int(str(sites.value)) if sites else None),
        "sites": sites,
        "hours_per_month": hours,
        "horizon_months": timeline.horizon(note),
        "start_date": start,
        "payment_method": terms.payment_method(note),
        "prepay_months": terms.prepay_months(note),
    }
    lists = {
        "objections": objections.objections(note),
        "services": wishes.services(note, where, hours),
        "volumes": volumes.volumes(note, where),
    }
    lists["goals"] = apart.apart(aims.goals(note), apart.OF_AIM, {**single, **lists})
    lists["challenges"] = apart.apart(challenges(note, where), apart.OF_TROUBLE, {**single, **lists})
    single["growth_goal"] = growth_goal(note, supported("goals", lists["goals"]))
    return Brief(
        language=note.language,
        book=price_book.id,
        unread=unread(notes),
        **{name: _fact(note, found) for name, found in single.items() if is_supported(name, found)},  # type: ignore[arg-type]
        **{
            name: tuple(fact for each in supported(name, found) if (fact := _fact(note, each, name)))
            for name, found in lists.items()
        },  # type: ignore[arg-type]
        doubtful=_doubtful(note, single, lists),
    )


def _doubtful(
    note: Note, single: Mapping[str, Found | None], lists: Mapping[str, Iterable[Found]]
) -> tuple[tuple[str, Fact], ...]:
    """What was read on evidence of a kind that is withheld, values that another place bears out left out."""
    weak = [(name, found) for name, found in single.items() if found and not is_supported(name, found)]
    for name, found in lists.items():
        known = {repr(each.value) for each in found if is_supported(name, each)} if name not in QUOTED else set()
        weak += [(name, each) for each in found if not is_supported(name, each) and repr(each.value) not in known]
    return tuple((name, fact) for name, found in weak if (fact := _fact(note, found, name)))


def suggest_book(notes: str, books: Iterable[PriceBook]) -> PriceBook | None:
    """The price book whose services the notes speak of most; None where they speak of none."""
    best: tuple[int, PriceBook] | None = None
    for book in books:
        note = Note(notes, book)
        spoken = {name.split(".")[1] for name, hits in note.hits.items() if name.startswith("service.") and hits}
        weight = len(spoken) + sum(len(hits) for name, hits in note.hits.items() if name.startswith("service."))
        if weight and (best is None or weight > best[0]):
            best = (weight, book)
    return best[1] if best else None


def _fact(note: Note, found: Found | None, name: str = "") -> Fact | None:
    if found is None:
        return None
    start, end = note.text.span(found.start, found.end)
    quote = note.text.raw[start:end]
    return Fact(quote if name in QUOTED else found.value, quote, start, end)


def _without_field(fact: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fact.items() if name != "field"}


def _key(value: Any) -> str:
    return repr(sorted(value.items())) if isinstance(value, dict) else repr(value)
