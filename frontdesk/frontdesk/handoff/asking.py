"""The visitor's side of a case: what is offered, what they agree to, how they wait and leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.handoff import cases, queue, sentences, why
from frontdesk.handoff.cases import Audit, Clock
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, WAITING, WITH_ADVISOR
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Database, Message
from frontdesk.ledger.models import Place
from frontdesk.ledger.store import take_numbers

MOST_CONTACT, MOST_NAME = 200, 80
BUTTONS = (
    {"title": sentences.YES, "payload": sentences.YES_PAYLOAD},
    {"title": sentences.NO, "payload": sentences.NO_PAYLOAD},
)
_REACHABLE = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+?\d[\s().-]*){7,15}(?!\d)")


@dataclass(frozen=True)
class Desk:
    """How it stands at the desk. ``opens``: in words, when nobody is there."""

    staffed: bool
    opens: str = ""

    @property
    def closed_words(self) -> str:
        """That nobody is there, and until when."""
        opens = sentences.OPENS.format(when=self.opens) if self.opens else ""
        return sentences.CLOSED_NOW.format(opens=opens)


def reachable(text: str) -> bool:
    """Whether a text has a phone number or an e-mail address in it."""
    return len(text) <= MOST_CONTACT and bool(_REACHABLE.search(text))


class Asking:
    """Their transactions; each returns the case and what the visitor is told."""

    def __init__(self, database: Database, audit: Audit, firm: str, clock: Clock) -> None:
        self._database, self._audit, self._clock, self._firm = database, audit, clock, firm

    async def offer(
        self, conversation: str, reason: str, kind: str, detail: str = ""
    ) -> tuple[Case, Message] | None:
        """Offer a person and ask for consent; ``None`` where that was done, or one is coming.

        Asked for, or in distress, it is offered each time; for any other reason once.
        """

        def work(db: Session) -> tuple[Case, Message] | None:
            at = self._clock()
            take_numbers(db, conversation, 0)
            if db.scalar(select(Place.key).where(*_read_by_others(conversation))) is not None:
                return None
            found = cases.live(db, conversation)
            if found is None:
                found = cases.begin(db, conversation, reason, at)
            again = reason in (why.ASKED, why.DISTRESS) and not (
                found.offered and found.why == reason
            )
            if kind in found.offers and not again:
                return None
            text = sentences.offer(kind, self._firm, detail)
            message = cases.write(db, conversation, text, at, buttons=BUTTONS, data={"offer": kind})
            kept = reason if found.why != why.DISTRESS else why.DISTRESS
            done = cases.change(
                db, self._audit, found, "case.offered", at, None, Case.state == BOT,
                offered=True, offered_seq=message.seq, why=kept, offers=[*found.offers, kind],
            )  # fmt: skip
            if not done:
                raise _NotNow
            return found, message

        try:
            return await self._database.run(work)
        except _NotNow:
            return None

    async def ask(
        self, conversation: str, desk: Desk, name: str | None, contact: str | None
    ) -> tuple[Case, list[Message]]:
        """They agree: into the queue. With nobody there a way to reach them is asked for."""

        def work(db: Session) -> tuple[Case, list[Message]]:
            at, found = self._clock(), _live(db, conversation)
            callback = not desk.staffed
            asked = cases.move(
                db, self._audit, found, "ask", at, Case.offered.is_(True),
                details={"callback": callback, "why": found.why}, offered=False, consented_at=at, name=name,
                contact=contact, asked_at=at, waits_from=at, callback_at=at if callback else None,
            )  # fmt: skip
            if not asked:
                raise Refusal("no_case")
            number, of = queue.place(db, found.id, at)
            place = sentences.place(number, of)
            found.told_place = number
            text = sentences.QUEUED.format(place=place)
            if callback:
                text = f"{sentences.QUEUED.format(place=desk.closed_words)} {how(db, found)}"
            return found, [cases.write(db, conversation, text, at)]

        return await self._database.run(work)

    async def decline(self, conversation: str) -> list[Message]:
        """They do not; the conversation goes on as it was."""

        def work(db: Session) -> list[Message]:
            at, found = self._clock(), _live(db, conversation)
            where = (Case.state == BOT, Case.offered.is_(True))
            if not cases.change(
                db, self._audit, found, "case.declined", at, None, *where, offered=False
            ):
                raise Refusal("no_case")
            return [cases.write(db, conversation, sentences.REFUSED, at)]

        return await self._database.run(work)

    async def give_contact(
        self, conversation: str, contact: str, name: str | None
    ) -> list[Message]:
        """How to reach them, while they wait."""

        def work(db: Session) -> list[Message]:
            at, found = self._clock(), _live(db, conversation)
            given: dict[str, Any] = {
                "contact": contact,
                "name": name or found.name,
                "callback_at": at,
            }
            if not cases.change(
                db, self._audit, found, "case.contact", at, None, Case.state == WAITING, **given
            ):
                raise Refusal("no_case")
            return [cases.write(db, conversation, sentences.THANKS_CONTACT, at)]

        return await self._database.run(work)

    async def cancel(self, conversation: str) -> tuple[Case, list[Message]]:
        """They leave the queue, or the advisor; the case, and what they are told."""

        def work(db: Session) -> tuple[Case, list[Message]]:
            at, found = self._clock(), _live(db, conversation)
            name = found.advisor_name
            gone = {"advisor_id": None, "advisor_name": None, "consented_at": None}
            text = sentences.CANCELLED
            if found.state == WITH_ADVISOR:
                text = sentences.LEFT.format(name=name)
                done = cases.move(db, self._audit, found, "leave", at, **gone)
            else:
                done = cases.move(db, self._audit, found, "cancel", at, **gone)
            if not done:
                raise Refusal("no_case")
            return found, [cases.write(db, conversation, text, at)]

        return await self._database.run(work)

    async def with_advisor(self, conversation: str) -> Case | None:
        """The case, while an advisor has it."""
        case = await self._database.run(lambda db: cases.live(db, conversation))
        return case if case is not None and case.state == WITH_ADVISOR else None

    async def tell_place(self, conversation: str) -> list[Message]:
        """The place in the queue, when it is another than was told last."""

        def work(db: Session) -> list[Message]:
            at = self._clock()
            take_numbers(db, conversation, 0)
            found = cases.live(db, conversation)
            if found is None or found.state != WAITING:
                return []
            number, of = queue.place(db, found.id, at)
            if number == found.told_place or found.callback_at is not None:
                return []
            found.told_place = number
            return [cases.write(db, conversation, sentences.place(number, of), at)]

        return await self._database.run(work)


class _NotNow(Exception):
    """Undoes an offer that came too late."""


def _live(db: Session, conversation: str) -> Case:
    take_numbers(db, conversation, 0)
    found = cases.live(db, conversation)
    if found is None:
        raise Refusal("no_case")
    return found


def how(db: Session, case: Case) -> str:
    """How they will hear: by what they gave, on their channel, or by what they give now."""
    if case.contact:
        return sentences.HAVE_CONTACT
    carried = select(Place.key).where(Place.conversation_id == case.conversation_id)
    return sentences.REACHED_HERE if db.scalar(carried.limit(1)) else sentences.HOW_TO_REACH


def _read_by_others(conversation: str) -> tuple[Any, ...]:
    return Place.conversation_id == conversation, Place.general.is_(True)


def wants_contact(case: Case | None) -> bool:
    """Whether a way to reach them was asked for and not given."""
    return (
        case is not None and case.state == WAITING and bool(case.callback_at) and not case.contact
    )
