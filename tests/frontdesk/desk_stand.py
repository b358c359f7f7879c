"""The desk alone, on a database of its own, with a clock the test turns and a browser it drives."""

import asyncio
import contextlib
import json
from datetime import UTC, datetime, timedelta

import httpx
import pyotp
from argon2 import PasswordHasher
from starlette.applications import Starlette

from frontdesk.desk import Core, Desk
from frontdesk.desk.keys import Keys
from frontdesk.desk.making import make
from frontdesk.desk.pace import Pace
from frontdesk.desk.passwords import Passwords
from frontdesk.handoff.case_routes import CaseRoutes
from frontdesk.ledger import Database, address
from frontdesk.ledger.migrate import migrate
from frontdesk.settings import Settings

SECRET = "a-secret-of-the-tests"
ORIGIN = "https://desk.example.com"
PASSWORD = "seven green lamps"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """Stands still until it is turned."""

    def __init__(self):
        self.now = datetime(2026, 11, 24, 15, 0, 1, tzinfo=UTC)

    def __call__(self):
        return self.now

    def turn(self, **by):
        self.now += timedelta(**by)


class Stand:
    """A desk."""

    def __init__(self, settings, database, url, per_minute=10_000):
        self.clock = Clock()
        self.database, self.url = database, url
        self.core = Core(
            settings, database, Keys(settings.cp503_secret), Pace(per_minute), Passwords(QUICK),
            clock=self.clock,
        )  # fmt: skip
        self.desk = Desk(self.core)
        cases = CaseRoutes(self.core, self.desk.gate)
        self.app = Starlette(routes=[*self.desk.routes(), *cases.routes()])
        self.browsers = []

    def browser(self, client_address="10.0.0.1", origin=ORIGIN):
        """A browser with its own cookies, at its own address."""
        made = Browser(self, client_address, origin)
        self.browsers.append(made)
        return made

    async def link(self, name="anna", role="advisor", reset=False):
        """The code of a set-up link."""
        return (await make(self.core, name, role, reset))[2]

    async def person(self, name="anna", role="advisor", **more):
        """A browser in which somebody has just set up their account with an app."""
        browser = self.browser(**more)
        await browser.set_up(await self.link(name, role), name)
        return browser


class Browser:
    """Does what the desk's page would do."""

    def __init__(self, stand, client_address, origin):
        self.stand = stand
        transport = httpx.ASGITransport(stand.app, client=(client_address, 1))
        self.http = httpx.AsyncClient(transport=transport, base_url=origin)
        self.origin = origin
        self.csrf = ""
        self.name = self.secret = ""
        self.recovery = []

    async def post(self, path, method="POST", headers=None, **body):
        sent = {"origin": self.origin, "x-desk-token": self.csrf, **(headers or {})}
        answer = await self.http.request(method, "/desk/api/" + path, json=body, headers=sent)
        with contextlib.suppress(json.JSONDecodeError):
            self.csrf = answer.json().get("csrf", self.csrf)
        return answer

    async def get(self, path, **query):
        answer = await self.http.get("/desk/api/" + path, params=query)
        with contextlib.suppress(json.JSONDecodeError):
            self.csrf = answer.json().get("csrf", self.csrf)
        return answer

    async def set_up(self, code, name, password=PASSWORD):
        self.name = name
        self.secret = (await self.post("setup/totp", code=code)).json()["secret"]
        answer = await self.post("setup/finish", code=code, password=password, totp=self.code())
        assert answer.status_code == 200, answer.text
        self.recovery = answer.json()["recovery"]
        return answer

    def code(self):
        """What the app shows now."""
        return pyotp.TOTP(self.secret).at(self.stand.clock.now)

    async def password(self, password=PASSWORD, name=None):
        return await self.post("sign-in", name=name or self.name, password=password)

    async def sign_in(self, password=PASSWORD):
        """Both steps, half a minute later: a code is taken once."""
        self.stand.clock.turn(seconds=30)
        assert (await self.password(password)).status_code == 200
        answer = await self.post("second-factor/totp", code=self.code())
        assert answer.status_code == 200, answer.text
        return answer

    def token(self):
        """The session's cookie."""
        name = "__Host-desk" if self.origin.startswith("https") else "desk"
        return self.http.cookies.get(name)


def code_of(answer):
    """The code of a refusal; "" when it was none."""
    found = answer.json().get("error", {})
    assert not found or found["message"].strip().endswith(".")
    return found.get("code", "")


def settings_of(folder, database_url="", **more):
    more = {"desk_origin": ORIGIN} | more
    return Settings(
        _env_file=None, data_dir=folder, cp503_secret=SECRET, database_url=database_url, **more
    )


def play(folder, story, database_url="", per_minute=10_000, **more):
    """Run a story with a fresh desk."""

    async def run():
        settings = settings_of(folder, database_url, **more)
        url = address(folder, database_url)
        await asyncio.to_thread(migrate, url)
        database = Database(url)
        stand = Stand(settings, database, url, per_minute)
        try:
            return await story(stand)
        finally:
            for browser in stand.browsers:
                await browser.http.aclose()
            await database.close()

    return asyncio.run(run())
