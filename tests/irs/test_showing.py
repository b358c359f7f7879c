"""The words that lay out ways to pay, and the balance as time goes by."""

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given

from irs.assess import assess
from irs.case import Case
from irs.figures import dollars
from irs.over_time import LEAST_MONTHS, MOST_MONTHS, nothing_words, of_nothing, of_way
from irs.schedule import owed_on
from irs.showing import (
    best,
    best_words,
    fees,
    pay_and_time,
    pay_words,
    said_day,
    shown_ways,
    span,
    time_words,
)
from irs.situation import Situation
from irs.ways import waiting
from irs.workdays import add_months
from tests.irs.situations import as_ofs, situations

DAY = date(2026, 11, 25)


def found(**facts):
    told = Situation(**{"amount_owed": Decimal(12000), "returns_filed": True, **facts})
    return assess(told.with_usual_answers(), DAY)


@pytest.mark.parametrize(
    "months, words",
    [(1, "1 month"), (6, "6 months"), (12, "1 year"), (18, "18 months"), (24, "2 years"),
     (37, "37 months (about 3 years)"), (74, "74 months (about 6 years)"), (120, "10 years")],
)  # fmt: skip
def test_months_as_people_say_them(months, words):
    assert span(months) == words


def test_a_day_as_a_letter_has_it():
    assert said_day(date(2026, 12, 7)) == "December 7, 2026"


def test_what_is_paid_and_for_how_long():
    ways = shown_ways(found(days_to_pay=540, pay_now=Decimal(500)))
    assert [way.id for way in ways] == ["part_first", "own_pace", "short_term"]
    assert [time_words(way) for way in ways] == ["18 months", "18 months", "180 days"]
    assert pay_words(ways[0]).startswith("$500 now, then about $")
    assert pay_and_time(ways[1]) == f"{pay_words(ways[1])} for 18 months"
    assert pay_words(ways[2]).endswith(" every 30 days")
    assert pay_and_time(ways[2]) == f"{pay_words(ways[2])}, 6 times"
    (once,) = shown_ways(found(days_to_pay=0))
    assert (pay_and_time(once), time_words(once)) == ("$12,000 at once", "one payment")
    lump = shown_ways(found(days_to_pay=20))[0]
    assert pay_and_time(lump).endswith(" after 20 days") and time_words(lump) == "20 days"


def test_a_monthly_plan_of_one_payment_is_said_in_days():
    case = found(amount_owed=Decimal(900), monthly_payment=Decimal(900), pay_now=Decimal(800),
                 days_to_pay=200)  # fmt: skip
    way = assess(
        Situation(amount_owed=Decimal(900), pay_now=Decimal("899.99"), monthly_payment=Decimal(1),
                  returns_filed=True).with_usual_answers(), DAY,
    ).way("part_first")  # fmt: skip
    assert way.payments == 1 and way.every == "month"
    assert pay_and_time(way) == pay_words(way) and pay_words(way).endswith(" days")
    assert time_words(way) == "1 month" and shown_ways(case)


def test_the_fee_by_direct_debit_is_named_once():
    told = found(days_to_pay=540)
    by_debit = found(days_to_pay=540, direct_debit=True)
    said = fees(shown_ways(told), by_debit)
    assert sum("direct debit" in words for words in said) == 1
    assert "no set-up fee" in said
    assert not any("direct debit" in words for words in fees(shown_ways(by_debit), by_debit))


def test_one_way_is_not_the_best_of_anything():
    assert best(shown_ways(found(days_to_pay=0)), ()) is None


def test_a_cheaper_way_that_asks_for_more_is_named_as_such():
    told = found(days_to_pay=540)
    stand_out = best(shown_ways(told), told.options)
    assert stand_out.cheapest.id == "own_pace" and stand_out.overall.id == "short_term"
    said = best_words(stand_out)
    assert said.startswith("Cheapest: monthly plan at your pace. Easiest on the month: ")
    assert said.endswith("Cheaper still, if you can pay that fast: short-term plan.")
    short = found(days_to_pay=90)
    said = best_words(best(shown_ways(short)[:1] * 2, short.options))
    assert said == "Cheapest, and easiest on the month: short-term plan."


@given(situations(("amount_owed",)), as_ofs)
def test_the_balance_of_a_way_falls_from_all_to_nothing(situation, as_of):
    case = Case(situation, as_of)
    for way in shown_ways(assess(situation, as_of)):
        points = of_way(way)
        assert points[0] == (case.account.on, case.account.total) and points[-1][1] == 0
        assert [day for day, _ in points] == sorted(day for day, _ in points)
        assert len(points) == len(way.schedule.rows) + 1
        assert all(left >= 0 for _, left in points)


@given(situations(("amount_owed",)), as_ofs)
def test_nothing_paid_grows_on_the_first_of_each_month(situation, as_of):
    case, ways = Case(situation, as_of), shown_ways(assess(situation, as_of))
    points = of_nothing(case, ways)
    assert bool(points) == bool(ways) and bool(nothing_words(case, points)) == bool(ways)
    if not ways:
        return
    assert points[0] == (case.account.on, case.account.total)
    assert LEAST_MONTHS <= len(points) <= MOST_MONTHS + 1
    days, owed = zip(*points)
    assert all(day.day == 1 for day in days[1:])
    assert all(add_months(one.replace(day=1), 1) == other for one, other in zip(days, days[1:]))
    assert list(owed) == sorted(owed)
    longest = max(way.ends for way in ways)
    assert len(points) > MOST_MONTHS or add_months(days[-1], 1) > longest
    for wait in waiting(case):  # the same terms as what the dialogue says of waiting
        assert wait.owed == owed_on(case.account, case.without_agreement, wait.on)


def test_nothing_paid_says_what_it_leaves_out():
    situation = Situation(amount_owed=Decimal(12000), days_to_pay=540, returns_filed=True)
    case = Case(situation.with_usual_answers(), DAY)
    points = of_nothing(case, shown_ways(assess(case.s, DAY)))
    said = nothing_words(case, points)
    assert dollars(points[-1][1].quantize(Decimal(1))) in said and "estimate" in said
    assert "higher penalty after a notice of intent to levy" in said
    sent = nothing_words(case.having(levy_notice_date=date(2026, 11, 1)), points)
    assert "levy on wages" in sent and "higher penalty" not in sent
    assert of_nothing(Case(Situation(), DAY), ()) == ()


def test_nothing_paid_is_counted_quickly():
    case = Case(Situation(amount_owed=Decimal(49000), days_to_pay=90, returns_filed=True)
                .with_usual_answers(), DAY)  # fmt: skip
    ways = shown_ways(assess(case.s, DAY))
    of_nothing(case, ways)
    begun = perf_counter()
    of_nothing(case, ways)
    assert perf_counter() - begun < 0.1
