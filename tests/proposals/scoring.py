"""How well a brief answers a note's gold: right, missing and wrong counted apart, as the corpus's rules say."""

import re
import unicodedata
from collections import Counter
from typing import Any

PER_YEAR = {"day": 365, "week": 52, "month": 12, "quarter": 4, "year": 1}
TEXTS = ("contact_name", "contact_first_name", "company", "email", "call_date", "start_date", "payment_method")
VALUES = ("decision_maker", "sites", "hours_per_month", "horizon_months", "prepay_months", "growth_goal")
LEGAL = frozenset("sc srl sarl sas ltd limited llc inc pfa the mr mrs dr m mme dl dna domnul doamna".split())


def key(value: Any) -> str:
    """Case, accents, legal forms, titles and "and" do not matter."""
    if not isinstance(value, str):
        return repr(value)
    plain = "".join(c for c in unicodedata.normalize("NFKD", value.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[\w@.+-]+|&", plain.replace("'", "").replace("’", ""))
    return " ".join("&" if word in ("and", "et", "si") else word for word in words if word not in LEGAL)


def score(note: dict[str, Any], facts: dict[str, Any]) -> Counter[str]:
    """Counts of right, missing and wrong items for one note."""
    gold, accept, optional, counts = note["gold"], note.get("accept", {}), note.get("optional", {}), Counter[str]()
    pairs = {name: (gold[name], value(facts, name)) for name in (*TEXTS, *VALUES)}
    budget, found = gold["budget"] or {}, value(facts, "budget") or {}
    pairs |= {f"budget.{part}": (budget.get(part), found.get(part)) for part in ("low", "high", "ceiling", "currency")}
    for name, (want, got) in pairs.items():
        also = accept.get(name, [])
        if name == "growth_goal" and want is False and got is None:
            continue
        if got is None:
            counts["missing"] += want is not None and None not in also
        elif any(each is not None and same(each, got) for each in [want, *also]):
            counts["right"] += want is not None
        else:
            counts["wrong"] += 1
    for name in ("services", "objections"):
        want, got = set(gold[name]), {fact["value"] for fact in facts.get(name, [])}
        counts.update(right=len(want & got), missing=len(want - got), wrong=len(got - want - set(optional.get(name, []))))
    count_volumes(gold, optional, facts, counts)
    for name in ("goals", "challenges"):
        count_quotes(note["text"], gold[name], optional.get(name, []), facts.get(name, []), counts)
    return counts


def value(facts: dict[str, Any], name: str) -> Any:
    """The plain value of a single fact, None where there is none."""
    return facts[name]["value"] if name in facts else None


def same(want: Any, got: Any) -> bool:
    """Whether two values are equal, amounts within one per cent."""
    if isinstance(want, int | float) and isinstance(got, int | float) and not isinstance(want, bool):
        return abs(want - got) <= 0.01 * abs(want)
    return key(want) == key(got)


def count_volumes(gold: dict[str, Any], optional: dict[str, Any], facts: dict[str, Any], counts: Counter[str]) -> None:
    """Volumes are right within ten per cent of their number a year."""
    got = [fact["value"] for fact in facts.get("volumes", [])]

    def matches(want: dict[str, Any], have: dict[str, Any]) -> bool:
        rate = want["quantity"] * PER_YEAR[want["per"]]
        is_service = have["service"] in (want["service"], *want.get("or", []))
        return is_service and abs(have["quantity"] * PER_YEAR[have["per"]] - rate) <= 0.1 * rate

    right = sum(any(matches(want, have) for have in got) for want in gold["volumes"])
    known = [*gold["volumes"], *optional.get("volumes", [])]
    wrong = sum(not any(matches(want, have) for want in known) for have in got)
    counts.update(right=right, missing=len(gold["volumes"]) - right, wrong=wrong)


def count_quotes(text: str, gold: list[str], optional: list[str], facts: list[dict[str, Any]], counts: Counter[str]) -> None:
    """A quote matches by an overlap of at least half of the shorter one."""

    def matches(fact: dict[str, Any], want: str) -> bool:
        start = text.index(want)
        overlap = min(fact["end"], start + len(want)) - max(fact["start"], start)
        return overlap >= 0.5 * min(len(want), fact["end"] - fact["start"])

    right = sum(any(matches(fact, want) for fact in facts) for want in gold)
    wrong = sum(not any(matches(fact, want) for want in [*gold, *optional]) for fact in facts)
    counts.update(right=right, missing=len(gold) - right, wrong=wrong)
