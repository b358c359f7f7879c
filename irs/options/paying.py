"""Paying it all, paying part of it, or paying within the short-term plan."""

from __future__ import annotations

from irs.assessment import AVAILABLE, PHONE_ONLY, Option
from irs.case import Case
from irs.conditions import (
    Condition,
    common,
    individual,
    judge,
    known,
    no_other_plan,
    plan_conditions,
)
from irs.figures import dollars

ONLINE = "the IRS Online Payment Agreement tool at irs.gov/OPA"
PAY = "Direct Pay or your online account at irs.gov; a check with the notice's stub works too"


def pay_in_full(case: Case) -> Option:
    """All of it by the due date (facts ``cp503``)."""
    days = case.s.days
    condition = known(
        None if days is None else days == 0, "days_to_pay",
        "You can pay all of it by the due date; nothing more is added then.",
        "You need more time than the due date gives.",
        "It depends on whether you could pay all of it by the due date.",
    )  # fmt: skip
    return judge(
        case, "pay_in_full", "Pay in full by the due date", PAY, [condition],
        sources=("NOTICES-0914", "IRS-TC202"),
    )  # fmt: skip


def _rest_fits(case: Case) -> Condition:
    """What is left after paying now is within a plan's limit."""
    owed, now = case.s.amount_owed, case.s.pay_now
    figures = ("short_term_limit", "simple_plan_limit_individual")
    if owed is None or now is None:
        missing = tuple(
            fact for fact, value in (("amount_owed", owed), ("pay_now", now)) if value is None
        )
        return Condition(
            None, "It depends on how much you could pay at once.", missing, figures
        )  # fmt: skip
    rest = owed - now
    if rest <= 0:
        return Condition(False, "You could pay all of it; no plan is needed then.", (), figures)
    paid = f"Paying {dollars(now)} now leaves {dollars(rest)}"
    if rest <= case.number("simple_plan_limit_individual"):
        return Condition(True, f"{paid}, and less is added from then on.", (), figures)
    if rest >= case.number("short_term_limit"):
        return Condition(False, f"{paid}, which is over the limits of the plans.", (), figures)
    soon = _short_enough(case)
    says = f"{paid}, which only a short-term plan takes. {soon.says}"
    return Condition(soon.holds, says, soon.facts, (*figures, *soon.figures))


def pay_part_then_plan(case: Case) -> Option:
    """Pay what there is, ask for a plan for the rest (facts ``partial-payment-advice``)."""
    return judge(
        case, "pay_part_then_plan", "Pay part now, then a plan for the rest",
        f"Pay first: {PAY}. Then {ONLINE}.",
        [_rest_fits(case), *plan_conditions(case)],
        sources=("IRS-TC201",),
    )  # fmt: skip


def _short_enough(case: Case) -> Condition:
    days, most = case.s.days, case.number("short_term_max_days")
    text = case.text("short_term_max_days")
    value = None if days is None else days <= most
    says = {
        True: f"You need no more than {text}.",
        False: f"It ends after {text}, and you need longer.",
        None: f"It depends on whether {text} are enough.",
    }[value]
    return Condition(value, says, ("days_to_pay",), ("short_term_max_days",))


def _below_limit(case: Case) -> Condition:
    """Less than the limit; exactly the limit is for the phone."""
    owed, limit = case.s.amount_owed, case.figure("short_term_limit")
    if owed is None:
        return Condition(
            None, f"It depends on the amount, which must be less than {limit.text}.",
            ("amount_owed",), ("short_term_limit",),
        )  # fmt: skip
    if owed == limit.number:
        says = f"It takes less than {limit.text}. At exactly {limit.text}, ask by phone."
        return Condition(True, says, (), ("short_term_limit",))
    if owed < limit.number:
        says = f"You owe {dollars(owed)}; the limit is less than {limit.text}."
        return Condition(True, says, (), ("short_term_limit",))
    return Condition(
        False, f"{dollars(owed)} is too much; it takes less than {limit.text}.", (),
        ("short_term_limit",),
    )  # fmt: skip


def _tool_takes_it(case: Case) -> Condition:
    """The online tool takes no business accounts; a business asks by phone."""
    if case.s.taxpayer is None:
        return individual(case)
    says = "" if case.s.taxpayer == "individual" else "The online tool takes no business accounts."
    return Condition(True, says)


def short_term(case: Case) -> Option:
    """Up to 180 days, no set-up fee (facts ``short-term-plan``)."""
    exactly = case.s.amount_owed == case.number("short_term_limit")
    by_phone = exactly or case.s.taxpayer == "business"
    return judge(
        case, "short_term", "Short-term payment plan",
        "the number on your notice" if by_phone else ONLINE,
        [_below_limit(case), _short_enough(case), _tool_takes_it(case), *common(case),
         no_other_plan(case)],
        PHONE_ONLY if by_phone else AVAILABLE,
        sources=("IRS-TC201", "JUPID-9465"),
    )  # fmt: skip


def _gap_is_paid(case: Case) -> Condition:
    """What can be paid now reaches the limit (facts ``combined-vs-assessed``)."""
    assessed, limit = case.s.assessed, case.figure("simple_plan_limit_individual")
    figures = ("simple_plan_limit_individual", "simple_plan_paydown_first")
    if assessed is None:
        missing = ("amount_owed",) if case.s.pay_now is not None else ("amount_owed", "pay_now")
        return Condition(None, f"It matters only above {limit.text}.", missing, figures)
    gap = assessed - limit.number
    if gap <= 0:
        return Condition(False, f"Not needed: you are within {limit.text}.", (), figures)
    if case.s.pay_now is None:
        return Condition(
            None,
            f"It depends on whether you could pay {dollars(gap)} first.",
            ("pay_now",),
            figures,
        )
    if case.s.pay_now < gap:
        return Condition(
            False, f"It would take {dollars(gap)} first, more than you can pay now.", (), figures
        )
    return Condition(
        True,
        f"Paying {dollars(gap)} first, before you ask, brings you to {limit.text}.",
        (),
        figures,
    )


def pay_down_first(case: Case) -> Option:
    """Pay down to the limit before asking (IRM 5.14.5 as revised 2026-07-21)."""
    return judge(
        case, "pay_down_first", "Pay down to the limit, then a plan online",
        f"Pay first: {PAY}. Then {ONLINE}.",
        [_gap_is_paid(case), *plan_conditions(case)],
        sources=("EA-WIKI",),
    )  # fmt: skip
