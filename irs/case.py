"""A situation on a day, with what several rules need worked out once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from irs.account import Account, account, terms_of
from irs.figures import Figure, FigureError, figure
from irs.penalty import USUAL_DUE_DAY, Terms
from irs.schedule import NeverClears, after_paying, brought_to, pay_off, smallest_payment
from irs.situation import Situation
from irs.statute import collection_statute, months_left
from irs.workdays import add_months, add_years


class Case:
    """A situation, the day it is judged on, and what follows from both. Nothing here decides."""

    def __init__(self, situation: Situation, as_of: date) -> None:
        self.s = situation
        self.as_of = as_of

    def figure(self, name: str, key: int | None = None) -> Figure:
        """A figure on the day; FigureError when it has no value then."""
        return figure(name, self.as_of, key)

    def number(self, name: str) -> Decimal:
        """A figure's number."""
        return self.figure(name).number

    def text(self, name: str) -> str:
        """A figure as a person reads it."""
        return self.figure(name).text

    @cached_property
    def start(self) -> date:
        """The day a plan starts: the due date on the notice, or today when it has passed."""
        return max(self.as_of, self.s.due_date or self.as_of)

    @cached_property
    def account(self) -> Account | None:
        """The balance on :attr:`start`; ``None`` when the amount is unknown.

        Also ``None`` when it began before the first interest rate held here: see
        :attr:`too_old`.
        """
        try:
            owed = account(self.s, self.as_of)
            return owed and brought_to(owed, terms_of(self.s, None), self.start)
        except FigureError:
            return None

    @property
    def too_old(self) -> bool:
        """Whether the amount is known, and yet nothing can be computed from so long ago."""
        return self.s.amount_owed is not None and self.account is None

    @cached_property
    def in_agreement(self) -> Terms:
        """How the penalty is counted while an installment agreement runs."""
        return terms_of(self.s, self.start)

    @cached_property
    def without_agreement(self) -> Terms:
        """How the penalty is counted without one (also in a short-term plan)."""
        return terms_of(self.s, None)

    @cached_property
    def statute_ends(self) -> date:
        """The day the time to collect ends, or the day that stands in for it.

        Stand-ins: ten years from the day the return was due, or, with no tax year told or that day
        gone, the longest term of a Simple Payment Plan from now.
        """
        if self.s.assessed_on is not None:
            return collection_statute(self.s.assessed_on, self.s.suspensions, self.as_of).ends
        longest = add_months(self.as_of, int(self.number("simple_plan_max_term")))
        if self.s.tax_year is not None:
            due = date(self.s.tax_year + 1, 4, USUAL_DUE_DAY)
            ends = add_years(due, int(self.number("csed_years")))
            if self.as_of < ends < longest:
                return ends
        return longest

    @property
    def statute_words(self) -> str:
        """What the time to collect was taken to be, in one sentence for a reader."""
        ends = f"{self.statute_ends:%B} {self.statute_ends.day}, {self.statute_ends.year}"
        if self.s.assessed_on is not None:
            return f"Going by the date you gave, the IRS's time to collect ends on {ends}."
        longest = add_months(self.as_of, int(self.number("simple_plan_max_term")))
        if self.statute_ends < longest:
            return (
                f"I counted the IRS's {self.text('csed_years')} to collect from the day the return "
                f"was due, so through {ends}. The real date is on your IRS record."
            )
        return (
            f"I took the longest term, about {self.text('simple_plan_max_term')}. The IRS's time to "
            "collect may end sooner; the real date is on your IRS record."
        )

    @cached_property
    def payments_left(self) -> int:
        """How many monthly payments fit before the time to collect ends."""
        return months_left(self.statute_ends, self.start)

    @cached_property
    def smallest_payment(self) -> Decimal | None:
        """The least monthly payment that clears the balance in time; ``None`` when none can."""
        if self.account is None or self.payments_left < 1:
            return None
        return smallest_payment(self.account, self.in_agreement, self.payments_left)

    @cached_property
    def after_part(self) -> Account | None:
        """The balance once the part that can be paid now is paid; whole where none was told."""
        part, owed = self.s.pay_now, self.account
        if owed is None or part is None or part >= owed.total:
            return owed
        return after_paying(owed, part)

    @cached_property
    def smallest_after_part(self) -> Decimal | None:
        """The least monthly payment for :attr:`after_part` in time; ``None`` when none can."""
        if self.after_part is self.account:
            return self.smallest_payment
        if self.after_part is None or self.payments_left < 1:
            return None
        return smallest_payment(self.after_part, self.in_agreement, self.payments_left)

    @cached_property
    def pace_fits(self) -> bool | None:
        """Whether the pace that was told clears the balance in time, a part paid now included.

        True when no pace was told: the IRS then names the payment. ``None`` when the amount, which
        decides, is unknown.
        """
        if self.s.days_to_pay is not None:
            return self.as_of + timedelta(days=self.s.days_to_pay) <= self.statute_ends
        if self.s.monthly_payment is None:
            return self.payments_left >= 1
        if self.s.amount_owed is None:
            return None
        if self.account is None:
            return self.s.monthly_payment * self.payments_left > self.s.amount_owed
        smallest = self.smallest_after_part
        return smallest is not None and self.s.monthly_payment >= smallest

    @cached_property
    def months_needed(self) -> int | None:
        """Monthly payments the told pace takes, what is added included; ``None`` if unknown."""
        if self.after_part is None or self.s.monthly_payment is None:
            return None
        try:
            return pay_off(self.after_part, self.in_agreement, self.s.monthly_payment).payments
        except NeverClears:
            return None

    def having(self, **facts: object) -> Case:
        """The same case with some facts answered."""
        return Case(replace(self.s, **facts), self.as_of)  # type: ignore[arg-type]
