"""The audit log: who did what, when. Only ever added to, and never with a person's words.

An entry goes only for its age: the database refuses to delete a young one or to change any.

An entry is written in the transaction of the act itself: there is no act without its entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from frontdesk.desk.models import Audit

PAGE = 100
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/-]{0,79}")  # ids, roles, kinds: no sentence passes


def record(
    db: Session,
    at: datetime,
    what: str,
    *,
    user: str | None,
    about: str | None = None,
    address: str | None = None,
    **details: str | int | bool | None,
) -> None:
    """Add an entry. ``what`` like "user.disabled"; ``about`` the id of a case or a user.

    ``address`` is the hash ``Call.address`` gives. Details are ids, numbers and yes or no; ValueError
    for anything that could be somebody's words.
    """
    told = [what, about, address, *details.values()]
    for value in told:
        if isinstance(value, str) and not _ID.fullmatch(value):
            raise ValueError(f"the audit log takes ids and numbers, not what was given for {what}")
    db.add(
        Audit(at=at, user_id=user, what=what, about=about, address=address, details=dict(details))
    )


def trim(db: Session, at: datetime, days: int) -> int:
    """Delete what is older than so many days; how many entries that were, which is one itself."""
    done = db.execute(delete(Audit).where(Audit.at < at - timedelta(days=days)))
    count = int(getattr(done, "rowcount", 0))
    if count:
        record(db, at, "audit.trimmed", user=None, entries=count)
    return count


def read(
    db: Session, before: int | None = None, user: str | None = None, about: str | None = None
) -> Sequence[Audit]:
    """A page of entries, newest first."""
    found = select(Audit).order_by(Audit.id.desc()).limit(PAGE)
    if before is not None:
        found = found.where(Audit.id < before)
    if user is not None:
        found = found.where(Audit.user_id == user)
    if about is not None:
        found = found.where(Audit.about == about)
    return db.scalars(found).all()
