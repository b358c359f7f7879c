"""Gives waiting messages to the brain: one at a time in each conversation, in order, until answered.

What is waiting is in the ledger, not here: a worker is only the hand that works it off, and a
restart starts the hands again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from frontdesk import notices
from frontdesk.brain import Brain, NotAnswered, Unanswerable
from frontdesk.ledger import FRONTDESK, Ledger, Message

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0  # seconds between tries while the brain is away


class Deliver:
    """What a channel does with what happened; the website implements it."""

    def __init__(
        self,
        messages: Callable[[str, Sequence[Message]], Awaitable[None]],
        typing: Callable[[str, bool], Awaitable[None]],
        answered: Callable[[str, int], Awaitable[None]],
    ) -> None:
        self.messages = messages
        self.typing = typing
        self.answered = answered


class Turns:
    """The workers of all conversations."""

    def __init__(self, ledger: Ledger, brain: Brain, deliver: Deliver) -> None:
        self._ledger = ledger
        self._brain = brain
        self._deliver = deliver
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()

    async def resume(self) -> None:
        """Go on with what was waiting when the process ended."""
        for conversation in await self._ledger.all_waiting():
            self.wake(conversation)

    def wake(self, conversation: str) -> None:
        """There is something to answer in a conversation."""
        self._again.add(conversation)
        if conversation not in self._workers:
            self._workers[conversation] = asyncio.create_task(self._work(conversation))

    def busy(self, conversation: str) -> bool:
        """Whether an answer is under way."""
        return conversation in self._workers

    async def stop(self) -> None:
        """Let go; what is unanswered stays in the ledger."""
        workers = list(self._workers.values())
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    async def _work(self, conversation: str) -> None:
        try:
            while conversation in self._again:
                self._again.discard(conversation)
                await self._drain(conversation)
        finally:
            del self._workers[conversation]

    async def _drain(self, conversation: str) -> None:
        wait = FIRST_WAIT
        told = False
        while True:
            try:
                message = await self._ledger.next_waiting(conversation)
                if message is None:
                    return
                await self._deliver.typing(conversation, True)
                replies = await self._replies(message)
                written = await self._ledger.answer(message, replies)
            except NotAnswered as error:
                log.warning("brain away", conversation=conversation, reason=str(error))
                if not told and message is not None and message.author != FRONTDESK:
                    told = await self._tell(conversation, message)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            except (SQLAlchemyError, OSError) as error:
                # Nothing was written, so nothing is lost: the message still waits in the ledger.
                log.error("ledger failed", conversation=conversation, error=type(error).__name__)
                await asyncio.sleep(wait)
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            wait, told = FIRST_WAIT, False
            await self._deliver.typing(conversation, False)
            await self._deliver.messages(conversation, written)
            if message.author != FRONTDESK:
                await self._deliver.answered(conversation, message.seq)

    async def _replies(self, message: Message) -> list[dict[str, object]]:
        try:
            return await self._brain.turn(message)
        except Unanswerable:
            log.error("turn refused", conversation=message.conversation_id, message=message.id)
            return [{"author": "notice", "text": notices.FAILED}]

    async def _tell(self, conversation: str, message: Message) -> bool:
        """Say once that it takes longer, and that the message is kept."""
        try:
            notice = await self._ledger.add_notice(conversation, notices.SLOW, message.seq)
        except (SQLAlchemyError, OSError):
            return False
        await self._deliver.messages(conversation, [notice])
        return True
