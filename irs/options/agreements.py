"""Installment agreements of a person: online, by mail, by phone, and the one there is already."""

from __future__ import annotations

from irs.assessment import PHONE_ONLY, Option
from irs.case import Case
from irs.conditions import (
    Condition,
    at_most,
    judge,
    known,
    pace,
    plan_conditions,
)
from irs.figures import dollars
from irs.money import cents_up
from irs.options.paying import ONLINE
from irs.situation import DAYS_A_MONTH

PHONE = "the number on your notice"


def simple_plan(case: Case) -> Option:
    """Monthly payments online up to the limit of assessed balance (``simple-payment-plan-...``)."""
    return judge(
        case, "simple_plan", "Simple Payment Plan (monthly installment agreement)", ONLINE,
        [at_most(case, "simple_plan_limit_individual", case.s.assessed, "amount_owed",
                 " in assessed tax, penalties and interest"),
         pace(case), *plan_conditions(case)],
        sources=("IRS-SPP",),
    )  # fmt: skip


def _tax_alone(case: Case) -> Condition:
    """The limit is on tax alone; a whole balance within it settles the question."""
    what = " in tax alone, without penalties and interest"
    tax, limit = case.s.tax, case.number("guaranteed_limit")
    if tax is None and case.s.amount_owed is not None and case.s.amount_owed > limit:
        return at_most(case, "guaranteed_limit", None, "tax", what)
    if tax is None:
        return at_most(case, "guaranteed_limit", case.s.amount_owed, "amount_owed", what)
    return at_most(case, "guaranteed_limit", tax, "tax", what)


def _cannot_pay_now(case: Case) -> Condition:
    days, months = case.s.days, case.figure("guaranteed_months")
    figures = ("guaranteed_months",)
    if days is None:
        says = f"It depends on whether you can pay it in {months.text}."
        return Condition(None, says, ("days_to_pay",), figures)
    if days == 0:
        return Condition(False, "It is for those who can't pay in full now.", (), figures)
    fits = days <= months.number * DAYS_A_MONTH
    says = "" if fits else f"It must be paid in {months.text}, and you need longer."
    return Condition(fits, says, (), figures)


def guaranteed(case: Case) -> Option:
    """The agreement the IRS must accept (IRC 6159(c); facts ``guaranteed-agreement``)."""
    years = case.text("guaranteed_clean_years")
    clean = known(
        case.s.clean_five_years, "clean_five_years",
        f"In the last {years} all was filed and paid, without another agreement.",
        f"It asks for {years} in which all was filed and paid, without another agreement.",
        f"It depends on whether in the last {years} all was filed and paid, without an agreement.",
    )  # fmt: skip
    return judge(
        case, "guaranteed", "Guaranteed installment agreement",
        f"{ONLINE}, or Form 9465 by mail",
        [_tax_alone(case), clean, _cannot_pay_now(case), *plan_conditions(case)],
        sources=("JUPID-9465",),
    )  # fmt: skip


def _form_lines(case: Case) -> Condition:
    """What the paper form asks for at this amount (facts ``streamlined-paper-form``)."""
    owed = case.s.amount_owed
    figures = ("form9465_divisor_months", "form9465_direct_debit_from", "form433f_required_over")
    if owed is None:
        return Condition(
            None, "It depends on the amount what the form asks for.", ("amount_owed",), figures
        )  # fmt: skip
    months = case.figure("form9465_divisor_months")
    share = cents_up(owed / months.number)
    says = f"Its line 10 divides by {months.text}: {dollars(share)} a month."
    if owed > case.number("form433f_required_over"):
        says += f" Above {case.text('form433f_required_over')} it goes with Form 433-F."
    elif owed > case.number("form9465_direct_debit_from"):
        says += (
            f" Above {case.text('form9465_direct_debit_from')} the form may ask for direct debit, "
            "payroll deduction, or Form 433-F."
        )
    return Condition(True, says, (), figures)


def form_9465(case: Case) -> Option:
    """The request on paper."""
    return judge(
        case, "form_9465", "Installment agreement by mail (Form 9465)",
        "Form 9465 with the notice's stub, to the address in its instructions",
        [_form_lines(case), *plan_conditions(case)],
        sources=("JUPID-9465", "BRIEF-9465"),
    )  # fmt: skip


def _between_limits(case: Case) -> list[Condition]:
    low, assessed = case.figure("simple_plan_limit_individual"), case.s.assessed
    name = "nonstreamlined_no_financials_limit"
    if assessed is None:
        says = f"It matters only above {low.text}."
        over = Condition(None, says, ("amount_owed",), ("simple_plan_limit_individual",))
    elif assessed <= low.number:
        says = f"Not needed: the plan online takes {low.text} or less."
        over = Condition(False, says, (), ("simple_plan_limit_individual",))
    else:
        over = Condition(True, "", (), ("simple_plan_limit_individual",))
    return [over, at_most(case, name, assessed, "amount_owed", " commonly used by phone")]


def non_streamlined(case: Case) -> Option:
    """By phone above the online limit, often without a financial statement (``over-50k``).

    The limit is from 2020 and was not confirmed for 2026; the words say so.
    """
    officer = case.s.revenue_officer
    no_officer = known(
        None if officer is None else not officer, "revenue_officer",
        "The IRS has often agreed to this by phone without a full financial statement. That it "
        "still does is not confirmed for 2026, and a lien notice is likely.",
        "Not when a revenue officer has the case.",
        "It depends on whether a revenue officer has the case.",
    )  # fmt: skip
    return judge(
        case, "non_streamlined", "Installment agreement by phone, above the online limit", PHONE,
        [*_between_limits(case), no_officer, pace(case), *plan_conditions(case)], PHONE_ONLY,
        sources=("TAXCURE-NSIA", "JH-NSIA", "JUPID-9465"),
    )  # fmt: skip


def _too_slow(case: Case) -> Condition:
    """The payment that was told would not clear the balance in time."""
    if case.s.monthly_payment is None and case.s.days_to_pay is None:
        missing: tuple[str, ...] = ("monthly_payment",)
        if case.s.amount_owed is None:
            missing = ("amount_owed", "monthly_payment")
        return Condition(None, "It depends on what you could pay a month.", missing)
    fits = case.pace_fits
    if fits is None:
        return Condition(None, "It depends on the amount.", ("amount_owed",))
    if fits:
        return Condition(False, "Not needed: at your pace all of it is paid in time.")
    return Condition(
        True,
        "Your payment would not clear the balance before the IRS's time to collect ends. This "
        "agreement takes less, after a look at your income and costs on Form 433-F. The IRS looks "
        "again later and may ask for more.",
    )


def partial_payment(case: Case) -> Option:
    """Payments that will not clear the debt in time (facts ``partial-payment-agreement``)."""
    return judge(
        case, "partial_payment", "Partial-payment installment agreement", PHONE,
        [_too_slow(case), *plan_conditions(case)], PHONE_ONLY, sources=("JUPID-9465",),
    )  # fmt: skip


def revise_plan(case: Case) -> Option:
    """An agreement is in effect: change it so that it covers this balance."""
    plan = case.s.existing_plan
    condition = known(
        None if plan is None else plan == "in_effect", "existing_plan",
        "You have a plan. One agreement covers all balances, so this one must be added to it; a new "
        "balance can put the plan in default.",
        "There is no plan in effect to change.",
        "It depends on whether you already have a plan with the IRS.",
    )  # fmt: skip
    return judge(
        case, "revise_plan", "Change the plan you have", f"{ONLINE}, or {PHONE}", [condition],
        sources=("JUPID-9465",),
    )  # fmt: skip


def reinstate_plan(case: Case) -> Option:
    """An agreement has defaulted: ask for it back, or appeal (facts ``cp71c`` ff., CP523)."""
    plan = case.s.existing_plan
    condition = known(
        None if plan is None else plan == "defaulted", "existing_plan",
        "Your plan has defaulted. You can ask to have it reinstated, or appeal by the date in the "
        "letter (CP523).",
        "No plan of yours has defaulted.",
        "It depends on whether a plan of yours has defaulted.",
    )  # fmt: skip
    return judge(
        case, "reinstate_plan", "Reinstate a defaulted plan", f"{ONLINE}, or {PHONE}", [condition],
        sources=("JUPID-9465", "CP523-SPEC"),
    )  # fmt: skip
