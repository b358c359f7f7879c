"""Which payment plan a balance-due notice leads to, and why.

``assess(situation, as_of)`` follows the order the IRS's own pages give: unfiled returns first, then
business accounts, then what time and amount allow. It is general information for someone with a
CP503 in hand; the date, amount and number printed on the notice always win.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from irs.figures import Reference
from irs.wording import Words

PLANS = (
    "pay_in_full", "short_term", "long_term", "form_9465_or_call", "file_returns_first",
    "professional",
)  # fmt: skip
DAYS_A_MONTH = 30  # a stated "N months" and a monthly payment are both turned into days by this


class SituationError(ValueError):
    """A fact cannot be true; the message says which and what is accepted."""


@dataclass(frozen=True)
class Situation:
    """What is known of a case; ``None`` is unknown.

    ``amount_owed``: USD, tax, penalties and interest together. ``days_to_pay``: whole days until
    all is paid, 0 = all by the due date. ``monthly_payment``: USD a month; gives the time when
    ``days_to_pay`` is unknown. ``payroll_tax``: a business with employment (trust-fund) tax.
    """

    amount_owed: Decimal | None = None
    days_to_pay: int | None = None
    monthly_payment: Decimal | None = None
    returns_filed: bool | None = None
    taxpayer: str | None = None
    payroll_tax: bool | None = None
    direct_debit: bool | None = None
    due_date: date | None = None

    def __post_init__(self) -> None:
        for name in ("amount_owed", "monthly_payment"):
            value = getattr(self, name)
            if value is not None and (not value.is_finite() or value <= 0):
                raise SituationError(f"{name} must be more than $0, for example 12000 or 4350.75.")
        if self.days_to_pay is not None and self.days_to_pay < 0:
            raise SituationError("days_to_pay must be 0 or more whole days.")
        if self.taxpayer not in (None, "individual", "business"):
            raise SituationError("taxpayer must be individual or business.")

    @property
    def days(self) -> int | None:
        """Days until all is paid, as told or as the monthly payment gives it."""
        if self.days_to_pay is not None:
            return self.days_to_pay
        months = self.months
        return None if months is None else months * DAYS_A_MONTH

    @property
    def months(self) -> int | None:
        """Whole months the monthly payment needs, charges that still accrue left out."""
        if self.amount_owed is None or self.monthly_payment is None:
            return None
        whole = (self.amount_owed / self.monthly_payment).to_integral_value(ROUND_CEILING)
        return int(whole)


@dataclass(frozen=True)
class Assessment:
    """The result: a plan, or ``None`` while a deciding fact is unknown, with its reasons.

    All texts are for the person who has the notice. ``open_facts``: the unknown facts that can
    still change ``plan``, in the order to ask for them.
    """

    plan: str | None
    title: str
    summary: str
    reasons: tuple[str, ...]
    why_not: tuple[str, ...]
    next_steps: tuple[str, ...]
    have_ready: tuple[str, ...]
    references: tuple[Reference, ...]
    open_facts: tuple[str, ...]
    assumptions: tuple[str, ...]
    notes: tuple[str, ...]
    as_of: date


def assess(situation: Situation, as_of: date) -> Assessment:
    """The plan for a situation on a day, with reasons, next steps and references."""
    plan = verdict(situation, as_of)
    return Words(situation, plan, as_of).assessment(open_facts(situation, as_of))


def verdict(situation: Situation, as_of: date) -> str | None:
    """The plan alone; ``None`` while an unknown fact decides.

    A business without payroll tax that is over no limit is still told to call: the online tool
    takes no business accounts.
    """
    from irs.rules import decide

    return decide(situation, as_of)


def open_facts(situation: Situation, as_of: date) -> tuple[str, ...]:
    """The unknown facts whose answer can change the plan, found by trying their answers."""
    from irs.rules import possible_answers

    found = []
    for fact, unknown in (
        ("amount_owed", situation.amount_owed is None),
        ("days_to_pay", situation.days is None),
        ("returns_filed", situation.returns_filed is None),
        ("payroll_tax", situation.taxpayer == "business" and situation.payroll_tax is None),
    ):
        if unknown and _can_change(situation, fact, possible_answers(as_of), as_of):
            found.append(fact)
    return tuple(found)


def _can_change(
    situation: Situation, fact: str, answers: dict[str, tuple[Any, ...]], as_of: date
) -> bool:
    """Whether two answers to ``fact`` lead to different plans, whatever else is unknown."""
    others = [
        name
        for name in answers
        if name != fact and name != "payroll_tax" and getattr(situation, name) is None
    ]
    cases = [situation]
    for name in others:
        if name == "days_to_pay" and situation.days is not None:
            continue
        cases = [_with(case, name, value) for case in cases for value in answers[name]]
    if situation.taxpayer == "business" and situation.payroll_tax is None and fact != "payroll_tax":
        cases = [replace(c, payroll_tax=v) for c in cases for v in (True, False)]
    return any(
        len({verdict(_with(case, fact, value), as_of) for value in answers[fact]}) > 1
        for case in cases
    )


def _with(situation: Situation, fact: str, value: Any) -> Situation:
    """The situation with one fact answered."""
    answered: dict[str, Any] = {fact: value}
    return replace(situation, **answered)
