"""To whom e-mails to clients go, and what was done for each of late, from the warehouse."""

from datetime import date
from typing import TYPE_CHECKING, Any

from data import metrics
from proposals.price_change import Addressee

if TYPE_CHECKING:
    import pandas

    from data.warehouse import Warehouse

MONTHS = 12
COUNTED = {
    "updates_made": "updates_done",
    "backups_made": "backups_done",
    "incidents_handled": "incidents",
    "hours_worked": "hours",
}


def addressees(warehouse: "Warehouse") -> dict[str, Addressee]:
    """Every client's addressee by its id, with what was done in the last twelve full months and since.

    Whose language is not known is written to in that of care reports (a setting).
    """
    today = warehouse.as_of.date()
    index = today.year * 12 + today.month - 1 - MONTHS
    care = metrics.read(warehouse, "care_months", start=date(index // 12, index % 12 + 1, 1))
    work, usual = _work(care), warehouse.settings.report_language
    return {
        str(row["client_id"]): Addressee(
            _text(row["contact_name"]),
            _text(row["email"]),
            _text(row["language"]) or usual,
            work.get(str(row["client_id"]), {}),
        )
        for row in metrics.read(warehouse, "client_contacts").to_dict("records")
    }


def _work(care: "pandas.DataFrame") -> dict[str, dict[str, float]]:
    if care.empty:
        return {}
    sums = care.groupby("client_id")[list(COUNTED.values())].sum()
    # Backups of which only those still kept are known can't be counted over a year.
    partly = set(care.loc[care["is_backups_floor"].fillna(False).astype(bool), "client_id"].dropna())
    return {
        str(client): {
            name: 0.0 if name == "backups_made" and client in partly else float(round(float(row[column])))
            for name, column in COUNTED.items()
        }
        for client, row in sums.iterrows()
    }


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
