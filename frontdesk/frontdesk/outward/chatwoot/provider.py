"""Chatwoot behind ``HandoffProvider``, as a way of the outbox, and the door Chatwoot knocks at."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from frontdesk.handoff.models import Case
from frontdesk.ledger import Database, Message
from frontdesk.outward.chatwoot.acts import Acts, Served
from frontdesk.outward.chatwoot.client import Agent, Client, Missing
from frontdesk.outward.chatwoot.links import Links
from frontdesk.outward.chatwoot.sync import Sync, identifier_of
from frontdesk.outward.outbox import Errand
from frontdesk.outward.settings import OutwardSettings
from frontdesk.outward.ways import CHATWOOT, Away, Never

log = structlog.get_logger()

PATH = "/chatwoot"
LOOK_SECONDS = 60.0  # how often open cases are looked at without an event, which may have been lost
AGENTS_SECONDS = 20.0  # how often it is asked who is online
TRY_SECONDS = 60.0  # between tries to delete what a visitor deleted
SYNC_SECONDS = 90.0  # for one look at a case; what was done until then is kept
LARGEST_EVENT = 1_000_000  # bytes
EVENTS = ("message_created", "conversation_updated", "conversation_status_changed")


class Chatwoot:
    """The provider, and the way."""

    kind = CHATWOOT

    def __init__(
        self, settings: OutwardSettings, database: Database, clock: Callable[[], Any]
    ) -> None:
        self._callback, self._secret = (
            settings.chatwoot_callback_token, settings.chatwoot_webhook_secret,
        )  # fmt: skip
        self._client = Client(settings)
        self._links = Links(database, clock)
        self._acts = Acts(self._links)
        self._sync = Sync(database, self._client, self._links, self._acts)
        self.wake: Callable[[bool], None] = lambda rested: None  # the sender's, set by Outward
        self._looked = self._asked = self._tried = float("-inf")
        self._agents: Sequence[Agent] = ()
        self._beside: asyncio.Task[None] | None = None

    def serve(self, handoff: Served) -> None:
        """Work for this hand-over."""
        self._acts.serve(handoff)

    # The way

    async def send(self, errand: Errand) -> None:
        if not self._acts.served:
            raise Away("the hand-over is off")
        try:
            async with asyncio.timeout(SYNC_SECONDS):
                await self._sync.bring(errand)
        except TimeoutError as error:  # what was done is kept; the next try goes on from there
            raise Away("slow", whole=False) from error

    async def look(self) -> None:
        """What was said since; from time to time everything open; and what is to be deleted there."""
        await self._links.nudge(*await self._links.behind())
        now = time.monotonic()
        if now - self._looked >= LOOK_SECONDS:
            self._looked = now
            await self._links.nudge(*await self._links.open())
        if self._beside is None or self._beside.done():
            self._beside = asyncio.create_task(self._see_to())

    async def close(self) -> None:
        if self._beside is not None:
            self._beside.cancel()
            await asyncio.gather(self._beside, return_exceptions=True)
        await self._client.close()

    async def _see_to(self) -> None:
        """What takes requests: apart, so that a slow Chatwoot holds up nothing."""
        now = time.monotonic()
        try:
            if now - self._asked >= AGENTS_SECONDS:
                self._asked = now
                await self._ask_who()
            if now - self._tried >= TRY_SECONDS:
                await self._forget()
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)

    async def _ask_who(self) -> None:
        try:
            self._agents = await self._client.online()
        except (Away, Never, Missing) as error:
            self._agents = ()  # nobody who could not be reached counts as there
            log.warning("chatwoot away", what="agents", reason=str(error) or "http 404")

    async def _forget(self) -> None:
        try:
            for link in await self._links.orphans():
                identifier = identifier_of(link.conversation_id)
                await self._client.forget(link.contact_id, identifier)
                await self._links.drop(link.conversation_id)
        except (Away, Never, Missing) as error:
            self._tried = time.monotonic()
            log.error("not deleted in chatwoot yet", reason=str(error) or "http 404")

    # What the hand-over tells (HandoffProvider)

    async def queue_changed(self) -> None:
        """A place in line is nothing to tell there."""

    async def messages(self, case: Case, messages: Sequence[Message]) -> None:
        await self._links.nudge(case.id)
        self.wake(False)

    async def case_changed(self, case: Case) -> None:
        self.wake(False)

    async def visitor_typing(self, case: Case, on: bool) -> None:
        """Not told: a request for every few letters."""

    async def visitor_present(self, conversation: str, on: bool) -> None:
        """Chatwoot shows no such thing for this channel."""

    async def forgotten(self) -> None:
        self._tried = float("-inf")
        self.wake(False)

    async def beat(self) -> None:
        """Who is there: who is online in Chatwoot, and whoever has a case there."""
        await self._links.there(self._agents)

    # The door

    def routes(self) -> list[Route]:
        """Where Chatwoot sends its events."""
        return [Route(PATH + "/{token}", self._event, methods=["POST"])]

    async def _event(self, request: Request) -> Response:
        """An event only says where to look: nothing in it is taken for true."""
        if not hmac.compare_digest(request.path_params["token"].encode(), self._callback.encode()):
            return PlainTextResponse("not found", 404)
        body = bytearray()
        async for part in request.stream():
            body += part
            if len(body) > LARGEST_EVENT:
                return PlainTextResponse("too large", 413)
        if not self._signed(request, bytes(body)):
            return PlainTextResponse("not signed", 401)
        try:
            event = json.loads(bytes(body))
            if event.get("event") not in EVENTS or _ours(event):
                return PlainTextResponse("ok")
            told = event.get("conversation") if event["event"] == "message_created" else event
            there = int(told["id"])
        except (ValueError, KeyError, TypeError, AttributeError):
            return PlainTextResponse("cannot be read", 400)
        try:
            case = await self._links.case_there(there)
            if case is not None:
                await self._links.nudge(case, revive=True)
                self.wake(True)  # whoever sends events can take requests
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)
            return PlainTextResponse("not now", 503)
        return PlainTextResponse("ok")

    def _signed(self, request: Request, body: bytes) -> bool:
        """Whether Chatwoot signed it (4.13 and later), where its secret is set.

        The time in it is not held against the clock here: an event that comes again changes nothing.
        """
        if not self._secret:
            return True
        at = request.headers.get("x-chatwoot-timestamp", "")
        given = request.headers.get("x-chatwoot-signature", "")
        signed = hmac.new(self._secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
        return hmac.compare_digest(given.encode(), f"sha256={signed.hexdigest()}".encode())


def _ours(event: dict[str, Any]) -> bool:
    """Whether it tells of what we posted ourselves, or of a note: nothing to look for."""
    return event.get("message_type") == "incoming" or bool(event.get("private"))
