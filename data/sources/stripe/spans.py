"""Spans of creation time: how a long list is shared out among threads, and what a killed sync still has to read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

FOUNDED = 1262304000  # 2010-01-01: no Stripe object is older
END = 99_999_999_999
SPANS_AT_MOST = 64
# A list of fewer pages is not worth sharing out, and each span wastes half a page.
PAGES_BEFORE_SHARING = 3
PAGES_WORTH_SHARING = 6
FIRST_SHARE = 10


@dataclass(frozen=True)
class Span:
    """Creation times from `low` up to, and without, `high`, in seconds since 1970. 0 and END stand for no bound."""

    low: int = 0
    high: int = END

    @property
    def name(self) -> str:
        """The slice's name; `named` reads it."""
        return f"{self.low:011d}-{self.high:011d}"

    @property
    def filters(self) -> dict[str, Any]:
        """The list's parameters for it."""
        bounds = {**({"gte": self.low} if self.low else {}), **({"lt": self.high} if self.high < END else {})}
        return {"created": bounds} if bounds else {}

    def holds(self, created: Any) -> bool:
        """Whether an object of that time belongs here; one without a time belongs to every span that is not bounded."""
        return self.low <= created < self.high if isinstance(created, int) else True


def named(name: str) -> Span | None:
    """The span of that name, None for any other name."""
    found = re.fullmatch(r"(\d{11})-(\d{11})", name)
    return Span(int(found[1]), int(found[2])) if found else None


def gaps(whole: Span, done: Iterable[Span]) -> list[Span]:
    """What is left of `whole` without the spans that are done, newest first."""
    left = []
    high = whole.high
    for span in sorted(done, key=lambda span: span.high, reverse=True):
        if span.high < high:
            left.append(Span(span.high, high))
        high = min(high, span.low)
    if high > whole.low:
        left.append(Span(whole.low, high))
    return left


@dataclass
class Reading:
    """How far a span has been read; knows where to cut it when another thread has nothing to do."""

    span: Span
    pages_above: float = 0.0
    pages: int = 0
    newest: int | None = None
    oldest: int | None = None
    is_ordered: bool = True

    def take(self, page: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Count a page in; those of its objects that belong to the span."""
        times = [entry["created"] for entry in page if isinstance(entry.get("created"), int)]
        if len(times) < len(page) or times != sorted(times, reverse=True):
            self.is_ordered = False
        elif times:
            self.is_ordered = self.is_ordered and (self.oldest is None or times[0] <= self.oldest)
            self.newest = times[0] if self.newest is None else self.newest
            self.oldest = times[-1]
        self.pages += 1
        return [entry for entry in page if self.span.holds(entry.get("created"))]

    @property
    def is_past(self) -> bool:
        """Whether the list has come to what is older than the span, as after a cut."""
        return self.is_ordered and self.oldest is not None and self.oldest < self.span.low

    def cut(self) -> "Reading | None":
        """Give away the older part of what is left to read, if it is worth it; the span ends at the cut from now on."""
        if not self.is_ordered or self.newest is None or self.oldest is None or self.newest == self.oldest:
            return None
        if not self.pages_above and self.pages < PAGES_BEFORE_SHARING:
            return None
        a_page = (self.newest - self.oldest) / self.pages
        low = max(self.span.low, FOUNDED)
        if (self.oldest - low) / a_page < PAGES_WORTH_SHARING:
            return None
        middle = (self.oldest + low) // 2
        if not self.span.low:
            # Nobody knows how far back the list goes: leave a share that grows with what is known to lie above.
            share = max(FIRST_SHARE, 2 * (self.pages_above + self.pages))
            middle = max(middle, int(self.oldest - share * a_page))
        if middle <= self.span.low:
            return None
        above = self.pages_above + self.pages + (self.oldest - middle) / a_page
        rest = Reading(Span(self.span.low, middle), pages_above=above)
        self.span = Span(middle, self.span.high)
        return rest
