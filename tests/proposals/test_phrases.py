"""Phrases are found in every note, whatever the notes before it held."""

from concurrent.futures import ThreadPoolExecutor

from proposals.reading.phrases import Phrasebook


def found(book: Phrasebook, text: str) -> set[str]:
    """The categories found in plain words."""
    words = text.split()
    return {match.name for match in book.find(words, [2] + [0] * (len(words) - 1), {})}


def made() -> Phrasebook:
    """A small phrasebook with every kind of phrase."""
    book = Phrasebook(frozenset({"ne"}))
    book.add("plain", "daily backup, nightly copy")
    book.add("stem", "hack*")
    book.add("choice", "(son|niece) .. posts")
    book.add("spoken", "ne sait pas")
    return book


def test_a_phrase_is_found_in_a_later_note_too() -> None:
    book = made()
    assert found(book, "a daily backup") == {"plain"} == found(book, "a daily backup")
    assert found(book, "her niece often posts") == {"choice"}
    assert found(book, "it was hacked") == {"stem"}
    assert found(book, "il sait pas") == found(book, "il ne sait pas") == {"spoken"}


def test_readers_at_the_same_time_find_the_same() -> None:
    book = made()
    with ThreadPoolExecutor(8) as pool:
        assert set(map(frozenset, pool.map(lambda _: found(book, "a nightly copy hacked"), range(64)))) == {
            frozenset({"plain", "stem"})
        }


def test_words_and_stems_are_known_before_any_note_is_read() -> None:
    book = made()
    assert {"daily", "nightly", "backup", "niece", "posts"} <= book.vocabulary and book.prefixes == {"hack"}
