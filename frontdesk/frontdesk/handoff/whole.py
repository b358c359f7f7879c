"""The hand-over put together, and its clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.channels.website import Website
from frontdesk.forgetting import Forgetting
from frontdesk.gate import Refused
from frontdesk.handoff import sentences
from frontdesk.handoff.asking import Asking
from frontdesk.handoff.cases import Audit, Clock
from frontdesk.handoff.desk_acts import DeskActs
from frontdesk.handoff.desk_socket import DeskSocket, SignIn
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.offer import Visitors
from frontdesk.handoff.owning import Owning
from frontdesk.handoff.provider import Both, HandoffProvider
from frontdesk.handoff.rating import Rating
from frontdesk.handoff.relay import Relay
from frontdesk.handoff.rounds import Rounds
from frontdesk.handoff.saying import Saying
from frontdesk.handoff.staffing import Hours, Somebody, Staffing
from frontdesk.handoff.steady import Steady
from frontdesk.handoff.watching import NOBODY, ON, Watching
from frontdesk.ledger import Database, Ledger, Message
from frontdesk.ledger.store import now
from frontdesk.settings import Settings
from frontdesk.turns import Deliver

log = structlog.get_logger()

LONGEST_ROUND = 5.0  # seconds
EXPECTED = timedelta(minutes=5)  # at the desk, after a claim elsewhere


class Handoff:
    """Everything of it. ``relay`` is what the hands ask first.

    ``sign_in``: whoever is fully signed in by a socket's cookies. ``audit``: the desk's audit log.
    ``somebody``: whether anybody could take a case at the firm's own desk. ``elsewhere``: where people
    sit beside that desk, if anywhere.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        website: Website,
        deliver: Deliver,
        forgetting: Forgetting,
        *,
        sign_in: SignIn,
        audit: Audit,
        hours: Hours,
        somebody: Somebody,
        elsewhere: HandoffProvider | None = None,
        clock: Clock = now,
    ) -> None:
        wait = timedelta(minutes=settings.handoff_wait_minutes)
        grace = timedelta(seconds=settings.handoff_grace_seconds)
        firm = settings.firm_name
        self._desk = DeskSocket(website.io, database, sign_in, clock, grace, settings.desk_origin)
        self.provider: HandoffProvider = Both(self._desk, elsewhere) if elsewhere else self._desk
        self._clock = clock
        self._pause = max(0.05, min(LONGEST_ROUND, settings.handoff_grace_seconds / 4))
        away = timedelta(seconds=2.5 * self._pause)  # a browser is heard of in each round
        self._staffing = Staffing(
            database, hours, grace, away, clock, somebody if elsewhere is None else _always
        )
        self._asking = Asking(database, audit, firm, clock)
        self.visitors = Visitors(
            Ledger(database), self._asking, self._staffing, self.provider, deliver, website,
            Rating(database, audit, clock),
        )  # fmt: skip
        self.owning = Owning(database, audit, firm, clock, grace)
        self.saying = Saying(database, audit, clock)
        self.relay = Relay(database, self._asking, self.visitors, self.provider, clock)
        self._rounds = Rounds(database, audit, wait, grace, clock)
        DeskActs(
            website.io,
            database,
            self._desk,
            self.owning,
            self.saying,
            self.visitors,
            website,
            clock,
            settings.firm,
        )
        website.people = self
        forgetting.listen(self._forgotten)
        self._watching = Watching(self._staffing, self.visitors, website)
        self._deleted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def listen(self, listener: Callable[[], None]) -> None:
        """Be told whenever a case was moved, or may be gone: a hint to look at the database."""
        self.visitors.listen(listener)

    async def claim(self, user: User, case: str) -> Case:
        """Take a case away from the desk; Refusal as there. They are expected at the desk then."""
        changed, told = await self.owning.claim(user, case, EXPECTED)
        await self.visitors.changed(changed, told)
        await self.provider.messages(changed, told)
        return changed

    def start(self) -> None:
        """Begin to watch the clock."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Let go; everything stands in the database."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _forgotten(self) -> None:
        self._deleted.set()

    async def _work(self) -> None:
        # Browsers need a moment to come back to a process that has just begun, and other processes
        # to say that theirs are there after the clock jumped.
        grace = self._rounds.grace.total_seconds()
        watches_from = time.monotonic() + grace
        steady = Steady(self._clock)
        while True:
            if steady.jumped():
                log.warning("the clock jumped")
                watches_from = time.monotonic() + grace
            try:
                if self._deleted.is_set():
                    self._deleted.clear()
                    await self.provider.forgotten()
                    await self.visitors.queue_changed()
                began = time.monotonic()
                await self.provider.beat()
                await self._watching.look()
                for case, told in await self._rounds.overdue():
                    await self.visitors.changed(case, told)
                if time.monotonic() - began > grace / 2:
                    watches_from = (
                        time.monotonic() + grace
                    )  # so late it tells nothing of who is there
                if time.monotonic() >= watches_from:
                    for case, told in await self._rounds.abandoned():
                        await self.visitors.changed(case, told)
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
                watches_from = time.monotonic() + grace
            try:
                await asyncio.wait_for(self._deleted.wait(), self._pause)
            except TimeoutError:
                continue

    async def told(self) -> str:
        """Whether it is on, or why not: for the log, /health and the start-up line."""
        return ON if await self._staffing.possible() else NOBODY

    # What the website asks (channels.website.people.People)

    async def status(self, conversation: str) -> dict[str, Any] | None:
        return await self._staffing.status(conversation)

    async def possible(self) -> bool:
        return await self._staffing.possible()

    async def present(self, conversation: str, on: bool) -> None:
        await self.provider.visitor_present(conversation, on)

    async def before_restart(self, conversation: str) -> None:
        """A person would answer where nobody looks any more."""
        shown = await self._staffing.status(conversation)
        if shown is not None and shown["state"] != "offered":
            raise Refused("with_advisor", sentences.NO_RESTART)

    async def on_offer(self, conversation: str) -> None:
        await self.visitors.on_offer(conversation)

    async def on_consent(self, conversation: str, body: dict[str, Any]) -> None:
        await self.visitors.on_consent(conversation, body)

    async def on_cancel(self, conversation: str) -> None:
        await self.visitors.on_cancel(conversation)

    async def on_rate(self, conversation: str, seq: int, rating: str) -> Message:
        return await self.visitors.on_rate(conversation, seq, rating)

    async def on_typing(self, conversation: str, on: bool) -> None:
        await self.visitors.on_typing(conversation, on)


async def _always() -> bool:
    """Another desk has its own people."""
    return True
