"""The visitor rates the help once their case is closed: three buttons of a notice, on every channel.

A case has one rating. It can be changed until the visitor agrees to the next hand-over.
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.handoff import cases, sentences
from frontdesk.handoff.cases import Audit, Clock
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import CLOSED
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Database, Message
from frontdesk.ledger.store import queue_update, take_numbers

RATINGS = {"helped": "It helped", "partly": "Partly", "not": "It did not help"}
_PAYLOAD = re.compile(r"handoff:rate:([\w-]+):(" + "|".join(RATINGS) + ")")


def question(db: Session, case: Case, at: datetime) -> Message:
    """Ask, in the transaction that closes the case."""
    buttons = [
        {"title": title, "payload": f"handoff:rate:{case.id}:{value}"}
        for value, title in RATINGS.items()
    ]
    text = sentences.RATE.format(name=case.advisor_name)
    return cases.write(db, case.conversation_id, text, at, buttons=buttons, data={"rates": case.id})


def pressed(payload: str | None) -> tuple[str, str] | None:
    """(case, rating) of a button of ours; ``None`` of any other."""
    found = _PAYLOAD.fullmatch(payload or "")
    return (found.group(1), found.group(2)) if found else None


class Rating:
    """Its transactions."""

    def __init__(self, database: Database, audit: Audit, clock: Clock) -> None:
        self._database, self._audit, self._clock = database, audit, clock

    async def rate(self, conversation: str, case: str, rating: str) -> Case:
        """Keep it; Refusal where there is no such case, or the next one has begun."""

        def work(db: Session) -> Case:
            take_numbers(db, conversation, 0)
            return self._rate(db, conversation, case, rating)

        return await self._database.run(work)

    async def mark(self, conversation: str, seq: int, rating: str) -> tuple[Case, Message]:
        """The same on the question itself, number ``seq``: nothing is said, its button is marked."""

        def work(db: Session) -> tuple[Case, Message]:
            take_numbers(db, conversation, 0)
            asked = db.scalar(
                select(Message).where(Message.conversation_id == conversation, Message.seq == seq)
            )
            data = asked.data if asked is not None and isinstance(asked.data, dict) else {}
            if asked is None or "rates" not in data or rating not in RATINGS:
                raise Refusal("no_case")
            case = self._rate(db, conversation, data["rates"], rating)
            asked.chosen = list(RATINGS).index(rating)
            queue_update(db, conversation, seq)
            return case, asked

        return await self._database.run(work)

    def _rate(self, db: Session, conversation: str, case: str, rating: str) -> Case:
        at = self._clock()
        found = db.get(Case, case, populate_existing=True)
        if found is None or found.conversation_id != conversation or found.state != CLOSED:
            raise Refusal("no_case")
        later = select(Case.id).where(
            Case.conversation_id == conversation, Case.consented_at.is_not(None),
            Case.created_at > found.created_at,
        )  # fmt: skip
        if db.scalar(later.limit(1)) is not None:
            raise Refusal("no_case")
        if found.rating != rating:
            cases.change(
                db, self._audit, found, "case.rated", at, None, Case.state == CLOSED,
                details={"rating": rating}, rating=rating, rated_at=at,
            )  # fmt: skip
        return found
