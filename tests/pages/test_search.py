"""The search above a list."""

import pandas as pd
import pytest

from pages.ui import search

CLIENTS = pd.DataFrame({"name": ["Café Müller", "O'Brien & Sons", None], "email": ["a@x.de", None, "brien@z.ie"]})


@pytest.mark.parametrize(
    ("words", "places"),
    [("", [0, 1, 2]), (None, [0, 1, 2]), ("BRIEN", [1, 2]), ("sons o'b", [1]), ("café x.de", [0]), (".*", []), ("nobody", [])],
)
def test_a_search_finds_rows_that_hold_every_word_in_any_order_and_case(words, places):
    kept = search.found(words, CLIENTS["name"], CLIENTS["email"])
    assert list(CLIENTS.index[kept]) == places


def test_a_search_of_an_empty_list_finds_nothing():
    empty = CLIENTS.iloc[:0]
    assert not len(empty[search.found("x", empty["name"])])
