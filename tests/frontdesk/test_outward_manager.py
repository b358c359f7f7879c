"""What a manager sees of what is told elsewhere, and that "try again" does."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from brain_stand_in import serving
from desk_stand import Browser, Stand
from handoff_stand import Advisor, Guest, put_in
from outward_stand import SECRET, quick, receiver, until
from test_app import PACKAGE

import frontdesk.app
from frontdesk.desk.making import make
from frontdesk.ledger import Database, address
from frontdesk.ledger.store import now
from frontdesk.outward.settings import OutwardSettings


@pytest.fixture
def there():
    with receiver() as made:
        yield made


@pytest.fixture
def chosen(settings, there, monkeypatch):
    monkeypatch.setattr(frontdesk.app, "Handoff", frontdesk.app.Handoff)
    put_in(frontdesk.app)
    quick(monkeypatch)
    monkeypatch.setenv("WEBHOOK_URL", there.url)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    return settings.model_copy(update={"handoff": True, "brain_timeout_seconds": 5.0})


async def manager(settings, url):
    """A manager's browser at the running desk."""
    database = Database(address(settings.folder, settings.database_url))
    stand = Stand(settings, database, url)
    stand.clock.now = now()
    browser = Browser(stand, "127.0.0.1", url)
    browser.http = httpx.AsyncClient(base_url=url, trust_env=False)
    await browser.set_up((await make(stand.core, "mia", "manager", False))[2], "mia")
    await database.close()
    return browser


def test_a_manager_sees_it_and_has_it_tried_again(chosen, there):
    there.answer = 410

    async def story(url):
        async with Advisor(url) as anna, Guest(url) as guest:
            mia = await manager(chosen, url)
            seen = (await mia.get("outward")).json()["kinds"]
            assert seen["webhook"]["on"] and not seen["mail"]["on"] and not seen["chatwoot"]["on"]
            assert seen["webhook"]["error"] is None and seen["webhook"]["oldest"] is None

            async def given_up():
                return (await mia.get("outward")).json()["kinds"]["webhook"]["given_up"]

            await guest.wait_for_a_person()
            await until(given_up)
            await anna.take_first()

            async def both():
                return await given_up() == 2

            await until(both)
            assert len(there.got) == 1  # it said 410; the second was not sent at all
            error = (await mia.get("outward")).json()["kinds"]["webhook"]["error"]
            assert error["code"] in ("http 410", "stopped by 410") and error["at"]
            there.answer = 200
            assert (await mia.post("outward/retry", kind="mail")).json() == {"again": 0}
            assert (await mia.post("outward/retry", kind="fax")).status_code == 400
            assert (await mia.post("outward/retry")).json() == {"again": 2}
            await until(lambda: len(there.got) == 3)

            async def sent():
                return (await mia.get("outward")).json()["kinds"]["webhook"]["sent"] == 2

            await until(sent)
            assert (await mia.get("outward")).json()["kinds"]["webhook"]["error"] is None
            entries = (await mia.get("audit")).json()["entries"]
            assert "outward.retried" in [e["what"] for e in entries]
            ids = [h["webhook-id"] for h, _ in there.got]
            assert len(set(ids)) == 2 and ids[0] in ids[1:]
            await mia.http.aclose()

    with serving(frontdesk.app.make_app(chosen), chosen.port) as url:
        asyncio.run(asyncio.wait_for(story(url), 60))


def test_killed_while_it_sends_it_comes_again_under_the_same_id(
    chosen, there, tmp_path, monkeypatch
):
    """The process dies after the request went out and before its answer was noted."""
    import datetime

    from frontdesk.outward import outbox

    monkeypatch.setattr(outbox, "LEASE", datetime.timedelta(seconds=0.5))
    there.slow = 3.0

    async def ask(url):
        async with Advisor(url), Guest(url) as guest:
            await guest.wait_for_a_person()
            await until(lambda: there.got)

    with serving(frontdesk.app.make_app(chosen), chosen.port) as url:
        asyncio.run(asyncio.wait_for(ask(url), 60))
    count, there.slow = len(there.got), 0.0
    with serving(frontdesk.app.make_app(chosen), chosen.port):
        asyncio.run(until(lambda: len(there.got) > count))
    assert len({h["webhook-id"] for h, _ in there.got}) == 1
    assert len({body for _, body in there.got}) == 1
    assert json.loads(there.got[0][1])["type"] == "case.asked"


def test_the_example_lists_every_setting():
    text = (Path(PACKAGE).parents[1] / ".env.example").read_text()
    for name in OutwardSettings.model_fields:
        assert name.upper() in text, name


def test_a_setting_that_does_not_fit_is_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "frontdesk"], capture_output=True, text=True, cwd="/",
        env={
            "PYTHONPATH": str(PACKAGE.parent), "CP503_SECRET": "x", "DATA_DIR": str(tmp_path),
            "SMTP_URL": "mail.example.com:25",
        },
    )  # fmt: skip
    assert done.returncode == 2 and "SMTP_URL must be like" in done.stderr
    assert "Traceback" not in done.stderr
