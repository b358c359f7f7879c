"""The hand-over's tables. Both hang on the conversation, so the database deletes them with it.

Notes are a table of their own: nothing that sends messages ever reads it, so a private note cannot
reach a visitor by mistake.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.ledger.models import Base, Moment


class Case(Base):
    """A hand-over. ``live``: the conversation's id until the case is closed, so there is one at most."""

    __tablename__ = "handoff_case"
    __table_args__ = (Index("handoff_case_state", "state", "advisor_id"),)
    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    live: Mapped[str | None] = mapped_column(String(48), unique=True)
    state: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(16))  # why.REASONS
    offered: Mapped[bool] = mapped_column(default=False)  # an offer waits for yes or no
    offered_seq: Mapped[int | None]  # its notice
    offers: Mapped[list[str]] = mapped_column(JSON, default=list)  # what was offered for before
    consented_at: Mapped[datetime | None] = mapped_column(Moment)  # to passing the case on
    name: Mapped[str | None] = mapped_column(Text)
    contact: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)  # since when it waits, for its place
    waits_from: Mapped[datetime | None] = mapped_column(Moment)  # of this wait, for its end
    told_place: Mapped[int | None]
    callback_at: Mapped[datetime | None] = mapped_column(Moment)  # a call-back was offered
    advisor_id: Mapped[str | None] = mapped_column(String(40))
    advisor_name: Mapped[str | None] = mapped_column(String(80))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    expected_until: Mapped[datetime | None] = mapped_column(Moment)  # claimed away from the desk
    corrections: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    outcome: Mapped[str | None] = mapped_column(String(16))
    follow_up: Mapped[str | None] = mapped_column(String(10))  # a day, ISO 8601
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_seq: Mapped[int | None]  # the last message that belongs to it
    followed_at: Mapped[datetime | None] = mapped_column(Moment)  # the follow-up is done
    followed_by: Mapped[str | None] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(Moment)
    rating: Mapped[str | None] = mapped_column(String(8))  # the visitor's, of a closed case
    rated_at: Mapped[datetime | None] = mapped_column(Moment)


class Note(Base):
    """What advisors write to each other about a case."""

    __tablename__ = "handoff_note"
    __table_args__ = (UniqueConstraint("case_id", "client_id"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(
        ForeignKey("handoff_case.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[str | None] = mapped_column(String(40))  # None: the frontdesk itself
    author_name: Mapped[str] = mapped_column(String(80))
    client_id: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)


class Present(Base):
    """When an advisor's browser was last heard of, by whichever process it is connected to."""

    __tablename__ = "handoff_present"
    user_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    display_name: Mapped[str] = mapped_column(String(80))
    seen_at: Mapped[datetime] = mapped_column(Moment)
