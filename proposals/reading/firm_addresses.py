"""What the addresses of a note say of the firm's name: the domain, and the words of the note that spell it."""

import re

from proposals.reading.addresses import Address
from proposals.reading.firm_names import is_joined
from proposals.reading.names import given_names, is_caseless, is_function_word
from proposals.reading.note import Note
from proposals.reading.person import Person
from proposals.reading.spelling import is_hasty

LONGEST = 6  # words
AND = 3  # letters
LONGEST_REST = 2  # words of a name behind its kind
MOST = 0.75  # share of the domain that the words must spell


def of_contact(note: Note, known: list[Address], person: Person | None) -> list[Address]:
    """The addresses that bear the contact's name where some do, else all ("Cheers, Tamsin" signs with one of her own)."""
    mine = {note.places[index][0] for index in range(person.first, person.last)} if person else set()
    bearing = [each for each in known if each.domain and mine & set(re.split(r"[._\-+\d]", each.local))]
    return bearing or known


def targets(known: list[Address]) -> list[str]:
    """What the addresses say of the name: the domain, or at a large mail provider what stands before the @."""
    spelled = [address.domain or address.local for address in known]
    spelled += [part for address in known if not address.domain for part in re.split(r"[._-]", address.local)]
    return [target for each in spelled if len(target := re.sub(r"[^a-z0-9]", "", each)) >= 4]


def is_part(word: str, target: str) -> bool:
    """Whether the domain holds the word, give or take its ending ("tamplaria" in petrescutamplarie)."""
    return (len(word) > 2 or word.isdigit()) and (word in target or (len(word) > 5 and word[:-1] in target))


def is_in_order(words: list[str], target: str) -> bool:
    """Whether the words that the domain holds stand in it one behind another."""
    at = 0
    for word in words:
        if is_part(word, target):
            at = target.find(word if word in target else word[:-1], at)
            if at < 0:
                return False
    return True


def from_domain(note: Note, known: list[Address], person: Person | None) -> list[tuple[int, int]]:
    """Neighbouring words that together spell most of the domain ("hendry fencing" for hendryfencing.co.uk)."""
    own = set(range(person.first, person.last)) if person else set()
    inside = own | {index for address in known for index in range(note.word_index(address.start), note.word_index(address.end))}
    return [
        stretch
        for target in targets(known)
        for first in range(len(note.words))
        if first not in inside and is_part(note.places[first][0], target)
        for stretch in _spelling(note, first, target, inside)
    ]


def _spelling(note: Note, first: int, target: str, inside: set[int]) -> list[tuple[int, int]]:
    """The stretches from that word on whose words spell most of the domain, one behind another."""
    is_name = is_caseless(note) or note.is_capital(first)
    if not (is_name or is_hasty(note.text) or note.beginning("company.kinds", first, 0)):
        return []
    found: list[tuple[int, int]] = []
    last = first
    while last < len(note.words) and last not in inside and last - first < LONGEST and (last == first or is_joined(note, last)):
        if last > first and note.beginning("company.place", last, 0) and not note.is_capital(last):
            break
        last += 1
        if not is_part(note.places[last - 1][0], target):
            continue
        words = [note.places[index][0] for index in range(first, last)]
        if not is_in_order(words, target):
            break
        is_whole = "".join(words) == target
        ties = note.folded(first, last).count("&") * AND if "and" in target else 0  # "salt & fern" at saltandfern.com
        covered = ties + sum(min(len(word), len(target)) for word in words if is_part(word, target))
        if (
            covered >= MOST * len(target)
            and not _in_address(note, first, last)
            and (is_name or (is_whole and _stands_apart(note, first, last)))
        ):
            found.append((_with_kind(note, first, is_whole), _with_rest(note, first, last)))
        if is_whole:
            break
    return found


def _stands_apart(note: Note, first: int, last: int) -> bool:
    """Whether marks or kinds of firms stand around it, where no capital tells."""
    is_kind = bool(note.beginning("company.kinds", first, 0))
    if note.places[first][0] in given_names():
        return False  # "dottie krebs" of dottiekrebs@gmail.com is a person
    return is_kind or ((first == 0 or note.breaks[first] > 0) and (last >= len(note.words) or note.breaks[last] > 0))


def _with_kind(note: Note, first: int, is_whole: bool) -> int:
    """The start of the name with the kind of firm before it, where no capitals tell and the domain holds more than the rest."""
    is_led = is_caseless(note) and not is_whole and first > 0 and note.breaks[first] == 0
    return first - (is_led and bool(note.beginning("company.kinds", first - 1, 0)))


def _with_rest(note: Note, first: int, last: int) -> int:
    """The end of a name that goes on: behind "&" ("karaca tile & stone" at karacatile.com), or up to a pause near by where no
    capitals tell and the words so far say but the kind of firm, or a number follows ("optica lumina noua")."""
    end = note.clause(first)[1]
    is_kind = any(match.last == last for match in note.beginning("company.kinds", first, 0))
    is_kind = is_kind or any(match.last == end for match in note.beginning("company.kinds", last, 0))  # "salt & fern yoga"
    is_open = is_kind or note.number_at(last) is not None  # "moto garaj 54"
    is_short = is_caseless(note) and is_open and last < end <= last + LONGEST_REST
    if is_short and not any(is_function_word(note, note.words[index]) for index in range(last, end)):
        return end
    return _with_other_half(note, last)


def _with_other_half(note: Note, last: int) -> int:
    """The end of a name that goes on behind "&" ("karaca tile & stone" at karacatile.com)."""
    joined = last < len(note.words) and note.text.folded[note.places[last - 1][2] : note.places[last][1]] == " & "
    return last + joined


def _in_address(note: Note, first: int, last: int) -> bool:
    end = note.places[last - 1][2]
    start = note.places[first][1]
    return bool(re.match(r"\.[a-z]{2,}", note.text.folded[end : end + 5])) or note.text.folded[
        max(0, start - 4) : start
    ].endswith(("www.", "://", "@"))
