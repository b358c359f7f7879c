"""The real processes killed under a real conversation: nothing lost, nothing doubled, order kept."""

import asyncio

import pytest

from tools.stack import running_assistant
from tools.visitor import NoAnswer, Visitor

QUESTION, ANSWER = "is this an audit?", "not an audit"


@pytest.fixture(scope="module")
def assistant():
    with running_assistant({"BRAIN_TIMEOUT_SECONDS": "5"}) as started:
        yield started


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 120))


def said(visitor):
    return [m["text"] for _, m in sorted(visitor.messages.items())]


def test_rasa_killed(assistant):
    async def story():
        async with Visitor(assistant.url) as visitor:
            await visitor.say("find my payment plan")
            await visitor.say("12,400")
            assistant.kill("rasa")
            assert not assistant.healthy()
            waiting = asyncio.create_task(visitor.say("4 months"))
            await visitor._until(
                lambda: any(m["author"] == "notice" for m in visitor.messages.values())
            )
            assert (
                "saved"
                in [m for m in visitor.messages.values() if m["author"] == "notice"][0]["text"]
            )
            assistant.start("rasa")
            turn = await waiting
            assert "filed all the tax returns" in "\n".join(turn.texts)  # it knew what it had asked
            assert said(visitor).count("4 months") == 1
            assert "$12,400" in "\n".join((await visitor.say("yes")).texts)

    run(story())


def test_the_action_server_killed(assistant):
    async def story():
        async with Visitor(assistant.url) as visitor:
            assistant.kill("actions")
            assert not assistant.healthy()
            task = asyncio.create_task(visitor.say(QUESTION))
            await asyncio.sleep(2)
            assistant.start("actions")
            turn = await task
            assert ANSWER in "\n".join(turn.texts)
            assert said(visitor).count(QUESTION) == 1

    run(story())
    assistant.wait_ready()


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
def test_the_frontdesk_killed_in_mid_message(assistant, delay):
    async def story():
        visitor = Visitor(assistant.url)
        await visitor.connect()
        await visitor.say("hello")
        task = asyncio.create_task(visitor.say(QUESTION, client_id="the-same-id-%s" % delay))
        await asyncio.sleep(delay)
        await asyncio.to_thread(assistant.kill, "frontdesk")
        try:
            task.cancel()
            await task
        except (asyncio.CancelledError, NoAnswer):
            pass
        assistant.start("frontdesk")
        await asyncio.to_thread(assistant.wait_ready)
        again = Visitor(assistant.url, visitor.token)
        await again.connect()
        turn = await again.say(QUESTION, client_id="the-same-id-%s" % delay)  # as the page does
        assert ANSWER in "\n".join(turn.texts)
        words = said(again)
        assert words.count(QUESTION) == 1
        assert len([w for w in words if ANSWER in w]) == 1
        assert sorted(again.messages) == list(range(1, len(words) + 1))
        await again.close()

    run(story())


def test_a_turn_is_done_once_however_often_it_is_given(assistant):
    """Rasa's side of the exchange answers a repeated message from its memory."""
    import httpx

    def give(text, message):
        answer = httpx.post(
            f"http://127.0.0.1:{assistant.env['RASA_PORT']}/webhooks/frontdesk/turn",
            headers={"Authorization": f"Bearer {assistant.env['CP503_SECRET']}"},
            json={
                "conversation": "c-twice",
                "message": message,
                "text": text,
                "at": None,
                "masked": [],
            },
            timeout=30,
        )
        assert answer.status_code == 200
        return answer.json()["replies"]

    give("find my payment plan", "m-1")
    first = give("banana", "m-2")
    assert give("banana", "m-2") == first  # not a second failure
    assert "example" in first[0]["text"]
    assert "How much is the total" in give("find my payment plan", "m-1")[0]["text"]


def test_only_the_secret_opens_the_loopback_doors(assistant):
    import httpx

    for port, path in (("RASA_PORT", "/webhooks/frontdesk/turn"), ("ACTION_PORT", "/webhook")):
        url = f"http://127.0.0.1:{assistant.env[port]}{path}"
        for headers in (
            {},
            {"Authorization": "Bearer wrong"},
            {"Authorization": assistant.env["CP503_SECRET"]},
        ):
            assert httpx.post(url, headers=headers, json={}).status_code == 401
    bad = httpx.post(
        f"http://127.0.0.1:{assistant.env['RASA_PORT']}/webhooks/frontdesk/turn",
        headers={"Authorization": f"Bearer {assistant.env['CP503_SECRET']}"}, json={"text": 5},
    )  # fmt: skip
    assert bad.status_code == 400


def test_the_server_does_not_name_itself(assistant):
    import httpx

    assert "server" not in httpx.get(assistant.url + "/health").headers


def test_no_words_of_a_visitor_are_logged(assistant):
    async def story():
        async with Visitor(assistant.url) as visitor:
            await visitor.say("xylophone lien question zebra")

    run(story())
    for path in assistant.logs.glob("*.log*"):
        assert b"xylophone" not in path.read_bytes(), path
