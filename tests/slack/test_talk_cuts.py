"""A client in Slack and an advisor at the desk, cut at random moments: nothing lost, doubled, out of order.

``SLACK_TALK=500 SLACK_CUTS=50`` makes it the long one (about ten minutes).
"""

import asyncio
import os
import random
import threading
import time
import uuid

import pytest
from desk import FrontdeskAlone
from staff import ORIGIN, AtTheDesk, a_person_please, account, asks_for_a_person

from tools.visitor import NoAnswer, NotTaken

EACH = int(os.environ.get("SLACK_TALK", "40")) // 2
CUTS = int(os.environ.get("SLACK_CUTS", "6"))


@pytest.fixture
def killable(slack, brain, tmp_path):
    a_person_please(brain)
    slack.automatic = True
    slack.retry_delays = (0.5, 5.0, 45.0)  # Slack's own are up to five minutes
    more = {"DESK_ORIGIN": ORIGIN, "HANDOFF_GRACE_SECONDS": "120"}
    made = FrontdeskAlone(tmp_path / "data", brain, slack.environment() | more).start()
    slack.app_url = made.url
    yield made
    made.kill()


async def back(advisor):
    while True:
        try:
            await advisor.connect()
            return
        except Exception:  # whatever a frontdesk that is not there gives
            await asyncio.sleep(0.1)


async def persist(advisor, text):
    """As the desk's page does: the same message until it is acknowledged."""
    same = uuid.uuid4().hex
    while True:
        try:
            return await advisor.say(text, same)
        except (NoAnswer, NotTaken, AssertionError):
            await back(advisor)


def retried(slack):
    return [d for d in slack.deliveries if d.attempts and not d.finished.is_set()]


def test_nothing_is_lost_doubled_or_out_of_order(killable, slack, brain, tmp_path):
    seed = int(os.environ.get("SLACK_SEED", random.randrange(1_000_000)))
    print(f"seed {seed}")
    chance = random.Random(seed)
    client = slack.user("U1")
    desk = AtTheDesk(killable.url, account(killable.url, tmp_path / "data").token)
    advisor = desk.advisor
    desk(advisor.connect())
    asks_for_a_person(slack, client)
    desk(advisor.take_first())
    slack.wait_for(lambda: "is here now" in slack.posted(client.dm)[-1].words)
    turns, failed, sent = len(brain.turns), [], [0]

    def client_writes():
        for n in range(EACH):
            said = client.says(client.dm, f"v{n}", wait=False)
            for delivery in said.deliveries:
                if not delivery.wait(120).delivered:
                    failed.append(
                        f"v{n}: {[(a.status, a.failure, round(a.seconds, 1)) for a in delivery.attempts]}"
                    )
            sent[0] += 1
            time.sleep(chance.uniform(0, 0.05))

    async def advisor_writes():
        for n in range(EACH):
            await persist(advisor, f"a{n}")
            sent[0] += 1
            await asyncio.sleep(chance.uniform(0, 0.05))

    writer = threading.Thread(target=client_writes, daemon=True)
    writer.start()
    writing = desk.begin(advisor_writes())
    faults = (
        lambda: slack.lose_answer("chat.postMessage"),
        lambda: slack.fail("chat.postMessage", status=429, retry_after=2),
        lambda: slack.fail("chat.postMessage", status=500),
        lambda: desk.begin(advisor.io.disconnect()),
    )
    cuts = 0
    for moment in sorted(chance.sample(range(2, 2 * EACH - 12), CUTS)):
        slack.wait_for(lambda m=moment: sent[0] >= m, 300, f"it stands still, seed {seed}")
        cuts += sent[0] < 2 * EACH
        if chance.random() < 0.5:
            time.sleep(chance.uniform(0, 1.0))
            # Slack gives up after three retries; a kill in the middle of them would only test Slack.
            slack.wait_for(lambda: not retried(slack), 60)
            killable.kill()
            killable.start()
        else:
            chance.choice(faults)()
    assert cuts >= CUTS - 2, "the cuts came after the talk"
    writer.join(600)
    writing.result(600)
    assert not failed, f"{failed}, seed {seed}"

    def answers():
        said = [m.text for m in slack.posted(client.dm) if m.text.startswith("anna: a")]
        return [text.removeprefix("anna: ") for text in said]

    wanted = [f"a{n}" for n in range(EACH)]
    slack.wait_for(lambda: len(answers()) >= EACH, 600, f"lost, seed {seed}")
    time.sleep(3)  # what would come twice would come now
    assert answers() == wanted, f"seed {seed}"
    desk(back(advisor))
    seen = [m for _, m in sorted(advisor.messages.items())]
    assert [m["seq"] for m in seen] == list(range(1, len(seen) + 1)), f"seed {seed}"
    for author, letter in (("visitor", "v"), ("advisor", "a")):
        said = [m["text"] for m in seen if m["author"] == author and m["text"][0] == letter]
        said = [text for text in said if text[1:].isdigit()]
        assert said == [f"{letter}{n}" for n in range(EACH)], f"{author}, seed {seed}"
    assert len(brain.turns) == turns, "a word went to the bot"
    desk(advisor.close())
