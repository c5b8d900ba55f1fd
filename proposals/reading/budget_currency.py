"""The budget's currency where its amount bears none, or but "dollars": said behind it, beside it, or the note's only one."""

from proposals.reading.budget_candidates import Candidate
from proposals.reading.countries import currency_of
from proposals.reading.money import NATIONS, SHARED, SIGNS, amounts, currency_at
from proposals.reading.note import Note

SHORT = 2  # letters of a word that is money only beside a number ("FR" may be French)
BEFORE = 6  # words before an amount that can name its currency
DOLLARS = frozenset(("USD", "CAD", "AUD", "NZD"))


def of_nation(note: Note, candidate: Candidate) -> str | None:
    """Whose dollars they are, where that is said behind the period or before it ("in US dollars: 900 a month")."""
    if candidate.amount.currency not in DOLLARS:
        return None
    for index in range(max(0, candidate.amount.first - BEFORE), candidate.amount.first):
        if note.words[index] in NATIONS and currency_at(note, index + 1) == "dollar":
            return NATIONS[note.words[index]]
    words = note.words[candidate.amount.last : min(candidate.statement.last, candidate.amount.last + 2)]
    return next((NATIONS[word] for word in words if len(word) > 3 and word in NATIONS), None)


def said_beside(note: Note, candidate: Candidate) -> str | None:
    """The currency named elsewhere in the same statement ("3k a month, could reach 3.4k, pounds")."""
    for index in range(candidate.statement.label_first, candidate.statement.last):
        code = currency_at(note, index)
        if code and not note.ending("money.not_in", index, 0):
            return currency_of(code, note) if code in SHARED else code
    line = note.text.folded.rfind("\n", 0, candidate.amount.start) + 1
    sign = next((SIGNS[each] for each in note.text.folded[line : candidate.amount.start] if each in SIGNS), None)
    return currency_of(sign, note) if sign in SHARED else sign  # "€€: 1.5k a month"


def only_currency(note: Note) -> str | None:
    """The currency of the note, where it names but one."""
    named = {each.currency for each in amounts(note) if each.currency}
    worded = {code for index, word in enumerate(note.words) if len(word) > SHORT and (code := currency_at(note, index))}
    named |= {str(currency_of(code, note)) if code in SHARED else code for code in worded}
    return named.pop() if len(named) == 1 else None
