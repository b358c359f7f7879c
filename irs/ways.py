"""Ways to pay, in money: what each costs a month, how long it takes, and what it costs in all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from irs.assessment import NOT_AVAILABLE, Option, Saving, Waiting, Way
from irs.case import Case
from irs.fees import Fee, low_income, setup_fee
from irs.figures import FigureError
from irs.money import cents_up
from irs.schedule import (
    NeverClears,
    Schedule,
    after_paying,
    every_30_days,
    lump,
    monthly,
    owed_on,
    part_first,
    pay_off,
    smallest_payment,
)
from irs.situation import DAYS_A_MONTH

WAITS = (30, 60, 90)
# The headlines under which what a way costs matters.
ABOUT_PAYING = (
    "pay_in_full", "short_term", "long_term", "partial_payment", "form_9465_or_call", None,
)  # fmt: skip


def plan_fee(case: Case, online: bool | None = None) -> Fee:
    """The set-up fee of an installment agreement for what is known of channel and income.

    ``online``: whether the plan is open online; by default, whether the balance allows it.
    """
    s = case.s
    may = _monthly_is_open(case) if online is None else online
    channel = s.channel or "online"
    return setup_fee(
        "installment", channel if may or channel != "online" else "mail", s.direct_debit,
        low_income(s.agi, s.family_size, s.state, case.as_of), case.as_of,
    )  # fmt: skip


def ways(case: Case, plan: str | None) -> tuple[Way, ...]:
    """The ways to pay that the amount allows, under a headline that is about paying.

    None while the amount is unknown, for a business, or where another path comes first.

    In full, the short-term plan, the pace that was told, a part now and then that pace, the pace of
    the paper form (balance / 72) and the lowest payment that is done before the time to collect
    ends. None that takes longer than that.
    """
    if case.account is None or case.s.taxpayer == "business" or plan not in ABOUT_PAYING:
        return ()
    if plan == "pay_in_full":
        return (_in_full(case),)
    found = [_in_full(case), _short_term(case), _own_pace(case), _part_first(case)]
    if _monthly_is_open(case):
        found += [_form_pace(case), _lowest(case)]
    return tuple(_once_each([way for way in found if way is not None]))


def _once_each(found: list[Way]) -> Iterable[Way]:
    """Without a way that is, to the cent, one that came before it."""
    seen = set()
    for way in found:
        mark = (way.every, way.payment, way.payments)
        if mark not in seen:
            seen.add(mark)
            yield way


def _way(
    case: Case, id: str, option: str, name: str, every: str, plan: Schedule, fee_words: str
) -> Way:
    assert case.s.amount_owed is not None
    return Way(
        id, option, name, every, plan.regular, plan.payments, plan.ends, plan.fee, fee_words,
        plan.interest, plan.penalty, plan.total, plan.total - case.s.amount_owed, plan,
    )  # fmt: skip


def _in_full(case: Case) -> Way:
    assert case.account is not None
    plan = lump(case.account, case.without_agreement, case.start)
    return _way(case, "in_full", "pay_in_full", "Pay in full", "once", plan, "no fee")


def _short_term(case: Case) -> Way | None:
    """As many payments, 30 days apart, as fit into the time that was told, 180 days at most."""
    assert case.account is not None and case.s.amount_owed is not None
    if case.s.amount_owed >= case.number("short_term_limit"):
        return None
    most = int(case.number("short_term_max_days"))
    days = case.s.days if case.s.days is not None and 0 < case.s.days <= most else most
    if days < DAYS_A_MONTH:
        plan = lump(case.account, case.without_agreement, case.start + timedelta(days=days))
    else:
        payment = smallest_payment(
            case.account, case.without_agreement, days // DAYS_A_MONTH, every_30_days
        )
        plan = pay_off(case.account, case.without_agreement, payment, every_30_days)
    fee = setup_fee("short_term", "online", None, None, case.as_of)
    return _way(case, "short_term", "short_term", "Short-term plan", "30 days", plan, fee.words)


def _agreement(case: Case, id: str, name: str, payment: Decimal) -> Way | None:
    """A monthly agreement at some payment; ``None`` when it does not clear the balance in time."""
    assert case.account is not None
    fee = plan_fee(case)
    try:
        plan = pay_off(case.account, case.in_agreement, payment, monthly, fee.amount)
    except NeverClears:
        return None
    if plan.payments > case.payments_left:
        return None
    return _way(case, id, _option(case), name, "month", plan, fee.words)


def _monthly_is_open(case: Case) -> bool:
    """Whether the balance is within the limit of the plan online."""
    assert case.s.assessed is not None
    return case.s.assessed <= case.number("simple_plan_limit_individual")


def _option(case: Case) -> str:
    """The option a monthly agreement is: online within the limit, on paper above it."""
    return "simple_plan" if _monthly_is_open(case) else "form_9465"


def _told_payment(case: Case) -> Decimal | None:
    """The monthly payment that was told, or that is done in the time that was told.

    ``None`` when neither was, or when the short-term plan is enough.
    """
    if case.account is None or case.s.days is None:
        return None
    if case.s.days <= case.number("short_term_max_days"):
        return None
    if case.s.days_to_pay is None:
        return case.s.monthly_payment
    months = case.s.days_to_pay // DAYS_A_MONTH
    return smallest_payment(case.account, case.in_agreement, months)


def _own_pace(case: Case) -> Way | None:
    payment = _told_payment(case)
    if payment is None:
        return None
    return _agreement(case, "own_pace", "Monthly plan at your pace", payment)


def _part_first(case: Case) -> Way | None:
    """What can be paid now, then monthly: at the pace told, else at the paper form's."""
    part = case.s.pay_now
    assert case.account is not None
    if part is None or part >= case.account.total:
        return None
    assessed = case.s.assessed
    assert assessed is not None
    online = assessed - part <= case.number("simple_plan_limit_individual")
    payment = _payment_after_part(case)
    if payment is None:
        return None
    fee = plan_fee(case, online)
    plan = part_first(case.account, case.in_agreement, part, payment, fee.amount)
    option = "pay_part_then_plan" if _monthly_is_open(case) else "pay_down_first"
    return _way(
        case, "part_first", option if online else "form_9465", "Part now, then a monthly plan", "month",
        plan, fee.words,
    )  # fmt: skip


def _payment_after_part(case: Case) -> Decimal | None:
    """What is paid a month for the rest: as told, else the form's; more where that is too slow.

    ``None`` when nothing clears the rest in time.
    """
    rest, smallest = case.after_part, case.smallest_after_part
    if rest is None or smallest is None:
        return None
    told = _told_payment(case)
    if told is not None and case.s.days_to_pay is not None:
        months = min(case.s.days_to_pay // DAYS_A_MONTH, case.payments_left)
        return smallest_payment(rest, case.in_agreement, months)
    return max(told or _form_payment(case, rest.total), smallest)


def _form_payment(case: Case, balance: Decimal) -> Decimal:
    """Balance / 72, as line 10 of Form 9465 has it; USD, rounded up to the cent."""
    return cents_up(balance / case.number("form9465_divisor_months"))


def _form_pace(case: Case) -> Way | None:
    assert case.account is not None
    payment = _form_payment(case, case.account.total)
    return _agreement(case, "form_pace", "Monthly plan at the paper form's pace", payment)


def _lowest(case: Case) -> Way | None:
    """The least a month that is done before the time to collect ends."""
    if case.smallest_payment is None:
        return None
    name = "Monthly plan at the lowest payment"
    return _agreement(case, "lowest", name, case.smallest_payment)


def still_open(found: Iterable[Way], options: Iterable[Option]) -> tuple[Way, ...]:
    """The ways whose option is open, or may be once an unknown fact is known."""
    closed = {option.id for option in options if option.verdict == NOT_AVAILABLE}
    return tuple(way for way in found if way.option not in closed)


def cheapest(found: tuple[Way, ...], options: tuple[Option, ...]) -> str | None:
    """The id of the way that costs least in all, of those the person's answers leave open.

    A way that asks for a faster pace than was told is not open; the first of equals counts.
    """
    left = still_open(found, options)
    return min(left, key=lambda way: way.total).id if left else None


def easiest(found: tuple[Way, ...], options: tuple[Option, ...]) -> str | None:
    """The id of the way with the lowest payment, of those in several payments that are open."""
    left = [way for way in still_open(found, options) if way.every != "once"]
    return min(left, key=lambda way: way.payment).id if left else None


def waiting(case: Case) -> tuple[Waiting, ...]:
    """What waiting 30, 60 and 90 days costs when nothing is paid and nothing arranged."""
    if case.account is None:
        return ()
    found = []
    for days in WAITS:
        on = case.as_of + timedelta(days=days)
        owed = owed_on(case.account, case.without_agreement, on)
        found.append(Waiting(days, on, owed - case.account.total, owed))
    return tuple(found)


def saving(case: Case) -> Saving | None:
    """What paying a part now saves, at the pace told or else the paper form's; ``None`` if neither.

    The same payment each month with the part and without it.
    """
    part, owed = case.s.pay_now, case.account
    if part is None or owed is None or part >= owed.total or case.s.taxpayer == "business":
        return None
    payment = _told_payment(case) or _form_payment(case, owed.total)
    try:
        without = pay_off(owed, case.in_agreement, payment)
        after = pay_off(after_paying(owed, part), case.in_agreement, payment)
    except NeverClears:
        return None
    saved = without.interest + without.penalty - after.interest - after.penalty
    return Saving(part, payment, saved)


def payment_for(case: Case, months: int) -> Decimal:
    """The monthly payment, USD, that clears the balance in so many months.

    Raises FigureError when the amount is unknown or too old to count with, and ValueError for less
    than one month.
    """
    if case.account is None:
        raise FigureError("Without a balance that can be counted, no payment can be computed.")
    return smallest_payment(case.account, case.in_agreement, months)
