"""The website's door: tokens, order, once and only once, refusals."""

import asyncio
import sqlite3
import uuid

import pytest
import socketio
from brain_stand_in import serving

from frontdesk.app import make_app
from frontdesk.ledger import Privacy
from tools.visitor import NotTaken, Visitor


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 30))


def texts(visitor):
    return [m["text"] for _, m in sorted(visitor.messages.items())]


def test_a_turn_is_opened_answered_and_in_order(site, brain):
    async def story():
        async with Visitor(site) as visitor:
            turn = await visitor.say("hello")
            assert turn.texts == ["echo: hello", "more\nLien?\nIRS"]
            assert texts(visitor) == ["opening", "hello", "echo: hello", "more"]
            assert [m["seq"] for m in visitor.messages.values()] == [1, 2, 3, 4]

    run(story())
    assert [t["payload"] for t in brain.turns] == ["/get_started", None]


def test_the_same_client_id_is_answered_once(site, brain):
    async def story():
        async with Visitor(site) as visitor:
            one = uuid.uuid4().hex
            await asyncio.gather(visitor.say("hi", one), visitor.say("hi", one))
            await visitor.say("hi", one)
            assert texts(visitor).count("hi") == 1

    run(story())
    assert len([t for t in brain.turns if t["text"] == "hi"]) == 1


def test_a_reload_shows_everything_once_and_in_order(site):
    async def story():
        async with Visitor(site) as visitor:
            for n in range(5):
                await visitor.say(f"message {n}")
            before, token = texts(visitor), visitor.token
        async with Visitor(site, token) as again:
            assert texts(again) == before
            await again.say("one more")
        assert token == again.token

    run(story())


def test_two_tabs_see_the_same(site):
    async def story():
        async with Visitor(site) as one, Visitor(site, one.token) as two:
            await one.say("from one")
            await two.say("from two")
            await asyncio.sleep(0.2)
            assert texts(one) == texts(two)

    run(story())


@pytest.mark.parametrize("token", ["", "x", "InYi.abc", "a" * 5000, "InYtMSI.Zm9yZ2Vk"])
def test_a_forged_token_gets_a_new_conversation(site, token):
    async def story():
        async with Visitor(site) as owner:
            await owner.say("private words")
            async with Visitor(site, token) as other:
                assert texts(other) == ["opening"]
            # Someone else's token with one letter changed is worth nothing.
            bent = owner.token[:-2] + ("A" if owner.token[-2] != "A" else "B") + owner.token[-1]
            async with Visitor(site, bent) as other:
                assert texts(other) == ["opening"]

    run(story())


def test_a_foreign_origin_is_refused(site):
    async def story(origin):
        client = socketio.AsyncClient(reconnection=False)
        await client.connect(site, headers={"Origin": origin}, transports=["websocket"])
        await client.disconnect()

    run(story(site))
    with pytest.raises(socketio.exceptions.ConnectionError):
        run(story("https://evil.example"))


def test_a_tap_carries_our_payload_and_a_typed_command_does_not(site, brain):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.choose(1, 0)
            await visitor.say('/faq{"topic": "lien"}')
            await visitor.say("/restart")
            assert visitor.messages[1]["buttons"] == [{"title": "Audit?"}]

    run(story())
    assert [(t["payload"], t["text"]) for t in brain.turns[1:]] == [
        ('/faq{"topic": "is_it_audit"}', "Audit?"),
        (None, '/faq{"topic": "lien"}'),
        (None, "/restart"),
    ]


@pytest.mark.parametrize("seq, button", [(1, 1), (1, -1), (9, 0), (0, 0)])
def test_a_button_that_is_not_there(site, seq, button):
    async def story():
        async with Visitor(site) as visitor:
            with pytest.raises(NotTaken, match="button"):
                await visitor.choose(seq, button)

    run(story())


@pytest.mark.parametrize(
    "text, code",
    [("x" * 2001, "too_long"), ("", "empty"), ("   \n ", "empty"), ("\u202e\u200b\x00", "empty"), (5, "bad_request"), (None, "bad_request")],
)  # fmt: skip
def test_what_the_gate_refuses(site, brain, text, code):
    async def story():
        async with Visitor(site) as visitor:
            with pytest.raises(NotTaken) as refused:
                await visitor.say(text)
            assert refused.value.code == code
            assert texts(visitor) == ["opening"]
            await visitor.say("still works")

    run(story())


@pytest.mark.parametrize(
    "body",
    [None, "x", 7, [], {}, {"client_id": 1, "text": "x"}, {"client_id": "short", "text": "x"}],
)
def test_a_malformed_body_is_refused_and_the_server_lives(site, body):
    async def story():
        async with Visitor(site) as visitor:
            for event in ("say", "choose"):
                answer = await visitor._io.call(event, body)
                assert answer["ok"] is False and answer["error"]["code"] == "bad_request"
            await visitor.say("still works")

    run(story())


def test_2000_characters_pass(site):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("x" * 2000)

    run(story())


def test_too_fast_is_told_and_nothing_is_lost(site, brain):
    async def story():
        async with Visitor(site) as visitor:
            refused = 0
            for n in range(25):
                answer = await visitor._io.call(
                    "say", {"client_id": uuid.uuid4().hex, "text": f"{n}"}
                )
                refused += not answer["ok"]
                if not answer["ok"]:
                    assert (
                        answer["error"]["code"] == "too_fast" and answer["error"]["retry_after"] > 0
                    )
            assert refused == 5

    run(story())


def test_a_number_is_masked_before_it_is_stored_or_sent_on(site, brain, tmp_path):
    async def story():
        async with Visitor(site) as visitor:
            turn = await visitor.say("my social is 078-05-1120 ok")
            assert "Social Security number" in turn.texts[0]
            assert visitor.messages[2]["text"] == "my social is [SSN removed] ok"

    run(story())
    assert brain.turns[-1]["text"] == "my social is [SSN removed] ok"
    assert brain.turns[-1]["masked"] == ["SSN"]
    for path in tmp_path.glob("frontdesk.db*"):
        assert b"078-05" not in path.read_bytes()


def test_a_restart_opens_a_new_conversation(site):
    async def story():
        async with Visitor(site) as visitor:
            await visitor.say("old")
            visitor.messages.clear()
            assert await visitor._io.call("restart", {}) == {"ok": True}
            await visitor._until(lambda: visitor.messages)
            assert texts(visitor) == ["opening"]

    run(story())


def test_messages_at_once_are_answered_one_at_a_time_in_order(site, brain):
    brain.slow = 0.02

    async def story():
        async with Visitor(site) as visitor:
            await asyncio.gather(*(visitor.say(f"m{n}") for n in range(12)))
            said = [m for _, m in sorted(visitor.messages.items()) if m["author"] == "visitor"]
            answered = [t["text"] for t in brain.turns if t["payload"] is None]
            assert [m["text"] for m in said] == answered and len(said) == 12

    run(story())
    assert brain.most_at_once == 1


def test_brain_away_is_told_once_and_answered_later(site, brain):
    async def story():
        async with Visitor(site) as visitor:
            brain.down = True
            waiting = asyncio.create_task(visitor.say("are you there"))
            await visitor._until(
                lambda: any(m["author"] == "notice" for m in visitor.messages.values())
            )
            await asyncio.sleep(1.2)
            notices = [m for m in visitor.messages.values() if m["author"] == "notice"]
            assert len(notices) == 1 and "saved" in notices[0]["text"]
            brain.down = False
            turn = await waiting
            assert "echo: are you there" in turn.texts

    run(story())
    assert len([t for t in brain.turns if t["text"] == "are you there"]) == 1


def test_a_slow_brain_is_told(site, brain):
    async def story():
        async with Visitor(site) as visitor:
            brain.slow = 2.0
            waiting = asyncio.create_task(visitor.say("slow"))
            await visitor._until(
                lambda: any(m["author"] == "notice" for m in visitor.messages.values())
            )
            brain.slow = 0.0
            assert "echo: slow" in (await waiting).texts

    run(story())


def test_a_turn_the_brain_refuses_does_not_block_the_next(site, brain):
    brain.refuse.add("poison")

    async def story():
        async with Visitor(site) as visitor:
            assert "could not be answered" in (await visitor.say("poison")).texts[0]
            assert "echo: next" in (await visitor.say("next")).texts

    run(story())


def test_what_waits_is_answered_after_a_restart(settings, brain):
    async def before(url):
        visitor = Visitor(url)
        await visitor.connect()
        brain.down = True
        await visitor._io.call("say", {"client_id": uuid.uuid4().hex, "text": "kept"})
        await visitor.close()
        return visitor.token

    with serving(make_app(settings), settings.port) as url:
        token = run(before(url))
    brain.down = False
    with serving(make_app(settings), settings.port) as url:

        async def after():
            async with Visitor(url, token) as visitor:
                await visitor._until(lambda: "echo: kept" in texts(visitor))
                assert texts(visitor).count("kept") == 1

        run(after())


def test_a_locked_database_gives_a_clear_refusal(site, tmp_path):
    async def story():
        async with Visitor(site) as visitor:
            blocker = sqlite3.connect(tmp_path / "frontdesk.db", isolation_level=None)
            blocker.execute("BEGIN EXCLUSIVE")
            answer = await visitor._io.call(
                "say", {"client_id": uuid.uuid4().hex, "text": "x"}, timeout=20
            )
            assert (
                answer["error"]["code"] == "not_saved"
                and "not be saved" in answer["error"]["message"]
            )
            blocker.execute("ROLLBACK")
            blocker.close()
            assert "echo: y" in (await visitor.say("y")).texts

    run(story())


def test_what_is_written_while_a_page_comes_in_reaches_it_after_its_session(
    settings, brain, monkeypatch
):
    """A page knows its conversation only from the session: what comes before it is not for it yet."""
    held = Privacy.held

    async def slow(self, conversation):
        await asyncio.sleep(0.5)  # the opening is written meanwhile
        return await held(self, conversation)

    monkeypatch.setattr(Privacy, "held", slow)

    async def story(url):
        page, heard = socketio.AsyncClient(reconnection=False), []
        page.on("session", lambda body: heard.append(body["messages"]))
        page.on("message", lambda body: heard and heard.append([body]))
        page.on("typing", lambda body: heard and heard.append(body["on"]))
        await page.connect(url, auth={"token": None, "after": 0}, transports=["websocket"])
        for _ in range(40):
            if len(heard) > 1:
                break
            await asyncio.sleep(0.1)
        await page.disconnect()
        said = [m["text"] for one in heard if isinstance(one, list) for m in one]
        assert said == ["opening"]
        assert heard[-1] is not True

    with serving(make_app(settings), settings.port) as url:
        run(story(url))
