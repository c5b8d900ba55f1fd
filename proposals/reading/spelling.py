"""Abbreviations written out ("mth" → "month") and words with a slip of the finger put right ("bugdet" → "budget")."""

from collections.abc import Sequence

from proposals.reading.signals import Signals
from proposals.reading.text import Text

SHORTEST = 6
LONG = 8  # letters from which two slips are put right in a note typed in haste
HASTY_CAPITALS, HASTY_LINES = 0.02, 0.6  # shares of capitals among letters, and of lines begun small, of such a note
FEWEST_LINES = 3
VOWELS = frozenset("aeiouy")
ALIKE = ({"g", "j"}, {"c", "k"}, {"s", "z"}, {"c", "s"})  # letters that sound alike
MOST_WORDS = 3000  # distinct unknown words looked at; a real note has a few hundred


def corrected(places: Sequence[tuple[str, int, int]], read_in: Sequence[Signals], text: Text) -> list[str]:
    """The words as the phrases know them. Names (capitals within a sentence) and short words are left alone; in a note typed
    with care a word that nobody listed is a word, unless two of its letters stand the wrong way round."""
    short: dict[str, str] = {}
    for each in reversed(read_in):
        short |= each.texts("spellings")
    known = frozenset().union(*(each.phrasebook.vocabulary for each in read_in)) if read_in else frozenset()
    common = frozenset().union(*(_every_word(each) for each in read_in)) if read_in else frozenset()
    prefixes = frozenset().union(*(each.phrasebook.prefixes for each in read_in)) if read_in else frozenset()
    shouted = text.raw[:2000].isupper()
    nearest = _Hasty(known).nearest if is_hasty(text) else lambda word: _turned(word, known)
    cache: dict[str, str] = {}
    found = []
    for word, start, _ in places:
        if " " not in short.get(word, " "):
            found.append(short[word])
            continue
        if len(word) < SHORTEST or word in known or word in common or word.isdigit():
            found.append(word)
            continue
        if any(word[:length] in prefixes for length in range(4, len(word) + 1)):
            found.append(word)
            continue
        if not shouted and text.raw[text.starts[start]].isupper():
            found.append(word)
            continue
        if word not in cache:
            cache[word] = nearest(word) if len(cache) < MOST_WORDS else word
        found.append(cache[word])
    return found


def _every_word(signals: Signals) -> frozenset[str]:
    if "every_word" not in signals.kept:
        signals.kept["every_word"] = _listed_words(signals)
    return signals.kept["every_word"]


def _listed_words(signals: Signals) -> frozenset[str]:
    lists = (("money", "not_money"), ("people", "not_names"), ("people", "titles"))
    currency = signals.table.get("money", {}).get("currency", {}).values()
    tables = (("numbers",), ("scales",), ("calendar", "months"), ("calendar", "weekdays"))
    named = frozenset(word for path in tables for word in signals.values(*path))
    given = signals.words("names", "given")
    listed = frozenset(word for path in lists for word in signals.words(*path)) | frozenset(
        " ".join(currency).replace(",", " ").split()
    )
    return (
        listed
        | signals.words("language", "not_typos")
        | frozenset(str(signals.table["language"]["words"]).split())
        | named
        | given
    )


def is_hasty(text: Text) -> bool:
    """Whether the note was typed in haste: hardly a capital, or most lines begun with a small letter."""
    raw = text.raw[:3000]
    letters = [character for character in raw if character.isalpha()]
    begun = [first for line in raw.split("\n") if (first := next((each for each in line if each.isalpha()), ""))]
    few = sum(each.isupper() for each in letters) < HASTY_CAPITALS * len(letters)
    return few or (len(begun) >= FEWEST_LINES and sum(each.islower() for each in begun) >= HASTY_LINES * len(begun))


def _turned(word: str, known: frozenset[str]) -> str:
    """The known word of which two neighbouring letters, not the first, stand the wrong way round; else the word itself."""
    turned = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(1, len(word) - 1))
    return min((each for each in turned if each in known), default=word)


class _Hasty:
    """The known words nearest to those of a note typed in haste."""

    def __init__(self, known: frozenset[str]) -> None:
        from rapidfuzz.distance import OSA  # slow to load, and most notes are typed with care

        self._distance = OSA.distance
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for word in sorted(known):
            self._shelves.setdefault((word[0], len(word)), []).append(word)

    def nearest(self, word: str) -> str:
        """The nearest known word that a slip of the finger makes of this one; the word itself where there is none."""
        reach = 2 if len(word) >= LONG else 1
        best, distance = word, reach + 1
        for length in range(len(word) - reach, len(word) + reach + 1):
            for candidate in self._shelves.get((word[0], length), ()):
                found = self._distance(word, candidate, score_cutoff=reach)
                if found < distance and _is_slip(word, candidate, found) and not _is_inflection(word, candidate):
                    best, distance = candidate, found
        return best


def _is_slip(word: str, candidate: str, distance: int) -> bool:
    """Whether fingers in haste slip so: letters turned round, left out, doubled, or put for one that sounds alike."""
    if sorted(word) == sorted(candidate):
        return True
    if word[-1] != candidate[-1]:
        return False
    if distance > 1:
        return word[:2] == candidate[:2]
    if len(word) != len(candidate):
        return True
    one, two = next(pair for pair in zip(word, candidate, strict=True) if pair[0] != pair[1])
    return {one, two} <= VOWELS or {one, two} in ALIKE


def _is_inflection(word: str, candidate: str) -> bool:
    """Another form of the same word is no slip: the phrases list the forms they mean."""
    shorter, longer = sorted((word, candidate), key=len)
    return longer.startswith(shorter) and longer != shorter
