"""The demo's agreements: most clients have signed one; with some it waits, some never got one, some moved on since."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from data import metrics
from data.pricing import price_book as price_books
from data.settings import Settings
from data.sources.demo import agency
from proposals.agreement import document, drafting, ledger, record
from proposals.agreement.document import Change
from proposals.agreement.terms import Party, Terms, from_dict

if TYPE_CHECKING:
    from data.warehouse import Warehouse

PROVIDER = {
    "name": "Northlight Web Care",
    "address": "5 Harbour Road, Portland, Maine",
    "number": "",
    "signatory": "Ingrid Solberg",
    "email": "ingrid@northlight.example",
}
SECOND = {"en": "Fee of the present plan", "fr": "Forfait de la formule actuelle", "ro": "Prețul planului actual"}
STREETS = ("Mill Street", "Chapel Lane", "Station Road", "Market Square", "Orchard Avenue")
PERSONS = frozenset(
    "nora chidi luc jo marc ana will maya dave isla helen theo pete solene sam ruth ed lucia elena kit june lee elise iris "
    "mark paloma rachel lea".split()
)
SIGNATORIES = (
    "Alix Fontaine",
    "Robin Marsh",
    "Dominique Roy",
    "Charlie Webb",
    "Morgan Ellis",
    "Camille Benoit",
    "Jordan Reyes",
)


def seed(warehouse: "Warehouse") -> None:
    """Put them on record, unless the demo holds an agreement already."""
    with warehouse.cursor() as cursor:
        if cursor.execute("select 1 from contracts limit 1").fetchone():
            return
    rows = metrics.read(warehouse, "clients")
    paying = rows[(rows["standing"] == "paying") & ~rows["client_id"].duplicated()].sort_values("client_id")
    people = {row["name"]: row for row in agency.people()["clients"]}
    today = warehouse.today
    with warehouse.transaction() as cursor:
        if cursor.execute("select 1 from contracts limit 1").fetchone():
            return
        for place, row in enumerate(paying.to_dict("records")):
            if place % 17 != 3:
                _tell(cursor, warehouse.settings, row, people.get(row["client_name"], {}), place, today)
        ledger.tell(cursor)


def _tell(cursor: Any, settings: Settings, row: Any, person: Any, place: int, today: date) -> None:
    """One client's story: awaiting its signature, signed at another fee than is billed since, revised, or simply signed."""
    began = date.fromisoformat(row["since_on"])
    terms = _terms(settings, row, person, place, began)
    known = ledger.begin(cursor)
    if place % 17 == 7:
        sent_on = max(began, today - timedelta(days=9))
        _send(
            cursor,
            settings,
            known,
            terms,
            [Change(1, sent_on, PROVIDER["signatory"], document.texts(terms.language)["log"]["first"])],
        )
        return
    first = Change(1, began, PROVIDER["signatory"], document.texts(terms.language)["log"]["first"])
    is_revised, is_behind = place % 11 == 5 and (today - began).days > 200, place % 23 == 9
    begun = _at(terms, int(terms.monthly_minor * 0.8), terms.billed_as) if is_revised or is_behind else terms
    _send(cursor, settings, known, begun, [first])
    _sign(cursor, known, 1, terms.client.signatory, min(today, began + timedelta(days=4)))
    if is_revised:
        on = began + timedelta(days=180)
        change = Change(2, on, PROVIDER["signatory"], SECOND[terms.language])
        _send(cursor, settings, known, terms, [first, change])
        ledger.add(cursor, known, 1, "superseded", on + timedelta(days=3), {"by_revision": 2})
        _sign(cursor, known, 2, terms.client.signatory, on + timedelta(days=3))


def _terms(settings: Settings, row: Any, person: Any, place: int, began: date) -> Terms:
    book = price_books.load("wordpress_care")
    tier = next((tier.id for tier in book.tiers if tier.name() == row["tier"]), None)
    name = str(row["client_name"])
    who = Party(
        name=name,
        address=f"{3 + place * 7} {STREETS[place % len(STREETS)]}",
        signatory=_signatory(str(person.get("person", "")), place),
        email=str(row["email"]),
    )
    made = drafting.by_hand(
        settings, language=person.get("language", "en"), tier_id=tier, client=who, client_id=row["client_id"], starts_on=began,
        book=book, monthly_minor=int(row["mrr_minor"]), currency=row["currency"],
    )  # fmt: skip
    raw = made.to_dict()
    services = raw["services"] or [service.name(made.language) for service in book.included("essential")]
    given = {**raw["parameters"], "law": "Maine", "court": "Portland"}
    tier_name = raw["tier"] or row["tier"]
    return from_dict(
        {
            **raw, "provider": PROVIDER, "services": services, "parameters": given,
            "tier": tier_name, "billed_as": raw["billed_as"] or row["tier"],
        }
    )  # fmt: skip


def _signatory(mailbox: str, place: int) -> str:
    """Who signs for a client: the person whose mailbox it is; where it is that of a desk (“info”), somebody by name."""
    return mailbox.capitalize() if mailbox in PERSONS else SIGNATORIES[place % len(SIGNATORIES)]


def _at(terms: Terms, monthly_minor: int, tier: str) -> Terms:
    return from_dict({**terms.to_dict(), "monthly_minor": monthly_minor, "billed_as": tier})


def _send(cursor: Any, settings: Settings, known: str, terms: Terms, log: list[Change]) -> None:
    record.freeze(cursor, known, terms, document.compose(terms, log, home=settings.home), log[-1].on)


def _sign(cursor: Any, known: str, revision: int, by: str, on: date) -> None:
    detail = {"by": by or "The owner", "note": "Paper copy in the folder “Agreements”", "file_name": ""}
    ledger.add(cursor, known, revision, "signed", on, detail)
