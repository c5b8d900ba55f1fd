"""The services that the client asks for or whose plain remedy a stated problem is, and what is refused."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from proposals.reading.bullets import wished_lines
from proposals.reading.counts import has_count
from proposals.reading.money import amounts
from proposals.reading.names import is_caseless, is_function_word
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.refusals import refusals
from proposals.reading.somebody import is_of_somebody
from proposals.reading.statements import Statement
from proposals.reading.unreal import is_unreal

OTHER_LABELS = frozenset(
    "goals challenges objections budget payment company contact email call_date start decision excluded horizon role "
    "situation prepay other".split()
)
DOUBTS = ("objections.money", "objections.value", "objections.results")
LONGEST_TOPIC = 5  # words
SUBJECT = 4  # words before a wish that say whose it is
TOPIC_REACH = 4  # words between a piece of work and "about"
FOR = 4  # words from an amount, its period counted in, to what it is paid for
LISTED = 0.5  # share of the weighty words that name a service in a mere list


@dataclass(frozen=True, slots=True)
class Scope:
    """Word ranges in which a service named is asked for, and those in which it is refused."""

    asked: tuple[tuple[int, int], ...]
    refused: tuple[tuple[int, int], ...]

    def asks(self, match: Match) -> bool:
        """Whether the phrase stands where the client asks."""
        return _covers(self.asked, match.first) and not self.refuses(match)

    def refuses(self, match: Match) -> bool:
        """Whether the client says not to want it."""
        return _covers(self.refused, match.first)


def _covers(ranges: Sequence[tuple[int, int]], word: int) -> bool:
    at = bisect_left(ranges, (word + 1, 0))
    return any(first <= word < last for first, last in ranges[max(0, at - 12) : at])


def scope(note: Note) -> Scope:
    """Where the note asks and where it refuses."""
    asked: list[tuple[int, int]] = []
    refused: list[tuple[int, int]] = []
    was_asking = False
    for statement in note.said():
        refused += refusals(note, statement) + _answered(note, statement, False)
        ranges = _asks(note, statement, was_asking) + _answered(note, statement, True)
        was_asking = any(note.within(f"service.{service}.asks", *each) for each in ranges for service in note.book.services)
        asked += ranges
    return Scope(tuple(sorted(asked)), tuple(sorted(refused)))


def _asks(note: Note, statement: Statement, was_asking: bool) -> list[tuple[int, int]]:
    whole = [(statement.first, statement.last)]
    if statement.label in ("services", "hours"):
        return [] if statement.is_inherited and has_problem(note, statement) and not note.has("ask.cue", statement) else whole
    if statement.label == "excluded":
        return []
    if statement.label in OTHER_LABELS and not statement.is_inherited and statement.label not in ("goals",):
        return []
    if statement.speaker == "me":
        return []
    if statement.is_question and not note.has("ask.polite", statement):
        return []  # "he asks what it brings in"
    cues = [
        each for each in note.within("ask.cue", statement.first, statement.last) if not _is_of_others(note, each, statement)
    ]
    if cues:
        is_last = cues[0].last == statement.last and not _is_refused(note, cues[0], statement)
        return whole if is_last else [(cues[0].first, statement.last)]  # "hosting and speed please"
    if note.within("ask.after", statement.first, statement.last):
        return whole
    if (
        was_asking
        and statement.label is None
        and note.within("ask.more", statement.first, min(statement.last, statement.first + 3))
    ):
        return whole
    if statement.label is None and statement.line in wished_lines(note) and not _is_report(note, statement):
        return whole
    if statement.label is None and len(_named(note, statement)) >= 2 and _is_list(note, statement):
        return whole
    return []


def _is_of_others(note: Note, cue: Match, statement: Statement) -> bool:
    """Whether it is another firm that wants or offers something ("a Mumbai agency wants twelve lakh for a film")."""
    if is_of_somebody(note, cue, statement):
        return True
    return bool(note.within("budget.not.other_price", max(statement.first, cue.first - SUBJECT), cue.first))


def _answered(note: Note, statement: Statement, is_yes: bool) -> list[tuple[int, int]]:
    """The words of a short question or heading answered with a yes, or with a no ("Licences? Yes please.", "Video: no")."""
    if (
        not (statement.is_question or _is_heading(note, statement))
        or statement.last - statement.first > LONGEST_TOPIC
        or statement.last >= len(note.words)
    ):
        return []
    answer = note.statement_at(statement.last)
    if answer is None or answer.is_question:
        return []
    name = "answer.yes" if is_yes else "negation.bare"
    said = note.within(name, answer.first, min(answer.last, answer.first + 3))
    return [(statement.first, statement.last)] if said and said[0].first == answer.first else []


def _is_heading(note: Note, statement: Statement) -> bool:
    """Whether a colon follows."""
    end = note.places[statement.last - 1][2] if statement.last > statement.first else 0
    return note.text.folded[end : end + 2].lstrip()[:1] == ":"


def _named(note: Note, statement: Statement) -> set[str]:
    return {
        service for service in note.book.services if note.within(f"service.{service}.asks", statement.first, statement.last)
    }


def _is_list(note: Note, statement: Statement) -> bool:
    """Whether the statement hardly holds more than what it names ("hosting, backups and speed please")."""
    if _is_report(note, statement):
        return False
    named = {
        index
        for service in note.book.services
        for kind in ("asks", "sure", "units")
        for match in note.within(f"service.{service}.{kind}", statement.first, statement.last)
        for index in range(match.first, match.last)
    }
    counted = {index for each in note.numbers for index in range(each.first, each.last)}
    weighty = [
        index for index in range(statement.first, statement.last)
        if not is_function_word(note, note.words[index]) and index not in counted
    ]  # fmt: skip
    return sum(index in named for index in weighty) >= LISTED * len(weighty)


def _is_report(note: Note, statement: Statement) -> bool:
    """Whether the statement tells how things are rather than what is wanted."""
    return any(
        note.has(name, statement) for name in ("problems", "ask.situation", "goal.cue", "negation.bare", "sites.counted")
    ) or has_problem(note, statement)


def has_problem(note: Note, statement: Statement) -> bool:
    """Whether it states a problem that some service of the book remedies."""
    return any(note.has(f"service.{service}.problems", statement) for service in note.book.services)


def _is_refused(note: Note, cue: Match, statement: Statement) -> bool:
    """Whether the wish is denied ("nu are nevoie")."""
    refusals = note.within("ask.unwanted", statement.first, statement.last)
    return any(each.first <= cue.first < each.last for each in refusals)


def services(note: Note, where: Scope, hours: Found | None = None) -> list[Found]:
    """Every service asked for, or whose remedy a stated problem is; in the book's order. Hours of work wanted each month ask
    for the service that the book says is done by the hour (`by_the_hour`)."""
    found = []
    for service in note.book.services:
        match = _evidence(note, service, where)
        if not match and hours and note.book.services[service].signals.get("by_the_hour"):
            found.append(Found(service, hours.start, hours.end, "hours"))
        elif match:
            found.append(Found(service, *note.characters(match.first, match.last), _support(note, service, match)))
    return found


def _support(note: Note, service: str, match: Match) -> str:
    """By what the service was read: asked for, named or a problem, whether more than one phrase of the note says so, and how a
    refusal in the same sentence stands to it."""
    kind = match.name.rpartition(".")[2]
    statement = note.statement_at(match.first)
    names = ("ask.unwanted", "ask.unwanted_after", "ask.unwanted_word")
    refusals = [each for name in names for each in note.within(name, statement.first, statement.last)] if statement else []
    if kind == "problems":
        apart = [each for each in refusals if each.last < match.first or match.last < each.first]  # not "no plan" itself
        is_borne = _is_said_twice(note, service) or (statement is not None and note.has("ask.cue", statement))
        return "problem beside a refusal" if apart else "problem" if is_borne else "problem in one phrase"
    first, _ = note.clause(match.first)
    return "asked behind a refusal" if any(first <= each.first and each.last <= match.first for each in refusals) else "asked"


def _is_said_twice(note: Note, service: str) -> bool:
    """Whether more than one phrase of the note speaks of the service."""
    return sum(len(hits) for name, hits in note.hits.items() if name.startswith(f"service.{service}.")) > 1


def _evidence(note: Note, service: str, where: Scope) -> Match | None:
    for match in note.hits.get(f"service.{service}.asks", ()):
        if not where.asks(match) or _is_priced(note, match):
            continue
        if not (_yields(note, service, match) or _is_doubt(note, match) or _is_topic(note, match)):
            return match
    for kind in ("sure", "problems"):
        for match in note.hits.get(f"service.{service}.{kind}", ()):
            statement = note.statement_at(match.first)
            if statement is None or statement.label == "excluded" or statement.speaker == "me":
                continue
            if kind == "sure" and statement.label in OTHER_LABELS - {"situation"} and not statement.is_inherited:
                continue
            if kind == "sure" and (where.refuses(match) or not _is_wanted(note, statement) or _is_priced(note, match)):
                continue
            if kind == "problems" and (_is_noticed_late(note, service, statement) or _is_of_other_provider(note, statement)):
                continue
            if kind == "problems" and (statement.label == "objections" or is_unreal(note, match, statement)):
                continue
            if _yields(note, service, match) or (kind == "problems" and _is_named_so(note, match)):
                continue
            return match
    return None


def _is_wanted(note: Note, statement: Statement) -> bool:
    """Whether anything but the service's own name says that it is asked for: a heading, a wish, or a mere list."""
    if statement.label in ("services", "hours"):
        return True
    return any(note.has(name, statement) for name in ("ask.cue", "ask.after")) or _is_list(note, statement)


def _is_of_other_provider(note: Note, statement: Statement) -> bool:
    """Whether the sentence is about somebody whose price it names ("the other firm said ninety and never called back")."""
    return note.has("budget.not.other_price", statement) and has_count(note, statement.first, statement.last)


def _is_noticed_late(note: Note, service: str, statement: Statement) -> bool:
    """Whether the trouble is not the one that the service ends: another one's problem stands beside it."""
    other = note.book.services[service].signals.get("problems_yield_to")
    return bool(other) and note.has(f"service.{other}.problems", statement)


def _is_priced(note: Note, match: Match) -> bool:
    """Whether what somebody pays or asks for it stands right before it ("ninety lei a month for hosting"), and no budget."""
    statement = note.statement_at(match.first)
    if statement is None or statement.label == "services" or note.has("budget.cue", statement):
        return False
    near = range(match.first - FOR, match.first + 1)
    prices = (each for each in amounts(note) if each.currency and each.body in near)
    return any(not any(note.breaks[each.body : match.first + 1]) for each in prices)


def _yields(note: Note, service: str, match: Match) -> bool:
    """Whether the same clause speaks of a service that the book prefers ("answers at night" is no mere support)."""
    other = note.book.services[service].signals.get("yields_to")
    first, last = note.clause(match.first)
    return bool(other) and any(note.within(f"service.{other}.{kind}", first, last) for kind in ("asks", "sure", "problems"))


def _is_topic(note: Note, match: Match) -> bool:
    """Whether it is what a piece of work is to be about ("two articles a month about the upkeep of violins")."""
    led = note.ending("ask.about", match.first, 1)
    units = [f"service.{service}.units" for service in note.book.services]
    return bool(led) and any(note.within(name, max(0, led[-1].first - TOPIC_REACH), led[-1].first) for name in units)


def _is_named_so(note: Note, match: Match) -> bool:
    """Whether the one word is part of a name ("the Moulin de Kergoat")."""
    if match.last - match.first > 1 or is_caseless(note) or not note.is_capital(match.first) or match.first == 0:
        return False
    inner = note.breaks[match.first] == 0 and note.text.folded[note.places[match.first][1] - 1] == " "
    after = [index for index in (match.last, match.last + 1) if index < len(note.words) and not note.breaks[index]]
    return inner and any(note.is_capital(index) for index in after)


def _is_doubt(note: Note, match: Match) -> bool:
    """Whether the words are part of a doubt ("wants to see results first")."""
    near = (each for kind in DOUBTS for each in note.within(kind, max(0, match.first - 6), match.last + 6))
    return any(each.first <= match.first and match.last <= each.last and each.last - each.first > 1 for each in near)
