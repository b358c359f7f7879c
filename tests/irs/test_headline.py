"""The order of the decision, and what is asked; the cases are in cases/plans.yml."""

from datetime import date
from decimal import Decimal

import pytest

from irs import headline
from irs.case import Case
from irs.headline import Unknown
from irs.money import CENT
from irs.situation import Situation

AS_OF = date(2026, 11, 24)
USUAL = {
    "final_levy_notice": False, "lien_notice": False, "levy_in_place": False,
    "revenue_officer": False, "bankruptcy": False, "offer_pending": False, "returns_filed": True,
    "taxpayer": "individual", "existing_plan": "none",
}  # fmt: skip


def case(**told):
    told = {n: Decimal(v) if isinstance(v, str) and v[:1].isdigit() else v for n, v in told.items()}
    return Case(Situation(**USUAL | told), AS_OF)


# From the last that applies to the first: each comes before all that were told above it.
ORDER = [
    ({"days_to_pay": 90, "amount_owed": "9000"}, "short_term"),
    ({"hardship": True}, "hardship"),
    ({"taxpayer": "business", "payroll_tax": False}, "business_call"),
    ({"days_to_pay": 0}, "pay_in_full"),
    ({"existing_plan": "in_effect"}, "existing_plan"),
    ({"payroll_tax": True}, "professional"),
    ({"returns_filed": False}, "file_returns_first"),
    ({"offer_pending": True}, "phone_path"),
    ({"bankruptcy": True}, "phone_path"),
    ({"revenue_officer": True}, "revenue_officer"),
    ({"levy_in_place": True}, "hearing_right"),
]


def test_each_path_comes_before_those_below_it():
    told = {}
    for facts, plan in ORDER:
        told |= facts
        assert headline.plan(case(**told)) == plan, facts
    for fact in ("levy_in_place", "lien_notice", "final_levy_notice"):
        assert headline.plan(case(**{fact: True})) == "hearing_right"


def test_one_true_letter_is_enough_and_none_known_is_not():
    assert headline.plan(case(final_levy_notice=None, lien_notice=True)) == "hearing_right"
    with pytest.raises(Unknown, match="final_levy_notice") as found:
        headline.decide(case(final_levy_notice=None, amount_owed="9000", days_to_pay=0))
    assert found.value.fact == "final_levy_notice"


@pytest.mark.parametrize(
    "told, plan",
    [
        ({"amount_owed": "9000", "monthly_payment": "1500"}, "short_term"),  # six months
        ({"amount_owed": "9000", "monthly_payment": "1499.99"}, "long_term"),
        ({"amount_owed": "50000", "days_to_pay": 181}, "long_term"),
        ({"amount_owed": "50000.01", "assessed_balance": "50000", "days_to_pay": 181}, "long_term"),
        ({"amount_owed": "50000", "days_to_pay": 3654}, "partial_payment"),  # after Nov 24, 2036
        ({"amount_owed": "50000", "days_to_pay": 3653}, "long_term"),
        ({"amount_owed": "50000", "monthly_payment": "1"}, "partial_payment"),
        ({"amount_owed": "100000", "days_to_pay": 180}, "form_9465_or_call"),
        ({"amount_owed": "9000", "taxpayer": "business", "payroll_tax": False,
          "monthly_payment": "100"}, "business_call"),
    ],
)  # fmt: skip
def test_amount_and_time(told, plan):
    assert headline.plan(case(**told)) == plan


@pytest.mark.parametrize(
    "told, facts",
    [
        ({}, {"days_to_pay", "amount_owed"}),
        ({"days_to_pay": 0}, set()),
        ({"hardship": True}, set()),
        ({"returns_filed": None, "days_to_pay": 90, "amount_owed": "900"}, {"returns_filed"}),
        ({"monthly_payment": "100"}, {"amount_owed"}),
        ({"days_to_pay": 181}, {"amount_owed"}),
        ({"amount_owed": "60000"}, {"days_to_pay"}),
        ({"taxpayer": "business", "days_to_pay": 90}, {"payroll_tax"}),
        ({"taxpayer": "business", "payroll_tax": False}, {"days_to_pay"}),
        ({"taxpayer": "business", "payroll_tax": True}, set()),
        ({"taxpayer": None, "days_to_pay": 90, "amount_owed": "900"}, {"taxpayer", "payroll_tax"}),
        ({"existing_plan": None, "days_to_pay": 90, "amount_owed": "900"}, {"existing_plan"}),
    ],
)  # fmt: skip
def test_what_is_open(told, facts):
    assert set(headline.open_facts(case(**told))) == facts


def test_a_fact_is_not_asked_where_its_answers_lead_to_the_same_headlines():
    # All at once: a person or a business without payroll tax, the plan there is decides.
    told = case(taxpayer=None, payroll_tax=False, existing_plan=None, days_to_pay=0)
    assert headline.ends(told) == {"existing_plan", "pay_in_full"}
    assert headline.open_facts(told) == ("existing_plan",)


def test_a_fact_is_asked_where_every_answer_leads_to_the_same():
    # At least $60,000, as the tax says, and 400 days: over the limit whatever the amount.
    told = case(tax="60000", days_to_pay=400)
    assert headline.ends(told) == {"form_9465_or_call"} and headline.plan(told) is None
    assert headline.open_facts(told) == ("amount_owed",)


@pytest.mark.parametrize(
    "told, least",
    [({}, CENT), ({"tax": "70", "penalty": "5"}, 75), ({"pay_now": "80", "tax": "70"}, 80),
     ({"assessed_balance": "90", "pay_now": "80"}, 90)],
)  # fmt: skip
def test_amounts_that_tell_the_rules_apart(told, least):
    limits = (Decimal(50000), Decimal("50000.01"), Decimal("99999.99"), Decimal(100000))
    assert headline.answers(case(**told), "amount_owed") == (least, *limits)


def test_only_amounts_over_what_is_known_are_tried():
    assert headline.answers(case(tax="50000"), "amount_owed") == (
        Decimal(50000), Decimal("50000.01"), Decimal("99999.99"), Decimal(100000),
    )  # fmt: skip
    assert headline.answers(case(), "days_to_pay") == (0, 180, 181)
    assert headline.answers(case(), "taxpayer") == ("individual", "business")
    assert headline.answers(case(), "existing_plan") == ("none", "in_effect", "defaulted")
    assert headline.answers(case(), "bankruptcy") == (True, False)


def test_everything_a_case_can_come_to():
    assert headline.ends(case(amount_owed="900", days_to_pay=90)) == {"short_term"}
    assert headline.ends(case(amount_owed="900")) == {"pay_in_full", "short_term", "long_term"}
    assert headline.ends(case(days_to_pay=90)) == {"short_term", "form_9465_or_call"}
