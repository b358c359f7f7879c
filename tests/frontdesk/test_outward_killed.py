"""The frontdesk is killed while it tells things: nothing lost, nothing doubled, in order."""

import asyncio
import random
import sys
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from chatwoot_stand import ACCOUNT, INBOX, TOKEN, chatwoot
from handoff_stand import Guest
from outward_stand import SECRET, receiver, until
from test_handoff_cuts import StaffedFrontdesk, persist

CALLBACK = "a-callback-token-of-tests"
EACH, KILLS = 30, 4


@pytest.fixture
def there():
    with chatwoot() as made:
        yield made


@pytest.fixture
def hook():
    with receiver() as made:
        yield made


class ImpatientFrontdesk(StaffedFrontdesk):
    """One that tries again at once (the end of this file)."""

    run = (str(Path(__file__)),)


@pytest.fixture
def frontdesk(tmp_path, brain, there, hook):
    more = {
        "HANDOFF_PROVIDER": "chatwoot", "CHATWOOT_URL": there.url, "CHATWOOT_ACCOUNT": str(ACCOUNT),
        "CHATWOOT_INBOX": INBOX, "CHATWOOT_TOKEN": TOKEN, "CHATWOOT_CALLBACK_TOKEN": CALLBACK,
        "WEBHOOK_URL": hook.url, "WEBHOOK_SECRET": SECRET,
    }  # fmt: skip
    made = ImpatientFrontdesk(tmp_path / "data", brain, more)
    there.callback = f"{made.url}/chatwoot/{CALLBACK}"
    made.start()
    yield made
    made.kill()


def test_killed_between_chatwoot_and_the_visitor(frontdesk, there, hook):
    chance = random.Random(503)
    there.slow = 0.02  # so that kills fall into requests

    async def story():
        await asyncio.sleep(7)  # it is known who is online in Chatwoot
        held = {"guest": Guest(frontdesk.url)}
        await held["guest"].connect()
        token = held["guest"].token

        async def back():
            while True:
                new = Guest(frontdesk.url, token, consent=False)
                new.messages = dict(held["guest"].messages)
                try:
                    await new.connect(opening=False)
                except Exception:  # it is being killed
                    await asyncio.sleep(0.1)
                    continue
                held["guest"] = new
                return

        await held["guest"].wait_for_a_person()
        await until(lambda: there.conversations)
        number = max(there.conversations)
        there.assign(number, 1)
        await held["guest"].read("is here now")

        async def say(text):
            # The acknowledgement is all a page needs; with an advisor nothing answers.
            await held["guest"].tell("say", client_id=f"the-client-id-{text}", text=text)

        async def visitor():
            for n in range(EACH):
                await persist(back, partial(say, f"question {n}"))
                await asyncio.sleep(chance.uniform(0, 0.3))

        async def agent():
            for n in range(EACH):
                there.reply(number, 1, f"answer {n}")
                await asyncio.sleep(chance.uniform(0, 0.5))

        async def killer():
            for _ in range(KILLS):
                await asyncio.sleep(chance.uniform(0.2, 1.5))
                await asyncio.to_thread(frontdesk.kill)
                await asyncio.to_thread(frontdesk.start)

        await asyncio.gather(visitor(), agent(), killer())

        def there_all():
            return [t for k, t in there.said(number) if k == "incoming"]

        await until(lambda: f"question {EACH - 1}" in there_all(), seconds=30)
        await back()
        await held["guest"].read(f"answer {EACH - 1}")
        assert there_all() == [f"question {n}" for n in range(EACH)]
        told = [t for t in held["guest"].texts() if t.startswith("answer")]
        assert told == [f"answer {n}" for n in range(EACH)]
        assert len([t for t in held["guest"].texts() if "is here now" in t]) == 1
        assert len(there.conversations) == 1
        await until(lambda: len({h["webhook-id"] for h, _ in hook.got}) == 2)

    asyncio.run(asyncio.wait_for(story(), 180))


if __name__ == "__main__":
    import handoff_stand

    from frontdesk.outward import outbox, sender

    outbox.LEASE, outbox.WAITS = timedelta(seconds=1), (0.1,)
    sender.RESTS, sender.ROUND_SECONDS, sender.HOLD_SECONDS = (0.1,), 0.1, 0.3
    sys.exit(handoff_stand.main())
