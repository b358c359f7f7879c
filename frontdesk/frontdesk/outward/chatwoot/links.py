"""How cases are known in Chatwoot: the ledger's transactions about links."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from frontdesk.handoff import queue
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import WAITING, WITH_ADVISOR
from frontdesk.ledger import Database, Message
from frontdesk.ledger.models import Conversation
from frontdesk.outward.chatwoot.client import Agent
from frontdesk.outward.models import Link
from frontdesk.outward.outbox import nudge
from frontdesk.outward.ways import CHATWOOT

LIVE = (WAITING, WITH_ADVISOR)


@dataclass(frozen=True)
class Seen:
    """A case with its link, and what was said since the last message that is in Chatwoot."""

    case: Case
    link: Link
    said: list[Message]


class Links:
    """The transactions."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self.clock = database, clock

    async def see(self, case: str) -> Seen | None:
        """A case as it is now; its link is made when there is none."""

        def work(db: Session) -> Seen | None:
            found = db.get(Case, case)
            if found is None:
                return None
            link = db.get(Link, case)
            if link is None:
                link = Link(
                    case_id=case, conversation_id=found.conversation_id, upto=0, posted=0, read=0,
                    noted=[], round=1, over=False,
                )  # fmt: skip
                db.add(link)
                db.flush()
            said = (
                select(Message)
                .where(
                    Message.conversation_id == found.conversation_id, Message.seq > link.upto,
                    Message.seq > 0,
                )
                .order_by(Message.seq)
            )  # fmt: skip
            return Seen(found, link, list(db.scalars(said)))

        return await self._database.run(work)

    async def set(self, link: Link, **values: Any) -> None:
        """Keep what was learned; the link in hand is changed with it."""
        change = update(Link).where(Link.case_id == link.case_id).values(**values)
        await self._database.run(lambda db: db.execute(change).close())
        for name, value in values.items():
            setattr(link, name, value)

    async def nudge(self, *cases: str, revive: bool = False) -> None:
        """Have cases looked at again; ``revive``: also those given up."""

        def work(db: Session) -> None:
            for case in cases:
                nudge(db, CHATWOOT, case, self.clock(), revive)

        if cases:
            await self._database.run(work)

    async def case_there(self, there: int) -> str | None:
        """The case of a conversation in Chatwoot."""
        found = select(Link.case_id).where(Link.there == there)
        return await self._database.run(lambda db: db.scalar(found))

    async def behind(self) -> Sequence[str]:
        """Cases of which something is not in Chatwoot yet."""
        found = (
            select(Link.case_id)
            .join(Case, Case.id == Link.case_id)
            .join(Conversation, Conversation.id == Case.conversation_id)
            .where(Case.state.in_(LIVE), Conversation.last_seq > Link.upto)
        )
        return await self._database.run(lambda db: db.scalars(found).all())

    async def open(self) -> Sequence[str]:
        """Cases that are not over, wherever they stand."""
        found = select(Link.case_id).where(Link.over.is_(False))
        return await self._database.run(lambda db: db.scalars(found).all())

    async def orphans(self) -> Sequence[Link]:
        """Links of what was deleted here, and must go there."""
        alive = select(Conversation.id).where(Conversation.id == Link.conversation_id).exists()
        found = select(Link).where(~alive).limit(100)
        return await self._database.run(lambda db: db.scalars(found).all())

    async def drop(self, conversation: str) -> None:
        """A conversation's links are done with."""

        def work(db: Session) -> None:
            for link in db.scalars(select(Link).where(Link.conversation_id == conversation)):
                db.delete(link)

        await self._database.run(work)

    async def there(self, agents: Sequence[Agent]) -> None:
        """Say that these are at the desk, and whoever has a case in Chatwoot.

        Only Chatwoot decides whose a case is: an agent who closes the browser keeps it.
        """

        def work(db: Session) -> None:
            at = self.clock()
            owners = db.execute(
                select(Case.advisor_id, Case.advisor_name).where(
                    Case.state == WITH_ADVISOR, Case.advisor_id.like("chatwoot:%")
                )
            )
            all_ = {a.user: a for a in agents} | {u: Agent(u, n or "") for u, n in owners if u}
            for user in sorted(all_):
                queue.seen(db, all_[user], at)

        await self._database.run(work)
