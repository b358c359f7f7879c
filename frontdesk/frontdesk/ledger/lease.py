"""The lease: of all frontdesk processes one at a time works on a conversation (PostgreSQL only).

It keeps the order; that nothing is answered twice does not hang on it (``Ledger.answer`` and Rasa's
tracker store each refuse a second writer). Times are the database's, so hosts need no common clock.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from sqlalchemy import and_, func, literal, or_, select, union, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.ledger.database import Database
from frontdesk.ledger.models import Conversation, Message
from frontdesk.ledger.store import new_id

log = structlog.get_logger()

HOLD_SECONDS = 8  # after this a process that died loses what it held
ROUND_SECONDS = 2  # how often leases are renewed and what others left is looked for
_NOW = func.clock_timestamp()


class Leases:
    """The leases of one process."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._me = new_id("p")
        self._held: set[str] = set()

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[bool]:
        """Whether the conversation is ours inside; it is given back at the end.

        When the work breaks off it counts as left behind, and is found at the next round. A lease of
        our own that could not be given back (the connection broke) is taken again: this process has
        one hand on a conversation at most.
        """
        mine = await self._set(
            Conversation.id == conversation,
            or_(
                Conversation.held_until.is_(None),
                Conversation.held_until < _NOW,
                Conversation.held_by == self._me,
            ),
            held_by=self._me,
            held_until=_NOW + timedelta(seconds=HOLD_SECONDS),
        )
        whose = and_(Conversation.id == conversation, Conversation.held_by == self._me)
        if mine:
            self._held.add(conversation)
        try:
            yield mine
        except BaseException:
            if mine:
                await self._set(whose, held_until=_NOW)
            raise
        finally:
            self._held.discard(conversation)
        if mine:
            await self._set(whose, held_by=None, held_until=None)

    async def renew(self) -> None:
        """Keep all that is worked on; what could not be given back runs out by itself."""
        if not self._held:
            return
        await self._set(
            Conversation.id.in_(self._held),
            Conversation.held_until > _NOW,
            Conversation.held_by == self._me,
            held_until=_NOW + timedelta(seconds=HOLD_SECONDS),
        )

    async def left(self) -> list[tuple[str, bool]]:
        """Conversations somebody must see to: (id, whether a process broke off in the middle)."""
        waiting = (
            select(Conversation.id, literal(False))
            .join(Message, Message.conversation_id == Conversation.id)
            .where(Message.answered.is_(False), Conversation.held_until.is_(None))
        )
        broken_off = select(Conversation.id, literal(True)).where(Conversation.held_until < _NOW)

        def work(session: Session) -> list[tuple[str, bool]]:
            return [(row[0], row[1]) for row in session.execute(union(waiting, broken_off))]

        try:
            return await self._database.run(work)
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)
            return []

    async def _set(self, *where: object, **values: object) -> bool:
        """Change leases; False when none was changed, or the database is away."""
        change = update(Conversation).where(*where).values(**values)  # type: ignore[arg-type]

        def work(session: Session) -> bool:
            return bool(getattr(session.execute(change), "rowcount", 0))

        try:
            return await self._database.run(work)
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)
            return False
