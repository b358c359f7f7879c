"""Chatwoot as the desk: a case there and here stay the same, whatever is lost, late or doubled between them."""

import asyncio

import httpx
import pytest
from brain_stand_in import serving
from chatwoot_stand import ACCOUNT, INBOX, TOKEN, chatwoot
from handoff_stand import Advisor, Guest, put_in
from outward_stand import quick, until
from pydantic import ValidationError

from frontdesk import app
from frontdesk.app import make_app
from frontdesk.outward.chatwoot.acts import parts
from frontdesk.outward.settings import OutwardSettings
from tools.visitor import NotTaken

CALLBACK = "a-callback-token-of-tests"


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 90))


@pytest.fixture
def there():
    with chatwoot() as made:
        yield made


@pytest.fixture
def start(settings, there, monkeypatch):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    quick(monkeypatch)
    from frontdesk.outward.chatwoot import provider

    for name in ("LOOK_SECONDS", "AGENTS_SECONDS", "TRY_SECONDS"):
        monkeypatch.setattr(provider, name, 0.3)
    for name, value in {
        "HANDOFF_PROVIDER": "chatwoot", "CHATWOOT_URL": there.url, "CHATWOOT_ACCOUNT": str(ACCOUNT),
        "CHATWOOT_INBOX": INBOX, "CHATWOOT_TOKEN": TOKEN, "CHATWOOT_CALLBACK_TOKEN": CALLBACK,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    more = {"handoff": True, "firm_name": "Harbor Tax", "handoff_grace_seconds": 1.0}
    chosen = settings.model_copy(update={**more, "brain_timeout_seconds": 5.0})
    there.callback = f"http://127.0.0.1:{chosen.port}/chatwoot/{CALLBACK}"
    return lambda: serving(make_app(chosen), chosen.port)


async def asked(guest, contact, tries=40):
    """Ask for a person, again until it is known who is online: on a busy machine that takes its time."""
    for left in reversed(range(tries)):
        await asyncio.sleep(0.5)
        try:
            await guest.wait_for_a_person(**contact)
            return
        except NotTaken as error:
            if not left or "Nobody is at the desk right now" not in str(error):
                raise


async def waiting(guest, there, contact=None):
    """A guest whose case is in Chatwoot; the number of its conversation."""
    before = set(there.conversations)
    await asked(guest, contact or {})
    await until(lambda: set(there.conversations) - before)
    number = max(there.conversations)
    await until(lambda: len(there.said(number)) >= 2)
    return number


def test_a_case_from_chatwoots_side(start, there):
    async def story(site):
        async with Guest(site) as guest:
            await guest.say("result")
            number = await waiting(guest, there)
            contact = there.contacts[there.conversations[number]["contact"]]
            assert contact["identifier"].startswith("cp503:c-") and contact["email"] is None
            await until(lambda: len(there.said(number)) == 2)
            (kind, summary), (kind2, before) = there.said(number)
            assert (kind, kind2) == ("note", "note")
            assert "The visitor asked for a person." in summary and "$12,000" in summary
            assert "Visitor: result" in before and "A plan fits." in before
            await guest.say("are you there?")
            await until(lambda: ("incoming", "are you there?") in there.said(number))
            await until(
                lambda: ("note", "Assistant (a bot): echo: are you there?") in there.said(number)
            )

            there.assign(number, 1)
            await guest.read("Anna of Harbor Tax is here now.")
            there.reply(number, 1, "Hello, how can I help?")
            await guest.read("Hello, how can I help?")
            said = next(m for m in guest.messages.values() if m["text"] == "Hello, how can I help?")
            assert (said["author"], said["by"]) == ("advisor", "Anna")
            for text in ("one", "two", "three"):
                await guest.say(text)
            await until(lambda: there.said(number)[-1] == ("incoming", "three"))
            assert [t for k, t in there.said(number) if k == "incoming"] == [
                "are you there?", "one", "two", "three",
            ]  # fmt: skip
            await asyncio.sleep(2.5)  # longer than the grace: nobody's browser is at our desk
            assert not any("lost the connection" in text for text in guest.texts())

            there.assign(number, 2)
            await guest.read("Anna has handed you over to Ben.")
            there.reply(number, 2, "Ben here.")
            await guest.read("Ben here.")
            there.set_status(number, "resolved")
            await guest.read("Ben has closed this.")
            await until(lambda: there.said(number)[-1][1].startswith("The case is closed here."))
            assert there.conversations[number]["status"] == "resolved"
            await guest.say("thanks")
            await asyncio.sleep(1)
            assert ("incoming", "thanks") not in there.said(number)
            assert there.conversations[number]["status"] == "resolved"

    with start() as site:
        run(story(site))


def test_a_private_note_never_reaches_the_visitor(start, there):
    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.assign(number, 1)
            await guest.read("is here now")
            there.reply(number, 1, "a private thought", private=True)
            there.reply(number, 1, "hello")
            await guest.read("hello")
            assert "a private thought" not in guest.texts()
            assert len(there.said(number)) == len(
                set(there.said(number))
            )  # nor comes back as a note

    with start() as site:
        run(story(site))


def test_who_answers_without_being_assigned_has_the_case(start, there):
    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.reply(number, 2, "Ben here, without asking anybody.")
            await guest.read("Ben of Harbor Tax is here now.")
            await guest.read("Ben here, without asking anybody.")
            await asyncio.sleep(1.5)
            assert not any("hand your case back" in t for t in guest.texts())
            there.reply(number, 1, "And Anna, beside him.")
            await guest.read("And Anna, beside him.")
            said = next(m for m in guest.messages.values() if m["text"].startswith("And Anna"))
            assert said["by"] == "Anna"

    with start() as site:
        run(story(site))


def test_unassigned_is_back_in_line_and_pending_back_with_the_assistant(start, there):
    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.assign(number, 1)
            await guest.read("Anna of Harbor Tax is here now.")
            there.assign(number, None)
            await guest.read("Anna had to hand your case back.")
            there.assign(number, 2)
            await guest.read("Ben of Harbor Tax is here now.")
            there.set_status(number, "pending")
            await guest.read("You are back with the assistant (a bot).")
            await until(lambda: there.said(number)[-1][1].startswith("The visitor is back"))
            turn = await guest.say("hello bot")
            assert "echo: hello bot" in turn.texts[0]
            there.reply(number, 2, "Are you still there?")
            await until(lambda: "was not passed on" in there.said(number)[-1][1])
            assert "Are you still there?" not in guest.texts()
            # asking again is another conversation there, with everything said so far
            again = await waiting(guest, there)
            assert (
                again != number
                and there.conversations[again]["contact"] == there.conversations[number]["contact"]
            )
            await until(lambda: len(there.said(again)) == 2)
            assert "hello bot" in there.said(again)[1][1]
            there.reply(again, 2, "Hello again.")
            await guest.read("Hello again.")

    with start() as site:
        run(story(site))


def test_asked_again_while_the_old_conversation_is_looked_at(start, there):
    """How the old one stands is no news about the new wait."""

    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.assign(number, 1)
            await guest.read("is here now")
            there.set_status(number, "pending")
            await until(lambda: there.conversations[number]["status"] == "resolved")
            await asyncio.sleep(1)
            there.slow = 0.6
            there.reply(number, 1, "One more thing.")
            await asyncio.sleep(0.3)  # it is being looked at
            await guest.wait_for_a_person()
            await until(lambda: len(there.conversations) == 2)
            there.slow = 0.0
            await until(lambda: len(there.said(number + 1)) == 2)
            assert "was not passed on" in there.said(number)[-1][1]
            assert len([t for t in guest.texts() if "is here now" in t]) == 1
            assert not any("has closed this" in t for t in guest.texts())

    with start() as site:
        run(story(site))


def test_the_visitor_takes_it_back(start, there):
    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            await guest.tell("handoff_cancel")
            await until(lambda: there.conversations[number]["status"] == "resolved")
            assert there.said(number)[-1][1].startswith("The visitor took the case back.")
            await guest.say("between us")
            await asyncio.sleep(1)
            assert ("incoming", "between us") not in there.said(number)

    with start() as site:
        run(story(site))


def test_what_a_visitor_deletes_is_deleted_there(start, there):
    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.down = 503
            await guest.tell("delete")
            await asyncio.sleep(0.7)
            assert number in there.conversations
            there.down = 0
            await until(
                lambda: not there.contacts and not there.conversations and not there.messages
            )

    with start() as site:
        run(story(site))


@pytest.mark.parametrize("events", ["doubled", "lost", "signed"])
def test_events_doubled_lost_or_signed(start, there, monkeypatch, events):
    there.doubled, there.mute = events == "doubled", events == "lost"
    if events == "signed":
        there.secret = "the-inboxs-secret"
        monkeypatch.setenv("CHATWOOT_WEBHOOK_SECRET", there.secret)

    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.assign(number, 1)
            for n in range(5):
                there.reply(number, 1, f"message {n}")
            await guest.read("message 4")
            told = [t for t in guest.texts() if t.startswith("message")]
            assert told == [f"message {n}" for n in range(5)]
            assert len([t for t in guest.texts() if "is here now" in t]) == 1

    with start() as site:
        run(story(site))


def test_answers_that_get_lost_double_nothing(start, there):
    """Chatwoot did it and its answer never came: it is asked before anything is posted again."""

    async def story(site):
        there.lose = 4  # the contact, the conversation, the two notes
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            await until(lambda: len(there.said(number)) == 2 and not there.lose)
            for text in ("same words", "same words", "others"):
                there.lose = 1
                await guest.say(text)
            await until(lambda: ("incoming", "others") in there.said(number))
            await asyncio.sleep(0.5)
            assert [t for k, t in there.said(number) if k == "incoming"] == [
                "same words", "same words", "others",
            ]  # fmt: skip
            assert len(there.conversations) == 1 and len(there.contacts) == 1
            notes = [t for k, t in there.said(number) if k == "note" and "asks for a person" in t]
            assert len(notes) == 1

    with start() as site:
        run(story(site))


@pytest.mark.parametrize("fault", ["500", "401", "slow", "closed"])
def test_chatwoot_fails_for_a_while(start, there, fault, monkeypatch):
    from frontdesk.outward.chatwoot import client

    monkeypatch.setattr(client, "SECONDS", 0.5)

    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.down = {"500": 500, "401": 401, "slow": 0, "closed": 429}[fault]
            there.slow = 3.0 if fault == "slow" else 0.0
            for n in range(4):
                turn = await guest.say(f"while it is away {n}")
                assert f"echo: while it is away {n}" in turn.texts[0]  # nobody waits for Chatwoot

            async def visible():
                line = httpx.get(site + "/health").json()["outward"]
                return line.startswith("chatwoot: 1 waiting")

            await until(visible)
            assert httpx.get(site + "/health").status_code == 200
            there.down, there.slow = 0, 0.0
            await until(
                lambda: ("incoming", "while it is away 3") in there.said(number), seconds=40
            )
            assert [t for k, t in there.said(number) if k == "incoming"] == [
                f"while it is away {n}" for n in range(4)
            ]

    with start() as site:
        run(story(site))


def test_a_restart_in_between_loses_nothing(start, there):
    async def before(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.down = 503
            await guest.say("just before")
            return number, guest.token

    async def after(site, number, token):
        async with Guest(site, token=token) as guest:
            there.down = 0
            await until(lambda: ("incoming", "just before") in there.said(number))
            await guest.read("An answer while you were away.")

    with start() as site:
        number, token = run(before(site))
    there.assign(number, 1)
    there.reply(number, 1, "An answer while you were away.")
    with start() as site:
        run(after(site, number, token))


def test_the_firms_own_desk_stays(start, there):
    async def story(site):
        async with Advisor(site) as mia, Guest(site) as guest:
            number = await waiting(guest, there)
            await mia.take_first()
            await mia.say("I am at the firm's own desk.")
            await until(
                lambda: (
                    ("note", "Anna (advisor): I am at the firm's own desk.") in there.said(number)
                )
            )
            there.reply(number, 2, "Me too")
            await until(lambda: "has this case at the firm's own desk" in there.said(number)[-1][1])
            assert "Me too" not in guest.texts()
            await mia.do("close", case=mia.case, outcome="answered")
            await until(lambda: there.conversations[number]["status"] == "resolved")

    with start() as site:
        run(story(site))


def test_nobody_online_asks_for_a_contact(start, there):
    for agent in there.agents.values():
        agent["availability_status"] = "offline"

    async def story(site):
        async with Guest(site) as guest:
            await asyncio.sleep(0.5)
            with pytest.raises(NotTaken, match="phone number"):
                await guest.wait_for_a_person()
            await guest.tell("handoff_consent", agree=True, name="Ann", contact="ann@example.com")
            await until(lambda: there.conversations)
            number = max(there.conversations)
            await until(lambda: there.said(number))
            summary = there.said(number)[0][1]
            assert "Name: Ann" in summary and "Contact: ann@example.com" in summary
            assert there.contacts[there.conversations[number]["contact"]]["name"] == "Ann"
            await until(lambda: len(there.said(number)) == 2)
            await guest.tell("handoff_consent", agree=True, name="Ann", contact="555 010 2030")
            await until(lambda: len(there.said(number)) == 3)
            assert there.said(number)[-1][1].endswith("Name: Ann\nContact: 555 010 2030")

    with start() as site:
        run(story(site))


def test_files_and_long_answers(start, there):
    long = "\n\n".join(f"Paragraph {n}. " + "word " * 100 for n in range(8))

    async def story(site):
        async with Guest(site) as guest:
            number = await waiting(guest, there)
            there.assign(number, 1)
            await guest.read("is here now")
            there.reply(number, 1, None, attachments=[{"id": 1, "file_type": "file"}])
            await until(lambda: "Files cannot be passed on" in there.said(number)[-1][1])
            there.reply(number, 1, long)
            await until(
                lambda: len([m for m in guest.messages.values() if m["author"] == "advisor"]) == 3
            )
            told = [
                m["text"] for _, m in sorted(guest.messages.items()) if m["author"] == "advisor"
            ]
            assert len(told) == 3 and all(len(t) <= 2000 for t in told)
            assert " ".join(" ".join(told).split()) == " ".join(long.split())

    with start() as site:
        run(story(site))


def test_the_door(start, there):
    def post(site, token=CALLBACK, body=b"{}", **headers):
        return httpx.post(f"{site}/chatwoot/{token}", content=body, headers=headers).status_code

    with start() as site:
        assert post(site, token="another-token-of-16") == 404
        assert post(site, body=b"not json") == 400
        assert post(site, body=b"[]") == 400
        assert post(site, body=b'{"event": "message_created"}') == 400
        assert post(site, body=b'{"event": "webwidget_triggered"}') == 200
        assert post(site, body=b'{"event": "conversation_updated", "id": 999999}') == 200
        assert post(site, body=b"x" * 1_000_001) == 413


def test_the_door_with_a_secret(start, there, monkeypatch):
    import hashlib
    import hmac

    monkeypatch.setenv("CHATWOOT_WEBHOOK_SECRET", "the-inboxs-secret")
    body = b'{"event": "conversation_updated", "id": 1}'
    good = "sha256=" + hmac.new(b"the-inboxs-secret", b"17." + body, hashlib.sha256).hexdigest()

    def post(site, at, signature):
        headers = {"x-chatwoot-timestamp": at, "x-chatwoot-signature": signature}
        return httpx.post(f"{site}/chatwoot/{CALLBACK}", content=body, headers=headers).status_code

    with start() as site:
        assert post(site, "17", good) == 200
        assert post(site, "18", good) == 401
        assert post(site, "17", "") == 401
        assert post(site, "17", "sha256=é".encode()) == 401


def test_parts():
    assert parts("") == [] and parts("a") == ["a"]
    assert [len(p) for p in parts("x" * 4500)] == [2000, 2000, 500]
    assert parts("a" * 1500 + "\n\n" + "b" * 1500) == ["a" * 1500, "b" * 1500]


@pytest.mark.parametrize(
    "change, words",
    [
        ({"chatwoot_url": ""}, "needs CHATWOOT_URL"),
        ({"chatwoot_url": "http://chat.example.com"}, "https"),
        ({"chatwoot_account": 0}, "needs CHATWOOT_ACCOUNT"),
        ({"chatwoot_callback_token": "short"}, "16 to 128"),
        ({"handoff_provider": "zendesk"}, "desk"),
    ],
)
def test_settings_that_do_not_fit(change, words):
    good = {
        "handoff_provider": "chatwoot", "chatwoot_url": "https://chat.example.com", "chatwoot_account": 1,
        "chatwoot_inbox": "abc", "chatwoot_token": "t", "chatwoot_callback_token": "c" * 20,
    }  # fmt: skip
    OutwardSettings(_env_file=None, **good)
    with pytest.raises(ValidationError, match=words):
        OutwardSettings(_env_file=None, **{**good, **change})
