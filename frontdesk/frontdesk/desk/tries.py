"""Lock-out: who fails too often in a row waits, each time twice as long.

Counted by name (whether or not there is such an account, so that waiting tells nothing), by second
factor of an account, and by address. A try is counted before it is looked at and given back when it
was right: many at once cannot slip through between looking and counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from frontdesk.desk.models import Tries
from frontdesk.desk.refusals import Refused

FREE = {"name": 5, "factor": 5, "address": 20}  # a firm may sit behind one address
FIRST, LONGEST = 60, 3600  # seconds
FORGOTTEN = timedelta(hours=24)

# What a try closed, by key: its own closing is taken back when the try was right.
Taken = Mapping[str, datetime | None]


def wait_after(kind: str, failed: int) -> int:
    """Seconds to wait after so many failures in a row."""
    over = failed - FREE[kind]
    return 0 if over < 0 else min(FIRST * 2 ** min(over, 20), LONGEST)


def take(db: Session, keys: Sequence[str], at: datetime) -> Taken:
    """Count a try under each key, "kind:hash"; raises Refused("locked") while one is closed."""
    rows = [
        _locked(db, key, at) for key in sorted(keys)
    ]  # in order: two tries never wait crosswise
    closed = [r.closed_until for r in rows if r.closed_until is not None and r.closed_until > at]
    if closed:
        raise Refused("locked", wait=ceil((max(closed) - at).total_seconds()))
    taken: dict[str, datetime | None] = {}
    for row in rows:
        row.failed = 1 if row.last_at < at - FORGOTTEN else row.failed + 1
        row.last_at = at
        wait = wait_after(row.key.partition(":")[0], row.failed)
        row.closed_until = at + timedelta(seconds=wait) if wait else None
        taken[row.key] = row.closed_until
    db.flush()
    return taken


def give_back(db: Session, taken: Taken) -> None:
    """The try was right: it does not count, and what it closed is open."""
    for key, closed in sorted(taken.items()):
        this = update(Tries).where(Tries.key == key)
        db.execute(this.where(Tries.failed > 0).values(failed=Tries.failed - 1))
        if closed is not None:
            db.execute(this.where(Tries.closed_until == closed).values(closed_until=None))


def clear(db: Session, keys: Sequence[str]) -> None:
    """Somebody is in: forget what failed before."""
    db.execute(delete(Tries).where(Tries.key.in_(sorted(keys))))


def tidy(db: Session, at: datetime) -> None:
    """Forget failures of long ago."""
    db.execute(delete(Tries).where(Tries.last_at < at - FORGOTTEN))


def _locked(db: Session, key: str, at: datetime) -> Tries:
    """The row of a key, made if need be, locked until the transaction ends."""
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    db.execute(insert(Tries).values(key=key, failed=0, last_at=at).on_conflict_do_nothing())
    found = select(Tries).where(Tries.key == key).with_for_update()
    return db.scalars(found.execution_options(populate_existing=True)).one()
