"""When paying is not possible: a pause in collection, or an offer (facts, section 7)."""

from __future__ import annotations

from decimal import Decimal

from irs.assessment import PHONE_ONLY, Option
from irs.case import Case
from irs.conditions import Condition, current_year, judge, known, not_bankrupt, returns_filed
from irs.figures import dollars
from irs.money import ZERO

PREQUALIFIER = "the free Offer in Compromise Pre-Qualifier at irs.gov, before any form"


def not_collectible(case: Case) -> Option:
    """The IRS may delay collection; the debt and its charges stay (``currently-not-...``)."""
    condition = known(
        case.s.hardship, "hardship",
        "Paying would stop basic living costs. The IRS may then pause collection. Penalties and "
        "interest go on, refunds are kept, and it looks again later.",
        "It is for those whose basic living costs would suffer.",
        "It depends on whether paying would leave you without basic living costs.",
    )  # fmt: skip
    return judge(
        case, "not_collectible", "Currently not collectible (a pause in collection)",
        "the number on your notice, with Form 433-F and proof", [condition], PHONE_ONLY,
        sources=("IRS-DELAY", "IRS-LT39"),
    )  # fmt: skip


def _cannot_be_paid(case: Case) -> Condition:
    """Assets and what is left each month would not cover the debt in the time to collect."""
    owed, equity, left = case.s.amount_owed, case.s.asset_equity, case.s.monthly_left
    figures = ("oic_fee", "oic_lump_sum_factor", "oic_periodic_factor")
    enough = Condition(
        False,
        "What you own and what is left each month could pay the debt in time; an offer is usually "
        "refused then.",
        (),
        figures,
    )
    if owed is not None and equity is not None and equity >= owed:
        return enough
    if owed is None or equity is None or left is None:
        told = {"amount_owed": owed, "asset_equity": equity, "monthly_left": left}
        says = "It depends on what you own and on what is left each month after living costs."
        return Condition(None, says, tuple(f for f, v in told.items() if v is None), figures)
    left = max(left, ZERO)
    if equity + left * case.payments_left >= owed:
        return enough
    lump, periodic = (_offer(case, equity, left, name) for name in figures[1:])
    return Condition(
        True,
        f"By your figures the least offer would be about {dollars(lump)} in a lump sum, or "
        f"{dollars(periodic)} over time. Applying costs {case.text('oic_fee')}, nothing with low "
        "income. Most offers are not accepted, so check first.",
        (),
        figures,
    )


def _offer(case: Case, equity: Decimal, left: Decimal, factor: str) -> Decimal:
    return equity + left * case.number(factor)


def offer_in_compromise(case: Case) -> Option:
    """Only a pre-screen: whether the IRS's own pre-qualifier is worth the time."""
    return judge(
        case, "offer_in_compromise", "Offer in compromise (settle for less)", PREQUALIFIER,
        [_cannot_be_paid(case), returns_filed(case), not_bankrupt(case), current_year(case)],
        sources=("JUPID-656", "EA-NOTES"),
    )  # fmt: skip
