"""Whether the contact decides alone: what the note says of it, else what the role implies (RULES, decision_maker)."""

from proposals.reading import approval
from proposals.reading.money import amounts
from proposals.reading.names import given_names, runs
from proposals.reading.note import Found, Note
from proposals.reading.person import Person
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

AFTER_ALL = 0.7
ALONE_AFTER_ALL = 1.2
LABELLED = 3.0  # what a form's own field says is never in doubt
UP_TO = 10  # words from a decision to the sum at which it ends
LEAST_SUM = 50
CLEAR = 0.6  # how much weightier one verdict must be than its opposite


def decision_maker(note: Note, person: Person | None) -> Found | None:
    """True: decides alone; False: someone else must agree. An explicit statement beats the role."""
    if note.hits.get("decision.unknown"):
        return None
    verdicts = _explicit(note, person)
    if verdicts:
        return _settled(note, verdicts)
    for match in note.hits.get("roles.deciding", ()):
        statement = note.statement_at(match.first)
        if statement is None or note.within("roles.not", max(statement.label_first, match.first - 3), match.last + 3):
            continue
        near = person is not None and (abs(match.first - person.last) <= 8 or abs(person.first - match.last) <= 6)
        near = near or (person is not None and _is_said_of(note, match, statement, person))
        others = note.within("roles.other", max(0, match.first - 4), match.last + 4)
        is_part = any(other.first <= match.first and match.last <= other.last for other in others)
        kin = note.within("decision.relatives", max(statement.first, match.first - 3), statement.last)
        if approval.is_held_by_another(note, match, person):
            continue  # "Owner is Mr. Delgado"
        if any(not (match.first <= each.first < match.last or _is_name(note, each)) for each in kin):
            continue  # "owner, but her sister keeps an equal share"; "husband Tadhg owns the place"
        if not is_part and ((near and statement.label != "decision") or statement.label in ("contact", "role")):
            return Found(True, *note.characters(match.first, match.last))
    return _another_beside(note)


def _another_beside(note: Note) -> Found | None:
    """False where a sentence names a relative or a body beside a word for deciding, and denies nothing."""
    for statement in note.said():
        if statement.is_question or note.has("decision.not", statement) or note.has("decision.alone", statement):
            continue
        others = [each for name in ("decision.bodies", "decision.relatives") for each in _within(note, name, statement)]
        verbs = _within(note, "decision.verbs", statement)
        if others and verbs:
            first, last = min(others[0].first, verbs[0].first), max(others[0].last, verbs[0].last)
            return Found(False, *note.characters(first, last), "another beside")
    return None


def _within(note: Note, name: str, statement: Statement) -> list[Match]:
    return note.within(name, statement.first, statement.last)


def _is_said_of(note: Note, match: Match, statement: Statement, person: Person) -> bool:
    """Whether the sentence says of the contact, by name, that the role is theirs ("Helen is the managing director")."""
    mine = {note.places[index][0] for index in range(person.first, person.last)}
    return note.places[statement.first][0] in mine and bool(note.ending("decision.is", match.first, 0))


def _is_name(note: Note, match: Match) -> bool:
    """Whether the word is part of a name (the shop "Dulce Vara")."""
    statement = note.statement_at(match.first)
    return statement is not None and match.first > statement.first and note.is_capital(match.first)


def _last_word(note: Note, match: Match, person: Person | None) -> bool | None:
    """Who "has the last word": the contact (True), somebody else (False), or not said (None)."""
    statement = note.statement_at(match.first)
    if statement is None:
        return None
    if any(
        alone.first < match.last and match.first < alone.last
        for alone in note.within("decision.alone", match.first - 6, match.last + 6)
    ):
        return None
    if any(each.first <= match.first and match.last < each.last for each in note.beginning("decision.others", match.first, 0)):
        return None  # "decide impreuna cu"
    led = [each for each in note.ending("decision.pronouns", match.first, 0) if each.first >= statement.label_first]
    if led and note.ending("decision.not", led[-1].first, 0):
        return False  # "nu ea decide"
    if led or any(each.last <= statement.last for each in note.beginning("decision.pronouns", match.last, 0)):
        return True
    mine = {note.places[index][0] for index in range(person.first, person.last)} if person else set()
    for first, last in (
        (max(statement.label_first, match.first - 4), match.first),
        (match.last, min(statement.last, match.last + 3)),
    ):
        if any(note.places[index][0] in mine for index in range(first, last)):
            return True
        if any(
            note.within(name, first, last) for name in ("roles.deciding", "roles.other", "people.other", "decision.relatives")
        ):
            return False
    return None


def _names_another(note: Note, statement: Statement, person: Person | None) -> bool:
    """Whether the answer to who decides is a titled person other than the contact ("Dr. Osei does")."""
    mine = {note.places[index][0] for index in range(person.first, person.last)} if person else set()
    titled = note.within("people.called", statement.first, min(statement.last, statement.first + 2))
    return any(
        match.last < statement.last and note.is_capital(match.last) and note.places[match.last][0] not in mine
        for match in titled
    )


def _is_of_another(note: Note, match: Match, statement: Statement, person: Person | None) -> bool:
    """Whether "he signs" speaks of somebody named before it in the sentence who is not the contact ("CEO = Marc, he signs")."""
    if not any(note.beginning(name, match.first, 0) for name in ("decision.pronouns", "decision.possessives")):
        return False
    mine = {note.places[index][0] for index in range(person.first, person.last)} if person else set()
    own = [index for index in range(statement.label_first, match.first) if note.places[index][0] in mine]
    first = own[-1] + 1 if own else statement.label_first
    later = (run for run in runs(note) if first < run[0] and run[1] <= match.first)
    if own and not any(has_title or note.places[start][0] in given_names() for start, _, has_title, _ in later):
        return False
    told = any(
        note.within(name, first, match.first)
        for name in ("roles.other", "people.other", "decision.relatives", "decision.bodies")
    )
    roles = note.within("roles.deciding", first, match.first)
    held = any(approval.is_held_by_another(note, role, person) for role in roles)
    return held or (told and any(first <= run[0] and run[1] <= match.first for run in runs(note)))


def _is_said_of_holder(note: Note, match: Match, statement: Statement, person: Person | None) -> bool:
    """Whether a sentence without "he" or "alone" goes on about somebody else who holds the role that decides."""
    pronouns = note.within("decision.pronouns", statement.first, match.last)
    roles = note.within("roles.deciding", statement.first, match.first)
    bodies = note.ending("decision.bodies", match.first, 0)
    own = {each.first for each in note.ending("roles.deciding", match.first, 0)}  # "patron, tranche seul"
    if not pronouns and any(each.first >= statement.first and each.first not in own for each in bodies):
        return True  # "the committee says yes or no"
    return not pronouns and any(approval.is_held_by_another(note, role, person) for role in roles if person is not None)


def _is_contrasted(note: Note, match: Match, statement: Statement) -> bool:
    """Whether a "but" stands before it in the sentence, one that is no part of saying who decides ("numai ea")."""
    alone = note.within("decision.alone", statement.first, statement.last)
    words = note.within("contrast", statement.first, match.first)
    return any(not any(each.first <= word.first and word.last <= each.last for each in alone) for word in words)


def _explicit(note: Note, person: Person | None) -> list[tuple[float, bool, int, int]]:
    """What the note says outright: (weight, whether the contact decides alone, first word, last word)."""
    verdicts = approval.verdicts(note, person)
    for match in note.hits.get("decision.final", ()):
        said = _last_word(note, match, person)
        statement = note.statement_at(match.first)
        if (
            said
            and statement is not None
            and (
                _is_up_to_a_sum(note, match.last, statement)
                or _is_ambiguous(note, _with_pronoun(note, match), statement, person)
            )
        ):
            continue
        if said is not None:
            verdicts.append((2.4 + 0.2 * (not said), said, match.first, match.last))
    for name, value in (("decision.others", False), ("decision.alone", True)):
        for match in note.hits.get(name, ()):
            statement = note.statement_at(match.first)
            if statement is None or statement.is_question:
                continue
            score = 2.0 + 2.0 * (statement.label == "decision") + 0.5 * (not value)
            inner = value
            if not value and (approval.is_own_role(note, match, statement) or _is_of_sites(note, statement)):
                continue
            if not value and note.within("decision.no_say", match.last, statement.last):
                continue  # "his investors (they have money in it but no say)"
            if value and _is_said_of_holder(note, match, statement, person):
                continue  # "the founder, Dale Whitehorse, says yes or no"
            if not value and match.last <= statement.first and match.last - match.first == 1:
                continue  # "Who approves: I do"
            if value and note.ending("decision.until", match.first, 1):
                continue  # "her husband has to be on board before she signs"
            denials = note.within("decision.not", max(statement.label_first, match.first - 4), match.first)
            if any(not any(note.breaks[each.last : match.first + 1]) for each in denials):
                inner = not value
            if value and (_is_within_a_sum(note, match, statement) or _is_ambiguous(note, match, statement, person)):
                continue
            if not value and note.within("contrast", statement.first, match.first):
                score += AFTER_ALL  # "I sign, but without my wife I do nothing"
            elif value and inner and _is_contrasted(note, match, statement):
                score += ALONE_AFTER_ALL  # "half of it is her sister's, but she decides without her"
            elif value and _is_of_another(note, match, statement, person):
                inner = False
            verdicts.append((score, inner, match.first, match.last))
    for match in note.hits.get("decision.kin_of", ()):
        verdicts.append((2.7, False, match.first, match.last))
    for statement in note.said():
        if statement.label == "decision" and note.has("decision.unanswered", statement):
            return []
        if statement.label == "decision" and not statement.is_inherited:
            others = note.within("decision.labelled_others", statement.first, statement.last)
            alone = note.within("decision.labelled_alone", statement.first, statement.last)
            if _names_another(note, statement, person):
                verdicts.append((3.2, False, statement.first, statement.last))
            if others and not note.within("decision.alone", statement.first, statement.last):
                verdicts.append((3.0, False, others[0].first, others[0].last))
            elif alone and not others:
                verdicts.append((3.0, True, alone[0].first, alone[0].last))
    return verdicts


def _is_up_to_a_sum(note: Note, last: int, statement: Statement) -> bool:
    """Whether the freedom ends at an amount ("signs invoices up to 5k")."""
    reach = min(statement.last, last + UP_TO)
    limits = note.within("budget.ceiling.before", last, reach)
    return any(
        each.first >= limit.last for limit in limits for each in amounts(note) if each.first < reach and each.high >= LEAST_SUM
    )


def _is_of_sites(note: Note, statement: Statement) -> bool:
    """Whether "both" and the like count websites ("the site and the shop are both on WordPress")."""
    return any(note.has(f"sites.{kind}", statement) for kind in ("counted", "single")) and not note.has(
        "decision.verbs", statement
    )


def _is_within_a_sum(note: Note, match: Match, statement: Statement) -> bool:
    """Whether the freedom ends at an amount named behind or before it ("signs off up to £500 without asking anybody")."""
    if _is_up_to_a_sum(note, match.last, statement):
        return True
    first = max(statement.first, match.first - UP_TO)
    limits = note.within("budget.ceiling.before", first, match.last)
    return any(
        limit.last <= each.first and each.last <= match.last and match.first - each.last <= 1
        for limit in limits
        for each in amounts(note)
        if each.high >= LEAST_SUM
    )


def _is_ambiguous(note: Note, match: Match, statement: Statement, person: Person | None) -> bool:
    """Whether "she decides" opens a sentence behind one that ends on somebody else than the contact."""
    if person is None or not note.beginning("decision.pronouns", match.first, 0) or match.first - statement.first > 1:
        return False
    before = note.before(statement)
    if before is None or before.line != statement.line:
        return False
    mine = {note.places[index][0] for index in range(person.first, person.last)}
    named = [run for run in runs(note) if before.first <= run[0] < before.last and _is_known(note, run[0], run[1], run[2])]
    return bool(named) and not mine & {note.places[index][0] for index in range(named[-1][0], named[-1][1])}


def _with_pronoun(note: Note, match: Match) -> Match:
    """The phrase with the "she" or "he" before it."""
    led = note.ending("decision.pronouns", match.first, 0)
    return Match(match.name, led[-1].first, match.last) if led else match


def _is_known(note: Note, first: int, last: int, has_title: bool) -> bool:
    """Whether it is surely a person's name."""
    return has_title or any(note.places[index][0] in given_names() for index in range(first, last))


def _settled(note: Note, verdicts: list[tuple[float, bool, int, int]]) -> Found | None:
    """The weightiest verdict; none where another says the opposite with about the same weight."""
    best = max(verdicts, key=lambda row: row[0])
    if best[0] < LABELLED and any(each[1] != best[1] and each[0] > best[0] - CLEAR for each in verdicts):
        return None
    return Found(best[1], *note.characters(best[2], best[3]))
