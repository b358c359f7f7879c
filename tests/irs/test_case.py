"""What follows from a situation and a day, by hand."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from irs.case import Case
from irs.fees import setup_fee
from irs.figures import FigureError
from irs.situation import Situation, Suspension
from irs.statute import collection_statute

AS_OF = date(2026, 11, 24)


def case(**told):
    told = {n: Decimal(v) if isinstance(v, str) else v for n, v in told.items()}
    return Case(Situation(**told), AS_OF)


@pytest.mark.parametrize(
    "due_date, start",
    [(None, AS_OF), (date(2026, 12, 7), date(2026, 12, 7)), (date(2026, 11, 1), AS_OF)],
)
def test_a_plan_starts_on_the_due_date_or_today(due_date, start):
    found = case(amount_owed="9000", due_date=due_date, filed_on_time=True)
    assert found.start == start == found.account.on == found.in_agreement.agreement_from
    assert found.without_agreement.agreement_from is None


@pytest.mark.parametrize(
    "told, ends, words",
    [
        ({}, "2036-11-24", "I took the longest term, about 120 months."),
        ({"tax_year": 2023}, "2034-04-15", "through April 15, 2034"),
        ({"tax_year": 2016}, "2027-04-15", "through April 15, 2027"),
        ({"tax_year": 2015}, "2036-11-24", "the longest term"),  # April 15, 2026 is gone
        ({"tax_year": 2026}, "2036-11-24", "the longest term"),  # April 15, 2037 is too far
        ({"tax_year": 2025}, "2036-04-15", "through April 15, 2036"),
        ({"assessed_on": date(2018, 6, 4), "tax_year": 2023}, "2028-06-04", "the date you gave"),
    ],
)
def test_the_time_to_collect_or_what_stands_in_for_it(told, ends, words):
    found = case(**told)
    assert found.statute_ends == date.fromisoformat(ends)
    assert words in found.statute_words


def test_a_stand_in_that_ends_today_is_gone_and_one_as_far_as_the_longest_is_the_longest():
    today, far = date(2034, 4, 15), date(2026, 4, 15)
    assert Case(Situation(tax_year=2023), today).statute_ends == date(2044, 4, 15)
    assert Case(Situation(tax_year=2023), today - timedelta(days=1)).statute_ends == today
    longest = Case(Situation(tax_year=2025), far)
    assert longest.statute_ends == date(2036, 4, 15) and "longest" in longest.statute_words


def test_suspensions_move_the_time_to_collect():
    stood = (Suspension("hearing", date(2020, 1, 1), date(2020, 1, 10)),)
    found = Case(Situation(assessed_on=date(2018, 6, 4), suspensions=stood), AS_OF)
    assert found.statute_ends == date(2028, 6, 14)


@pytest.mark.parametrize(
    "assessed_on, left", [(date(2016, 12, 24), 1), (date(2016, 12, 23), 0), (date(2015, 1, 1), 0)]
)
def test_the_last_payment_is_within_the_time_to_collect(assessed_on, left):
    found = case(amount_owed="9000", assessed_on=assessed_on)
    assert found.payments_left == left and (found.smallest_payment is None) == (left == 0)
    assert found.pace_fits is (left == 1)  # no pace told: the IRS names one, if a day is left


def test_the_smallest_payment_fits_and_a_cent_less_does_not():
    least = case(amount_owed="9000", tax_year=2016).smallest_payment
    assert case(amount_owed="9000", tax_year=2016, monthly_payment=str(least)).pace_fits is True
    less = str(least - Decimal("0.01"))
    assert case(amount_owed="9000", tax_year=2016, monthly_payment=less).pace_fits is False


@pytest.mark.parametrize("days, fits", [(142, True), (143, False)])
def test_a_time_told_fits_through_the_last_day(days, fits):
    # November 24, 2026 and 142 days are April 15, 2027. The time told counts before the payment.
    assert case(days_to_pay=days, tax_year=2016).pace_fits is fits
    told = case(days_to_pay=days, tax_year=2016, monthly_payment="1", amount_owed="9000")
    assert told.pace_fits is fits


def test_a_payment_without_an_amount_is_not_judged():
    assert case(monthly_payment="100").pace_fits is None
    assert case(monthly_payment="100").months_needed is None
    assert case(amount_owed="900").months_needed is None
    assert case(amount_owed="900", monthly_payment="900").months_needed == 2  # what is added
    assert case(amount_owed="900", monthly_payment="1000").months_needed == 1


def test_too_old_is_only_a_known_amount():
    old = date(2021, 12, 30)
    assert case(amount_owed="900", due_date=old).too_old is True
    assert case(due_date=old).too_old is False and case().account is None
    assert case(amount_owed="900").too_old is False


def test_figures_of_the_day():
    assert case().number("simple_plan_limit_individual") == 50000
    assert case().text("simple_plan_limit_individual") == "$50,000"
    with pytest.raises(FigureError):
        Case(Situation(), date(2025, 3, 4)).figure("simple_plan_limit_individual")
    assert case(amount_owed="900").having(days_to_pay=3).s.days_to_pay == 3


def test_the_statute_names_only_the_sources_it_used():
    without = collection_statute(date(2020, 6, 15), (), AS_OF)
    stood = (Suspension("offer", date(2021, 6, 15), date(2021, 6, 16)),)
    held = collection_statute(date(2020, 6, 15), stood, AS_OF)
    assert set(without.references) < set(held.references)
    assert "2 more days for" in held.words and held.still_suspended is False


def test_a_fee_of_nothing_is_not_paid_back():
    for debit in (True, False):
        fee = setup_fee("short_term", "mail", debit, True, AS_OF)
        assert fee.reimbursed is False and isinstance(fee.references, tuple)
