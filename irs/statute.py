"""How long the IRS may collect: ten years from an assessment, longer where the time stood still.

Rules: facts ``csed`` and ``plan-effect-on-levy-and-statute`` (TAS-CSED; 26 U.S.C. 6502, 6503). The
date here is an estimate from what a person tells; the one that counts is on the IRS record, and
every assessment has its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from irs.figures import Reference, figure
from irs.situation import Suspension
from irs.workdays import MONTHS_A_YEAR, add_months, add_years

DAY = timedelta(days=1)
LAST_PAY_DAY = 28  # a monthly payment's day exists in every month
_REFUSED_TAIL = frozenset(("plan_request", "offer", "appeal"))
_SUSPENSION_FIGURES = (
    "csed_after_rejection_days", "csed_after_bankruptcy_months", "csed_after_innocent_spouse_days",
    "csed_abroad_min_months",
)  # fmt: skip

Interval = tuple[date, date]  # first and last day, both counted


@dataclass(frozen=True)
class Statute:
    """The time to collect one assessment, counted from what is known on a day.

    ``base``: the last day without suspensions. ``ends``: the last day with them. ``added_days``:
    between the two. ``running``: the day asked for is no later than ``ends``. ``still_suspended``:
    the time stands still on that day, so ``ends`` may still move later. ``words``: plain English.
    """

    assessed_on: date
    base: date
    ends: date
    added_days: int
    running: bool
    still_suspended: bool
    words: str
    references: tuple[Reference, ...]


def collection_statute(
    assessed_on: date, suspensions: Iterable[Suspension], as_of: date
) -> Statute:
    """The statute of an assessment made on ``assessed_on``, as seen on ``as_of``.

    A suspension counts from its first through its last day, both included, and then through its
    tail: 30 days after a plan request or an offer was refused or an appeal lost, 6 months after
    bankruptcy, 60 days after an innocent-spouse request. One still open counts as if it ended on
    ``as_of``. Time abroad counts only from 6 months without a break on (stays that overlap or touch
    are one stay). Days counted by two suspensions count once; days before the assessment and a
    suspension that begins when the time has already run out do not count.

    FigureError where a figure has no value on ``as_of``.
    """
    years = figure("csed_years", as_of)
    base = ends = add_years(assessed_on, int(years.number))
    standing = _merged(
        (max(first, assessed_on), last)
        for first, last in _intervals(suspensions, as_of)
        if last >= assessed_on
    )
    still = False
    for first, last in standing:
        if first > ends:
            break  # nothing was left to stand still
        ends += last - first + DAY
        still = still or first <= as_of <= last
    return Statute(
        assessed_on=assessed_on,
        base=base,
        ends=ends,
        added_days=(ends - base).days,
        running=as_of <= ends,
        still_suspended=still,
        words=_words(assessed_on, ends, (ends - base).days, as_of, still, years.text),
        references=_references(ends > base, as_of),
    )


def months_left(ends: date, as_of: date) -> int:
    """How many monthly payments fall due on or before ``ends``; 0 when none does.

    Payment k is due k months after ``as_of``, on the same day of the month, at most the 28th.
    """
    months = (ends.year - as_of.year) * MONTHS_A_YEAR + ends.month - as_of.month
    return max(0, months - (min(as_of.day, LAST_PAY_DAY) > ends.day))


def _intervals(suspensions: Iterable[Suspension], as_of: date) -> list[Interval]:
    """Every stretch in which the time stands still, tails included."""
    told: list[tuple[Suspension, Interval]] = []
    for suspension in suspensions:
        last = as_of if suspension.ended is None else suspension.ended
        if suspension.began <= last:  # else it is open and has not begun yet
            told.append((suspension, (suspension.began, last)))
    found = [
        (first, _with_tail(suspension, last, as_of))
        for suspension, (first, last) in told
        if suspension.kind != "abroad"
    ]
    shortest = int(figure("csed_abroad_min_months", as_of).number)
    stays = _merged(interval for suspension, interval in told if suspension.kind == "abroad")
    return found + [
        (first, last) for first, last in stays if last + DAY >= add_months(first, shortest)
    ]


def _with_tail(suspension: Suspension, last: date, as_of: date) -> date:
    """The last day on which the time stands still because of a suspension that ended on a day."""
    if suspension.kind == "bankruptcy":
        return add_months(last, int(figure("csed_after_bankruptcy_months", as_of).number))
    if suspension.kind == "innocent_spouse":
        return last + int(figure("csed_after_innocent_spouse_days", as_of).number) * DAY
    if suspension.refused and suspension.kind in _REFUSED_TAIL:
        return last + int(figure("csed_after_rejection_days", as_of).number) * DAY
    return last


def _merged(intervals: Iterable[Interval]) -> list[Interval]:
    """The same days as intervals that neither overlap nor touch, in order."""
    merged: list[Interval] = []
    for first, last in sorted(intervals):
        if merged and first <= merged[-1][1] + DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def _references(suspended: bool, as_of: date) -> tuple[Reference, ...]:
    """The sources of the figures used, each once."""
    names = ("csed_years", *(_SUSPENSION_FIGURES if suspended else ()))
    found = {source.key: source for name in names for source in figure(name, as_of).references}
    return tuple(found.values())


def _words(assessed_on: date, ends: date, added: int, as_of: date, still: bool, years: str) -> str:
    """The statute for a reader. It never says that waiting is safe."""
    count = f"{years} from {_say(assessed_on)}"
    if added:
        count += f" and {added} more day{'' if added == 1 else 's'} for time that stood still"
    if as_of > ends:
        return (
            f"By this count ({count}) the IRS's last day to collect, {_say(ends)}, has passed. "
            "Only the IRS record settles the date: ask for it, and leave no letter unanswered."
        )
    moves = " The time stands still right now, so that day can move later." if still else ""
    return (
        f"By this count ({count}) the IRS can collect through {_say(ends)}.{moves} The exact date "
        "is on the IRS record, and each assessment has its own."
    )


def _say(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
