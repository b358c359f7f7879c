"""The ledger's tables: who, which conversation, and every message in its order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Metadata of the ledger."""


class Visitor(Base):
    """Whoever holds a token; nothing else is known of them."""

    __tablename__ = "visitor"
    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    consented_at: Mapped[datetime | None] = mapped_column(Moment)  # to questions about their case


class Conversation(Base):
    """One talk of one visitor on one channel; ``last_seq`` numbers its messages from 1."""

    __tablename__ = "conversation"
    __table_args__ = (Index("held", "held_until", postgresql_where=text("held_until IS NOT NULL")),)
    id: Mapped[str] = mapped_column(String(48), primary_key=True)
    visitor_id: Mapped[str] = mapped_column(ForeignKey("visitor.id"), index=True)
    channel: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_seq: Mapped[int] = mapped_column(default=0)
    held_by: Mapped[str | None] = mapped_column(String(40))  # the lease: ledger/lease.py
    held_until: Mapped[datetime | None] = mapped_column(Moment)


class Message(Base):
    """A message. Of a visitor it is the inbox (``answered`` false = still to be given to Rasa).

    ``seq`` below 0: a reply about the person's case, held back until they consent.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
        Index("waiting", "answered", "conversation_id"),
    )
    id: Mapped[str] = mapped_column(String(48), primary_key=True)  # also Rasa's message id
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"))
    seq: Mapped[int]
    author: Mapped[str] = mapped_column(
        String(12)
    )  # visitor, assistant, advisor, notice, frontdesk
    text: Mapped[str] = mapped_column(Text)
    payload: Mapped[str | None] = mapped_column(Text)  # only of our own buttons
    buttons: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    links: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    data: Mapped[Any] = mapped_column(JSON, default=None)
    masked: Mapped[list[str]] = mapped_column(JSON, default=list)
    chosen: Mapped[int | None]
    client_id: Mapped[str | None] = mapped_column(String(64))
    reply_to: Mapped[int | None]
    answered: Mapped[bool] = mapped_column(default=True)
    helpful: Mapped[bool | None]  # the visitor's rating of an answer, and their word with it
    helpful_word: Mapped[str | None] = mapped_column(Text)
    ticked: Mapped[list[int] | None] = mapped_column(
        JSON
    )  # steps of the plan that are done, from 0
    at: Mapped[datetime] = mapped_column(Moment)

    @property
    def facts(self) -> dict[str, Any] | None:
        """The case of a computed plan: {"plan", "facts", "as_of"}; ``None`` in any other message."""
        data = self.data if isinstance(self.data, dict) else {}
        return data if data.get("facts") else None

    @property
    def known(self) -> dict[str, Any] | None:
        """The facts of the case as they stood with this reply; ``None`` where it tells none."""
        data = self.data if isinstance(self.data, dict) else {}
        return data["known"] if isinstance(data.get("known"), dict) else data.get("facts")

    @property
    def about_the_case(self) -> bool:
        """Whether it asks for a fact of the person's case, or tells what was computed from them."""
        data = self.data if isinstance(self.data, dict) else {}
        return bool(data.get("asks") or data.get("facts") or data.get("own"))

    def _card(self) -> str | None:
        """What a page draws in its own way: a plan, the offer of a person, the rating of their help."""
        data = self.data if isinstance(self.data, dict) else {}
        if self.facts:
            return "plan"
        return "offer" if "offer" in data else "rating" if "rates" in data else None

    def public(self) -> dict[str, Any]:
        """As the page may see it: payloads never leave the server."""
        return {
            "seq": self.seq,
            "author": self.author,
            "text": self.text,
            "buttons": [{"title": b["title"]} for b in self.buttons],
            "links": self.links,
            "chosen": self.chosen,
            "client_id": self.client_id,
            "reply_to": self.reply_to,
            "at": self.at.isoformat(),
            "answered": self.answered,
            "rating": self.helpful,
            "card": self._card(),
            "ticked": self.ticked or [],
            "asks": bool(isinstance(self.data, dict) and self.data.get("asks")),
            "by": self.data.get("by") if self.author == "advisor" else None,
            "handoff": bool(isinstance(self.data, dict) and self.data.get("handoff")),
        }


class Forgetting(Base):
    """A deleted conversation that Rasa has still to forget; nothing but its id is left here."""

    __tablename__ = "forgetting"
    conversation_id: Mapped[str] = mapped_column(String(48), primary_key=True)
    due: Mapped[datetime] = mapped_column(Moment)
    told: Mapped[bool] = mapped_column(default=False)


class Person(Base):
    """Somebody as another channel names them, and the visitor they are here."""

    __tablename__ = "person"
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    visitor_id: Mapped[str] = mapped_column(ForeignKey("visitor.id"), index=True)


class Place(Base):
    """Where a conversation lives on a channel that must be posted to.

    ``general``: others read along, so nothing about a person's case may be posted. ``details``: what
    the channel needs to post there.
    """

    __tablename__ = "place"
    key: Mapped[str] = mapped_column(String(160), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id"), index=True)
    general: Mapped[bool] = mapped_column(default=False)
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Outgoing(Base):
    """Something to post: ``kind`` "post", "update" or "files" of a message.

    ``state``: "waiting", "sending" (begun; if it breaks off, the channel is asked whether it arrived),
    "sent" or "dropped". ``reference``: how the channel names what was posted.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        UniqueConstraint("message_id", "kind"),
        Index("outgoing_state", "state", "conversation_id", "id"),
        Index("outgoing_conversation", "conversation_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(String(48))
    message_id: Mapped[str] = mapped_column(String(48))
    kind: Mapped[str] = mapped_column(String(12))
    state: Mapped[str] = mapped_column(String(8))
    tries: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime] = mapped_column(Moment)
    reference: Mapped[str | None] = mapped_column(Text)
