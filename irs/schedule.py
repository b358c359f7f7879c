"""A balance paid off in steps: what is added, what is paid, what is left, row by row.

The order of a payment is tax, then penalty, then interest (facts ``payment-order``). Penalty that
is added on the way bears no interest here: it does so only once it is billed and stays unpaid, and
nobody can tell when that is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from itertools import count, islice
from typing import NamedTuple

from irs.account import Account
from irs.interest import assumed_from, growth
from irs.money import CENT, ZERO, cents, cents_up
from irs.penalty import Terms, charges
from irs.workdays import add_months

DAY = timedelta(days=1)
MOST_PAYMENTS = 600  # fifty years: no agreement runs longer, so a payment that needs more is no use
LAST_DAY = 28  # Form 9465 takes payment days 1 to 28


class NeverClears(ValueError):
    """The payment does not even pay what is added; the message says so."""


class Row(NamedTuple):
    """One payment day. USD; ``closing`` is what is left after the payment, ``tax`` of it."""

    number: int
    on: date
    opening: Decimal
    interest: Decimal
    penalty: Decimal
    payment: Decimal
    closing: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Schedule:
    """A whole way to zero, in one row at least. USD.

    A part paid before the regular payments is the row with number 0.
    ``fee``: set-up fee, paid beside the payments. ``assumed_rate_from``: the first day whose
    interest rate is not published yet, if any.
    """

    start: date
    balance: Decimal
    rows: tuple[Row, ...]
    fee: Decimal
    assumed_rate_from: date | None

    @property
    def payments(self) -> int:
        """How many payments; a part paid first does not count."""
        return self.rows[-1].number

    @property
    def ends(self) -> date:
        """The day of the last payment."""
        return self.rows[-1].on

    @property
    def regular(self) -> Decimal:
        """The payment that is made each time but the last; a part paid first does not count."""
        return next(row.payment for row in self.rows if row.number)

    @property
    def paid(self) -> Decimal:
        """All payments, without the fee."""
        return sum((row.payment for row in self.rows), ZERO)

    @property
    def interest(self) -> Decimal:
        """Interest added on the way."""
        return sum((row.interest for row in self.rows), ZERO)

    @property
    def penalty(self) -> Decimal:
        """Failure-to-pay penalty added on the way."""
        return sum((row.penalty for row in self.rows), ZERO)

    @property
    def total(self) -> Decimal:
        """Everything that is paid, the fee included."""
        return self.paid + self.fee


def monthly(start: date) -> Iterable[date]:
    """Payment days: the same day of each month after ``start``, the 28th at the latest."""
    day = min(start.day, LAST_DAY)
    return (add_months(start.replace(day=day), number) for number in count(1))


def every_30_days(start: date) -> Iterable[date]:
    """Payment days of a short-term plan: 30 days apart, so that six fit into 180 days."""
    return (start + timedelta(days=30 * number) for number in count(1))


class Ledger:
    """The running balance: what is added and what is paid, day by day."""

    def __init__(self, account: Account, terms: Terms) -> None:
        self.account = account
        self.terms = terms
        self.on = account.on
        self.tax = account.tax
        self.billed = account.penalty
        self.added = ZERO
        self.interest = account.interest
        self.percent = account.percent_charged

    @property
    def total(self) -> Decimal:
        """What is owed now."""
        return self.tax + self.billed + self.added + self.interest

    def step(self, number: int, on: date, payment: Decimal) -> Row:
        """One payment day: what is added through it, then the payment."""
        opening = self.total
        gained, penalty = self.accrue(on)
        paid = self.pay(payment)
        return Row(number, on, opening, gained, penalty, paid, self.total, self.tax)

    def accrue(self, to: date) -> tuple[Decimal, Decimal]:
        """Post what is added through a day: (interest, penalty)."""
        gained = cents((self.tax + self.billed + self.interest) * growth(self.on, to))
        penalty = ZERO
        if self.tax:
            for charge in charges(
                self.tax, self.account.return_due, self.on, to, self.percent, self.terms
            ):
                penalty += charge.amount
                self.percent += charge.percent
        self.interest += gained
        self.added += penalty
        self.on = to
        return gained, penalty

    def pay(self, amount: Decimal) -> Decimal:
        """Take a payment, at most what is left; returns what was taken."""
        if amount <= self.tax:
            self.tax -= amount
            return amount
        taken = left = min(amount, self.total)
        for part in ("tax", "billed", "added", "interest"):
            owed = getattr(self, part)
            share = min(left, owed)
            setattr(self, part, owed - share)
            left -= share
        return taken


def pay_off(
    account: Account,
    terms: Terms,
    payment: Decimal,
    days: Callable[[date], Iterable[date]] = monthly,
    fee: Decimal = ZERO,
) -> Schedule:
    """The schedule of equal payments until nothing is left; the last one is what is left.

    Raises NeverClears when more than :data:`MOST_PAYMENTS` would be needed, and FigureError when
    the account is older than the interest rates held here.
    """
    ledger = Ledger(account, terms)
    rows = []
    for number, on in enumerate(islice(days(account.on), MOST_PAYMENTS), 1):
        rows.append(ledger.step(number, on, payment))
        if not ledger.total:
            return Schedule(
                account.on, account.total, tuple(rows), fee, assumed_from(account.on, on)
            )
    raise NeverClears(
        f"${payment:,.2f} does not pay the balance off: too little is left of it after the "
        "interest and penalty that are added."
    )


def lump(account: Account, terms: Terms, on: date) -> Schedule:
    """Everything paid at once on a day; nothing is added when that is no later than the account."""
    if on <= account.on:
        return Schedule(account.on, account.total, (_at_once(account),), ZERO, None)
    return pay_off(account, terms, Decimal("Infinity"), lambda start: iter((on,)))


def _at_once(account: Account) -> Row:
    return Row(1, account.on, account.total, ZERO, ZERO, account.total, ZERO, ZERO)


def owed_on(account: Account, terms: Terms, on: date) -> Decimal:
    """What is owed on a day when nothing is paid; before the account's own day, its balance."""
    ledger = Ledger(account, terms)
    if on > account.on:
        ledger.accrue(on)
    return ledger.total


def part_first(
    account: Account, terms: Terms, part: Decimal, payment: Decimal, fee: Decimal = ZERO
) -> Schedule:
    """A part at once, on the account's own day, then monthly payments for the rest.

    Raises NeverClears as :func:`pay_off` does.
    """
    rest = after_paying(account, part)
    first = Row(0, account.on, account.total, ZERO, ZERO, part, rest.total, rest.tax)
    then = pay_off(rest, terms, payment, monthly, fee)
    return replace(then, balance=account.total, rows=(first, *then.rows))


def after_paying(account: Account, amount: Decimal) -> Account:
    """The account right after a payment on its own day."""
    ledger = Ledger(account, Terms())
    ledger.pay(amount)
    return Account(
        account.on, ledger.tax, ledger.billed, ledger.interest, account.return_due,
        account.percent_charged, account.assumptions,
    )  # fmt: skip


def brought_to(account: Account, terms: Terms, on: date) -> Account:
    """The account with what is added through a later day; itself when that is no later.

    Penalty added on the way joins the billed one.
    """
    if on <= account.on:
        return account
    ledger = Ledger(account, terms)
    ledger.accrue(on)
    return Account(
        on, ledger.tax, ledger.billed + ledger.added, ledger.interest, account.return_due,
        ledger.percent, account.assumptions,
    )  # fmt: skip


def smallest_payment(
    account: Account,
    terms: Terms,
    payments: int,
    days: Callable[[date], Iterable[date]] = monthly,
) -> Decimal:
    """The least equal payment, to the cent, that leaves nothing after so many payments.

    Raises ValueError when ``payments`` is below 1.
    """
    if payments < 1:
        raise ValueError("At least one payment is needed.")
    on = tuple(islice(days(account.on), payments))
    least, most = ZERO, cents_up(owed_on(account, terms, on[-1]))
    short, spare = most, -most  # what would be left, and (below zero) what would be too much
    # Between a payment that is too small and one that is enough, the balance left falls almost on a
    # straight line, so a few steps along it reach the cent; halving is the way out of its bends.
    step = 0
    while most - least > CENT:
        guess = least + (most - least) * short / (short - spare)
        if step % 3 == 2:
            guess = (least + most) / 2
        step += 1
        tried = min(max(guess.quantize(CENT, ROUND_CEILING), least + CENT), most - CENT)
        left = _left_after(account, terms, tried, on)
        if left > 0:
            least, short = tried, left
        else:
            most, spare = tried, left
    return most


def _left_after(account: Account, terms: Terms, payment: Decimal, on: tuple[date, ...]) -> Decimal:
    """What is left after payments on some days, or, below zero, the payments not needed."""
    ledger = Ledger(account, terms)
    for number, day in enumerate(on, 1):
        ledger.accrue(day)
        taken = ledger.pay(payment)
        if not ledger.total:
            return -(payment - taken + payment * (len(on) - number))
    return ledger.total
