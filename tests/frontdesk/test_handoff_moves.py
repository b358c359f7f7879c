"""The table of moves, and the database doing what the table says, whatever is tried in which order."""

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from handoff_stand import PEOPLE
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select
from test_handoff_claim import Stand

from frontdesk.desk import record
from frontdesk.desk.models import Audit
from frontdesk.handoff import may, queue
from frontdesk.handoff.asking import Desk
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, CLOSED, MOVES, STATES, WAITING, WITH_ADVISOR, after
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.rounds import Rounds
from frontdesk.ledger.store import now

ANNA, BEN, MIA = PEOPLE["u-anna"], PEOPLE["u-ben"], PEOPLE["u-mia"]


def test_the_table():
    assert {m.start for m in MOVES.values()} | {m.end for m in MOVES.values()} == set(STATES)
    assert [name for name, m in MOVES.items() if m.start == CLOSED] == []
    assert [name for name, m in MOVES.items() if m.end == WITH_ADVISOR] == ["claim", "transfer"]
    assert after(BOT, "ask") == WAITING and after(BOT, "claim") is None and after(BOT, "x") is None
    reached, seen = {BOT}, set()
    while reached - seen:
        state = (reached - seen).pop()
        seen.add(state)
        reached |= {m.end for m in MOVES.values() if m.start == state}
    assert seen == set(STATES)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ["advisor", "manager", "", "visitor"])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("consented", [True, False])
def test_who_may_see(state, role, own, consented):
    user = type(ANNA)("u-x", "X", role)
    case = Case(
        state=state, advisor_id="u-x" if own else "u-y", consented_at=now() if consented else None
    )
    allowed = (
        consented and role in ("advisor", "manager") and state != BOT
        and (state == WAITING or role == "manager" or own)
    )  # fmt: skip
    assert may.see(user, case) is allowed
    assert may.change(user, case) is (allowed and (own or role == "manager"))


class Moves(RuleBasedStateMachine):
    """One conversation, three people at the desk, and everything that may be tried."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.loop = asyncio.new_event_loop()
        self.stand = Stand(Path(self.folder.name))
        self.state, self.owner, self.offered, self.changes = None, None, False, 0
        self.case = ""

        async def begin():
            self.conversation = await self.stand.ledger.open(
                await self.stand.ledger.new_visitor(), "website"
            )
            await self.stand.database.run(
                lambda db: [queue.seen(db, who, now()) for who in (ANNA, BEN)]
            )

        self.run(begin())

    def run(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def tried(self, coroutine, allowed):
        try:
            result = self.run(coroutine)
        except Refusal as refusal:
            assert not allowed and refusal.message.endswith("."), refusal.code
            return None
        assert allowed
        self.changes += 1
        return result

    def does(self, name, coroutine, allowed=True):
        """A move is made exactly when the table and the people allow it."""
        done = self.tried(coroutine, allowed and after(self.state, name) is not None)
        if done is not None:
            self.state = after(self.state, name)
        return done

    @rule()
    def offer(self):
        offered = self.run(self.stand.asking.offer(self.conversation, "asked", "asked"))
        if offered is not None:
            assert self.state in (None, BOT, CLOSED)
            self.case, self.state, self.offered = offered[0].id, BOT, True
            self.changes += 1
        else:
            assert self.offered or self.state in (WAITING, WITH_ADVISOR)

    @rule()
    def agree(self):
        asked = self.stand.asking.ask(self.conversation, Desk(True), None, None)
        if self.does("ask", asked, self.offered):
            self.offered = False

    @rule()
    def decline(self):
        if self.tried(
            self.stand.asking.decline(self.conversation), self.state == BOT and self.offered
        ):
            self.offered = False

    @rule()
    def cancel(self):
        name = "leave" if self.state == WITH_ADVISOR else "cancel"
        if self.does(name, self.stand.asking.cancel(self.conversation)):
            self.owner = None

    @rule(who=st.sampled_from([ANNA, BEN, MIA]))
    def claim(self, who):
        if self.does("claim", self.stand.owning.claim(who, self.case)):
            self.owner = who

    @rule(who=st.sampled_from([ANNA, BEN, MIA]), to=st.sampled_from([ANNA, BEN, MIA]))
    def transfer(self, who, to):
        allowed = self._may(who) and to != self.owner and to != MIA  # Mia is not at the desk
        if self.does("transfer", self.stand.owning.transfer(who, self.case, to.user), allowed):
            self.owner = to

    @rule(
        who=st.sampled_from([ANNA, BEN, MIA]), what=st.sampled_from(["release", "return", "close"])
    )
    def end(self, who, what):
        owning = self.stand.owning
        made = {
            "release": lambda: owning.release(who, self.case),
            "return": lambda: owning.give_back(who, self.case, "agreed"),
            "close": lambda: owning.close(who, self.case, "other", None),
        }[what]()
        if self.does(what, made, self._may(who)) and what != "close":
            self.owner = None

    @rule(late=st.booleans())
    def clock(self, late):
        grace = timedelta(seconds=-1 if late else 3600)
        rounds = Rounds(self.stand.database, record, timedelta(hours=1), grace, now)
        gone = self.run(rounds.abandoned())
        # Mia's browser was never there.
        if self.state == WITH_ADVISOR and (late or self.owner == MIA):
            assert len(gone) == 1
            self.state, self.owner = WAITING, None
            self.changes += 1
        else:
            assert gone == []

    def _may(self, who):
        return who == MIA or who == self.owner

    @invariant()
    def the_database_agrees(self):
        def work(db):
            case = db.get(Case, self.case) if self.case else None
            audited = db.scalars(select(Audit.id)).all()
            lives = db.scalars(select(Case.id).where(Case.live == self.conversation)).all()
            return case, len(audited), lives

        case, audited, lives = self.run(self.stand.database.run(work))
        assert audited == self.changes  # no change without its entry, no entry without its change
        if case is not None:
            assert case.state == self.state and len(lives) == (self.state != CLOSED)
            assert (case.advisor_id if case.state == WITH_ADVISOR else None) == (
                self.owner.user if self.state == WITH_ADVISOR else None
            )

    def teardown(self):
        self.run(self.stand.database.close())
        self.loop.close()
        self.folder.cleanup()


Moves.TestCase.settings = settings(
    max_examples=15, stateful_step_count=25, deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
TestMoves = Moves.TestCase
