"""A visitor and an advisor, ten messages a cut: sockets broken, the frontdesk killed.

``CUTS=50`` makes it fifty cuts and 500 messages.
"""

import asyncio
import os
import random
import sys
import uuid
from pathlib import Path

import pytest
from handoff_stand import Advisor, Guest

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))
from frontdesk_alone import StaffedFrontdesk  # noqa: E402

from tools.visitor import NoAnswer, NotTaken  # noqa: E402

CUTS = int(os.environ.get("CUTS", "12"))
EACH, KILLS = 5 * CUTS, max(2, CUTS // 8)


@pytest.fixture
def frontdesk(tmp_path, brain):
    more = {"MESSAGES_PER_10_SECONDS": "100000", "HANDOFF_GRACE_SECONDS": "600"}
    made = StaffedFrontdesk(tmp_path / "data", brain, more).start()
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

        async def visitor_writes():
            for n in range(EACH):
                body = {"client_id": uuid.uuid4().hex, "text": f"v{n}"}
                await persist(guest_back, lambda body=body: state["guest"].tell("say", **body))
                state["sent"] += 1
                await asyncio.sleep(chance.uniform(0, 0.03))

        async def advisor_writes():
            for n in range(EACH):
                await anna.insist(f"a{n}")
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
        await anna.back()
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

    asyncio.run(asyncio.wait_for(story(), 120 + 6 * CUTS))
