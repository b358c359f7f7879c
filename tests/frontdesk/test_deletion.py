"""What a visitor deletes is gone: here, in the files, and in Rasa, even if Rasa is away just then."""

import asyncio
import sqlite3
import time
from datetime import timedelta

import pytest
from brain_stand_in import serving
from test_consent import run, texts

from frontdesk import forgetting as task
from frontdesk.app import make_app
from frontdesk.ledger import Database, Ledger, Privacy, address, privacy
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.models import Conversation, Message
from frontdesk.ledger.models import Visitor as Person
from frontdesk.ledger.store import now
from tools.visitor import NotTaken, Visitor

SECRET_WORDS = "my dog is called bartholomew"


@pytest.fixture
def quickly(monkeypatch):
    monkeypatch.setattr(task, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(privacy, "AGAIN", timedelta(seconds=0.2))


def until(true, seconds=10):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


def rows(settings, table):
    with sqlite3.connect(settings.folder / "frontdesk.db") as database:
        return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def test_everything_of_the_visitor_is_gone(site, brain, settings, quickly):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say(SECRET_WORDS)
            old = visitor.session["conversation"]
            await visitor.tell("restart")
            await visitor._until(lambda: visitor.session["conversation"] != old)
            await visitor.tell("delete")
            await visitor._until(lambda: visitor.deleted)
            with pytest.raises(NotTaken) as refused:
                await visitor.say("still there?")
            assert refused.value.code == "deleted"
            with pytest.raises(NotTaken):
                await visitor.tell("restart")
            async with Visitor(site, visitor.token) as again:
                assert again.token != visitor.token and SECRET_WORDS not in texts(again)
            return {old, visitor.session["conversation"]}

    gone = run(story())
    assert rows(settings, "visitor") == 1 and rows(settings, "conversation") == 1
    for path in settings.folder.rglob("*"):
        assert not path.is_file() or SECRET_WORDS.encode() not in path.read_bytes(), path
    until(lambda: rows(settings, "forgetting") == 0)
    assert set(brain.forgotten) == gone and len(brain.forgotten) == 2 * len(gone)


def test_the_other_tab_is_told(site):
    async def story():
        async with Visitor(site) as one, Visitor(site, one.token) as two:
            await one.tell("delete")
            await two._until(lambda: two.deleted)

    run(story())


def test_another_visitor_keeps_theirs(site):
    async def story():
        async with Visitor(site) as one, Visitor(site) as two:
            await two.say("mine")
            await one.tell("delete")
            async with Visitor(site, two.token) as again:
                assert "mine" in texts(again) and not two.deleted

    run(story())


def test_deleted_while_rasa_thinks(site, brain, settings, quickly):
    async def story():
        async with Visitor(site) as visitor:
            brain.slow = 0.4
            saying = asyncio.create_task(visitor.say(SECRET_WORDS))
            await asyncio.sleep(0.2)
            await visitor.tell("delete")
            await asyncio.sleep(0.5)
            saying.cancel()
            assert len(visitor.messages) <= 2

    run(story())
    assert rows(settings, "message") == 0
    until(lambda: rows(settings, "forgetting") == 0)


def test_rasa_is_told_when_it_is_back_also_after_a_restart(brain, settings, quickly):
    async def story(url):
        async with Visitor(url) as visitor:
            brain.down = True
            await visitor.tell("delete")
            return visitor.session["conversation"]

    with serving(make_app(settings), settings.port) as url:
        gone = run(story(url))
    assert rows(settings, "forgetting") == 1 and brain.forgotten == []
    brain.down = False
    with serving(make_app(settings), settings.port):
        until(lambda: rows(settings, "forgetting") == 0)
    assert brain.forgotten == [gone, gone]


def test_what_is_old_is_deleted_and_what_is_not_stays(tmp_path):
    url = address(tmp_path)
    migrate(url)

    async def story():
        database = Database(url)
        ledger, kept = Ledger(database), Privacy(database)
        old, mixed, fresh = [await ledger.new_visitor() for _ in range(3)]
        ids = {v: await ledger.open(v, "website") for v in (old, mixed, fresh)}
        alone = await ledger.new_visitor()

        def age(session):
            for visitor in (old, mixed, alone):
                session.get(Person, visitor).created_at = now() - timedelta(days=91)
            for visitor in (old, mixed):
                session.get(Conversation, ids[visitor]).created_at = now() - timedelta(days=91)
                for message in session.query(Message).filter_by(conversation_id=ids[visitor]):
                    message.at = now() - timedelta(days=91)

        await database.run(age)
        await ledger.take(ids[mixed], "client-1", "still here")
        assert await kept.delete_old(90) == 1
        assert [await ledger.known(v) for v in (old, mixed, fresh, alone)] == [
            False, True, True, False,
        ]  # fmt: skip
        assert await kept.to_forget() == [ids[old]]
        assert await kept.delete_old(90) == 0
        await database.close()

    run(story())
