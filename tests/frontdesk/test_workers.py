"""Which worker a conversation goes to, and what happens when workers come and go."""

import asyncio
import json
import os
import subprocess
import sys

import httpx
import pytest
from brain_stand_in import SECRET, _free, serving
from test_app import PACKAGE

from frontdesk.app import make_app
from frontdesk.settings import Settings
from frontdesk.workers import AT_ONCE, Workers
from tools.visitor import Visitor

CONVERSATIONS = [f"c-{n}" for n in range(2000)]


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 30))


def settings_in(folder, **more):
    return Settings(_env_file=None, data_dir=folder, cp503_secret=SECRET, **more)


def write_list(folder, ports):
    workers = [{"name": name, "url": f"http://127.0.0.1:{p}"} for name, p in ports.items()]
    fresh = folder / "workers.json.new"
    fresh.write_text(json.dumps({"workers": workers}))
    fresh.replace(folder / "workers.json")


def owners(folder, names):
    write_list(folder, {name: 1 + n for n, name in enumerate(names)})
    workers = Workers(settings_in(folder))

    async def all_of_them():
        return {c: (await workers.order(c))[0].name for c in CONVERSATIONS}

    return run(all_of_them())


def test_each_worker_gets_its_share(tmp_path):
    found = list(owners(tmp_path, ["rasa", "rasa-2", "rasa-3", "rasa-4"]).values())
    assert all(400 < found.count(name) < 600 for name in set(found)) and len(set(found)) == 4


def test_a_worker_that_comes_or_goes_moves_only_its_own(tmp_path):
    three = owners(tmp_path, ["rasa", "rasa-2", "rasa-3"])
    two = owners(tmp_path, ["rasa", "rasa-2"])
    assert all(two[c] == three[c] for c in CONVERSATIONS if three[c] != "rasa-3")
    four = owners(tmp_path, ["rasa", "rasa-2", "rasa-3", "rasa-4"])
    assert {four[c] for c in CONVERSATIONS if four[c] != three[c]} == {"rasa-4"}


def test_a_name_stands_for_all_its_addresses(tmp_path):
    async def story():
        workers = Workers(settings_in(tmp_path, rasa_urls="http://localhost:5005, http://[::1]:7"))
        return {w.url for w in await workers.all()}

    found = run(story())
    assert "http://127.0.0.1:5005" in found and "http://[::1]:7" in found


@pytest.fixture
def two(settings, brain, tmp_path):
    """A frontdesk with two workers; yields (url, the second one's port)."""
    second = _free()
    write_list(tmp_path, {"rasa": brain.port, "rasa-2": second})
    with serving(brain.app(), second), serving(make_app(settings), settings.port) as url:
        yield url, second


def test_conversations_keep_to_a_worker(two, brain):
    async def story():
        for _ in range(12):
            async with Visitor(two[0]) as visitor:
                await visitor.say("one")
                await visitor.say("two")

    run(story())
    ports = {}
    for port, conversation in brain.served:
        ports.setdefault(conversation, set()).add(port)
    assert all(len(p) == 1 for p in ports.values())
    assert {p.pop() for p in ports.values()} == {brain.port, two[1]}


def test_the_other_worker_answers_at_once_when_one_is_gone(settings, brain, tmp_path):
    write_list(tmp_path, {"rasa": brain.port, "rasa-2": _free()})
    with serving(make_app(settings), settings.port) as url:

        async def story():
            for _ in range(8):
                async with Visitor(url) as visitor:
                    turn = await visitor.say("hello")
                    assert turn.texts[0] == "echo: hello" and turn.ms < 1000
                    assert all(m["author"] != "notice" for m in visitor.messages.values())

        run(story())
        report = httpx.get(url + "/health")
        assert report.status_code == 200 and report.json()["workers"] == "1 of 2"


def test_the_list_is_followed(two, brain, tmp_path):
    async def story():
        async with Visitor(two[0]) as visitor:
            for port in (two[1], brain.port, two[1]):
                write_list(tmp_path, {"rasa": port})
                await visitor.say("where")
                assert brain.served[-1][0] == port
            (tmp_path / "workers.json").write_text(
                "{half"
            )  # nobody writes so, and it harms nothing
            await visitor.say("still there")

    run(story())


def test_a_flood_waits_in_the_frontdesk(site, brain):
    """Rasa is given no more than it can begin with: what waits here runs into no time-out there."""

    async def story():
        visitors = [Visitor(site) for _ in range(40)]
        for visitor in visitors:
            await visitor.connect()
        brain.slow = 0.2
        turns = await asyncio.gather(*(v.say("hi") for v in visitors))
        assert all("echo: hi" in turn.texts for turn in turns)
        await asyncio.gather(*(v.close() for v in visitors))

    run(story())
    assert 1 < brain.most_in_all <= AT_ONCE


@pytest.mark.parametrize(
    "more, said",
    [
        ({"FRONTDESKS": "2"}, "needs DATABASE_URL (PostgreSQL) and REDIS_URL"),
        ({"DATABASE_URL": "mysql://x"}, "must start with postgresql://"),
    ],
)
def test_settings_that_do_not_go_together_are_one_sentence(tmp_path, more, said):
    env = {"CP503_SECRET": SECRET, "DATA_DIR": str(tmp_path), "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk"], capture_output=True, text=True, cwd="/",
        env={**env, "PATH": os.environ["PATH"], **more},
    )  # fmt: skip
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.splitlines()) == 1
