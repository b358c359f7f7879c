"""Two frontdesks on one PostgreSQL and one Redis, and two workers behind them."""

import asyncio
import json
import uuid

import psycopg
import pytest
from brain_stand_in import _free, serving
from test_website import run, texts

from frontdesk.app import make_app
from tools.servers import fresh_database
from tools.visitor import Visitor


@pytest.fixture
def database_url(postgres):
    return fresh_database(postgres)


@pytest.fixture
def two(settings, brain, redis, tmp_path):
    """The addresses of two frontdesks."""
    second = _free()
    urls = [f"http://127.0.0.1:{brain.port}", f"http://127.0.0.1:{second}"]
    both = settings.model_copy(update={"redis_url": redis.url, "rasa_urls": ",".join(urls)})
    other = both.model_copy(update={"port": _free()})
    with serving(brain.app(), second):
        with serving(make_app(both), both.port) as one, serving(make_app(other), other.port) as two:
            yield one, two


def numbers(visitor):
    return [seq for seq, _ in sorted(visitor.messages.items())]


def test_what_is_said_at_one_is_seen_at_the_other(two):
    async def story():
        async with Visitor(two[0]) as one, Visitor(two[1], one.token) as other:
            await one.say("from one")
            await other.say("from the other")
            await asyncio.sleep(0.3)
            assert texts(one) == texts(other) and "echo: from one" in texts(other)

    run(story())


def test_one_turn_at_a_time_in_order_whoever_takes_it(two, brain):
    brain.slow = 0.02

    async def story():
        async with Visitor(two[0]) as one, Visitor(two[1], one.token) as other:
            await asyncio.gather(
                *(v.say(f"m{n}") for n, v in enumerate([one, other] * 8)),
            )
            await asyncio.sleep(0.3)
            assert texts(one) == texts(other) and numbers(one) == list(range(1, 50))
            said = [m["text"] for _, m in sorted(one.messages.items()) if m["author"] == "visitor"]
            assert said == [t["text"] for t in brain.turns if t["payload"] is None]

    run(story())
    assert brain.most_at_once == 1
    assert len({port for port, _ in brain.served}) == 1  # and always at the same worker


def test_the_same_message_at_both_is_answered_once(two, brain):
    async def story():
        async with Visitor(two[0]) as one, Visitor(two[1], one.token) as other:
            same = uuid.uuid4().hex
            await asyncio.gather(one.say("hi", same), other.say("hi", same))
            assert texts(one).count("hi") == 1

    run(story())
    assert len([t for t in brain.turns if t["text"] == "hi"]) == 1


def _change(database_url, sentence, *values):
    with psycopg.connect(database_url) as connection:
        return connection.execute(sentence, values)


def test_what_a_dead_process_held_is_taken_over(two, database_url):
    """One that was killed while it waited for Rasa, and one killed before it sent the reply."""

    async def story():
        async with Visitor(two[0]) as visitor:
            await visitor.say("before")
            conversation = _change(database_url, "SELECT id FROM conversation").fetchone()[0]
            _change(
                database_url,
                "UPDATE conversation SET held_by = 'p-dead', last_seq = last_seq + 1, "
                "held_until = clock_timestamp() + interval '1 second'",
            )
            _change(
                database_url,
                "INSERT INTO message (id, conversation_id, seq, author, text, buttons, links, masked, "
                "answered, at) SELECT 'm-left', id, last_seq, 'visitor', 'left', '[]', '[]', '[]', "
                "false, now() FROM conversation",
            )
            await visitor._until(lambda: "echo: left" in texts(visitor))
            _change(
                database_url,
                "INSERT INTO message (id, conversation_id, seq, author, text, buttons, links, masked, "
                "answered, at, reply_to) VALUES ('m-unsent', %s, 99, 'assistant', 'unsent', %s, '[]', "
                "'[]', true, now(), 2)",
                conversation,
                json.dumps([]),
            )
            _change(
                database_url,
                "UPDATE conversation SET held_by = 'p-dead', held_until = clock_timestamp()",
            )
            await visitor._until(lambda: "unsent" in texts(visitor))

    run(story())


def test_redis_away_loses_nothing(two, redis):
    async def story():
        async with Visitor(two[0]) as one, Visitor(two[1], one.token) as other:
            redis.stop()
            await one.say("while it was away")
            assert "echo: while it was away" not in texts(other)
            redis.start()
            await other._until(lambda: "echo: while it was away" in texts(other))
            await asyncio.sleep(1)
            await one.say("and after")
            await other._until(lambda: "echo: and after" in texts(other))

    run(story())


def test_rates_count_at_both_together(two):
    async def story():
        async with Visitor(two[0]) as one, Visitor(two[1], one.token) as other:
            refused = 0
            for n in range(24):
                body = {"client_id": uuid.uuid4().hex, "text": f"{n}"}
                answer = await (one, other)[n % 2]._io.call("say", body)
                refused += not answer["ok"]
            assert refused == 4

    run(story())
