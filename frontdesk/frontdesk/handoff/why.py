"""Why a case came and how urgent it is: read from what was said, and computed by ``irs``.

Nothing computed is stored: a deadline that runs today has passed tomorrow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from frontdesk.ledger import Message
from irs.assess import assess
from irs.assessment import Assessment
from irs.deadlines import ASSUMED, Deadline
from irs.figures import FigureError
from irs.situation import SituationError
from irs.told import from_json

ASKED, MISUNDERSTOOD, CASE, DISTRESS = "asked", "misunderstood", "case", "distress"
REASONS = {
    ASKED: "The visitor asked for a person.",
    MISUNDERSTOOD: "The assistant did not understand twice in a row.",
    CASE: "The case needs a professional.",
    DISTRESS: "The visitor may be in distress. Read the conversation first.",
}
SOON_DAYS = 30
HEARING = ("hearing_request", "lien_hearing_request")  # a right that is lost with its day
# In this order: a person before a right, a right before money.
IN_DISTRESS, HEARING_RUNS, SAME_DAY, SOON, LATER = range(5)


@dataclass(frozen=True)
class Urgency:
    """``rank``: 0 is most urgent. ``by``: the day that makes it so. ``words``: for the advisor."""

    rank: int
    by: date | None
    words: str

    @property
    def key(self) -> tuple[int, date]:
        """By which cases are ordered, before their age."""
        return self.rank, self.by or date.max


def found(facts: Mapping[str, Any], as_of: date) -> Assessment | None:
    """The assessment of a case on a day; ``None`` where there are no facts or they lead nowhere."""
    return _assess(json.dumps(facts, sort_keys=True), as_of) if facts else None


@lru_cache(maxsize=512)
def _assess(facts: str, as_of: date) -> Assessment | None:
    try:
        return assess(from_json(json.loads(facts)), as_of)
    except (SituationError, FigureError, OverflowError):
        return None


def urgency(why: str, facts: Mapping[str, Any], as_of: date) -> Urgency:
    """How urgent a case is on a day: distress, then hearing rights, then other deadlines."""
    if why == DISTRESS:
        return Urgency(IN_DISTRESS, None, REASONS[DISTRESS])
    assessed = found(facts, as_of)
    if assessed is None:
        return Urgency(LATER, None, "")
    running = [d for d in assessed.deadlines if not d.passed]
    hearing = next((d for d in running if d.id in HEARING), None)
    if hearing is not None:
        return Urgency(HEARING_RUNS, hearing.on, hearing.words)
    same_day = next((r for r in assessed.referrals if r.same_day), None)
    if same_day is not None:
        return Urgency(SAME_DAY, _first(running), same_day.reason)
    soon = [d for d in running if d.on and d.basis != ASSUMED and (d.on - as_of).days <= SOON_DAYS]
    if soon:
        return Urgency(SOON, soon[0].on, soon[0].words)
    return Urgency(LATER, None, "")


def _first(running: Sequence[Deadline]) -> date | None:
    return min((d.on for d in running if d.on is not None), default=None)


def reason(replies: Iterable[Message], as_of: date) -> tuple[str, str] | None:
    """Why some replies call for a person: (reason, kind of offer); ``None`` where they do not."""
    said = [message.data for message in replies if isinstance(message.data, dict)]
    if any(data.get("distress") for data in said):
        return DISTRESS, "distress"
    if any(data.get("handoff") for data in said):
        return ASKED, "asked"
    if any(int(data.get("misunderstood") or 0) > 1 for data in said):
        return MISUNDERSTOOD, "misunderstood"
    facts = next((data["facts"] for data in reversed(said) if data.get("facts")), None)
    assessed = found(facts, as_of) if facts else None
    if assessed is None or not assessed.referrals:
        return None
    return CASE, "same_day" if any(r.same_day for r in assessed.referrals) else "case"


def needs(facts: Mapping[str, Any], as_of: date) -> str:
    """The first reason for which a case cannot wait; "" where there is none."""
    assessed = found(facts, as_of)
    referrals = assessed.referrals if assessed else ()
    return next((r.reason for r in referrals if r.same_day), "")
