"""What is left of a balance as time goes by: on a way to pay, and when nothing is paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from irs.assessment import Way
from irs.case import Case
from irs.schedule import owed_on
from irs.showing import about, said_day
from irs.workdays import add_months

MOST_MONTHS = 120
LEAST_MONTHS = 12  # where all is paid at once there is a year to see all the same
NOTHING_PAID = "Nothing paid"

Point = tuple[date, Decimal]


def of_way(way: Way) -> tuple[Point, ...]:
    """(day, USD left) at the start and after each payment; a payment on the first day is a second
    point of that day."""
    plan = way.schedule
    return ((plan.start, plan.balance), *((row.on, row.closing) for row in plan.rows))


def of_nothing(case: Case, ways: tuple[Way, ...]) -> tuple[Point, ...]:
    """(day, USD owed) when nothing is paid: now, then on the first of each month.

    Through the end of the longest of some ways, a year at least and ten at most. Nothing where
    there is no way, or no balance that can be counted. An estimate: see :func:`nothing_words`.
    """
    if case.account is None or not ways:
        return ()
    start = case.account.on
    until = max(add_months(start, LEAST_MONTHS), *(way.ends for way in ways))
    first = start.replace(day=1)
    days = [day for n in range(1, MOST_MONTHS + 1) if (day := add_months(first, n)) <= until]
    return tuple(
        (day, owed_on(case.account, case.without_agreement, day)) for day in (start, *days)
    )


def nothing_words(case: Case, points: tuple[Point, ...]) -> str:
    """What doing nothing comes to, and what that leaves out; "" for no points."""
    if not points:
        return ""
    on, owed = points[-1]
    left_out = ["further notices", "a levy on wages or bank accounts"]
    if case.s.levy_notice_date is None:
        left_out.append("the higher penalty after a notice of intent to levy")
    listed = f"{', '.join(left_out[:-1])} and {left_out[-1]}"
    return (
        f"If nothing is paid, about {about(owed)} would be owed on {said_day(on)}. That is an "
        f"estimate. It leaves out what the IRS may do meanwhile: {listed}."
    )
