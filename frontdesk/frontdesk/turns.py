"""Gives waiting messages to the brain: one at a time in each conversation, in order, until answered.

What is waiting is in the ledger, not here: a hand only works it off, and a restart starts the hands
again. With several frontdesk processes a hand first takes the conversation's lease, and every two
seconds each process looks for what another left behind.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

import structlog
from sqlalchemy.exc import SQLAlchemyError

from frontdesk import notices
from frontdesk.brain import Brain, NotAnswered, Unanswerable
from frontdesk.ledger import FRONTDESK, Gone, Leases, Ledger, Message
from frontdesk.ledger.lease import ROUND_SECONDS

log = structlog.get_logger()

FIRST_WAIT, LONGEST_WAIT = 0.5, 5.0  # seconds between tries while the brain is away
LAST = 20  # messages shown again when a process may have died before it sent them


class Deliver:
    """What a channel does with what happened; the website implements it."""

    def __init__(
        self,
        messages: Callable[[str, Sequence[Message]], Awaitable[None]],
        typing: Callable[[str, bool], Awaitable[None]],
        answered: Callable[[str, int], Awaitable[None]],
        held: Callable[[str], Awaitable[None]],
    ) -> None:
        self.messages = messages
        self.typing = typing
        self.answered = answered
        self.held = held

    @classmethod
    def to_all(cls, several: Sequence[Deliver]) -> Deliver:
        """Tell every channel; each knows its own conversations."""

        async def messages(conversation: str, written: Sequence[Message]) -> None:
            for one in several:
                await one.messages(conversation, written)

        async def typing(conversation: str, on: bool) -> None:
            for one in several:
                await one.typing(conversation, on)

        async def answered(conversation: str, seq: int) -> None:
            for one in several:
                await one.answered(conversation, seq)

        async def held(conversation: str) -> None:
            for one in several:
                await one.held(conversation)

        return cls(messages, typing, answered, held)


class Listener(Protocol):
    """Hears every message first: the hand-over to a person (``frontdesk.handoff``)."""

    async def hear(self, message: Message) -> Any:
        """What became of it: ``taken`` if Rasa is not to get it, ``facts`` to tell it before; raises SQLAlchemyError or OSError when the ledger is away."""

    async def answered(self, heard: Any, message: Message, replies: Sequence[Message]) -> None:
        """Rasa's replies were written and sent."""


class Turns:
    """The hands on all conversations."""

    def __init__(
        self,
        ledger: Ledger,
        brain: Brain,
        deliver: Deliver,
        leases: Leases | None = None,
        listener: Listener | None = None,
    ) -> None:
        self._listener = listener
        self._ledger = ledger
        self._brain = brain
        self._deliver = deliver
        self._leases = leases
        self._rounds: asyncio.Task[None] | None = None
        self._hands: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._broken_off: set[str] = set()

    async def resume(self) -> None:
        """Go on with what was waiting when the process ended."""
        if self._leases:
            self._rounds = asyncio.create_task(self._go_round(self._leases))
            return
        for conversation in await self._ledger.all_waiting():
            self.wake(conversation)

    async def _go_round(self, leases: Leases) -> None:
        while True:
            await leases.renew()
            for conversation, broken_off in await leases.left():
                if broken_off:
                    self._broken_off.add(conversation)
                self.wake(conversation)
            await asyncio.sleep(ROUND_SECONDS)

    def wake(self, conversation: str) -> None:
        """There is something to answer in a conversation."""
        self._again.add(conversation)
        if conversation not in self._hands:
            self._hands[conversation] = asyncio.create_task(self._work(conversation))

    async def stop(self) -> None:
        """Let go; what is unanswered stays in the ledger."""
        tasks = [*self._hands.values(), *([self._rounds] if self._rounds else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, conversation: str) -> None:
        try:
            while conversation in self._again:
                self._again.discard(conversation)
                if self._leases is None:
                    await self._drain(conversation)
                else:
                    await self._drain_alone(conversation, self._leases)
        finally:
            del self._hands[conversation]

    async def _drain_alone(self, conversation: str, leases: Leases) -> None:
        """Drain it while no other process does; who has it sees what comes in meanwhile."""
        async with leases.hold(conversation) as mine:
            if not mine:
                return
            if conversation in self._broken_off:
                self._broken_off.discard(conversation)
                await self._show_last(conversation)
            await self._drain(conversation)
        try:  # what another process wrote just before the lease was given back
            if await self._ledger.next_waiting(conversation):
                self._again.add(conversation)
        except (SQLAlchemyError, OSError):
            return  # the next round finds it

    async def _show_last(self, conversation: str) -> None:
        """A process broke off here, perhaps between writing a reply and sending it."""
        try:
            last = (await self._ledger.messages(conversation))[-LAST:]
        except (SQLAlchemyError, OSError):
            return
        await self._deliver.messages(conversation, last)
        await self._deliver.typing(conversation, False)
        for message in last:
            if message.author == "visitor" and message.answered:
                await self._deliver.answered(conversation, message.seq)

    async def _drain(self, conversation: str) -> None:
        wait = FIRST_WAIT
        told = False
        while True:
            try:
                message = await self._ledger.next_waiting(conversation)
                if message is None:
                    return
                heard = await self._listener.hear(message) if self._listener else None
                if heard is not None and heard.taken:
                    wait, told = FIRST_WAIT, False
                    await self._deliver.typing(conversation, False)
                    await self._deliver.answered(conversation, message.seq)
                    continue
                await self._deliver.typing(conversation, True)
                replies = await self._replies(message, heard.facts if heard else None)
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
            await self._deliver.messages(conversation, [m for m in written if m.seq > 0])
            if any(m.seq < 0 for m in written):
                await self._deliver.held(conversation)
            if message.author != FRONTDESK:
                await self._deliver.answered(conversation, message.seq)
                if self._listener is not None:
                    await self._listener.answered(heard, message, written)

    async def _replies(
        self, message: Message, facts: dict[str, Any] | None
    ) -> list[dict[str, object]]:
        try:
            return await self._brain.turn(message, facts)
        except Unanswerable:
            log.error("turn refused", conversation=message.conversation_id, message=message.id)
            return [{"author": "notice", "text": notices.FAILED}]

    async def _tell(self, conversation: str, message: Message) -> bool:
        """Say once that it takes longer, and that the message is kept."""
        try:
            notice = await self._ledger.add_notice(conversation, notices.SLOW, message.seq)
        except (SQLAlchemyError, OSError, Gone):
            return False
        await self._deliver.messages(conversation, [notice])
        return True
