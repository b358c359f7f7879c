"""Paying off, by hand; the cases are in cases/schedules.yml and beside the independent ledger."""

from datetime import date
from decimal import Decimal
from itertools import islice

import pytest

from irs import schedule
from irs.account import Account
from irs.penalty import Terms

START = date(2026, 11, 24)
ZERO = Decimal(0)


def owed(tax, penalty="0", interest="0"):
    return Account(
        START, Decimal(tax), Decimal(penalty), Decimal(interest), date(2026, 10, 15), ZERO
    )


def test_payment_days():
    ends = [date(2026, 1, 31), date(2026, 1, 28)]
    for start in ends:
        assert list(islice(schedule.monthly(start), 2)) == [date(2026, 2, 28), date(2026, 3, 28)]
    assert list(islice(schedule.monthly(date(2026, 1, 27)), 1)) == [date(2026, 2, 27)]
    found = list(islice(schedule.every_30_days(date(2026, 1, 1)), 2))
    assert found == [date(2026, 1, 31), date(2026, 3, 2)]


def test_six_hundred_payments_are_the_most():
    # Tenths of a cent, so that nothing is added on the way.
    tiny = Decimal("0.001")
    assert schedule.pay_off(owed("0.600"), Terms(), tiny).payments == 600
    with pytest.raises(schedule.NeverClears, match="does not pay the balance off"):
        schedule.pay_off(owed("0.601"), Terms(), tiny)


def test_a_part_first_is_row_0_and_no_payment():
    found = schedule.part_first(owed("9000", "100", "50"), Terms(), Decimal(3000), Decimal(2000))
    first = found.rows[0]
    assert (first.number, first.on, first.opening, first.payment) == (0, START, 9150, 3000)
    assert (first.interest, first.penalty, first.closing, first.tax) == (0, 0, 6150, 6000)
    assert found.rows[1].number == 1 and found.rows[1].opening == 6150 and found.fee == 0
    assert found.balance == 9150 and found.regular == 2000 and found.payments == 4
    assert found.paid == 9150 + found.interest + found.penalty


def test_all_at_once_on_the_day_is_one_payment():
    found = schedule.lump(owed("9000"), Terms(), START)
    assert found.rows == (schedule.Row(1, START, 9000, ZERO, ZERO, 9000, ZERO, ZERO),)
    assert found.balance == found.total == 9000 and found.fee == 0
    assert found.assumed_rate_from is None
    assert owed("9000").assumptions == ()


def test_waiting_to_the_day_itself_adds_nothing():
    assert schedule.owed_on(owed("9000"), Terms(), START) == 9000
    assert schedule.owed_on(owed("9000"), Terms(), date(2026, 11, 1)) == 9000
    later = schedule.owed_on(owed("9000"), Terms(), date(2026, 11, 25))
    assert later == Decimal("9001.73")  # 9,000 x 0.07 / 365 = 1.726
    assert schedule.brought_to(owed("9000"), Terms(), date(2026, 11, 25)).total == later


def test_the_least_of_one_payment_is_all_that_is_owed_then():
    found = schedule.smallest_payment(owed("9000"), Terms(), 1)
    assert found == schedule.owed_on(owed("9000"), Terms(), date(2026, 12, 24))
    assert schedule.smallest_payment(owed("0.01"), Terms(), 5) == Decimal("0.01")
    assert schedule.smallest_payment(owed("0.05"), Terms(), 5) == Decimal("0.01")
    assert schedule.smallest_payment(owed("0.06"), Terms(), 5) == Decimal("0.02")
