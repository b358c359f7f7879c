"""What a visitor marks on a message: whether an answer helped, which steps of a plan are done."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.ledger.database import Database
from frontdesk.ledger.models import Message
from frontdesk.ledger.store import take_numbers

MOST_STEPS = 40


class Marks:
    """The ledger's transactions on single messages; LookupError where there is no such message."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def rate(
        self, conversation: str, seq: int, helpful: bool | None, word: str | None
    ) -> Message:
        """Rate an assistant's message; ``None`` takes a rating and its word back."""

        def work(message: Message) -> None:
            message.helpful = helpful
            message.helpful_word = None if helpful is None else word

        return await self._change(conversation, seq, work)

    async def tick(self, conversation: str, seq: int, step: int, done: bool) -> Message:
        """Tick a step of the plan in a message, or take the tick back."""

        def work(message: Message) -> None:
            if message.facts is None or not 0 <= step < MOST_STEPS:
                raise LookupError(f"{conversation}/{seq}/{step}")
            ticked = set(message.ticked or [])
            message.ticked = sorted(ticked | {step} if done else ticked - {step})

        return await self._change(conversation, seq, work)

    async def case(self, conversation: str, seq: int) -> dict[str, object]:
        """The case of the plan in a message."""
        message = await self._database.run(lambda s: _said(s, conversation, seq))
        if message.facts is None:
            raise LookupError(f"{conversation}/{seq}")
        return message.facts

    async def _change(
        self, conversation: str, seq: int, change: Callable[[Message], None]
    ) -> Message:
        def work(session: Session) -> Message:
            take_numbers(
                session, conversation, 0
            )  # locks the conversation: two tabs tick one after another
            message = _said(session, conversation, seq)
            change(message)
            return message

        return await self._database.run(work)


def _said(session: Session, conversation: str, seq: int) -> Message:
    message = session.scalar(
        select(Message).where(
            Message.conversation_id == conversation,
            Message.seq == seq,
            Message.seq > 0,
            Message.author == "assistant",
        )
    )
    if message is None:
        raise LookupError(f"{conversation}/{seq}")
    return message
