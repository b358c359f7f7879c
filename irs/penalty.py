"""The failure-to-pay penalty: a share of the unpaid tax for each month or part of a month.

Rule: 26 U.S.C. 6651 (facts ``failure-to-pay``, ``-025``, ``-1``). A penalty month runs from the day
after the return's due date to the same day of the next month, and counts whole once it has begun.
0.5 % is the usual rate; 0.25 % while an installment agreement is in effect, for an individual who
filed that return on time; 1 % from the first month that begins on or after the 10th day after a
notice of intent to levy (CP504). The percentages add up to 25 at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from irs.figures import figure
from irs.money import ZERO, cents
from irs.workdays import add_months

DAY = timedelta(days=1)
USUAL_DUE_DAY = 15  # annual returns of individuals: April 15, so penalty months begin on the 16th


@dataclass(frozen=True)
class Terms:
    """What decides the rate. ``agreement_from``: the day an installment agreement takes effect.

    ``quarter_rate``: an individual who filed this return on time, known for sure.
    ``levy_notice_date``: of a CP504.
    """

    agreement_from: date | None = None
    quarter_rate: bool = False
    levy_notice_date: date | None = None


class Charge(NamedTuple):
    """One month's charge: ``on`` the day the month begins, ``percent`` of the tax, USD."""

    on: date
    percent: Decimal
    amount: Decimal


@lru_cache(maxsize=4096)
def month_starts(return_due: date, after: date, through: date) -> tuple[date, ...]:
    """The days on which penalty months begin, later than ``after`` and no later than ``through``."""
    number = max(0, (after.year - return_due.year) * 12 + after.month - return_due.month - 1)
    starts: list[date] = []
    while True:
        begins = add_months(return_due, number) + DAY
        if begins > through:
            return tuple(starts)
        if begins > after:
            starts.append(begins)
        number += 1


def percent_of(begins: date, terms: Terms) -> Decimal:
    """The rate, in percent, of the penalty month that begins on a day."""
    in_effect = terms.agreement_from is not None and begins >= terms.agreement_from
    if in_effect and terms.quarter_rate:
        return figure("ftp_rate_installment", begins).number
    if terms.levy_notice_date is not None:
        wait = int(figure("levy_notice_to_1_percent_days", begins).number)
        if begins >= terms.levy_notice_date + timedelta(days=wait):
            return figure("ftp_rate_after_levy_notice", begins).number
    return figure("ftp_rate_standard", begins).number


@lru_cache(maxsize=16384)  # a search for a payment walks the same months again and again
def _percents(
    return_due: date, after: date, through: date, terms: Terms
) -> tuple[tuple[date, Decimal, Decimal], ...]:
    """(first day, rate, cap) of each penalty month that begins in a stretch."""
    return tuple(
        (begins, percent_of(begins, terms), figure("ftp_cap", begins).number)
        for begins in month_starts(return_due, after, through)
    )


def percent_charged(return_due: date, through: date, terms: Terms) -> Decimal:
    """The percentages charged for the penalty months begun through a day, at most the cap."""
    months = month_starts(return_due, return_due, through)
    charged = sum((percent_of(begins, terms) for begins in months), ZERO)
    return min(charged, figure("ftp_cap", through).number)


def charges(
    tax: Decimal, return_due: date, after: date, through: date, so_far: Decimal, terms: Terms
) -> tuple[Charge, ...]:
    """The charges of the penalty months that begin after ``after`` and through ``through``.

    ``tax``: USD unpaid all that time. ``so_far``: percent charged before. Each charge is rounded to
    the cent; the one that reaches the cap is cut to what is left of it, and none follows.
    """
    found = []
    for begins, usual, cap in _percents(return_due, after, through, terms):
        percent = min(usual, cap - so_far)
        if percent <= 0:
            break
        so_far += percent
        found.append(Charge(begins, percent, cents(tax * percent / 100)))
    return tuple(found)
