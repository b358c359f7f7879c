"""The result of an assessment: frozen values, in words a person reads and figures a program reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from irs.deadlines import Deadline
from irs.figures import Reference
from irs.schedule import Schedule

AVAILABLE = "available"
NOT_AVAILABLE = "not_available"
NEEDS_FACTS = "needs_facts"
PHONE_ONLY = "phone_only"
VERDICTS = (AVAILABLE, NOT_AVAILABLE, NEEDS_FACTS, PHONE_ONLY)


@dataclass(frozen=True)
class Option:
    """One way to deal with the balance, judged on its own.

    ``reasons``: a sentence for each rule that decided. ``missing``: the unknown facts that could
    still decide, only with the verdict ``needs_facts``. ``where``: how it is asked for.
    """

    id: str
    name: str
    verdict: str
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    where: str
    references: tuple[Reference, ...]

    @property
    def open(self) -> bool:
        """Whether it can be asked for, online, by mail or by phone."""
        return self.verdict in (AVAILABLE, PHONE_ONLY)


@dataclass(frozen=True)
class Way:
    """A way to pay the balance, in money. USD; an estimate.

    ``option``: the id of the option it is. ``every``: "once", "30 days" or "month". ``payment``: the
    regular payment. ``fee``: the set-up fee. ``interest``, ``penalty``: added on the way. ``total``:
    all payments and the fee. ``added``: what of it goes beyond the amount on the notice.
    """

    id: str
    option: str
    name: str
    every: str
    payment: Decimal
    payments: int
    ends: date
    fee: Decimal
    fee_words: str
    interest: Decimal
    penalty: Decimal
    total: Decimal
    added: Decimal
    schedule: Schedule


@dataclass(frozen=True)
class Waiting:
    """What doing nothing for some days costs. USD; ``added`` to the balance, ``owed`` by then."""

    days: int
    on: date
    added: Decimal
    owed: Decimal


@dataclass(frozen=True)
class Saving:
    """What paying an amount now saves in interest and penalty, at a monthly payment. USD."""

    amount: Decimal
    monthly_payment: Decimal
    saved: Decimal


@dataclass(frozen=True)
class Step:
    """What to do: ``who`` does ``what``, ``where``, by when, with what in hand, how long it takes.

    ``by``: the last day, where there is one; ``by_words`` says it, or what there is instead.
    """

    who: str
    what: str
    where: str
    by: date | None
    by_words: str
    have_ready: tuple[str, ...]
    takes: str


@dataclass(frozen=True)
class Referral:
    """Why a professional is needed. ``same_day``: a deadline under 30 days runs."""

    reason: str
    same_day: bool


@dataclass(frozen=True)
class OpenFact:
    """An unknown fact that would change the result.

    ``decides``: "plan" (the headline), "option" (whether an option is open) or "cost" (a figure).
    ``options``: the ids of the options it would decide.
    """

    fact: str
    decides: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Assessment:
    """Everything the rules say about a situation on a day.

    ``plan``: the headline, one of :data:`irs.headline.PLANS`, or ``None`` while an unknown fact
    decides. ``ways``: the ways to pay, side by side, none where another path comes first; ``cheapest`` (in all) and ``easiest``
    (the lowest payment, of several) are ids of ways, of those that the answers leave open. ``saving``: of the
    part that can be paid now. ``estimates``: sentences that say what is estimated and assumed in
    the figures. ``assumptions``: what was taken as usual.
    """

    as_of: date
    plan: str | None
    title: str
    summary: str
    reasons: tuple[str, ...]
    why_not: tuple[str, ...]
    options: tuple[Option, ...]
    ways: tuple[Way, ...]
    cheapest: str | None
    easiest: str | None
    waiting: tuple[Waiting, ...]
    saving: Saving | None
    steps: tuple[Step, ...]
    papers: tuple[str, ...]
    referrals: tuple[Referral, ...]
    deadlines: tuple[Deadline, ...]
    open_facts: tuple[OpenFact, ...]
    assumptions: tuple[str, ...]
    estimates: tuple[str, ...]
    notes: tuple[str, ...]
    references: tuple[Reference, ...]

    def option(self, id: str) -> Option:
        """One option by its id; KeyError when there is none."""
        return {option.id: option for option in self.options}[id]

    def way(self, id: str | None) -> Way | None:
        """One way to pay by its id, or ``None``."""
        return {way.id: way for way in self.ways}.get(id or "")
