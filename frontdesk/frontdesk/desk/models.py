"""The desk's tables: who may sit there, how they prove it, what they did, when the desk is open.

Nothing here is a secret as it stands: tokens and codes are kept as hashes, an authenticator's secret
encrypted, of a passkey its public key.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.ledger.models import Base, Moment


class User(Base):
    """Somebody of the firm. Never deleted, only disabled: the audit log goes on naming them."""

    __tablename__ = "desk_user"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(64))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)  # case-folded
    display_name: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(8))  # advisor, manager
    email: Mapped[str | None] = mapped_column(String(254), unique=True)  # for OpenID Connect
    subject: Mapped[str | None] = mapped_column(
        String(255), unique=True
    )  # as the provider names them
    password_hash: Mapped[str | None] = mapped_column(String(200))
    disabled: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)


class Totp(Base):
    """An authenticator app. ``pending``: shown to its owner, not yet proven by a first code.

    ``last_step``: the last half minute a code was taken for, so that none is taken twice.
    """

    __tablename__ = "desk_totp"
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), primary_key=True)
    sealed: Mapped[str | None] = mapped_column(Text)
    pending: Mapped[str | None] = mapped_column(Text)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class Passkey(Base):
    """A passkey: its credential id (base64url), public key (base64url) and signature counter."""

    __tablename__ = "desk_passkey"
    id: Mapped[str] = mapped_column(String(1400), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), index=True)
    public_key: Mapped[str] = mapped_column(Text)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(Moment)


class Recovery(Base):
    """A recovery code, as a hash; each is taken once."""

    __tablename__ = "desk_recovery"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class SignedIn(Base):
    """A session, under the hash of its token. Not ``full``: the second factor is still to come."""

    __tablename__ = "desk_session"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), index=True)
    full: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)
    challenge: Mapped[str | None] = mapped_column(String(120))  # of a passkey, taken once


class SetUp(Base):
    """A link to set an account up, under the hash of its code."""

    __tablename__ = "desk_setup"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    challenge: Mapped[str | None] = mapped_column(String(120))


class Tries(Base):
    """Tries in a row that failed, of a name, of a second factor or from an address (as hashes)."""

    __tablename__ = "desk_tries"
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failed: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment, index=True)
    closed_until: Mapped[datetime | None] = mapped_column(Moment)


class Audit(Base):
    """What somebody did. The database itself refuses to change a row, or to delete a young one."""

    __tablename__ = "desk_audit"
    __table_args__ = (Index("desk_audit_about", "about"), Index("desk_audit_at", "at"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[str | None] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(40))
    about: Mapped[str | None] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(64))  # hashed
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Hours(Base):
    """When the firm's desk is open; one row."""

    __tablename__ = "desk_hours"
    id: Mapped[int] = mapped_column(primary_key=True)
    weekly: Mapped[list[list[list[str]]]] = mapped_column(
        JSON
    )  # Monday first: [["09:00", "17:00"]]
    holidays: Mapped[bool]  # closed on US federal holidays
    closed: Mapped[list[str]] = mapped_column(JSON)  # further days, ISO 8601


class Reply(Base):
    """A text advisors send again and again; its placeholders are filled in by the desk's page."""

    __tablename__ = "desk_reply"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    title: Mapped[str] = mapped_column(String(80))
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[str | None] = mapped_column(String(40))  # None: came with the desk
    by_name: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
