"""The models: SQL files in three layers, each one `select`, built in the order in which they read from each other."""

import hashlib
import re
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

FOLDER = Path(__file__).parent
LAYERS = ("staging", "history", "marts")


@cache
def ordered(layers: tuple[str, ...] = LAYERS) -> tuple[tuple[str, str], ...]:
    """(name, select statement) of each model of these layers, each after those that it reads from."""
    texts = {path.stem: path.read_text(encoding="utf-8") for layer in layers for path in sorted((FOLDER / layer).glob("*.sql"))}
    needs = {name: (_reads(sql) & texts.keys()) - {name} for name, sql in texts.items()}
    return tuple((name, texts[name]) for name in TopologicalSorter(needs).static_order())


@cache
def marts_for(*texts: str) -> tuple[tuple[str, str], ...]:
    """The marts that these select statements read from, and those that they need, in the order in which they are built."""
    marts = dict(ordered(("marts",)))
    needed, asked = set[str](), [_reads(text) & marts.keys() for text in texts]
    while asked:
        new = asked.pop() - needed
        needed |= new
        asked += [_reads(marts[name]) & marts.keys() for name in new]
    return tuple((name, sql) for name, sql in marts.items() if name in needed)


def _reads(sql: str) -> set[str]:
    return set(re.findall(r"\b(?:from|join)\s+(\w+)", sql))


@cache
def raw_tables() -> tuple[tuple[str, str], ...]:
    """Every (source, entity) that a staging model reads, so that an empty warehouse builds as well."""
    text = " ".join(path.read_text(encoding="utf-8") for path in (FOLDER / "staging").glob("*.sql"))
    return tuple(sorted(set(re.findall(r"\braw_([a-z0-9]+(?:_[a-z0-9]+)*)__([a-z0-9_]+)", text))))


@cache
def functions() -> tuple[str, ...]:
    """What staging reads loose answers with, each as `name(arguments) as expression`, said in functions.toml."""
    return tuple(tomllib.loads((FOLDER / "functions.toml").read_text(encoding="utf-8"))["functions"])


@cache
def fingerprint() -> str:
    """Changes with any model, so that a warehouse built by another version is built anew when opened."""
    text = "".join([*functions(), *(name + sql for name, sql in sorted(ordered()))])
    return hashlib.sha256(text.encode()).hexdigest()
