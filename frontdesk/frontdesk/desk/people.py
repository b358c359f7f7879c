"""Accounts: made by a manager or `make desk-user`, set up by their owner through a link."""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from frontdesk.desk import sessions
from frontdesk.desk.keys import fresh_token, token_hash
from frontdesk.desk.models import Passkey, Recovery, SetUp, Totp, User
from frontdesk.desk.refusals import Refused

ROLES = ("advisor", "manager")
LINK_LASTS = timedelta(hours=24)
_NAME = re.compile(r"[\w.@+-]{2,64}")
# Set up by its owner: with a password (and a second factor), or through the firm's own provider.
_ABLE = or_(User.password_hash.is_not(None), User.subject.is_not(None))


def name_key(name: str) -> str:
    """Under which a name is unique: Anna, ANNA and anna are one."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def create(
    db: Session, name: str, display_name: str, role: str, email: str | None, at: datetime
) -> User:
    """A new account, still without a password."""
    name = unicodedata.normalize("NFKC", name).strip()
    if not _NAME.fullmatch(name):
        what = "a name has 2 to 64 letters, digits or . _ - + @"
        raise Refused("bad_request", what=what)
    if role not in ROLES:
        raise Refused("bad_request", what="a role is advisor or manager")
    email = name_key(email) if email else None
    same = User.name_key == name_key(name)
    if email:
        same = or_(same, User.email == email)
    if db.scalar(select(User.id).where(same)) is not None:
        raise Refused("name_taken")
    user = User(
        id="u-" + uuid.uuid4().hex, name=name, name_key=name_key(name),
        display_name=display_name.strip() or name, role=role, email=email, disabled=False,
        created_at=at,
    )  # fmt: skip
    db.add(user)
    db.flush()
    return user


def named(db: Session, name: str) -> User | None:
    """The account of a name, however it is written."""
    return db.scalar(select(User).where(User.name_key == name_key(name)))


def everybody(db: Session) -> Sequence[User]:
    """All accounts, by name."""
    return db.scalars(select(User).order_by(User.name_key)).all()


def somebody(db: Session) -> bool:
    """Whether at least one account is set up and not disabled."""
    able = select(User.id).where(User.disabled.is_(False), _ABLE).limit(1)
    return db.scalar(able) is not None


def get(db: Session, user: str) -> User:
    """An account, locked until the transaction ends; Refused where there is none."""
    found = db.scalar(select(User).where(User.id == user).with_for_update())
    if found is None:
        raise Refused("no_user")
    return found


def set_disabled(db: Session, user: str, disabled: bool) -> None:
    """Close an account and end its sessions, or open it again."""
    if disabled:
        keep_a_manager(db, user)
        sessions.end_all(db, user)
        db.execute(delete(SetUp).where(SetUp.user_id == user))
    get(db, user).disabled = disabled


def set_role(db: Session, user: str, role: str) -> None:
    """Takes effect with the next request of their sessions."""
    if role != "manager":
        keep_a_manager(db, user)
    get(db, user).role = role


def reset(db: Session, user: str, at: datetime) -> str:
    """Nothing they signed in with counts any more; returns the code of a new set-up link."""
    get(db, user).password_hash = None
    for table in (Totp, Passkey, Recovery):
        db.execute(delete(table).where(table.user_id == user))
    sessions.end_all(db, user)
    return invite(db, user, at)


def invite(db: Session, user: str, at: datetime) -> str:
    """The code of a set-up link; earlier ones are void."""
    db.execute(delete(SetUp).where(or_(SetUp.user_id == user, SetUp.ends_at <= at)))
    code = fresh_token()
    db.add(SetUp(hash=token_hash(code), user_id=user, ends_at=at + LINK_LASTS, challenge=None))
    db.flush()
    return code


def invited(db: Session, code: str, at: datetime) -> User:
    """Whose set-up link it is, while it holds; Refused when it does not."""
    found = db.scalar(
        select(User)
        .join(SetUp, SetUp.user_id == User.id)
        .where(SetUp.hash == token_hash(code), SetUp.ends_at > at, User.disabled.is_(False))
    )
    if found is None:
        raise Refused("old_link")
    return found


def take_invitation(db: Session, code: str) -> None:
    """Use the link up; Refused when somebody was quicker."""
    done = db.execute(delete(SetUp).where(SetUp.hash == token_hash(code)))
    if not getattr(done, "rowcount", 0):
        raise Refused("old_link")


def set_invitation_challenge(db: Session, code: str, challenge: str | None) -> str | None:
    """Keep what a new passkey has to sign; returns what was kept before."""
    mine = SetUp.hash == token_hash(code)
    before = db.scalar(select(SetUp.challenge).where(mine).with_for_update())
    db.execute(update(SetUp).where(mine).values(challenge=challenge))
    return before


def keep_a_manager(db: Session, user: str) -> None:
    """Refuse to lose the last manager who can sign in.

    All managers are locked, in order: of two who take each other's role one comes second.
    """
    managers = select(User.id).where(User.role == "manager", User.disabled.is_(False), _ABLE)
    left = db.scalars(managers.order_by(User.id).with_for_update()).all()
    if list(left) == [user]:
        raise Refused("last_manager")
