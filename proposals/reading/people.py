"""Whom the freelancer spoke to, and whether that person decides alone."""

import re
from collections.abc import Mapping
from dataclasses import replace

from proposals.reading.addresses import Address, addresses
from proposals.reading.authors import without_author
from proposals.reading.countries import place_words
from proposals.reading.dates import mentions, note_words
from proposals.reading.mail_headers import line_of
from proposals.reading.names import given_names, is_caseless, openers, runs
from proposals.reading.note import Note
from proposals.reading.person import Person, by_address, voice
from proposals.reading.statements import Statement
from proposals.reading.surnames import with_surname

ENOUGH, ENOUGH_TITLED = 3.5, 2.5
KNOWN_NAME, UNKNOWN_NAME = 1.0, 1.5  # what a first name that is common speaks for, and one that nobody bears against
FROM_A_PERSON = 6.0
LONGEST_ROLE = 14  # words from a name to what is said behind the aside that tells who it is
LONGEST_ASIDE = 80  # characters
OF_KIND = 5  # words from "from" to what kind of firm it is
CLEAR = 0.9  # how much weightier one person must be than another


def contact(note: Note) -> Person | None:
    """The person on the prospect's side whom the freelancer spoke to."""
    everybody = _corrected(note, _people(note, addresses(note)))
    people = [person for person in everybody if _is_enough(person) and _is_human(note, person)]
    people = without_author(note, people)
    if not people:
        return None
    best = max(people, key=lambda person: (person.score, -person.first))
    rivals = [each for each in people if not _is_same(note, each, best) and each.score > best.score - CLEAR]
    if rivals:
        return None
    fuller = [
        each
        for each in people + _same(everybody, best)
        if _contains(note, each, best) and not (best.has_title and note.within("company.kinds", each.first, each.last))
    ]
    fullest = max(fuller, key=lambda person: (person.last - person.first, -person.first), default=best)
    return with_surname(note, fullest)


def _corrected(note: Note, people: list[Person]) -> list[Person]:
    """Without the names that another takes the place of at once ("becky no sorry becca"), for which the same then speaks."""
    for match in note.hits.get("correction.outright", []):
        old = next((each for each in people if match.first - 1 <= each.last <= match.first), None)
        new = next((each for each in people if each.first == match.last), None)
        if old and new:
            better = replace(new, score=max(old.score, new.score))
            people = [better if each is new else each for each in people if each is not old]
    return people


def _is_enough(person: Person) -> bool:
    return person.score >= (ENOUGH_TITLED if person.has_title else ENOUGH)


def _is_field(note: Note, statement: Statement) -> bool:
    """Whether it is a form's own field for the person, or the answer to who it is."""
    is_answer = note.text.folded[max(0, statement.start - 4) : statement.start].rstrip().endswith("?")
    return statement.label == "contact" and (is_answer or not statement.is_inherited)


def _is_human(note: Note, person: Person) -> bool:
    """Whether a title, a first name, a field or an address shows that it names a person, and no firm or place."""
    words = _words(note, person)
    statement = note.statement_at(person.first)
    is_field = statement is not None and _is_field(note, statement)
    known = given_names() | note_words(note, "names", "given")
    spelled = [part for address in addresses(note) for part in re.split(r"[._\-+\d]", address.local)]
    is_head = statement is not None and statement.line == 0
    led = (is_head or bool(note.ending("people.spoke", person.first, 0))) and (
        _leads_to_company(note, person.last) or _is_followed_by_role(note, person.last)
    )
    told = note.breaks[min(person.last, len(note.words) - 1)] == 1 and bool(note.beginning("people.who", person.last, 0))
    return person.has_title or is_field or led or told or any(word in known or word in spelled for word in words)


def _is_same(note: Note, one: Person, two: Person) -> bool:
    """Whether both may be the same person: they share a name."""
    return bool(set(_words(note, one)) & set(_words(note, two)))


def _same(everybody: list[Person], best: Person) -> list[Person]:
    """The same person named more fully elsewhere in the note."""
    return [person for person in everybody if person.last - person.first > best.last - best.first]


def _contains(note: Note, fuller: Person, person: Person) -> bool:
    """Whether the fuller name is that person's: first names alike, or the surname of a titled one."""
    full, short = _words(note, fuller), _words(note, person)
    is_first_name = len(short) == 1 and short[0] in note_words(note, "names", "given")
    if person.has_title and fuller.first != person.first and not is_first_name:
        is_first_of_titled = fuller.has_title and len(short) == 1 and full[0] == short[0]  # "Ms Kavya" is Ms Kavya Ramanathan
        return (full[-len(short) :] == short or is_first_of_titled) and fuller.score > 0
    return full[: len(short)] == short


def _words(note: Note, person: Person) -> list[str]:
    return [note.places[index][0] for index in range(person.first, person.last)]


def _people(note: Note, known: list[Address]) -> list[Person]:
    found: dict[tuple[int, int], Person] = {}
    ends: dict[int, int] = {}
    for first, last, has_title, is_reversed in runs(note):
        statement = note.statement_at(first)
        if statement is None or statement.is_void:
            continue
        score = _score(note, first, last, statement, known, has_title, ends)
        score -= FROM_A_PERSON * _is_led_by_name(note, first - has_title, ends)
        if not has_title and _is_firm_of_titled(note, first, found):
            score -= FROM_A_PERSON  # "Mr Gallacher, Murray Drift Houseboats"
        ends[last] = first
        is_turned = is_reversed or _is_turned(note, first, last, known)
        found[first, last] = Person(first, last, has_title, score, is_turned)
    for person in voice(note):
        found[person.first, person.last] = person
    is_known = any(map(_is_enough, found.values()))
    for person in by_address(note, known) if is_caseless(note) or not is_known else []:
        found.setdefault((person.first, person.last), person)
    return list(found.values())


def _is_firm_of_titled(note: Note, first: int, found: Mapping[tuple[int, int], Person]) -> bool:
    """Whether a name stands behind a comma right after a person with a title, in the same sentence."""
    return note.breaks[first] == 1 and any(each.last == first and each.has_title for each in found.values())


def _is_turned(note: Note, first: int, last: int, known: list[Address]) -> bool:
    """Whether the address has the two names the other way round ("Tudose Marian", marian.tudose@…)."""
    one, two = note.places[first][0], note.places[last - 1][0]
    spelled = (re.split(r"[._-]", address.local) for address in known)
    return last - first == 2 and any(parts == [two, one] for parts in spelled) and one not in note_words(note, "names", "given")


def _is_followed_by_role(note: Note, last: int) -> bool:
    """Whether a role stands right behind the comma ("spoke with Thandeka Mokoena, practice manager")."""
    is_behind_comma = last < len(note.words) and note.breaks[last] == 1
    return is_behind_comma and any(note.beginning(name, last, 1) for name in ("roles.deciding", "roles.other"))


def _leads_to_company(note: Note, last: int) -> bool:
    """Whether "from", "of" or "@" and a name follow."""
    for match in note.beginning("people_of", last, 0):
        kinds = note.within("company.kinds", match.last, match.last + OF_KIND)  # "from a game-fencing outfit"
        if match.last < len(note.words) and (note.is_capital(match.last) or (kinds and not note.breaks[kinds[0].first])):
            return True
    return last < len(note.words) and note.text.folded[note.places[last - 1][2] : note.places[last][1]].strip(" ,") == "@"


def _is_led_by_name(note: Note, first: int, ends: dict[int, int]) -> bool:
    """Whether it is what a person named right before it is of ("Ana Pop from Pop Flowers", "Mr Pop of Pop Clocks")."""
    led = [match for match in note.ending("people_of", first, 0) if match.first in ends]
    at = note.text.folded[note.places[first - 1][2] : note.places[first][1]].strip() if first else ""
    return bool(led) or (at == "@" and first in ends)


def _score(note: Note, first: int, last: int, statement: Statement, known: list[Address], has_title: bool,
           ends: Mapping[int, int]) -> float:  # fmt: skip
    before = first - 1 - has_title
    score = 0.0
    if _is_field(note, statement):
        score += 5 if first - statement.first <= 3 else 2
    spoke = [
        match
        for match in note.ending("people.spoke", first, 3 + has_title)
        if note.statement_at(match.first) == statement
        and not (match.first in ends and note.within("people.calling", match.first, first))
    ]
    score += 4.5 - 0.3 * (first - spoke[-1].last) if spoke else 0
    before_name = _before_role(note, first - has_title)
    near = [each for each in note.ending("people.with", before_name, 1) if not any(note.breaks[each.last : before_name + 1])]
    if near and not spoke and (line_of(note, statement) <= 2 or note.has("call.cue", statement)):
        score += 2.5
    score += 2.0 * bool(note.ending("people.called", first, 1 + has_title))
    roles = [
        match
        for name in ("roles.deciding", "roles.other")
        for match in note.beginning(name, last, 2) + note.ending(name, first, 1)
    ]
    if any(0 <= match.first - last <= 2 and note.statement_at(match.first) == statement for match in roles):
        score += 1.5
    if any(0 <= first - match.last <= 1 and note.statement_at(match.first) == statement for match in roles):
        score += 1.0
    if note.beginning("people.calling", _after_aside(note, first, last), 0) and line_of(note, statement) <= 2:
        score += 3.5
    if note.beginning("people.does", last, 1):
        score += 1.0
    if statement.speaker == note.places[first][0] or statement.speaker == note.folded(first, last):
        score += 1.0
    if note.other_voice and note.other_voice in (note.places[first][0], note.folded(first, last)):
        score += 4.0
    address_says = False
    for address in known:
        local = re.split(r"[._\-+\d]", address.local)
        names = [note.places[index][0] for index in range(first, last)]
        if (
            names[0] in local
            or names[-1] in local
            or address.local in (names[0][0] + names[-1], names[0] + names[-1], names[0] + names[-1][0])
        ):
            score += 3
            address_says = True
            break
        if any(len(part) > 2 and names[0].startswith(part) for part in local):
            score += 2
            break
        if len(names) > 1 and "".join(names) == address.domain.replace("-", ""):
            score -= 5  # the firm's own name
            break
        if address.domain and any(len(name) > 3 and name in address.domain for name in names[:1]) and names[0] not in local:
            score -= 2
    if any(note.places[index][0] in given_names() for index in (first, last - 1)):
        score += KNOWN_NAME
    elif not (has_title or address_says or statement.label == "contact" or statement.speaker or is_caseless(note)):
        score -= UNKNOWN_NAME
    if first - has_title == statement.first and any(0 <= match.first - last <= 1 for match in roles):
        score += 1.0
    if not has_title and last - first > 1 and note.within("company.kinds", first + 1, last) and not score:
        score -= 3
    if not has_title and note.places[first][0] not in given_names() and note.beginning("company.kinds", first, 0):
        score -= 5  # "Étude Chappuis"
    if _heads_note(note, first, last, statement):
        score += 2.5  # "Tues 24 Nov – Priya Raman, Escape Rooms"
    if has_title and statement.line == 0 and note.has("call.cue", statement) and not note.has("people.spoke", statement):
        score += 4.0 if not ends or max(ends) < first - 1 else 0.0  # "tel ven 5/6 - mr Bouvier"
    if is_caseless(note) and first in openers(note):
        score += 2.5
    if line_of(note, statement) <= 2:
        score += 0.5
    is_opening = first - has_title == statement.first or note.text.folded[: note.places[first][1]].rstrip().endswith(":")
    if is_opening and line_of(note, statement) <= 1 and _leads_to_company(note, last):
        score += 2.5  # "Ilinca, from Red Thread Studio"
    if any(before >= match.first for match in note.ending("people.other", first, 1)):
        score -= 5
    if statement.line <= 1 and note.ending("people.addressed", first - has_title, 0) and not statement.speaker:
        score -= 6  # "Hey Priya," is whom the note is written to
    if note.beginning("people.other_after", last, 1) or _is_described_as_deciding(note, last, statement):
        score -= 4
    if statement.label in ("company", "budget", "services", "goals", "start", "decision"):
        score -= 3
    if not has_title and set(range(first, last)) <= place_words(note):
        score -= 5
    if not has_title and last - first == 1 and first and note.within("people_of", first - 1, first) and not address_says:
        score -= 4  # "the people of Tréguier"
    if statement.speaker == "me" and not spoke:
        score -= 1
    return score


def _heads_note(note: Note, first: int, last: int, statement: Statement) -> bool:
    """Whether a first name and a surname stand at the head of the note, at most a date before them and a comma behind."""
    if statement.line or last - first < 2 or note.places[first][0] not in given_names():
        return False
    is_alone = last < len(note.words) and note.breaks[last] == 1
    opens = first == statement.label_first or any(each.last == first for each in mentions(note))
    return is_alone and opens


def _is_described_as_deciding(note: Note, last: int, statement: Statement) -> bool:
    """Whether an aside and then words for who must agree follow ("Shayne, who put up the money, has to tick it off")."""
    reach = min(statement.last, last + LONGEST_ROLE)
    marks = [index for index in range(last, reach) if note.breaks[index] == 1]
    return (
        bool(marks)
        and marks[0] == last
        and any(each.first in marks[1:] for each in note.within("people.other_after", last, reach))
    )


def _before_role(note: Note, first: int) -> int:
    """The word before which the name begins, a role in front of it counted in ("to co-founder Ana Pop")."""
    roles = note.ending("roles.deciding", first, 0) + note.ending("roles.other", first, 0)
    return min((match.first for match in roles if note.breaks[first] == 0), default=first)


def _after_aside(note: Note, first: int, last: int) -> int:
    """The word that goes on after the name and the brackets behind it; nothing goes on for a name within brackets."""
    folded = note.text.folded
    line = folded.rfind("\n", 0, note.places[first][1]) + 1
    if folded.count("(", line, note.places[first][1]) > folded.count(")", line, note.places[first][1]):
        return len(note.words)
    end = note.places[last - 1][2]
    close = folded.find(")", end, end + LONGEST_ASIDE) if folded[end : end + 2] == " (" else -1
    return note.word_index(close) if close >= 0 else last
