"""Each row of definitions.md's table, synced over HTTP in both API shapes, against the account's own diary."""

import re

import pytest

from tests.oracle import cases
from tests.oracle.differential import COMPARED, Reader
from tests.stripe_server import accounts


@pytest.fixture(scope="module", params=["new", "old"])
def differences(request, tmp_path_factory) -> dict[str, list[str]]:
    """What differs from the truth, by metric, for one account in which every case lives as a client of its own."""
    reader = Reader(tmp_path_factory.mktemp("home"), accounts.account("cases"), request.param)
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
