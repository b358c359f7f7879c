"""Penalty months, counted by hand; the charges are in cases/penalty.yml."""

from datetime import date
from decimal import Decimal

from irs.penalty import Terms, charges, month_starts, percent_charged, percent_of

DUE = date(2025, 4, 15)


def test_terms_take_nothing_for_granted():
    assert Terms() == Terms(None, False, None) and Terms().quarter_rate is False
    assert percent_of(date(2026, 1, 16), Terms(agreement_from=DUE)) == Decimal("0.5")
    assert percent_of(date(2026, 1, 16), Terms(quarter_rate=True)) == Decimal("0.5")
    assert percent_of(DUE, Terms(DUE, True)) == Decimal("0.25")  # the first day of the agreement


def test_months_begin_the_day_after_the_due_date():
    assert month_starts(DUE, DUE, date(2025, 6, 15)) == (date(2025, 4, 16), date(2025, 5, 16))
    assert month_starts(DUE, date(2025, 4, 16), date(2025, 5, 16)) == (date(2025, 5, 16),)
    assert month_starts(DUE, date(2025, 4, 16), date(2025, 5, 15)) == ()
    assert month_starts(DUE, date(2024, 1, 1), date(2025, 4, 16)) == (date(2025, 4, 16),)
    assert month_starts(DUE, date(2026, 12, 31), date(2027, 1, 16)) == (date(2027, 1, 16),)


def test_what_is_charged_is_at_most_a_quarter():
    assert percent_charged(DUE, DUE, Terms()) == 0
    assert percent_charged(DUE, date(2025, 4, 16), Terms()) == Decimal("0.5")
    assert percent_charged(DUE, date(2029, 5, 16), Terms()) == 25  # the 50th month
    assert percent_charged(DUE, date(2029, 4, 16), Terms()) == Decimal("24.5")
    assert percent_charged(DUE, date(2035, 1, 1), Terms()) == 25


def test_one_percent_from_ten_days_after_the_notice():
    sent = date(2026, 1, 6)
    rates = [percent_of(day, Terms(levy_notice_date=sent)) for day in (sent, date(2026, 1, 15))]
    assert rates == [Decimal("0.5")] * 2
    assert percent_of(date(2026, 1, 16), Terms(levy_notice_date=sent)) == 1
    # The agreement's rate comes before it, and only while it is in effect.
    both = Terms(date(2026, 2, 16), True, sent)
    assert [percent_of(date(2026, m, 16), both) for m in (1, 2)] == [1, Decimal("0.25")]


def test_no_charge_at_the_cap_and_a_cut_one_before_it():
    told = (Decimal(1000), DUE, date(2026, 1, 1), date(2026, 3, 31))
    assert charges(*told, Decimal(25), Terms()) == ()
    assert [c.percent for c in charges(*told, Decimal("24.8"), Terms())] == [Decimal("0.2")]
    assert [c.amount for c in charges(*told, Decimal("24.2"), Terms())] == [5, 3]
