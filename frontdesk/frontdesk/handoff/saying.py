"""What an advisor writes: to the visitor (a message of the ledger) or to colleagues (a note).

Two tables and two ways in: there is no flag that could be set wrongly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.gate import admit
from frontdesk.handoff import cases
from frontdesk.handoff.cases import Audit, Clock
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case, Note
from frontdesk.handoff.moves import WITH_ADVISOR
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Database, Gone, Message

T = TypeVar("T")

SYSTEM = "The desk"


class Saying:
    """Their transactions."""

    def __init__(self, database: Database, audit: Audit, clock: Clock) -> None:
        self._database, self._audit, self._clock = database, audit, clock

    async def say(self, user: User, case: str, client_id: str, text: object) -> Message:
        """To the visitor; sent again under the same ``client_id`` it is written once.

        Only whose case it is may. gate.Refused where the text cannot be taken.
        """
        passed = admit(text)
        key = f"a:{client_id}"

        def work(db: Session) -> Message:
            at, found = self._clock(), cases.lock(db, case)
            held = db.scalar(
                select(Message).where(
                    Message.conversation_id == found.conversation_id, Message.client_id == key
                )
            )
            if held is not None and held.author == "advisor" and held.data["by_id"] == user.user:
                return held
            if held is not None or (found.state, found.advisor_id) != (WITH_ADVISOR, user.user):
                raise Refusal("not_with_you")
            by = {"by": user.display_name, "by_id": user.user}
            message = cases.write(
                db, found.conversation_id, passed.text, at, "advisor", (), key, by
            )
            message.masked = list(passed.masked)
            return message

        return await self._run(work)

    async def note(self, user: User, case: str, client_id: str, text: object) -> Note:
        """To colleagues; written once under the same ``client_id``."""
        passed = admit(text)

        def work(db: Session) -> Note:
            at, found = self._clock(), cases.lock(db, case, user)
            mine = select(Note).where(Note.case_id == found.id, Note.client_id == client_id)
            held = db.scalar(mine)
            if held is not None:
                return held
            note = Note(
                case_id=found.id, author_id=user.user, author_name=user.display_name,
                client_id=client_id, text=passed.text, at=at,
            )  # fmt: skip
            db.add(note)
            db.flush()
            self._audit(db, at, "case.noted", user=user.user, about=found.id)
            return note

        return await self._run(work)

    async def _run(self, work: Callable[[Session], T]) -> T:
        try:
            return await self._database.run(work)
        except Gone:
            raise Refusal("no_case") from None


def notes(db: Session, case: str) -> Sequence[Note]:
    """All notes of a case, in order."""
    return db.scalars(select(Note).where(Note.case_id == case).order_by(Note.id)).all()


def remark(db: Session, case: Case, client_id: str, text: str, clock: Clock) -> None:
    """A note of the desk itself: what happened while nobody was there."""
    db.add(
        Note(
            case_id=case.id, author_id=None, author_name=SYSTEM, client_id=client_id, text=text,
            at=clock(),
        )
    )  # fmt: skip


def shown(note: Note) -> dict[str, Any]:
    """A note as the desk's page gets it."""
    return {
        "id": note.id, "by": note.author_name, "own": note.author_id is None, "text": note.text,
        "at": note.at.isoformat(), "client_id": note.client_id,
    }  # fmt: skip
