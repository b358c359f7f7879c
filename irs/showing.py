"""How an assessment is laid out for a reader: which ways are shown, and each figure in words.

The dialogue, the card and the printed plan all take their words from here, so that they agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from irs.assessment import Assessment, Option, Way
from irs.figures import dollars, whole_dollars_up
from irs.ways import still_open

DISCLAIMER = (
    "General information, not legal or tax advice. The date, amount and phone number on your own "
    "notice count."
)
MOST_WAYS = 3
MONTHS_A_YEAR = 12
MOST_PLAIN_MONTHS = 36
# The ways worth showing under a headline, the one that fits first.
_SHOWN: dict[str | None, Sequence[str]] = {
    "pay_in_full": ("in_full",),
    "short_term": ("short_term", "form_pace", "lowest"),
    "long_term": ("part_first", "own_pace", "short_term", "lowest", "form_pace"),
    "partial_payment": ("part_first", "lowest", "form_pace", "short_term"),
    "form_9465_or_call": ("part_first", "own_pace", "short_term"),
    None: ("short_term", "form_pace", "lowest"),
}


@dataclass(frozen=True)
class Best:
    """Of some ways: the cheapest and the easiest on the month of those that fit the answers.

    ``overall``: the cheapest of all; not ``cheapest`` where it asks for a faster pace than told.
    """

    cheapest: Way
    easiest: Way
    overall: Way


def about(amount: Decimal) -> str:
    """An estimate in whole dollars, half up."""
    return dollars(amount.quantize(Decimal(1), ROUND_HALF_UP))


def said_day(day: date) -> str:
    """A day as a letter has it: "December 7, 2026"."""
    return f"{day:%B} {day.day}, {day.year}"


def span(months: int) -> str:
    """A number of months as people say it: "18 months", "74 months (about 6 years)", "10 years"."""
    if months == 1:
        return "1 month"
    years, rest = divmod(months, MONTHS_A_YEAR)
    if not rest:
        return f"{years} year{'' if years == 1 else 's'}"
    if months <= MOST_PLAIN_MONTHS:
        return f"{months} months"
    return f"{months} months (about {round(months / MONTHS_A_YEAR)} years)"


def shown_ways(found: Assessment) -> tuple[Way, ...]:
    """Up to three ways, the one that fits first; none where the headline is another path."""
    ids = _SHOWN.get(found.plan, ())
    ways = [found.way(id) for id in ids]
    return tuple(way for way in ways if way is not None)[:MOST_WAYS]


def pay_words(way: Way) -> str:
    """What is paid each time: "about $732 a month", "$500 now, then about $732 a month"."""
    if way.every == "once":
        return f"{about(way.total)} at once"
    if way.payments == 1:
        return f"{about(way.payment)} after {_days(way)} days"
    every = "a month" if way.every == "month" else f"every {way.every}"
    said = f"about {whole_dollars_up(way.payment)} {every}"
    first = way.schedule.rows[0]
    return f"{dollars(first.payment)} now, then {said}" if first.number == 0 else said


def time_words(way: Way) -> str:
    """How long it takes: "18 months", "180 days", "one payment"."""
    if way.every == "month":
        return span(way.payments)
    return "one payment" if way.every == "once" else f"{_days(way)} days"


def _days(way: Way) -> int:
    return (way.ends - way.schedule.start).days


def pay_and_time(way: Way) -> str:
    """Both in one: "about $732 a month for 18 months", "about $520 every 30 days, 6 times"."""
    said = pay_words(way)
    if way.payments == 1:
        return said
    if way.every == "month":
        return f"{said} for {time_words(way)}"
    return f"{said}, {way.payments} times"


def fee_words(way: Way, by_debit: Way | None) -> str:
    """The set-up fee; ``by_debit``: the same way by direct debit, where that is to be named."""
    if not way.fee:
        return "no set-up fee"
    said = f"set-up fee {dollars(way.fee)}"
    if by_debit is not None and by_debit.fee < way.fee:
        said += f" (about {dollars(by_debit.fee)} with direct debit; check irs.gov)"
    return said


def fees(ways: Sequence[Way], by_debit: Assessment) -> tuple[str, ...]:
    """The set-up fee of each way; what direct debit makes of the same fee is named once."""
    said = []
    named: set[Decimal] = set()
    for way in ways:
        said.append(fee_words(way, by_debit.way(way.id) if way.fee not in named else None))
        named.add(way.fee)
    return tuple(said)


def best(ways: Sequence[Way], options: Sequence[Option]) -> Best | None:
    """The ways that stand out; ``None`` where there are not at least two to compare."""
    if len(ways) < 2:
        return None
    fitting = still_open(ways, options) or tuple(ways)
    return Best(
        min(fitting, key=lambda way: way.total),
        min(fitting, key=lambda way: way.payment),
        min(ways, key=lambda way: way.total),
    )


def best_words(found: Best) -> str:
    """The cheapest and the easiest way, and a cheaper one that asks for more."""
    if found.cheapest is found.easiest:
        said = [f"Cheapest, and easiest on the month: {_named(found.cheapest)}."]
    else:
        said = [
            f"Cheapest: {_named(found.cheapest)}.",
            f"Easiest on the month: {_named(found.easiest)}.",
        ]
    if found.overall is not found.cheapest:
        said.append(f"Cheaper still, if you can pay that fast: {_named(found.overall)}.")
    return " ".join(said)


def _named(way: Way) -> str:
    return way.name[0].lower() + way.name[1:]
