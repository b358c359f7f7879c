"""Who comes in and what they see first: a signed token is the only key to a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import socketio
import structlog
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import BaseRoute

from frontdesk.between import Between
from frontdesk.channels.website.events import Events
from frontdesk.channels.website.papers import Papers
from frontdesk.channels.website.people import MailMe, People, PeopleEvents
from frontdesk.forgetting import Forgetting
from frontdesk.gate import Rates
from frontdesk.ledger import Gone, Ledger, Marks, Message, Privacy
from frontdesk.settings import Settings
from frontdesk.turns import Deliver, Turns

log = structlog.get_logger()

CHANNEL = "website"
LARGEST_PACKET = 64_000  # bytes; the longest message allowed is far below


class Website:
    """Socket.IO server of the widget."""

    def __init__(
        self,
        settings: Settings,
        ledger: Ledger,
        marks: Marks,
        privacy: Privacy,
        forgetting: Forgetting,
        papers: Papers,
    ) -> None:
        self._settings = settings
        self._ledger = ledger
        self._privacy = privacy
        self._papers = papers
        self._rates = Rates(
            settings.messages_per_10_seconds, settings.new_visitors_per_minute, settings.redis_url
        )
        self._tokens = URLSafeSerializer(settings.cp503_secret, salt="visitor")
        self.io = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=settings.may_connect,
            cors_credentials=False,  # a token in the message, never a cookie
            max_http_buffer_size=LARGEST_PACKET,
            logger=False,
            engineio_logger=False,
            **(
                {"client_manager": Between(settings.redis_url, self._show_all)}
                if settings.redis_url
                else {}
            ),
        )
        self._turns: Turns | None = None
        self.people: People | None = None  # the hand-over to a person, where there is one
        self.mail_me: MailMe | None = None  # what can be sent to a visitor by mail
        self.io.on("connect", self._connect)
        self.io.on("disconnect", self._disconnect)
        self._events = Events(self, self._rates, ledger, marks, privacy, forgetting, papers)
        self._events.register()
        PeopleEvents(self, self._rates).register(self._events.guarded)

    async def start(self, turns: Turns, _: object = None) -> None:
        """Use these hands, and hear the other frontdesks from the start.

        Left alone, socket.io begins to hear them with the first visitor.
        """
        self._turns = turns
        if not self.io.manager_initialized:
            self.io.manager_initialized = True
            self.io.manager.initialize()

    async def stop(self) -> None:
        """Pages reconnect by themselves."""

    def routes(self) -> Sequence[BaseRoute]:
        """The documents; the socket is mounted around the whole application."""
        return self._papers.routes()

    @property
    def turns(self) -> Turns:
        """The hands; set before the first connection."""
        assert self._turns is not None
        return self._turns

    @property
    def deliver(self) -> Deliver:
        """What the hands call."""
        return Deliver(self.send, self._typing, self._answered, self._held)

    async def send(self, conversation: str, messages: Sequence[Message]) -> None:
        for message in messages:
            await self.io.emit("message", message.public(), room=conversation)

    async def _typing(self, conversation: str, on: bool) -> None:
        await self.io.emit("typing", {"on": on}, room=conversation)

    async def _answered(self, conversation: str, seq: int) -> None:
        await self.io.emit("answered", {"seq": seq}, room=conversation)

    async def _held(self, conversation: str) -> None:
        await self.io.emit("consent_needed", {}, room=conversation)

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any) -> bool:
        auth = auth if isinstance(auth, dict) else {}
        after = auth.get("after")
        after = after if isinstance(after, int) and not isinstance(after, bool) else 0
        try:
            visitor = await self._visitor(auth.get("token"))
            if visitor is None:
                if not await self._rates.new_visitor(_address(environ)):
                    raise socketio.exceptions.ConnectionRefusedError("too_fast")
                visitor, after = await self._ledger.new_visitor(), 0
            conversation = await self._ledger.current(visitor)
            if conversation is None:
                conversation, after = await self._ledger.open(visitor, CHANNEL), 0
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)
            raise socketio.exceptions.ConnectionRefusedError("not_now") from error
        await self.io.save_session(sid, {"visitor": visitor, "conversation": conversation})
        await self.enter(sid, visitor, conversation, after)
        return True

    async def _visitor(self, token: Any) -> str | None:
        """The visitor of a token we signed ourselves, if still in the ledger."""
        if not isinstance(token, str):
            return None
        try:
            visitor = self._tokens.loads(token)
        except BadData:
            return None
        return visitor if isinstance(visitor, str) and await self._ledger.known(visitor) else None

    async def enter(self, sid: str, visitor: str, conversation: str, after: int) -> None:
        """Send what the conversation holds after a number, and from then on all that comes."""
        # Into the room first: a reply written meanwhile is then sent twice rather than not at all,
        # and the page knows messages by their number. What came before the session was not for the
        # page yet, so it is sent again.
        await self.io.enter_room(sid, conversation)
        await self.io.enter_room(sid, visitor)
        messages = await self._ledger.messages(conversation, after)
        waiting = await self._ledger.next_waiting(conversation)
        if waiting:
            self.turns.wake(conversation)
        shown = await self.people.status(conversation) if self.people else None
        body = {
            "token": self._tokens.dumps(visitor),
            "conversation": conversation,
            "messages": [m.public() for m in messages],
            "typing": waiting is not None,  # whichever process has it in hand
            "consent": await self._privacy.consented(visitor),
            "held": await self._privacy.held(conversation),
            "keep_days": self._settings.keep_days,
            "firm": self._settings.firm,
            "handoff": shown,
            "people": self.people is not None and await self.people.possible(),
            "mail": self.mail_me is not None and self.mail_me.on,
        }
        await self.io.emit("session", body, to=sid)
        last = messages[-1].seq if messages else after
        for message in await self._ledger.messages(conversation, last):
            await self.io.emit("message", message.public(), to=sid)
        if waiting and await self._ledger.next_waiting(conversation) is None:
            await self.io.emit("typing", {"on": False}, to=sid)
        if self.people and shown:
            await self.people.present(conversation, True)

    async def tell(self, conversation: str, event: str, body: dict[str, Any]) -> None:
        """Send an event to a conversation's pages."""
        await self.io.emit(event, body, room=conversation)

    async def tell_all(self, event: str, body: dict[str, Any]) -> None:
        """Send an event to every page."""
        await self.io.emit(event, body)

    def here(self, conversation: str) -> bool | None:
        """Whether one of its pages is connected; it may be so to another process, then ``None``."""
        if any(self.io.manager.get_participants("/", conversation)):
            return True
        return False if self._settings.frontdesks == 1 else None

    async def _disconnect(self, sid: str, *_: Any) -> None:
        """Of the last page here the advisor is told; nothing else hangs on it."""
        try:
            conversation = (await self.io.get_session(sid))["conversation"]
            here = self.io.manager.get_participants("/", conversation)
            if self.people and all(other == sid for other, _ in here):
                await self.people.present(conversation, False)
        except (KeyError, SQLAlchemyError, OSError) as error:
            log.debug("not told", error=type(error).__name__)

    async def restart(self, sid: str, visitor: str, old: str) -> None:
        """A new conversation of the same visitor, on this page."""
        if not await self._ledger.known(visitor):
            raise Gone(old)
        if self.people and await self.people.status(old):
            await self.people.before_restart(old)
        conversation = await self._ledger.open(visitor, CHANNEL)
        await self.io.leave_room(sid, old)
        await self.io.save_session(sid, {"visitor": visitor, "conversation": conversation})
        await self.enter(sid, visitor, conversation, 0)

    async def _show_all(self) -> None:
        """Send every visitor connected here what the ledger holds; the page knows what it has."""
        for sid, _ in list(self.io.manager.get_participants("/", None)):
            try:
                session = await self.io.get_session(sid)
                await self.enter(sid, session["visitor"], session["conversation"], 0)
            except (KeyError, SQLAlchemyError, OSError) as error:  # gone meanwhile, or no database
                log.warning("not shown again", error=type(error).__name__)


def _address(environ: dict[str, Any]) -> str:
    client = (environ.get("asgi.scope") or {}).get("client")
    return str(client[0]) if client else "?"
