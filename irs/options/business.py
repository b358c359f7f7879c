"""Plans of a business (facts ``simple-payment-plan-business``)."""

from __future__ import annotations

from irs.assessment import PHONE_ONLY, Option
from irs.case import Case
from irs.conditions import Condition, at_most, common, judge, known, no_other_plan
from irs.figures import Unpublished, lookup

WITH_TRUST_FUND = "simple_plan_limit_business_trust_fund"
WITHOUT_TRUST_FUND = "simple_plan_limit_business_no_trust_fund"
CLOSED = "simple_plan_limit_closed_sole_prop_trust_fund"
WHAT = " in assessed tax, penalties and interest"


def _limit(case: Case) -> Condition:
    """Whether the balance is within the limit, or within each that may hold."""
    if isinstance(lookup(WITHOUT_TRUST_FUND, case.as_of), Unpublished):
        return Condition(False, "This plan was not yet open to businesses on that date.")
    assessed, payroll, closed = case.s.assessed, case.s.payroll_tax, case.s.closed_sole_proprietor
    limits = []
    if payroll is not True:
        limits.append(WITHOUT_TRUST_FUND)
    if payroll is not False and closed is not False:
        limits.append(CLOSED)
    if payroll is not False and closed is not True:
        limits.append(WITH_TRUST_FUND)
    missing = {
        "amount_owed": assessed is None,
        "payroll_tax": payroll is None,
        "closed_sole_proprietor": payroll is not False and closed is None,
    }
    if assessed is not None:
        fits = {assessed <= case.number(name) for name in limits}
        if len(fits) == 1:
            # The lowest limit tells why it fits, the highest why it does not.
            lowest, highest = (f(limits, key=case.number) for f in (min, max))
            return at_most(case, lowest if True in fits else highest, assessed, "amount_owed", WHAT)
    says = (
        "It depends on the amount and on payroll tax: with payroll tax the limit is "
        f"{case.text(WITH_TRUST_FUND)} ({case.text(CLOSED)} for a closed sole proprietorship), "
        f"without it {case.text(WITHOUT_TRUST_FUND)}."
    )
    return Condition(None, says, tuple(f for f, open in missing.items() if open), tuple(limits))


def business_plan(case: Case) -> Option:
    """By phone; the online tool takes no business accounts."""
    taxpayer = case.s.taxpayer
    business = known(
        None if taxpayer is None else taxpayer == "business", "taxpayer",
        "The online tool takes no business accounts, so this goes by phone.",
        "This is for business accounts.",
        "It depends on whether this is a personal or a business account.",
    )  # fmt: skip
    return judge(
        case, "business_plan", "Simple Payment Plan for a business",
        f"the number on your notice, or {case.text('irs_phone_business')}",
        [_limit(case), business, *common(case), no_other_plan(case)], PHONE_ONLY,
        sources=("IRS-SPP", "TAXTIMES"),
    )  # fmt: skip
