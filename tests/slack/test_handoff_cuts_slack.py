"""Somebody in Slack and an advisor, cut off at random: nothing lost, nothing twice, the advisor's words in order.

The frontdesk is killed (SIGKILL), the advisor's connection broken, Slack's answer lost after it posted. A
person's next message waits for the last one to have arrived: what Slack delivers late arrives late.
``CUTS=50`` makes it fifty cuts and 500 messages; each post takes a second, as Slack wants.
"""

import os
import random
import sys
import time
from pathlib import Path

import pytest
from desk import StaffedFrontdesk

sys.path.insert(0, str(Path(__file__).parents[1] / "frontdesk"))
from handoff_stand import AtTheDesk  # noqa: E402

CUTS, EACH = int(os.environ.get("CUTS", "6")), 5  # messages of each side around a cut
CALL = [{"text": "You can call.", "buttons": [], "links": [], "data": {"handoff": True}}]


@pytest.fixture
def staffed(slack, brain, tmp_path):
    slack.automatic = True
    slack.retry_delays = (0.2, 5.0, 60.0)  # Slack's own are up to five minutes
    brain.script["a person please"] = CALL
    more = {**slack.environment(), "HANDOFF_GRACE_SECONDS": "3600"}
    frontdesk = StaffedFrontdesk(tmp_path / "data", brain, more).start()
    slack.app_url = frontdesk.url
    yield frontdesk
    frontdesk.kill()


def test_nothing_lost_doubled_or_out_of_order(staffed, slack, brain):
    seed = int(os.environ.get("SEED", random.randrange(1_000_000)))
    print(f"seed {seed}")
    chance = random.Random(seed)
    anna = AtTheDesk(staffed.url)
    anna(anna.advisor.connect())
    jo = slack.user("U1")
    jo.says(jo.dm, "a person please")
    offer = slack.wait_posted(jo.dm, count=3)[-1]
    jo.clicks(offer, "Yes, pass it on")
    slack.wait_for(lambda: "next in line" in slack.posted(jo.dm)[-1].words)
    anna(anna.advisor.take_first())
    slack.wait_for(lambda: "is here now" in slack.posted(jo.dm)[-1].words)
    turns, asked, answered = len(brain.turns), [], []

    async def advisor_writes(texts):
        for text in texts:
            await anna.advisor.insist(text)

    def jo_writes():
        asked.append(f"question {len(asked)}")
        message = jo.says(jo.dm, asked[-1], wait=False)
        return message.deliveries

    def arrived(deliveries):
        for delivery in deliveries:
            assert delivery.wait(120).delivered, f"seed {seed}"

    for n in range(CUTS):
        texts = [f"answer {len(answered) + m}" for m in range(EACH)]
        answered += texts
        writing = anna.begin(advisor_writes(texts))
        early = chance.randrange(1, EACH)
        for _ in range(early):
            arrived(jo_writes())
        how = chance.choice(["kill", "kill", "advisor", "answer"])
        if how == "answer":
            slack.lose_answer("chat.postMessage")
        on_its_way = jo_writes()
        time.sleep(chance.random() * 0.2)
        if how == "kill":
            staffed.kill()
            time.sleep(chance.random() * 0.3)
            staffed.start()
        elif how == "advisor":
            anna(anna.advisor.io.disconnect())
        arrived(on_its_way)
        for _ in range(EACH - early - 1):
            arrived(jo_writes())
        writing.result(120)
        print(f"{n + 1}: {how}")

    def said():
        words = [m.words.split("\n")[-1] for m in slack.posted(jo.dm)]
        return [w.split("answer ")[-1] for w in words if "answer " in w]

    wanted = [text.split()[1] for text in answered]
    slack.wait_for(lambda: len(said()) >= len(wanted), 30 + 3 * len(wanted), f"lost, seed {seed}")
    time.sleep(3)  # what would come twice would come now
    assert said() == wanted, f"seed {seed}"
    anna(anna.advisor.back())
    at_desk = [m for _, m in sorted(anna.advisor.messages.items())]
    assert [m["seq"] for m in at_desk] == list(range(1, len(at_desk) + 1)), f"seed {seed}"
    heard = [m["text"] for m in at_desk if m["author"] == "visitor" and "question" in m["text"]]
    assert heard == asked, f"seed {seed}"
    assert [m["text"] for m in at_desk if m["author"] == "advisor"] == answered, f"seed {seed}"
    assert len(brain.turns) == turns
    anna(anna.advisor.close())
