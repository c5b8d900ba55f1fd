"""What follows from the same frames is worked out once, and found again by whichever run of a page asks next.

A metric's frame is the same object until the next build. So what is made of it alone is the same as well, and is known by it.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import pandas as pd

from pages.ui import formats

P = ParamSpec("P")
T = TypeVar("T")
ANSWERS = 64


class Kept(pd.DataFrame):
    """A frame that many share, so nobody writes to it; what is made of it is a frame of its own, which may be written to."""

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    def __setitem__(self, key: Any, value: Any) -> NoReturn:
        """Refused, with a TypeError."""
        raise TypeError("This frame is shared: write to one that is made of it, as frame.assign makes one.")

    def insert(self, *_args: Any, **_named: Any) -> NoReturn:
        """Refused, with a TypeError."""
        self[""] = None


class By:
    """Something without a hash of its own, with what it is known by: a frame by being itself, a row by its values, and so on.

    `once` makes them of frames, rows and lists; a function that is given one gets what is in it.
    """

    __slots__ = ("known_by", "value")

    def __init__(self, value: Any, known_by: Any) -> None:
        self.value, self.known_by = value, known_by

    def __hash__(self) -> int:
        return hash(self.known_by)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, By) and self.known_by == other.known_by


def once(work: Callable[P, T]) -> Callable[P, T]:
    """The same function, which keeps its last ANSWERS answers: for the same frames, equal values and the reader's locale.

    A frame that comes back is Kept. Where a frame is given that is not, the work is done each time, as it was.
    """

    @lru_cache(maxsize=ANSWERS, typed=True)
    def kept(locale: str, *args: Any, **named: Any) -> Any:
        return _shared(work(*map(_opened, args), **{name: _opened(value) for name, value in named.items()}))

    @wraps(work)
    def asked(*args: P.args, **named: P.kwargs) -> T:
        try:
            keys, named_keys = [_closed(value) for value in args], {name: _closed(value) for name, value in named.items()}
            hash((*keys, *named_keys.values()))
        except TypeError:
            return work(*args, **named)
        answer: T = kept(formats.reader_locale(), *keys, **named_keys)
        return answer

    return asked


def _closed(value: Any) -> Any:
    if isinstance(value, Kept):
        return By(value, id(value))
    if isinstance(value, Mapping):
        return By(value, tuple(value.items()))
    return By(value, tuple(value)) if isinstance(value, list) else value


def _opened(value: Any) -> Any:
    return value.value if isinstance(value, By) else value


def _shared(answer: Any) -> Any:
    if isinstance(answer, tuple):
        return tuple(_shared(part) for part in answer)
    return Kept(answer) if isinstance(answer, pd.DataFrame) and not isinstance(answer, Kept) else answer
