"""Stretches of words that may be a person's name, by capitals, titles and cues."""

from bisect import bisect_right
from functools import cache, lru_cache

from proposals.reading.dates import note_words
from proposals.reading.note import FIRST, Note
from proposals.reading.signals import LANGUAGES

MOST_WORDS = 4
HEAD = 2  # lines that may open with who was spoken to
PARTICLES = frozenset("de du la le van von der den da di el al o mc mac ter ten san bin ben d l".split())


@cache
def given_names() -> frozenset[str]:
    """First names common in the countries whose notes are read, folded; words that mean something else are left out."""
    return frozenset((LANGUAGES / "given_names.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def runs(note: Note) -> list[tuple[int, int, bool, bool]]:
    """Stretches that may be a person's name: capitals, or anything right after a cue in a note without capitals."""
    titles, not_names, given = (
        note_words(note, "people", "titles"),
        note_words(note, "people", "not_names"),
        note_words(note, "names", "given"),
    )
    starts = {match.last for name in ("people.spoke", "people.called") for match in note.hits.get(name, ())}
    starts |= {statement.first for statement in note.said() if statement.label == "contact" and not statement.is_inherited}
    plain = is_caseless(note)
    meant: set[int] = set()
    if plain:
        meant = _meant_words(note)
        starts |= openers(note) - meant
        starts |= {m.last for m in note.hits.get("correction.outright", ()) if _word(note, m.last) in given_names()}
        starts |= {m.last for m in note.hits.get("people.with", ()) if _word(note, m.last) in given or m.last not in meant}
    found: list[tuple[int, int, bool, bool]] = []
    index = 0
    cued = {
        i
        for name in ("people.spoke", "people.called")
        for match in note.hits.get(name, ())
        for i in range(match.first, match.last)
    }
    cued |= {
        i
        for name in ("roles.deciding", "roles.other")
        for match in note.hits.get(name, ())
        for i in range(match.first, match.last)
    }
    cued |= {match.first for match in note.hits.get("decision.verbs", ()) if note.breaks[match.first] > 1}
    while index < len(note.words):
        if index in cued and note.places[index][0] not in titles:
            index += 1
            continue
        word = note.places[index][0]
        titled = word in titles
        first = index + 1 if titled else index
        if titled and first < len(note.words) and note.places[first][0] in titles:
            first += 1
        in_cue = index in starts or any(
            at < index
            and index - at <= 2
            and all(note.places[i][0] in titles | {"the", "la", "le", "l", "d", "cu", "with"} for i in range(at, index))
            for at in range(max(0, index - 2), index)
            if at in starts
        )
        is_kind = plain and bool(note.beginning("company.kinds", index, 0))
        if is_kind or not (titled or _may_begin(note, first, not_names, plain and (in_cue or titled))):
            index += 1
            continue
        last = first
        while (
            last < len(note.words)
            and last - first < MOST_WORDS
            and (
                last == first
                or note.text.folded[note.places[last - 1][2] : note.places[last][1]] in (" ", "-", "'", ' "', '" ')
                or _is_nicknamed(note, first, last)
            )
        ):
            if plain and last > first and (bool(note.beginning("company.kinds", last, 0)) or last in meant):
                break
            if (
                _may_begin(note, last, not_names, plain and (in_cue or titled))
                or _ends_apostrophe(note, first, last)
                or (last == first + 1 and _is_surname(note, last, plain))
            ):
                last += 1
            elif (
                last > first
                and note.places[last][0] in PARTICLES
                and last + 1 < len(note.words)
                and note.breaks[last + 1] == 0
                and _may_begin(note, last + 1, not_names, False)
                and not plain
            ):
                last += 2
            else:
                break
        if plain and last - first > (1 if titled else 2):
            last = first + (1 if titled and note.words[first] not in given_names() | given else 2)
            while last < len(note.words) and note.folded(last - 1, last + 1).count("-") and note.breaks[last] == 0:
                last += 1
        if last > first:
            reverse = False
            statement = note.statement_at(first)
            if (
                statement is not None
                and statement.label == "contact"
                and last - first == 1
                and last + 1 <= len(note.words)
                and last < len(note.words)
            ):
                gap = note.text.folded[note.places[last - 1][2] : note.places[last][1]]
                if (
                    gap == ", "
                    and _may_begin(note, last, not_names, False)
                    and note.places[last][0] in given_names()
                    and note.places[first][0] not in given
                ):
                    last, reverse = last + 1, True
            if _is_shouted_surname(note, first, last):
                first, reverse = first - (first > 0 and _is_shouted_particle(note, first - 1)), True
            elif _is_two(note, first, last) and _is_surname_first(note, first, last - 1, given):
                reverse = True
            found.append((first, last, titled, reverse))
            if plain and last - first == 2 and titled:
                found.append((first, first + 1, titled, False))
            index = last
        else:
            index += 1
    return found


@lru_cache(maxsize=1)
def name_ends(note: Note) -> frozenset[int]:
    """The words at which such a stretch has ended."""
    return frozenset(last for _, last, *_ in runs(note))


@lru_cache(maxsize=1)
def openers(note: Note) -> set[int]:
    """First names that open a clause in the head of a note without capitals ("nina, 2nd hand books")."""
    if not note.statements:
        return set()
    head = note.statements[0].line + HEAD
    ahead = range(max(each.last for each in note.statements if each.line < head))
    return {
        index
        for index in ahead
        if note.breaks[index] > 0
        and note.places[index][0] in given_names()
        and note.text.folded[note.places[index][1] - 1 : note.places[index][1]] != "("
    }


def _word(note: Note, index: int) -> str:
    return note.places[index][0] if index < len(note.places) else ""


def _meant_words(note: Note) -> set[int]:
    """Words that mean something to a reader of the notes, and so are hardly a name where capitals say nothing."""
    return {match.first for name, hits in note.hits.items() if not name.startswith(("people.", "names.")) for match in hits}


@lru_cache(maxsize=1)
def is_caseless(note: Note) -> bool:
    """Whether capitals say nothing here: the note is written in small letters or in capitals throughout."""
    letters = [character for character in note.text.raw[:3000] if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return bool(letters) and (capitals < 0.008 * len(letters) or capitals > 0.6 * len(letters))


def _may_begin(note: Note, index: int, not_names: frozenset[str], is_cued: bool) -> bool:
    if index >= len(note.words):
        return False
    word, start, end = note.places[index]
    if (
        word.isdigit()
        or word in not_names
        or _is_number(note, index)
        or (len(word) < 2 and note.text.folded[end : end + 1] != ".")
    ):
        return False
    if note.text.folded[end : end + 1] == "@" or note.text.folded[start - 1 : start] == "@":
        return False
    if is_cued:
        return not is_function_word(note, word)
    return note.is_capital(index) and not (is_function_word(note, word)) and not _is_caseless_word(note, index)


def _is_two(note: Note, first: int, last: int) -> bool:
    """Whether it is two names, of which the first may be a double one ("Popa-Dinu Mircea")."""
    return last - first == 2 or (last - first == 3 and note.folded(first, first + 2).count("-") == 1)


def _is_shouted_surname(note: Note, first: int, last: int) -> bool:
    """Whether all but the last word are in capitals, and the last is a first name ("FLOC'H Nolwenn")."""
    surname, given = note.raw(first, last - 1), note.raw(last - 1, last)
    is_long = last - first > 1 and len(surname) > 2
    return is_long and surname.isupper() and not given.isupper() and note.places[last - 1][0] in given_names()


def _is_shouted_particle(note: Note, index: int) -> bool:
    """Whether the word belongs to a surname in capitals behind it ("LE FLOC'H")."""
    joined = note.text.folded[note.places[index][2] : note.places[index + 1][1]] == " "
    return joined and note.places[index][0] in PARTICLES and note.raw(index, index + 1).isupper()


def _is_surname_first(note: Note, first: int, at: int, given: frozenset[str]) -> bool:
    """Whether of two names the second, at `at`, is the first name: a very common one, or any behind a surname in capitals."""
    one, two = note.places[first][0], note.places[at][0]
    shouted = note.raw(first, first + 1).isupper() and not note.raw(at, at + 1).isupper() and len(one) > 2
    return (two in given and one not in given) or (shouted and two in given_names())


def _is_surname(note: Note, index: int, plain: bool) -> bool:
    """A word that is a surname only behind a first name ("Ella Winter")."""
    is_given = note.places[index - 1][0] in given_names()
    return is_given and not plain and note.is_capital(index) and note.places[index][0] in note_words(note, "people", "surnames")


def _is_nicknamed(note: Note, first: int, last: int) -> bool:
    """Whether a nickname in brackets stands between first name and surname ("Samuel (Sam) Achebe")."""
    gap = lambda index: note.text.folded[note.places[index - 1][2] : note.places[index][1]] if index < len(note.words) else ""  # noqa: E731
    if last == first + 1:
        return gap(last) == " (" and gap(last + 1) == ") " and note.is_capital(last) and note.is_capital(last + 1)
    return last == first + 2 and gap(last) == ") " and gap(last - 1) == " ("


def _ends_apostrophe(note: Note, first: int, index: int) -> bool:
    """The "h" of Kerloc'h: a letter or two after an apostrophe within the word."""
    word, start, _ = note.places[index]
    is_ending = len(word) <= 2 and word != "s"  # "Jo's" is Jo
    return index > first and is_ending and start == note.places[index - 1][2] + 1 and note.text.folded[start - 1] == "'"


def _is_number(note: Note, index: int) -> bool:
    """Whether a number in words begins or goes on there ("Fifty-five weddings"), which no name does."""
    number = note.numbers[bisect_right(note.numbers, index, key=FIRST) - 1] if note.numbers else None
    return number is not None and number.is_word and not number.is_article and number.first <= index < number.last


def _is_caseless_word(note: Note, index: int) -> bool:
    """A word in capitals throughout ("CALL", "WP") is no name unless the whole note is so."""
    raw = note.text.quote(note.places[index][1], note.places[index][2])
    return len(raw) > 1 and raw.isupper() and len(raw) <= 3


def is_function_word(note: Note, word: str) -> bool:
    """Whether it is one of the frequent small words of the languages read."""
    return any(word in each.small_words for each in note.signals)
