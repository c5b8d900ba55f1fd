"""The files of a drafted proposal: the e-mail in three forms and `proposal.json`, which says what it stands on."""

import hashlib
import json
from pathlib import Path
from typing import Any

from data.pricing.price_book import PriceBook
from proposals import folder as folder_files
from proposals.email import Email
from proposals.offer import Offer

NAMES = ("email.eml", "email.txt", "email.html", "proposal.json")


def record(offer: Offer, email: Email, notes: str) -> dict[str, Any]:
    """The proposal as plain data: tiers with services and prices, the recommended one, reasons, facts with quotes, hashes."""
    facts = offer.brief.as_prediction()
    return {
        "version": 1,
        "language": email.language,
        "register": email.register,
        "subject": email.subject,
        **offer.to_dict(email.language),
        "notes_language": facts["language"],
        "facts": facts["facts"],
        "missing": facts["missing"],
        "sha256": {
            "notes": _sha(notes.encode()),
            "price_book": _sha(_priced(offer.book)),
            "email.eml": _sha(email.eml),
            "email.txt": _sha(email.text.encode()),
            "email.html": _sha(email.html.encode()),
        },
    }


def write(folder: Path, offer: Offer, email: Email, notes: str) -> list[Path]:
    """Write the four files into a folder (made if need be) and return their paths.

    None is ever half-written. Raises InputError where the folder can't be written.
    """
    content = {
        "email.eml": email.eml,
        "email.txt": email.text.encode(),
        "email.html": email.html.encode(),
        "proposal.json": (json.dumps(record(offer, email, notes), ensure_ascii=False, indent=2) + "\n").encode(),
    }
    return folder_files.write(folder, content)


def _priced(book: PriceBook) -> bytes:
    """What a price book offers and at which prices, as bytes; the words by which notes are read are left out."""
    services = {key: [dict(service.names), dict(service.benefits)] for key, service in book.services.items()}
    tiers = [[tier.id, dict(tier.names), tier.price_minor, list(tier.adds), tier.hours] for tier in book.tiers]
    return json.dumps([book.id, book.currency, book.floor_minor, tiers, services], sort_keys=True).encode()


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
