"""A lease that could not be given back must not lock a conversation up (real PostgreSQL)."""

import asyncio

import pytest

from frontdesk.ledger import Database, Leases, address, lease
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.models import Conversation, Visitor
from frontdesk.ledger.store import now
from tools.servers import fresh_database


@pytest.fixture
def url(postgres, tmp_path):
    found = address(tmp_path, fresh_database(postgres))
    migrate(found)
    return found


async def not_given_back(leases, conversation):
    """Work on a conversation, and lose the connection just before the lease is given back."""
    setting = leases._set

    async def away(*where, **values):
        return False

    async with leases.hold(conversation) as mine:
        assert mine
        leases._set = away
    leases._set = setting


def story(url, act):
    async def run():
        database = Database(url)
        visitor = Visitor(id="v", created_at=now())
        conversation = Conversation(id="c", visitor_id="v", channel="web", created_at=now())
        await database.run(lambda session: session.add(visitor))
        await database.run(lambda session: session.add(conversation))
        try:
            await act(Leases(database), Leases(database))
        finally:
            await database.close()

    asyncio.run(run())


def test_the_same_process_takes_it_again_at_once(url):
    async def act(ours, _):
        await not_given_back(ours, "c")
        async with ours.hold("c") as mine:
            assert mine

    story(url, act)


def test_another_process_gets_it_when_it_runs_out(url, monkeypatch):
    monkeypatch.setattr(lease, "HOLD_SECONDS", 0.2)

    async def act(ours, other):
        await not_given_back(ours, "c")
        for _ in range(50):
            await ours.renew()  # what is not worked on is not kept
            async with other.hold("c") as mine:
                if mine:
                    return
            await asyncio.sleep(0.05)
        raise AssertionError("locked up")

    story(url, act)


def test_what_is_worked_on_is_nobody_elses(url):
    async def act(ours, other):
        async with ours.hold("c") as mine:
            await ours.renew()
            async with other.hold("c") as theirs:
                assert (mine, theirs) == (True, False)
        async with other.hold("c") as theirs:
            assert theirs

    story(url, act)
