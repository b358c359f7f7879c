"""A person is offered as soon as the firm has somebody who could take a case, and never before."""

import asyncio

import httpx
import pytest
from brain_stand_in import _reply, serving
from handoff_stand import Guest
from sqlalchemy import update
from test_handoff_talk import run

from frontdesk.app import make_app
from frontdesk.desk import people
from frontdesk.desk.models import User
from frontdesk.handoff import whole
from frontdesk.ledger import Database, address
from frontdesk.ledger.store import now
from frontdesk.settings import Settings
from tools.visitor import NotTaken


@pytest.fixture
def asking(brain, monkeypatch):
    """A bot that calls for a person at "a person please", and a quick look at who is there."""
    monkeypatch.setattr(whole, "LONGEST_ROUND", 0.1)
    said = brain.replies
    brain.replies = lambda body: (
        [_reply("You can call.", {"handoff": True})]
        if body["text"] == "a person please"
        else said(body)
    )


def offers(guest):
    return sum(m["card"] == "offer" for m in guest.messages.values())


class People(Guest):
    """Knows the event that says whether a person can be asked for."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self._io.on("people", self._teller("people"))

    async def told_people(self, on):
        await self._until(lambda: self.told and self.told[-1] == ("people", {"on": on}))


def test_from_no_account_to_one_that_is_set_up_and_back(settings, asking):
    database = Database(address(settings.folder, ""))

    async def change(**values):
        work = update(User).values(**values)
        await database.run(lambda db: db.execute(work).close())

    async def story(url):
        async with People(url) as guest:
            assert guest.session["people"] is False
            assert "make desk-user" in httpx.get(url + "/health").json()["handoff"]
            await guest.say("a person please")
            await asyncio.sleep(0.3)
            with pytest.raises(NotTaken) as refused:
                await guest.tell("handoff_offer")
            assert refused.value.code == "no_offer" and "call the firm" in str(refused.value)
            await database.run(
                lambda db: people.create(db, "anna", "", "advisor", None, now()) and None
            )
            await asyncio.sleep(0.3)  # made, not set up
            assert offers(guest) == 0 and ("people", {"on": True}) not in guest.told
            await change(password_hash="x")
            await guest.told_people(True)  # without a restart
            assert httpx.get(url + "/health").json()["handoff"] == "on"
            await guest.say("a person please")
            await guest._until(lambda: offers(guest) == 1)
            await change(disabled=True)
            await guest.told_people(False)
            with pytest.raises(NotTaken):  # nobody is left who could read it
                await guest.tell("handoff_consent", agree=True)
            async with Guest(url, guest.token) as again:
                assert (again.session["people"], again.session["handoff"]) == (False, None)
        await database.close()

    with serving(make_app(settings), settings.port) as url:
        run(story(url))


def test_never(settings, asking):
    async def story(url):
        async with Guest(url) as guest:
            assert (guest.session["people"], guest.session["handoff"]) == (False, None)
            await guest.say("a person please")
            assert offers(guest) == 0
            assert httpx.get(url + "/health").json()["handoff"] == "off: HANDOFF is false"

    off = settings.model_copy(update={"handoff": False})
    with serving(make_app(off), off.port) as url:
        run(story(url))


@pytest.mark.parametrize("given, on", [("", True), ("false", False)])
def test_the_setting(monkeypatch, given, on):
    monkeypatch.setenv("HANDOFF", given)
    monkeypatch.setenv("CP503_SECRET", "x")
    assert Settings(_env_file=None).handoff is on
