"""A case as the desk's page gets it: everything that was consented to, and nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.handoff import facts, may, queue, saying
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.why import REASONS
from frontdesk.ledger import Message
from frontdesk.ledger.models import Conversation


def whole(db: Session, user: User, case: str, after: int | None, at: datetime) -> dict[str, Any]:
    """A case with its messages from ``seq`` > after (``None``: without); Refusal where this user may not see it.

    Replies held back until the visitor consents to questions about their case have no number yet, so
    they are not among the messages, and their facts not among the facts.
    """
    found = db.get(Case, case)
    if found is None or not may.see(user, found):
        raise Refusal("no_case")
    conversation = db.get_one(Conversation, found.conversation_id)
    last = found.closed_seq or conversation.last_seq  # what they write afterwards is the bot's
    told = facts.tellings(db, [conversation.id]).get(conversation.id, [])
    told = [message for message in told if message.seq <= last]
    now = facts.corrected(told, found.corrections)
    urgent = queue.urgencies(db, [found], at)[found.id]
    said = (
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            Message.seq > max(0, after or 0),
            Message.seq <= last,
        )
        .order_by(Message.seq)
    )
    number, of = queue.place(db, found.id, at)
    return {
        "case": {
            "case": found.id, "state": found.state, "channel": conversation.channel,
            "why": found.why, "why_words": REASONS[found.why], "rank": urgent.rank,
            "by": urgent.by.isoformat() if urgent.by else None, "urgency": urgent.words,
            "place": number or None, "of": of, "since": queue.moment(found.asked_at),
            "advisor": found.advisor_name, "advisor_id": found.advisor_id,
            "mine": found.advisor_id == user.user, "name": found.name, "contact": found.contact,
            "consented_at": queue.moment(found.consented_at),
            "callback": found.callback_at is not None, "outcome": found.outcome,
            "follow_up": found.follow_up, "closed_at": queue.moment(found.closed_at),
            "rating": found.rating, "rated_at": queue.moment(found.rated_at),
            "followed_at": queue.moment(found.followed_at), "followed_by": found.followed_by,
        },
        "messages": [m.public() for m in db.scalars(said)] if after is not None else [],
        "facts": facts.sources(told, found.corrections),
        "assessment": facts.assessment(now, at.date()),
        "notes": [saying.shown(note) for note in saying.notes(db, found.id)],
    }  # fmt: skip
