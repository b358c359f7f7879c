"""The firm's people for tests: real desk accounts, and an advisor's browser beside the local Slack."""

import asyncio
import sys
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[1] / "frontdesk"))

from desk_stand import Stand, settings_of  # noqa: E402
from handoff_stand import AlwaysOpen, AtTheDesk, somebody  # noqa: E402

from frontdesk import app  # noqa: E402
from frontdesk.desk.making import make  # noqa: E402
from frontdesk.ledger import Database, address  # noqa: E402
from frontdesk.ledger.store import now  # noqa: E402

STAFF = "C5"
ORIGIN = "http://desk.test"


class Account:
    """Somebody signed in at the desk: their cookie, and the desk's routes."""

    def __init__(self, url, user, token, csrf):
        self.url, self.user, self.token = url, user, token
        self._headers = {"origin": ORIGIN, "x-desk-token": csrf, "cookie": f"desk={token}"}

    def get(self, path):
        return httpx.get(f"{self.url}/desk/api/{path}", headers=self._headers)

    def post(self, path, **body):
        return httpx.post(f"{self.url}/desk/api/{path}", json=body, headers=self._headers)

    def links(self, person):
        """Makes a code at the desk and types it in Slack; what Slack showed them."""
        made = self.post("me/slack").json()
        return person.commands(f"link {made['code']}", channel=STAFF).json()["text"]


def account(url, folder, name="anna", role="advisor"):
    """A new account, set up and signed in."""

    async def run():
        settings = settings_of(folder, desk_origin=ORIGIN)
        where = address(folder)
        database = Database(where)
        stand = Stand(settings, database, where)
        stand.clock.now = now()
        browser = stand.browser(origin=ORIGIN)
        try:
            made = await make(stand.core, name, role, False)
            await browser.set_up(made[2], name)
            me = (await browser.get("me")).json()
            return Account(url, me, browser.token(), browser.csrf)
        finally:
            await browser.http.aclose()
            await database.close()

    return asyncio.run(run())


def open_always(monkeypatch):
    """The desk's hours, and who has an account, are not what these tests are about."""
    made = app.Handoff

    def handoff(*args, **more):
        return made(*args, **{**more, "hours": AlwaysOpen(), "somebody": somebody})

    monkeypatch.setattr(app, "Handoff", handoff)


def a_person_please(brain):
    """Have the brain answer that sentence with a hand-over."""
    said = brain.replies
    answer = {"text": "You can call.", "buttons": [], "links": [], "data": {"handoff": True}}
    brain.replies = lambda body: [answer] if body["text"] == "a person please" else said(body)


def asks_for_a_person(slack, person):
    """In the direct message, up to the place in line."""
    person.says(person.dm, "a person please")
    offer = slack.wait_for(
        lambda: [m for m in slack.posted(person.dm) if "Yes, pass it on" in m.buttons]
    )[-1]
    person.clicks(offer, "Yes, pass it on")
    slack.wait_for(lambda: "Passed on." in slack.posted(person.dm)[-1].words)


__all__ = [
    "ORIGIN",
    "STAFF",
    "Account",
    "AtTheDesk",
    "a_person_please",
    "account",
    "asks_for_a_person",
    "open_always",
]
