"""What is owed, split as far as it is told, and how its penalty is counted."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest

from irs.account import account, terms_of
from irs.penalty import Terms
from irs.situation import Situation

DAY = date(2026, 11, 25)
D = Decimal


@pytest.mark.parametrize(
    "taxpayer, on_time, lower",
    [("individual", True, True), ("individual", False, False), ("individual", None, False),
     ("business", True, False), (None, True, False), ("business", None, False)],
)  # fmt: skip
def test_the_lower_rate_is_for_an_individual_known_to_have_filed_on_time(taxpayer, on_time, lower):
    told = Situation(taxpayer=taxpayer, filed_on_time=on_time, levy_notice_date=DAY)
    assert terms_of(told, DAY) == Terms(DAY, lower, DAY)
    assert terms_of(told, None) == Terms(None, lower, DAY)
    assert Terms().quarter_rate is False


@pytest.mark.parametrize(
    "facts, split",
    [
        ({}, ("1000", "0", "0")),
        ({"tax": "700"}, ("700", "0", "300")),
        ({"tax": "700", "penalty": "200"}, ("700", "200", "100")),
        ({"tax": "700", "interest": "100"}, ("700", "200", "100")),
        ({"tax": "700", "penalty": "200", "interest": "100"}, ("700", "200", "100")),
        ({"penalty": "200"}, ("1000", "0", "0")),
        ({"interest": "100"}, ("1000", "0", "0")),
        ({"tax": "0"}, ("0", "0", "1000")),
    ],
)
def test_the_split(facts, split):
    told = Situation(amount_owed=D(1000), **{k: D(v) for k, v in facts.items()})
    found = account(told, DAY)
    assert (found.tax, found.penalty, found.interest) == tuple(D(x) for x in split)
    assert found.total == D(1000)
    assert bool(found.assumptions) is ("tax" not in facts)


@pytest.mark.parametrize(
    "year, on, charged, due",
    [
        # One month begins on April 16, 2025; by November 25, 2026 twenty have begun.
        (2024, DAY, "10.0", date(2025, 4, 15)),
        (2024, date(2025, 4, 15), "0", date(2025, 4, 15)),
        (2024, date(2025, 4, 16), "0.5", date(2025, 4, 15)),
        (2024, date(2025, 5, 16), "1", date(2025, 4, 15)),
        (2015, DAY, "25", date(2016, 4, 15)),
        (None, DAY, "0", date(2026, 10, 15)),
        (None, date(2026, 1, 20), "0", date(2025, 12, 15)),
        (None, date(2026, 2, 20), "0", date(2026, 1, 15)),
    ],
)
def test_what_was_charged_and_from_when_months_count(year, on, charged, due):
    found = account(Situation(amount_owed=D(1000), tax_year=year), on)
    assert found.return_due == due and found.on == on
    assert found.percent_charged == D(charged)


def test_a_cp504_in_the_past_was_charged_at_one_percent():
    told = Situation(amount_owed=D(1000), tax_year=2024, levy_notice_date=date(2026, 9, 1))
    # 17 months through August 16, 2026 at 0.5; September 16, October 16, November 16 at 1.
    assert account(told, DAY).percent_charged == D("8.5") + 3


def test_the_due_date_is_the_day_of_the_balance():
    told = Situation(amount_owed=D(1000), due_date=date(2026, 12, 7))
    assert account(told, DAY).on == date(2026, 12, 7)
    assert account(Situation(), DAY) is None


def test_an_account_is_a_value():
    found = account(Situation(amount_owed=D(1000)), DAY)
    with pytest.raises(FrozenInstanceError):
        found.tax = D(1)
