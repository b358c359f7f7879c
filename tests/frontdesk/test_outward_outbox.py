"""The outbox: nothing lost, nothing flooded, nothing stalled, whatever fails and wherever the clock jumps."""

import asyncio
import random
import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from outward_stand import quick, until
from sqlalchemy import func, select
from test_handoff_claim import TWENTY, Stand

from frontdesk.desk import record
from frontdesk.handoff.asking import Asking, Desk
from frontdesk.handoff.owning import Owning
from frontdesk.handoff.refusals import Refusal
from frontdesk.outward import outbox as boxes
from frontdesk.outward.models import Sending
from frontdesk.outward.outbox import Outbox, note
from frontdesk.outward.sender import Sender
from frontdesk.outward.telling import Telling
from frontdesk.outward.ways import MAIL, WEBHOOK, Away, Moot, Never
from tools.servers import fresh_database


class Clock:
    """A wall clock that a test moves."""

    def __init__(self):
        self.at = datetime(2026, 11, 28, 12, tzinfo=UTC)

    def __call__(self):
        return self.at

    def turn(self, **by):
        self.at += timedelta(**by)


class Way:
    """Fails as a test says; remembers what it told."""

    kind = WEBHOOK

    def __init__(self):
        self.told, self.tries, self.fault, self.stops = [], [], None, None

    async def send(self, errand):
        self.tries.append(errand)
        if self.stops is not None:
            await self.stops.wait()
        if self.fault is not None:
            raise self.fault
        self.told.append(errand.key)

    async def look(self):
        pass

    async def close(self):
        pass


class Bench(Stand):
    """A stand with an outbox of its own clock."""

    def __init__(self, folder, database_url="", kinds=(WEBHOOK,)):
        super().__init__(folder, database_url)
        self.clock = Clock()
        self.outbox = Outbox(self.database, self.clock)
        audit = Telling(frozenset(kinds)).noting(record)
        self.asking = Asking(self.database, audit, "Harbor Tax", self.clock)
        self.owning = Owning(self.database, audit, "Harbor Tax", self.clock)

    async def entry(self, kind=WEBHOOK, what="case.asked", **details):
        conversation = await self.ledger.open(await self.ledger.new_visitor(), "website")
        row = await self.database.run(
            lambda db: note(db, kind, what, conversation, None, self.clock(), **details)
        )
        return row.id, conversation

    async def rows(self, *columns):
        found = select(*(columns or (Sending.kind, Sending.what, Sending.state)))
        return await self.database.run(lambda db: db.execute(found.order_by(Sending.id)).all())


def play(folder, story, database_url="", **more):
    async def run():
        bench = Bench(folder, database_url, **more)
        try:
            return await story(bench)
        finally:
            await bench.database.close()

    return asyncio.run(asyncio.wait_for(run(), 120))


def test_it_is_noted_with_the_move_or_not_at_all(tmp_path):
    async def story(bench):
        case, conversation = await bench.waiting()
        await bench.owning.claim(TWENTY[0], case)
        with pytest.raises(Refusal):
            await bench.owning.claim(TWENTY[1], case)
        await bench.owning.close(TWENTY[0], case, "answered", None)
        assert await bench.rows() == [
            (WEBHOOK, what, "waiting") for what in ("case.asked", "case.claimed", "case.closed")
        ]
        assert [r[0] for r in await bench.rows(Sending.details)] == [
            {"state": "waiting", "callback": False}, {"state": "with_advisor", "callback": False},
            {"state": "closed", "callback": False, "outcome": "answered"},
        ]  # fmt: skip

    play(tmp_path, story)


def test_mail_only_when_a_case_waits_and_only_what_is_on(tmp_path):
    async def story(bench):
        case, _ = await bench.waiting()
        await bench.owning.claim(TWENTY[0], case)
        await bench.owning.release(TWENTY[0], case)
        assert [row[:2] for row in await bench.rows()] == [
            (MAIL, "case.asked"), (MAIL, "case.released"),
        ]  # fmt: skip

    play(tmp_path, story, kinds=(MAIL,))


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_deletion_takes_it_along(tmp_path, request, kind):
    url = fresh_database(request.getfixturevalue("postgres")) if kind == "postgresql" else ""

    async def story(bench):
        case, conversation = await bench.waiting()
        _, other = await bench.entry(MAIL, "visitor.papers", to="ann@example.com")
        for one in (conversation, other):
            await bench.privacy.delete_visitor(await bench.ledger.visitor(one))
        assert await bench.rows() == []

    play(tmp_path, story, url)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_of_several_one_sends_it(tmp_path, request, kind, monkeypatch):
    url = fresh_database(request.getfixturevalue("postgres")) if kind == "postgresql" else ""
    quick(monkeypatch)

    async def story(bench):
        for _ in range(20):
            await bench.entry()
        ways = [Way() for _ in range(3)]
        senders = [Sender(Outbox(bench.database, bench.clock), [way]) for way in ways]
        for sender in senders:
            sender.start()

        async def all_told():
            return {row[2] for row in await bench.rows()} == {"sent"}

        await until(all_told)
        for sender in senders:
            await sender.stop()
        told = [key for way in ways for key in way.told]
        assert len(told) == len(set(told)) == 20

    play(tmp_path, story, url)


def test_waits_grow_and_differ(monkeypatch):
    random.seed(1)
    middle = [sum(boxes.wait(n) for _ in range(400)) / 400 for n in range(1, 12)]
    assert middle[:7] == sorted(middle[:7]) and middle[6] == pytest.approx(3600, rel=0.05)
    assert middle[10] == pytest.approx(3600, rel=0.05)
    assert len({boxes.wait(3) for _ in range(20)}) == 20


async def tried(bench, fault=None):
    """One round by hand: how many were tried."""
    count = 0
    for entry in await bench.outbox.due(WEBHOOK, 100):
        errand = await bench.outbox.take(entry)
        if errand is None:
            continue
        count += 1
        if fault:
            await bench.outbox.again(errand, fault, boxes.wait(errand.tries))
        else:
            await bench.outbox.done(errand)
    return count


@pytest.mark.parametrize("hours", [1, -1, 24 * 365, -24 * 365])
def test_a_clock_that_jumps(tmp_path, hours):
    """Forward: tried once more each. Back: their wait begins again. Never more, never less."""

    async def story(bench):
        for _ in range(5):
            await bench.entry()
        for _ in range(4):
            assert await tried(bench, "http 500") == 5
            bench.clock.turn(minutes=30)
        await tried(bench, "http 500")
        bench.clock.turn(hours=hours)
        assert await tried(bench, "http 500") == (5 if hours > 0 else 0)
        assert await tried(bench, "http 500") == 0  # no flood
        bench.clock.turn(hours=1.3)
        assert await tried(bench) == 5  # no stall, and nothing given up
        assert {row[2] for row in await bench.rows()} == {"sent"}

    play(tmp_path, story)


def test_new_ones_after_a_clock_went_back(tmp_path):
    async def story(bench):
        await bench.entry()
        bench.clock.turn(hours=-1)
        await bench.entry()
        assert await tried(bench) == 2

    play(tmp_path, story)


def test_given_up_after_days_and_many_tries_visibly(tmp_path):
    from frontdesk.outward.managing import health, shown

    async def story(bench):
        await bench.entry()
        for n in range(200):
            assert await tried(bench, "http 503") == 1, n
            bench.clock.turn(hours=1.3)
            if (await bench.rows())[0][2] == "given_up":
                break
        assert n * 1.3 == pytest.approx(72, abs=3)
        on = frozenset({WEBHOOK})
        seen = (await shown(bench.outbox, on))[WEBHOOK]
        assert (seen["given_up"], seen["error"]["code"]) == (1, "http 503")
        assert await health(bench.outbox, on) == "webhook: 1 given up"
        assert await bench.outbox.retry(None) == 1
        assert await tried(bench) == 1 and await health(bench.outbox, on) == "ok"

    play(tmp_path, story)


def test_an_address_is_deleted_when_sent_and_when_given_up(tmp_path):
    async def story(bench):
        for code in (None, "smtp 550"):
            entry, _ = await bench.entry(MAIL, "visitor.papers", to="a@b.example", addressed=True)
            errand = await bench.outbox.take(entry)
            await (bench.outbox.give_up(errand, code) if code else bench.outbox.done(errand))
        assert [r[0] for r in await bench.rows(Sending.details)] == [{"addressed": True}] * 2
        assert await bench.outbox.retry(None) == 0  # there is nobody to send it to any more

    play(tmp_path, story)


def test_what_broke_off_is_begun_again_and_known(tmp_path):
    async def story(bench):
        entry, _ = await bench.entry()
        first = await bench.outbox.take(entry)
        assert not first.again and await bench.outbox.take(entry) is None
        assert await bench.outbox.due(WEBHOOK, 9) == []
        bench.clock.turn(minutes=3)
        second = await bench.outbox.take(entry)
        assert second.again and second.key == first.key
        await bench.outbox.done(first)  # it woke up after all: too late to say anything
        assert (await bench.rows())[0][2] == "sending"
        await bench.outbox.done(second)
        assert (await bench.rows())[0][2] == "sent"

    play(tmp_path, story)


def test_what_takes_long_is_held(tmp_path, monkeypatch):
    """Longer than the lease, and still no other process begins it."""
    from frontdesk.outward import sender as senders

    quick(monkeypatch)
    monkeypatch.setattr(boxes, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(senders, "HOLD_SECONDS", 0.2)

    async def story(bench):
        await bench.entry()
        ways = [Way(), Way()]
        both = [Sender(Outbox(bench.database), [way]) for way in ways]
        for way in ways:
            way.stops = asyncio.Event()
        for sender in both:
            sender.start()
        await asyncio.sleep(3)
        for way in ways:
            way.stops.set()
        await until(lambda: ways[0].told or ways[1].told)
        for sender in both:
            await sender.stop()
        assert len(ways[0].tries) + len(ways[1].tries) == 1

    play(tmp_path, story)


def test_what_a_dead_process_was_sending_is_not_held_by_the_next(tmp_path, monkeypatch):
    from frontdesk.outward import sender as senders

    quick(monkeypatch)
    monkeypatch.setattr(boxes, "LEASE", timedelta(seconds=0.5))
    monkeypatch.setattr(senders, "HOLD_SECONDS", 0.0)

    async def story(bench):
        entry, _ = await bench.entry()
        await Outbox(bench.database).take(entry)  # and then it was killed
        way = Way()
        sender = Sender(Outbox(bench.database), [way])
        sender.start()
        await until(lambda: way.told)
        await sender.stop()

    play(tmp_path, story)


def test_while_the_other_side_is_away_one_at_a_time_is_tried(tmp_path, monkeypatch):
    """Five hundred wait; they do not all knock, and all come through when it is back."""
    quick(monkeypatch, waits=(0.01,), rests=(0.3,), round_seconds=0.02)

    async def story(bench):
        bench.outbox = Outbox(bench.database)  # the real clock
        conversation = await bench.ledger.open(await bench.ledger.new_visitor(), "website")
        at = datetime.now(UTC)
        await bench.database.run(
            lambda db: [note(db, WEBHOOK, "case.asked", conversation, None, at) for _ in range(500)]
        )
        way = Way()
        way.fault = Away("http 503")
        sender = Sender(bench.outbox, [way])
        sender.start()
        await until(lambda: len(way.tries) >= 3)
        first, rounds = len(way.tries), 0
        await asyncio.sleep(1.5)
        rounds = len(way.tries) - first
        assert rounds <= 6, rounds
        way.fault = None
        await until(lambda: len(way.told) == 500, seconds=60)
        assert len(set(way.told)) == 500
        await sender.stop()

    play(tmp_path, story)


@pytest.mark.parametrize("fault, state", [(Never("smtp 550"), "given_up"), (Moot(), "moot")])
def test_what_is_never_tried_again(tmp_path, monkeypatch, fault, state):
    quick(monkeypatch)

    async def story(bench):
        await bench.entry()
        way = Way()
        way.fault = fault
        sender = Sender(bench.outbox, [way])
        sender.start()

        async def so():
            return (await bench.rows())[0][2] == state

        await until(so)
        await sender.stop()
        assert len(way.tries) == 1

    play(tmp_path, story)


def test_the_other_sides_wait_is_kept(tmp_path, monkeypatch):
    quick(monkeypatch)

    async def story(bench):
        await bench.entry()
        way = Way()
        way.fault = Away("http 429", retry_after=120)
        sender = Sender(bench.outbox, [way])
        sender.start()

        async def waits():
            due = (await bench.rows(Sending.due, Sending.state))[0]
            return due[1] == "waiting" and due[0] == bench.clock() + timedelta(seconds=120)

        await until(waits)
        await sender.stop()

    play(tmp_path, story)


def test_a_fault_of_ours_stops_nothing_else(tmp_path, monkeypatch):
    quick(monkeypatch)

    async def story(bench):
        bad, _ = await bench.entry()
        await bench.entry()

        class Odd(Way):
            async def send(self, errand):
                if errand.id == bad:
                    raise KeyError("a fault")
                await super().send(errand)

        way = Odd()
        sender = Sender(bench.outbox, [way])
        sender.start()
        await until(lambda: len(way.told) == 1)

        async def seen():
            return (await bench.rows(Sending.state, Sending.error))[0] == (
                "waiting", "fault: KeyError",
            )  # fmt: skip

        await until(seen)
        await sender.stop()

    play(tmp_path, story)


@pytest.mark.parametrize("how", ["locked", "full"])
def test_a_database_that_is_locked_or_a_disk_that_is_full(tmp_path, monkeypatch, how):
    """Nothing is sent that could not be noted as begun; when it can be written again, all is sent once."""
    quick(monkeypatch)

    async def story(bench):
        for _ in range(3):
            await bench.entry()
        other = sqlite3.connect(tmp_path / "frontdesk.db", isolation_level=None)
        if how == "locked":
            other.execute("BEGIN IMMEDIATE")
        else:
            full = "CREATE TRIGGER full BEFORE UPDATE ON outward_sending BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            other.execute(full)
        way = Way()
        sender = Sender(bench.outbox, [way])
        sender.start()
        await asyncio.sleep(0.5)
        assert way.tries == []
        other.execute("ROLLBACK" if how == "locked" else "DROP TRIGGER full")

        async def all_sent():
            found = select(func.count()).where(Sending.state == "sent")
            return await bench.database.run(lambda db: db.scalar(found)) == 3

        await until(all_sent)
        await sender.stop()
        assert len(way.told) == len(set(way.told)) == 3
        other.close()

    play(tmp_path, story)


def test_told_but_not_noted_is_told_again_under_the_same_key(tmp_path, monkeypatch):
    """The disk is full just after it was sent: whoever gets it twice knows it by its key."""
    quick(monkeypatch)

    async def story(bench):
        await bench.entry()
        way = Way()
        way.stops = asyncio.Event()
        sender = Sender(bench.outbox, [way])
        sender.start()
        await until(lambda: way.tries)
        other = sqlite3.connect(tmp_path / "frontdesk.db", isolation_level=None)
        other.execute(
            "CREATE TRIGGER full BEFORE UPDATE ON outward_sending "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        )
        way.stops.set()
        await until(lambda: way.told)
        await asyncio.sleep(0.2)
        other.execute("DROP TRIGGER full")
        other.close()
        assert (await bench.rows())[0][2] == "sending"
        bench.clock.turn(minutes=3)
        await until(lambda: len(way.told) == 2)
        await sender.stop()
        assert len(set(way.told)) == 1 and way.tries[1].again

    play(tmp_path, story)


def test_what_was_sent_is_swept_after_a_week(tmp_path):
    async def story(bench):
        await bench.entry()
        await bench.entry()
        assert await tried(bench) == 2
        await bench.entry()
        bench.clock.turn(days=6)
        await bench.outbox.sweep()
        assert len(await bench.rows()) == 3
        bench.clock.turn(days=2)
        await bench.outbox.sweep()
        assert [row[2] for row in await bench.rows()] == ["waiting"]

    play(tmp_path, story)


def test_a_case_taken_back_is_noted(tmp_path):
    async def story(bench):
        conversation = await bench.ledger.open(await bench.ledger.new_visitor(), "website")
        await bench.asking.offer(conversation, "asked", "asked")
        await bench.asking.ask(conversation, Desk(False), "Ann", "ann@example.com")
        await bench.asking.cancel(conversation)
        rows = await bench.rows(Sending.what, Sending.details)
        assert [tuple(row) for row in rows] == [
            ("case.asked", {"state": "waiting", "callback": True}),
            ("case.cancelled", {"state": "bot", "callback": True}),
        ]

    play(tmp_path, story)
