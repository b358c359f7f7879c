"""Where things are told in tests: a real SMTP server, a real receiver of webhooks, and a patient eye."""

import asyncio
import contextlib
import email
import email.policy
import time

from aiosmtpd.controller import Controller
from brain_stand_in import _free, serving
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="


class PostOffice:
    """An SMTP server on a port of its own; ``refuse`` says what it answers to a step."""

    def __init__(self):
        self.port = _free()
        self.mails = []
        self.refuse = {}  # "rcpt" or "data": an SMTP answer
        self.slow = 0.0
        self._controller = None

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if "rcpt" in self.refuse:
            return self.refuse["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(self.slow)
        if "data" in self.refuse:
            return self.refuse["data"]
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append((envelope.rcpt_tos, mail))
        return "250 OK"

    def open(self):
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def close(self):
        if self._controller is not None:
            self._controller.stop()
            self._controller = None


@contextlib.contextmanager
def post_office(opened=True):
    office = PostOffice()
    if opened:
        office.open()
    try:
        yield office
    finally:
        office.close()


class Receiver:
    """Somebody else's system, which gets the webhook; ``answer`` and ``headers`` say how it answers."""

    def __init__(self):
        self.port = _free()
        self.got = []  # (headers, body)
        self.answer, self.headers, self.slow = 200, {}, 0.0

    async def _hook(self, request):
        self.got.append((dict(request.headers), await request.body()))
        await asyncio.sleep(self.slow)
        return PlainTextResponse("", self.answer, self.headers)

    def app(self):
        return Starlette(routes=[Route("/{rest:path}", self._hook, methods=["POST", "GET"])])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/hooks"


@contextlib.contextmanager
def receiver():
    made = Receiver()
    with serving(made.app(), made.port):
        yield made


def quick(monkeypatch, waits=(0.05,), rests=(0.02,), round_seconds=0.05):
    """The same rules, with tenths of seconds."""
    from frontdesk.outward import outbox, sender

    monkeypatch.setattr(outbox, "WAITS", waits)
    monkeypatch.setattr(sender, "RESTS", rests)
    monkeypatch.setattr(sender, "ROUND_SECONDS", round_seconds)


async def until(true, why="it never came true", seconds=20):
    """Until something is so."""
    end = time.monotonic() + seconds
    while True:
        found = true()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        assert time.monotonic() < end, why
        await asyncio.sleep(0.02)
