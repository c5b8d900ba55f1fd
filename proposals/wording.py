"""Turn words from call notes to the client, in the e-mail's language and register, or say that they can't be sent.

Notes speak of the client ("her site goes down"), in shorthand, with asides, at times in another language. What can be
turned by rule is turned ("your site goes down"); what can't is not sent (`spoken` answers None), and the e-mail names the
topic instead. The rules are data: `languages/<code>/wording.toml`.
"""

import re
import unicodedata
from functools import partial

from proposals import guard
from proposals.language import Language, codes
from proposals.language import language as load_language

LONGEST = 170
MARKUP = re.compile(r"[<>\[\]{}|`*_=#\\~^]|https?:|www\.|@|&\w+;|\b(?:prompt|system message)\b", re.IGNORECASE)
TO_A_MACHINE = re.compile(
    r"\b(?:ignor\w+|disregard|oublie[zr]?|uit[aă])\b.{0,40}\b(?:instruc\w+|above|previous|précéd\w+|anterio\w+)"
    r"|\b(?:AI|A\.I\.|IA|LLM|GPT|chatbot|assistants?|asistent\w*)\b",
    re.IGNORECASE,
)
INVISIBLE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


def spoken(quote: str, language: Language, register: str = "formal", thing: str = "") -> str | None:
    """The quote as it can stand in a list addressed to the client, first letter large; None where it can't be sent.

    `thing` is what a bare “it” means (“your site”), where the price book says so.
    """
    text = _bare(quote)
    for lead_in in language.wording["lead_ins"]:
        text = re.sub(rf"^(?:{lead_in})", "", text, count=1, flags=re.IGNORECASE)
    text = _restored(text, language)
    if _is_unfit(text) or _is_foreign(text, language):
        return None
    if re.search(language.wording["first_person"], text, re.IGNORECASE):
        return None if _has(language.wording["refuse"], text) else language.typeset(_in_quotes(text, language))
    turned = _turned(text, language, register, thing)
    if turned is None or _has(language.wording["refuse"], turned) or guard.find(turned):
        return None
    return language.typeset(turned[:1].upper() + turned[1:])


def plain(text: str) -> str:
    """One line of the text without invisible signs, tags or marks that an e-mail program could read as markup."""
    text = re.sub(r"<[^<>]*>", " ", text)
    text = "".join(" " if unicodedata.category(c) in INVISIBLE or c in "<>[]{}|`*_#\\" else c for c in text)
    return " ".join(text.split())


def folded(text: str) -> str:
    """The text in small letters without accents, apostrophes straight, for matching."""
    text = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    return "".join(c for c in text if not unicodedata.combining(c))


def _bare(quote: str) -> str:
    text = "".join(c for c in " ".join(quote.split()) if unicodedata.category(c) not in INVISIBLE)
    text = re.sub(r"\s*\([^()]*(?:\)|$)", "", text)
    return text.strip(" .,;:!-–—•*\"“”„«»'\u202f\u00a0")


def _restored(text: str, language: Language) -> str:
    letters = language.wording.get("diacritics", "")
    if letters and any(letter in text.lower() for letter in letters):
        return text
    table = language.wording.get("restore", {})
    return re.sub(r"[^\W\d_]+(?:-[^\W\d_]+)*", lambda word: _cased(word[0], table.get(word[0].lower(), word[0])), text)


def _cased(was: str, now: str) -> str:
    return now[:1].upper() + now[1:] if was[:1].isupper() else now


def _is_unfit(text: str) -> bool:
    return not 3 <= len(text) <= LONGEST or bool(MARKUP.search(text) or TO_A_MACHINE.search(text) or guard.find(text))


def _is_foreign(text: str, language: Language) -> bool:
    words = set(re.findall(r"\w+", text.lower()))
    hits = {code: len(words & set(load_language(code).wording["typical"])) for code in codes()}
    return max(hits.values()) > hits[language.code] + 1


def _in_quotes(text: str, language: Language) -> str:
    return language.wording["open_quote"] + text[:1].upper() + text[1:] + language.wording["close_quote"]


def _turned(text: str, language: Language, register: str, thing: str) -> str | None:
    other = re.search(language.wording["others"], text, re.IGNORECASE)
    if other and re.search(language.wording["pronouns"], text[other.end() :], re.IGNORECASE):
        return None
    for rule in language.wording["rules"]:
        pattern = rule.get(register) or rule["formal"]
        if "{thing}" in pattern and not thing:
            continue
        whole = rule.get("prefix", "") + pattern.replace("{thing}", thing) + rule.get("suffix", "")
        text = re.sub(rule["find"], partial(_expanded, whole), text, flags=re.IGNORECASE)
    return text


def _expanded(pattern: str, match: re.Match[str]) -> str:
    """The replacement with its groups; `{\\2:is=are,was=were}` maps what group 2 holds."""

    def mapped(part: re.Match[str]) -> str:
        table = dict(pair.split("=") for pair in part[2].split(","))
        found = match[int(part[1])] or ""
        return table.get(found.lower(), found)

    text = re.sub(r"\{\\(\d):([^}]*)\}", mapped, pattern)
    text = re.sub(r"\\(\d)", lambda part: match[int(part[1])] or "", text)
    return text[:1].upper() + text[1:] if match[0][:1].isupper() else text


def _has(patterns: list[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
