"""Lines, sentences and labels: which words belong together, and under which heading or after which speaker they stand."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from proposals.reading.signs import sign_of
from proposals.reading.spelling import is_hasty
from proposals.reading.text import Text

END = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|;|\.(?=[A-ZÀ-Ý])")
BULLET = re.compile(r"[ \t]*(?:[-*•·◦▪●→>+✓✔☐]|\d{1,2}[.)](?=\s)|[a-z]\)|o(?=\s{1,3}\S)|\[[ x]\])+[ \t]*")
DAY = r"(?:(?:20\d\d-)?\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?,?[ \t]+)?"
CLOCK = rf"{DAY}\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?: ?[ap]m)?(?:, ?\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})?"  # as chats print it
STAMP = re.compile(rf"[ \t\[(]*{CLOCK}[\])]*[ \t-]*")
LABEL = re.compile(
    r"[\W_]{0,6}([^\W\d_][^:=|\t\n;!]{0,60}?)[*_\"]{0,3}\s{0,3}(?:\([^)\n]{0,40}\)\s?)?"
    r"(:|=(?!=)|\||\t|\?|\](?=\s)| -{1,2} |-{1,2}>|=>|[→⇒➜➡»]|\.{3,})[*_\"|\s>]*"
)
NUMBERED = re.compile(r"[ \t]*(?:step|etape|pasul|q|a|r)?[ \t]?\d{1,2}[.):](?=\s)[ \t]*")
HEADING, HEADED = 2, 4  # words of a heading said in passing, and sentences (one less) that it is for
SOON_OVER = frozenset("company contact email call_date role sites hours horizon".split())  # a few words are all they are for
ANY = 99  # in a question the label may stand among any number of words
RAGGED, FEWEST_FULL, SHARE_FULL, SHARE_HASTY = (
    14,
    3,
    0.4,
    0.7,
)  # an editor that wraps leaves several lines nearly as long as the longest
SHORTEST_WRAP, LONGEST_WRAP = 52, 110  # widths at which editors wrap lines


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, list item or form field: words first to last (not included), folded characters, its label's field."""

    first: int
    last: int
    start: int
    end: int
    line: int
    label: str | None = None
    is_inherited: bool = False
    speaker: str | None = None
    is_question: bool = False
    is_void: bool = False
    label_first: int = 0

    def holds(self, first: int) -> bool:
        """Whether the word of that index lies in this statement."""
        return self.first <= first < self.last


@dataclass(slots=True)
class _Sentence:
    start: int
    end: int
    line: int
    is_line_start: bool
    is_bullet: bool
    after_blank: bool


def sentences(text: Text, abbreviations: frozenset[str], turns: Sequence[int] = ()) -> list[_Sentence]:
    """The sentences and lines of the folded text; `turns` are further places at which a sentence begins."""
    folded = text.folded
    found: list[_Sentence] = []
    lines = _lines(text)
    blank = False
    for number, (start, end) in enumerate(lines):
        if not folded[start:end].strip():
            blank = True
            continue
        bullet = BULLET.match(folded, start, end)
        at = bullet.end() if bullet and bullet.end() < end else start
        is_first = True
        spoken = turns[bisect_left(turns, at + 1) : bisect_left(turns, end)]
        for cut in [*sorted([*_cuts(text, at, end, abbreviations), *spoken]), end]:
            if folded[at:cut].strip(" \t\n.,;-*|_"):
                found.append(_Sentence(at, cut, number, is_first, bool(bullet), blank))
                is_first = blank = False
            at = cut
    return found


def _lines(text: Text) -> list[tuple[int, int]]:
    """Line spans; a line that was only wrapped goes on in the next."""
    folded, spans, start = text.folded, [], 0
    lengths = [len(line) for line in folded.split("\n")]
    width = max(lengths, default=0)
    full, filled = sum(length > width - RAGGED for length in lengths), sum(map(bool, lengths))
    is_wrapped = SHORTEST_WRAP <= width <= LONGEST_WRAP and full >= max(
        FEWEST_FULL, (SHARE_HASTY if is_hasty(text) else SHARE_FULL) * filled
    )
    width = width if is_wrapped else 0
    while start <= len(folded):
        end = folded.find("\n", start)
        end = len(folded) if end < 0 else end
        while end < len(folded) and width and _goes_on(text, end, width):
            following = folded.find("\n", end + 1)
            end = len(folded) if following < 0 else following
        spans.append((start, end))
        start = end + 1
    return spans


def _goes_on(text: Text, end: int, width: int) -> bool:
    """Whether the line was only broken because its next word did not fit."""
    folded = text.folded
    length = end - folded.rfind("\n", 0, end) - 1
    word = re.match(r"\S*", folded[end + 1 : end + 40])
    if length + 1 + len(word[0] if word else "") <= width - 2:
        return False
    before = folded[max(0, end - 3) : end].rstrip()
    if end + 1 >= len(folded) or before[-1:] in ".!?:;|" or BULLET.match(folded, end + 1) or folded[end + 1].isspace():
        return False
    initial = text.raw[text.starts[end + 1]]
    following = folded[end + 1 : end + 30]
    return initial.islower() and ":" not in following and "@" not in following.split("\n")[0]


def _cuts(text: Text, start: int, end: int, abbreviations: frozenset[str]) -> list[int]:
    cuts = []
    for match in END.finditer(text.folded, start, end):
        if match[0][0] == "." and len(match[0]) == 1:
            before = text.folded[max(0, match.start() - 12) : match.start()]
            word = re.split(r"[^\w]", before)[-1]
            if word in abbreviations or (len(word) == 1 and word.isalpha()):
                continue
            following = text.folded[match.end() : match.end() + 2].strip()
            if (
                word.isdigit()
                and following
                and following[0].islower()
                and text.raw[text.starts[match.end()] + 1 : text.starts[match.end()] + 2].islower()
                and len(word) <= 2
            ):
                continue
        cuts.append(match.end())
    return cuts


def statements(
    text: Text,
    places: Sequence[tuple[str, int, int]],
    label_of: Callable[[int, int, int], str | None],
    speaker_of: Callable[[str, dict[str, int]], str | None],
    abbreviations: frozenset[str],
    turns: Sequence[int] = (),
) -> list[Statement]:
    """Every statement, with the field its label names (its own, its line's, or the heading's above) and who says it."""
    starts = [start for _, start, _ in places]
    found: list[Statement] = []
    section: str | None = None
    section_items = 0
    line_label: str | None = None
    line_number = -1
    speaker: str | None = None
    asked: str | None = None
    is_own_only, heading_left, question = False, 0, False
    voices = _voices(text)
    for sentence in sentences(text, abbreviations, turns):
        if is_own_only and not _is_listed_on(text, sentence):
            line_label = None  # "What she wants: a, b." within a paragraph ends with its sentence
        is_own_only = is_own_only and line_label is not None
        if sentence.line != line_number:
            line_number, line_label, is_own_only, heading_left = sentence.line, None, False, 0
            if sentence.after_blank and section and section_items and not sentence.is_bullet:
                section = None
        at = sentence.start
        if sentence.is_line_start:
            stamp = STAMP.match(text.folded, at, sentence.end) or NUMBERED.match(text.folded, at, sentence.end)
            at = stamp.end() if stamp and stamp.end() < sentence.end else at
        label, body, said_by, answers = None, at, None, False
        begin = bisect_left(starts, at)
        end = bisect_left(starts, sentence.end)
        match = LABEL.match(text.folded, at, sentence.end)
        sign = sign_of(text.folded[sentence.start : sentence.end].lstrip()[:3]) if sentence.is_line_start else None
        label_first = begin
        if match:
            inner_end = bisect_left(starts, match.end(1))
            spoken_label = text.folded[match.start(1) : match.end(1)]
            has_digit = any(character.isdigit() for character in spoken_label)
            if 0 < inner_end - begin <= 7 and not (has_digit and match[2] not in (":", "|")):
                label = (
                    None if match[2] == ":" and voices.get(spoken_label.strip(" *_"), 0) >= 3 else label_of(begin, inner_end, 4)
                )
                if label is None and sentence.is_line_start and match[2] == ":" and inner_end - begin <= 4:
                    said_by = speaker_of(spoken_label, voices)
                if label or said_by:
                    body = match.end()
                    if said_by:
                        inner = LABEL.match(text.folded, body, sentence.end)
                        if inner and inner[2] != "?" and 0 < bisect_left(starts, inner.end(1)) - bisect_left(starts, body) <= 5:
                            label = label_of(bisect_left(starts, body), bisect_left(starts, inner.end(1)), 2)
                            body = inner.end() if label else body
        if sign and label is None and said_by is None:
            label = sign
        if (
            label is None
            and said_by is None
            and sentence.is_line_start
            and 0 < end - begin <= 5
            and _is_whole_line(text, sentence)
        ):
            label = label_of(begin, end, _spare_of(text, sentence))
            if label and not any(character.isdigit() for character in text.folded[at : sentence.end]):
                body = sentence.end  # with a digit it is no heading, it says it all ("START 22ND")
        body_first = bisect_left(starts, body)
        spoken_of = label_of(begin, end, 0) if 0 < end - begin <= HEADING and not (label or said_by or sign) else None
        if spoken_of and not question and text.folded[sentence.end - 1] == "." and not _is_whole_line(text, sentence):
            line_label, is_own_only, heading_left = spoken_of, False, HEADED
            continue  # "Budget. She goes two hundred bucks a month."
        if heading_left:
            heading_left -= 1
            line_label = line_label if heading_left else None
        if said_by:
            speaker, line_label = said_by, None
            if said_by != "me" and asked and label is None:
                line_label, answers = asked, True
        if label:
            line_label = label
            is_own_only = not sentence.is_line_start and body_first < end
            heading_left = HEADED - 1 if label in SOON_OVER and body_first < end else 0
            if body_first >= end:
                section, section_items = label, 0
                if not (match and match[2] == "?"):
                    continue
            elif sentence.is_line_start and not sentence.is_bullet:
                section = None
        elif sentence.is_line_start and section and not said_by:
            line_label = section
            section_items += 1
        question = text.folded[max(0, sentence.end - 3) : sentence.end].rstrip(" \"')").endswith("?")
        if question and sentence.is_line_start and not label and section != "objections" and speaker is None:
            section = line_label = None  # the next question of an interview asks for something else
        if question and speaker == "me":
            asked = line_label or label_of(body_first, end, ANY)
        elif question and label:
            asked = label
        elif speaker != "me":
            asked = None
        if body_first < end:
            is_inherited = label is None and line_label is not None and not answers
            start, stop = places[body_first][1], places[end - 1][2]
            found.append(
                Statement(
                    body_first,
                    end,
                    start,
                    stop,
                    sentence.line,
                    label or line_label,
                    is_inherited,
                    speaker,
                    question,
                    label_first=label_first,
                )
            )
        elif label and match and match[2] == "?":
            section, section_items = label, 0
    return [_widened(text, statement) for statement in found]


def _is_listed_on(text: Text, sentence: _Sentence) -> bool:
    """Whether the sentence goes on a list cut by semicolons."""
    return text.folded[max(0, sentence.start - 2) : sentence.start].rstrip().endswith(";")


VOICE = re.compile(rf"(?m)^[ \t]*(?:[\[(]?{CLOCK}[\])]?[ \t-]*)?([^\W\d_][^:\n]{{0,24}}?)[ \t]*:")


def _voices(text: Text) -> dict[str, int]:
    """What stands before a colon at the start of several lines is a speaker; of three or more, also where it says "Client"."""
    counts = Counter(match[1].strip(" *_") for match in VOICE.finditer(text.folded))
    return {name: count for name, count in counts.items() if count >= 2}


def _spare_of(text: Text, sentence: _Sentence) -> int:
    """How many other words a heading may hold: more where marks or capitals show it to be one."""
    raw = text.raw[text.starts[sentence.start] : text.ends[sentence.end - 1]]
    opening = text.folded[max(0, sentence.start - 4) : sentence.start]
    shouted = raw.strip(" *_#").isupper() and not text.raw[:2000].isupper()
    return 3 if shouted or raw.strip().startswith(("#", "*", "_")) or "#" in opening else 0


def _is_whole_line(text: Text, sentence: _Sentence) -> bool:
    following = text.folded[sentence.end : sentence.end + 1]
    return following in ("", "\n")


def _widened(text: Text, statement: Statement) -> Statement:
    """With the sign or quotation mark that opens it ("$5,000", "+20 %")."""
    start = statement.start
    while start > 0 and text.folded[start - 1] in "$£€+@~(":
        start -= 1
    return replace(statement, start=start)
