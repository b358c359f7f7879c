"""The one answer a person needs first: which way fits, by the decision order of the facts (0.1).

:func:`decide` reads facts in that order and stops at the first that settles it. An unknown fact
that it needs raises :class:`Unknown`, so what could still change the answer is found by giving that
fact each answer the rules tell apart, and reading on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from irs.case import Case
from irs.money import CENT
from irs.situation import EXISTING_PLANS, TAXPAYERS

PLANS = (
    "hearing_right", "revenue_officer", "phone_path", "file_returns_first", "professional",
    "existing_plan", "pay_in_full", "business_call", "hardship", "short_term", "long_term",
    "partial_payment", "form_9465_or_call",
)  # fmt: skip


class Unknown(Exception):
    """A fact the decision needs is not known."""

    def __init__(self, fact: str) -> None:
        super().__init__(fact)
        self.fact = fact


def _need(fact: str, value: Any) -> Any:
    if value is None:
        raise Unknown(fact)
    return value


def _any(*told: tuple[str, bool | None]) -> bool:
    """Whether one of some facts is true; unknown only while none is."""
    if any(value for _, value in told):
        return True
    for fact, value in told:
        if value is None:
            raise Unknown(fact)
    return False


def decide(case: Case) -> str:
    """The headline, one of :data:`PLANS`; raises Unknown at the first fact that is missing."""
    s = case.s
    if _any(
        ("final_levy_notice", s.has_final_levy_notice),
        ("lien_notice", s.has_lien_notice),
        ("levy_in_place", s.has_levy),
    ):
        return "hearing_right"
    if _any(("revenue_officer", s.revenue_officer)):
        return "revenue_officer"
    if _any(("bankruptcy", s.bankruptcy), ("offer_pending", s.offer_pending)):
        return "phone_path"
    if not _need("returns_filed", s.returns_filed):
        return "file_returns_first"
    business = _need("taxpayer", s.taxpayer) == "business"
    if business and _need("payroll_tax", s.payroll_tax):
        return "professional"
    if _need("existing_plan", s.existing_plan) != "none":
        return "existing_plan"
    if s.days == 0:
        return "pay_in_full"
    if business:
        _need("days_to_pay", s.days_to_pay if s.monthly_payment is None else 1)
        return "business_call"
    if s.hardship:
        return "hardship"
    return _by_amount_and_time(case)


def _by_amount_and_time(case: Case) -> str:
    """Short, long, too slow, or over the limit; not all at once, and not a hardship."""
    s = case.s
    if s.days_to_pay is None and s.monthly_payment is None:
        raise Unknown("days_to_pay")
    amount = _need("amount_owed", s.amount_owed)
    within = _need("days_to_pay", s.days) <= case.number("short_term_max_days")
    if within and amount < case.number("short_term_limit"):
        return "short_term"
    if s.assessed is None or s.assessed > case.number("simple_plan_limit_individual"):
        return "form_9465_or_call"
    return "long_term" if case.pace_fits else "partial_payment"


def answers(case: Case, fact: str) -> tuple[Any, ...]:
    """For a fact, one answer from every stretch in which the decision acts alike."""
    if fact == "amount_owed":
        long, short = case.number("simple_plan_limit_individual"), case.number("short_term_limit")
        least = max(
            CENT, case.s.told_parts, case.s.pay_now or CENT, case.s.assessed_balance or CENT
        )
        limits = (long, long + CENT, short - CENT, short)
        return (least, *(limit for limit in limits if limit > least))
    if fact == "days_to_pay":
        most = int(case.number("short_term_max_days"))
        return (0, most, most + 1)
    if fact == "taxpayer":
        return TAXPAYERS
    if fact == "existing_plan":
        return EXISTING_PLANS
    return (True, False)


def plan(case: Case) -> str | None:
    """The headline, or ``None`` while an unknown fact decides."""
    try:
        return decide(case)
    except Unknown:
        return None


def open_facts(case: Case) -> tuple[str, ...]:
    """The unknown facts that can still change the headline, in the order they are read.

    Where all answers lead to the same headline, the one it needs to be said all the same.
    """
    found = dict.fromkeys(_reads(case))
    if not found:
        try:
            decide(case)
        except Unknown as unknown:
            return (unknown.fact,)
    return tuple(found)


def _reads(case: Case) -> Iterator[str]:
    """Each unknown fact read on some way to an answer, where its answers part the ways."""
    try:
        decide(case)
    except Unknown as unknown:
        ways = [case.having(**{unknown.fact: answer}) for answer in answers(case, unknown.fact)]
        if len({ends(way) for way in ways}) > 1:
            yield unknown.fact
        for way in ways:
            yield from _reads(way)


def ends(case: Case) -> frozenset[str]:
    """Every headline a case can still come to."""
    try:
        return frozenset((decide(case),))
    except Unknown as unknown:
        answered = (case.having(**{unknown.fact: a}) for a in answers(case, unknown.fact))
        return frozenset().union(*(ends(way) for way in answered))
