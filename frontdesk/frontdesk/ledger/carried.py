"""Conversations on channels that must be posted to, and what has still to be posted there.

What is to be posted is written in the transaction that writes the message (``store``, ``privacy``), so
nothing is forgotten; that nothing is posted twice is the sender's work, for which an entry tells whether a
try was begun. Times are the database's only in that all processes of one firm share one clock closely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from frontdesk.ledger.database import Database
from frontdesk.ledger.models import Conversation, Message, Outgoing, Person, Place, Visitor
from frontdesk.ledger.store import begin, by_client_id, new_id, now, queue_posts, take_numbers

LEASE = timedelta(seconds=30)  # a try that takes longer is taken for broken off
UNSENT = ("waiting", "sending")


@dataclass(frozen=True)
class Task:
    """Something to post now. ``broken_off``: an earlier try may have arrived."""

    id: int
    kind: str
    message: Message
    place: Place
    tries: int
    broken_off: bool
    reference: str | None


class Carried:
    """The ledger's transactions about places and posts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def place(
        self, channel: str, key: str, person: str | None, general: bool, details: dict[str, Any]
    ) -> tuple[Place, str]:
        """The place of a key and its visitor; begun, with its opening, when it is new.

        ``person``: whoever talks there alone, so that their consent counts in all their places.
        A place that became ``general`` stays so.
        """

        def work(session: Session) -> tuple[Place, str]:
            found = session.get(Place, key)
            if found is not None:
                if general and not found.general:
                    found.general = True
                if details.items() - found.details.items():
                    found.details = {**found.details, **details}
                visitor = session.get_one(Conversation, found.conversation_id).visitor_id
                return found, visitor
            visitor = _visitor(session, person)
            conversation = begin(session, visitor, channel)
            made = Place(key=key, conversation_id=conversation.id, general=general, details=details)
            session.add(made)
            return made, visitor

        return await self._database.run(work)

    async def known(self, key: str) -> Place | None:
        """The place of a key, if a conversation began there."""
        return await self._database.run(lambda session: session.get(Place, key))

    async def of(self, conversation: str) -> Place | None:
        """Where a conversation lives."""
        found = select(Place).where(Place.conversation_id == conversation).limit(1)
        return await self._database.run(lambda session: session.scalar(found))

    async def message(self, conversation: str, seq: int) -> Message | None:
        """One message that can be seen."""
        found = select(Message).where(
            Message.conversation_id == conversation, Message.seq == seq, Message.seq > 0
        )
        return await self._database.run(lambda session: session.scalar(found))

    async def visitor(self, person: str) -> str | None:
        """The visitor somebody is here."""
        found = select(Person.visitor_id).where(Person.key == person)
        return await self._database.run(lambda session: session.scalar(found))

    async def due(self) -> tuple[Sequence[int], datetime | None]:
        """The first unsent entry of each conversation that may be tried now, and when the next is."""
        first = (
            select(func.min(Outgoing.id).label("id"))
            .where(Outgoing.state.in_(UNSENT))
            .group_by(Outgoing.conversation_id)
            .subquery()
        )
        entries = select(Outgoing.id, Outgoing.due).join(first, first.c.id == Outgoing.id)

        def work(session: Session) -> tuple[Sequence[int], datetime | None]:
            found = session.execute(entries.order_by(Outgoing.due)).all()
            later = [due for _, due in found if due > now()]
            return [id for id, due in found if due <= now()], min(later, default=None)

        return await self._database.run(work)

    async def take_over(self) -> None:
        """This process is the only one: what another began need not be waited for."""
        begun = update(Outgoing).where(Outgoing.state == "sending").values(due=now())
        await self._database.run(lambda session: session.execute(begun).close())

    async def claim(self, entry: int) -> Task | None:
        """Take an entry to post; ``None`` when another process has it or it is gone."""

        def work(session: Session) -> Task | None:
            row = session.get(Outgoing, entry)
            if row is None:
                return None
            before, tries = row.state, row.tries
            taken = session.execute(
                update(Outgoing)
                .where(Outgoing.id == entry, Outgoing.state == before, Outgoing.due <= now())
                .values(state="sending", due=now() + LEASE, tries=tries + 1)
                .execution_options(synchronize_session=False)
            )
            if before not in UNSENT or not getattr(taken, "rowcount", 0):
                return None
            message = session.get(Message, row.message_id)
            place = session.scalar(
                select(Place).where(Place.conversation_id == row.conversation_id).limit(1)
            )
            if message is None or place is None:  # deleted meanwhile
                session.execute(
                    update(Outgoing).where(Outgoing.id == entry).values(state="dropped")
                )
                return None
            posted = row.reference or session.scalar(
                select(Outgoing.reference).where(
                    Outgoing.message_id == row.message_id, Outgoing.kind == "post"
                )
            )
            broken_off = before == "sending"
            return Task(entry, row.kind, message, place, tries, broken_off, posted)

        return await self._database.run(work)

    async def holds(self, task: Task) -> bool:
        """Whether no other process has taken it meanwhile; with a fresh lease."""
        mine = update(Outgoing).where(
            Outgoing.id == task.id, Outgoing.state == "sending", Outgoing.tries == task.tries + 1
        )

        def work(session: Session) -> bool:
            done = session.execute(mine.values(due=now() + LEASE))
            return bool(getattr(done, "rowcount", 0))

        return await self._database.run(work)

    async def sent(self, entry: int, reference: str | None) -> None:
        """It is there, named so by the channel."""
        await self._set(entry, state="sent", reference=reference)

    async def again(self, entry: int, seconds: float, begun: bool) -> None:
        """Try again later; ``begun``: the last try may have arrived."""
        later = now() + timedelta(seconds=seconds)
        await self._set(entry, state="sending" if begun else "waiting", due=later)

    async def dropped(self, entry: int) -> None:
        """It can never be posted there."""
        await self._set(entry, state="dropped")

    async def detail(self, key: str, **details: Any) -> None:
        """Note what was learned about a place."""

        def work(session: Session) -> None:
            place = session.get(Place, key)
            if place is not None:
                place.details = {**place.details, **details}

        await self._database.run(work)

    async def unasked(self, channel: str) -> Sequence[str]:
        """Conversations with a reply held back, of one channel; those already asked among them."""
        held = (
            select(Conversation.id)
            .join(Message, Message.conversation_id == Conversation.id)
            .where(Conversation.channel == channel, Message.seq < 0)
            .distinct()
        )
        return await self._database.run(lambda session: session.scalars(held).all())

    async def ask(
        self,
        conversation: str,
        text: str,
        buttons: Sequence[dict[str, str]],
        client_id: str | None = None,
    ) -> Message | None:
        """Write a question of the frontdesk's own, unless it is the last thing that was said.

        ``client_id``: what it answers, so that it is written once however often that comes.
        """

        def work(session: Session) -> Message | None:
            last = take_numbers(session, conversation, 0)
            latest = session.scalar(
                select(Message).where(
                    Message.conversation_id == conversation, Message.seq == last, Message.seq > 0
                )
            )
            if latest is not None and latest.text == text and latest.chosen is None:
                return None
            if client_id is not None and by_client_id(session, conversation, client_id):
                return None
            question = Message(
                id=new_id("m"), conversation_id=conversation,
                seq=take_numbers(session, conversation, 1), author="notice", text=text,
                client_id=client_id, buttons=list(buttons), links=[], answered=True, at=now(),
            )  # fmt: skip
            session.add(question)
            queue_posts(session, conversation, [question])
            return question

        return await self._database.run(work)

    async def _set(self, entry: int, **values: Any) -> None:
        change = update(Outgoing).where(Outgoing.id == entry).values(**values)
        await self._database.run(lambda session: session.execute(change).close())


def _visitor(session: Session, person: str | None) -> str:
    known = None if person is None else session.get(Person, person)
    if known is not None:
        return known.visitor_id
    visitor = Visitor(id=new_id("v"), created_at=now())
    session.add(visitor)
    session.flush()
    if person is not None:
        session.add(Person(key=person, visitor_id=visitor.id))
    return visitor.id
