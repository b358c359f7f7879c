"""A person takes over: offered, agreed to, talked with, given back, and never in silence."""

import asyncio
import uuid

import pytest
import socketio
from brain_stand_in import FACTS, _reply, serving
from handoff_stand import PEOPLE, Advisor, AlwaysOpen, Guest, Person, put_in

from frontdesk import app
from frontdesk.app import make_app
from tools.visitor import NotTaken


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


@pytest.fixture
def hours():
    return AlwaysOpen()


@pytest.fixture
def site(settings, brain, monkeypatch, hours):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app, hours)
    said = brain.replies

    def replies(body):
        text = body["text"]
        if text == "a person please":
            return [_reply("You can call us.", {"handoff": True})]
        if text == "i cannot go on":
            return [_reply("Call 988.", {"handoff": True, "distress": True})]
        if text.startswith("blorp"):
            return [_reply("I did not understand.", {"misunderstood": int(text[-1])})]
        if text == "hearing":
            case = {
                "plan": None,
                "facts": {**FACTS, "final_levy_notice": True},
                "as_of": "2026-11-28",
            }
            case["facts"]["assumed"] = []
            return [_reply("A final notice.", case)]
        return said(body)

    brain.replies = replies
    quick = settings.model_copy(update={
        "handoff_wait_minutes": 0.02, "handoff_grace_seconds": 1.0, "firm_name": "Harbor Tax",
        "brain_timeout_seconds": 5.0,
    })  # fmt: skip
    with serving(make_app(quick), quick.port) as url:
        yield url


@pytest.fixture
def patient(monkeypatch):
    """Nobody's wait is over during the test."""
    from frontdesk.handoff import rounds

    async def none(self):
        return []

    monkeypatch.setattr(rounds.Rounds, "overdue", none)


def test_a_case_from_the_offer_to_its_end(site, brain, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("result")
            await guest.say("a person please")
            await guest.read("Shall I pass it on?")
            offer = next(m for m in guest.messages.values() if "Shall I pass it on?" in m["text"])
            assert [b["title"] for b in offer["buttons"]] == ["Yes, pass it on", "No, go on here"]
            assert (await anna.do("join"))[
                "waiting"
            ] == []  # nothing is passed on before they agree
            await guest.choose(offer["seq"], 0)
            await guest.read("You are next in line.")
            await guest.say("still there?")
            assert "echo: still there?" in guest.texts()  # the bot answers meanwhile
            await anna.until(lambda: len(anna.queue) == 1)
            opened = await anna.take_first()
            assert opened["case"]["why"] == "asked" and opened["assessment"]["card"]["ways"]
            owed = next(f for f in opened["facts"] if f["fact"] == "amount_owed")
            assert (owed["value"], owed["from"]) == ("12000.00", "visitor") and owed["seq"]
            assert any(f["from"] == "assumed" for f in opened["facts"])
            await guest.read("Anna of Harbor Tax is here now.")
            await anna.until(lambda: len(anna.messages) == len(guest.messages))
            before = len(brain.turns)
            await guest.say("hello Anna")
            await anna.until(lambda: "hello Anna" in [m["text"] for m in anna.messages.values()])
            await anna.say("Hello, how can I help?")
            await guest.read("Hello, how can I help?")
            words = next(m for m in guest.messages.values() if m["author"] == "advisor")
            assert words["by"] == "Anna" and words["text"] == "Hello, how can I help?"
            await guest.choose(1, 0)  # a bot's button, tapped while a person answers
            assert len(brain.turns) == before
            await guest.tell("typing", on=True)
            await anna.until(lambda: ("typing", {"case": anna.case, "on": True}) in anna.events)
            await anna.do("typing", case=anna.case, on=True)
            await guest._until(lambda: ("typing", {"on": True, "by": "Anna"}) in guest.told)
            await anna.do("note", case=anna.case, client_id=uuid.uuid4().hex, text="secret remark")
            bad = await anna.tell("close", case=anna.case, outcome="nonsense")
            assert bad["error"]["code"] == "bad_outcome"
            await anna.do("close", case=anna.case, outcome="answered", follow_up="2026-12-24")
            await guest.read("Anna has closed this.")
            await guest.say("and now?")
            assert "echo: and now?" in guest.texts()
            assert not any("secret remark" in text for text in guest.texts())
            closed = (await anna.do("join"))["cases"][0]
            assert (closed["outcome"], closed["follow_up"]) == ("answered", "2026-12-24")
            await guest.say("a person please")  # the next hand-over is another case
            await guest.wait_for_a_person()
            assert (await anna.take_first())["case"]["case"] != closed["case"]

    run(story())


@pytest.mark.parametrize(
    "says, why",
    [(["blorp 1", "blorp 2"], "misunderstood"), (["i cannot go on"], "distress"), (["hearing"], "case")],
)  # fmt: skip
def test_when_a_person_is_offered(site, says, why, patient):
    async def story():
        async with Guest(site) as guest:
            for text in says:
                assert "Shall I pass it on?" not in "\n".join(guest.texts())
                await guest.say(text)
            await guest.read("Shall I pass it on?")
            await guest._until(lambda: "handoff_offer" in [event for event, _ in guest.told])
            offer = next(body for event, body in guest.told if event == "handoff_offer")
            assert offer["why"] == why and offer["handoff"]["state"] == "offered"
            if why == "case":
                assert "cannot wait" in offer["words"] and "final notice" in offer["words"].lower()
            await guest.tell("handoff_consent", agree=False)
            await guest.read("I pass nothing on.")
            await guest.say(says[-1])
            await asyncio.sleep(0.2)
            count = "\n".join(guest.texts()).count("Shall I pass it on?")
            assert count == (2 if why == "distress" else 1)  # not pressed upon anybody

    run(story())


def test_hearing_rights_come_before_who_waits_longer(site, patient):
    async def story():
        async with Guest(site) as calm, Guest(site) as urgent, Advisor(site) as anna:
            await calm.say("result")
            await calm.wait_for_a_person()
            await urgent.say("hearing")
            await urgent.wait_for_a_person()
            await calm._until(
                lambda: calm.told and (calm.told[-1][1].get("handoff") or {}).get("place") == 2
            )
            waiting = (await anna.do("join"))["waiting"]
            assert [w["rank"] for w in waiting][0] == 1 and "hearing" in waiting[0]["urgency"]
            await calm.say("what now")
            await calm.read("You are number 2 of 2 in line.")  # told when it changed
            await anna.take_first()
            await calm.say("and now")
            await calm.read("You are next in line.")

    run(story())


def test_out_of_hours_a_contact_is_asked_for(site, hours, patient):
    hours.opened = False

    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.tell("handoff_offer")
            with pytest.raises(NotTaken) as needed:
                await guest.tell("handoff_consent", agree=True)
            assert needed.value.code == "contact_needed"
            with pytest.raises(NotTaken) as bad:
                await guest.tell("handoff_consent", agree=True, name="Jo", contact="somewhere")
            assert bad.value.code == "bad_contact"
            await guest.tell("handoff_consent", agree=True, name="Jo", contact="555-010-4477")
            await guest.read("They will call you back")
            opened = await anna.open((await anna.do("join"))["waiting"][0]["case"])
            assert (opened["case"]["name"], opened["case"]["contact"]) == ("Jo", "555-010-4477")

    run(story())


def test_by_taps_alone_the_contact_is_typed(site, hours, brain, patient):
    hours.opened = False

    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("a person please")
            await guest.read("Shall I pass it on?")
            seq = next(
                m["seq"]
                for m in guest.messages.values()
                if m["buttons"] and m["author"] == "notice"
            )
            await guest.choose(seq, 0)
            await guest.read("Please type your name")
            await guest.say("what does it cost")  # a question stays a question
            assert "echo: what does it cost" in guest.texts()
            await guest.say("Jo Doe, jo@example.com")
            await guest.read("your contact is passed on")
            assert "Jo Doe, jo@example.com" not in [t["text"] for t in brain.turns]
            case = (await anna.do("join"))["waiting"][0]["case"]
            assert (await anna.open(case))["case"]["contact"] == "Jo Doe, jo@example.com"

    run(story())


def test_nobody_claims_and_a_call_back_is_offered(site):
    async def story():
        async with Advisor(site), Guest(site) as guest:
            await guest.wait_for_a_person()
            await guest.read("Nobody could take your case yet")
            await guest.read("they call you back")
            await asyncio.sleep(1)
            assert "\n".join(guest.texts()).count("Nobody could take") == 1
            await guest.tell("handoff_consent", agree=True, contact="+1 555 010 4477", name="Jo")
            await guest.read("your contact is passed on")

    run(story())


def test_the_visitor_takes_it_back_and_the_advisor_sees_nothing_more(site, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.wait_for_a_person()
            await anna.take_first()
            with pytest.raises(NotTaken, match="start over"):
                await guest.tell("restart")
            await guest.tell("handoff_cancel")
            await guest.read("has ended")
            await guest.say("alone again")
            assert "echo: alone again" in guest.texts()
            assert (await anna.tell("open", case=anna.case))["error"]["code"] == "no_case"
            said = await anna.tell("say", case=anna.case, client_id="x" * 12, text="hello?")
            assert said["error"]["code"] == "not_with_you"
            await asyncio.sleep(0.1)
            assert "alone again" not in [m["text"] for m in anna.messages.values()]

    run(story())


def test_transfer_release_and_return(site, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna, Advisor(site, "u-ben") as ben:
            await guest.wait_for_a_person()
            await anna.take_first()
            late = await ben.tell("claim", case=anna.case)
            assert late["error"] == {"code": "taken", "message": "Anna has this case already."}
            nobody = await anna.tell("transfer", case=anna.case, to="u-19")
            assert nobody["error"]["code"] == "no_colleague"
            async with Advisor(site, "u-19"):
                pass
            await asyncio.sleep(1.2)  # there a moment ago, but longer than the grace
            away = await anna.tell("transfer", case=anna.case, to="u-19")
            assert away["error"]["code"] == "no_colleague"
            await anna.do("transfer", case=anna.case, to="u-ben")
            await guest.read("Anna has handed you over to Ben.")
            await ben.open(anna.case)
            await guest.say("for Ben only")
            await ben.until(lambda: "for Ben only" in [m["text"] for m in ben.messages.values()])
            await asyncio.sleep(0.1)
            assert "for Ben only" not in [m["text"] for m in anna.messages.values()]
            assert (await anna.tell("open", case=anna.case))["error"]["code"] == "no_case"
            await ben.do("release", case=ben.case)
            await guest.read("had to hand your case back")
            await anna.do("claim", case=anna.case)
            await anna.do("return", case=anna.case, agreed="You send Form 9465 by Friday.")
            await guest.read("Anna noted: You send Form 9465 by Friday.")
            await guest.say("thanks")
            assert "echo: thanks" in guest.texts()

    run(story())


def test_the_advisors_browser_is_gone(site, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site, "u-ben") as ben:
            anna = Advisor(site)
            await anna.connect()
            await guest.wait_for_a_person()
            await anna.take_first()
            await anna.close()
            await anna.connect()  # back within the grace: nothing happens
            await asyncio.sleep(1.6)
            assert not any("lost the connection" in text for text in guest.texts())
            await anna.close()
            await guest.read("Anna has lost the connection.")
            opened = await ben.take_first()
            assert "did not come back" in opened["notes"][0]["text"] and opened["notes"][0]["own"]

    run(story())


def test_what_was_told_before_any_result_is_seen_too(site, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("owe")
            await guest.wait_for_a_person()
            opened = await anna.take_first()
            told = {f["fact"]: f["value"] for f in opened["facts"]}
            assert told == {"amount_owed": "12000.00", "final_levy_notice": True}
            assert opened["assessment"]["referrals"] and opened["case"]["urgency"]
            await anna.do("release", case=anna.case)
            await guest.say("start over")
            await anna.do("claim", case=anna.case)
            assert (await anna.open(anna.case))["facts"] == []

    run(story())


def test_facts_are_corrected_and_tried_out(site, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("result")
            await guest.wait_for_a_person()
            await anna.take_first()
            tried = await anna.do("what_if", case=anna.case, facts={"amount_owed": "200000.00"})
            assert tried["assessment"]["referrals"]
            owed = [f for f in (await anna.open(anna.case))["facts"] if f["fact"] == "amount_owed"]
            assert owed[0]["value"] == "12000.00"  # tried out only
            bad = await anna.tell("correct", case=anna.case, facts={"amount_owed": "a lot"})
            assert bad["error"]["code"] == "bad_facts" and bad["error"]["message"].endswith(".")
            done = await anna.do("correct", case=anna.case, facts={"amount_owed": "200000.00"})
            owed = [f for f in done["facts"] if f["fact"] == "amount_owed"]
            assert (owed[0]["from"], owed[0]["by"]) == ("advisor", "Anna")
            assert done["assessment"]["referrals"]

    run(story())


def test_who_sees_what(site, patient):
    async def story():
        async with Guest(site) as guest, Guest(site) as private:
            await private.say("nobody's business")
            async with Advisor(site) as anna, Advisor(site, "u-ben") as ben:
                await guest.wait_for_a_person()
                await anna.take_first()
                for event, more in (
                    ("open", {}), ("note", {"client_id": "y" * 12, "text": "x"}),
                    ("what_if", {"facts": {"amount_owed": "1.00"}}), ("typing", {"on": True}),
                    ("correct", {"facts": {"amount_owed": "1.00"}}), ("transfer", {"to": "u-ben"}),
                    ("release", {}), ("return", {"agreed": "x"}), ("close", {"outcome": "other"}),
                    ("say", {"client_id": "z" * 12, "text": "hi"}),
                ):  # fmt: skip
                    refused = await ben.tell(event, case=anna.case, **more)
                    assert not refused["ok"], event
                    assert refused["error"]["code"] in ("no_case", "not_with_you"), event
                assert (await ben.do("join"))["cases"] == []
                await guest.say("for Anna")
                async with Advisor(site, "u-mia") as mia:  # a manager sees all, and may move it on
                    assert (await mia.open(anna.case))["case"]["advisor"] == "Anna"
                    await guest.say("and for Mia")
                    await mia.until(
                        lambda: "and for Mia" in [m["text"] for m in mia.messages.values()]
                    )
                    await mia.do("transfer", case=anna.case, to="u-ben")
                assert not [e for e in ben.events if e[0] == "message"]

    run(story())


def test_who_is_not_signed_in_is_out(site, monkeypatch, patient):
    async def story():
        for name, origin in (("nobody", None), ("u-out", None), ("u-anna", "https://evil.example")):
            with pytest.raises(socketio.exceptions.ConnectionError):
                await Advisor(site, name, origin).connect()
        async with Guest(site) as guest, Advisor(site, origin=site) as anna:
            await guest.wait_for_a_person()
            await anna.take_first()
            monkeypatch.setitem(PEOPLE, "u-anna", Person("u-anna", "Anna", "disabled"))
            said = await anna.tell("say", case=anna.case, client_id="x" * 12, text="still me")
            assert said["error"]["code"] == "not_signed_in"
            await anna.until(lambda: ("signed_out", {}) in anna.events)
            await guest.read("Anna has lost the connection.")
            assert "still me" not in guest.texts()

    run(story())


def test_deletion_takes_the_case_and_its_notes(site, settings, patient):
    import sqlite3

    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.wait_for_a_person(name="Bartholomew", contact="jo@example.com")
            await anna.take_first()
            await anna.do("note", case=anna.case, client_id="n" * 12, text="bartholomew is kind")
            await guest.tell("delete")
            await anna.until(lambda: ("gone", {"case": anna.case}) in anna.events)
            assert (await anna.tell("open", case=anna.case))["error"]["code"] == "no_case"
            said = await anna.tell("say", case=anna.case, client_id="x" * 12, text="hello?")
            assert said["error"]["code"] == "no_case"

    run(story())
    with sqlite3.connect(settings.folder / "frontdesk.db") as database:
        for table in ("handoff_case", "handoff_note"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
        whats = {row[0] for row in database.execute("SELECT what FROM desk_audit")}
    assert {"case.asked", "case.claimed", "case.noted"} <= whats
    for path in settings.folder.rglob("*.db*"):
        assert b"artholomew" not in path.read_bytes(), path


def test_by_the_desks_own_session(settings, brain):
    """Without a stand-in: the cookie of a real session, an account that is closed meanwhile."""
    from sqlalchemy import update

    from frontdesk.desk import people, sessions
    from frontdesk.desk.models import User
    from frontdesk.ledger import Database, address
    from frontdesk.ledger.store import now

    async def story(url):
        database = Database(address(settings.folder))

        def make(db):
            user = people.create(db, "anna", "Anna", "advisor", None, now())
            return sessions.begin(db, user.id, now(), full=True), sessions.begin(
                db, user.id, now(), full=False
            )

        token, half = await database.run(make)
        for bad in (half, token[:-5] + "xxxxx", ""):
            with pytest.raises(socketio.exceptions.ConnectionError):
                await Advisor(url, bad).connect()
        async with Advisor(url, token, url) as anna:
            assert (await anna.do("join"))["me"]["name"] == "Anna"
            await database.run(lambda db: db.execute(update(User).values(disabled=True)).close())
            assert (await anna.tell("join"))["error"]["code"] == "not_signed_in"
        await database.close()

    with serving(make_app(settings), settings.port) as url:
        run(story(url))


def test_a_message_sent_again_is_written_once(site, patient):
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.wait_for_a_person()
            await anna.take_first()
            same = uuid.uuid4().hex
            acks = await asyncio.gather(*(anna.say("only once", same) for _ in range(5)))
            assert len({ack["seq"] for ack in acks}) == 1
            await anna.do("close", case=anna.case, outcome="other")
            assert (await anna.say("only once", same))["seq"] == acks[0]["seq"]
            await guest.read("has closed this")
            assert guest.texts().count("only once") == 1

    run(story())


def test_only_what_a_person_does_counts_as_use_of_a_session(settings, brain):
    """An open desk that nobody sits at reaches the idle limit, however often its socket is looked at."""
    from datetime import timedelta

    from sqlalchemy import select, update

    from frontdesk.desk import people, sessions
    from frontdesk.desk.models import SignedIn
    from frontdesk.ledger import Database, address
    from frontdesk.ledger.store import now

    async def story(url):
        database = Database(address(settings.folder))

        def make(db):
            user = people.create(db, "anna", "Anna", "advisor", None, now())
            return sessions.begin(db, user.id, now(), full=True)

        token, before = await database.run(make), now() - timedelta(minutes=50)
        used = select(SignedIn.used_at)
        await database.run(lambda db: db.execute(update(SignedIn).values(used_at=before)).close())
        async with Advisor(url, token, url) as anna:
            for _ in range(3):  # the page does so by itself after each cut
                await anna.do("join")
                await anna.close()
                await asyncio.sleep(0.2)  # some rounds of the socket's own look
                await anna.connect()
            assert await database.run(lambda db: db.scalar(used)) == before
            await anna.tell("claim", case="h-none")  # refused, and still done by somebody
            assert await database.run(lambda db: db.scalar(used)) > before
            idle = now() - sessions.IDLE
            await database.run(lambda db: db.execute(update(SignedIn).values(used_at=idle)).close())
            await anna.until(lambda: ("signed_out", {}) in anna.events)
        await database.close()

    quick = settings.model_copy(update={"handoff": True, "handoff_grace_seconds": 0.2})
    with serving(make_app(quick), quick.port) as url:
        run(story(url))
