"""The clauses there are (clauses.toml), their order in an agreement, and their words in a language."""

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import InputError
from proposals import template
from proposals.agreement.lines import one_line
from proposals.language import FOLDER


@dataclass(frozen=True)
class Clause:
    """A shipped clause: the rules of mission.md that it answers, and the services of which it needs one to be on."""

    id: str
    rules: tuple[str, ...]
    needs: tuple[str, ...] = ()


@cache
def clauses() -> Mapping[str, Clause]:
    """Every shipped clause by its id, in the order of the default agreement."""
    raw = tomllib.loads(Path(__file__).with_name("clauses.toml").read_text(encoding="utf-8"))
    return {key: Clause(key, tuple(spec["rules"]), tuple(spec.get("needs", ()))) for key, spec in raw.items()}


def default_order(service_ids: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """(id, is on) of each shipped clause for these services; all are on where no service is known."""
    held = set(service_ids)
    return tuple((key, not (held and clause.needs) or bool(held & set(clause.needs))) for key, clause in clauses().items())


def order(given: Sequence[Any], own: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """The clauses as given ((id, is on), or ids alone), each once; those that are not named come last, shipped ones off.

    InputError for a clause that there is not.
    """
    known = (*clauses(), *own)
    pairs = [(each, True) if isinstance(each, str) else (str(each[0]), bool(each[1])) for each in given]
    named = dict(pairs)
    strange = [key for key in named if key not in known and not key.startswith("own-")]
    if strange:
        raise InputError(f"There is no clause “{one_line(strange[0])[:60]}”.", f"There are {', '.join(clauses())}.")
    if not given:
        return (*default_order(()), *((key, True) for key in own))
    kept = [(key, is_on) for key, is_on in named.items() if key in known]
    return (*kept, *((key, key in own) for key in known if key not in named))


def words(key: str, code: str, values: Mapping[str, Any], home: Path | None) -> tuple[str, tuple[template.Block, ...]]:
    """Title (its `## heading`) and blocks of a shipped clause, or of the user's wording in `templates/<code>/agreement/`."""
    _, blocks = template.render(f"agreement/{key}", code, dict(values), home)
    titles = [block.text for block in blocks if block.kind == "heading"]
    return titles[0] if titles else key, tuple(block for block in blocks if block.kind != "heading")


def own_words(text: str) -> tuple[template.Block, ...]:
    """The blocks of an own clause, which is plain text: only blank lines and `- ` mean something."""
    found: list[template.Block] = []
    is_open = False
    for line in text.split("\n"):
        is_item = line.startswith("- ")
        kind, shown = ("items", line[2:].strip()) if is_item else ("paragraph", line)
        if not shown:
            is_open = False
        elif found and is_open and found[-1].kind == kind:
            found[-1] = template.Block(kind, (*found[-1].lines, (shown, "")))
        else:
            found.append(template.Block(kind, ((shown, ""),)))
        is_open = bool(shown)
    return tuple(found)


def fingerprint(code: str, on: Sequence[str], own: Mapping[str, tuple[str, str]], home: Path | None) -> str:
    """SHA-256 of the wording of these clauses in their order, without what differs from client to client (F17)."""
    digest = hashlib.sha256(code.encode())
    for key in on:
        text = "\x1f".join(own[key]) if key in own else _source(key, code, home)
        digest.update(f"\x1e{key if key not in own else 'own'}\x1f{text}".encode())
    return digest.hexdigest()


def _source(key: str, code: str, home: Path | None) -> str:
    mine = home / "templates" / code / "agreement" / f"{key}.j2" if home else None
    path = mine if mine and mine.is_file() else FOLDER / code / "agreement" / f"{key}.j2"
    return path.read_text(encoding="utf-8")
