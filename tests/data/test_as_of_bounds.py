"""The instant that figures are seen from: any in the years 1900 to 2100, everything else refused in a sentence."""

import argparse
from datetime import UTC, datetime

import pytest

from data.__main__ import _instant, main


@pytest.mark.parametrize("text", ["9999-12-31", "2101-01-01T00:00:00Z", "0001-01-01T00:00:00+05:00", "1899-12-31"])
def test_an_instant_in_a_year_that_can_t_be_right_is_refused(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="can’t be right"):
        _instant(text)
    assert main(["metrics", "mrr_movements", "--as-of", text]) == 2
    assert "can’t be right" in capsys.readouterr().err


def test_an_instant_up_to_the_end_of_2100_is_taken() -> None:
    assert _instant("2100-12-31T23:59:59Z") == datetime(2100, 12, 31, 23, 59, 59, tzinfo=UTC)
