"""When the firm's desk is open: pure functions of a moment, by the clock on the firm's wall.

Opening hours are wall-clock times, so the days on which clocks change follow by themselves: an hour
that is skipped is no opening hour, an hour that comes twice is one both times.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from irs.workdays import federal_holidays

DAYS = 7
_MOST_CLOSED = 366
_HORIZON = _MOST_CLOSED * DAYS + 60  # days: with one day a week, and each of those closed
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")

Span = tuple[int, int]  # minutes of the day, from and until; 1440 is midnight at the end


@dataclass(frozen=True)
class Opening:
    """A firm's hours. ``weekly`` from Monday; ``holidays``: closed on US federal ones."""

    zone: ZoneInfo
    weekly: tuple[tuple[Span, ...], ...]
    holidays: bool = True
    closed: frozenset[date] = frozenset()


def usual(zone: ZoneInfo) -> Opening:
    """Until a manager says otherwise: Monday to Friday, nine to five, no federal holidays."""
    return Opening(zone, (((9 * 60, 17 * 60),),) * 5 + ((), ()))


def open_at(opening: Opening, moment: datetime) -> bool:
    """Whether the desk is open; ``moment`` with a time zone, any."""
    wall = _aware(moment).astimezone(opening.zone)
    minute = wall.hour * 60 + wall.minute
    return any(start <= minute < end for start, end in _spans(opening, wall.date()))


def next_opening(opening: Opening, moment: datetime) -> datetime | None:
    """When it is open next, in the firm's zone: ``moment`` itself while it is; None if never.

    Compare it in UTC: Python calls no two moments of an hour that comes twice equal.
    """
    moment = _aware(moment).astimezone(UTC)
    first = moment.astimezone(opening.zone)
    if open_at(opening, moment):
        return first
    for n in range(_HORIZON):
        day = first.date() + timedelta(days=n)
        for start in sorted(_starts(opening, day)):
            if start >= moment and open_at(opening, start):
                return start.astimezone(opening.zone)
    return None


def _starts(opening: Opening, day: date) -> Iterator[datetime]:
    """Moments of a day (in UTC) at which it may open: where hours begin, where clocks change."""
    spans = _spans(opening, day)
    for start, _ in spans:
        wall = datetime(day.year, day.month, day.day, start // 60, start % 60)
        for fold in (0, 1):  # an hour that comes twice begins twice
            yield wall.replace(tzinfo=opening.zone, fold=fold).astimezone(UTC)
    if spans:
        yield from _changes(opening.zone, day)


def _changes(zone: ZoneInfo, day: date) -> Iterator[datetime]:
    """The moment of a day (in UTC) at which its clocks change, if they do."""
    low = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC) - timedelta(hours=3)
    high = low + timedelta(hours=31)
    before = low.astimezone(zone).utcoffset()
    if high.astimezone(zone).utcoffset() == before:
        return
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    change = high.replace(microsecond=0)
    if change.astimezone(zone).date() == day:
        yield change


def _spans(opening: Opening, day: date) -> Sequence[Span]:
    if day in opening.closed or (opening.holidays and day in federal_holidays(day.year)):
        return ()
    return opening.weekly[day.weekday()]


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment


def parse(
    zone: ZoneInfo, weekly: Sequence[Sequence[Sequence[str]]], holidays: bool, closed: Iterable[str]
) -> Opening:
    """From what a manager wrote; ValueError with a sentence where it makes no hours."""
    if len(weekly) != DAYS:
        raise ValueError("there are seven days, from Monday to Sunday.")
    days = tuple(tuple(sorted(_span(pair) for pair in day)) for day in weekly)
    for spans in days:
        if any(a[1] > b[0] for a, b in zip(spans, spans[1:], strict=False)):
            raise ValueError("two times of one day overlap.")
    try:
        shut = frozenset(date.fromisoformat(day) for day in closed)
    except ValueError:
        raise ValueError("a closed day is written like 2026-12-24.") from None
    if len(shut) > _MOST_CLOSED:
        raise ValueError(f"there can be {_MOST_CLOSED} closed days.")
    return Opening(zone, days, holidays, shut)


def written(opening: Opening) -> tuple[list[list[list[str]]], list[str]]:
    """Back to what a manager wrote: weekly hours and closed days."""
    weekly = [[[_clock(a), _clock(b)] for a, b in spans] for spans in opening.weekly]
    return weekly, sorted(day.isoformat() for day in opening.closed)


def _span(pair: Sequence[str]) -> Span:
    if len(pair) != 2 or not all(_TIME.fullmatch(text) for text in pair):
        raise ValueError('times are written like "09:00" and "17:00", from and until.')
    start, end = (int(text[:2]) * 60 + int(text[3:]) for text in pair)
    if start >= end:
        raise ValueError("a time must end after it begins; past midnight belongs to the next day.")
    return start, end


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
