"""Business days and whole months on the calendar.

A business day is Monday to Friday and no US federal holiday; observed days count as holidays
(5 U.S.C. 6103, by the ``holidays`` library). Days off in the Washington area alone (Inauguration
Day, Emancipation Day) are left as business days: a day counted so never comes too late.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from functools import lru_cache

import holidays

MONTHS_A_YEAR = 12
SATURDAY = 5


@lru_cache(maxsize=256)
def federal_holidays(year: int) -> frozenset[date]:
    """The federal holidays that fall in a year, with the days they are observed on."""
    return frozenset(day for day in holidays.country_holidays("US", years=year) if day.year == year)


def is_business_day(day: date) -> bool:
    """Whether a day is Monday to Friday and no federal holiday."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def add_business_days(day: date, n: int) -> date:
    """The ``n``-th business day after ``day``; ``day`` itself for 0. ValueError for ``n`` < 0.

    Counting starts the day after ``day``, whatever ``day`` is.
    """
    if n < 0:
        raise ValueError("A number of business days cannot be less than 0.")
    while n:
        day += timedelta(days=1)
        n -= is_business_day(day)
    return day


def add_months(day: date, n: int) -> date:
    """The same day ``n`` months later (earlier if negative), at most that month's last day."""
    years, month = divmod(day.month - 1 + n, MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def add_years(day: date, n: int) -> date:
    """The same day ``n`` years later; February 29 becomes February 28 where there is none."""
    return add_months(day, MONTHS_A_YEAR * n)
