"""Where an agreement begins: from an accepted proposal, or by hand, with the price book's and the settings' defaults."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from data import metrics
from data.errors import InputError
from data.pricing import price_book as price_books
from data.pricing.price_book import PriceBook
from data.settings import Settings
from proposals import record as proposals_record
from proposals.agreement import clauses, parameters
from proposals.agreement.terms import Party, Terms, from_dict
from proposals.language import Language
from proposals.language import language as load_language

if TYPE_CHECKING:
    from data.warehouse import Warehouse


def by_hand(
    settings: Settings,
    *,
    language: str = "en",
    tier_id: str | None = None,
    client: Party | None = None,
    client_id: str | None = None,
    starts_on: date,
    book: PriceBook | None = None,
    monthly_minor: int | None = None,
    currency: str = "",
) -> Terms:
    """Terms of a tier of the price book (the settings' one unless given), or of none, for whoever the client is.

    InputError for an unknown tier.
    """
    book = book or price_books.in_use(settings)
    if tier_id is not None and tier_id not in book.tier_ids:
        raise InputError(f"The price book has no tier “{tier_id}”.", f"It has {', '.join(book.tier_ids)}.")
    tier = book.tier(tier_id) if tier_id else None
    services = book.included(tier.id) if tier else ()
    above = [book.services[key] for each in book.tiers for key in each.adds if book.services[key] not in services]
    held = tuple(service.id for service in services)
    return from_dict(
        {
            "language": language,
            "provider": _provider(settings),
            "client": vars(client or Party()),
            "tier": tier.name(language) if tier else "",
            "billed_as": tier.name() if tier else "",
            "monthly_minor": (tier.price_minor if tier else 0) if monthly_minor is None else monthly_minor,
            "currency": currency or book.currency,
            "starts_on": starts_on,
            "services": [service.name(language) for service in services],
            "not_covered": [service.name(language) for service in above if tier] + _excluded(book, language),
            "parameters": parameters.defaults(book, tier_id, settings),
            "clauses": clauses.default_order(held),
            "hours": tier.hours if tier else None,
            "has_plugins": "premium_plugins" in held,
            "client_id": client_id,
            "book": book.id,
            "service_ids": held,
        }
    )


def from_proposal(warehouse: "Warehouse", settings: Settings, proposal_id: str, *, starts_on: date) -> Terms:
    """Terms of an accepted proposal: client, language, tier, price and services as they were sent.

    InputError where that proposal is not on record as accepted.
    """
    rows = metrics.read(warehouse, "proposals")
    rows = rows[(rows["proposal_id"] == proposal_id) & (rows["state"] == "accepted")]
    if rows.empty:
        raise InputError(
            f"Proposal {proposal_id} is not accepted.", "Mark it as accepted first, or draft the agreement by hand."
        )
    row = rows.iloc[0]
    sent = next(one for one in proposals_record.revisions(warehouse, proposal_id) if one.revision == row["revision"])
    offer, contact = sent.content["offer"], sent.content["contact"]
    tier = next(each for each in offer["tiers"] if each["name"] == row["tier"])
    book = _book(offer["price_book"], settings)
    client_id = row["client_id"] if isinstance(row["client_id"], str) else None
    made = by_hand(
        settings,
        language=offer["language"],
        tier_id=tier["id"] if tier["id"] in book.tier_ids else None,
        client=Party(
            name=contact["company"] or contact["name"] or "",
            signatory=contact["name"] or "",
            email=contact["email"] or "",
        ),
        client_id=client_id,
        starts_on=starts_on,
        book=book,
    )
    held, words = tier["services"], load_language(offer["language"])
    above = [key for key in offer["services"] if key not in held]
    return from_dict(
        {
            **made.to_dict(),
            "tier": tier["name"],
            "billed_as": made.billed_as or tier["name"],
            "monthly_minor": tier["price_minor"],
            "currency": tier["currency"],
            "hours": tier["hours"],
            "services": [_volume(offer["services"][key], words) for key in held],
            "not_covered": [offer["services"][key]["name"] for key in above] + _excluded(book, offer["language"]),
            "clauses": clauses.default_order(held),
            "has_plugins": "premium_plugins" in held,
            "service_ids": held,
            "proposal_id": proposal_id,
        }
    )


def in_language(terms: Terms, language: str, settings: Settings) -> Terms:
    """The same terms in another language: tier, services and exclusions of the price book by their names there."""
    book = _book(terms.book, settings)
    names: dict[str, str] = {}
    for service in book.services.values():
        names |= {name: service.name(language) for name in service.names.values()}
    for each in book.exclusions:
        names |= {name: each.get(language, name) for name in each.values()}
    for tier in book.tiers:
        names |= {name: tier.name(language) for name in tier.names.values()}
    return from_dict(
        {
            **terms.to_dict(),
            "language": language,
            "tier": names.get(terms.tier, terms.tier),
            "services": [names.get(each, each) for each in terms.services],
            "not_covered": [names.get(each, each) for each in terms.not_covered],
        }
    )


def with_tier(terms: Terms, tier_id: str, settings: Settings) -> Terms:
    """The terms with another tier of their price book: its name, fee, services and hours; everything else as it was."""
    book = _book(terms.book, settings)
    made = by_hand(settings, language=terms.language, tier_id=tier_id, starts_on=terms.starts_on, book=book)
    names = ("tier", "billed_as", "monthly_minor", "currency", "services", "not_covered", "hours", "has_plugins", "service_ids")
    return replace(terms, **{name: getattr(made, name) for name in names})


def filled(terms: Terms, settings: Settings) -> Terms:
    """The terms with what they lack of your name and address, the law and the courts, as the settings have it by now."""
    held, provider = _provider(settings), terms.provider
    if not provider.name:
        provider = Party(**held)
    elif provider.name == held["name"] and not provider.address:
        provider = replace(provider, address=held["address"])
    places = {name: terms.parameters[name] or getattr(settings, name) for name in ("law", "court")}
    return replace(terms, provider=provider, parameters={**terms.parameters, **places})


def advice(terms: Terms) -> list[str]:
    """What the practice would have otherwise, in sentences; nothing of it hinders."""
    given, said = terms.parameters, []
    if left := terms.left_out():
        said.append(f"It leaves out what {', '.join(left)} asks an agreement to say.")
    if given["payment_way"] in ("bank_transfer", "cheque") and given["payment_every"] == "1":
        said.append("Who does not pay by card prepays 3, 6 or 12 months (F38).")
    if given["backup_days"] < 30 and dict(terms.clauses).get("backups"):
        said.append("Backups are to be kept for 30 days at least (F26).")
    return said


def _provider(settings: Settings) -> Mapping[str, str]:
    is_company = bool(settings.sender_company)
    return {
        "name": settings.sender_company or settings.sender_name,
        "address": settings.sender_address,
        "number": settings.sender_number,
        "signatory": settings.sender_name if is_company else "",
        "email": settings.sender_email,
    }


def _excluded(book: PriceBook, language: str) -> list[str]:
    return [name for each in book.exclusions if (name := each.get(language) or each.get("en"))]


def _book(book_id: str, settings: Settings) -> PriceBook:
    """The book of that id, else the settings' own: a proposal may outlive its price book."""
    books = (price_books.load(name, settings.home) for name in price_books.available(settings.home))
    return next((book for book in books if book.id == book_id), None) or price_books.in_use(settings)


def _volume(service: Mapping[str, Any], words: Language) -> str:
    per = words.phrases["per"].get(str(service["per"]))
    name = str(service["name"])
    return f"{name} ({words.number(service['quantity'])} {per})" if service["quantity"] and per else name
