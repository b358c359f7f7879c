"""Bad luck while people talk: a locked database, a full disk, a clock that jumps, two tabs."""

import asyncio
import resource
import sqlite3
import uuid
from datetime import datetime, timedelta

import pytest
from brain_stand_in import serving
from handoff_stand import Advisor, Guest, put_in
from hypothesis import given
from hypothesis import strategies as st
from test_handoff_cuts import StaffedFrontdesk

from frontdesk import app
from frontdesk.app import make_app
from frontdesk.handoff.steady import MOST, Steady
from frontdesk.ledger.store import now
from tools.visitor import NotTaken

SECONDS = st.floats(-7200, 7200)


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


class Clock:
    """The real one, and so much."""

    def __init__(self):
        self.off = timedelta()

    def __call__(self):
        return now() + self.off


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def site(settings, brain, monkeypatch, clock):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app, clock=clock)
    quick = settings.model_copy(update={
        "handoff_grace_seconds": 2.0, "handoff_wait_minutes": 30.0, "brain_timeout_seconds": 5.0,
    })  # fmt: skip
    with serving(make_app(quick), quick.port) as url:
        yield url


@pytest.mark.parametrize("hours", [1, -1])
def test_a_clock_that_jumps_takes_no_case_away(site, clock, hours):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.wait_for_a_person()
            await anna.take_first()
            clock.off = timedelta(hours=hours)
            await asyncio.sleep(2.5)  # longer than the grace
            await anna.say("still here")
            await guest.read("still here")
            assert not any("lost the connection" in text for text in guest.texts())

    run(story())


def test_after_the_clock_went_back_a_gone_advisor_is_still_noticed(site, clock):
    async def story():
        anna = Advisor(site)
        async with Guest(site) as guest, Advisor(site, "u-ben") as ben:
            await anna.connect()
            await guest.wait_for_a_person()
            await anna.take_first()
            clock.off = timedelta(hours=-1)
            await anna.close()
            await guest.read("Anna has lost the connection.")
            await ben.until(lambda: len(ben.queue) == 1)

    run(story())


def test_after_the_clock_went_back_nobody_waits_an_hour_in_silence(site, clock):
    async def story():
        async with Guest(site) as guest, Advisor(site):
            await guest.wait_for_a_person()
            clock.off = timedelta(hours=-1)
            await guest.read("call you back")

    run(story())


@given(SECONDS, st.floats(0, 600))
def test_only_what_the_time_does_not_explain_is_a_jump(jump, waited):
    wall, passed = [datetime(2026, 11, 29, 1, 30)], [100.0]
    steady = Steady(lambda: wall[0], lambda: passed[0])
    wall[0] += timedelta(seconds=waited + jump)
    passed[0] += waited
    if abs(abs(jump) - MOST.total_seconds()) > 0.001:
        assert steady.jumped() is (abs(jump) > MOST.total_seconds())
    assert not steady.jumped()


def test_a_locked_database_refuses_the_advisor_in_words_and_keeps_the_case(site, settings):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.wait_for_a_person()
            (waiting,) = (await anna.do("join"))["waiting"]
            blocker = sqlite3.connect(settings.folder / "frontdesk.db", isolation_level=None)
            blocker.execute("BEGIN EXCLUSIVE")
            refused = await anna.tell("claim", case=waiting["case"])
            assert refused["error"]["code"] == "not_now"
            assert "nothing was saved" in refused["error"]["message"]
            blocker.execute("ROLLBACK")
            blocker.close()
            await anna.take_first()
            await anna.say("now it works")
            await guest.read("now it works")

    run(story())


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="Linux limits a running process")
def test_a_full_disk_refuses_both_sides_and_loses_nothing(tmp_path, brain):
    frontdesk = StaffedFrontdesk(tmp_path / "data", brain).start()

    def room(size):
        resource.prlimit(frontdesk.pid, resource.RLIMIT_FSIZE, (size, hard))

    _, hard = resource.prlimit(frontdesk.pid, resource.RLIMIT_FSIZE)

    async def story():
        async with Guest(frontdesk.url) as guest, Advisor(frontdesk.url) as anna:
            await guest.wait_for_a_person()
            await anna.take_first()
            room(0)
            kept = uuid.uuid4().hex
            refused = await anna.tell("say", case=anna.case, client_id=kept, text="an answer")
            assert refused["error"]["code"] == "not_now"
            with pytest.raises(NotTaken) as words:
                await guest.tell("say", client_id=kept, text="a question")
            assert words.value.code == "not_saved"
            assert (await anna.tell("note", case=anna.case, client_id=kept, text="n"))["error"]
            assert (await anna.tell("close", case=anna.case, outcome="answered"))["error"]
            room(hard)
            await guest.tell("say", client_id=kept, text="a question")
            await anna.say("an answer", kept)
            await guest.read("an answer")
            await anna.until(lambda: anna.after == len(guest.messages))
            assert [t for t in guest.texts() if t in ("a question", "an answer")] == [
                "a question",
                "an answer",
            ]

    try:
        run(story())
    finally:
        frontdesk.kill()


def test_two_tabs_of_one_advisor_show_the_same(site):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna, Advisor(site) as tab:
            await guest.wait_for_a_person()
            await anna.take_first()
            await tab.open(anna.case)
            same = uuid.uuid4().hex
            await anna.say("once", same)
            await tab.say("once", same)  # both tabs hold the same draft
            await guest.tell("say", client_id=uuid.uuid4().hex, text="thanks")
            await anna.until(lambda: anna.after == tab.after == max(guest.messages))
            assert guest.texts().count("once") == 1
            await tab.close()
            await asyncio.sleep(2.5)  # one tab is enough to be there
            assert not any("lost the connection" in text for text in guest.texts())

    run(story())


def test_a_closed_case_is_claimed_no_more(site):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna, Advisor(site, "u-ben") as ben:
            await guest.wait_for_a_person()
            await anna.take_first()
            await anna.do("close", case=anna.case, outcome="answered")
            for advisor in (anna, ben):
                refused = await advisor.tell("claim", case=anna.case)
                assert refused["error"]["code"] in ("not_waiting", "no_case")
                assert refused["error"]["message"].endswith(".")

    run(story())
