"""Values out of a JSON object, each checked for its kind; what is misspelt or of the wrong kind is refused in a sentence."""

import difflib
import json
import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from data.errors import InputError

Value = TypeVar("Value")
LONGEST_TEXT = 200
LONGEST_SHOWN = 40
LARGEST = 10**18


class Fields:
    """One JSON object: each key is taken once, and `done` refuses what nobody asked for."""

    def __init__(self, raw: Any, place: str) -> None:
        if not isinstance(raw, Mapping):
            raise refused(place, "it must be an object in braces")
        self.raw, self.place, self.taken = raw, place, set[str]()

    def has(self, key: str) -> bool:
        """Whether the key is there with a value."""
        return self.raw.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """A short text; InputError where it is missing without default."""
        value = self._take(key, default)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT or (default is None and not value.strip()):
            raise refused(self.place, f"“{key}” must be a text of 1 to {LONGEST_TEXT} letters, not {_shown(value)}")
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """A whole number."""
        return whole(self._take(key, default), f"{self.place}, “{key}”")

    def number(self, key: str, default: float | None = None) -> float:
        """A number."""
        return number(self._take(key, default), f"{self.place}, “{key}”")

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key, default)
        if not isinstance(value, bool):
            raise refused(self.place, f"“{key}” must be true or false, not {_shown(value)}")
        return value

    def day(self, key: str, default: date | None = None) -> date:
        """A date written as 2026-11-21."""
        value = self._take(key, default.isoformat() if default else None)
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError) as error:
            raise refused(self.place, f"“{key}” must be a date as 2026-11-21, not {_shown(value)}") from error

    def mapping(self, key: str, read: Callable[[Any, str], Value]) -> dict[str, Value]:
        """An object whose values are all read the same way; empty where it is missing."""
        value = self._take(key, {})
        if not isinstance(value, Mapping):
            raise refused(self.place, f"“{key}” must be an object in braces, not {_shown(value)}")
        return {str(name): read(item, f"{self.place}, “{key}”, “{name}”") for name, item in value.items()}

    def listing(self, key: str, read: Callable[[Any, str], Value]) -> tuple[Value, ...]:
        """A list whose items are all read the same way; empty where it is missing."""
        value = self._take(key, [])
        if not isinstance(value, list):
            raise refused(self.place, f"“{key}” must be a list in brackets, not {_shown(value)}")
        return tuple(read(item, f"{self.place}, “{key}” no. {place}") for place, item in enumerate(value, 1))

    def done(self) -> None:
        """InputError where the object holds a key that was never asked for."""
        for key in self.raw:
            if key not in self.taken:
                near = difflib.get_close_matches(str(key), self.taken, 1) or [name for name in self.taken if str(key) in name]
                meant = f"; did you mean “{near[0]}”?" if near else ""
                known = ", ".join(sorted(self.taken))
                raise refused(self.place, f"“{str(key)[:LONGEST_TEXT]}” is not known{meant or '; known are ' + known}")

    def _take(self, key: str, default: Any) -> Any:
        self.taken.add(key)
        value = self.raw.get(key)
        if value is None and default is None:
            raise refused(self.place, f"“{key}” is missing")
        return default if value is None else value


def whole(value: Any, place: str) -> int:
    """A whole number; InputError for anything else."""
    if not _is_finite(value) or value != int(value):
        raise refused(place, f"it must be a whole number, not {_shown(value)}")
    return int(value)


def number(value: Any, place: str) -> float:
    """A finite number; InputError for anything else."""
    if not _is_finite(value):
        raise refused(place, f"it must be a number, not {_shown(value)}")
    return float(value)


def _is_finite(value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and (abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value))


def _shown(value: Any) -> str:
    text = str(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f"“{text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + '…'}”"


def refused(place: str, reason: str) -> InputError:
    """The error that names the place in the file and what must stand there."""
    return InputError(f"This can’t be used: {place}.", f"{reason[0].upper()}{reason[1:]}{'' if reason.endswith('?') else '.'}")
