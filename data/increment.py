"""The incremental build: only the clients that a landing, or the time gone by, touches are built anew.

Their objects are copied into temporary tables under the names that the models read, so that the same SQL gives their rows
alone; these replace their old rows, and what is small is built anew as a whole. The outcome equals a full build in every
table; where that is in doubt, FullBuildNeeded says why. Everything happens in the caller's transaction.
"""

from datetime import datetime
from typing import Any

from data import models, params
from data.emptiness import Emptiness
from data.settings import Settings

# Beyond this share of all customers, and more than a few, one pass over everything is no slower.
MOST, FEW = 0.2, 20
# What these hold is read by each client's history.
OF_ALL = ["account", "products", "prices", "coupons"]
# Whether these stay as they are, the doubts say.
GUARDED = {f"stg_stripe__{name}" for name in ("price_payloads", "prices", "price_tiers", "products", "coupons")}
AGREED = ("stg_agreements__agreements", "agreement_spans")
OF_TOUCHED = "coalesce(customer_id, '') in (select key from touched_parties)"
# The touched customers' objects of each entity: ids, by what stands.
RAW = {
    "customers": "select key from touched_parties",
    "subscriptions": "select key from touched_subscriptions",
    "invoices": f"select invoice_id from kept.stg_stripe__invoices where {OF_TOUCHED}",
    "invoice_items": f"select invoice_item_id from kept.stg_stripe__invoice_items where {OF_TOUCHED}",
    "invoice_payments": "select key from touched_payments",
    "charges": f"select charge_id from kept.stg_stripe__charges where {OF_TOUCHED}",
    "payment_methods": f"select payment_method_id from kept.stg_stripe__cards where {OF_TOUCHED}",
    "subscription_schedules": f"select schedule_id from kept.stg_stripe__scheduled_items where {OF_TOUCHED}",
    "events": f"select event_id from kept.stg_stripe__events where {OF_TOUCHED}",
}
VERSIONS = """
    select * from kept.raw_versions where source = 'stripe' and (entity, id) in (
        select ('customers', key) from touched_parties union all select ('subscriptions', key) from touched_subscriptions
    )
"""
PAYMENTS = f"""
    select invoice_payment_id from stg_stripe__invoice_payments
    where invoice_id in (select invoice_id from stg_stripe__invoices where {OF_TOUCHED})
"""
CLIENTS = """
    select client_key as key from kept.clients_dim where client_id in (select key from touched_parties)
    union select client_key from clients_dim
"""
# The touched keys that each column of `per client` is held against.
KEYS = {
    "subscription_id": "touched_subscriptions",
    "discount_id": "touched_discounts",
    "invoice_payment_id": "touched_payments",
    "client_key": "touched_clients",
}


class FullBuildNeeded(Exception):
    """The touched clients can't be rebuilt alone; says why."""


def apply(cursor: Any, settings: Settings, at: datetime) -> None:
    """Bring every model to what a full build as of `at` (naive, UTC) would give; on FullBuildNeeded, roll back."""
    catalog = str(cursor.execute("select current_database()").fetchone()[0]).replace('"', '""')
    _Increment(cursor, f'"{catalog}".main.').apply(settings, at)


class _Increment:
    def __init__(self, cursor: Any, kept: str) -> None:
        self.cursor = cursor
        self.kept = kept
        self.temporary: dict[str, str] = {}
        self.emptiness = Emptiness(cursor)

    def apply(self, settings: Settings, at: datetime) -> None:
        self._refuse_what_is_of_all()
        before = self._rules()
        params.write(self.cursor, settings, at, "table")
        _compare(before, self._rules())
        self._find_parties(before[0], at)
        self._copy_raw()
        for name, sql in models.ordered():
            if name in models.per_client() and not self.emptiness.leaves(name) and models.kept_as(name) != "view":
                self._temp(name, sql, "view" if models.kept_as(name) == "step" else "table")
        self._find_keys()
        self._refuse_doubts()
        self._merge()
        for name, kind in reversed(self.temporary.items()):
            self.cursor.execute(f"drop {kind} temp.{name}")
        self._build_small()

    def _refuse_what_is_of_all(self) -> None:
        found = self._rows(
            "select entity from raw_touched where source = 'stripe' and (id is null and entity <> '' or entity in $all)",
            {"all": OF_ALL},
        )
        if found:
            raise FullBuildNeeded(f"{found[0][0]} changed")

    def _rules(self) -> tuple[Any, ...]:
        """From where and by which rules the models see: as_of, month, settings and claims of the price book."""
        (row,) = self._rows("select as_of, date_trunc('month', today), (time_zone, grace_days, once_coupons) from params")
        return (*row, self._rows("from tier_claims order by all"))

    def _find_parties(self, before: datetime, after: datetime) -> None:
        """Fill touched_parties: customers and agreements' clients that changed, with those linked to them."""
        self._temp("touched_parties", models.touched("owners"))
        self.cursor.execute(f"insert into touched_parties {models.touched('in_time')}", {"before": before, "after": after})
        for name in AGREED:
            self._temp("known", f"from {name}")
            self._build(name)
            for one, other in (("known", name), (name, "known")):
                self.cursor.execute(f"insert into touched_parties select client_id from (from {one} except all from {other})")
            self.cursor.execute("drop table temp.known")
            del self.temporary["known"]
        self._temp("touched_anew", models.touched("linked"))
        self.cursor.execute("delete from touched_parties")
        self.cursor.execute("insert into touched_parties from touched_anew")
        ((touched, customers),) = self._rows(
            "select (select count(*) from touched_parties), (select count(*) from stg_stripe__customers)"
        )
        if touched > max(FEW, MOST * customers):
            raise FullBuildNeeded(f"{touched} of {customers} customers are touched")

    def _copy_raw(self) -> None:
        """Put the touched customers' objects into temporary tables, which hide everybody's from the models."""
        self._temp("touched_subscriptions", f"{models.touched('subscriptions')} union {_landed('subscriptions')}")
        self._temp("touched_discounts", models.touched("discounts"))
        self._temp(
            "touched_payments", f"select invoice_payment_id as key from ({PAYMENTS}) union {_landed('invoice_payments')}"
        )
        for entity, ids in RAW.items():
            raw = f"raw_stripe__{entity}"
            self._temp(raw, f"select * from kept.{raw} where id in ({ids} union {_landed(entity)})")
        self._temp("raw_versions", VERSIONS)
        for name in AGREED:
            self._temp(name, f"select * from kept.{name} where client_id in (select key from touched_parties)")

    def _find_keys(self) -> None:
        """What the touched customers have now, beside what they had."""
        for name in ("subscriptions", "discounts"):
            self.cursor.execute(f"insert into touched_{name} {models.touched(name)}")
        self._temp("touched_clients", CLIENTS)
        self._temp("touched_price_payloads", models.select("stg_stripe__price_payloads"))

    def _refuse_doubts(self) -> None:
        for name in ("doubts", "price_doubts"):
            found = self._rows(self._named(f"{models.touched(name)} limit 1"))
            if found:
                raise FullBuildNeeded(found[0][0])

    def _merge(self) -> None:
        """Let the new rows of the touched customers take the place of the old ones."""
        for name, column in models.per_client().items():
            if column == models.SHARED or models.kept_as(name) != "table" or name not in self.temporary:
                continue
            keys = KEYS.get(column)
            touched = f"{column} in (select key from {keys})" if keys else OF_TOUCHED.replace("customer_id", column)
            self.cursor.execute(f"delete from {self.kept}{name} where {touched}")
            self.cursor.execute(f"insert into {self.kept}{name} select * from temp.{name} where {touched}")

    def _build_small(self) -> None:
        """Make anew, as a whole, what has no rows of one client each; in staging only what was landed."""
        landed = set(self._rows("select distinct source, entity from raw_touched"))
        staging = {name for name, _ in models.ordered(("staging",))}
        emptiness = Emptiness(self.cursor)
        for name, _ in models.ordered():
            is_small = models.per_client().get(name, models.SHARED) == models.SHARED and models.kept_as(name) == "table"
            if not is_small or name in {*GUARDED, *AGREED}:
                continue
            if emptiness.leaves(name):
                continue
            if name not in staging or models.raw_inputs(name) & landed:
                emptiness.note(name, self._build(name))

    def _build(self, name: str) -> int:
        return int(self.cursor.execute(f"create or replace table {name} as {models.select(name)}").fetchone()[0])

    def _temp(self, name: str, sql: str, kind: str = "table") -> None:
        made = self.cursor.execute(f"create temp {kind} {name} as {self._named(sql)}")
        self.emptiness.note(name, made.fetchone()[0] if kind == "table" else None)
        self.temporary[name] = kind

    def _named(self, sql: str) -> str:
        return sql.replace("kept.", self.kept)

    def _rows(self, sql: str, values: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self.cursor.execute(sql, values or {}).fetchall()
        return rows


def _compare(before: tuple[Any, ...], after: tuple[Any, ...]) -> None:
    if after[0] < before[0]:
        raise FullBuildNeeded("seen from an earlier instant")
    if after[1] != before[1]:
        raise FullBuildNeeded("another month has begun")
    if after[2:] != before[2:]:
        raise FullBuildNeeded("the rules or the price book changed")


def _landed(entity: str) -> str:
    return f"select id from raw_touched where source = 'stripe' and entity = '{entity}'"
