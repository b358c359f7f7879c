"""A visitor has their transcript and plan sent to them: ``mail_me`` on the website's socket.

The words of the mail are ours; what the visitor typed is only in the attachment. How often is limited by
conversation and by visitor, so that nobody is sent mail by a program that types addresses.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk import notices
from frontdesk.gate import Refused
from frontdesk.ledger import Database, Gone
from frontdesk.ledger.models import Conversation, Visitor
from frontdesk.ledger.store import take_numbers
from frontdesk.outward import sentences
from frontdesk.outward.letters import papers_of
from frontdesk.outward.models import Sending
from frontdesk.outward.outbox import note
from frontdesk.outward.settings import MAIL_BOX
from frontdesk.outward.ways import MAIL, PAPERS

MOST_A_CONVERSATION, MOST_A_VISITOR = 3, 6  # in DAY
DAY = timedelta(days=1)
LONGEST = 254  # characters of an address, RFC 5321


class MailMe:
    """The visitor's side."""

    def __init__(
        self, database: Database, on: bool, wake: Callable[[], None], clock: Callable[[], datetime]
    ) -> None:
        self._database, self.on, self._wake, self._clock = database, on, wake, clock

    async def ask(self, conversation: str, body: dict[str, Any]) -> list[str]:
        """Note what is to be sent; which of "transcript" and "plan" that is. Raises Refused."""
        wanted = {name: body.get(name, False) for name in ("transcript", "plan")}
        if any(not isinstance(one, bool) for one in wanted.values()):
            raise Refused("bad_request", notices.BAD_REQUEST)
        if not self.on:
            raise Refused("mail_off", sentences.MAIL_OFF)
        to = address(body.get("to"))
        found = await self._database.run(lambda db: self._ask(db, conversation, to, wanted))
        self._wake()
        return found

    def _ask(self, db: Session, conversation: str, to: str, wanted: dict[str, bool]) -> list[str]:
        upto = take_numbers(db, conversation, 0)  # locks it: two tabs ask one after another
        visitor = db.scalar(
            select(Visitor).join(Conversation).where(Conversation.id == conversation)
        )
        if visitor is None:
            raise Gone(conversation)
        if visitor.consented_at is None:
            raise Refused("consent_needed", sentences.CONSENT_FIRST)
        papers = papers_of(db, conversation, upto)
        there = {"transcript": bool(papers.messages), "plan": papers.plan is not None}
        found = [name for name in wanted if wanted[name] and there[name]]
        if not found:
            raise Refused("nothing", sentences.NOTHING)
        at = self._clock()
        sent = (
            select(Sending.conversation_id)
            .join(Conversation, Conversation.id == Sending.conversation_id)
            .where(
                Conversation.visitor_id == visitor.id, Sending.what == PAPERS,
                Sending.created_at > at - DAY,
            )
        )  # fmt: skip
        conversations = db.scalars(sent).all()
        if (
            conversations.count(conversation) >= MOST_A_CONVERSATION
            or len(conversations) >= MOST_A_VISITOR
        ):
            raise Refused("too_many", sentences.TOO_MANY)
        details = dict.fromkeys(found, True)
        note(db, MAIL, PAPERS, conversation, None, at, to=to, addressed=True, upto=upto, **details)
        return found


def address(told: object) -> str:
    """An e-mail address as mail servers want it; Refused where it is none."""
    text = told.strip() if isinstance(told, str) else ""
    local, at, domain = text.rpartition("@")
    try:
        found = f"{local}{at}{domain.encode('idna').decode()}" if domain else ""
    except UnicodeError:
        found = ""
    if len(found) > LONGEST or not MAIL_BOX.fullmatch(found) or "." not in found.rpartition("@")[2]:
        raise Refused("bad_contact", sentences.BAD_ADDRESS)
    return found
