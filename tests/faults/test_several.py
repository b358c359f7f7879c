"""Two workers, two frontdesks, PostgreSQL and Redis: what is killed, replaced, added or taken away in
the middle of a flood of conversations. Each message is answered once and in order, none is lost."""

import asyncio
import contextlib
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import psycopg
import pytest

from tools import servers
from tools.console import Stop
from tools.reload import reload
from tools.stack import running_assistant
from tools.visitor import NoAnswer, Visitor

QUESTION, ANSWER = "is this an audit?", "not an audit"
VISITORS = 8


@pytest.fixture(scope="module")
def database():
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="module")
def assistant(database):
    with servers.redis() as redis:
        several = {"WORKERS": "2", "FRONTDESKS": "2", "BRAIN_TIMEOUT_SECONDS": "10"}
        with running_assistant({"DATABASE_URL": database, "REDIS_URL": redis.url, **several}) as it:
            yield it


class Person:
    """A visitor that asks on and on, and, like the page, connects and sends again what was cut off."""

    def __init__(self, url):
        self._url = url
        self._visitor = None
        self.token = None
        self.asked = 0

    async def ask(self):
        client_id = uuid.uuid4().hex
        self.asked += 1
        for _ in range(40):
            try:
                return await self._try(client_id)
            except NoAnswer:
                with contextlib.suppress(Exception):
                    await self._visitor.close()
                self._visitor = None
                await asyncio.sleep(0.3)
        raise AssertionError("no way back in")

    async def _try(self, client_id):
        fresh = self._visitor is None
        visitor = self._visitor = self._visitor or Visitor(self._url, self.token)

        async def say():
            if fresh:
                await visitor.connect()
            self.token = visitor.token
            return await visitor.say(QUESTION, client_id)

        saying = asyncio.ensure_future(say())
        connected = False
        while not saying.done():
            await asyncio.wait({saying}, timeout=0.2)
            if connected and not visitor._io.connected and not saying.done():
                saying.cancel()
                raise NoAnswer("cut off")
            connected = visitor._io.connected
        return saying.result()

    async def close(self):
        await self._visitor.close()


def flood(assistant, happening):
    """Eight visitors ask on while something happens; then everything they have is looked at.

    It happens in this thread: a process of the supervisor dies with the thread that started it.
    """
    people = [Person(assistant.url) for _ in range(VISITORS)]
    over = threading.Event()

    async def asks(person):
        while not over.is_set():
            await person.ask()
            await asyncio.sleep(0.2)
        await person.close()

    async def all_ask():
        await asyncio.wait_for(asyncio.gather(*(asks(p) for p in people)), 300)

    async def look():
        for person in people:
            async with Visitor(assistant.url, person.token) as again:
                complete(again.messages, person.asked)

    with ThreadPoolExecutor(1) as pool:
        asking = pool.submit(asyncio.run, all_ask())
        try:
            time.sleep(1)
            happening()
            time.sleep(1)
        finally:
            over.set()
        asking.result()
    asyncio.run(look())


def complete(messages, asked):
    assert sorted(messages) == list(range(1, len(messages) + 1))
    said = [m for _, m in sorted(messages.items()) if m["author"] == "visitor"]
    assert len(said) == asked and all(m["answered"] for m in said)
    answers = [m["reply_to"] for _, m in sorted(messages.items()) if ANSWER in m["text"]]
    assert answers == [m["seq"] for m in said]  # one each, in their order


def done_once(database):
    """Rasa took no message twice."""
    with psycopg.connect(database) as connection:
        twice = connection.execute(
            "SELECT sender_id, data::json->>'message_id', count(*) FROM events "
            "WHERE type_name = 'user' GROUP BY 1, 2 HAVING count(*) > 1"
        ).fetchall()
    assert twice == []


def test_a_worker_killed(assistant, database):
    def kill_and_restart():
        assistant.kill("rasa-2")
        assistant.look_after()

    flood(assistant, kill_and_restart)
    done_once(database)


def test_a_frontdesk_killed(assistant, database):
    def kill_and_restart():
        assistant.kill("frontdesk-2")
        assistant.look_after()

    flood(assistant, kill_and_restart)
    done_once(database)


def give(assistant, name, body):
    return httpx.post(
        f"http://127.0.0.1:{assistant.ports[name]}/webhooks/frontdesk/turn",
        headers={"Authorization": f"Bearer {assistant.env['CP503_SECRET']}"},
        json=body,
        timeout=30,
    )


def test_a_turn_given_to_two_workers_at_once_is_done_once(assistant, database):
    async def story():
        for n in range(5):
            body = {"conversation": f"c-both-{n}", "message": f"m-both-{n}", "text": QUESTION}
            both = [asyncio.to_thread(give, assistant, name, body) for name in ("rasa", "rasa-2")]
            for answer in await asyncio.gather(*both):
                assert answer.status_code in (200, 503)
            answers = [give(assistant, name, body) for name in ("rasa", "rasa-2")]
            assert answers[0].json() == answers[1].json()
            assert ANSWER in answers[0].json()["replies"][0]["text"]

    assistant.wait_ready()  # the worker killed above is back
    asyncio.run(story())
    done_once(database)


def test_all_replaced_and_one_taken_away(assistant, database):
    """``make reload WORKERS=1``, with a new action server and a new worker in place of the old."""
    before = assistant.processes["rasa"].pid
    flood(assistant, lambda: assistant.change(workers=1, renew=True))
    assert assistant.processes["rasa"].pid != before and "rasa-2" not in assistant.processes
    assert httpx.get(assistant.url + "/health").json()["status"] == "ok"
    done_once(database)


def wish(assistant, *what):
    """What ``make reload`` does, with the supervisor's own loop in this thread."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(reload, assistant.folder, *what)
        while not asked.done():
            assistant.obey()
            time.sleep(0.1)
        return asked.result()


def test_a_model_that_does_not_load_changes_nothing(assistant):
    before = assistant.processes["rasa"].pid
    with pytest.raises(Stop, match="What served before serves on"):
        wish(assistant, "models/none.tar.gz", 1, True)
    assert assistant.processes["rasa"].pid == before and assistant.healthy()


def test_one_added(assistant, database):
    flood(assistant, lambda: wish(assistant, assistant.model, 2, False))
    assert httpx.get(assistant.url + "/health").json()["workers"] == "2 of 2"
    done_once(database)
