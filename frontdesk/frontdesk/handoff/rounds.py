"""What happens by the clock: a wait that was too long, an advisor whose browser is gone.

Both stand in the database, so a restart forgets neither, and of several processes one does each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session

from frontdesk.handoff import asking, cases, queue, saying, sentences
from frontdesk.handoff.cases import Audit, Clock
from frontdesk.handoff.models import Case, Present
from frontdesk.handoff.moves import WAITING, WITH_ADVISOR
from frontdesk.handoff.owning import NOBODY
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Database, Gone, Message

SET_BACK = timedelta(minutes=1)  # more than the clocks of two machines differ
NOT_COME_NOTE = (
    "{name} claimed it and did not come to the desk, so the case went back to the queue."
)
GONE_NOTE = "{name} lost the connection and did not come back, so the case went back to the queue."


class Rounds:
    """One look at the clock; each method returns what was changed."""

    def __init__(
        self, database: Database, audit: Audit, wait: timedelta, grace: timedelta, clock: Clock
    ) -> None:
        self._database, self._audit, self._clock = database, audit, clock
        self._wait, self.grace = wait, grace

    async def overdue(self) -> list[tuple[Case, list[Message]]]:
        """Who waited too long is offered a call back, once in each wait."""
        late = (Case.state == WAITING, Case.callback_at.is_(None))
        at = self._clock()
        # A wait that begins in the future: the clock was set back, and how long it was nobody knows.
        ids = await self._ids(
            *late, or_(Case.waits_from <= at - self._wait, Case.waits_from > at + SET_BACK)
        )

        def work(db: Session, case: Case, at: datetime) -> list[Message]:
            done = cases.change(
                db, self._audit, case, "case.overdue", at, None, *late, callback_at=at
            )
            if not done:
                return []
            text = f"{sentences.OVERDUE} {asking.how(db, case)}"
            return [cases.write(db, case.conversation_id, text, at)]

        return [told for case in ids if (told := await self._one(case, work))]

    async def abandoned(self) -> list[tuple[Case, list[Message]]]:
        """Whose advisor is gone for longer than the grace goes back to the queue, with a note.

        Whoever claimed it away from the desk has until ``expected_until`` to come there.
        """
        now = self._clock()
        ids = await self._ids(Case.state == WITH_ADVISOR, ~_there(now, self.grace))

        def work(db: Session, case: Case, at: datetime) -> list[Message]:
            # Asked again in the UPDATE itself: they may have come back this very moment.
            still = (Case.advisor_id == case.advisor_id, ~_there(at, self.grace))
            name, came = case.advisor_name or "", _came(db, case)
            if not cases.move(db, self._audit, case, "lose", at, *still, waits_from=at, **NOBODY):
                return []
            remark = (GONE_NOTE if came else NOT_COME_NOTE).format(name=name)
            saying.remark(db, case, f"gone:{at.isoformat()}", remark, self._clock)
            place = sentences.place(*queue.place(db, case.id, at))
            lost = sentences.LOST if came else sentences.NOT_COME
            text = f"{lost.format(name=name)} {place}"
            return [cases.write(db, case.conversation_id, text, at)]

        return [told for case in ids if (told := await self._one(case, work))]

    async def _ids(self, *where: object) -> list[str]:
        found = select(Case.id).where(*where).limit(200)  # type: ignore[arg-type]
        return await self._database.run(lambda db: list(db.scalars(found)))

    async def _one(self, case: str, work: Work) -> tuple[Case, list[Message]] | None:
        def whole(db: Session) -> tuple[Case, list[Message]] | None:
            found = cases.lock(db, case)
            told = work(db, found, self._clock())
            return (found, told) if told else None

        try:
            return await self._database.run(whole)
        except (Gone, Refusal):
            return None


def _came(db: Session, case: Case) -> bool:
    """Whether a case's advisor was at the desk after they had claimed it."""
    if case.expected_until is None or case.claimed_at is None:
        return True
    seen = db.scalar(select(Present.seen_at).where(Present.user_id == case.advisor_id))
    return seen is not None and seen >= case.claimed_at


def _there(at: datetime, grace: timedelta) -> ColumnElement[bool]:
    """Whether a case's advisor is there, or is still expected."""
    there = select(Present.user_id).where(
        Present.user_id == Case.advisor_id, queue.there(at, grace)
    )
    return or_(there.exists(), func.coalesce(Case.expected_until > at, false()))


Work = Callable[[Session, Case, datetime], list[Message]]
