"""The frontdesk killed (SIGKILL) at random moments, and flooded: nothing lost, nothing twice.

Each kill meets three people at a random moment of their conversation; ``KILLS=50`` makes it fifty kills.
"""

import os
import random
import time

import pytest
from desk import FrontdeskAlone

PEOPLE, KILLS = 8, int(os.environ.get("KILLS", "8"))


@pytest.fixture
def killable(slack, brain, tmp_path):
    slack.automatic = True
    slack.retry_delays = (
        0.2,
        2.0,
        40.0,
    )  # a busy machine starts slowly; Slack's own are up to five minutes
    desk = FrontdeskAlone(tmp_path / "data", brain, slack.environment()).start()
    slack.app_url = desk.url
    yield desk
    desk.kill()


def echoes(slack, channel):
    return [m.text for m in slack.posted(channel) if m.text.startswith("echo: ")]


def test_killed_at_random_moments(killable, slack, brain):
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    people = [slack.user(f"U{100 + n}") for n in range(PEOPLE)]
    said = {p: [] for p in people}
    for _ in range(KILLS):
        for person in chance.sample(people, 3):
            text = f"{person.id} says {len(said[person])}"
            said[person].append(text)
            person.says(person.dm, text, wait=False)
        if chance.random() < 0.3:
            slack.lose_answer("chat.postMessage")
        time.sleep(chance.random() * 0.4)
        killable.kill()
        killable.start()
        # Slack gives up after three retries; a new kill before them would only test Slack.
        for delivery in slack.deliveries:
            delivery.wait(90)
    for person in people:
        for message in [m for m in slack.messages(person.dm) if not m.by_app]:
            for delivery in message.deliveries:
                assert delivery.wait(60).delivered, f"seed {seed}"
    for person in people:
        wanted = {f"echo: {t}" for t in said[person]}
        slack.wait_for(
            lambda p=person, w=wanted: set(echoes(slack, p.dm)) == w, 180, f"lost, seed {seed}"
        )
    time.sleep(3)  # what would come twice would come now
    for person in people:
        found = echoes(slack, person.dm)
        assert sorted(found) == sorted(f"echo: {t}" for t in said[person]), f"seed {seed}"
        openings = [m for m in slack.posted(person.dm) if m.text == "opening"]
        assert len(openings) == (1 if said[person] else 0), f"seed {seed}"


def test_three_hundred_events_from_fifty_people(killable, slack):
    people = [slack.user(f"U{200 + n}") for n in range(50)]
    began = time.monotonic()
    for turn in range(6):
        for n, person in enumerate(people):
            person.says(person.dm, f"{person.id} asks {turn}", wait=False)
            due = began + (turn * 50 + n) * 10 / 300
            time.sleep(max(0.0, due - time.monotonic()))
    for person in people:
        for message in [m for m in slack.messages(person.dm) if not m.by_app]:
            assert all(d.wait(60).delivered for d in message.deliveries)
    slack.wait_for(lambda: all(len(echoes(slack, p.dm)) == 6 for p in people), 180, "lost")
    for person in people:
        assert echoes(slack, person.dm) == [f"echo: {person.id} asks {n}" for n in range(6)]
    seconds = sorted(d.attempts[0].seconds for d in slack.deliveries if d.attempts)
    print(f"acknowledged: p50 {seconds[len(seconds) // 2]:.3f} s, p99 {seconds[-3]:.3f} s")
