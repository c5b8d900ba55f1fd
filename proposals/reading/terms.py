"""How it is paid, how much work is wanted, and how many sites it is for."""

import re
from dataclasses import replace

from proposals.reading.counts import numbers_between
from proposals.reading.money import SIGNS
from proposals.reading.note import Found, Note
from proposals.reading.phrases import Match
from proposals.reading.statements import Statement

CLEAR = 0.3  # how much better one count of sites must be told than another
PER_MONTH = {"hours.minutes": 60, "hours.quarterly": 3}
HOURS_AND_MINUTES = re.compile(r"(?<![\d:])\d{1,2} ?h ?([0-5]\d)(?!\d)")  # "1 h 30", "1h30"
METHODS = ("card", "bank_transfer", "cheque", "direct_debit")
HALF_A_YEAR = 6
SYSTEM = 2  # words behind "sites" in which the system is named ("deux sites sous WordPress")
BESIDE = 5  # words on either side of a number of hours that say whose they are
MOST_PREPAID = 36
LENGTHS = {"month": 1, "quarter": 3, "year": 12}
MONTHS = {"prepay.months": 1, "prepay.quarters": 3, "prepay.years": 12, "prepay.half_years": HALF_A_YEAR}


def payment_method(note: Note) -> Found | None:
    """card, bank_transfer, cheque or direct_debit: the agreed or preferred one."""
    found: list[tuple[float, int, str, Match]] = []
    for method in METHODS:
        for match in note.hits.get(f"payment.{method}", ()):
            statement = note.statement_at(match.first)
            if statement is None or statement.label in ("contact", "company"):
                continue
            first, last = note.clause(match.first)
            score = 3.0 if statement.label == "payment" else 1.0
            score += 1.5 * bool(
                note.within("payment.cue", max(statement.label_first, first - 6), min(statement.last, last + 3))
            )
            score += 1.5 * bool(note.within("payment.preferred", first, last))
            score += 0.1 * (match.last - match.first)
            if note.within("payment.not", max(statement.first, first, match.first - 5), match.first) or _is_ruled_out(
                note, match, statement
            ):
                score -= 6
            if note.has("payment.shop", statement):
                score -= 3
            if statement.is_question or statement.speaker == "me":
                score += 1 if statement.is_question and _is_agreed(note, statement) else -1
            found.append((score, -match.first, method, match))
    found = [each for each in found if each[0] >= 1]
    if not found:
        return None
    found.sort(key=lambda each: (-each[0], -each[1]))
    top = found[0]
    if any(other[2] != top[2] and other[0] > top[0] - 0.5 for other in found) and not _is_choice(note, found):
        return None
    return Found(top[2], *note.characters(top[3].first, top[3].last))


def _is_ruled_out(note: Note, match: Match, statement: Statement) -> bool:
    """Whether a refusal follows, and not of another method ("direct debit, not the card")."""
    after = note.within("payment.not_after", match.last, min(statement.last, match.last + 5))
    return any(not _is_of_next(note, each) for each in after)


def _is_of_next(note: Note, refusal: Match) -> bool:
    """Whether the refusal leads straight on to another method."""
    others = [each for method in METHODS for each in note.beginning(f"payment.{method}", refusal.last, 1)]
    is_bare = bool(note.within("negation.bare", refusal.first, refusal.last))
    return is_bare and any(not any(note.breaks[refusal.last : each.first + 1]) for each in others)


def _is_agreed(note: Note, question: Statement) -> bool:
    """Whether the other side answers the question with a yes."""
    answer = note.statement_at(question.last) if question.last < len(note.words) else None
    return (
        question.speaker == "me"
        and answer is not None
        and answer.speaker != "me"
        and bool(note.within("answer.yes", answer.first, min(answer.last, answer.first + 3)))
        and not note.within("payment.not", answer.first, answer.last)
    )


def _is_choice(note: Note, found: list[tuple[float, int, str, Match]]) -> bool:
    """ "Bank transfer via direct debit" and the like: one lies within or right beside the other, the longer phrase counts."""
    first, second = found[0][3], found[1][3]
    return first.first <= second.first and second.last <= first.last


def prepay_months(note: Note) -> Found | None:
    """Months that the client offers or agrees to pay in advance; of two ways to read the same words the longer one."""
    found: list[tuple[int, int, Match]] = []
    for name, factor in MONTHS.items():
        for match in note.hits.get(name, ()):
            statement = note.statement_at(match.first)
            if statement is None or statement.speaker == "me" or statement.label in ("challenges", "excluded"):
                continue
            if statement.label == "objections" and not note.has("prepay.offered", statement):
                continue
            first, last = max(statement.label_first, match.first - 8), min(statement.last, match.last + 6)
            if statement.is_question and not _is_answered_yes(note, statement):
                continue
            refused = [each for each in note.within("prepay.not", first, last) if not _is_yes(note, each)]
            if refused or not note.within("prepay.word", first, last):
                continue
            halves = note.within("prepay.half", max(0, match.first - 2), match.last + 1)
            months = HALF_A_YEAR if factor == LENGTHS["year"] and halves else factor
            numbers = [number for index in range(match.first, match.last) if (number := note.number_at(index))]
            if numbers and note.text.folded[numbers[0].end : numbers[0].end + 2].strip()[:1] in SIGNS:
                continue  # "pays 22€ a month"
            value = (numbers[0].value if numbers and months != HALF_A_YEAR else 1) * months
            if 1 <= value <= MOST_PREPAID and value == int(value):
                found.append((match.last - match.first, int(value), match))
    if not found:
        return _prepaid_field(note)
    _, value, match = max(found, key=lambda each: each[0])
    if any(other != value and (match.last <= m.first or m.last <= match.first) for _, other, m in found):
        return None
    return Found(value, *note.characters(match.first, match.last))


def _is_answered_yes(note: Note, question: Statement) -> bool:
    """Whether the sentence after a question begins with a yes."""
    answer = note.statement_at(question.last) if question.last < len(note.words) else None
    if answer is None:
        return False
    said = note.within("answer.yes", answer.first, min(answer.last, answer.first + 3))
    return bool(said) and not note.within("prepay.not", answer.first, min(answer.last, answer.first + 2))


def _is_yes(note: Note, refusal: Match) -> bool:
    """Whether the small word is part of a yes ("no problem")."""
    yes = note.within("answer.yes", max(0, refusal.first - 3), refusal.last + 3)
    return any(each.first <= refusal.first and refusal.last <= each.last and each.last - each.first > 1 for each in yes)


def _prepaid_field(note: Note) -> Found | None:
    """The length that a form's own field names ("Upfront: 3 months")."""
    for statement in note.said():
        if statement.label != "prepay" or statement.is_inherited or note.has("prepay.not", statement):
            continue
        for number in numbers_between(note, statement.first, statement.last):
            if number.value != int(number.value):
                continue
            for period, factor in LENGTHS.items():
                if note.beginning(f"periods.{period}", number.last, 0) and 1 <= number.value * factor <= MOST_PREPAID:
                    last = note.beginning(f"periods.{period}", number.last, 0)[0].last
                    return Found(int(number.value * factor), *note.characters(number.first, last))
    return None


def hours(note: Note) -> Found | None:
    """Hours of work wanted each month; the client's own, outages and response times are none."""
    best: tuple[float, float, int, int] | None = None
    for match in [match for name in ("monthly", "minutes", "quarterly") for match in note.hits.get(f"hours.{name}", ())]:
        statement = note.statement_at(match.first)
        number = next((number for index in range(match.first, match.last) if (number := note.number_at(index))), None)
        if statement is None or number is None or not 0 < number.value <= 200:
            continue
        first, last = note.clause(match.first)
        first, last = max(first, statement.first, match.first - BESIDE), min(statement.last, max(last, match.last))
        near = note.within("hours.not", first, min(last, match.last + BESIDE))
        if near:
            continue
        score = 2.0 * (statement.label in ("hours", "services")) + 1.0 - 0.5 * (statement.speaker == "me")
        if statement.label == "challenges" and not note.has("ask.cue", statement):
            continue
        if best is None or score > best[0]:
            value = (number.value + _half_more(note, match)) / PER_MONTH.get(match.name, 1)
            best = (score, value, match.first, match.last)
    for statement in note.said():
        if statement.label == "hours" and best is None:
            number = next(iter(numbers_between(note, statement.first, statement.last)), None)
            if number and 0 < number.value <= 200 and not note.has("hours.not", statement):
                best = (1, number.value, number.first, number.last)
    if best is None:
        return None
    value = int(best[1]) if best[1] == int(best[1]) else best[1]
    return Found(value, *note.characters(best[2], best[3]))


def _half_more(note: Note, match: Match) -> float:
    """What follows the hours: a half ("an hour and a half a month"), or minutes ("1 h 30")."""
    within = note.within("hours.and_half", max(0, match.first - 4), match.last)
    if within or note.beginning("hours.and_half", match.last, 0):
        return 0.5
    found = HOURS_AND_MINUTES.search(note.text.folded, *note.characters(match.first, match.last))
    return int(found[1]) / 60 if found else 0.0


def sites(note: Note) -> Found | None:
    """Websites to be looked after."""
    found = _sites(note)
    statement = note.statement_at(note.word_index(found.start)) if found else None
    kept = [each.signals for each in note.book.services.values() if each.signals]
    is_of_posts = bool(kept) and not any(each.get("counts_sites") for each in kept)
    is_beside = is_of_posts and not (statement is not None and statement.label in ("sites", "services"))
    return replace(found, support="beside posts") if found and is_beside else found


def _sites(note: Note) -> Found | None:
    ours = _ours(note)
    if ours:
        return ours
    counted: list[tuple[float, int, int, int]] = []
    doubtful: set[int] = set()
    for match in note.hits.get("sites.counted", ()):
        statement = note.statement_at(match.first)
        held = [number for index in range(match.first, match.last) if (number := note.number_at(index))]
        number = held[-1 if "wordpress" in note.words[match.first : match.last] else 0] if held else None
        if statement is None or number is None or not 1 <= number.value <= 200 or number.value != int(number.value):
            continue
        named = "wordpress" in note.words[match.first : match.last + SYSTEM]
        if (_is_out(note, match, statement) and not (named and number.value > 1)) or note.within(
            "sites.part", match.first, match.last
        ):
            continue
        if number.value == 1 and note.beginning("sites.each", match.last):
            continue  # "one WordPress site per clinic, so four"
        score = 2.0 + (statement.label == "sites") - 0.5 * number.is_article + 0.5 * note.has("ask.cue", statement)
        score += 0.7 * ("wordpress" in note.words[match.first : match.last])
        if (
            number.value > 1
            and "wordpress" not in note.words[match.first : match.last + SYSTEM]
            and _leaves_some_out(note, match, statement)
        ):
            doubtful.add(int(number.value))
        counted.append((score, int(number.value), match.first, match.last))
    for statement in note.said():
        if statement.label == "sites" and not statement.is_inherited:
            said = [each for each in note.numbers if statement.label_first <= each.first <= statement.first + 2]
            said = [each for each in said if not note.beginning("sites.addresses_only", each.last, 0)]
            number = next((each for each in said if not each.is_article or len(said) == 1), None)
            following = note.statement_at(statement.last) if statement.last < len(note.words) else None
            last = following.last if following is not None and following.line == statement.line else statement.last
            if number and number.value > 1 and note.within("sites.gone", number.last, last):
                doubtful.add(int(number.value))
            if number and number.value == int(number.value) and 1 <= number.value <= 200 and number.last <= statement.last:
                counted.append((4.0, int(number.value), number.first, number.last))
    if counted:
        best = max(counted, key=lambda each: (each[0], each[1]))
        if best[1] in doubtful or any(each[1] != best[1] and each[0] > best[0] - CLEAR for each in counted):
            return None
        return Found(best[1], *note.characters(best[2], best[3]))
    kept = [each.signals for each in note.book.services.values() if each.signals]
    if (kept and not any(each.get("counts_sites") for each in kept)) or note.hits.get("sites.many"):
        return None
    for match in note.hits.get("sites.single", ()):
        statement = note.statement_at(match.first)
        if statement is not None and (note.has("sites.both", statement) or note.beginning("sites.each", match.last)):
            return None
        if statement is not None and (_is_shop_beside_site(note, statement) or _counts_more(note, match, statement)):
            return None
        if note.within("money.each", match.first - 1, match.last):
            continue  # "per site" does not say how many
        if statement is not None and not _is_out(note, match, statement):
            return Found(1, *note.characters(match.first, match.last))
    return None


def _is_shop_beside_site(note: Note, statement: Statement) -> bool:
    """Whether the sentence speaks of a shop and of a site besides, which may be one or two."""
    shops = note.within("sites.shop", statement.first, statement.last)
    single = note.within("sites.single", statement.first, statement.last)
    return bool(shops) and any(all(each.last <= shop.first or shop.last <= each.first for shop in shops) for each in single)


def _counts_more(note: Note, match: Match, statement: Statement) -> bool:
    """Whether a bare number of several follows ("the firm's site plus the one for bookings, so two")."""
    later = [each for each in note.numbers if match.last <= each.first and each.last <= statement.last and not each.is_article]
    ends = lambda index: index >= len(note.words) or note.breaks[index] > 0  # noqa: E731
    return any(2 <= each.value <= 20 and ends(each.last) and each.is_word for each in later)


def _ours(note: Note) -> Found | None:
    """The number said to be in scope ("so the other three for us"), or two where both are."""
    for name in ("sites.ours", "sites.pair"):
        for match in note.hits.get(name, ()):
            held = next((number for index in range(match.first, match.last) if (number := note.number_at(index))), None)
            value = held.value if held else 2 if name == "sites.pair" else 0
            if value == int(value) and 1 <= value <= 200 and not (held and held.is_article and name == "sites.ours"):
                return Found(int(value), *note.characters(match.first, match.last))
    return None


def _leaves_some_out(note: Note, match: Match, statement: Statement) -> bool:
    """Whether the same or the next sentence takes some of the counted sites out again."""
    following = note.statement_at(statement.last)
    last = following.last if following is not None else statement.last
    return bool(note.within("sites.not", match.last, last))


def _is_out(note: Note, match: Match, statement: Statement) -> bool:
    first, last = max(statement.first, match.first - 5), min(statement.last, match.last + 7)
    if "wordpress" in note.words[match.first : match.last]:
        last = min(last, max(note.clause(match.last - 1)[1], match.last))
    return bool(note.within("sites.not", first, last))
