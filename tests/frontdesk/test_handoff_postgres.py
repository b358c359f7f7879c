"""The talk with an advisor on a real PostgreSQL, and at two frontdesks at once."""

import asyncio

import pytest
from brain_stand_in import _free, serving
from handoff_stand import Advisor, Guest, put_in
from test_handoff_talk import (  # noqa: F401  # run here again, on the other database
    hours,
    patient,
    run,
    site,
    test_a_case_from_the_offer_to_its_end,
    test_a_message_sent_again_is_written_once,
    test_hearing_rights_come_before_who_waits_longer,
    test_nobody_claims_and_a_call_back_is_offered,
    test_the_advisors_browser_is_gone,
    test_transfer_release_and_return,
)

from frontdesk import app
from frontdesk.app import make_app
from tools.servers import fresh_database


@pytest.fixture
def database_url(postgres):
    return fresh_database(postgres)


def test_visitor_and_advisor_at_two_frontdesks(settings, redis, monkeypatch, patient, brain):  # noqa: F811
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    one = settings.model_copy(update={"redis_url": redis.url, "brain_timeout_seconds": 5.0})
    two = one.model_copy(update={"port": _free()})

    async def story(first, second):
        async with Guest(first) as guest, Advisor(second) as anna, Advisor(first, "u-ben") as ben:
            await guest.wait_for_a_person()
            await ben.until(lambda: len(ben.queue) == 1)
            await anna.until(lambda: len(anna.queue) == 1)
            await anna.take_first()
            await ben.until(lambda: ben.queue == [])
            for n in range(10):
                await guest.say(f"v{n}")
                await anna.say(f"a{n}")
            await guest.read("a9")
            await anna.until(lambda: len(anna.messages) == len(guest.messages))
            assert [m["text"] for _, m in sorted(anna.messages.items())] == guest.texts()
            await asyncio.sleep(0.1)

    with serving(make_app(one), one.port) as first, serving(make_app(two), two.port) as second:
        run(story(first, second))
