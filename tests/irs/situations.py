"""Random situations, and for each fact the answers the rules could tell apart."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from irs.situation import (
    CHANNELS,
    EXISTING_PLANS,
    STATES,
    SUSPENSIONS,
    TAXPAYERS,
    Situation,
    SituationError,
    Suspension,
)

FIRST_DAY = date(2025, 3, 5)  # of the rules held here
LIMITS = [Decimal(n) for n in (10000, 25000, 50000, 100000, 250000)]
AROUND = [Decimal("0.01"), *(n + d for n in LIMITS for d in (Decimal("-0.01"), 0, Decimal("0.01")))]
YES_NO = (True, False)
BOOLEANS = (
    "payroll_tax", "closed_sole_proprietor", "returns_filed", "filed_on_time", "current_year_paid",
    "direct_debit", "clean_five_years", "clean_three_years", "reasonable_cause", "hardship",
    "bankruptcy", "offer_pending", "final_levy_notice", "lien_notice", "levy_in_place",
    "revenue_officer", "disagrees", "already_paid", "identity_theft", "spouse_issue",
)  # fmt: skip
ANSWERS = {
    **dict.fromkeys(BOOLEANS, YES_NO),
    "taxpayer": TAXPAYERS,
    "existing_plan": EXISTING_PLANS,
    "channel": CHANNELS,
    "amount_owed": (*AROUND, Decimal("3000"), Decimal("40000"), Decimal("900000")),
    "tax": (Decimal(0), Decimal("0.01"), Decimal(9000), Decimal(10000), Decimal("10000.01")),
    "pay_now": (*AROUND, Decimal(500)),
    "days_to_pay": (0, 1, 29, 30, 180, 181, 1080, 1081, 9000),
    "monthly_payment": (Decimal("0.01"), Decimal(100), Decimal(2000), Decimal(90000)),
    "monthly_left": (Decimal(-80), Decimal(0), Decimal(100), Decimal(90000)),
    "asset_equity": (Decimal(0), Decimal(4000), Decimal(999999)),
    "tax_year": (2016, 2023, 2024, 2025),
}

money = st.sampled_from(AROUND) | st.decimals(Decimal("0.01"), Decimal("300000"), places=2)
money_or_none = st.sampled_from([Decimal(0), *AROUND]) | money
when = st.dates(date(2023, 1, 1), date(2028, 12, 31))
as_ofs = st.dates(FIRST_DAY, date(2028, 12, 31))


@st.composite
def suspensions(draw):
    """A time in which the statute stood still."""
    began, days = draw(when), draw(st.none() | st.integers(0, 400))
    ended = None if days is None else began + timedelta(days=days)
    return Suspension(draw(st.sampled_from(SUSPENSIONS)), began, ended, draw(st.booleans()))


FACTS = {
    **dict.fromkeys(BOOLEANS, st.sampled_from(YES_NO)),
    **dict.fromkeys(("amount_owed", "assessed_balance", "monthly_payment", "pay_now"), money),
    **dict.fromkeys(("tax", "penalty", "interest", "agi", "asset_equity"), money_or_none),
    **dict.fromkeys(
        ("notice_date", "due_date", "first_bill_date", "assessed_on", "levy_notice_date",
         "hearing_notice_date", "lien_notice_date", "conference_requested", "conference_held",
         "bank_levy_date"),
        st.dates(date(2014, 1, 1), date(2029, 12, 31)),
    ),
    "due_date": when | st.dates(date(2014, 1, 1), date(2040, 12, 31)),
    "tax_year": st.integers(2010, 2027) | st.integers(1990, 2100),
    "days_to_pay": st.sampled_from(ANSWERS["days_to_pay"]) | st.integers(0, 6000),
    "taxpayer": st.sampled_from(TAXPAYERS),
    "channel": st.sampled_from(CHANNELS),
    "existing_plan": st.sampled_from(EXISTING_PLANS),
    "family_size": st.integers(1, 30),
    "state": st.sampled_from(sorted(STATES)),
    "monthly_left": st.sampled_from(ANSWERS["monthly_left"]),
    "suspensions": st.lists(suspensions(), max_size=3).map(tuple),
}  # fmt: skip
# A case that leaves the usual path early shows little else, so these are mostly told as usual.
RARE = (
    "final_levy_notice", "lien_notice", "levy_in_place", "revenue_officer", "bankruptcy",
    "offer_pending", "hearing_notice_date", "lien_notice_date", "bank_levy_date",
)  # fmt: skip


def able(situation, **facts):
    """The situation with other facts, or None where they cannot be true together."""
    try:
        return replace(situation, **facts)
    except SituationError:
        return None


@st.composite
def facts_told(draw, always=()):
    """A dictionary of facts that can be true together; each fact may be left out."""
    usual = draw(st.booleans())
    names = {n for n in FACTS if draw(st.booleans()) and not (usual and n in RARE)} | set(always)
    told = {name: draw(FACTS[name]) for name in FACTS if name in names}
    if usual:
        told |= {name: False for name in RARE if not name.endswith("_date")}
        told |= {"returns_filed": True, "current_year_paid": True, "existing_plan": "none"}
    split = [told.get(part) for part in ("tax", "penalty", "interest")]
    if told.get("amount_owed") is None and None not in split:
        told["amount_owed"] = max(sum(split), Decimal("0.01"))  # the whole split is the amount
    owed = told.get("amount_owed")
    if owed is not None:
        for part in ("tax", "penalty", "interest"):
            if told.get(part) is not None:
                told[part] = min(told[part], owed)
                owed -= told[part]
        if {"tax", "penalty", "interest"} <= set(told):
            told["tax"] += owed
        for part in ("pay_now", "assessed_balance"):
            if told.get(part) is not None:
                told[part] = min(told[part], told["amount_owed"])
    return told


def situations(always=()):
    """Situations as they were told, or with the usual answers."""
    return st.builds(
        lambda told, usual: (lambda s: s.with_usual_answers() if usual else s)(Situation(**told)),
        facts_told(always),
        st.booleans(),
    )
