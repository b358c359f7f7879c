"""What an advisor corrected, told to Rasa: with the next message it is given, and in effect once.

A correction is bound to a message before that is given to Rasa, and goes with it each time it is given
again. So it waits while Rasa is away, Rasa knows it before it reads the message, and what the visitor
says afterwards is not overwritten by it a second time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.handoff.models import Case
from frontdesk.ledger import Message
from frontdesk.ledger.store import take_numbers

TOLD = "told"  # of a correction: the number of the message it went with


def pending(db: Session, message: Message) -> bool:
    """Whether there is something to tell with a message."""
    return any(_of(case, message.seq) for case in _cases(db, message.conversation_id))


def bind(db: Session, message: Message) -> dict[str, Any]:
    """The facts to tell Rasa with a message, now bound to it; ``None`` of one: it is not known."""
    take_numbers(db, message.conversation_id, 0)
    facts: dict[str, Any] = {}
    for case in _cases(db, message.conversation_id):
        fresh = _of(case, message.seq)
        if fresh:
            facts |= {name: one["value"] for name, one in fresh.items()}
            bound = {name: {**one, TOLD: message.seq} for name, one in fresh.items()}
            case.corrections = {**case.corrections, **bound}
    return facts


def release(db: Session, message: Message) -> None:
    """Somebody else answers a message after all: what was bound to it is still to be told."""
    for case in _cases(db, message.conversation_id):
        if any(one.get(TOLD) == message.seq for one in case.corrections.values()):
            case.corrections = {
                name: {k: v for k, v in one.items() if (k, v) != (TOLD, message.seq)}
                for name, one in case.corrections.items()
            }


def _of(case: Case, seq: int) -> Mapping[str, Mapping[str, Any]]:
    return {name: one for name, one in case.corrections.items() if one.get(TOLD, seq) == seq}


def _cases(db: Session, conversation: str) -> Iterator[Case]:
    mine = select(Case).where(Case.conversation_id == conversation).order_by(Case.created_at)
    return iter(db.scalars(mine.execution_options(populate_existing=True)))
