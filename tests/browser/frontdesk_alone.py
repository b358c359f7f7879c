"""The real frontdesk as a process of its own beside a stand-in for Rasa that says what a test wants."""

import asyncio
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "frontdesk"))

import warmed  # noqa: E402
from brain_stand_in import SECRET, BrainStandIn, serving  # noqa: E402

from tools.project import ROOT, environment, free_port  # noqa: E402
from tools.visitor import Visitor  # noqa: E402

READY_SECONDS = 60
MANY = 334  # messages of a long talk; each is answered by two


class ScriptedBrain(BrainStandIn):
    """Answers what ``script`` holds for a text; anything else as the stand-in does."""

    def __init__(self):
        super().__init__()
        self.script = {}

    def replies(self, body):
        said = body["payload"] or body["text"]
        return self.script.get(said) or super().replies(body)


class FrontdeskAlone:
    """``start``, ``kill`` (SIGKILL) and ``start`` again on the same port and data.

    In a setting, ``{url}`` is its address.
    """

    run = ("-m", "frontdesk")

    def __init__(self, folder, brain, settings=None):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = folder
        self._env = {
            **environment(), "PORT": str(self.port), "DATA_DIR": str(folder),
            "RASA_PORT": str(brain.port), "CP503_SECRET": SECRET, "PYTHONPATH": os.pathsep.join((str(ROOT / "frontdesk"), str(ROOT))),
            "FIRM_NAME": "Harbor Tax", "FIRM_PHONE": "555-0142", "ALLOWED_ORIGINS": "",
            "MESSAGES_PER_10_SECONDS": "1000", **{k: v.replace("{url}", self.url) for k, v in (settings or {}).items()},
        }  # fmt: skip
        self.pid = None  # of the running process

    def start(self):
        """Start it and wait until it takes messages."""
        self.pid = warmed.start(self.run, self._env, self.folder.parent / "frontdesk.log")
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            try:
                if httpx.get(self.url + "/ready").status_code == 200:
                    return self
            except httpx.HTTPError:
                time.sleep(0.05)
        raise AssertionError("the frontdesk did not start")

    def kill(self):
        """As a crash would end it."""
        if self.pid is not None:
            warmed.end(self.pid)
            self.pid = None


class StaffedFrontdesk(FrontdeskAlone):
    """One whose desk lets advisors in by name (``handoff_stand``)."""

    run = (str(Path(__file__).parents[1] / "frontdesk" / "handoff_stand.py"),)


def long_talk(url):
    """A conversation of a thousand messages; its visitor's token."""

    async def talk():
        async with Visitor(url) as visitor:
            for n in range(MANY):
                await visitor.say(f"question {n} about $12,250.50 and 800-829-1040")
            return visitor.token

    with ThreadPoolExecutor(1) as pool:  # Playwright's own loop runs in this thread
        return pool.submit(asyncio.run, talk()).result()


__all__ = ["MANY", "long_talk", "FrontdeskAlone", "ScriptedBrain", "StaffedFrontdesk", "serving"]
