"""Troubles that no listed phrase tells: what a sentence before the wishes says is not, never or nobody's, and of what."""

from collections.abc import Callable
from functools import lru_cache

from proposals.reading.counts import numbers_between
from proposals.reading.dates import note_words
from proposals.reading.money import amounts_of
from proposals.reading.note import Note
from proposals.reading.statements import BULLET, Statement
from proposals.reading.terms import METHODS

OF_FIELDS = frozenset(
    "budget payment company contact email call_date start decision sites hours role excluded prepay goals objections "
    "services".split()
)
REFUSED_WITHIN = 5  # words from a "no" to what it refuses
SHORTEST_TOLD = 6  # words of one that tells it without any word of trouble
MONEY = 3000  # a bare number above which what is described was paid for, or sold
MANY = 30  # pieces that no wish names for a week or month
SHORTEST = 4  # words of a sentence that tells a trouble
NO_TROUBLE = (  # what is left out, who decides, that no figure was named, that all is well
    "decision.alone", "decision.others", "decision.unknown", "decision.unanswered", "sites.not", "sites.counted", "sites.gone",
    "ask.unwanted", "ask.unwanted_after", "ask.unwanted_word", "budget.unstated", "goal.not", "trouble_none",
)  # fmt: skip
OTHER = (
    "ask.cue", "ask.after", "ask.unwanted", "ask.unwanted_after", "budget.cue", "payment.cue", "start.cue", "prepay.word",
    "decision.alone", "decision.others", "decision.verbs", "objections.money", "objections.value", "objections.results",
    "goal.cue", "goal.sure", "call.cue", "roles.deciding", "sites.counted", "sites.not",
    *(f"payment.{method}" for method in METHODS),
)  # fmt: skip


def is_told_trouble(note: Note, statement: Statement, is_on_topic: Callable[[], bool]) -> bool:
    """Whether a sentence without a label, before the first wish, tells a trouble: a negation of what the services look after,
    or a word of trouble in a negated sentence or in one that speaks of nothing else."""
    if statement.label is not None or statement.last - statement.first < SHORTEST or statement.first >= first_wish(note):
        return False
    if "@" in note.text.folded[statement.start : statement.end]:
        return False  # who it is and where
    is_negated, has_word = note.has("negation.any", statement), note.has("problems", statement)
    if any(note.has(name, statement) for name in NO_TROUBLE):
        return False
    if _is_priced(note, statement) or _names_contact(note, statement) or opens_with_refusal(note, statement):
        return False
    if is_negated and not has_word and _names_money(note, statement):
        return False
    if (is_negated and (has_word or is_on_topic())) or (has_word and not _speaks_of_other(note, statement)):
        return True
    return is_described(note, statement) and is_on_topic()


def is_complaint_going_on(note: Note, statement: Statement, trouble: Statement) -> bool:
    """Whether a sentence follows a trouble in its paragraph, or its list before the wishes, and speaks of nothing else."""
    if note.before(statement) != trouble or statement.last - statement.first < SHORTEST:
        return False
    if statement.speaker == "me" or statement.is_question or statement.label in OF_FIELDS:
        return False
    is_next = statement.line == trouble.line + 1 and statement.first < first_wish(note) and _is_next_item(note, statement)
    if statement.line != trouble.line and not is_next:
        return False
    if any(note.has(name, statement) for name in (*NO_TROUBLE, *OTHER, "growth.sure")) or _names_money(note, statement):
        return False
    return not any(mark in note.text.folded[statement.start : statement.end] for mark in "@:")


def _is_next_item(note: Note, statement: Statement) -> bool:
    """Whether a bullet stands before it, and before the line above it."""
    lines = note.text.folded.split("\n")[max(0, statement.line - 1) : statement.line + 1]
    return len(lines) > 1 and all(BULLET.match(line) for line in lines)


def is_described(note: Note, statement: Statement) -> bool:
    """Whether a whole sentence after the note's first, before the wishes, describes how things are with what the services look
    after, in other words than its kind, its number or its system ("Each caption takes her an hour")."""
    if statement.first == note.statements[0].first or statement.last - statement.first < SHORTEST_TOLD:
        return False
    if not note.is_capital(statement.first) or ":" in note.text.folded[statement.start : statement.end + 1]:
        return False
    if _names_money(note, statement):
        return False
    systems = note_words(note, "trouble_none", "systems")
    if any(word in systems for word in note.words[statement.first : statement.last]) or _counts_pieces(note, statement):
        return False
    return not _speaks_of_other(note, statement)


def _names_money(note: Note, statement: Statement) -> bool:
    """Whether it names a sum ("a website in 2023, 14 grand")."""
    return any(each.currency or each.high >= MONEY for each in amounts_of(note, statement))


def _counts_pieces(note: Note, statement: Statement) -> bool:
    """Whether it says how many pieces of work ("3 posts a week"), as wishes do."""
    units = any(note.has(f"service.{service}.units", statement) for service in note.book.services)
    numbers = (each for each in numbers_between(note, statement.first, statement.last) if not each.is_article)
    return units and any(each.value < MANY for each in numbers)


def opens_with_refusal(note: Note, statement: Statement) -> bool:
    """Whether it begins with what is not wanted ("No blog, nobody reads it"), not with a lack that a service remedies."""
    opening = note.within("negation.bare", statement.first, statement.first + 2)
    if not opening or any(note.has(f"service.{service}.problems", statement) for service in note.book.services):
        return False
    reach = opening[0].last + REFUSED_WITHIN
    kinds = (f"service.{service}.{kind}" for service in note.book.services for kind in ("asks", "sure", "units"))
    return any(note.within(name, opening[0].last, min(reach, statement.last)) for name in kinds)


@lru_cache(maxsize=1)
def first_wish(note: Note) -> int:
    """The first word of the first sentence that asks for something; the end of the note where none does."""
    asks = (each.first for each in note.said() if each.label == "services" or note.has("ask.cue", each))
    return min(asks, default=len(note.words))


def _is_priced(note: Note, statement: Statement) -> bool:
    """Whether the sentence names an amount of money at a rate, which is a price or a budget."""
    return any(each.currency and each.period for each in amounts_of(note, statement))


def _names_contact(note: Note, statement: Statement) -> bool:
    """Whether the sentence opens the note and says who was spoken to, and what that person does."""
    return (
        statement.line <= 1
        and any(
            note.has(name, statement)
            for name in ("people.does", "people.calling", "people.called", "people.spoke", "roles.other")
        )
        and not note.has("negation.any", statement)
    )


def _speaks_of_other(note: Note, statement: Statement) -> bool:
    """Whether the sentence is about money, who decides, the call, a wish or a doubt."""
    folded = note.text.folded[statement.start : statement.end]
    return "@" in folded or '"' in folded or any(note.has(name, statement) for name in OTHER)
