"""Consent, deletion and retention: what a visitor allowed, and that what is deleted is gone.

A deletion takes effect here at once. What Rasa holds of a conversation is deleted by a task that goes
on until it is done (``frontdesk.forgetting``), so the ids of such conversations stay until then.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from frontdesk.ledger.database import Database
from frontdesk.ledger.models import (
    Conversation,
    Forgetting,
    Message,
    Outgoing,
    Person,
    Place,
    Visitor,
)
from frontdesk.ledger.store import now, queue_posts, take_numbers

AGAIN = timedelta(minutes=2)  # a turn that was under way may have been saved after the first time


class Privacy:
    """The ledger's transactions about consent and deletion."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def consented(self, visitor: str) -> bool:
        """Whether the visitor agreed to questions about their case."""
        agreed = select(Visitor.consented_at).where(Visitor.id == visitor)
        return await self._database.run(lambda session: session.scalar(agreed) is not None)

    async def held(self, conversation: str) -> bool:
        """Whether a reply waits for consent."""
        return await self._database.run(lambda session: bool(_held(session, conversation)))

    async def agree(self, visitor: str, conversation: str) -> list[Message]:
        """Note the consent and number what was held; returns it, in order.

        Of several questions that were held only the last is still of use.
        """

        def work(session: Session) -> list[Message]:
            agreed = update(Visitor).where(Visitor.id == visitor, Visitor.consented_at.is_(None))
            session.execute(agreed.values(consented_at=now()))
            take_numbers(session, conversation, 0)  # locks the conversation
            found = _held(session, conversation)
            latest = found[-1].reply_to if found else None
            kept = [m for m in found if m.facts or m.reply_to == latest]
            for message in found:
                if message not in kept:
                    session.delete(message)
            last = take_numbers(session, conversation, len(kept))
            for n, message in enumerate(kept, last - len(kept) + 1):
                message.seq = n
            queue_posts(session, conversation, kept)
            return kept

        return await self._database.run(work)

    async def refuse(self, conversation: str) -> bool:
        """Drop what was held; whether a question was among it, so that the questions must stop."""

        def work(session: Session) -> bool:
            found = _held(session, conversation)
            for message in found:
                session.delete(message)
            return any(m.about_the_case and not m.facts for m in found)

        return await self._database.run(work)

    async def delete_visitor(self, visitor: str) -> Sequence[str]:
        """Delete a visitor and all their conversations; returns the conversations' ids."""

        def work(session: Session) -> Sequence[str]:
            theirs = select(Conversation.id).where(Conversation.visitor_id == visitor)
            ids = session.scalars(theirs).all()
            _delete(session, ids)
            session.execute(delete(Person).where(Person.visitor_id == visitor))
            session.execute(delete(Visitor).where(Visitor.id == visitor))
            return ids

        ids = await self._database.run(work)
        await self._database.empty_log()
        return ids

    async def delete_old(self, days: int) -> int:
        """Delete conversations in which nothing was said for so many days; how many there were."""
        before = now() - timedelta(days=days)
        latest = (
            select(func.max(Message.at))
            .where(Message.conversation_id == Conversation.id)
            .scalar_subquery()
        )
        old = select(Conversation.id).where(
            Conversation.created_at < before, func.coalesce(latest, before) <= before
        )

        def work(session: Session) -> int:
            ids = session.scalars(old.limit(500)).all()
            _delete(session, ids)
            alone = ~select(Conversation.id).where(Conversation.visitor_id == Visitor.id).exists()
            gone = select(Visitor.id).where(Visitor.created_at < before, alone)
            session.execute(delete(Person).where(Person.visitor_id.in_(gone)))
            session.execute(delete(Visitor).where(Visitor.created_at < before, alone))
            return len(ids)

        count = await self._database.run(work)
        if count:
            await self._database.empty_log()
        return count

    async def to_forget(self) -> Sequence[str]:
        """Conversations that Rasa is to forget now."""
        due = select(Forgetting.conversation_id).where(Forgetting.due <= now()).limit(100)
        return await self._database.run(lambda session: session.scalars(due).all())

    async def forgotten(self, conversation: str) -> None:
        """Rasa has forgotten it; it is told a second time a little later, then the id goes too."""

        def work(session: Session) -> None:
            row = session.get(Forgetting, conversation)
            if row is None or row.due > now():
                return  # another process was quicker
            if row.told:
                session.delete(row)
            else:
                row.told, row.due = True, now() + AGAIN

        await self._database.run(work)


def _held(session: Session, conversation: str) -> list[Message]:
    """In the order they were held in: the first has -1."""
    found = (
        select(Message)
        .where(Message.conversation_id == conversation, Message.seq < 0)
        .order_by(Message.seq.desc())
    )
    return list(session.scalars(found))


def _delete(session: Session, conversations: Sequence[str]) -> None:
    for part in range(0, len(conversations), 100):
        ids = conversations[part : part + 100]
        # Locked before their messages go, in the order all others lock: nobody writes in between.
        mine = select(Conversation.id).where(Conversation.id.in_(ids)).order_by(Conversation.id)
        session.execute(mine.with_for_update())
        for table in (Outgoing, Place, Message):
            session.execute(delete(table).where(table.conversation_id.in_(ids)))
        session.execute(delete(Conversation).where(Conversation.id.in_(ids)))
        session.add_all(Forgetting(conversation_id=id, due=now(), told=False) for id in ids)
