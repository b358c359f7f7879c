"""Reading and writing the ledger; each method is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from frontdesk.ledger.models import Conversation, Message, Visitor

FRONTDESK = "frontdesk"  # the author of a turn nobody typed (the opening); never shown


def address(folder: Path, database_url: str = "") -> str:
    """The database's address: PostgreSQL when one is named, else SQLite in the data folder."""
    if database_url:
        return "postgresql+psycopg://" + database_url.split("://", 1)[1]
    return f"sqlite+aiosqlite:///{folder / 'frontdesk.db'}"


def new_id(prefix: str) -> str:
    """A fresh, unguessable id."""
    return f"{prefix}-{secrets.token_urlsafe(18)}"


def now() -> datetime:
    """The present in UTC."""
    return datetime.now(UTC)


def open_engine(url: str) -> AsyncEngine:
    """An engine; on SQLite with a write-ahead log, so that readers never wait for a writer."""
    if not url.startswith("sqlite"):
        # Asked before each use: a PostgreSQL that was restarted costs no visitor a message.
        return create_async_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=10)
    engine = create_async_engine(url)

    @event.listens_for(engine.sync_engine, "connect")
    def settings(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        # FULL: an acknowledged message survives a power cut, not only a crash.
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000",
        ):  # fmt: skip
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


class Ledger:
    """The store of conversations."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._session = async_sessionmaker(engine, expire_on_commit=False)

    async def close(self) -> None:
        """Give the connections back."""
        await self._engine.dispose()

    async def works(self) -> None:
        """Raises when nothing can be written."""
        async with self._session.begin() as session:
            await session.execute(update(Visitor).where(Visitor.id == "").values(id=""))

    async def new_visitor(self) -> str:
        """A new visitor's id."""
        visitor = Visitor(id=new_id("v"), created_at=now())
        async with self._session.begin() as session:
            session.add(visitor)
        return visitor.id

    async def known(self, visitor: str) -> bool:
        """Whether a visitor is in the ledger."""
        async with self._session() as session:
            return await session.get(Visitor, visitor) is not None

    async def current(self, visitor: str) -> str | None:
        """The visitor's latest conversation."""
        async with self._session() as session:
            found: str | None = await session.scalar(
                select(Conversation.id)
                .where(Conversation.visitor_id == visitor)
                .order_by(Conversation.created_at.desc(), Conversation.id)
                .limit(1)
            )
            return found

    async def open(self, visitor: str, channel: str) -> str:
        """A new conversation, with the opening turn waiting to be given to Rasa."""
        conversation = Conversation(
            id=new_id("c"), visitor_id=visitor, channel=channel, created_at=now(), last_seq=0
        )
        async with self._session.begin() as session:
            session.add(conversation)
            await session.flush()
            # Number 0: it comes first and takes no place among the messages a person sees.
            session.add(
                Message(
                    id=new_id("m"), conversation_id=conversation.id, seq=0, author=FRONTDESK,
                    text="", payload="/get_started", answered=False, at=now(),
                )
            )  # fmt: skip
        return conversation.id

    async def messages(self, conversation: str, after: int = 0) -> Sequence[Message]:
        """What a person sees, in order, from ``seq`` > after."""
        async with self._session() as session:
            found = await session.scalars(
                select(Message)
                .where(Message.conversation_id == conversation, Message.seq > max(0, after))
                .order_by(Message.seq)
            )
            return found.all()

    async def said(self, conversation: str, client_id: str) -> Message | None:
        """The message a page sent under this id, if it came already."""
        async with self._session() as session:
            return await self._by_client_id(session, conversation, client_id)

    async def _by_client_id(
        self, session: AsyncSession, conversation: str, client_id: str
    ) -> Message | None:
        found: Message | None = await session.scalar(
            select(Message).where(
                Message.conversation_id == conversation, Message.client_id == client_id
            )
        )
        return found

    async def take(
        self,
        conversation: str,
        client_id: str,
        text: str,
        masked: Sequence[str] = (),
        notice: str | None = None,
        button: tuple[int, int] | None = None,
    ) -> tuple[list[Message], bool]:
        """Write a visitor's message (and a notice after it); (what was written, whether it is new).

        ``button``: (seq, number) of one of our buttons; LookupError when there is none such.
        """
        async with self._session.begin() as session:
            # The counter first: it locks the conversation, so two tabs cannot take one number.
            last = await self._number(session, conversation, 0)
            held = await self._by_client_id(session, conversation, client_id)
            if held is not None:
                return [held], False
            payload = None
            if button is not None:
                text, payload = await self._press(session, conversation, *button)
            last = await self._number(session, conversation, 2 if notice else 1)
            first = last - (1 if notice else 0)
            written = [
                Message(
                    id=new_id("m"), conversation_id=conversation, seq=first, author="visitor",
                    text=text, payload=payload, masked=list(masked), client_id=client_id,
                    buttons=[], links=[], answered=False, at=now(),
                )
            ]  # fmt: skip
            if notice:
                written.append(_notice(conversation, last, notice, first))
            session.add_all(written)
        return written, True

    async def _number(self, session: AsyncSession, conversation: str, count: int) -> int:
        """Take ``count`` numbers; returns the last."""
        last = await session.scalar(
            update(Conversation)
            .where(Conversation.id == conversation)
            .values(last_seq=Conversation.last_seq + count)
            .returning(Conversation.last_seq)
        )
        if last is None:
            raise LookupError(conversation)
        return last

    async def _press(
        self, session: AsyncSession, conversation: str, seq: int, number: int
    ) -> tuple[str, str]:
        message = await session.scalar(
            select(Message).where(
                Message.conversation_id == conversation,
                Message.seq == seq,
                Message.author == "assistant",
            )
        )
        if message is None or not 0 <= number < len(message.buttons):
            raise LookupError(f"{conversation}/{seq}/{number}")
        message.chosen = number
        pressed = message.buttons[number]
        return pressed["title"], pressed["payload"]

    async def add_notice(self, conversation: str, text: str, reply_to: int) -> Message:
        """A notice of the frontdesk's own."""
        async with self._session.begin() as session:
            last = await self._number(session, conversation, 1)
            message = _notice(conversation, last, text, reply_to)
            session.add(message)
        return message

    async def next_waiting(self, conversation: str) -> Message | None:
        """The oldest message of a conversation that is not answered yet."""
        async with self._session() as session:
            found: Message | None = await session.scalar(
                select(Message)
                .where(Message.conversation_id == conversation, Message.answered.is_(False))
                .order_by(Message.seq)
                .limit(1)
            )
            return found

    async def all_waiting(self) -> Sequence[str]:
        """Conversations with something to answer; what a restart goes on with."""
        async with self._session() as session:
            found = await session.scalars(
                select(Message.conversation_id).where(Message.answered.is_(False)).distinct()
            )
            return found.all()

    async def answer(self, waiting: Message, replies: Sequence[dict[str, Any]]) -> list[Message]:
        """Write the replies to a message and mark it answered, all or nothing."""
        async with self._session.begin() as session:
            done = await session.execute(
                update(Message)
                .where(Message.id == waiting.id, Message.answered.is_(False))
                .values(answered=True)
            )
            if not getattr(done, "rowcount", 0):
                return []  # answered by another process in the meantime
            last = await self._number(session, waiting.conversation_id, len(replies))
            written = [
                Message(
                    id=new_id("m"), conversation_id=waiting.conversation_id,
                    seq=last - len(replies) + n, author=r.get("author", "assistant"),
                    text=r["text"], buttons=r.get("buttons") or [], links=r.get("links") or [],
                    data=r.get("data"), reply_to=waiting.seq, answered=True, at=now(),
                )
                for n, r in enumerate(replies, 1)
            ]  # fmt: skip
            session.add_all(written)
        return written


def _notice(conversation: str, seq: int, text: str, reply_to: int) -> Message:
    return Message(
        id=new_id("m"), conversation_id=conversation, seq=seq, author="notice", text=text,
        buttons=[], links=[], reply_to=reply_to, answered=True, at=now(),
    )  # fmt: skip
