"""Interest on what is owed: compounded daily at the rate of each calendar quarter.

Rule: 26 U.S.C. 6601, 6621, 6622 (facts ``interest-method``): balance x (1 + rate / 365) for each
day, 366 in a leap year. The rate is the figure ``interest_rate``, published quarter by quarter. A
day after the last published quarter is counted at the last published rate, and every result that
did so says so and from which day.
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from irs.figures import FigureError, Reference, Unpublished, lookup
from irs.money import cents

DAY = timedelta(days=1)


@dataclass(frozen=True)
class RateSpan:
    """Days with one rate: from ``first`` through ``last``, ``rate`` percent a year.

    ``published``: False where no rate is published yet and the last one is assumed.
    """

    first: date
    last: date
    rate: Decimal
    published: bool

    @property
    def days(self) -> int:
        """How many days the span holds."""
        return (self.last - self.first).days + 1

    @property
    def factor(self) -> Decimal:
        """What one dollar grows to over the span."""
        year = 366 if isleap(self.first.year) else 365
        return (1 + self.rate / 100 / year) ** self.days


def _quarter_end(day: date) -> date:
    month = 3 * ((day.month - 1) // 3) + 3
    return date(day.year, month, 31 if month in (3, 12) else 30)


@lru_cache(maxsize=256)
def _rate(quarter_end: date) -> tuple[Decimal, bool]:
    found = lookup("interest_rate", quarter_end)
    if not isinstance(found, Unpublished):
        return found.number, True
    if found.last is None:
        raise FigureError(found.reason)
    return found.last.number, False


def rate_spans(start: date, end: date) -> tuple[RateSpan, ...]:
    """The rates of the days after ``start`` through ``end``, split at the quarters.

    Raises FigureError for days before the first rate held here.
    """
    spans = []
    first = start + DAY
    while first <= end:
        last = min(end, _quarter_end(first))
        rate, published = _rate(_quarter_end(first))
        spans.append(RateSpan(first, last, rate, published))
        first = last + DAY
    return tuple(spans)


@lru_cache(maxsize=8192)
def growth(start: date, end: date) -> Decimal:
    """What one dollar owed on ``start`` has gained by ``end``, unrounded; 0 when no day passes."""
    grown = Decimal(1)
    for span in rate_spans(start, end):
        grown *= span.factor
    return grown - 1


def interest(base: Decimal, start: date, end: date) -> Decimal:
    """Interest in USD on ``base`` for the days after ``start`` through ``end``, to the cent."""
    return cents(base * growth(start, end))


def assumed_from(start: date, end: date) -> date | None:
    """The first day after ``start`` through ``end`` without a published rate, if there is one."""
    for span in rate_spans(start, end):
        if not span.published:
            return span.first
    return None


def rate_words(day: date) -> str:
    """That the rate from ``day`` on is an assumption, in one sentence for a reader."""
    rate, _ = _rate(_quarter_end(day))
    last = day - DAY
    return (
        f"IRS interest rates are published through {last:%B} {last.day}, {last.year}; after that I "
        f"used the last one, {rate.normalize():f}% a year."
    )


def references(day: date) -> tuple[Reference, ...]:
    """Where the rate of a day comes from."""
    found = lookup("interest_rate", day)
    shown = found.last if isinstance(found, Unpublished) else found
    return shown.references if shown else ()
