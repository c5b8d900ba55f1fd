"""How a goal or a challenge is quoted, and by what it was read."""

from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

LONGEST = 160  # characters; a longer statement is quoted by its telling clauses only


def support(note: Note, statement: Statement, told: list[Match], label: str) -> str:
    """By what the statement was read: the words that tell, its own label, or but a heading or a sentence before it."""
    if told or statement.label is None:
        return "told"
    is_loose = statement.is_inherited and not goes_on(note, statement) and not is_listed(note, statement)
    return "under a heading" if is_loose else "labelled" if statement.label == label else "listed"


def quoted(note: Note, statement: Statement, matches: list[Match]) -> list[Found]:
    """The statement; where it is long its clauses with a telling phrase, the one with the longest phrase first."""
    start, end = note.characters(statement.first, statement.last)
    start = min(start, statement.start)
    if end - start <= LONGEST or not matches:
        return [Found(True, start, min(end, start + LONGEST) if not matches else end)]
    clauses: dict[tuple[int, int], int] = {}
    for match in matches:
        first, last = note.clause(match.first)
        first, last = max(first, statement.first), min(max(last, match.last), statement.last)
        if note.places[last - 1][2] - note.places[first][1] > LONGEST:
            first, last = max(first, match.first - 10), min(last, match.last + 10)
        clauses[first, last] = max(clauses.get((first, last), 0), match.last - match.first)
    kept: list[tuple[int, int]] = []
    for first, last in sorted(clauses, key=lambda clause: -clauses[clause]):
        if all(last <= other[0] or other[1] <= first for other in kept):
            kept.append((first, last))
    return [Found(True, *note.characters(first, last)) for first, last in kept]


def goes_on(note: Note, statement: Statement) -> bool:
    """Whether it is a later sentence of the labelled line."""
    before = note.before(statement)
    return before is not None and before.line == statement.line and not is_listed(note, statement)


def is_listed(note: Note, statement: Statement) -> bool:
    """Whether it is a further item of a list cut by semicolons."""
    return note.text.folded[max(0, statement.start - 4) : statement.start].rstrip().endswith(";")
