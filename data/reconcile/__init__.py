"""Reconcile: another tool's MRR of each client and month against ours, and which rule makes each difference.

read_table → recognise (confirmed by the user) → read_statement → reconcile.
"""

from typing import TYPE_CHECKING

from data.reconcile.columns import Columns, read_amounts, recognise
from data.reconcile.comparison import Comparison, compare
from data.reconcile.matching import handles, match
from data.reconcile.rules import facts, rules
from data.reconcile.statement import Statement, read_statement
from data.reconcile.table import Table, read_table

if TYPE_CHECKING:
    from data.warehouse import Warehouse

__all__ = [
    "Columns", "Comparison", "Statement", "Table", "compare", "read_amounts", "read_statement", "read_table", "recognise",
    "reconcile", "rules",
]  # fmt: skip


def reconcile(warehouse: "Warehouse", statement: Statement) -> Comparison:
    """The statement against our figures as they stand in the warehouse."""
    matched = match(statement.rows, handles(warehouse))
    return compare(matched, facts(warehouse, set(matched["month"])))
