"""Sees to it that what was deleted is gone in Rasa too, and deletes what is older than KEEP_DAYS."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.brain import Brain, NotAnswered
from frontdesk.ledger import Privacy

log = structlog.get_logger()

LOOK_SECONDS = 20.0  # how often a deletion that Rasa could not do yet is tried again
OLD_SECONDS = 3600.0


class Forgetting:
    """The task; what is to be forgotten is in the ledger, so a restart goes on with it."""

    def __init__(
        self,
        privacy: Privacy,
        brain: Brain,
        keep_days: int,
        also: Sequence[Callable[[], Awaitable[int]]] = (),
    ) -> None:
        """``also``: what else goes for its age; each returns how many it deleted."""
        self._also = also
        self._privacy = privacy
        self._brain = brain
        self._keep_days = keep_days
        self._now = asyncio.Event()
        self._listeners: list[Callable[[], None]] = []
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Let go."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def wake(self) -> None:
        """Something was just deleted."""
        self._now.set()
        for listener in self._listeners:
            listener()

    def listen(self, listener: Callable[[], None]) -> None:
        """Be told of each deletion."""
        self._listeners.append(listener)

    async def _work(self) -> None:
        looked = float("-inf")
        while True:
            self._now.clear()
            try:
                if time.monotonic() - looked >= OLD_SECONDS:
                    count = await self._privacy.delete_old(self._keep_days)
                    for others in self._also:
                        await others()
                    looked = time.monotonic()
                    if count:
                        log.info("deleted for their age", conversations=count)
                for conversation in await self._privacy.to_forget():
                    await self._brain.forget(conversation)
                    await self._privacy.forgotten(conversation)
            except NotAnswered as error:
                log.warning("not forgotten yet", reason=str(error))
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
            try:
                await asyncio.wait_for(self._now.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue
