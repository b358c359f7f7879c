"""Staff's tables: the cards of waiting cases, and which desk account somebody in Slack has."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.ledger.models import Base, Moment


class Card(Base):
    """A wait of a case, as the staff channel shows it. Without a foreign key: it outlives the case.

    ``shown``: what is there now (``shown.py``); ``showing``: what a try that was begun would show.
    ``state``: "waiting", "sending" or "sent". ``reference``: the message's time stamp.
    """

    __tablename__ = "staff_card"
    __table_args__ = (UniqueConstraint("case_id", "asked_at"),)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(String(48))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    channel: Mapped[str] = mapped_column(String(40))
    reference: Mapped[str | None] = mapped_column(String(40))
    shown: Mapped[str] = mapped_column(String(80), default="")
    showing: Mapped[str] = mapped_column(String(80), default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime] = mapped_column(Moment)

    @property
    def mark(self) -> str:
        """What a card's message carries, so that it is found again."""
        return f"card/{self.case_id}/{self.asked_at.timestamp()}"


class Account(Base):
    """Somebody in Slack (``slack/team/user``) and the desk account they proved to be theirs."""

    __tablename__ = "staff_account"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), unique=True)
    linked_at: Mapped[datetime] = mapped_column(Moment)


class Code(Base):
    """A code that links, as a hash; good once."""

    __tablename__ = "staff_code"
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("desk_user.id"), unique=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
