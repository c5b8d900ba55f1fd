"""Lists with a bullet before each item: where one item counts pieces of work, the others that name a service are wishes too."""

from functools import lru_cache

from proposals.reading.counts import numbers_between
from proposals.reading.note import Note
from proposals.reading.statements import BULLET, Statement

RATES = ("day", "week", "month", "quarter", "year")


@lru_cache(maxsize=1)
def wished_lines(note: Note) -> frozenset[int]:
    """The lines of lists in which some item says how many pieces of work, and how often."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(note.text.folded.split("\n")):
        lines.append((number, mark[0].strip() if (mark := BULLET.match(line)) else ""))
    counted = {statement.line for statement in note.said() if statement.label is None and _is_counted(note, statement)}
    wished: set[int] = set()
    run: list[int] = []
    for number, bullet in [*lines, (len(lines), "")]:
        if run and bullet != lines[run[-1]][1]:
            wished |= set(run) if counted & set(run) else set()
            run = []
        run += [number] if bullet else []
    return frozenset(wished)


def _is_counted(note: Note, statement: Statement) -> bool:
    """Whether it names a number of pieces and a rate ("3 posts a week")."""
    units = [
        each for name in note.book.services for each in note.within(f"service.{name}.units", statement.first, statement.last)
    ]
    numbers = [each.first for each in numbers_between(note, statement.first, statement.last)]
    rated = any(note.has(f"periods.{rate}", statement) for rate in RATES)
    return rated and any(0 <= each.first - number <= 3 for each in units for number in numbers)
