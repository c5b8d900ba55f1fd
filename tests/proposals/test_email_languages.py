"""A language is a folder: every one has the same keys, a word for each shipped service, and its typography."""

import datetime as dt
import tomllib
from collections.abc import Mapping

import pytest
from babel import Locale

from data.errors import InputError
from data.pricing import price_book as price_books
from proposals.language import FOLDER, codes, language

BOOKS = [price_books.load(book, None) for book in ("wordpress_care", "social_media")]
OPTIONAL = {"registers", "locales", "home_money", "narrow_spaces", "letters", "address", "restore", "diacritics"}


def keys(table: Mapping, depth: int = 2) -> set[str]:
    found = set()
    for key, value in table.items():
        if key in OPTIONAL or (isinstance(value, Mapping) and key.startswith("en_")):
            continue
        found.add(key)
        if isinstance(value, Mapping) and depth and key not in ("dates",):
            found |= {f"{key}.{below}" for below in keys(value, depth - 1)}
    return found


def files(code: str) -> set[str]:
    return {path.relative_to(FOLDER / code).as_posix() for path in (FOLDER / code).rglob("*") if path.is_file()}


def forms(code: str) -> set[str]:
    return {Locale.parse(language(code).phrases["locale"]).plural_form(number) for number in range(1, 130)}


def test_english_french_and_romanian_are_there():
    assert {"en", "fr", "ro"} <= set(codes())


@pytest.mark.parametrize("code", codes())
def test_every_language_has_the_same_phrases_and_templates(code):
    wanted, found = (keys({k: v for k, v in language(c).phrases.items() if k != "plural"}) for c in ("en", code))
    strip = {key for key in wanted | found if key.startswith("volume.") and key.count(".") > 1}
    assert wanted - strip == found - strip
    assert set(language("en").wording) - OPTIONAL == set(language(code).wording) - OPTIONAL
    assert files("en") == files(code)


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("name", ["call", "care_report", "review", "agreement/words"])
def test_every_language_has_the_same_tables_of_words(code, name):
    wanted, found = (tomllib.loads((FOLDER / each / f"{name}.toml").read_text("utf-8")) for each in ("en", code))
    assert wanted.keys() == found.keys()
    assert {key: set(table) for key, table in wanted.items() if isinstance(table, Mapping)} == {
        key: set(table) for key, table in found.items() if isinstance(table, Mapping)
    }


@pytest.mark.parametrize("code", codes())
def test_every_plural_has_a_form_for_each_number(code):
    phrases = language(code).phrases
    for name, table in [*phrases["plural"].items(), *phrases["volume"].items()]:
        assert forms(code) <= set(table), name


@pytest.mark.parametrize("code", codes())
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.id)
def test_every_shipped_service_can_be_named_praised_and_recognised(code, book):
    phrases = language(code).phrases
    for service in book.services.values():
        assert service.names.get(code)
        assert service.benefits.get(code, "").endswith(".")
        assert service.id in phrases["topics"]
        assert service.id in phrases["pains"] or service.id in ("monthly_report", "strategy_call")
        assert phrases["stems"].get(service.id) or service.id == "monthly_report"
    assert all(tier.names.get(code) for tier in book.tiers)
    assert all(exclusion.get(code) for exclusion in book.exclusions)


@pytest.mark.parametrize("code", ["fr", "ro"])
def test_benefits_address_nobody_so_that_they_fit_both_registers(code):
    direct = {"fr": {"vous", "votre", "vos", "tu", "ta", "tes"}, "ro": {"dumneavoastră", "vă", "tău", "ta", "îți"}}[code]
    for book in BOOKS:
        for service in book.services.values():
            assert not direct & set(service.benefits[code].lower().replace("’", " ").split())


def test_romanian_has_comma_below_letters_only():
    for path in (FOLDER / "ro").iterdir():
        if path.name in ("phrases.toml", "wording.toml") or path.suffix == ".j2":
            kept = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("letters")]
            assert not set("şţŞŢ") & set("".join(kept)), path.name


@pytest.mark.parametrize(
    ("code", "minor", "currency", "client", "said"),
    [
        ("en", 150_00, "usd", None, "$150"),
        ("en", 150_00, "usd", "USD", "$150"),
        ("en", 150_00, "usd", "AUD", "US$150"),
        ("en", 1_250_50, "gbp", "GBP", "£1,250.50"),
        ("en", 900_00, "ron", "RON", "RON\u00a0900"),
        ("en", 90_000, "jpy", None, "¥90,000"),
        ("en", 90_500, "kwd", None, "KWD\u00a090.500"),
        ("fr", 3_000_00, "eur", None, "3\u202f000\u00a0€"),
        ("fr", 99_90, "eur", None, "99,90\u00a0€"),
        ("ro", 2_500_00, "ron", None, "2.500\u00a0RON"),
    ],
)
def test_money_is_written_by_locale_without_empty_decimals(code, minor, currency, client, said):
    assert language(code).money(minor, currency, client) == said


@pytest.mark.parametrize(
    ("code", "day", "style", "said"),
    [
        ("en", dt.date(2026, 3, 1), "weekday", "Sunday 1 March"),
        ("en", dt.date(2026, 3, 1), "long", "1 March 2026"),
        ("fr", dt.date(2026, 3, 1), "weekday", "dimanche 1er mars"),
        ("fr", dt.date(2026, 3, 11), "short", "11 mars"),
        ("fr", dt.date(2021, 1, 21), "long", "21 janvier 2021"),
        ("ro", dt.date(2026, 3, 1), "weekday", "duminică, 1 martie"),
    ],
)
def test_dates_are_written_by_language(code, day, style, said):
    assert language(code).day(day, style) == said


def test_a_language_that_is_not_there_is_refused_in_a_sentence():
    for code in ("xx", "..", "", "en/../fr"):
        with pytest.raises(InputError):
            language(code)
