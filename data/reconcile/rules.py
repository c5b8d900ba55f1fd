"""What other tools count otherwise: each rule is one file of rules/ that says by how much a client's MRR would differ under it.

A file is a select of spans: client_key, currency, from_at, to_at, delta_minor (theirs less ours), and a `variant` where a rule
has several forms. Its header says the rule as it goes there (`title`), as it goes here (`ours`), and the setting
that switches ours.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

FOLDER = Path(__file__).parent
FACTS = """
    with spans as ({spans}),

    ends as (
        select
            months.month,
            if(months.month = date_trunc('month', params.today), params.as_of,
                timezone('UTC', timezone(params.time_zone, (months.month + interval 1 month)::timestamp))) as end_at,
            months.month = date_trunc('month', params.today) as is_now
        from reconciled_months as months
        cross join params
        where months.month <= params.today
    )

    select
        '{name}' as rule, {variant} as variant, strftime(ends.month, '%Y-%m') as month, clients.client_id, spans.currency,
        sum(spans.delta_minor)::bigint as delta_minor
    from spans
    join ends
        on (spans.from_at < ends.end_at or (ends.is_now and spans.from_at = ends.end_at))
        and (spans.to_at is null or spans.to_at > ends.end_at or (spans.to_at = ends.end_at and not ends.is_now))
    join clients_dim as clients using (client_key)
    group by all
    having sum(spans.delta_minor) <> 0
"""
OURS = """
    select strftime(months.month, '%Y-%m') as month, clients.client_id, clients.client_name, months.currency, months.mrr_minor
    from client_months as months
    join clients_dim as clients using (client_key)
    where months.mrr_minor > 0
"""


@dataclass(frozen=True)
class Rule:
    """A rule as it goes in the other tool, as it goes in ours, and the field of Settings that switches ours, if any."""

    name: str
    title: str
    ours: str
    setting: str = ""


@dataclass(frozen=True)
class Facts:
    """What a comparison needs of the warehouse: our figures, what each rule would change, and the months that have begun.

    `ours`: month, client_id, client_name, currency, mrr_minor (above 0). `changes`: rule, variant, month, client_id, currency,
    delta_minor. `names`: client_id → name.
    """

    ours: "pandas.DataFrame"
    changes: "pandas.DataFrame"
    last_month: str
    names: Mapping[str, str]


@cache
def rules() -> Mapping[str, Rule]:
    """The rules by name, as their files say them."""
    found = {}
    for path in sorted((FOLDER / "rules").glob("*.sql")):
        header = dict(re.findall(r"^-- (title|ours|setting): (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE))
        found[path.stem] = Rule(path.stem, header["title"], header["ours"], header.get("setting", ""))
    return found


def facts(warehouse: "Warehouse", months: Iterable[str]) -> Facts:
    """Our figures and every rule's changes for these months (`2026-01`), from one state of the warehouse."""
    import pandas

    with warehouse.cursor() as cursor:
        cursor.execute("create or replace temp macro to_whole(x) as floor(x + 0.5 + 1e-7)::bigint")
        cursor.execute("create or replace temp table reconciled_months (month date)")
        cursor.executemany("insert into reconciled_months values (?)", [[f"{month}-01"] for month in sorted(set(months))])
        items = (FOLDER / "item_values.sql").read_text(encoding="utf-8")
        cursor.execute(f"create or replace temp table item_values as {items}")
        changes = [cursor.execute(_statement(name)).df() for name in rules()]
        row = cursor.execute("select strftime(today, '%Y-%m') from params").fetchone()
        ours = cursor.execute(OURS).df()
        names = dict(cursor.execute("select client_id, client_name from clients_dim").fetchall())
    return Facts(ours, pandas.concat(changes, ignore_index=True), str(row[0]) if row else "", names)


def _statement(name: str) -> str:
    spans = (FOLDER / "rules" / f"{name}.sql").read_text(encoding="utf-8")
    variant = "spans.variant" if re.search(r"\bas variant\b|, variant\)", spans) else "''"
    return FACTS.format(spans=spans, name=name, variant=variant)
