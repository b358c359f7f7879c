"""What mails say. To the firm's people: that a case waits. To a visitor: what they asked to be sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.documents import dates, pdf, transcript
from frontdesk.handoff import facts
from frontdesk.handoff.moves import WAITING
from frontdesk.ledger import Database, Message
from frontdesk.outward.case import Outline, outline
from frontdesk.outward.mail import Attachment, Post
from frontdesk.outward.outbox import Errand
from frontdesk.outward.ways import MAIL, PAPERS, Moot

WAITS_SUBJECT = "A case waits at the desk"
AGAIN_SUBJECT = "A case waits at the desk again"
STILL_SUBJECT = "A case still waits at the desk"
SUBJECTS = {
    "case.asked": WAITS_SUBJECT, "case.released": AGAIN_SUBJECT, "case.advisor_gone": AGAIN_SUBJECT,
    "case.overdue": STILL_SUBJECT,
}  # fmt: skip
WAITS = """{why}
{urgency}

Place in line: {place} of {of}
Channel: {channel}
{callback}
Open the desk: {desk}

This mail says nothing about the case itself: mail can be read on its way. The desk has all of it.
"""
CALLBACK = "A call back was offered.\n"

PAPERS_SUBJECT = "What you asked us to send: your CP503 conversation"
PAPERS_TEXT = """Hello,

you asked the assistant of {firm} to send you this:

{list}

It is general information, not legal or tax advice. The date, amount and phone number printed on your own
notice count.

If you did not ask for this, somebody typed your address by mistake. You can delete this mail; your address
is not kept.
{phone}"""
NAMES = {
    "transcript": "your conversation",
    "plan": "your payment plan",
    "dates": "its dates, for a calendar",
}


@dataclass(frozen=True)
class Papers:
    """What a visitor gets."""

    messages: Sequence[Message]
    plan: dict[str, Any] | None  # facts and as_of


class Mails:
    """The way of all mail."""

    kind = MAIL

    def __init__(
        self,
        database: Database,
        post: Post,
        staff: Sequence[str],
        desk: str,
        firm: dict[str, str],
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._post, self._staff = database, post, staff
        self._desk, self._firm, self._clock = desk, firm, clock

    async def send(self, errand: Errand) -> None:
        if errand.what == PAPERS:
            await self._papers(errand)
        else:
            await self._waits(errand)

    async def look(self) -> None:
        """Nothing beside the errands."""

    async def close(self) -> None:
        """A connection lasts for one mail."""

    async def _waits(self, errand: Errand) -> None:
        case = await self._database.run(lambda db: outline(db, errand.case, self._clock()))
        if case is None or case.state != WAITING:
            raise Moot  # somebody took it while the mail could not be sent
        subject = SUBJECTS[errand.what]
        if case.urgency != "later":
            subject = f"{subject}: {case.urgency_words.rstrip('.').lower()}"
        await self._post.send(errand, self._staff, subject, waits(case, self._desk))

    async def _papers(self, errand: Errand) -> None:
        wanted = errand.details
        papers = await self._database.run(
            lambda db: papers_of(db, errand.conversation, int(wanted.get("upto", 0)))
        )
        attachments = await self._attachments(papers, wanted)
        if not attachments or not wanted.get("to"):
            raise Moot
        names = [NAMES[name] for name, _ in attachments]
        phone = self._firm.get("phone", "")
        text = PAPERS_TEXT.format(
            firm=self._firm.get("name") or "this tax firm",
            list="\n".join(f"- {name}" for name in names),
            phone=f"\nQuestions? Call {phone}.\n" if phone else "",
        )
        await self._post.send(
            errand, [str(wanted["to"])], PAPERS_SUBJECT, text, [one for _, one in attachments]
        )

    async def _attachments(
        self, papers: Papers, wanted: dict[str, Any]
    ) -> list[tuple[str, Attachment]]:
        made: list[tuple[str, Attachment]] = []
        if wanted.get("transcript") and papers.messages:
            words = transcript.text(papers.messages, self._firm).encode()
            made.append(("transcript", ("cp503-conversation.txt", "text/plain", words)))
        if wanted.get("plan") and papers.plan:
            told, as_of = papers.plan["facts"], date.fromisoformat(papers.plan["as_of"])
            try:
                paper = await asyncio.to_thread(pdf.pdf, told, as_of, self._firm)
                days = await asyncio.to_thread(dates.dates, told, as_of)
            except ValueError:  # facts that an older version wrote
                return made
            made.append(("plan", ("cp503-plan.pdf", "application/pdf", paper)))
            if days is not None:
                made.append(("dates", ("cp503-dates.ics", "text/calendar", days)))
        return made


def waits(case: Outline, desk: str) -> str:
    """The text of a mail about a waiting case."""
    return WAITS.format(
        why=case.why_words, urgency=case.urgency_words, place=case.place, of=case.of,
        channel=case.channel, desk=desk, callback=CALLBACK if case.callback else "",
    )  # fmt: skip


def papers_of(db: Session, conversation: str, upto: int) -> Papers:
    """What there is to send of a conversation, up to the message a visitor saw last."""
    said = (
        select(Message)
        .where(Message.conversation_id == conversation, Message.seq > 0, Message.seq <= upto)
        .order_by(Message.seq)
    )
    told = facts.tellings(db, [conversation]).get(conversation, [])
    plans = [m for m in told if m.seq <= upto and m.facts]
    messages = db.scalars(said).all()
    spoken = any(message.author == "visitor" for message in messages)
    return Papers(messages if spoken else [], plans[-1].facts if plans else None)
