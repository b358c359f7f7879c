"""Advisors as programs, and a frontdesk whose desk lets them in by name."""

import asyncio
import contextlib
import os
import sys
import threading
import uuid
from dataclasses import dataclass
from http.cookies import SimpleCookie

import socketio

from tools.visitor import NoAnswer, Visitor

NAMESPACE = "/desk"


@dataclass(frozen=True)
class Person:
    """As the desk's people have them."""

    user: str
    display_name: str
    role: str = "advisor"


PEOPLE = {
    p.user: p
    for p in (
        Person("u-anna", "Anna"), Person("u-ben", "Ben"), Person("u-mia", "Mia", "manager"),
        Person("u-out", "Otto", "visitor"), *(Person(f"u-{n}", f"A{n}") for n in range(20)),
    )
}  # fmt: skip


async def sign_in(environ, used):
    """Whoever the cookie names; ``PEOPLE`` is asked each time."""
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", ""))
    return PEOPLE.get(cookie["desk"].value) if "desk" in cookie else None


async def somebody():
    """Anna has an account."""
    return True


class AlwaysOpen:
    """Opening hours."""

    opened = True

    async def open_at(self, moment):
        return self.opened

    async def next_opening(self, moment):
        return moment


def put_in(app_module, hours=None, **tools):
    """Have ``make_app`` let these people in."""
    made = app_module.Handoff

    def handoff(*args, **more):
        theirs = {"sign_in": sign_in, "hours": hours or AlwaysOpen(), "somebody": somebody}
        return made(*args, **{**more, **theirs, **tools})

    app_module.Handoff = handoff
    return made


class Advisor:
    """One browser at the desk: keeps what it was shown, as the desk's page would."""

    def __init__(self, url, name="u-anna", origin=None):
        self.url, self.name, self.origin = url, name, origin
        self.messages, self.events, self.queue = {}, [], []
        self.case = None
        self.io = None

    async def __aenter__(self):
        await self.connect()
        return self

    async def __aexit__(self, *_):
        await self.close()

    async def connect(self):
        self.io = socketio.AsyncClient(reconnection=False)
        for event in (
            "queue",
            "message",
            "typing",
            "presence",
            "note",
            "case",
            "gone",
            "signed_out",
        ):
            self.io.on(event, self._taker(event), namespace=NAMESPACE)
        headers = {
            "Cookie": f"desk={self.name}",
            **({"Origin": self.origin} if self.origin else {}),
        }
        await self.io.connect(
            self.url, headers=headers, transports=["websocket"], namespaces=[NAMESPACE],
            wait_timeout=10,
        )  # fmt: skip
        if self.case:
            await self.open(self.case)

    def _taker(self, event):
        async def take(body):
            self.events.append((event, body))
            if event == "queue":
                self.queue = body["waiting"]
            if event == "message" and body["case"] == self.case:
                self.keep(body["message"])

        return take

    def keep(self, message):
        self.messages[message["seq"]] = message

    @property
    def after(self):
        """The last number before the first that is missing."""
        n = 0
        while n + 1 in self.messages:
            n += 1
        return n

    async def close(self):
        await self.io.disconnect()

    async def tell(self, event, **body):
        try:
            return await self.io.call(event, body, namespace=NAMESPACE, timeout=10)
        except (TimeoutError, socketio.exceptions.SocketIOError) as error:
            raise NoAnswer("not taken") from error

    async def do(self, event, **body):
        ack = await self.tell(event, **body)
        assert ack["ok"], ack
        return ack

    async def open(self, case):
        self.case = case
        ack = await self.do("open", case=case, after=self.after)
        for message in ack["messages"]:
            self.keep(message)
        return ack

    async def take_first(self):
        """Claim who is first in line, and read it all."""
        case = (await self.do("join"))["waiting"][0]["case"]
        await self.do("claim", case=case)
        return await self.open(case)

    async def say(self, text, client_id=None):
        ack = await self.do(
            "say", case=self.case, client_id=client_id or uuid.uuid4().hex, text=text
        )
        self.keep(ack["message"])
        return ack

    async def back(self):
        """Connect again after a cut, however often it takes, and read what was missed."""
        while True:
            with contextlib.suppress(Exception):
                await self.io.disconnect()
            try:
                return await self.connect()
            except (NoAnswer, AssertionError, socketio.exceptions.SocketIOError):
                await asyncio.sleep(0.1)

    async def insist(self, text):
        """Say something until it is acknowledged, as the desk's page does after each cut."""
        same = uuid.uuid4().hex
        while True:
            try:
                return await self.say(text, same)
            except (NoAnswer, AssertionError):
                await self.back()

    async def until(self, true, seconds=10):
        end = asyncio.get_running_loop().time() + seconds
        while not true():
            assert asyncio.get_running_loop().time() < end, "it never came true"
            await asyncio.sleep(0.02)


class AtTheDesk:
    """An advisor in a thread, for tests that are driven without an event loop: ``desk(coroutine)``."""

    def __init__(self, url, name="u-anna"):
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self.advisor = Advisor(url, name)

    def __call__(self, coroutine, seconds=30):
        return self.begin(coroutine).result(seconds)

    def begin(self, coroutine):
        """Let it go on meanwhile; ``result(seconds)`` of what is returned waits for it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)


class Guest(Visitor):
    """A visitor that knows the hand-over's events."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.told = []
        for event in ("handoff", "handoff_offer", "typing"):
            self._io.on(event, self._teller(event))

    def _teller(self, event):
        async def take(body):
            self.told.append((event, body))
            self._changed.set()

        return take

    def texts(self):
        return [m["text"] for _, m in sorted(self.messages.items())]

    async def read(self, part):
        await self._until(lambda: any(part in text for text in self.texts()))

    async def wait_for_a_person(self, **contact):
        """Ask for a person, and agree."""
        await self.tell("handoff_offer")
        await self.tell("handoff_consent", agree=True, **contact)


def main():
    """A frontdesk in a process of its own, with the settings of its environment."""
    from frontdesk import __main__, app

    hours = AlwaysOpen()
    hours.opened = "DESK_CLOSED" not in os.environ
    put_in(app, hours)
    __main__.make_app = app.make_app
    return __main__.main()


if __name__ == "__main__":
    sys.exit(main())
