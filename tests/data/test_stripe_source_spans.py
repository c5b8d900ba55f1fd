"""Sharing out a long list by creation time loses nothing and reads nothing twice, however it is cut."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.sources.stripe.spans import END, Reading, Span, gaps, named

BIRTH = 1_600_000_000


def listing(times: list[int], span: Span, after: int | None, size: int) -> list[dict[str, Any]]:
    """A page as Stripe gives it: newest first, ties by position, within the span, after the cursor."""
    entries = [{"id": number, "created": at} for number, at in sorted(enumerate(times), key=lambda pair: (-pair[1], pair[0]))]
    if after is not None:
        entries = entries[[entry["id"] for entry in entries].index(after) + 1 :]
    return [entry for entry in entries if span.low <= entry["created"] < span.high][:size]


def read_all(times: list[int], size: int, cuts: Any) -> list[int]:
    """Read page by page, cutting whenever `cuts` says that a thread is idle; several readings interleaved."""
    readings: list[tuple[Reading, int | None]] = [(Reading(Span()), None)]
    found = []
    while readings:
        reading, after = readings.pop(0)
        page = listing(times, reading.span, after, size)
        found += [entry["id"] for entry in reading.take(page)]
        if len(page) < size or reading.is_past:
            continue
        if next(cuts, False) and (rest := reading.cut()):
            readings.append((rest, None))
        readings.append((reading, page[-1]["id"]))
    return found


@given(
    times=st.lists(st.integers(BIRTH, BIRTH + 400) | st.integers(BIRTH, BIRTH + 10**8), max_size=300),
    size=st.integers(1, 7),
    cuts=st.lists(st.booleans(), max_size=100),
)
def test_every_object_is_read_exactly_once(times: list[int], size: int, cuts: list[bool]) -> None:
    assert sorted(read_all(times, size, iter(cuts))) == list(range(len(times)))


def test_a_page_that_was_under_way_when_the_span_was_cut_gives_only_its_own() -> None:
    reading = Reading(Span())
    for first in (900, 800, 700):
        reading.take([{"id": str(at), "created": BIRTH + at} for at in range(first, first - 100, -10)])
    rest = reading.cut()
    assert rest
    assert rest.span.high == reading.span.low
    late = reading.take([{"id": str(at), "created": at} for at in (reading.span.low + 1, reading.span.low - 1)])
    assert [entry["created"] for entry in late] == [reading.span.low + 1]
    assert reading.is_past


def test_a_list_that_is_not_newest_first_is_never_shared_out() -> None:
    reading = Reading(Span())
    for at in range(20):
        reading.take([{"id": str(at), "created": BIRTH + at}, {"id": f"{at}b", "created": BIRTH + at + 10_000}])
    assert reading.cut() is None


@given(st.lists(st.integers(1, 1000), unique=True, min_size=2).map(sorted), st.data())
def test_a_resumed_sync_reads_just_the_gaps(bounds: list[int], data: st.DataObject) -> None:
    spans = [Span(low, high) for low, high in pairwise(bounds)]
    done = data.draw(st.lists(st.sampled_from(spans), unique=True))
    whole = Span(bounds[0], bounds[-1])
    covered = sorted([(span.low, span.high) for span in [*done, *gaps(whole, done)]])
    assert covered[0][0] == whole.low
    assert covered[-1][1] == whole.high
    assert all(left[1] == right[0] for left, right in pairwise(covered))


def test_nothing_is_left_of_what_was_read_whole() -> None:
    assert gaps(Span(5), [Span(5)]) == []
    assert gaps(Span(), []) == [Span(0, END)]


def test_a_span_is_known_by_its_name() -> None:
    assert named(Span(12, END).name) == Span(12, END)
    assert named("changed") is None
