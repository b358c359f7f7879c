"""A case as it may be told outside: kinds, numbers and a link, none of anybody's words or figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from frontdesk.handoff import queue
from frontdesk.handoff.models import Case
from frontdesk.handoff.why import REASONS
from frontdesk.ledger.models import Conversation

# By Urgency.rank. What exactly is urgent names days and debts, and those stay here.
URGENCIES = (
    ("distress", "The visitor may be in distress."),
    ("hearing", "A right to a hearing is running out."),
    ("same_day", "It cannot wait a day."),
    ("soon", "A deadline comes within 30 days."),
    ("later", "Nothing in it is pressing."),
)


@dataclass(frozen=True)
class Outline:
    """``place`` counts from 1 and is 0 where the case does not wait."""

    state: str
    why: str
    why_words: str
    urgency: str
    urgency_words: str
    place: int
    of: int
    channel: str
    callback: bool


def outline(db: Session, case: str | None, at: datetime) -> Outline | None:
    """A case in outline; ``None`` where it is gone."""
    found = db.get(Case, case) if case else None
    if found is None:
        return None
    rank = queue.urgencies(db, [found], at)[found.id].rank
    number, of = queue.place(db, found.id, at)
    channel = db.get_one(Conversation, found.conversation_id).channel
    return Outline(
        found.state, found.why, REASONS[found.why], *URGENCIES[rank], number, of, channel,
        found.callback_at is not None,
    )  # fmt: skip
