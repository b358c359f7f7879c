"""One transaction at a time, all or nothing."""

import asyncio

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from frontdesk.ledger import Database, Ledger, address
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.models import Visitor
from frontdesk.ledger.store import now


def story(folder, act):
    async def run():
        url = address(folder)
        await asyncio.to_thread(migrate, url)
        database = Database(url)
        try:
            return await act(database)
        finally:
            await database.close()

    return asyncio.run(run())


def visitors(session):
    return session.scalars(select(Visitor.id).order_by(Visitor.id)).all()


def test_work_that_fails_leaves_nothing(tmp_path):
    def work(session):
        session.add(Visitor(id="v", created_at=now()))
        session.flush()
        raise LookupError("half way")

    async def act(database):
        with pytest.raises(LookupError, match="half way"):
            await database.run(work)
        return await database.run(visitors)

    assert story(tmp_path, act) == []


def test_what_the_database_refuses_is_raised_and_the_next_work_goes_on(tmp_path):
    async def act(database):
        for _ in range(2):
            await database.run(lambda s: s.merge(Visitor(id="v", created_at=now())) and None)
        with pytest.raises(IntegrityError):
            await database.run(lambda s: s.add(Visitor(id="v", created_at=now())))
        return await database.run(visitors)

    assert story(tmp_path, act) == ["v"]


def test_many_at_once_take_numbers_without_gaps(tmp_path):
    async def act(database):
        ledger = Ledger(database)
        conversation = await ledger.open(await ledger.new_visitor(), "website")
        taken = await asyncio.gather(
            *(ledger.take(conversation, f"client-{n:04}", str(n)) for n in range(60)),
            *(ledger.take(conversation, f"client-{n:04}", str(n)) for n in range(60)),
        )
        assert sum(new for _, new in taken) == 60
        return [m.seq for m in await ledger.messages(conversation)]

    assert story(tmp_path, act) == list(range(1, 61))


def test_what_was_begun_is_finished_though_nobody_waits(tmp_path):
    async def act(database):
        started = asyncio.Event()
        loop = asyncio.get_running_loop()

        def work(session):
            loop.call_soon_threadsafe(started.set)
            session.add(Visitor(id="v", created_at=now()))

        waiting = asyncio.create_task(database.run(work))
        await started.wait()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        return await database.run(visitors)

    assert story(tmp_path, act) == ["v"]
