"""Aims that a number tells: how many of what sells, by when or how often, where no listed phrase says that it is an aim."""

from proposals.reading.counts import counts_people_or_sales, has_count, numbers_between
from proposals.reading.money import Amount, amounts_of
from proposals.reading.note import Note
from proposals.reading.statements import Statement
from proposals.reading.wishes import has_problem

LENGTHS = ("months", "years", "quarters", "half_years")
OF_OTHERS = (  # sentences about the money, the call, the start, who decides, and what is not wanted
    "goal.not", "growth.denied", "budget.cue", "payment.cue", "prepay.months", "prepay.quarters", "objections.money",
    "start.cue", "decision.others", "call.cue", "sites.counted", "sites.not",
)  # fmt: skip
PERIODS = ("day", "week", "month", "year")


def is_counted_aim(note: Note, statement: Statement) -> bool:
    """Whether a sentence without a price, a problem or a piece of the services' work names a number to be reached.

    It does where it counts people or sales and says "aim"; where it names what grows, a number, and how often or by when;
    and where a number stands beside both a rate and a length of time, or a wish names two numbers at a rate.
    """
    if statement.label not in (None, "goals") or not has_count(note, statement.first, statement.last):
        return False
    if any(each.currency for each in amounts_of(note, statement)):
        return False
    has = lambda *names: any(note.has(name, statement) for name in names)  # noqa: E731
    if has(*OF_OTHERS) or any(_is_bare_rate(note, each) for each in amounts_of(note, statement)):
        return False
    if is_fall(note, statement) or (has("goal.fall") and not has("goal.cue", "goal.sure", "ask.cue")):
        return False
    is_timed = has("goal.by", *(f"horizon.{unit}" for unit in LENGTHS))
    is_rate = has(*(f"periods.{period}" for period in PERIODS))
    grows, aims = has("growth.nouns", "growth.sure", "growth.rise"), has("goal.cue", "goal.sure")
    counts = counts_people_or_sales(note, statement.first, statement.last)
    numbers = sum(not each.is_article for each in numbers_between(note, statement.first, statement.last))
    is_aim = (
        (counts and aims)
        or (grows and (is_timed or (is_rate and counts)))
        or (is_timed and is_rate)
        or (has("ask.cue") and is_rate and numbers > 1)
    )
    return is_aim and not (has_problem(note, statement) or _is_of_work(note, statement))


def is_fall(note: Note, statement: Statement) -> bool:
    """Whether a number goes down to another, and nothing says that this is the aim ("from 12 orders a month to 5")."""
    told = [each.value for each in numbers_between(note, statement.first, statement.last) if not each.is_article]
    falls = len(told) > 1 and note.has("growth.shift", statement) and told[1] < told[0]
    return falls and not any(note.has(name, statement) for name in ("goal.cue", "goal.sure", "growth.rise"))


def names_several(note: Note, statement: Statement) -> bool:
    """Whether it names two services of the book or more, as a list of wishes does."""
    return sum(note.has(f"service.{service}.asks", statement) for service in note.book.services) > 1


def _is_bare_rate(note: Note, amount: Amount) -> bool:
    """Whether a period stands right behind the number: money without its sign ("500 / mois"), not a count of anything."""
    periods = (f"periods.{period}" for period in PERIODS)
    return amount.currency is None and any(note.beginning(name, amount.body, 0) for name in periods)


def _is_of_work(note: Note, statement: Statement) -> bool:
    """Whether it names a service of the book, or pieces of its work."""
    return any(
        note.has(f"service.{each}.{kind}", statement) for each in note.book.services for kind in ("asks", "sure", "units")
    )
