"""By what kind of evidence a fact was read, and the kinds that are withheld: a wrong value is far worse than a missing one.

Every reader names the kind of evidence of what it found. The precision of each kind was counted on notes that nobody had read
while the rules were written; a kind that was right in no more than half of the cases says nothing, however good it looks on
notes that were read before.
"""

from collections.abc import Iterable

from proposals.reading.note import Found

# Field → kinds of evidence that are withheld (right : wrong on notes not read before, and on all notes of that kind).
WITHHELD: dict[str, frozenset[str]] = {
    # A service named behind a refusal in its sentence (0 : 1), a problem told beside a refusal (0 : 2, 1 : 2), a problem that
    # one phrase alone of the whole note tells (18 : 14, while two or more phrases are right in 47 of 50).
    "services": frozenset({"asked behind a refusal", "problem beside a refusal", "problem in one phrase"}),
    # A sentence below a heading in which no word tells of a problem, or of a goal (1 : 3, 3 : 3; 0 : 1, 1 : 1). A trouble far
    # behind the first one, one beside an objection, one that a single word tells of what is counted (2 : 7, 3 : 4, 4 : 7). One
    # that holds who called, a sum or a number of pieces (5 : 11).
    "challenges": frozenset(
        {"under a heading", "long behind another", "beside an objection", "one word beside a number", "of another fact"}
    ),
    # A sentence on an aim before the last one or beside one under the heading (1 : 10); one without a word of it that stands on
    # the line of the goal, behind it (0 : 2).
    "goals": frozenset({"under a heading", "before another", "behind", "of another fact"}),
    # One phrase alone of the whole note, in a sentence that asks for something (9 : 6).
    "objections": frozenset({"one phrase in a wish"}),
    # A name without label or legal form, where an address spells another one (0 : 1).
    "company": frozenset({"against the address"}),
    # Sites counted in a note on posts: shops, branches, languages (0 : 1).
    "sites": frozenset({"beside posts"}),
}


def is_supported(field: str, found: Found | None) -> bool:
    """Whether there is a fact, and its evidence is of a kind that may be trusted."""
    return found is not None and found.support not in WITHHELD.get(field, frozenset())


def supported(field: str, found: Iterable[Found]) -> list[Found]:
    """The facts of a list field whose evidence may be trusted."""
    return [each for each in found if is_supported(field, each)]
