"""Which schedule ``cp503 schedule`` shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from irs.assess import assess
from irs.assessment import Assessment, Way
from irs.case import Case
from irs.command.facts import InputError, nearest, one_of, shown
from irs.figures import dollars
from irs.interest import rate_words
from irs.schedule import MOST_PAYMENTS, Schedule, pay_off
from irs.situation import Situation
from irs.ways import payment_for, plan_fee

MOST_MONTHS = MOST_PAYMENTS


@dataclass(frozen=True)
class Chosen:
    """A schedule and what it is. ``others``: ids of the other ways that could be shown.

    ``id``: of the way, or "monthly" or "months" for a payment or a time that was asked for.
    ``every``: as in :class:`irs.assessment.Way`. ``estimates``: what the figures rest on.
    """

    as_of: date
    id: str
    name: str
    every: str
    fee_words: str
    schedule: Schedule
    others: tuple[str, ...]
    estimates: tuple[str, ...]
    assumptions: tuple[str, ...]


def choose(situation: Situation, as_of: date, way: str | None, months: int | None) -> Chosen:
    """The schedule that was asked for.

    That of a way, of a time, of the monthly payment that was told, or else of the way that fits.
    InputError where nothing was told to compute one from, or two of them were asked for;
    NeverClears where the payment does not pay the balance off.
    """
    monthly = situation.monthly_payment
    if months is not None and (way is not None or monthly is not None):
        raise InputError("--months goes with neither --way nor --monthly; give one of them")
    case = Case(situation, as_of)
    found = assess(situation, as_of)
    if situation.amount_owed is None:
        raise InputError("a schedule needs the amount owed; give it, such as --amount 12000")
    if case.account is None:
        raise InputError(found.estimates[0])
    if months is not None:
        payment, id, name = payment_for(case, months), "months", f"Paid off in {_counted(months)}"
    elif way is None and monthly is not None:
        payment, id, name = monthly, "monthly", f"{dollars(monthly)} a month"
    else:
        return _of_way(found, _way(found, way, situation.days))
    fee = plan_fee(case)
    schedule = pay_off(case.account, case.in_agreement, payment, fee=fee.amount)
    return _chosen(found, id, name, "month", fee.words, schedule)


def _counted(months: int) -> str:
    return "1 month" if months == 1 else f"{months} months"


def _way(found: Assessment, id: str | None, days: int | None) -> Way:
    """The way of an id, or the one that fits the days until all is to be paid."""
    ids = [way.id for way in found.ways]
    if not ids:
        raise InputError(
            "no way to pay is computed for this case; give --monthly or --months for a schedule"
        )
    if id is None:
        # own_pace is there only where the time told is too long for the short-term plan.
        wanted = ["own_pace", "form_pace" if days is None else "short_term", "form_pace", ids[0]]
        if days == 0:
            wanted.insert(0, "in_full")
        id = next(name for name in wanted if name in ids)
    way = found.way(id)
    if way is None:
        raise InputError(
            f"there is no way {shown(id)} in this case, only {one_of(ids)}{nearest(id, ids)}"
        )
    return way


def _of_way(found: Assessment, way: Way) -> Chosen:
    return _chosen(found, way.id, way.name, way.every, way.fee_words, way.schedule)


def _chosen(
    found: Assessment, id: str, name: str, every: str, fee_words: str, schedule: Schedule
) -> Chosen:
    estimates = list(found.estimates)
    if not estimates:  # a business: nothing is said there, because no ways are compared
        estimates.append("All amounts are estimates; the IRS computes the real ones.")
    day = schedule.assumed_rate_from
    if day is not None and rate_words(day) not in estimates:
        estimates.append(rate_words(day))
    others = tuple(way.id for way in found.ways if way.id != id)
    return Chosen(
        found.as_of, id, name, every, fee_words, schedule, others, tuple(estimates),
        found.assumptions,
    )  # fmt: skip
