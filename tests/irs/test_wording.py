"""The words of a headline: the figures in them, by hand."""

from datetime import date

import pytest

from irs.assess import assess
from irs.headline import PLANS
from irs.wording import TITLES, time_words
from tests.irs.test_headline import case


def said(**told):
    """(plan, all its words) of an assessment."""
    found = assess(case(**told).s, date(2026, 11, 24))
    return found.plan, " ".join((found.summary, *found.reasons, *found.why_not))


@pytest.mark.parametrize(
    "told, plan, words",
    [
        ({"amount_owed": "9000", "days_to_pay": 90}, "short_term",
         ["You owe $9,000", "less than $100,000", "within 90 days", "up to 180 days"]),
        ({"amount_owed": "60000", "days_to_pay": 90}, "short_term", ["online takes $50,000 or less"]),
        ({"amount_owed": "12000", "days_to_pay": 540}, "long_term",
         ["You owe $12,000", "$50,000 or less", "you need about 18 months"]),
        ({"amount_owed": "12000", "monthly_payment": "500"}, "long_term",
         ["$500 a month takes about 28 months"]),  # 27.4 with what is added, by ledger.py
        ({"amount_owed": "12000", "days_to_pay": 540, "direct_debit": True}, "long_term",
         ["(installment agreement) with direct debit fits"]),
        ({"amount_owed": "40000", "monthly_payment": "100"}, "partial_payment",
         ["$100 a month is too little", "Form 433-F", "about 120 months"]),
        ({"amount_owed": "40000", "days_to_pay": 5000}, "partial_payment", ["That pace is too slow"]),
        ({"amount_owed": "50000.01", "days_to_pay": 181}, "form_9465_or_call",
         ["pay down $0.01 first, before you ask", "Form 433-F", "ends after 180 days"]),
        ({"amount_owed": "100000", "days_to_pay": 180}, "form_9465_or_call",
         ["pay down $0.01 or more first: below $100,000", "exactly $100,000 is too much"]),
        ({"final_levy_notice": True}, "hearing_right", ["its 30 days run", "up to 1 year"]),
        ({"levy_in_place": True}, "hearing_right", ["holds the money for 21 days"]),
        ({"bankruptcy": True}, "phone_path", ["800-829-1040"]),
        ({"existing_plan": "in_effect"}, "existing_plan", ["about $6 online", "or $89 by phone"]),
        ({"existing_plan": "defaulted"}, "existing_plan", ["reinstated", "CP523"]),
        ({"taxpayer": "business", "payroll_tax": True}, "professional", ["only up to $25,000"]),
        ({"taxpayer": "business", "payroll_tax": False, "days_to_pay": 90}, "business_call",
         ["up to $50,000", "Form 9465 is not for corporations"]),
        ({"amount_owed": "900"}, None, ["With $900, this depends", "within 180 days"]),
        ({"returns_filed": None}, None, ["file it first", "less than $100,000", "$50,000 or less"]),
    ],
)  # fmt: skip
def test_the_figures_in_the_words(told, plan, words):
    found, text = said(**told)
    assert found == plan
    for part in words:
        assert part in text, text


def test_a_payment_told_reads_well_in_a_short_term_plan():
    _, text = said(amount_owed="9000", monthly_payment="3000")
    assert "within $3,000 a month takes" not in text


def test_an_assessed_balance_within_the_limit_is_what_is_said():
    _, text = said(amount_owed="50400", assessed_balance="50000", days_to_pay=540)
    assert "You owe $50,400; the limit is $50,000 or less" not in text


def test_every_headline_has_a_title():
    assert set(TITLES) == {*PLANS, None} and all(TITLES.values())


@pytest.mark.parametrize(
    "days, words",
    [(0, "0 days"), (1, "1 day"), (2, "2 days"), (180, "180 days"), (181, "181 days"),
     (210, "about 7 months"), (720, "about 24 months"), (730, "730 days"), (731, "about 2 years"),
     (1095, "about 3 years")],
)  # fmt: skip
def test_days_in_words(days, words):
    assert time_words(days) == words
