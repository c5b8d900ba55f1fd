"""acceptance.toml names a test for each rule of practice and each row of the rule book, and each named test is there."""

import ast
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHOWN = tomllib.loads((ROOT / "tests" / "acceptance.toml").read_text(encoding="utf-8"))
RULES = [*(f"F{number}" for number in range(1, 40)), *(f"R{number}" for number in range(1, 25))]


@cache
def functions(file: str) -> dict[str, ast.FunctionDef]:
    """The functions at the top of a file, by name; none where there is no such file."""
    path = ROOT / file
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def is_there(test: str) -> bool:
    """Whether pytest runs it: a test of a test file, or a case of the casebook, which test_revenue_rules plays."""
    file, _, name = test.partition("::")
    found = functions(file).get(name)
    if found is None:
        return False
    if file.startswith("tests/oracle/"):
        return any(isinstance(mark, ast.Name) and mark.id == "case" for mark in found.decorator_list) and is_played(file)
    return Path(file).name.startswith("test_") and name.startswith("test_")


@cache
def is_played(file: str) -> bool:
    """Whether the casebook's account holds the cases of that file, and whether each is compared with the truth."""
    book = ast.parse((ROOT / "tests/oracle/cases.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in book.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    compared = functions("tests/data/test_revenue_rules.py")["test_a_client_has_the_mrr_that_the_rule_gives_it"]
    return Path(file).stem in imported and any("cases.CASES" in ast.unparse(mark) for mark in compared.decorator_list)


def test_each_rule_of_practice_is_there_and_nothing_else():
    assert list(SHOWN) == ["mission", "definitions"]
    assert list(SHOWN["mission"]) == RULES


@pytest.mark.parametrize("part", SHOWN)
def test_each_rule_is_shown_by_a_test_that_is_there(part):
    assert [rule for rule, tests in SHOWN[part].items() if not tests] == []
    assert [(rule, test) for rule, tests in SHOWN[part].items() for test in tests if not is_there(test)] == []
    assert [rule for rule, tests in SHOWN[part].items() if len(set(tests)) < len(tests)] == []


@pytest.mark.parametrize(
    "test",
    [
        "tests/test_nowhere.py::test_a",
        "tests/test_acceptance.py::test_that_nobody_wrote",
        "tests/test_acceptance.py::is_there",
        "tests/oracle/cases_prices.py::no_such_case",
        "tests/oracle/casebook.py::first",
    ],
)
def test_what_is_no_test_is_not_taken_for_one(test):
    assert not is_there(test)
