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


def test_what_a_visitor_deletes_is_in_no_file_any_more(assistant):
    words = "my dog bartholomew ate the notice"

    def files_with_it():
        return [
            path
            for path in assistant.folder.rglob("*")
            if path.is_file() and words.encode() in path.read_bytes()
        ]

    async def story():
        async with Visitor(assistant.url) as visitor:
            await visitor.say(words)
            assert {path.name.split(".")[0] for path in files_with_it()} == {"frontdesk", "rasa"}
            await visitor.tell("delete")
            await visitor._until(lambda: visitor.deleted)
            for _ in range(100):
                if not files_with_it():
                    break
                await asyncio.sleep(0.1)
            assert files_with_it() == []

    run(story())


def events_of(assistant, conversation):
    """What Rasa's database holds of a conversation, in order."""
    import json
    import sqlite3

    database = sqlite3.connect(assistant.folder / "rasa.db")
    found = database.execute(
        "select data from events where sender_id = ? order by id", (conversation,)
    ).fetchall()
    database.close()
    return [json.loads(data) for (data,) in found]


def give(assistant, conversation, message, text):
    import httpx

    return httpx.post(
        f"http://127.0.0.1:{assistant.env['RASA_PORT']}/webhooks/frontdesk/turn",
        headers={"Authorization": f"Bearer {assistant.env['CP503_SECRET']}"},
        json={
            "conversation": conversation, "message": message, "text": text, "payload": None,
            "at": None, "masked": [],
        },
        timeout=30,
    )  # fmt: skip


def test_a_turn_that_lost_the_action_server_is_not_half_kept(assistant):
    assert give(assistant, "c-half", "m-1", "find my payment plan").status_code == 200
    before = events_of(assistant, "c-half")
    assistant.kill("actions")
    for _ in range(2):
        assert give(assistant, "c-half", "m-2", "12,400").status_code == 503
    assert events_of(assistant, "c-half") == before
    assistant.start("actions")
    assistant.wait_ready()
    answer = give(assistant, "c-half", "m-2", "12,400")
    assert answer.status_code == 200 and "due date" in answer.json()["replies"][0]["text"]
    said = [e["text"] for e in events_of(assistant, "c-half") if e["event"] == "user"]
    assert said == ["find my payment plan", "12,400"]


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06])
def test_rasa_killed_in_mid_turn_keeps_all_of_it_or_nothing(assistant, delay):
    """What was answered is in the database; what was not leaves no part of itself there."""
    import threading
    import time

    import httpx

    conversation = f"c-kill-{delay}"
    assert give(assistant, conversation, "m-1", "find my payment plan").status_code == 200
    answers = []

    def ask():
        try:
            answers.append(give(assistant, conversation, "m-2", "12,400"))
        except httpx.HTTPError:
            pass

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(delay)
    assistant.kill("rasa")
    asking.join()
    kept = events_of(assistant, conversation)
    messages = [e["message_id"] for e in kept if e["event"] == "user"]
    whole = messages == ["m-1", "m-2"]
    assert whole or messages == ["m-1"]
    assert kept[-1]["event"] == "action" and kept[-1]["name"] == "action_listen"
    assert whole or not answers
    assistant.start("rasa")
    assistant.wait_ready()
    again = give(assistant, conversation, "m-2", "12,400").json()
    assert not answers or answers[0].json() == again
    after = events_of(assistant, conversation)
    assert [e["message_id"] for e in after if e["event"] == "user"] == ["m-1", "m-2"]
    assert not whole or after == kept


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
