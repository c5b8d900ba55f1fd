"""E-mail addresses, also those spelled out ("ana at firma dot ro"), and which one is the contact's."""

import re
from dataclasses import dataclass
from functools import lru_cache

from proposals.reading.note import Found, Note

ADDRESS = re.compile(r"(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@(?:[a-z0-9](?:[a-z0-9-]{0,62})\.){1,4}[a-z]{2,15}(?![\w@])")
# Texts, made ready only for a note without a plain address.
SPELLED = (
    r"(?<![\w.])([a-z0-9]+(?:(?:[._-]| [._-] | (?:dot|point|punct|underscore|tiret|dash|liniuta) )[a-z0-9]+){0,3}) ?[\[(]?"
    r"(?: (?:at|arobase|arobas|a rond|arond|coada de maimuta|chez) |@| ?\[at\] ?| ?\((?:at?|arobase|arobas|arond)\) ?)[\])]? ?"
    r"([a-z0-9]+(?:(?:-| dash | tiret | liniuta )[a-z0-9]+){0,3}"
    r"(?:(?: ?\[?\(?(?:dot|point|punct)\)?\]? ?|\.)[a-z0-9-]{2,20}){1,3})(?![\w@])"
)
SPOKEN = (
    r"(?<![\w.])([a-z0-9]+(?:(?:[._-]| (?:dot|point|punct|underscore|tiret|dash|liniuta) )[a-z0-9]+){0,5}) (?:la|chez) "
    r"([a-z0-9-]{3,30}) (?:punct|point|dot) ([a-z]{2,4})(?!\w)"
)
FREE = frozenset(
    "gmail yahoo hotmail outlook icloud live aol orange wanadoo free sfr laposte bluewin proton protonmail me ymail gmx "
    "videotron sympatico bigpond skynet mail msn telenet".split()
)
MOST = 40  # far more than any call's notes name


@dataclass(frozen=True, slots=True)
class Address:
    """An address, lower case, and where it stands."""

    value: str
    start: int
    end: int

    @property
    def local(self) -> str:
        """What stands before the @."""
        return self.value.split("@")[0]

    @property
    def domain(self) -> str:
        """The name of the domain without its ending; empty for the large mail providers."""
        parts = self.value.split("@")[1].split(".")
        name = parts[-2] if len(parts) > 1 else parts[0]
        if name in ("co", "com", "org", "net", "ac", "gov") and len(parts) > 2:
            name = parts[-3]
        return "" if name in FREE else name


def _local(spelled: str) -> str:
    """What stands before the @, its marks no longer in words."""
    local = re.sub(r" (?:underscore) ", "_", spelled)
    local = re.sub(r" (?:tiret|dash|liniuta) ", "-", local)
    return re.sub(r" ?(?:\b(?:dot|point|punct)\b|\.) ?", ".", local).replace(" ", "")


@lru_cache(maxsize=1)
def addresses(note: Note) -> list[Address]:
    """The addresses of the note in order, the first MOST of them: people are looked for beside each."""
    folded = note.text.folded
    found = [Address(match[0], match.start(), match.end()) for match in ADDRESS.finditer(folded)]
    if not found:
        found += [
            Address(f"{_local(match[1])}@{match[2]}.{match[3]}", match.start(), match.end())
            for match in re.finditer(SPOKEN, folded)
        ]
    if not found and (
        "@" in folded
        or "(a)" in folded
        or any(word in note.words for word in ("at", "arobase", "arobas", "rond", "arond", "coada"))
    ):
        for match in re.finditer(SPELLED, folded):
            domain = re.sub(r" (?:tiret|dash|liniuta) ", "-", match[2])
            domain = re.sub(r" ?\[?\(?\b(?:dot|point|punct)\b\)?\]? ?", ".", domain).replace(" ", "")
            found.append(Address(f"{_local(match[1])}@{domain}", match.start(), match.end()))
    return [each for each in found[:MOST] if not note.is_void(each.start)]


def contact_address(note: Note, names: tuple[str, ...]) -> Found | None:
    """The contact's own address, or the one for the proposal. names: the contact's names, folded."""
    scored: list[tuple[float, int, Address]] = []
    for order, each in enumerate(addresses(note)):
        word = note.word_index(each.start)
        statement = note.statement_at(word)
        score = 1.0
        if statement is not None:
            before = max(statement.label_first, word - 10)
            score += 2.0 * (statement.label == "email") + 2.0 * bool(
                note.within("email.proposal", before, min(len(note.words), word + 12))
            )
            is_own = statement.label == "email" and not statement.is_inherited
            score -= 3.0 * (bool(note.within("email.not", before, word + 8)) and not is_own) + 3.0 * (statement.speaker == "me")
        score += 2.0 * any(len(name) > 2 and name in each.local for name in names)
        score += 0.5 * any(name and each.local.startswith(name[0]) for name in names)
        scored.append((score, -order, each))
    if not scored:
        return None
    scored.sort(key=lambda row: (-row[0], -row[1]))
    best = scored[0][2]
    return Found(best.value, best.start, best.end) if scored[0][0] > 0 else None
