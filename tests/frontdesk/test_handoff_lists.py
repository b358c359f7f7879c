"""What a desk's page starts from: every open case, however many were closed since, and who is there."""

import asyncio

import pytest
from brain_stand_in import serving
from handoff_stand import Advisor, Guest, put_in

from frontdesk import app
from frontdesk.app import make_app
from frontdesk.handoff import desk_acts


@pytest.fixture
def site(settings, monkeypatch):
    monkeypatch.setattr(app, "Handoff", app.Handoff)
    put_in(app)
    with_firm = settings.model_copy(
        update={"handoff": True, "firm_name": "Harbor Tax", "firm_phone": "555-0142"}
    )
    with serving(make_app(with_firm), with_firm.port) as url:
        yield url


def run(story):
    asyncio.run(asyncio.wait_for(story, 60))


def test_an_open_case_stays_in_the_list_however_many_were_closed(site, monkeypatch):
    monkeypatch.setattr(desk_acts, "MOST_CLOSED", 1)

    async def story():
        async with Advisor(site) as anna:
            taken = []
            for end in (False, False, True, True):
                async with Guest(site) as guest:
                    await guest.say("hello")
                    await guest.wait_for_a_person(name="Dana", contact="555-0100 200")
                taken.append((await anna.take_first())["case"]["case"])
                if end:
                    await anna.do("close", case=taken[-1], outcome="answered")
            listed = (await anna.do("join"))["cases"]
            held = [row for row in listed if row["state"] == "with_advisor"]
            assert {row["case"] for row in held} == set(taken[:2])
            assert [r["case"] for r in listed if r["state"] == "closed"] == [taken[3]]
            first = held[0]
            assert (first["advisor_id"], first["name"]) == ("u-anna", "Dana")
            assert (first["channel"], first["why_words"]) == (
                "website", "The visitor asked for a person.",
            )  # fmt: skip

    run(story())


def test_the_firm_and_whether_the_visitor_is_there(site):
    async def story():
        async with Advisor(site) as anna:
            async with Guest(site) as guest:
                await guest.say("hello")
                await guest.wait_for_a_person()
                assert (await anna.take_first())["visitor"] is True
            await anna.until(
                lambda: ("presence", {"case": anna.case, "visitor": False}) in anna.events
            )
            assert (await anna.open(anna.case))["visitor"] is False
            firm = (await anna.do("join"))["firm"]
            assert firm == {"name": "Harbor Tax", "phone": "555-0142"}

    run(story())
