"""The firm's people in a browser: accounts made as the command line makes them, signed in; and a visitor."""

import asyncio
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pyotp
import warmed
from brain_stand_in import FACTS, SECRET, _reply

from tools.visitor import Visitor

PASSWORD = "seven green lamps"
ALWAYS = [[["00:00", "12:00"], ["12:00", "23:59"]]] * 7


def script(brain):
    """What the stand-in for Rasa answers in these tests."""
    brain.script |= {
        "a person please": [_reply("You can call us.", {"handoff": True})],
        "hearing": [
            _reply(
                "A final notice came.",
                {
                    "plan": None, "as_of": "2026-11-28",
                    "facts": {**FACTS, "final_levy_notice": True, "assumed": []},
                },
            )
        ],
    }  # fmt: skip


def _code(desk, name, role):
    said = desk.folder.parent / f"made-{name}.txt"
    warmed.start(
        ["-m", "frontdesk.desk.making", name, "--role", role],
        {"CP503_SECRET": SECRET, "DATA_DIR": str(desk.folder), "PORT": str(desk.port)}, said,
    )  # fmt: skip
    link = re.compile(r"#(\S+)")
    until(lambda: said.exists() and link.search(said.read_text()))
    return link.search(said.read_text()).group(1)


def sign_in(context, desk, name, role="advisor"):
    """Set an account up in a browser's context; returns the answer: ``csrf``, ``recovery``."""
    code, api = _code(desk, name, role), desk.url + "/desk/api/"
    secret = context.request.post(api + "setup/totp", data={"code": code}).json()["secret"]
    now = pyotp.TOTP(secret).at(datetime.now(UTC))
    done = context.request.post(
        api + "setup/finish", data={"code": code, "password": PASSWORD, "totp": now}
    )
    assert done.ok, done.text()
    return done.json()


def open_all_day(context, desk, csrf):
    """The firm is open, whatever the day of the test is; a manager says so."""
    done = context.request.put(
        desk.url + "/desk/api/hours", data={"weekly": ALWAYS, "holidays": False},
        headers={"x-desk-token": csrf},
    )  # fmt: skip
    assert done.ok, done.text()


def visit(url, *texts, waits=True, token=None, contact=None):
    """A visitor that says something, asks for a person and leaves; their token."""

    async def talk():
        async with Visitor(url, token) as visitor:
            for text in texts:
                await visitor.say(text)
            if waits:
                await visitor.tell("handoff_offer")
                more = {"name": contact[0], "contact": contact[1]} if contact else {}
                await visitor.tell("handoff_consent", agree=True, **more)
            return visitor.token

    # Playwright's own loop runs in this thread.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, talk()).result()


def until(true, seconds=15):
    """Wait for something that no page shows."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


class Remote:
    """A visitor who stays: a program in a thread of its own, told what to do."""

    def __init__(self, made):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.visitor = made
        self.do(made.connect())

    def do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(20)

    def close(self):
        self.do(self.visitor.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
