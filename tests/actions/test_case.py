"""From slots to a situation, and which question comes next."""

from datetime import date
from decimal import Decimal

import pytest

from actions.case import (
    FACT_SLOTS,
    FINER_QUESTIONS,
    QUESTIONS,
    finer_questions,
    next_question,
    result,
    situation,
    with_direct_debit,
)
from irs.situation import FACTS

DAY = date(2026, 11, 25)
LONG = {"amount_owed": "12000", "days_to_pay": 540, "returns_filed": True}


def test_every_slot_of_a_fact_is_a_fact():
    assert set(FACT_SLOTS) <= set(FACTS) and set(QUESTIONS) <= set(FACT_SLOTS)
    assert set(FINER_QUESTIONS) <= set(FACT_SLOTS)


def test_facts_are_read_by_their_kind():
    found = situation(
        {**LONG, "due_date": "2026-12-07", "agi": "38000", "family_size": 3, "pay_now": "500.50",
         "tax_year": 2023, "existing_plan": "in_effect", "bankruptcy": None}
    )  # fmt: skip
    assert found.amount_owed == Decimal(12000) and found.due_date == date(2026, 12, 7)
    assert found.agi == Decimal(38000) and found.family_size == 3 and found.tax_year == 2023
    assert found.pay_now == Decimal("500.50") and found.existing_plan == "in_effect"
    assert found.bankruptcy is False and "bankruptcy" in found.assumed
    assert "existing_plan" not in found.assumed


def test_what_was_refused_stays_unknown():
    found = situation({"amount_owed": "unknown", "agi": "unknown", "returns_filed": "unknown"})
    assert found.amount_owed is None and found.agi is None and found.returns_filed is None


@pytest.mark.parametrize(
    "more, kept, dropped",
    [
        ({"pay_now": "99999"}, {}, ["pay_now"]),
        ({"tax": "11000", "penalty": "900", "interest": "400"}, {}, ["tax", "penalty", "interest"]),
        ({"tax": "12001", "pay_now": "100"}, {"pay_now": Decimal(100)}, ["tax"]),
        ({"tax": "12001", "pay_now": "99999"}, {}, ["tax", "pay_now"]),
        (
            {"tax": "11000", "penalty": "600", "interest": "400"},
            {"tax": Decimal(11000), "penalty": Decimal(600)},
            [],
        ),
    ],
)
def test_what_cannot_be_true_beside_the_total_is_left_out(more, kept, dropped):
    found = situation({**LONG, **more})
    assert found.amount_owed == Decimal(12000)
    assert all(getattr(found, name) == value for name, value in kept.items())
    assert all(getattr(found, name) is None for name in dropped)


@pytest.mark.parametrize(
    "slots, asked",
    [
        ({}, "amount_owed"),
        ({"amount_owed": "unknown"}, None),
        ({"amount_owed": "12000"}, "days_to_pay"),
        ({"amount_owed": "12000", "days_to_pay": "unknown"}, "returns_filed"),
        ({"amount_owed": "12000", "days_to_pay": 90}, "returns_filed"),
        (LONG, None),
        ({**LONG, "taxpayer": "business"}, "payroll_tax"),
        ({**LONG, "final_levy_notice": True}, None),
        ({"amount_owed": "9000", "final_levy_notice": True}, None),
        ({**LONG, "finer": True}, "due_date"),
        ({**LONG, "finer": True, "due_date": "2026-12-07"}, "direct_debit"),
        ({**LONG, "finer": True, "due_date": "unknown", "direct_debit": True}, "filed_on_time"),
        (
            {**LONG, "finer": True, "due_date": "unknown", "direct_debit": "unknown",
             "filed_on_time": False, "agi": "unknown"},
            None,
        ),
        (
            {**LONG, "finer": True, "due_date": "unknown", "direct_debit": False,
             "filed_on_time": False, "agi": "20000"},
            "family_size",
        ),
        ({**LONG, "days_to_pay": 90, "finer": True}, "due_date"),
        ({**LONG, "days_to_pay": 90, "finer": True, "due_date": "2026-12-07"}, None),
        ({**LONG, "returns_filed": False, "finer": True}, None),
    ],
)  # fmt: skip
def test_the_next_question(slots, asked):
    assert next_question(slots, DAY) == asked


def test_finer_questions_end():
    slots = dict(LONG)
    for _ in range(10):
        left = finer_questions(slots, result(slots, DAY))
        if not left:
            break
        slots[left[0]] = "unknown"
    assert not left


def test_the_same_case_by_direct_debit_costs_no_more():
    plain, debit = result(LONG, DAY), with_direct_debit(LONG, DAY)
    assert debit.way("own_pace").fee < plain.way("own_pace").fee
