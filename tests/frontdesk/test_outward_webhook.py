"""The webhook: signed as Standard Webhooks asks, nothing personal in it, and every failure made up for."""

import asyncio
import base64
import json
import re
from pathlib import Path

import pytest
from brain_stand_in import serving
from handoff_stand import Advisor, Guest, put_in
from outward_stand import SECRET, quick, receiver, until
from pydantic import ValidationError

from frontdesk import app
from frontdesk.app import make_app
from frontdesk.outward.http import retry_after
from frontdesk.outward.settings import OutwardSettings
from frontdesk.outward.webhook import signature

DOC = Path(__file__).parents[2] / "docs" / "elsewhere.md"


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


def documented():
    """The ``verify`` of docs/elsewhere.md, as its reader would use it."""
    code = next(
        c for c in re.findall(r"```python\n(.*?)```", DOC.read_text(), re.S) if "def verify" in c
    )
    made = {}
    exec(code, made)
    return made["verify"]


@pytest.fixture
def there():
    with receiver() as made:
        yield made


@pytest.fixture
def start(settings, there, monkeypatch):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    quick(monkeypatch)
    monkeypatch.setenv("WEBHOOK_URL", there.url)
    monkeypatch.setenv("WEBHOOK_SECRET", SECRET)
    more = {"handoff": True, "firm_name": "Harbor Tax", "desk_origin": "https://desk.example"}
    chosen = settings.model_copy(update={**more, "brain_timeout_seconds": 5.0})
    return lambda: serving(make_app(chosen), chosen.port)


def told(there):
    return [json.loads(body) for _, body in there.got]


def test_a_cases_moves(start, there):
    async def story(site):
        async with Advisor(site) as anna, Guest(site) as guest:
            await guest.say("result")
            await guest.say("i owe 12000, call me at 555 123 4567")
            await guest.wait_for_a_person()
            await anna.take_first()
            await anna.say("Hello, this is Anna.")
            await anna.do("release", case=anna.case)
            await anna.do("claim", case=anna.case)
            await anna.do("return", case=anna.case, agreed="We will call.")
            await guest.wait_for_a_person()
            await anna.do("claim", case=anna.case)
            await anna.do("close", case=anna.case, outcome="engaged")
            await until(lambda: len(there.got) == 8)

    with start() as site:
        run(story(site))
    events = sorted(told(there), key=lambda e: e["timestamp"])
    assert [e["type"] for e in events] == [
        "case.asked", "case.claimed", "case.released", "case.claimed", "case.returned",
        "case.asked", "case.claimed", "case.closed",
    ]  # fmt: skip
    assert [e["data"]["state"] for e in events] == [
        "waiting", "with_advisor", "waiting", "with_advisor", "bot", "waiting", "with_advisor",
        "closed",
    ]  # fmt: skip
    last = events[-1]["data"]
    assert last["outcome"] == "engaged" and last["why"] == "asked" and last["urgency"] == "later"
    assert last["channel"] == "website" and last["link"] == "https://desk.example/desk"
    assert set(last) == {
        "case", "conversation", "state", "why", "urgency", "channel", "callback", "outcome", "link",
    }  # fmt: skip
    raw = b"".join(body for _, body in there.got)
    for word in (b"12000", b"555 123", b"Anna", b"We will call", b"Hello"):
        assert word not in raw


def test_the_documented_example_verifies_it(start, there):
    async def story(site):
        async with Advisor(site), Guest(site) as guest:
            await guest.wait_for_a_person()
            await until(lambda: there.got)

    with start() as site:
        run(story(site))
    verify = documented()
    headers, body = there.got[0]
    assert verify(SECRET, headers, body)
    assert not verify(SECRET, headers, body + b" ")
    assert not verify("whsec_" + base64.b64encode(b"x" * 32).decode(), headers, body)
    assert not verify(SECRET, {**headers, "webhook-timestamp": "1"}, body)
    assert not verify(SECRET, {**headers, "webhook-id": "o-other"}, body)
    assert verify(
        SECRET, {**headers, "webhook-signature": "v1,AAAA " + headers["webhook-signature"]}, body
    )


def test_the_specifications_own_example():
    """From the Standard Webhooks specification's reference libraries."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    signed = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def again(there):
    """How often the first one came."""
    first = there.got[0][0]["webhook-id"]
    return [h["webhook-id"] for h, _ in there.got].count(first)


@pytest.mark.parametrize("answer", [500, 503, 404, 429, 302])
def test_what_is_not_taken_comes_again_under_the_same_id(start, there, answer):
    there.answer, there.headers = (
        answer,
        {"location": there.url + "/elsewhere"} if answer == 302 else {},
    )

    async def story(site):
        async with Advisor(site), Guest(site) as guest:
            await guest.wait_for_a_person()
            await until(lambda: len(there.got) >= 3)
            there.answer = 204
            count = len(there.got)
            await until(lambda: len(there.got) > count)
            await asyncio.sleep(0.5)
            assert len(there.got) == again(there)
            done = len(there.got)
            await asyncio.sleep(0.5)
            assert len(there.got) == done  # it was taken: that was that

    with start() as site:
        run(story(site))


def test_slow_is_as_good_as_away(start, there, monkeypatch):
    from frontdesk.outward import webhook

    monkeypatch.setattr(webhook, "SECONDS", 0.3)
    there.slow = 5.0

    async def story(site):
        async with Advisor(site), Guest(site) as guest:
            await guest.wait_for_a_person()
            await until(lambda: len(there.got) >= 2)
            there.slow = 0.0
            count = len(there.got)
            await until(lambda: len(there.got) > count)
            await guest.say("still answered meanwhile")

    with start() as site:
        run(story(site))


def test_410_stops_it_until_somebody_says_go_on(start, there):
    import httpx

    there.answer = 410

    async def story(site):
        async with Advisor(site) as anna, Guest(site) as guest:
            await guest.wait_for_a_person()
            await until(lambda: "1 given up" in httpx.get(site + "/health").json()["outward"])
            await anna.take_first()
            await until(lambda: "2 given up" in httpx.get(site + "/health").json()["outward"])
            assert len(there.got) == 1

    with start() as site:
        run(story(site))


@pytest.mark.parametrize(
    "url, secret, words",
    [
        ("http://example.com/hook", SECRET, "https"),
        ("https://user:pw@example.com/hook", SECRET, "no user"),
        ("ftp://example.com", SECRET, "https"),
        ("https://", SECRET, "https"),
        ("https://example.com", "", "openssl"),
        ("https://example.com", "whsec_c2hvcnQ=", "24 to 64"),
        ("https://example.com", "whsec_no base64!", "openssl"),
        ("https://example.com", SECRET.removeprefix("whsec_"), "openssl"),
    ],
)
def test_settings_that_do_not_fit(url, secret, words):
    with pytest.raises(ValidationError, match=words):
        OutwardSettings(_env_file=None, webhook_url=url, webhook_secret=secret)


@pytest.mark.parametrize(
    "url", ["https://example.com/a?b=c", "http://127.0.0.1:9/x", "http://[::1]/"]
)
def test_settings_that_fit(url):
    OutwardSettings(_env_file=None, webhook_url=url, webhook_secret=SECRET)


def test_retry_after():
    from datetime import UTC, datetime, timedelta
    from email.utils import format_datetime

    import httpx

    def wait(value):
        return retry_after(httpx.Response(503, headers={"retry-after": value} if value else {}))

    assert wait("") is None and wait("soon") is None and wait("120") == 120
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert wait(later) == pytest.approx(3600, abs=5)
    assert wait(format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)) == 0
