"""The loop that tells what the outbox holds: a few at a time, and gently while the other side is away.

A kind whose last try failed for a reason that all of its kind would fail for rests, and is then tried with
one entry at a time. The rest is counted by a clock that never jumps.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.outward.outbox import Errand, Outbox, wait
from frontdesk.outward.ways import Away, Moot, Never, Way

log = structlog.get_logger()

ROUND_SECONDS = 2.0
AT_ONCE = 4  # of one kind
RESTS = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)  # seconds between probes while the other side is away
LONGEST_RETRY_AFTER = 86_400.0  # kept for one entry; all of its kind rest an hour at most
LONGEST_REST = 3600.0
HOLD_SECONDS = 4.0  # how often what is being sent is held; well below the outbox's LEASE
SWEEP_SECONDS = 3600.0


@dataclass
class _Lane:
    """How it stands with one kind. Times are ``time.monotonic``."""

    way: Way
    failures: int = 0
    rests_until: float = 0.0
    busy: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)  # of those that are busy: ours, so ours to hold

    @property
    def room(self) -> int:
        """How many more may be begun now."""
        if time.monotonic() < self.rests_until:
            return 0
        return (1 if self.failures else AT_ONCE) - len(self.busy)

    def failed(self, seconds: float | None) -> None:
        """All of its kind rests."""
        self.failures += 1
        rest = RESTS[min(self.failures, len(RESTS)) - 1]
        self.rests_until = time.monotonic() + min(max(rest, seconds or 0.0), LONGEST_REST)


class Sender:
    """The task."""

    def __init__(self, outbox: Outbox, ways: Sequence[Way]) -> None:
        self._outbox = outbox
        self._lanes = [_Lane(way) for way in ways]
        self._now = asyncio.Event()
        self._swept = self._held = float("-inf")
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        if self._lanes:
            self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Let go; what was begun is begun again by the next process."""
        tasks = [task for lane in self._lanes for task in lane.busy.values()]
        tasks += [self._task] if self._task else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for lane in self._lanes:
            await lane.way.close()

    def wake(self, rested: bool = False) -> None:
        """There is something to tell. ``rested``: even where the other side was away just now."""
        for lane in self._lanes if rested else ():
            lane.rests_until = 0.0
        self._now.set()

    async def _work(self) -> None:
        while True:
            self._now.clear()
            try:
                for lane in self._lanes:
                    await lane.way.look()
                    if lane.room > 0:
                        for entry in await self._outbox.due(lane.way.kind, AT_ONCE):
                            if entry not in lane.busy and lane.room > 0:
                                lane.busy[entry] = asyncio.create_task(self._one(lane, entry))
                taken = [entry for lane in self._lanes for entry in lane.taken]
                if taken and time.monotonic() - self._held >= HOLD_SECONDS:
                    self._held = time.monotonic()
                    await self._outbox.hold(taken)
                if time.monotonic() - self._swept >= SWEEP_SECONDS:
                    self._swept = time.monotonic()
                    await self._outbox.sweep()
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
            try:
                await asyncio.wait_for(self._now.wait(), ROUND_SECONDS)
            except TimeoutError:
                continue

    async def _one(self, lane: _Lane, entry: int) -> None:
        try:
            await self._try(lane, entry)
        except (SQLAlchemyError, OSError) as error:
            # It stays begun, and is begun again after its lease.
            log.error("ledger failed", entry=entry, error=type(error).__name__)
            lane.failed(None)
        finally:
            lane.taken.discard(entry)
            lane.busy.pop(entry, None)
            self._now.set()

    async def _try(self, lane: _Lane, entry: int) -> None:
        errand = await self._outbox.take(entry)
        if errand is None:
            return
        lane.taken.add(entry)
        kind, what = errand.kind, errand.what
        try:
            await _send(lane.way, errand)
        except Moot:
            await self._outbox.done(errand, "moot")
        except Never as never:
            log.error("given up", kind=kind, what=what, entry=entry, reason=never.code)
            await self._outbox.give_up(errand, never.code)
        except Away as away:
            seconds = wait(errand.tries)
            if away.retry_after is not None:
                seconds = min(max(seconds, away.retry_after), LONGEST_RETRY_AFTER)
            log.warning("not told yet", kind=kind, what=what, entry=entry, reason=away.code)
            if not await self._outbox.again(errand, away.code, seconds):
                log.error("given up", kind=kind, what=what, entry=entry, reason=away.code)
            if away.whole:
                lane.failed(away.retry_after)
        else:
            await self._outbox.done(errand)
            lane.failures = 0


async def _send(way: Way, errand: Errand) -> None:
    """Tell it. A fault of ours counts as a failure of this entry, and stops nothing else."""
    try:
        await way.send(errand)
    except (Away, Moot, Never, SQLAlchemyError, OSError):
        raise
    except Exception as fault:
        log.error("fault", kind=errand.kind, entry=errand.id, error=type(fault).__name__)
        raise Away(f"fault: {type(fault).__name__}", whole=False) from fault
