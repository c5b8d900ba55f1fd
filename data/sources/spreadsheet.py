"""Any spreadsheet of care data: its columns are mapped once by the user, and known again by their headings."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from data import clock
from data.errors import InputError
from data.sources import maintenance
from data.sources.files import Hints, ImportReport, identity
from data.sources.maintenance.layout import ENTITIES, Mapped, kinds, plain
from data.sources.maintenance.sheets import HEADING_ROWS, file_content, sheets

if TYPE_CHECKING:
    from data.sources import Report
    from data.warehouse import Warehouse

FindMapping = Callable[[Sequence[str]], Mapped | None]


def signature(headings: Sequence[str]) -> str:
    """What a table is known again by: its headings without case, accents and signs, in any order."""
    return identity(*sorted(head for heading in headings if (head := plain(str(heading)))))


def import_file(
    source: Path | bytes, filename: str, warehouse: "Warehouse | None", hints: Hints, report: "Report | None" = None
) -> ImportReport:
    """Read a spreadsheet by the columns given in `hints`, or as mapped before for these headings, and land its rows.

    A mapping that brought at least one row is remembered. Without a warehouse only the check is made. InputError where no
    mapping is known, or where it names a column or heading that is not there.
    """
    content = file_content(source) if isinstance(source, Path) else source
    mapped = mapped_by(hints) if hints.columns else None
    if mapped:
        check(mapped, headings_of(content, filename, mapped), filename)
    find = _chosen(mapped) if mapped else remembered(warehouse)
    if not mapped and not any(find(row) for row in first_rows(content, filename)):
        raise InputError(
            f"The columns of {filename} are not mapped yet.",
            "Say what its rows and columns are: --as hours --map date=Day --map hours=Time --map client=Customer.",
        )
    done = maintenance.import_file(content, filename, warehouse, find, report)
    if mapped and warehouse is not None and done.is_kept:
        remember(warehouse, headings_of(content, filename, mapped), mapped)
    return done


def mapped_by(hints: Hints) -> Mapped:
    """The user's own words as a mapping; InputError for an unknown kind of record or column."""
    if hints.entity not in ENTITIES:
        raise InputError(f"“{hints.entity}” is no kind of record.", f"Known are {', '.join(ENTITIES)}.")
    known = kinds()[hints.entity].columns
    columns = {_column(name, hints.entity): heading for name, heading in hints.columns.items()}
    given = {"site": hints.site} if hints.site and "site" in known else {}
    return Mapped(hints.entity, columns, given)


def _column(name: str, entity: str) -> str:
    known = kinds()[entity].columns
    found = next((key for key, column in known.items() if plain(name) in (plain(key), *column.headings)), None)
    if found is None:
        raise InputError(f"Records of {entity} have no column “{name}”.", f"Known are {', '.join(known)}.")
    return found


def check(mapped: Mapped, headings: Sequence[str], filename: str) -> None:
    """InputError where a heading is not in the file, or a column that every row needs is not mapped."""
    heads = {plain(heading) for heading in headings}
    absent = [heading for heading in mapped.columns.values() if plain(heading) not in heads]
    if absent:
        raise InputError(f"{filename} has no column “{absent[0]}”.", f"Its columns are {', '.join(h for h in headings if h)}.")
    kind = kinds()[mapped.entity]
    known = {*mapped.columns, *mapped.given}
    lacks = [name for name in kind.required if name not in known]
    lacks += [" or ".join(group) for group in kind.needs_one if not known & set(group)]
    if lacks:
        raise InputError(
            f"Records of {mapped.entity} need a column for {' and '.join(lacks)}.", "Map it to one of the file’s columns."
        )


def first_rows(content: bytes, filename: str) -> list[list[str]]:
    """The first rows of each sheet, one of which may be the headings."""
    found: list[list[str]] = []
    for sheet in sheets(content, filename):
        for seen, row in enumerate(sheet.rows()):
            if seen >= HEADING_ROWS:
                break
            found.append(["" if cell is None else str(cell).strip() for cell in row.cells])
    return found


def headings_of(content: bytes, filename: str, mapped: Mapped | None = None) -> list[str]:
    """The row of headings: the first that holds all that are mapped, else the first with the most cells filled."""
    rows = first_rows(content, filename)
    if mapped:
        wanted = {plain(heading) for heading in mapped.columns.values()}
        holds = [row for row in rows if wanted <= {plain(cell) for cell in row}]
        if holds:
            return holds[0]
    return max(rows, key=lambda row: sum(bool(cell) for cell in row), default=[])


def _chosen(mapped: Mapped) -> FindMapping:
    wanted = {plain(heading) for heading in mapped.columns.values()}
    return lambda headings: mapped if wanted <= {plain(heading) for heading in headings} else None


def remembered(warehouse: "Warehouse | None") -> FindMapping:
    """What finds the mapping that the user made before for given headings."""
    known: dict[str, Mapped] = {}
    if warehouse is not None:
        with warehouse.cursor() as cursor:
            rows = cursor.execute("select signature, entity, columns, given from column_mappings").fetchall()
        known = {row[0]: Mapped(row[1], json.loads(row[2]), json.loads(row[3])) for row in rows}
    return lambda headings: known.get(signature(headings))


def remember(warehouse: "Warehouse", headings: Sequence[str], mapped: Mapped) -> None:
    """Keep the mapping for these headings, in place of an earlier one. A site given for one file is not kept."""
    kept: Mapping[str, Any] = {}
    now = clock.now()
    with warehouse.transaction() as cursor:
        cursor.execute(
            "insert or replace into column_mappings values (?, ?, ?, ?, ?)",
            [signature(headings), mapped.entity, json.dumps(dict(mapped.columns)), json.dumps(kept), now],
        )
