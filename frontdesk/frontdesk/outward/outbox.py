"""The outbox: what is still to be told elsewhere, in the ledger's own transactions.

An entry is written in the transaction of what it tells of, so a kill loses nothing; it is taken with a
conditional UPDATE, so of several frontdesks one sends it, and held while it is being sent. A try that broke
off is begun again after LEASE; whoever gets it knows it by its key.

Clocks: an entry remembers when its time was set. One that was set in the future shows that the clock went
back; it then waits its wait from now. A clock that went forward makes tries earlier, at most by one each,
at the pace of ``Sender``. Nothing is given up before LEAST_TRIES.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from frontdesk.ledger import Database
from frontdesk.ledger.store import new_id, now
from frontdesk.outward.models import Sending

LEASE = timedelta(seconds=20)  # after this what a process that died was sending is begun again
GIVE_UP = timedelta(days=3)
LEAST_TRIES = 10
KEEP = timedelta(days=7)  # what was sent, for the manager's counts
WAITS = (5.0, 15.0, 60.0, 300.0, 900.0, 1800.0, 3600.0)  # seconds before the next try
JITTER = 0.2
SLACK = timedelta(seconds=5)  # by how much clocks of several hosts may differ
UNSENT = ("waiting", "sending")


@dataclass(frozen=True)
class Errand:
    """An entry that was taken. ``again``: an earlier try may have arrived."""

    id: int
    key: str
    kind: str
    what: str
    conversation: str
    case: str | None
    details: dict[str, Any]
    tries: int
    again: bool
    created_at: datetime


def note(
    db: Session, kind: str, what: str, conversation: str, case: str | None, at: datetime,
    **details: Any,
) -> Sending:  # fmt: skip
    """Write an entry, in the caller's transaction."""
    made = Sending(
        key=new_id("o"), kind=kind, what=what, conversation_id=conversation, case_id=case,
        details=details, state="waiting", tries=0, since=at, due=at, created_at=at,
    )  # fmt: skip
    db.add(made)
    return made


def wait(tries: int) -> float:
    """Seconds before the next try, after so many: growing, and never the same for all."""
    return WAITS[min(tries, len(WAITS)) - 1] * random.uniform(1 - JITTER, 1 + JITTER)


class Outbox:
    """The transactions."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = now) -> None:
        self._database, self._clock = database, clock

    async def due(self, kind: str, most: int) -> Sequence[int]:
        """Entries of a kind to try now, the oldest first."""

        def work(db: Session) -> Sequence[int]:
            at = self._clock()
            unsent = (Sending.kind == kind, Sending.state.in_(UNSENT))
            ahead = select(Sending).where(*unsent, Sending.since > at + SLACK).limit(500)
            for row in db.scalars(ahead):
                row.due, row.since = at + (row.due - row.since), at
            db.flush()
            found = select(Sending.id).where(*unsent, Sending.due <= at)
            return db.scalars(found.order_by(Sending.due, Sending.id).limit(most)).all()

        return await self._database.run(work)

    async def take(self, entry: int) -> Errand | None:
        """Take an entry; ``None`` when another process has it, or it is gone."""

        def work(db: Session) -> Errand | None:
            row = db.get(Sending, entry)
            if row is None or row.state not in UNSENT:
                return None
            at, before = self._clock(), row.state
            mine = (Sending.id == entry, Sending.state == before, Sending.due <= at)
            taken = db.execute(
                update(Sending)
                .where(*mine)
                .values(state="sending", since=at, due=at + LEASE, tries=Sending.tries + 1)
                .execution_options(synchronize_session=False)
            )
            if not getattr(taken, "rowcount", 0):
                return None
            again = before == "sending" or row.tries > 0
            return Errand(
                row.id, row.key, row.kind, row.what, row.conversation_id, row.case_id,
                dict(row.details), row.tries + 1, again, row.created_at,
            )  # fmt: skip

        return await self._database.run(work)

    async def hold(self, entries: Sequence[int]) -> None:
        """Keep entries that are still being sent."""
        at = self._clock()
        held = update(Sending).where(Sending.id.in_(entries), Sending.state == "sending")
        change = held.values(since=at, due=at + LEASE)
        await self._database.run(lambda db: db.execute(change).close())

    async def done(self, errand: Errand, state: str = "sent") -> None:
        """It was told, or is moot; an address it held is deleted."""

        def work(db: Session, row: Sending, at: datetime) -> None:
            row.state, row.error, row.due, row.since = state, None, at, at
            if row.details.get("once_more"):  # something new came up meanwhile
                row.state, row.tries = "waiting", 0
            row.details = _kept(row.details)

        await self._change(errand, work)

    async def again(self, errand: Errand, code: str, seconds: float) -> bool:
        """Try again after so many seconds; False when it was given up instead."""

        def work(db: Session, row: Sending, at: datetime) -> bool:
            row.error, row.failed_at = code, at
            if errand.tries >= LEAST_TRIES and at - row.created_at >= GIVE_UP:
                row.state, row.details = "given_up", _kept(row.details)
                return False
            row.state, row.since, row.due = "waiting", at, at + timedelta(seconds=seconds)
            return True

        return await self._change(errand, work) is not False

    async def give_up(self, errand: Errand, code: str, **details: Any) -> None:
        """It can never be told."""

        def work(db: Session, row: Sending, at: datetime) -> None:
            row.state, row.error, row.failed_at = "given_up", code, at
            row.details = {**_kept(row.details), **details}

        await self._change(errand, work)

    async def stopped(self, kind: str, code: str, **details: Any) -> bool:
        """Whether an entry of a kind was given up with this code and these details."""
        found = select(Sending.details).where(
            Sending.kind == kind, Sending.state == "given_up", Sending.error == code
        )
        rows = await self._database.run(lambda db: db.scalars(found).all())
        return any(details.items() <= row.items() for row in rows)

    async def sweep(self) -> None:
        """Delete what was sent a while ago."""
        old = delete(Sending).where(
            Sending.state.in_(("sent", "moot")), Sending.since < self._clock() - KEEP,
            Sending.what != "case",
        )  # fmt: skip
        await self._database.run(lambda db: db.execute(old).close())

    async def retry(self, kind: str | None) -> int:
        """Have everything that waits or was given up tried now; how many there are."""

        def work(db: Session) -> int:
            return retry(db, kind, self._clock())

        return await self._database.run(work)

    async def counts(self) -> list[tuple[str, str, int, datetime]]:
        """(kind, state, how many, the oldest) of all there are."""
        found = select(
            Sending.kind, Sending.state, func.count(), func.min(Sending.created_at)
        ).group_by(Sending.kind, Sending.state)
        rows = await self._database.run(lambda db: db.execute(found).all())
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    async def last_errors(self) -> dict[str, tuple[str, datetime]]:
        """(code, when) of the last failure that is not mended, by kind."""
        found = (
            select(Sending.kind, Sending.error, Sending.failed_at)
            .where(Sending.error.is_not(None), Sending.failed_at.is_not(None))
            .order_by(Sending.failed_at)
        )
        rows = await self._database.run(lambda db: db.execute(found).all())
        return {row[0]: (row[1], row[2]) for row in rows}

    async def _change(
        self, errand: Errand, work: Callable[[Session, Sending, datetime], Any]
    ) -> Any:
        def whole(db: Session) -> Any:
            row = db.get(Sending, errand.id, with_for_update=True)
            # Deleted with its conversation, or taken by another process after a stall.
            if row is not None and row.state == "sending" and row.tries == errand.tries:
                return work(db, row, self._clock())
            return None

        return await self._database.run(whole)


def retry(db: Session, kind: str | None, at: datetime) -> int:
    """As ``Outbox.retry``, in the caller's transaction. What lost its address cannot be sent again."""
    found = select(Sending).where(Sending.state.in_(("waiting", "given_up")))
    if kind is not None:
        found = found.where(Sending.kind == kind)
    count = 0
    for row in db.scalars(found):
        if row.details.get("addressed") and not row.details.get("to"):
            continue
        count += 1
        if row.state == "given_up":
            row.tries, row.created_at = 0, at
        row.state, row.since, row.due, row.error = "waiting", at, at, None
    return count


def nudge(db: Session, kind: str, case: str, at: datetime, revive: bool = False) -> None:
    """Have a case's standing entry looked at again; ``revive``: also when it was given up."""
    found = select(Sending).where(Sending.kind == kind, Sending.case_id == case)
    row = db.scalar(found.with_for_update())
    if row is None:
        return
    if row.state == "sending":
        row.details = {**row.details, "once_more": True}
    elif row.state in ("sent", "moot") or (revive and row.state == "given_up"):
        row.state, row.tries, row.since, row.due, row.created_at = "waiting", 0, at, at, at


def _kept(details: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in details.items() if k not in ("to", "once_more")}
