"""Glossary: every figure by its own header, every word of the rule book."""

from data import metrics
from tests.pages.homes import texts


def test_every_figure_stands_with_title_definition_formula_and_its_unit_if_it_has_one(dashboard):
    said = texts(dashboard("demo", "glossary.py")).replace("\\", "").replace("\N{WORD JOINER}", "")
    for name in metrics.names():
        about = metrics.about(name)
        unit = "" if about.unit.startswith("none") else f"In: {about.unit}"
        for words in (about.title, about.definition, about.formula, unit, f"python -m data metrics {name}"):
            assert " ".join(words.split()) in said, name
    assert "In: none" not in said and "One row is a month and currency" in said and "is one row" not in said


def test_a_search_leaves_what_speaks_of_it(dashboard):
    app = dashboard("demo", "glossary.py", q="comped")
    said = texts(app)
    assert "**Comped**" in said and "**Quick ratio**" not in said


def test_a_search_without_a_find_says_so_letter_by_letter(dashboard):
    app = dashboard("demo", "glossary.py", q="<script>$x$")
    assert not app.exception
    assert "\\<script\\>" in texts(app) and "Nothing here explains" in texts(app)


def test_the_glossary_needs_no_data(dashboard):
    assert "**MRR**" in texts(dashboard("empty", "glossary.py"))
