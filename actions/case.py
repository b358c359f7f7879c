"""From slots to a situation, and back: the one bridge between the dialogue and ``irs``."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Mapping, Optional, Tuple

from actions.understanding import UNKNOWN
from irs.figures import Reference
from irs.plans import Assessment, Situation, assess

# What the plan questions can ask, by the name ``irs`` gives the fact.
QUESTIONS = ("amount_owed", "days_to_pay", "returns_filed", "payroll_tax")


def _told(slots: Mapping[str, Any], name: str) -> Any:
    value = slots.get(name)
    return None if value == UNKNOWN else value


def situation(slots: Mapping[str, Any]) -> Situation:
    """The facts told so far; what is not known stays ``None``."""
    amount, monthly = _told(slots, "amount_owed"), _told(slots, "monthly_payment")
    days, due = _told(slots, "days_to_pay"), _told(slots, "due_date")
    return Situation(
        amount_owed=Decimal(str(amount)) if amount is not None else None,
        days_to_pay=int(days) if days is not None else None,
        monthly_payment=Decimal(str(monthly)) if monthly is not None else None,
        returns_filed=_told(slots, "returns_filed"),
        taxpayer=_told(slots, "taxpayer"),
        payroll_tax=_told(slots, "payroll_tax"),
        direct_debit=_told(slots, "direct_debit"),
        due_date=date.fromisoformat(due) if due else None,
    )


def next_question(slots: Mapping[str, Any], as_of: date) -> Optional[str]:
    """The slot to ask for next: the first open fact that was not asked in vain already.

    Without an amount nothing can be computed, so a refused amount ends the questions.
    """
    if slots.get("amount_owed") == UNKNOWN:
        return None
    for fact in assess(situation(slots), as_of).open_facts:
        if fact in QUESTIONS and slots.get(fact) != UNKNOWN:
            return fact
    return None


def result(slots: Mapping[str, Any], as_of: date) -> Assessment:
    """The assessment of the case as told."""
    return assess(situation(slots), as_of)


def references(slots: Mapping[str, Any], as_of: date) -> Tuple[Reference, ...]:
    """What the assessment of the case rests on."""
    return result(slots, as_of).references


__all__: Tuple[str, ...] = ("QUESTIONS", "next_question", "references", "result", "situation")
