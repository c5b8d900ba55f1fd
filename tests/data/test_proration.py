"""The final project invoice: balance and the first month's share (mission.md F33)."""

from datetime import date
from fractions import Fraction

import pytest

from data.errors import InputError
from data.pricing.proration import prorate

MONTHS = {28: date(2026, 2, 20), 29: date(2028, 2, 20), 30: date(2026, 11, 20), 31: date(2026, 12, 20)}


@pytest.mark.parametrize(("length", "left"), [(28, 8), (29, 9), (30, 10), (31, 11)])
def test_finished_on_the_20th_8_to_11_days_are_left_and_one_more_where_the_day_counts(length, left):
    without, with_ = (prorate(30_000, MONTHS[length], is_day_counted=counted) for counted in (False, True))
    assert (without.days, with_.days, without.days_in_month) == (left, left + 1, length)


def test_about_a_third_of_the_fee_to_the_cent_in_a_month_of_30_days():
    assert prorate(10_000, MONTHS[30], is_day_counted=False).share_minor == 3_333  # 10/30
    assert prorate(10_000, MONTHS[30], is_day_counted=True).share_minor == 3_667  # 11/30


@pytest.mark.parametrize("day", range(1, 32))
def test_each_day_of_a_month_is_rounded_half_up_and_the_whole_month_is_the_whole_fee(day):
    for fee in (0, 1, 15, 9_999, 35_000, 1_234_567):
        for counted in (False, True):
            found = prorate(fee, date(2026, 12, day), is_day_counted=counted, balance_minor=7)
            exact = Fraction(fee * found.days, 31)
            assert found.share_minor == int(exact + Fraction(1, 2)) and found.total_minor == found.share_minor + 7
    assert prorate(35_000, date(2026, 12, 1), is_day_counted=True).share_minor == 35_000
    assert prorate(35_000, date(2026, 12, 31), is_day_counted=False).share_minor == 0


def test_an_amount_below_nothing_is_refused():
    with pytest.raises(InputError):
        prorate(-1, MONTHS[30], is_day_counted=True)
