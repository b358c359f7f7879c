"""What an advisor does with a case: take it, pass it on, give it back, close it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from frontdesk.handoff import cases, facts, may, queue, rating, sentences
from frontdesk.handoff.cases import Audit, Clock
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import OUTCOMES, WITH_ADVISOR
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Database, Gone, Message

Changed = tuple[Case, list[Message]]
NOBODY: dict[str, Any] = {
    "advisor_id": None, "advisor_name": None, "claimed_at": None, "expected_until": None,
}  # fmt: skip


class Owning:
    """Their transactions; each returns the case as it is then, and what the visitor is told."""

    def __init__(
        self,
        database: Database,
        audit: Audit,
        firm: str,
        clock: Clock,
        grace: timedelta = timedelta(minutes=1),
    ) -> None:
        self._grace = grace
        self._database, self._audit, self._clock = database, audit, clock
        self._firm = firm or sentences.FIRM

    async def claim(self, user: User, case: str, expected: timedelta | None = None) -> Changed:
        """Take a waiting case. Of many at once one gets it; the others are told who.

        ``expected``: claimed away from the desk, where their browser is expected within this time.
        """

        def work(db: Session, found: Case, at: datetime) -> list[Message]:
            if user.role not in may.ROLES or found.consented_at is None:
                raise Refusal("no_case")
            taken: dict[str, Any] = {
                "advisor_id": user.user, "advisor_name": user.display_name, "claimed_at": at,
                "callback_at": None, "told_place": None,
                "expected_until": at + expected if expected else None,
            }  # fmt: skip
            if not cases.move(db, self._audit, found, "claim", at, user=user.user, **taken):
                raise _late(found)
            told = sentences.COMING if expected else sentences.JOINED
            text = told.format(name=user.display_name, firm=self._firm)
            return [cases.write(db, found.conversation_id, text, at)]

        return await self._do(case, work, mine=False)

    async def transfer(self, user: User, case: str, to: str) -> Changed:
        """Hand it to a colleague who is at the desk."""

        def work(db: Session, found: Case, at: datetime) -> list[Message]:
            online = {one.user_id: one for one in queue.online(db, at, self._grace)}
            colleague = online.get(to)
            if colleague is None or to == found.advisor_id:
                raise Refusal("no_colleague")
            before = found.advisor_name
            moved = cases.move(
                db, self._audit, found, "transfer", at, Case.advisor_id == found.advisor_id,
                user=user.user, details={"to": to}, advisor_id=to,
                advisor_name=colleague.display_name, claimed_at=at, expected_until=None,
            )  # fmt: skip
            self._need(moved)
            text = sentences.TRANSFERRED.format(before=before, name=colleague.display_name)
            return [cases.write(db, found.conversation_id, text, at)]

        return await self._do(case, work, user)

    async def release(self, user: User, case: str) -> Changed:
        """Back into the queue, with the time it waited before counted."""

        def work(db: Session, found: Case, at: datetime) -> list[Message]:
            text = sentences.RELEASED.format(name=found.advisor_name)
            self._need(self._move(db, found, "release", at, user, waits_from=at, **NOBODY))
            place = sentences.place(*queue.place(db, found.id, at))
            return [cases.write(db, found.conversation_id, f"{text} {place}", at)]

        return await self._do(case, work, user)

    async def give_back(self, user: User, case: str, agreed: str) -> Changed:
        """Back to the assistant; what was agreed stands in the conversation."""

        def work(db: Session, found: Case, at: datetime) -> list[Message]:
            text = sentences.RETURNED.format(name=found.advisor_name, agreed=agreed)
            self._need(self._move(db, found, "return", at, user, **NOBODY))
            told = text if agreed else sentences.RETURNED_PLAIN
            return [cases.write(db, found.conversation_id, told, at)]

        return await self._do(case, work, user)

    async def close(self, user: User, case: str, outcome: str, follow_up: str | None) -> Changed:
        """Over, with an outcome and perhaps a day to come back to it."""
        try:
            day = date.fromisoformat(follow_up).isoformat() if follow_up else None
        except ValueError:
            raise Refusal("bad_outcome") from None
        if outcome not in OUTCOMES:
            raise Refusal("bad_outcome")

        def work(db: Session, found: Case, at: datetime) -> list[Message]:
            ended = {"outcome": outcome, "follow_up": day, "closed_at": at}
            details = {"outcome": outcome, "follow_up": day}
            self._need(self._move(db, found, "close", at, user, details=details, **ended))
            text = sentences.CLOSED.format(name=found.advisor_name)
            last = cases.write(db, found.conversation_id, text, at)
            found.closed_seq = last.seq
            return [last, rating.question(db, found, at)]

        return await self._do(case, work, user)

    async def correct(self, user: User, case: str, change: dict[str, Any]) -> Changed:
        """Correct facts: kept beside what the visitor told, with who and when."""

        def work(db: Session, found: Case, at: datetime) -> list[Message]:
            told = facts.tellings(db, [found.conversation_id]).get(found.conversation_id, [])
            now = facts.merged(facts.corrected(told, found.corrections), change)
            facts.check(now)
            by = {"by": user.display_name, "at": at.isoformat()}
            fresh = {n: {"value": v, **by} for n, v in facts.normal(now, change).items()}
            all_ = {**found.corrections, **fresh}
            where = (Case.state == WITH_ADVISOR, Case.advisor_id == found.advisor_id)
            done = cases.change(
                db, self._audit, found, "case.corrected", at, user.user, *where, corrections=all_
            )
            self._need(done)
            return []

        return await self._do(case, work, user)

    def _move(
        self, db: Session, found: Case, name: str, at: datetime, user: User, **values: Any
    ) -> bool:
        owner = Case.advisor_id == found.advisor_id
        return cases.move(db, self._audit, found, name, at, owner, user=user.user, **values)

    @staticmethod
    def _need(done: bool) -> None:
        if not done:
            raise Refusal("not_yours")

    async def _do(
        self,
        case: str,
        work: Callable[[Session, Case, datetime], list[Message]],
        user: User | None = None,
        mine: bool = True,
    ) -> Changed:
        def whole(db: Session) -> Changed:
            at = self._clock()
            found = cases.lock(db, case)
            if mine and (user is None or not may.change(user, found)):
                seen = user is not None and may.see(user, found)
                raise Refusal("not_yours" if seen else "no_case")
            return found, work(db, found, at)

        try:
            return await self._database.run(whole)
        except Gone:
            raise Refusal("no_case") from None


def _late(case: Case) -> Refusal:
    """Somebody was quicker, or the visitor took it back."""
    if case.state == WITH_ADVISOR and case.advisor_name:
        return Refusal("taken", name=case.advisor_name)
    return Refusal("not_waiting")
