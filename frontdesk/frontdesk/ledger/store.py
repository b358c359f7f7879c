"""Reading and writing the ledger; each method is one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from frontdesk.ledger.database import Database
from frontdesk.ledger.models import Conversation, Message, Outgoing, Place, Visitor

FRONTDESK = "frontdesk"  # the author of a turn nobody typed (the opening); never shown


def new_id(prefix: str) -> str:
    """A fresh, unguessable id."""
    return f"{prefix}-{secrets.token_urlsafe(18)}"


def now() -> datetime:
    """The present in UTC."""
    return datetime.now(UTC)


class Gone(LookupError):
    """The conversation was deleted, by the visitor or because its time was over."""


class Ledger:
    """The store of conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def works(self) -> None:
        """Raises when nothing can be written."""
        nobody = update(Visitor).where(Visitor.id == "").values(id="")
        await self._database.run(lambda session: session.execute(nobody).close())

    async def new_visitor(self) -> str:
        """A new visitor's id."""
        visitor = Visitor(id=new_id("v"), created_at=now())
        await self._database.run(lambda session: session.add(visitor))
        return visitor.id

    async def known(self, visitor: str) -> bool:
        """Whether a visitor is in the ledger."""
        return await self._database.run(lambda session: session.get(Visitor, visitor) is not None)

    async def current(self, visitor: str) -> str | None:
        """The visitor's latest conversation."""
        latest = (
            select(Conversation.id)
            .where(Conversation.visitor_id == visitor)
            .order_by(Conversation.created_at.desc(), Conversation.id)
            .limit(1)
        )
        return await self._database.run(lambda session: session.scalar(latest))

    async def open(self, visitor: str, channel: str) -> str:
        """A new conversation, with the opening turn waiting to be given to Rasa."""
        return await self._database.run(lambda session: begin(session, visitor, channel).id)

    async def visitor(self, conversation: str) -> str:
        """Whose a conversation is; Gone when it was deleted."""
        found = select(Conversation.visitor_id).where(Conversation.id == conversation)
        visitor = await self._database.run(lambda session: session.scalar(found))
        if visitor is None:
            raise Gone(conversation)
        return visitor

    async def press(self, conversation: str, seq: int, number: int) -> bool:
        """Mark a button of the frontdesk's own as used; False when it was already."""

        def work(session: Session) -> bool:
            take_numbers(session, conversation, 0)  # locks the conversation
            message = session.scalar(
                select(Message).where(Message.conversation_id == conversation, Message.seq == seq)
            )
            if message is None or message.chosen is not None:
                return False
            _press(session, conversation, seq, number)
            queue_update(session, conversation, seq)
            return True

        return await self._database.run(work)

    async def messages(self, conversation: str, after: int = 0) -> Sequence[Message]:
        """What a person sees, in order, from ``seq`` > after."""
        seen = (
            select(Message)
            .where(Message.conversation_id == conversation, Message.seq > max(0, after))
            .order_by(Message.seq)
        )
        return await self._database.run(lambda session: session.scalars(seen).all())

    async def said(self, conversation: str, client_id: str) -> Message | None:
        """The message a page sent under this id, if it came already."""
        return await self._database.run(
            lambda session: by_client_id(session, conversation, client_id)
        )

    async def take(
        self,
        conversation: str,
        client_id: str,
        text: str,
        masked: Sequence[str] = (),
        notice: str | None = None,
        button: tuple[int, int] | None = None,
        payload: str | None = None,
    ) -> tuple[list[Message], bool]:
        """Write a visitor's message (and a notice after it); (what was written, whether it is new).

        ``button``: (seq, number) of one of our buttons; LookupError when there is none such, Gone
        when there is no such conversation. ``payload``: what Rasa gets instead of the text.
        """

        def work(session: Session) -> tuple[list[Message], bool]:
            # The counter first: it locks the conversation, so two tabs cannot take one number.
            take_numbers(session, conversation, 0)
            held = by_client_id(session, conversation, client_id)
            if held is not None:
                return [held], False
            said, given = text, payload
            if button is not None:
                said, given = _press(session, conversation, *button)
            last = take_numbers(session, conversation, 2 if notice else 1)
            first = last - (1 if notice else 0)
            written = [
                Message(
                    id=new_id("m"), conversation_id=conversation, seq=first, author="visitor",
                    text=said, payload=given, masked=list(masked), client_id=client_id,
                    buttons=[], links=[], answered=False, at=now(),
                )
            ]  # fmt: skip
            if notice:
                written.append(_notice(conversation, last, notice, first))
            session.add_all(written)
            queue_posts(session, conversation, written)
            if button is not None:
                queue_update(session, conversation, button[0])
            return written, True

        return await self._database.run(work)

    async def add_notice(self, conversation: str, text: str, reply_to: int | None) -> Message:
        """A notice of the frontdesk's own."""

        def work(session: Session) -> Message:
            last = take_numbers(session, conversation, 1)
            message = _notice(conversation, last, text, reply_to)
            session.add(message)
            queue_posts(session, conversation, [message])
            return message

        return await self._database.run(work)

    async def next_waiting(self, conversation: str) -> Message | None:
        """The oldest message of a conversation that is not answered yet."""
        oldest = (
            select(Message)
            .where(Message.conversation_id == conversation, Message.answered.is_(False))
            .order_by(Message.seq)
            .limit(1)
        )
        return await self._database.run(lambda session: session.scalar(oldest))

    async def all_waiting(self) -> Sequence[str]:
        """Conversations with something to answer; what a restart goes on with."""
        waiting = select(Message.conversation_id).where(Message.answered.is_(False)).distinct()
        return await self._database.run(lambda session: session.scalars(waiting).all())

    async def answer(self, waiting: Message, replies: Sequence[dict[str, Any]]) -> list[Message]:
        """Write the replies to a message and mark it answered, all or nothing.

        What is about the person's case is held back (``seq`` below 0) while they have not consented.
        """

        def work(session: Session) -> list[Message]:
            done = session.execute(
                update(Message)
                .where(Message.id == waiting.id, Message.answered.is_(False))
                .values(answered=True)
            )
            if not getattr(done, "rowcount", 0):
                return []  # answered by another process in the meantime, or deleted
            written = [
                Message(
                    id=new_id("m"), conversation_id=waiting.conversation_id,
                    author=r.get("author", "assistant"), text=r["text"],
                    buttons=r.get("buttons") or [], links=r.get("links") or [],
                    data=r.get("data"), reply_to=waiting.seq, answered=True, at=now(),
                )
                for r in replies
            ]  # fmt: skip
            shown = _shown(session, waiting.conversation_id, written)
            last = take_numbers(session, waiting.conversation_id, shown)
            for n, message in enumerate(written[:shown], last - shown + 1):
                message.seq = n
            lowest = _lowest(session, waiting.conversation_id) if written[shown:] else 0
            for n, message in enumerate(written[shown:], 1):
                message.seq = lowest - n
            session.add_all(written)
            queue_posts(session, waiting.conversation_id, written[:shown])
            return written

        return await self._database.run(work)


def _shown(session: Session, conversation: str, written: Sequence[Message]) -> int:
    """How many of some replies can be shown: up to the first about a case nobody consented to.

    A result is said in several replies, so of those none.
    """
    if not any(message.about_the_case for message in written):
        return len(written)
    agreed = session.scalar(
        select(Visitor.consented_at)
        .join(Conversation, Conversation.visitor_id == Visitor.id)
        .where(Conversation.id == conversation)
    )
    if agreed is not None:
        return len(written)
    if any(message.facts for message in written):
        return 0
    return next(n for n, message in enumerate(written) if message.about_the_case)


def _lowest(session: Session, conversation: str) -> int:
    least = select(func.min(Message.seq)).where(Message.conversation_id == conversation)
    return min(0, session.scalar(least) or 0)


def begin(session: Session, visitor: str, channel: str) -> Conversation:
    """A new conversation, with the opening turn waiting to be given to Rasa."""
    conversation = Conversation(
        id=new_id("c"), visitor_id=visitor, channel=channel, created_at=now(), last_seq=0
    )
    session.add(conversation)
    session.flush()
    # Number 0: it comes first and takes no place among the messages a person sees.
    session.add(
        Message(
            id=new_id("m"), conversation_id=conversation.id, seq=0, author=FRONTDESK,
            text="", payload="/get_started", answered=False, at=now(),
        )
    )  # fmt: skip
    return conversation


def queue_posts(session: Session, conversation: str, messages: Sequence[Message]) -> None:
    """Note what has to be posted, where a conversation lives on a channel that must be posted to.

    A website's page reads the ledger itself.
    """
    said = [m for m in messages if m.author in ("assistant", "advisor", "notice") and m.seq > 0]
    if not said or not _is_carried(session, conversation):
        return
    session.flush()  # the message before what refers to it
    for message in said:
        for kind in ("post", "files") if message.facts else ("post",):
            session.add(_outgoing(conversation, message.id, kind))


def queue_update(session: Session, conversation: str, seq: int) -> None:
    """Note that a message that was posted looks different now."""
    message = session.scalar(
        select(Message).where(Message.conversation_id == conversation, Message.seq == seq)
    )
    if message is None or not _is_carried(session, conversation):
        return
    noted = select(Outgoing.id).where(Outgoing.message_id == message.id, Outgoing.kind == "update")
    if session.scalar(noted) is None:
        session.add(_outgoing(conversation, message.id, "update"))


def _is_carried(session: Session, conversation: str) -> bool:
    return (
        session.scalar(select(Place.key).where(Place.conversation_id == conversation).limit(1))
        is not None
    )


def _outgoing(conversation: str, message: str, kind: str) -> Outgoing:
    return Outgoing(
        conversation_id=conversation, message_id=message, kind=kind, state="waiting", tries=0,
        due=now(),
    )  # fmt: skip


def by_client_id(session: Session, conversation: str, client_id: str) -> Message | None:
    """The message that a channel knows under this id."""
    return session.scalar(
        select(Message).where(
            Message.conversation_id == conversation, Message.client_id == client_id
        )
    )


def take_numbers(session: Session, conversation: str, count: int) -> int:
    """Take ``count`` numbers of a conversation; returns the last."""
    last = session.scalar(
        update(Conversation)
        .where(Conversation.id == conversation)
        .values(last_seq=Conversation.last_seq + count)
        .returning(Conversation.last_seq)
    )
    if last is None:
        raise Gone(conversation)
    return last


def _press(session: Session, conversation: str, seq: int, number: int) -> tuple[str, str]:
    """(title, payload) of one of our buttons, marked as chosen."""
    message = session.scalar(
        select(Message).where(
            Message.conversation_id == conversation,
            Message.seq == seq,
            Message.author.in_(("assistant", "notice")),
        )
    )
    if message is None or not 0 <= number < len(message.buttons):
        raise LookupError(f"{conversation}/{seq}/{number}")
    message.chosen = number
    pressed = message.buttons[number]
    return pressed["title"], pressed["payload"]


def _notice(conversation: str, seq: int, text: str, reply_to: int | None) -> Message:
    return Message(
        id=new_id("m"), conversation_id=conversation, seq=seq, author="notice", text=text,
        buttons=[], links=[], reply_to=reply_to, answered=True, at=now(),
    )  # fmt: skip
