"""From slots to a situation, and back: the one bridge between the dialogue and ``irs``."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Dict, Mapping, Optional, Tuple

from actions.turn import UNKNOWN
from irs.assess import assess
from irs.assessment import Assessment
from irs.figures import Reference
from irs.situation import Situation, SituationError
from irs.told import to_json

# What the plan questions ask because it decides the plan, by the name ``irs`` gives the fact.
QUESTIONS = ("amount_owed", "days_to_pay", "returns_filed", "payroll_tax")
# What they ask besides, once someone wants the result more exact: it moves only dates and costs.
FINER_QUESTIONS = ("due_date", "direct_debit", "filed_on_time", "agi", "family_size")
_SOON_PAID = ("pay_in_full", "short_term")
_SPLIT = ("tax", "penalty", "interest")
_MONEY = ("amount_owed", "monthly_payment", "pay_now", "agi", *_SPLIT)
_DATES = ("due_date",)
_WHOLE = ("days_to_pay", "family_size", "tax_year")
# Slots that hold a fact of the case under its own name.
FACT_SLOTS = tuple(
    f.name
    for f in fields(Situation)
    if f.name in (*_MONEY, *_DATES, *_WHOLE)
    or f.name in (
        "returns_filed", "taxpayer", "payroll_tax", "direct_debit", "filed_on_time", "hardship",
        "existing_plan", "bankruptcy", "offer_pending", "final_levy_notice", "lien_notice",
        "levy_in_place", "revenue_officer", "closed_sole_proprietor",
    )
)  # fmt: skip


def _fact(name: str, told: Any) -> Any:
    if told in (None, UNKNOWN):
        return None
    if name in _MONEY:
        return Decimal(str(told))
    if name in _DATES:
        return date.fromisoformat(told)
    return int(told) if name in _WHOLE else told


def situation(slots: Mapping[str, Any]) -> Situation:
    """The facts told so far; what is not known stays ``None``, what is rare is taken as usual.

    A split or a part to pay now that cannot be true beside the total is left out: the total counts.
    """
    told: Dict[str, Any] = {name: _fact(name, slots.get(name)) for name in FACT_SLOTS}
    for without in ((), ("pay_now",), _SPLIT, ("pay_now", *_SPLIT)):
        kept = {name: None if name in without else value for name, value in told.items()}
        try:
            return Situation(**kept).with_usual_answers()
        except SituationError as error:
            fault = error
    raise fault


def known(slots: Mapping[str, Any]) -> Dict[str, Any]:
    """The facts told so far as JSON, with what is taken as usual; empty where nothing was told."""
    if all(slots.get(name) in (None, UNKNOWN) for name in FACT_SLOTS):
        return {}
    try:
        return to_json(situation(slots))
    except SituationError:
        return {}


@lru_cache(maxsize=64)
def _assessed(case: Situation, as_of: date) -> Assessment:
    return assess(case, as_of)


def result(slots: Mapping[str, Any], as_of: date) -> Assessment:
    """The assessment of the case as told."""
    return _assessed(situation(slots), as_of)


def next_question(slots: Mapping[str, Any], as_of: date) -> Optional[str]:
    """The slot to ask for next: the first open fact that was not asked in vain already.

    Without an amount nothing can be computed, so a refused amount ends the questions.
    """
    if slots.get("amount_owed") == UNKNOWN:
        return None
    found = result(slots, as_of)
    for fact in found.open_facts:
        if fact.decides == "plan" and fact.fact in QUESTIONS and slots.get(fact.fact) != UNKNOWN:
            return fact.fact
    if slots.get("finer"):
        return next(iter(finer_questions(slots, found)), None)
    return None


def finer_questions(slots: Mapping[str, Any], found: Assessment) -> Tuple[str, ...]:
    """What could still be asked to make the result more exact, in order; without what was asked."""
    if not found.ways:
        return ()
    # Paid soon, only the date matters: the rest moves what a monthly plan costs.
    worth = ("due_date",) if found.plan in _SOON_PAID else FINER_QUESTIONS
    open_facts = {fact.fact for fact in found.open_facts if fact.decides != "plan"}
    if slots.get("agi") == UNKNOWN:
        open_facts.discard("family_size")
    return tuple(f for f in worth if f in open_facts and slots.get(f) != UNKNOWN)


def references(slots: Mapping[str, Any], as_of: date) -> Tuple[Reference, ...]:
    """What the assessment of the case rests on."""
    return result(slots, as_of).references


def with_direct_debit(slots: Mapping[str, Any], as_of: date) -> Assessment:
    """The same case paid by direct debit, to name what that saves."""
    return _assessed(replace(situation(slots), direct_debit=True), as_of)
