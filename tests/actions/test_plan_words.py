"""The result in the dialogue's layout: short, whole, and the same figures the rules gave."""

import re
from datetime import date
from itertools import product

import pytest

from actions import plan_words
from actions.case import result, with_direct_debit
from irs.showing import about, pay_and_time, shown_ways

DAY = date(2026, 11, 25)
CASES = [
    {"amount_owed": amount, "days_to_pay": days, "monthly_payment": monthly, "returns_filed": filed,
     "due_date": due, "pay_now": now}
    for amount, (days, monthly), filed, due, now in product(
        ["900", "12000", "50000.01", "99999.99", "250000"],
        [(0, None), (20, None), (90, None), (540, None), (None, "100"), (None, "900"),
         ("unknown", None)],
        [True, False],
        [None, "2026-12-07", "2026-11-03"],
        [None, "500"],
    )
]  # fmt: skip


@pytest.mark.parametrize("slots", CASES, ids=str)
def test_every_reply_is_short_and_whole(slots):
    found = result(slots, DAY)
    said = [
        plan_words.side_by_side(found, with_direct_debit(slots, DAY)),
        plan_words.waiting(found),
        plan_words.by_the_month(found),
        plan_words.steps(found),
        *plan_words.explained(found),
    ]
    for text in said:
        assert len(text.split()) <= 150, text
        assert not re.search(r"\bNone\b|\{|Decimal|Infinity|\.\d{3}|\$-", text), text


@pytest.mark.parametrize("slots", CASES, ids=str)
def test_ways_side_by_side_name_payment_time_fee_and_total(slots):
    found = result(slots, DAY)
    text = plan_words.side_by_side(found, with_direct_debit(slots, DAY))
    ways = shown_ways(found)
    if len(ways) < 2:
        assert text == ""
        return
    lines = text.splitlines()
    assert 2 <= len(ways) <= 3 and len(lines) == len(ways) + 2
    for way, line in zip(ways, lines[1:], strict=False):
        assert way.name in line and "in all." in line and "fee" in line
        assert about(way.total) in line
    cheapest = min(ways, key=lambda way: way.total)
    assert re.search(rf"Cheape(?:st|r still)\b.*{cheapest.name[1:]}", lines[-1])
    fitting = found.way(found.cheapest)
    if fitting in ways:
        assert re.search(rf"Cheapest\b[^.]*{fitting.name[1:]}\.", lines[-1])


def test_a_lump_inside_the_short_term_plan_is_one_payment():
    slots = {"amount_owed": "3000", "days_to_pay": 20, "returns_filed": True}
    found = result(slots, DAY)
    text = plan_words.side_by_side(found, with_direct_debit(slots, DAY))
    assert "after 20 days" in text and "Short-term plan" in text


def test_no_costs_where_another_path_comes_first():
    slots = {"amount_owed": "9000", "days_to_pay": 400, "returns_filed": True}
    for more in ({"final_levy_notice": True}, {"returns_filed": False}, {"bankruptcy": True}):
        found = result({**slots, **more}, DAY)
        assert shown_ways(found) == ()
        assert not any("estimated" in part for part in plan_words.explained(found))


def test_the_direct_debit_fee_is_named_once_as_not_confirmed():
    slots = {"amount_owed": "12000", "days_to_pay": 540, "returns_filed": True}
    text = plan_words.side_by_side(result(slots, DAY), with_direct_debit(slots, DAY))
    assert text.count("with direct debit; check irs.gov") == 1


def test_what_it_is_a_month_are_the_figures_of_the_ways():
    found = result({"amount_owed": "8400"}, DAY)
    text = plan_words.by_the_month(found)
    assert text.startswith("On $8,400 a plan would be, as an estimate:\n- ")
    for id in ("form_pace", "lowest", "short_term"):
        assert pay_and_time(found.way(id)) in text
    assert plan_words.by_the_month(result({"amount_owed": "250000"}, DAY)) == ""


@pytest.mark.parametrize(
    "due, words",
    [
        (date(2026, 11, 3), "was 22 days ago"), (date(2026, 11, 24), "was yesterday"), (DAY, "is today"),
        (date(2026, 11, 26), "is tomorrow"), (date(2026, 12, 10), "is in 15 days"),
    ],
)  # fmt: skip
def test_how_far_a_due_date_is(due, words):
    assert words in plan_words.due_in(due, DAY)
