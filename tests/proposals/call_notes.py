"""The call notes of call_notes.toml with the briefs that a careful reader takes from them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.pricing import price_book as price_books
from proposals.brief import Brief
from proposals.offer import Offer, offer


@dataclass(frozen=True)
class CallNote:
    """One note, its brief, and the price book that it is about."""

    id: str
    text: str
    brief: Brief
    book: str

    def offer(self, **options: Any) -> Offer:
        return offer(self.brief, price_books.load(self.book), **options)


def _fact(text: str, value: Any, quote: str) -> dict[str, Any]:
    start = text.index(quote)
    return {"value": quote if value == "" else value, "quote": quote, "start": start, "end": start + len(quote)}


def _note(raw: dict[str, Any]) -> CallNote:
    single = {field: _fact(raw["text"], *pair) for field, pair in raw.get("facts", {}).items()}
    lists = {field: [_fact(raw["text"], *pair) for pair in pairs] for field, pairs in raw.get("lists", {}).items()}
    brief = Brief.from_dict({"language": raw["language"], "book": raw["book"], **single, **lists})
    return CallNote(raw["id"], raw["text"], brief, raw["book"])


CALL_NOTES = {
    raw["id"]: _note(raw) for raw in tomllib.loads((Path(__file__).parent / "call_notes.toml").read_text("utf-8"))["note"]
}
