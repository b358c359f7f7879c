"""Who answers a message: the bot, or the advisor. The hands ask here before they give Rasa anything.

Whether an advisor has the case is read after the message was written. So whatever is written after a
claim is never given to Rasa, whichever process has it in hand; and since the hand takes messages in
their order, the desk gets them in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.handoff import asking, cases, rating, sentences, telling, why
from frontdesk.handoff.asking import Asking
from frontdesk.handoff.cases import Clock
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import WAITING, WITH_ADVISOR
from frontdesk.handoff.offer import Visitors
from frontdesk.handoff.provider import HandoffProvider
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import FRONTDESK, Database, Gone, Message

log = structlog.get_logger()


@dataclass(frozen=True)
class Heard:
    """A visitor's message. ``taken``: nobody else has to answer it."""

    taken: bool
    case: Case | None = None
    facts: dict[str, Any] | None = None  # what Rasa is told before it


class Relay:
    """Stands between the hands and Rasa."""

    def __init__(
        self,
        database: Database,
        asking: Asking,
        visitors: Visitors,
        provider: HandoffProvider,
        clock: Clock,
    ) -> None:
        self._database, self._asking, self._clock = database, asking, clock
        self._visitors, self._provider = visitors, provider

    async def hear(self, message: Message) -> Heard:
        """Take a message if it is the advisor's, or an answer to the hand-over's own questions.

        Raises SQLAlchemyError or OSError when the ledger is away: then nobody has it.
        """
        if message.author == FRONTDESK:
            return Heard(False)
        try:
            return await self._hear(message)
        except Gone:  # deleted meanwhile
            return Heard(True)

    async def _hear(self, message: Message) -> Heard:
        case, said, more = await self._database.run(lambda db: _look(db, message))
        rated = rating.pressed(message.payload)
        if rated is not None:  # of a case that is over, whoever has the conversation by now
            await self._visitors.rate(message, *rated)
        if case is not None and case.state == WITH_ADVISOR:
            await self._tell(case, said)
            return Heard(True, case)
        if rated is not None:
            return await self._done(message)
        if message.payload in (sentences.YES_PAYLOAD, sentences.NO_PAYLOAD):
            await self._answer(message, message.payload == sentences.YES_PAYLOAD)
            return await self._done(message)
        if asking.wants_contact(case) and not message.payload and asking.reachable(message.text):
            await self._contact(message)
            return await self._done(message)
        if case is not None and case.state == WAITING:
            await self._tell(case, said)
        facts = await self._database.run(lambda db: telling.bind(db, message)) if more else None
        return Heard(False, case, facts)

    async def answered(self, heard: Heard, message: Message, replies: Sequence[Message]) -> None:
        """The bot answered: the desk reads along where a case waits; a person may be called for."""
        shown = [reply for reply in replies if reply.seq > 0]
        case, conversation = heard.case, message.conversation_id
        try:
            if case is not None and case.state == WAITING:
                await self._tell(case, shown)
                await self._visitors.show(conversation, await self._asking.tell_place(conversation))
                return
            found = why.reason(shown, self._clock().date())
            if found is not None:
                await self._visitors.offer(conversation, *found, _detail(shown, self._clock))
        except (SQLAlchemyError, OSError, Gone) as error:
            # The reply is written and sent; only the offer is missing, and they can still ask.
            log.error("no offer", conversation=conversation, error=type(error).__name__)

    async def _answer(self, message: Message, agree: bool) -> None:
        try:
            if agree:
                await self._visitors.agree(message.conversation_id, None, None)
            else:
                await self._visitors.decline(message.conversation_id)
        except Refusal:  # tapped a second time, or too late
            notice = sentences.NO_OFFER
            await self._visitors.notice(message.conversation_id, notice, message.seq)

    async def _contact(self, message: Message) -> None:
        try:
            await self._visitors.contact(message.conversation_id, message.text, None)
        except Refusal:
            return

    async def _done(self, message: Message) -> Heard:
        await self._database.run(lambda db: _mark(db, message))
        return Heard(True)

    async def _tell(self, case: Case, messages: Sequence[Message]) -> None:
        if messages:
            await self._provider.messages(case, messages)


def _look(db: Session, message: Message) -> tuple[Case | None, list[Message], bool]:
    """The case a message belongs to; what the desk has to be shown: it, and a notice after it; whether
    there is something to tell Rasa.

    With an advisor the message is answered by that: a person has it.
    """
    case = cases.live(db, message.conversation_id)
    if case is None or case.state not in (WAITING, WITH_ADVISOR):
        return case, [], telling.pending(db, message)
    if case.state == WITH_ADVISOR:
        _mark(db, message)
        telling.release(db, message)
    said = (
        select(Message)
        .where(Message.conversation_id == message.conversation_id, Message.seq >= message.seq)
        .order_by(Message.seq)
        .execution_options(populate_existing=True)
    )
    return case, list(db.scalars(said)), telling.pending(db, message)


def _mark(db: Session, message: Message) -> None:
    mine = update(Message).where(Message.id == message.id, Message.answered.is_(False))
    db.execute(mine.values(answered=True))


def _detail(replies: Sequence[Message], clock: Clock) -> str:
    told = next((reply.facts for reply in reversed(replies) if reply.facts), None)
    return why.needs(told["facts"], clock().date()) if told else ""
