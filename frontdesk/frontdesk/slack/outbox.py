"""Posts what is still to be posted: each once, in the order in which its queue lets go of it.

Slack has no "post this once". So a try is noted before it is made, each post carries an id of ours as
metadata, and after a try that broke off Slack is asked for it before anything is posted again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Generic, Protocol, TypeVar

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.slack.pace import Pace

log = structlog.get_logger()

ROUND_SECONDS = 5.0  # how often what another process left is looked for
AT_ONCE = 20  # conversations posted to at the same time
WAITS = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0)  # seconds before the next try: somebody waits for it
REFUSED_WAIT = 30.0  # seconds, where Slack says no for a reason that somebody has to mend
HELD = 5.0  # seconds of waiting for a turn, after which it is asked whether the entry is ours still
# Nothing will ever make these work; anything else may pass.
NEVER = {
    "channel_not_found", "not_in_channel", "is_archived", "user_not_found", "users_not_found",
    "user_disabled", "cannot_dm_bot", "messages_tab_disabled", "restricted_action", "thread_not_found",
    "message_not_found", "cant_update_message", "edit_window_closed",
}  # fmt: skip


class Entry(Protocol):
    """Something to post now. ``broken_off``: an earlier try may have arrived."""

    @property
    def id(self) -> int: ...
    @property
    def tries(self) -> int: ...
    @property
    def broken_off(self) -> bool: ...


E = TypeVar("E", bound=Entry)
E_contra = TypeVar("E_contra", bound=Entry, contravariant=True)


class Queue(Protocol[E]):
    """What is to be posted, in the database (``ledger.Carried`` for messages)."""

    async def due(self) -> tuple[Sequence[int], datetime | None]:
        """What may be tried now, and when the next may."""

    async def take_over(self) -> None:
        """Nobody else posts: what a process before this one began is looked after at once."""

    async def claim(self, entry: int) -> E | None:
        """Take an entry, for as long as its lease; ``None`` when there is nothing to do for it."""

    async def holds(self, task: E) -> bool:
        """Whether it is ours still, with a fresh lease."""

    async def sent(self, entry: int, reference: str | None) -> None:
        """It is there, named so by Slack."""

    async def again(self, entry: int, seconds: float, begun: bool) -> None:
        """Try again later; ``begun``: the last try may have arrived."""

    async def dropped(self, entry: int) -> None:
        """It cannot be posted there."""


class Posting(Protocol[E_contra]):
    """How an entry is posted."""

    async def channel(self, task: E_contra) -> str:
        """Where to."""

    async def post(self, task: E_contra, channel: str) -> str | None:
        """Post it; how Slack names it."""

    async def arrived(self, task: E_contra, channel: str) -> str | None:
        """How Slack names what an earlier try posted, if it did."""


class Outbox(Generic[E]):
    """The task that posts.

    ``pace``: one for all who post to the same Slack. ``alone``: no other process posts from this queue.
    """

    def __init__(
        self,
        queue: Queue[E],
        posting: Posting[E],
        pace: Pace,
        alone: bool,
        at_once: int = AT_ONCE,
    ) -> None:
        self._alone = alone
        self._queue, self._posting, self._pace, self._at_once = queue, posting, pace, at_once
        self._now = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Let go; what was begun is looked after by the next process."""
        tasks = [*self._busy.values(), *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """There is something to post."""
        self._now.set()

    async def _work(self) -> None:
        while True:
            try:
                if self._alone:
                    await self._queue.take_over()
                    self._alone = False
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
            self._now.clear()
            wait = ROUND_SECONDS
            try:
                entries, later = await self._queue.due()
                for entry in entries:
                    if entry not in self._busy and len(self._busy) < self._at_once:
                        self._busy[entry] = asyncio.create_task(self._one(entry))
                if later is not None:
                    wait = min(wait, max(0.05, (later - datetime.now(UTC)).total_seconds()))
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
            try:
                await asyncio.wait_for(self._now.wait(), wait)
            except TimeoutError:
                continue

    async def _one(self, entry: int) -> None:
        try:
            task = await self._queue.claim(entry)
            if task is not None:
                await self._try(task)
        except (SQLAlchemyError, OSError) as error:
            # The entry stays begun; after its lease it is tried again, with a look at Slack first.
            log.error("ledger failed", error=type(error).__name__)
        finally:
            self._busy.pop(entry, None)
            self.wake()

    async def _try(self, task: E) -> None:
        wait, channel = WAITS[min(task.tries, len(WAITS) - 1)], ""
        try:
            channel = await self._posting.channel(task)
            done = await self._posting.arrived(task, channel) if task.broken_off else None
            if done is None:
                if not await self._turn(task, channel):
                    return
                done = await self._posting.post(task, channel)
        except SlackApiError as error:
            await self._refused(task, channel, error, wait)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("slack away", entry=task.id, error=type(error).__name__)
            await self._queue.again(task.id, wait, begun=True)
        else:
            await self._queue.sent(task.id, done)

    async def _turn(self, task: E, channel: str) -> bool:
        """Wait for the channel's turn; after a long wait another process may have the entry."""
        since = time.monotonic()
        await self._pace.turn(channel)
        return time.monotonic() - since < HELD or await self._queue.holds(task)

    async def _refused(self, task: E, channel: str, error: SlackApiError, wait: float) -> None:
        response: Any = error.response
        status = getattr(response, "status_code", 0)
        code = str(response.get("error", "")) if status == 200 or status == 429 else ""
        if status == 429 or code == "ratelimited":
            wait = float((response.headers or {}).get("Retry-After", 1))
            self._pace.rest(channel, wait)
            await self._queue.again(task.id, wait, begun=False)
        elif code in NEVER:
            log.error("not to be posted", entry=task.id, reason=code)
            await self._queue.dropped(task.id)
        elif code:
            log.error("slack refused", entry=task.id, reason=code)
            await self._queue.again(task.id, max(wait, REFUSED_WAIT), begun=False)
        else:  # a server error: it may have been posted all the same
            log.warning("slack failed", entry=task.id, status=status)
            await self._queue.again(task.id, wait, begun=True)
