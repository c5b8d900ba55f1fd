"""Each row of definitions.md's table, synced over HTTP in both API shapes, against the account's own diary."""

import re

import pytest

from data.sources.demo.account import Account
from tests.oracle import cases
from tests.oracle.differential import COMPARED, Reader


@pytest.fixture(scope="module")
def account() -> Account:
    """One account in which every case lives as a client of its own."""
    return cases.build()


@pytest.fixture(scope="module", params=["new", "old"])
def differences(request, tmp_path_factory, account) -> dict[str, list[str]]:
    """What differs from the truth, by metric, for that account synced in either shape."""
    reader = Reader(tmp_path_factory.mktemp("home"), account, request.param)
    reader.sync()
    return reader.differences()


@pytest.mark.slow
@pytest.mark.parametrize("case", sorted(cases.CASES))
def test_a_client_has_the_mrr_that_the_rule_gives_it(differences, case):
    found = [line for metric in ("client_mrr", "movements") for line in differences[metric] if re.match(rf"\[{case}\] ", line)]
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize("metric", sorted(COMPARED))
def test_the_metric_equals_the_truth_to_the_minor_unit_in_every_month(differences, metric):
    assert differences[metric] == []
