"""The prospect's trading name: by its label, its legal form, the domain of its address, or the words that lead to it."""

import re

from proposals.reading.addresses import Address, addresses
from proposals.reading.countries import place_words
from proposals.reading.dates import note_words
from proposals.reading.firm_addresses import from_domain, is_in_order, is_part, of_contact, targets
from proposals.reading.firm_names import JOINERS, capitalised, title
from proposals.reading.names import given_names, is_caseless, is_function_word, name_ends
from proposals.reading.note import Found, Note
from proposals.reading.person import Person

ENOUGH = 4.0
MOST = 500  # far more names than any call's notes hold
TURNED = 0.8  # what a domain still bears out where it spells the words in another order
BORNE_OUT = 0.4  # share of an address that the name must spell to be borne out by it
OF_KIND = 5  # words from "of" to the name, what kind of firm it is between
TO_NAME = 4  # words from "talked to" to the name of whom one talked to
FIRST_FEW = 2  # statements in which a preposition alone may lead to the name


def company(note: Note, person: Person | None) -> Found | None:
    """The name in its basic form."""
    known = of_contact(note, addresses(note), person)
    best: tuple[float, int, int] | None = None
    runs = capitalised(note, person)[:MOST] + title(note)
    for first, last in runs + _labelled(note) + from_domain(note, known, person):
        statement = note.statement_at(first)
        if statement is None or statement.is_void or (statement.label != "company" and _is_kind_alone(note, first, last)):
            continue
        score = _score(note, first, last, known, person, runs)
        if score >= ENOUGH and (best is None or score > best[0]):
            best = (score, first, last)
    if best is None:
        return None
    start, end = note.characters(_with_article(note, best[1]), best[2])
    name = re.sub(r"<[^<>]*>", " ", note.text.quote(start, end)).strip()
    name = " ".join(name.replace("&amp;", "&").split())
    return Found(_basic_form(note, name, best[1]), start, end, _support(note, best[1], best[2], known))


def _is_kind_alone(note: Note, first: int, last: int) -> bool:
    """Whether it only says what kind of firm it is ("garage")."""
    return not note.is_capital(first) and any(match.last == last for match in note.beginning("company.kinds", first, 0))


def _support(note: Note, first: int, last: int, known: list[Address]) -> str:
    """By what the name was read: its label, a legal form, an address that spells some of it, the words before it alone, or
    those against an address of the firm's own that spells another name."""
    statement = note.statement_at(first)
    if statement is not None and statement.label == "company" and first - statement.first <= 1:
        return "labelled"
    forms = note_words(note, "company", "forms")
    if note.places[last - 1][0] in forms or (last < len(note.words) and note.places[last][0] in forms):
        return "legal form"
    words = {note.places[index][0] for index in range(first, last)}
    is_spelled = any(
        sum(len(word) for word in words if is_part(word, each)) >= BORNE_OUT * len(each) for each in targets(known)
    )
    own = [each for each in known if each.domain]
    return "address" if is_spelled else "against the address" if own else "led to"


def _with_article(note: Note, first: int) -> int:
    """The name's own article before it, written with a capital within the sentence ("du camping Les Trois Peupliers")."""
    at = first - 1
    statement = note.statement_at(first)
    has_own = (
        statement is not None
        and at > statement.first
        and note.breaks[first] == 0
        and note.places[at][0] in JOINERS
        and note.is_capital(at)
        and not is_caseless(note)
    )
    return at if has_own and note.breaks[at] == 0 else first


def _labelled(note: Note) -> list[tuple[int, int]]:
    """What stands after a company label, up to the first comma, bracket or dash."""
    found = []
    for statement in note.said():
        if (
            statement.label == "company"
            and not statement.is_inherited
            and "@" not in note.folded(statement.first, min(statement.last, statement.first + 3))
        ):
            last = statement.first + 1
            while last < statement.last and note.breaks[last] == 0 and last - statement.first < 8:
                last += 1
            found.append((statement.first, last))
    return found


def _leads(note: Note, first: int) -> bool:
    """Whether the words before lead to a company's name: right before it, or with an article between."""
    between = note.places[first - 1][0] if first else ""
    leads = [match for match in note.ending("company.lead", first, 1) if match.last == first or between in JOINERS]
    short = {(match.first, match.last) for match in note.ending("company.lead_short", first, 1)}
    return any((match.first, match.last) not in short or _follows_a_person(note, match.first) for match in leads)


def _is_of_person(note: Note, first: int) -> bool:
    """Whether a person's name and "from", "of" or "@" stand right before it."""
    ends = name_ends(note)
    if any(match.first in ends or note.ending("people.spoke", match.first, 0) for match in note.ending("people_of", first, 0)):
        return True
    if first in ends and note.text.folded[note.places[first - 1][2] : note.places[first][1]].strip() == "@":
        return True
    led = [match for at in range(max(1, first - OF_KIND), first) for match in note.beginning("people_of", at, 0) if at in ends]
    return any(
        note.within("company.kinds", match.last, first)
        and not note.within("company.place", match.last, first)
        and not any(note.breaks[match.last : first + 1])
        for match in led
    )  # "Bénédicte, de la brasserie artisanale La Houppe Noire"


def _follows_a_person(note: Note, at: int) -> bool:
    """Whether a name, a role or a word for calling stands right before the preposition, or the note has hardly begun."""
    statement = note.statement_at(at)
    is_place = note.places[at][0] in note_words(note, "company", "locative")
    if statement is not None and statement in note.statements[:FIRST_FEW] and not is_place:
        return True
    told = any(
        note.ending(name, at, 1) for name in ("roles.deciding", "roles.other", "people.spoke", "call.cue", "company.kinds")
    )
    return told or at in name_ends(note)


def _score(note: Note, first: int, last: int, known: list[Address], person: Person | None,
           runs: list[tuple[int, int]]) -> float:  # fmt: skip
    statement = note.statement_at(first)
    words = [note.places[index][0] for index in range(first, last)]
    weighty = [word for word in words if word not in JOINERS]
    score = 0.0
    led_by_label = (
        statement is not None and statement.label == "company" and not statement.is_inherited and first - statement.first <= 1
    )
    score += 5 * led_by_label
    if statement is not None and statement.label in ("contact",):
        score += 0.5
    best_domain = 0.0
    for target in targets(known):
        covered = sum(len(word) for word in set(weighty) if is_part(word, target))
        share = min(1.0, covered / len(target)) if covered >= 4 else 0.0
        if "".join(words) == target:
            share = 1.0
        share *= 1.0 if is_in_order(weighty, target) else TURNED
        share *= 0.85 + 0.15 * covered / max(1, len("".join(weighty)))
        if len(target) > 2 and "".join(word[0] for word in weighty) == target:
            share = 0.8
        best_domain = max(best_domain, share)
    inner = any(a <= first and last <= b and (a, b) != (first, last) for a, b in runs)
    score += 5 * best_domain - 3 * inner
    if (
        last - first == 1
        and best_domain < 0.5
        and statement is not None
        and first == statement.first
        and statement.label != "company"
    ):
        score -= 3
    forms = note_words(note, "company", "forms")
    if words[-1] in forms or (last < len(note.words) and note.places[last][0] in forms and note.is_capital(last)):
        score += 3.5
    if not inner and _leads(note, first):
        score += 3
    if not inner and _is_of_person(note, first):
        score += 3
    if note.beginning("company.kinds", first, 0) and statement in note.statements[:FIRST_FEW]:
        score += 1.5
    roles = note.ending("roles.deciding", first, 1) + note.ending("roles.other", first, 1)
    if any(note.statement_at(match.first) == statement for match in roles):
        score += 1.5
    if note.ending("company.lead_weak", first, 1) and (statement is None or statement.line <= 4):
        score += 1.5
    if note.within("company.kinds", first, last) or note.ending("company.kinds", first, 0):
        score += 1.0
    if person and (0 < first - person.last <= 1 or first == person.last) and statement == note.statement_at(person.first):
        score += 1.5 + (person.has_title and first == person.last and note.breaks[first] == 1)  # "Mr Hay, Hay Boats"
    if statement is not None and statement.line <= 1:
        score += 1.0
    if first == note.statements[0].first and last - first >= 3 and (first, last) in title(note):
        score += 2.0
    if len(weighty) == 0 or (all(word in note_words(note, "people", "not_names") for word in weighty) and best_domain < 0.9):
        score -= 4
    if (
        person
        and set(weighty) <= {note.places[index][0] for index in range(person.first, person.last)}
        and best_domain < 0.9
        and words[-1] not in forms
    ):
        score -= 4
    if best_domain < 0.5 and not led_by_label and last - first == 2 and _is_persons(note, words):
        is_plainly = words[0] in given_names() and not note.within("company.kinds", first, last)
        score -= 6 if is_plainly and not _is_of_person(note, first) else 3
    if roles and best_domain < 0.5 and not led_by_label and _is_whom_one_spoke_to(note, first, person):
        score -= 3 * (not note.within("company.kinds", first, last))  # "talked to front desk lead Amrit Gill"
    if note.ending("company.not", first, 1):
        score -= 5
    if best_domain < 0.9 and all(len(word) <= 2 for word in weighty):
        score -= 4
    if not led_by_label and all(is_function_word(note, word) for word in weighty):
        score -= 8  # "Her ask is simple"
    if best_domain < 0.9 and place_words(note) & set(range(first, last)):
        score -= 2
    return score + 0.3 * min(len(set(weighty)), 4) - 0.5 * (len(weighty) - len(set(weighty)))


def _is_whom_one_spoke_to(note: Note, first: int, person: Person | None) -> bool:
    """Whether words for speaking to somebody stand shortly before, and nobody else is named in between."""
    spoken = note.ending("people.spoke", first, TO_NAME)
    between = bool(spoken) and bool(person and spoken[-1].last <= person.first < first)
    return bool(spoken) and not between and not note.within("people_of", spoken[-1].first, first)


def _is_persons(note: Note, words: list[str]) -> bool:
    """Two words of which one is a first name and none tells a kind of firm."""
    return words[0] in given_names() or any(word in note_words(note, "names", "given") for word in words)


def _basic_form(note: Note, name: str, first: int) -> str:
    """Case endings undone on the first word, where the words before it ask for one ("patronul Cofetăriei X")."""
    between = note.places[first - 1][0] if first else ""
    if not any(match.last == first or between in JOINERS for match in note.ending("company.genitive", first, 1)):
        return name
    head, _, rest = name.partition(" ")
    for each in note.signals:
        for ending, basic in each.texts("endings").items():
            if head.lower() == ending:
                return f"{basic[0].upper() if head[0].isupper() else basic[0]}{basic[1:]} {rest}".strip()
            if head.lower().endswith(ending) and len(head) > len(ending) + 2:
                return f"{head[: -len(ending)]}{basic} {rest}".strip()
    return name
