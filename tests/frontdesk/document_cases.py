"""A case for every headline, for what the documents show of it."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, settings

from irs.situation import Situation


def examples(most):
    """So many examples, the same on every run."""
    return settings(
        max_examples=most, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


DAY = date(2026, 11, 28)
USUAL = {"amount_owed": Decimal(12000), "days_to_pay": 540, "returns_filed": True}
# A case for every headline.
HEADLINES = {
    "hearing_right": {
        **USUAL,
        "final_levy_notice": True,
        "hearing_notice_date": date(2026, 11, 20),
    },
    "revenue_officer": {**USUAL, "revenue_officer": True},
    "phone_path": {**USUAL, "bankruptcy": True},
    "file_returns_first": {**USUAL, "returns_filed": False},
    "professional": {**USUAL, "taxpayer": "business", "payroll_tax": True},
    "existing_plan": {**USUAL, "existing_plan": "defaulted"},
    "pay_in_full": {**USUAL, "days_to_pay": 0, "due_date": date(2026, 12, 7)},
    "business_call": {**USUAL, "taxpayer": "business", "payroll_tax": False},
    "hardship": {**USUAL, "hardship": True},
    "short_term": {**USUAL, "days_to_pay": 90},
    "long_term": {**USUAL, "pay_now": Decimal(500), "due_date": date(2026, 12, 7)},
    "partial_payment": {**USUAL, "days_to_pay": None, "monthly_payment": Decimal(20)},
    "form_9465_or_call": {**USUAL, "amount_owed": Decimal("75000.01")},
    None: {"amount_owed": Decimal(3000)},
}


def case(plan):
    return Situation(**HEADLINES[plan]).with_usual_answers()
