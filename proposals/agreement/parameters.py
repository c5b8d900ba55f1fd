"""The parameters of an agreement's clauses: what there is (parameters.toml), defaults, and the check of what is given."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import InputError
from data.pricing.price_book import PriceBook
from data.settings import Settings
from proposals.agreement.lines import one_line

LONGEST_TEXT = 200
ORDERED = ("reminder_days", "suspension_days", "termination_days")


@dataclass(frozen=True)
class Parameter:
    """One parameter: its kind, what it may be, and how a person is asked for it."""

    name: str
    kind: str
    label: str
    clause: str
    default: Any = None
    noun: str = ""
    least: int = 0
    most: int = 100_000_000
    choices: Mapping[str, str] = field(default_factory=dict)

    def checked(self, value: Any) -> Any:
        """The value as it is kept: int, float, str or None; InputError with what it may be."""
        if self.kind == "text":
            text = one_line(value)
            return text if len(text) <= LONGEST_TEXT else self._refuse(value, f"It holds up to {LONGEST_TEXT} characters.")
        if self.kind == "choice":
            choice = str(value)
            return choice if choice in self.choices else self._refuse(value, f"Use {', '.join(self.choices)}.")
        if self.kind == "share" and value in (None, ""):
            return None
        return self._number(value)

    def _number(self, value: Any) -> Any:
        try:
            number = float(str(value).replace(",", ".").removesuffix("%"))
        except ValueError:
            number = float("nan")
        if not self.least <= number <= self.most or (self.kind != "share" and number != int(number)):
            whole = "a number" if self.kind == "share" else "a whole number"
            self._refuse(value, f"Use {whole} from {self.least} to {self.most}.")
        return number if self.kind == "share" else int(number)

    def _refuse(self, value: Any, hint: str) -> Any:
        raise InputError(f"{self.name} can’t be “{one_line(value)[:60]}”.", hint)


@cache
def parameters() -> Mapping[str, Parameter]:
    """Every parameter by its name, in the order of the clauses."""
    raw = tomllib.loads(Path(__file__).with_name("parameters.toml").read_text(encoding="utf-8"))
    return {name: Parameter(name, **spec) for name, spec in raw.items()}


def defaults(book: PriceBook, tier_id: str | None, settings: Settings) -> dict[str, Any]:
    """Every parameter's value for a tier: its own, else the price book's, the settings', the shipped one.

    InputError where the price book names a parameter that there is not, or a value that it can't have.
    """
    values = {name: parameter.default for name, parameter in parameters().items()}
    values |= {name: getattr(settings, name) for name in (*ORDERED, "law", "court")}
    own = book.tier(tier_id).agreement if tier_id in book.tier_ids and tier_id else {}
    return checked({**values, **book.agreement, **own})


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept, in their order; those not given as shipped. InputError as `Parameter.checked`."""
    unknown = sorted(set(values) - set(parameters()))
    if unknown:
        raise InputError(f"There is no parameter “{one_line(unknown[0])[:60]}”.", f"There are {', '.join(parameters())}.")
    found = {
        name: parameter.checked(values.get(name, "" if parameter.kind == "text" else parameter.default))
        for name, parameter in parameters().items()
    }
    days = [found[name] for name in ORDERED]
    if days != sorted(days):
        raise InputError("Reminder, suspension and termination don’t follow each other.", "Each needs as many days, or more.")
    return found
