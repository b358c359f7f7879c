"""500 messages between a visitor and an advisor, with 50 cuts: sockets broken, the frontdesk killed."""

import asyncio
import random
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import pytest
from brain_stand_in import _free
from handoff_stand import Advisor, Guest

from tools.visitor import NoAnswer, NotTaken

EACH, CUTS, KILLS = 250, 50, 6


class Frontdesk:
    """In a process of its own, so that it can be killed."""

    def __init__(self, folder, brain, script=Path(__file__).parent / "handoff_stand.py"):
        self.folder, self.brain, self.port, self.script = folder, brain, _free(), script
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [sys.executable, str(self.script), str(self.port), str(self.folder), str(self.brain)]
        )
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                with urllib.request.urlopen(self.url + "/ready", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("the frontdesk did not start")

    def kill(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def frontdesk(tmp_path, brain):
    made = Frontdesk(tmp_path, brain.port)
    made.start()
    yield made
    made.kill()


async def persist(connect, act):
    """Do something until it is acknowledged, connecting again after each cut, as the pages do."""
    while True:
        try:
            return await act()
        except (NoAnswer, NotTaken, AssertionError):
            await connect()


def test_nothing_lost_doubled_or_out_of_order(frontdesk, brain):
    chance = random.Random(503)

    async def story():
        guest = Guest(frontdesk.url)
        await guest.connect()
        anna = Advisor(frontdesk.url)
        await anna.connect()
        await guest.wait_for_a_person()
        await anna.take_first()
        turns = len(brain.turns)
        state = {"guest": guest, "tokens": guest.token, "sent": 0, "cuts": 0}

        async def guest_back():
            old = state["guest"]
            while True:
                new = Guest(frontdesk.url, state["tokens"], consent=False)
                new.messages = dict(old.messages)
                try:
                    await new.connect(opening=False)
                except (NoAnswer, NotTaken):
                    await asyncio.sleep(0.1)
                    continue
                state["guest"] = new
                return

        async def anna_back():
            while True:
                try:
                    await anna.connect()
                    return
                except Exception:
                    await asyncio.sleep(0.1)

        async def visitor_writes():
            for n in range(EACH):
                body = {"client_id": uuid.uuid4().hex, "text": f"v{n}"}
                await persist(guest_back, lambda body=body: state["guest"].tell("say", **body))
                state["sent"] += 1
                await asyncio.sleep(chance.uniform(0, 0.03))

        async def advisor_writes():
            for n in range(EACH):
                same = uuid.uuid4().hex
                await persist(anna_back, lambda n=n, same=same: anna.say(f"a{n}", same))
                state["sent"] += 1
                await asyncio.sleep(chance.uniform(0, 0.03))

        async def cut():
            kills = set(chance.sample(range(CUTS), KILLS))
            # Spread over the whole talk, the last one before its end.
            moments = sorted(chance.sample(range(5, 2 * EACH - 20), CUTS))
            for n, moment in enumerate(moments):
                while state["sent"] < moment:
                    await asyncio.sleep(0.005)
                if n in kills:
                    await asyncio.to_thread(frontdesk.kill)
                    await asyncio.to_thread(frontdesk.start)
                elif chance.random() < 0.5:
                    await state["guest"]._io.disconnect()
                else:
                    await anna.io.disconnect()
                state["cuts"] += state["sent"] < 2 * EACH

        await asyncio.gather(visitor_writes(), advisor_writes(), cut())
        assert state["cuts"] >= CUTS - 2, "the cuts came after the talk"
        await guest_back()
        await anna_back()
        for _ in range(200):
            if len(anna.messages) == len(state["guest"].messages) and anna.after == len(
                anna.messages
            ):
                break
            await asyncio.sleep(0.05)
        seen = [m for _, m in sorted(state["guest"].messages.items())]
        at_desk = [m for _, m in sorted(anna.messages.items())]
        for messages in (seen, at_desk):
            assert [m["seq"] for m in messages] == list(range(1, len(messages) + 1))
            for author, letter in (("visitor", "v"), ("advisor", "a")):
                said = [m["text"] for m in messages if m["author"] == author]
                assert said == [f"{letter}{n}" for n in range(EACH)]
        assert [m["text"] for m in seen] == [m["text"] for m in at_desk]
        assert len(brain.turns) == turns  # not one word went to the bot
        await anna.close()
        await state["guest"].close()

    asyncio.run(asyncio.wait_for(story(), 240))
