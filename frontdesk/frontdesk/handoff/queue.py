"""The queue: who waits, in which order, and who is there to take them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from frontdesk.handoff import facts, why
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case, Present
from frontdesk.handoff.moves import WAITING
from frontdesk.handoff.why import REASONS, Urgency
from frontdesk.ledger.models import Conversation

FORGOTTEN = timedelta(days=1)  # after so long nobody asks any more when somebody was there


@dataclass(frozen=True)
class Waiting:
    """A case that waits. ``place`` counts from 1."""

    case: Case
    urgency: Urgency
    place: int
    channel: str

    def shown(self) -> dict[str, Any]:
        """For the desk's list: nothing of what was said."""
        return {
            "case": self.case.id, "place": self.place, "why": self.case.why,
            "why_words": REASONS[self.case.why], "rank": self.urgency.rank,
            "by": self.urgency.by.isoformat() if self.urgency.by else None,
            "urgency": self.urgency.words, "since": moment(self.case.asked_at),
            "channel": self.channel, "callback": self.case.callback_at is not None,
        }  # fmt: skip


def moment(at: datetime | None) -> str | None:
    """ISO 8601, or nothing."""
    return at.isoformat() if at is not None else None


def urgencies(db: Session, cases: Sequence[Case], at: datetime) -> dict[str, Urgency]:
    """How urgent cases are, by their id."""
    told = facts.tellings(db, [case.conversation_id for case in cases])
    return {
        case.id: why.urgency(
            case.why,
            facts.corrected(told.get(case.conversation_id, ()), case.corrections),
            at.date(),
        )
        for case in cases
    }


def order(db: Session, at: datetime) -> list[Waiting]:
    """Everybody who waits: by urgency, then by how long."""
    rows = db.execute(
        select(Case, Conversation.channel)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(Case.state == WAITING)
    ).all()
    channels = {case.id: str(channel) for case, channel in rows}
    cases = [case for case, _ in rows]
    urgent = urgencies(db, cases, at)
    cases.sort(key=lambda case: (*urgent[case.id].key, case.asked_at or at, case.id))
    return [Waiting(case, urgent[case.id], n, channels[case.id]) for n, case in enumerate(cases, 1)]


def place(db: Session, case: str, at: datetime) -> tuple[int, int]:
    """(place, how many wait); (0, …) when it does not."""
    waiting = order(db, at)
    return next((w.place for w in waiting if w.case.id == case), 0), len(waiting)


def seen(db: Session, user: User, at: datetime) -> None:
    """An advisor's browser is there."""
    told = update(Present).where(Present.user_id == user.user)
    done = db.execute(told.values(seen_at=at, display_name=user.display_name))
    if not getattr(done, "rowcount", 0):
        db.add(Present(user_id=user.user, display_name=user.display_name, seen_at=at))


def there(at: datetime, grace: timedelta) -> ColumnElement[bool]:
    """Whether a browser is there: heard of lately, and not at a time yet to come (a clock set back)."""
    return Present.seen_at.between(at - grace, at + grace)


def online(db: Session, at: datetime, grace: timedelta) -> Sequence[Present]:
    """Who is at the desk, by name."""
    db.execute(delete(Present).where(Present.seen_at < at - FORGOTTEN))
    found = select(Present).where(there(at, grace))
    return db.scalars(found.order_by(Present.display_name, Present.user_id)).all()
