"""The rules themselves: limits applied in the order of the IRS's pages, no words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from irs.figures import figure

if TYPE_CHECKING:
    from irs.plans import Situation

CENT = Decimal("0.01")


def short_term_fits(amount: Decimal, days: int, as_of: date) -> bool:
    """Less than the limit, and paid within the longest time (IRS Topic 201)."""
    return (
        amount < figure("short_term_limit", as_of).number
        and days <= figure("short_term_max_days", as_of).number
    )


def long_term_fits(amount: Decimal, as_of: date) -> bool:
    """Up to and including the limit (IRS payment plans page; Simple Payment Plan)."""
    return amount <= figure("long_term_online_limit_individual", as_of).number


def decide(situation: Situation, as_of: date) -> str | None:
    """The plan, or ``None`` while an unknown fact decides."""
    filed, amount, days = situation.returns_filed, situation.amount_owed, situation.days
    if filed is False:
        return "file_returns_first"
    if situation.taxpayer == "business" and situation.payroll_tax is True:
        return "professional" if filed else None
    if situation.taxpayer == "business" and situation.payroll_tax is None:
        return None
    if filed is None:
        return None
    if days == 0:
        return "pay_in_full"
    if days is None:
        return None  # even over every limit: "all of it now" would still change the plan
    if situation.taxpayer == "business":
        return "form_9465_or_call"
    if amount is None:
        return None
    if short_term_fits(amount, days, as_of):
        return "short_term"
    return "long_term" if long_term_fits(amount, as_of) else "form_9465_or_call"


def possible_answers(as_of: date) -> dict[str, tuple[Any, ...]]:
    """For each fact, one answer from every stretch in which the rules act alike."""
    short, long = (
        figure("short_term_limit", as_of).number,
        figure("long_term_online_limit_individual", as_of).number,
    )
    days = int(figure("short_term_max_days", as_of).number)
    return {
        "amount_owed": (long, long + CENT, short - CENT, short),
        "days_to_pay": (0, days, days + 1),
        "returns_filed": (True, False),
        "payroll_tax": (True, False),
    }
