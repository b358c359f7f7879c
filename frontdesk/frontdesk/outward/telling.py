"""What of a case's moves is told elsewhere: noted with the audit entry, in the transaction of the move.

Every move of a case writes an audit entry (``handoff.cases``), so there is no move that is not told.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.handoff.cases import Audit
from frontdesk.handoff.models import Case
from frontdesk.outward.letters import SUBJECTS
from frontdesk.outward.models import Sending
from frontdesk.outward.outbox import note, nudge
from frontdesk.outward.ways import CASE, CHATWOOT, MAIL, WEBHOOK
from frontdesk.outward.webhook import EVENTS


class Telling:
    """Notes what is to be told, for the ways that are on."""

    def __init__(self, kinds: frozenset[str]) -> None:
        self._kinds = kinds

    def noting(self, audit: Audit) -> Audit:
        """The desk's audit log, and with each of its entries what is to be told elsewhere."""

        def record(
            db: Session,
            at: datetime,
            what: str,
            *,
            user: str | None,
            about: str | None = None,
            address: str | None = None,
            **details: str | int | bool | None,
        ) -> None:
            audit(db, at, what, user=user, about=about, address=address, **details)
            if about is not None and what.startswith("case."):
                self._note(db, at, what, about, details)

        return record

    def _note(
        self,
        db: Session,
        at: datetime,
        what: str,
        case: str,
        details: dict[str, str | int | bool | None],
    ) -> None:
        found = db.execute(
            select(Case.conversation_id, Case.state, Case.callback_at).where(Case.id == case)
        ).first()
        if found is None:
            return
        conversation, state, callback = found
        if WEBHOOK in self._kinds and what in EVENTS:
            told = {"state": state, "callback": callback is not None}
            if details.get("outcome"):
                told["outcome"] = details["outcome"]
            note(db, WEBHOOK, what, conversation, case, at, **told)
        if MAIL in self._kinds and what in SUBJECTS:
            note(db, MAIL, what, conversation, case, at)
        if CHATWOOT in self._kinds:
            self._case(db, at, conversation, case, what)

    @staticmethod
    def _case(db: Session, at: datetime, conversation: str, case: str, what: str) -> None:
        """A case has one entry for Chatwoot, which brings all of it up to date."""
        standing = select(Sending.id).where(Sending.kind == CHATWOOT, Sending.case_id == case)
        if db.scalar(standing) is not None:
            nudge(db, CHATWOOT, case, at, revive=True)
        elif what == "case.asked":
            note(db, CHATWOOT, CASE, conversation, case, at)
