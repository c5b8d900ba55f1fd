"""Who must agree, put together from who is named and what is said of them: "the board votes", "ask her husband"."""

from bisect import bisect_left

from proposals.reading.dates import note_words
from proposals.reading.money import amounts_of
from proposals.reading.names import given_names, is_caseless, runs
from proposals.reading.note import Note
from proposals.reading.person import Person
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

REACH = 7  # words between the one who decides and the verb
SUM_WITHIN = 6  # words from "signs" to the sum up to which it holds
NEAR = 4  # words between "ask" and who is asked
WEIGHT = 2.3
NAMED_WEIGHT = 2.2

Verdict = tuple[float, bool, int, int]


def verdicts(note: Note, person: Person | None) -> list[Verdict]:
    """(weight, whether the contact decides alone, first word, last word) of every statement that names who decides."""
    found: list[Verdict] = []
    for statement in note.said():
        if statement.is_question or note.has("decision.no_say", statement):
            continue
        found += _of_bodies(note, statement, person) + _of_names(note, statement, person)
    return found


def _of_bodies(note: Note, statement: Statement, person: Person | None) -> list[Verdict]:
    """ "The board has to approve"; "approved by the board"."""
    found: list[Verdict] = []
    roles = note.within("roles.deciding", statement.first, statement.last)
    held = [each for each in roles if person is not None and is_held_by_another(note, each, person)]
    for body in note.within("decision.bodies", statement.first, statement.last) + held:
        if is_own_role(note, body, statement):
            continue
        for verb in note.within("decision.verbs", body.last, min(statement.last, body.last + REACH + 3)):
            voted = any(0 <= each.first - verb.last <= 1 and each.period for each in amounts_of(note, statement))
            if (
                verb.first - body.last <= REACH and not voted and _is_joined(note, body.last, verb.first)
            ):  # the money is granted
                found += _verdict(note, statement, body.first, verb.first, verb.last)
        for verb in note.within("decision.asking", max(statement.first, body.first - REACH - 4), body.first):
            if body.first - verb.last <= NEAR and _is_joined(note, verb.last, body.first):
                found += _verdict(note, statement, verb.first, verb.first, body.last)
    return found


def is_own_role(note: Note, match: Match, statement: Statement) -> bool:
    """Whether it begins with what the contact is, not with somebody else ("owner, he decides"; "she is the owner, signs")."""
    roles = note.beginning("roles.deciding", match.first, 0) or [
        each for each in note.beginning("roles.deciding", match.first, 1) if each.last <= match.last
    ]  # "the gaffer"
    if not roles:
        return False
    role = roles[-1]
    led = match.first == statement.first and note.beginning("decision.pronouns", role.last, 0)
    said = note.ending("decision.is", role.first, 0)
    return bool((led and note.breaks[role.last] > 0) or said)


def is_held_by_another(note: Note, role: Match, person: Person | None) -> bool:
    """Whether the role is said of a person named behind it who is not the contact ("the owner is Mr Delgado")."""
    mine = {note.places[index][0] for index in range(person.first, person.last)} if person else set()
    at = role.last
    while at < len(note.words) and note.words[at] in note_words(note, "decision", "copula") and _goes_on(note, at):
        at += 1
    if at >= len(note.words) or not _goes_on(note, at):
        return False
    titled = note.places[at][0] in note_words(note, "people", "titles")
    named = next((run for run in runs(note) if run[0] == at + titled), None)
    if named is None or mine & {note.places[index][0] for index in range(named[0], named[1])}:
        return False
    return titled or note.places[named[0]][0] in given_names()


def _goes_on(note: Note, at: int) -> bool:
    """Whether no mark ends a sentence before the word; where a dictated note turns there is none."""
    return note.breaks[at] < 2 or note.text.folded[note.places[at - 1][2] : note.places[at][1]] == " "


def _of_names(note: Note, statement: Statement, person: Person | None) -> list[Verdict]:
    """ "Marc signs everything"; "Denise decides" where Denise is the contact."""
    if is_caseless(note) or person is None:
        return []
    mine = {note.places[index][0] for index in range(person.first, person.last)}
    found: list[Verdict] = []
    named = runs(note)
    for first, last, *_ in named[bisect_left(named, (statement.first,)) : bisect_left(named, (statement.last,))]:
        titled = int(first > 0 and note.places[first - 1][0] in note_words(note, "people", "titles"))
        leading = note.ending("decision.verbs", first - titled, 1)
        if leading and leading[-1].first >= statement.first and not note.breaks[first]:
            if not mine & {note.places[index][0] for index in range(first, last)}:
                denied = note.within("decision.not", max(statement.label_first, leading[-1].first - 3), leading[-1].first)
                found += [] if denied else [(NAMED_WEIGHT, False, leading[-1].first, last)]  # "hotărăște Vadim Petrovici"
            continue
        for verb in note.within("decision.verbs", last, min(statement.last, last + 4)):
            if verb.first - last <= 1 and all(note.breaks[index] == 0 for index in range(last, verb.first + 1)):
                is_contact = bool(mine & {note.places[index][0] for index in range(first, last)})
                is_alone = is_contact and not note.within("decision.bodies", verb.last, statement.last)
                reach = min(statement.last, verb.last + SUM_WITHIN)
                sums = (each for each in amounts_of(note, statement) if verb.last <= each.first < reach and not each.period)
                capped = is_alone and (bool(note.within("budget.ceiling.before", verb.last, reach)) or any(sums))
                if (
                    is_contact == is_alone
                    and not capped
                    and not note.within("decision.not", max(statement.label_first, first - 3), verb.first)
                ):
                    found.append((NAMED_WEIGHT, is_alone, first, verb.last))
    return found


def _is_joined(note: Note, first: int, last: int) -> bool:
    """Whether no contrast and no end of a clause stands between two phrases; one comma may ("the owner, Dr Li, signs")."""
    marks = [note.breaks[index] for index in range(first, min(last + 1, len(note.breaks)))]
    return max(marks, default=0) < 2 and not note.within("contrast", first, last) and sum(mark > 0 for mark in marks) <= 2


def _verdict(note: Note, statement: Statement, first: int, verb: int, last: int) -> list[Verdict]:
    """Somebody else agrees; nothing where that is denied ("no need to ask her husband"), unless up to an amount only."""
    denied = note.within("decision.not", max(statement.label_first, first - 3), first) or note.within(
        "decision.not", first, verb
    )
    return [] if denied and not note.has("budget.not.authority", statement) else [(WEIGHT, False, first, last)]
