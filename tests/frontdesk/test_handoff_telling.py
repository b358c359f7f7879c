"""What an advisor corrected reaches Rasa: with the next message, whatever happens meanwhile, and once."""

import asyncio

import pytest
from handoff_stand import Advisor, Guest
from test_handoff_talk import hours, patient, run, site  # noqa: F401

from frontdesk.notices import SLOW
from tools.servers import fresh_database

RIGHT = {"amount_owed": "15000.00", "days_to_pay": None}


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request):
    if request.param == "sqlite":
        return ""
    return fresh_database(request.getfixturevalue("postgres"))


async def corrected(guest, anna):
    """Through a hand-over in which the amount is corrected, and a fact is found to be unknown."""
    await guest.wait_for_a_person()
    await anna.until(lambda: anna.queue)
    await anna.take_first()
    await anna.do("correct", case=anna.case, facts={"amount_owed": "15000", "days_to_pay": None})


@pytest.mark.parametrize("end", ["return", "release", "close"])
def test_it_goes_with_the_next_message_and_with_no_other(site, brain, patient, end):  # noqa: F811
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("result")
            await corrected(guest, anna)
            more = {"agreed": "You owe $15,000."} if end == "return" else {}
            more = {"outcome": "answered"} if end == "close" else more
            await anna.do(end, case=anna.case, **more)
            await guest.say("and now?")
            assert brain.turns[-1]["facts"] == RIGHT
            await guest.say("thanks")
            assert "facts" not in brain.turns[-1]
            assert all("facts" not in turn for turn in brain.turns[:-2])

    run(story())


def test_it_waits_while_rasa_is_away(site, brain, patient):  # noqa: F811
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("result")
            await corrected(guest, anna)
            await anna.do("return", case=anna.case, agreed="")
            brain.down, before = True, len(brain.turns)
            said = asyncio.create_task(guest.say("first"))
            await guest.read(SLOW[:20])
            brain.down = False
            await said
            await guest.say("second")
            first, second = brain.turns[before:]
            assert (first["text"], first["facts"]) == ("first", RIGHT)
            assert "facts" not in second

    run(story())


def test_what_an_advisor_answered_after_all_told_rasa_nothing(site, brain, patient):  # noqa: F811
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("result")
            await corrected(guest, anna)
            await anna.do("return", case=anna.case, agreed="")
            brain.down, before = True, len(brain.turns)
            said = asyncio.create_task(guest.say("is it right now?"))  # bound to this one
            await guest.read(SLOW[:20])
            await guest.wait_for_a_person()
            await anna.until(lambda: anna.queue)
            await anna.take_first()
            await said  # Anna has it
            await anna.do("return", case=anna.case, agreed="")
            brain.down = False
            assert len(brain.turns) == before
            await guest.say("and now?")
            assert brain.turns[-1]["facts"] == RIGHT

    run(story())


def test_what_the_visitor_says_afterwards_counts(site, patient):  # noqa: F811
    async def story():
        async with Guest(site) as guest, Advisor(site) as anna:
            await guest.say("result")
            await corrected(guest, anna)
            seen = (await anna.open(anna.case))["facts"]
            owed = next(f for f in seen if f["fact"] == "amount_owed")
            assert (owed["value"], owed["from"], owed["by"]) == ("15000.00", "advisor", "Anna")
            await anna.do("return", case=anna.case, agreed="")
            await guest.say("no, it is 12,000")
            await guest.say("result")  # computed from 12,000
            await guest.wait_for_a_person()
            await anna.until(lambda: anna.queue)
            again = await anna.take_first()
            owed = next(f for f in again["facts"] if f["fact"] == "amount_owed")
            assert (owed["value"], owed["from"]) == ("12000.00", "visitor")
            assert "'12000.00'" in str(again["assessment"]["card"]["ways"])

    run(story())
