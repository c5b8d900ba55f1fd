"""What is known of a client whom an agreement is drafted for: who it is, its language, and what it is billed (F4)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data import metrics
from data.errors import InputError
from data.pricing.price_book import PriceBook
from proposals.agreement.terms import Party
from proposals.language import codes

if TYPE_CHECKING:
    from data.warehouse import Warehouse


@dataclass(frozen=True)
class Known:
    """A client of the figures; `billed` holds tier, currency and MRR in minor units wherever it pays."""

    party: Party
    language: str
    billed: tuple[tuple[str, str, int], ...] = ()

    def fee(self, tier_id: str | None, book: PriceBook) -> dict[str, Any]:
        """`monthly_minor` and `currency` as it is billed for that tier, or for one that the price book does not know.

        Empty where the book's price is to stand: nothing is billed, in several currencies, or for another tier of the book.
        """
        if len(self.billed) != 1:
            return {}
        tier, currency, monthly_minor = self.billed[0]
        names = {each.name(): each.id for each in book.tiers}
        is_another = tier_id is not None and names.get(tier, tier_id) != tier_id
        return {} if is_another else {"monthly_minor": monthly_minor, "currency": currency}


def known_client(warehouse: "Warehouse", client_id: str) -> Known:
    """What the figures know of that client; InputError where there is none of that id.

    Whose language is not known is written to in that of care reports (a setting).
    """
    rows = metrics.read(warehouse, "clients")
    rows = rows[rows["client_id"] == client_id]
    if rows.empty:
        raise InputError(f"There is no client {client_id}.", "See `python -m data metrics clients`.")
    contacts = metrics.read(warehouse, "client_contacts")
    spoken = [*contacts.loc[contacts["client_id"] == client_id, "language"], warehouse.settings.report_language]
    email = rows.iloc[0]["email"]
    return Known(
        Party(name=str(rows.iloc[0]["client_name"]), email=email if isinstance(email, str) else ""),
        next((code for code in spoken if code in codes()), "en"),
        tuple(
            (str(row["tier"]), str(row["currency"]), int(row["mrr_minor"]))
            for row in rows.to_dict("records")
            if row["mrr_minor"] > 0
        ),
    )
