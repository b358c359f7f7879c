"""The visitor rates the help, once a case is closed: by a tap anywhere, or in place on the website."""

import json
import sqlite3

import pytest
from handoff_stand import Advisor, Guest
from test_handoff_talk import hours, patient, run, site  # noqa: F401

from tools.visitor import NotTaken


def question(guest):
    return [m for _, m in sorted(guest.messages.items()) if m["card"] == "rating"][-1]


async def closed(guest, anna):
    await guest.wait_for_a_person()
    await anna.take_first()
    before = sum(m["card"] == "rating" for m in guest.messages.values())
    await anna.do("close", case=anna.case, outcome="answered")
    await guest._until(lambda: sum(m["card"] == "rating" for m in guest.messages.values()) > before)
    return question(guest)


async def rated(anna):
    return (await anna.open(anna.case))["case"]["rating"]


def test_a_tap_is_a_rating_and_never_goes_to_the_bot(site, brain, patient):  # noqa: F811
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            asked = await closed(guest, anna)
            titles = [b["title"] for b in asked["buttons"]]
            assert titles == ["It helped", "Partly", "It did not help"]
            assert await rated(anna) is None
            turns = len(brain.turns)
            await guest.choose(asked["seq"], 1)
            await guest.read("Your answer is passed on to the firm.")
            assert await rated(anna) == "partly"
            assert len(brain.turns) == turns
            await guest.say("and now?")
            assert "echo: and now?" in guest.texts()

    run(story())


def test_in_place_it_can_be_changed_until_the_next_case(site, settings, patient):  # noqa: F811
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            asked = await closed(guest, anna)
            first, count = anna.case, len(guest.messages)
            for n, value in enumerate(["not", "helped", "helped"]):
                ack = await guest.tell("handoff_rate", seq=asked["seq"], rating=value)
                assert ack["message"]["chosen"] == [2, 0, 0][n]
            assert await rated(anna) == "helped"
            assert len(guest.messages) == count  # nothing is said, the question is marked
            for bad in ({"seq": 1, "rating": "helped"}, {"seq": asked["seq"], "rating": "great"}):
                with pytest.raises(NotTaken) as refused:
                    await guest.tell("handoff_rate", **bad)
                assert refused.value.code == "no_case"
            with pytest.raises(NotTaken) as refused:
                await guest.tell("handoff_rate", seq="1", rating="helped")
            assert refused.value.code == "bad_request"
            later = await closed(guest, anna)
            with pytest.raises(NotTaken):
                await guest.tell("handoff_rate", seq=asked["seq"], rating="not")
            await guest.choose(asked["seq"], 2)
            await guest.read("cannot be rated any more")
            await guest.tell("handoff_rate", seq=later["seq"], rating="not")
            assert await rated(anna) == "not"
            anna.case = first
            assert await rated(anna) == "helped"

    run(story())
    with sqlite3.connect(settings.folder / "frontdesk.db") as database:
        entries = database.execute("SELECT details FROM desk_audit WHERE what = 'case.rated'")
        assert [json.loads(e)["rating"] for (e,) in entries] == ["not", "helped", "not"]
        assert database.execute("SELECT count(rated_at) FROM handoff_case").fetchone() == (2,)
