"""Sessions: a random token in the browser, its hash here, and three ends.

A session is of one kind from its beginning: the second factor does not raise a session, it begins
another. So a token that somebody planted or saw before is never worth more than before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from frontdesk.desk.keys import fresh_token, token_hash
from frontdesk.desk.models import SignedIn, User

LASTS = timedelta(hours=12)
IDLE = timedelta(minutes=60)
HALF_LASTS = timedelta(minutes=10)  # between password and second factor
NOTED = timedelta(minutes=1)  # a use is written down so often at most


@dataclass(frozen=True)
class Who:
    """Whoever a request comes from."""

    user: str  # id
    name: str
    display_name: str
    role: str  # advisor, manager
    full: bool  # False: the second factor is still to come
    session: str  # its hash


def begin(db: Session, user: str, at: datetime, *, full: bool) -> str:
    """A new session; returns its token, which is kept nowhere."""
    db.execute(delete(SignedIn).where(SignedIn.ends_at <= at))
    token = fresh_token()
    lasts = LASTS if full else HALF_LASTS
    db.add(
        SignedIn(
            hash=token_hash(token), user_id=user, full=full, created_at=at, used_at=at,
            ends_at=at + lasts, challenge=None,
        )
    )  # fmt: skip
    db.flush()
    return token


def find(db: Session, token: str, at: datetime, used: bool = True) -> Who | None:
    """Whose token it is, while it lasts; the role is today's, not that of the signing in.

    ``used``: a person did something; what a page does by itself keeps no session alive.
    """
    found = db.execute(
        select(SignedIn, User)
        .join(User, User.id == SignedIn.user_id)
        .where(
            SignedIn.hash == token_hash(token),
            SignedIn.ends_at > at,
            SignedIn.used_at > at - IDLE,
            User.disabled.is_(False),
        )
    ).one_or_none()
    if found is None:
        return None
    session, user = found
    if used and session.used_at < at - NOTED:
        db.execute(update(SignedIn).where(SignedIn.hash == session.hash).values(used_at=at))
    return Who(user.id, user.name, user.display_name, user.role, session.full, session.hash)


def end(db: Session, session: str) -> bool:
    """End one; whether there was one, so that of two who end it only one goes on."""
    done = db.execute(delete(SignedIn).where(SignedIn.hash == session))
    return bool(done.rowcount)  # type: ignore[attr-defined]


def end_all(db: Session, user: str, but: str | None = None) -> None:
    """End all of a user's, or all but one."""
    theirs = delete(SignedIn).where(SignedIn.user_id == user)
    db.execute(theirs if but is None else theirs.where(SignedIn.hash != but))


def set_challenge(db: Session, session: str, challenge: str) -> None:
    """Keep what a passkey has to sign."""
    db.execute(update(SignedIn).where(SignedIn.hash == session).values(challenge=challenge))


def take_challenge(db: Session, session: str) -> str | None:
    """What the passkey had to sign; gone from here, so that no answer counts twice."""
    mine = SignedIn.hash == session
    challenge = db.scalar(select(SignedIn.challenge).where(mine).with_for_update())
    db.execute(update(SignedIn).where(mine).values(challenge=None))
    return challenge
