"""The models: SQL files in three layers, each one `select`, built in the order in which they read from each other.

A model whose rows belong to one client each says so in its header: `-- per client: <column that tells whose>`. When few clients
changed, only their rows are made anew (data/increment.py). `-- per client: shared` marks one whose rows several clients share,
but of which each needs only its own. Any other model is small, and made anew as a whole.

A model is a table. `-- kept as: view` says that reading it is no dearer than keeping it; `-- kept as: nothing` that only later
models of its layer read it, per client, so that it goes when the layer is done; `-- kept as: step` that one of these reads it
alone, so that it is a view meanwhile. `-- empty without: <models>` says that without rows in one of these it has none
(data/emptiness.py).
"""

import hashlib
import re
import tomllib
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

FOLDER = Path(__file__).parent
LAYERS = ("staging", "history", "marts")
SHARED = "shared"


@cache
def ordered(layers: tuple[str, ...] = LAYERS) -> tuple[tuple[str, str], ...]:
    """(name, select statement) of each model of these layers, each after those that it reads from."""
    texts = _texts(layers)
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
def per_client() -> dict[str, str]:
    """The column that tells whose each row is (or SHARED), of each model that says so."""
    found = {name: re.search(r"^-- per client: (\w+)$", sql, flags=re.MULTILINE) for name, sql in _texts().items()}
    return {name: match[1] for name, match in found.items() if match}


@cache
def select(name: str) -> str:
    """The select statement of one model."""
    return _texts()[name]


@cache
def kept_as(name: str) -> str:
    """What stands of a model after a build: `table` or `view`, else `nothing`, or `step` (a view while building)."""
    match = re.search(r"^-- kept as: (view|nothing|step)$", _texts()[name], flags=re.MULTILINE)
    return match[1] if match else "table"


@cache
def reads(name: str) -> frozenset[str]:
    """Every name that this model reads from: tables, views, and steps of its own."""
    return frozenset(_reads(_texts()[name]))


@cache
def empty_without(name: str) -> frozenset[str]:
    """Models without which this one can have no row, whatever else it reads; none where its header names none."""
    match = re.search(r"^-- empty without: ([\w ]+)$", _texts()[name], flags=re.MULTILINE)
    return frozenset(match[1].split() if match else ())


@cache
def raw_inputs(name: str) -> frozenset[tuple[str, str]]:
    """Every (source, entity) that this model reads."""
    return frozenset(_raw(_texts()[name]))


@cache
def raw_tables() -> tuple[tuple[str, str], ...]:
    """Every (source, entity) that a staging model reads, so that an empty warehouse builds as well."""
    return tuple(sorted({raw for sql in _texts(("staging",)).values() for raw in _raw(sql)}))


@cache
def functions() -> tuple[str, ...]:
    """What staging reads loose answers with, each as `name(arguments) as expression`, said in functions.toml."""
    return tuple(tomllib.loads((FOLDER / "functions.toml").read_text(encoding="utf-8"))["functions"])


@cache
def touched(name: str) -> str:
    """One of the queries that tell what a change touches."""
    return (FOLDER / "touched" / f"{name}.sql").read_text(encoding="utf-8")


@cache
def fingerprint() -> str:
    """Changes with any model, so that a warehouse built by another version is built anew when opened."""
    text = "".join([*functions(), *(name + sql for name, sql in sorted(ordered()))])
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _texts(layers: tuple[str, ...] = LAYERS) -> dict[str, str]:
    return {path.stem: path.read_text(encoding="utf-8") for layer in layers for path in sorted((FOLDER / layer).glob("*.sql"))}


def _raw(sql: str) -> list[tuple[str, str]]:
    return re.findall(r"\braw_([a-z0-9]+(?:_[a-z0-9]+)*)__([a-z0-9_]+)", sql)
