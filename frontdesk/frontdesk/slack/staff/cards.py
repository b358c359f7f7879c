"""Which cards there must be: found by looking at the cases, so a kill or a missed word costs nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import WAITING
from frontdesk.ledger import Database
from frontdesk.ledger.carried import LEASE
from frontdesk.ledger.store import now
from frontdesk.slack.staff.models import Card
from frontdesk.slack.staff.shown import GONE, OVER, Shown, shown

NOT_NOW = 60.0  # seconds until it is tried again where the channel does not take it
MOST = 500  # cards looked at in one round


@dataclass(frozen=True)
class CardTask:
    """A card to post or to change. ``reference``: where it is, once it was posted."""

    id: int
    tries: int
    broken_off: bool
    reference: str | None
    channel: str
    case: str
    mark: str
    asked_at: datetime
    look: Shown


class Cards:
    """``outbox.Queue`` of the cards of one channel. ``usable``: whether they may be shown there."""

    def __init__(
        self, database: Database, channel: str, usable: Callable[[], Awaitable[bool]]
    ) -> None:
        self._database, self._channel, self._usable = database, channel, usable

    async def due(self) -> tuple[Sequence[int], datetime | None]:
        """What is to be posted or changed now."""
        if not await self._usable():
            return [], None

        def work(db: Session) -> tuple[Sequence[int], datetime | None]:
            at = now()
            self._look(db, at)
            open_ = select(Card.id, Card.due).where(Card.state.in_(("waiting", "sending")))
            found = db.execute(open_.order_by(Card.id)).all()
            later = [due for _, due in found if due > at]
            return [id for id, due in found if due <= at], min(later, default=None)

        return await self._database.run(work)

    def _look(self, db: Session, at: datetime) -> None:
        """Note each wait without a card, and each card that does not say what is so."""
        insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
        theirs = and_(Card.case_id == Case.id, Card.asked_at == Case.asked_at)
        bare = select(Case.id, Case.asked_at).outerjoin(Card, theirs)
        for case, asked in db.execute(
            bare.where(Case.state == WAITING, Case.asked_at.is_not(None), Card.id.is_(None))
        ):
            made = insert(Card).values(
                case_id=case, asked_at=asked, channel=self._channel, shown="", showing="",
                state="waiting", tries=0, due=at,
            )  # fmt: skip
            db.execute(made.on_conflict_do_nothing())
        stands = Case.state + ":" + func.coalesce(Case.advisor_id, "")
        other = or_(
            Case.id.is_(None),
            and_(Case.asked_at != Card.asked_at, Card.shown != OVER),
            and_(Case.asked_at == Card.asked_at, or_(Case.state == WAITING, Card.shown != stands)),
        )
        looked = select(Card, Case).outerjoin(Case, Case.id == Card.case_id)
        for card, case in db.execute(looked.where(Card.state == "sent", other).limit(MOST)):
            if shown(db, case, card.asked_at, at).key != card.shown:
                db.execute(
                    update(Card)
                    .where(Card.id == card.id, Card.state == "sent")
                    .values(state="waiting", due=at)
                )

    async def take_over(self) -> None:
        """Nobody else shows cards."""
        begun = update(Card).where(Card.state == "sending").values(due=now())
        await self._database.run(lambda db: db.execute(begun).close())

    async def claim(self, entry: int) -> CardTask | None:
        """Take one; ``None`` also where there is nothing to show any more."""

        def work(db: Session) -> CardTask | None:
            card, at = db.get(Card, entry), now()
            if card is None:
                return None
            before, tries = card.state, card.tries
            look = shown(db, db.get(Case, card.case_id), card.asked_at, at)
            # What an earlier try put there, if it arrived, is what it was begun with.
            showing = card.showing if before == "sending" and not card.reference else look.key
            mine = update(Card).where(Card.id == entry, Card.state == before, Card.due <= at)
            taken = db.execute(
                mine.values(
                    state="sending", due=at + LEASE, tries=tries + 1, showing=showing
                ).execution_options(synchronize_session=False)
            )
            if before not in ("waiting", "sending") or not getattr(taken, "rowcount", 0):
                return None
            if before == "waiting" and not card.reference and not look.claim:
                db.delete(card)  # over before it was ever shown
                return None
            return CardTask(
                entry, tries, before == "sending", card.reference, card.channel, card.case_id,
                card.mark, card.asked_at, look,
            )  # fmt: skip

        return await self._database.run(work)

    async def holds(self, task: CardTask) -> bool:
        """Whether no other process has it."""
        mine = update(Card).where(
            Card.id == task.id, Card.state == "sending", Card.tries == task.tries + 1
        )

        def work(db: Session) -> bool:
            return bool(getattr(db.execute(mine.values(due=now() + LEASE)), "rowcount", 0))

        return await self._database.run(work)

    async def sent(self, entry: int, reference: str | None) -> None:
        """It is there. What says that its case is gone is nobody's business any more."""

        def work(db: Session) -> None:
            card = db.get(Card, entry)
            if card is None:
                return
            if reference is None or card.showing == GONE:
                db.delete(card)
                return
            card.state, card.reference, card.shown, card.tries = (
                "sent", reference, card.showing, 0
            )  # fmt: skip

        await self._database.run(work)

    async def again(self, entry: int, seconds: float, begun: bool) -> None:
        """Try again later."""
        later = now() + timedelta(seconds=seconds)
        await self._set(entry, state="sending" if begun else "waiting", due=later)

    async def dropped(self, entry: int) -> None:
        """The card was deleted in Slack, or the channel does not take it: begun anew, if it waits."""

        def work(db: Session) -> None:
            card = db.get(Card, entry)
            if card is None:
                return
            if card.reference:
                db.delete(card)
            else:
                card.state, card.due = "waiting", now() + timedelta(seconds=NOT_NOW)

        await self._database.run(work)

    async def _set(self, entry: int, **values: object) -> None:
        change = update(Card).where(Card.id == entry).values(**values)
        await self._database.run(lambda db: db.execute(change).close())
