"""Whether somebody is there to take a case, and what a visitor is shown of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.handoff import asking, cases, queue
from frontdesk.handoff.asking import Desk
from frontdesk.handoff.cases import Clock
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, WAITING, WITH_ADVISOR
from frontdesk.ledger import Database


class Hours(Protocol):
    """The firm's opening hours (``frontdesk.desk.Desk.hours``)."""

    async def open_at(self, moment: datetime) -> bool:
        """Whether the desk is open then."""

    async def next_opening(self, moment: datetime) -> datetime | None:
        """When it is open next, in the firm's zone."""


Somebody = Callable[[], Awaitable[bool]]


class Staffing:
    """Asks the hours and the browsers.

    ``possible``: whether the firm has anybody who could take a case, at the desk right now or not.
    ``away``: an advisor's browser not heard of for so long is shown as gone; ``grace``: it counts so.
    """

    def __init__(
        self,
        database: Database,
        hours: Hours,
        grace: timedelta,
        away: timedelta,
        clock: Clock,
        somebody: Somebody,
    ) -> None:
        self._database, self._hours, self._grace, self._clock = database, hours, grace, clock
        self._away = away
        self.possible = somebody

    async def desk(self) -> Desk:
        """How it stands right now."""
        at = self._clock()
        if await self._hours.open_at(at):
            there = await self._database.run(lambda db: bool(queue.online(db, at, self._grace)))
            return Desk(there)
        opens = await self._hours.next_opening(at)
        return Desk(False, _said(opens) if opens else "")

    async def status(self, conversation: str) -> dict[str, Any] | None:
        """The ``handoff`` of docs/handoff.md; ``None`` where there is nothing to show."""
        shown = await self._database.run(lambda db: self._status(db, conversation))
        if shown is not None and shown["state"] == "offered" and not await self.possible():
            return None  # nobody is left who could take it
        if shown is not None and shown["state"] != WITH_ADVISOR:
            desk = await self.desk()
            shown |= {"staffed": desk.staffed, "opens": desk.opens or None}
        return shown

    def _status(self, db: Session, conversation: str) -> dict[str, Any] | None:
        case = cases.live(db, conversation)
        if case is None or (case.state == BOT and not case.offered):
            return None
        number, of = queue.place(db, case.id, self._clock()) if case.state == WAITING else (0, 0)
        there = None
        if case.state == WITH_ADVISOR:
            there = case.advisor_id in self._there(db)
        return {
            "state": "offered" if case.state == BOT else case.state, "why": case.why,
            "seq": case.offered_seq, "place": number or None, "of": of or None,
            "advisor": case.advisor_name, "present": there,
            "callback": case.callback_at is not None,
            "contact_needed": asking.wants_contact(case), "email": "@" in (case.contact or ""),
            "staffed": None, "opens": None,
        }  # fmt: skip

    def _there(self, db: Session) -> set[str]:
        return {one.user_id for one in queue.online(db, self._clock(), self._away)}

    async def present(self) -> dict[str, bool]:
        """Of each conversation with an advisor, whether the advisor's browser is there."""

        def work(db: Session) -> dict[str, bool]:
            there = self._there(db)
            theirs = select(Case.conversation_id, Case.advisor_id).where(Case.state == WITH_ADVISOR)
            return {conversation: who in there for conversation, who in db.execute(theirs)}

        return await self._database.run(work)

    async def waiting(self) -> list[str]:
        """The conversations in the queue."""

        def work(db: Session) -> list[str]:
            return [w.case.conversation_id for w in queue.order(db, self._clock())]

        return await self._database.run(work)


def _said(when: datetime) -> str:
    hour = f"{when:%I:%M %p}".lstrip("0")
    return f"on {when:%A, %B} {when.day} at {hour} ({when:%Z})"
