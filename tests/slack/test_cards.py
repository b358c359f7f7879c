"""Which cards there must be, on both databases, with other processes looking too."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import update

from frontdesk.handoff import cases
from frontdesk.handoff.models import Case
from frontdesk.ledger import Database, Ledger, Privacy, address
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.store import now
from frontdesk.slack.staff.cards import Cards
from frontdesk.slack.staff.models import Card
from tools import servers


@pytest.fixture(scope="module")
def postgres():
    with servers.postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        return address(tmp_path)
    return address(tmp_path, servers.fresh_database(request.getfixturevalue("postgres")))


async def yes():
    return True


async def waits(database):
    """A conversation with a case in the queue; (visitor, case)."""
    ledger = Ledger(database)
    visitor = await ledger.new_visitor()
    conversation = await ledger.open(visitor, "website")

    def work(db):
        at = now()
        case = cases.begin(db, conversation, "asked", at)
        case.state, case.asked_at, case.waits_from, case.consented_at = "waiting", at, at, at
        return case.id

    return visitor, await database.run(work)


def story(url, act):
    async def run():
        await asyncio.to_thread(migrate, url)
        database = Database(url)
        try:
            await act(database, Cards(database, "C5", yes), Cards(database, "C5", yes))
        finally:
            await database.close()

    asyncio.run(run())


async def expire(database):
    await database.run(
        lambda db: db.execute(update(Card).values(due=now() - timedelta(seconds=1))).close()
    )


def test_one_card_for_a_wait_however_many_look(url):
    async def act(database, one, two):
        await waits(database)
        (entry,), _ = await one.due()
        assert (await two.due())[0] == [entry]
        first, second = await one.claim(entry), await two.claim(entry)
        assert first and first.look.claim and second is None
        assert (await two.due())[0] == []
        await one.sent(entry, "1.1")
        assert (await two.due()) == ([], None)

    story(url, act)


def test_a_try_that_broke_off_is_taken_over_and_its_first_holder_posts_no_more(url):
    async def act(database, one, two):
        await waits(database)
        (entry,), _ = await one.due()
        first = await one.claim(entry)
        assert await one.holds(first)
        await expire(database)
        second = await two.claim(entry)
        assert second.broken_off and not await one.holds(first) and await two.holds(second)

    story(url, act)


def test_what_was_posted_before_a_claim_and_found_after_it_is_changed_then(url):
    async def act(database, one, two):
        _, case = await waits(database)
        (entry,), _ = await one.due()
        assert (await one.claim(entry)).look.claim  # posted, and killed before it knew
        gone = {"state": "with_advisor", "advisor_id": "u-1", "advisor_name": "Anna"}
        await database.run(
            lambda db: db.execute(update(Case).where(Case.id == case).values(**gone)).close()
        )
        await two.take_over()
        assert (await two.claim(entry)).broken_off
        await two.sent(entry, "1.1")  # found in the channel, as it was posted
        assert (await two.due())[0] == [entry]
        task = await two.claim(entry)
        assert task.reference == "1.1" and task.look.title == "Anna has this case"
        await two.sent(entry, "1.1")
        assert (await two.due())[0] == []

    story(url, act)


def test_over_before_it_was_shown_nothing_is_posted_and_waiting_again_it_is(url):
    async def act(database, one, two):
        _, case = await waits(database)
        (entry,), _ = await one.due()

        async def state(now_):
            await database.run(
                lambda db: db.execute(
                    update(Case).where(Case.id == case).values(state=now_)
                ).close()
            )

        await state("with_advisor")
        assert await one.claim(entry) is None
        assert (await one.due())[0] == []
        await state("waiting")
        (again,), _ = await one.due()
        assert (await one.claim(again)).look.claim

    story(url, act)


def test_a_deleted_conversations_card_says_so_and_is_forgotten(url):
    async def act(database, one, two):
        visitor, _ = await waits(database)
        (entry,), _ = await one.due()
        await one.claim(entry)
        await one.sent(entry, "1.1")
        await Privacy(database).delete_visitor(visitor)
        assert (await one.due())[0] == [entry]
        assert "is gone" in (await one.claim(entry)).look.title
        await one.sent(entry, "1.1")
        assert await database.run(lambda db: db.query(Card).count()) == 0

    story(url, act)


def test_a_card_that_was_deleted_in_slack_comes_again_while_the_case_waits(url):
    async def act(database, one, two):
        await waits(database)
        (entry,), _ = await one.due()
        await one.claim(entry)
        await one.sent(entry, "1.1")
        await one.dropped(entry)  # message_not_found
        (again,), _ = await one.due()
        assert (await one.claim(again)).reference is None

    story(url, act)
