"""Told elsewhere from a real PostgreSQL, and by two frontdesks at once: each thing once."""

import asyncio

import pytest
from brain_stand_in import _free, serving
from handoff_stand import Advisor, Guest
from outward_stand import SECRET, until
from test_outward_chatwoot import (  # noqa: F401  # run here again, on the other database
    run,
    start,
    test_a_case_from_chatwoots_side,
    test_answers_that_get_lost_double_nothing,
    test_what_a_visitor_deletes_is_deleted_there,
    there,
    waiting,
)
from test_outward_mail import office, staff  # noqa: F401

from frontdesk.app import make_app
from tools.servers import fresh_database


@pytest.fixture
def database_url(postgres):
    return fresh_database(postgres)


def test_two_frontdesks_tell_each_thing_once(
    settings, redis, brain, start, there, office, staff, monkeypatch  # noqa: F811
):  # fmt: skip
    monkeypatch.setenv("SMTP_URL", f"smtp://127.0.0.1:{office.port}")
    monkeypatch.setenv("MAIL_FROM", "desk@harbor.example")
    from outward_stand import receiver

    more = {"redis_url": redis.url, "brain_timeout_seconds": 5.0, "handoff": True}
    one = settings.model_copy(update=more)
    two = one.model_copy(update={"port": _free()})

    async def story(first, second, hook):
        async with Guest(first) as guest, Advisor(second):
            number = await waiting(guest, there)
            there.assign(number, 1)
            await guest.read("is here now")
            for n in range(6):
                await guest.say(f"question {n}")
                there.reply(number, 1, f"answer {n}")
                await guest.read(f"answer {n}")
            await until(lambda: ("incoming", "question 5") in there.said(number))
            there.set_status(number, "resolved")
            await guest.read("has closed this")
            await until(lambda: len(hook.got) >= 3 and office.mails)
            await asyncio.sleep(1)
            incoming = [text for kind, text in there.said(number) if kind == "incoming"]
            assert incoming == [f"question {n}" for n in range(6)]
            answers = [t for t in guest.texts() if t.startswith("answer")]
            assert answers == [f"answer {n}" for n in range(6)]
            assert len(there.said(number)) == len(set(there.said(number)))
            assert len(there.conversations) == 1
            ids = [headers["webhook-id"] for headers, _ in hook.got]
            assert len(ids) == len(set(ids)) == 3 and len(office.mails) == 1

    with receiver() as hook:
        monkeypatch.setenv("WEBHOOK_URL", hook.url)
        monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
        with serving(make_app(one), one.port) as first, serving(make_app(two), two.port) as second:
            run(story(first, second, hook))
