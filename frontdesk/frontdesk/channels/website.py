"""The website's socket (docs/architecture.md): a signed token is the only key to a conversation."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import socketio
import structlog
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.exc import SQLAlchemyError

from frontdesk import notices
from frontdesk.between import Between
from frontdesk.gate import Passed, Rates, Refused, admit
from frontdesk.ledger import Ledger, Message
from frontdesk.settings import Settings
from frontdesk.turns import Deliver, Turns

log = structlog.get_logger()

CHANNEL = "website"
LARGEST_PACKET = 64_000  # bytes; the longest message allowed is far below
Ack = dict[str, Any]


class Website:
    """Socket.IO server of the page."""

    def __init__(self, settings: Settings, ledger: Ledger) -> None:
        self._settings = settings
        self._ledger = ledger
        self._rates = Rates(
            settings.messages_per_10_seconds, settings.new_visitors_per_minute, settings.redis_url
        )
        self._tokens = URLSafeSerializer(settings.cp503_secret, salt="visitor")
        self.io = socketio.AsyncServer(
            async_mode="asgi",
            cors_allowed_origins=settings.origins,
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
        self.io.on("connect", self._connect)
        for event, handler in (
            ("say", self._say), ("choose", self._choose), ("restart", self._restart),
        ):  # fmt: skip
            self.io.on(event, self._guarded(handler))

    def serve(self, turns: Turns) -> None:
        """Use these hands."""
        self._turns = turns

    def listen(self) -> None:
        """Hear the other frontdesks from the start; left alone it begins with the first visitor."""
        if not self.io.manager_initialized:
            self.io.manager_initialized = True
            self.io.manager.initialize()

    @property
    def turns(self) -> Turns:
        """The hands; set before the first connection."""
        assert self._turns is not None
        return self._turns

    @property
    def deliver(self) -> Deliver:
        """What the hands call."""
        return Deliver(self._send, self._typing, self._answered)

    async def _send(self, conversation: str, messages: Sequence[Message]) -> None:
        for message in messages:
            await self.io.emit("message", message.public(), room=conversation)

    async def _typing(self, conversation: str, on: bool) -> None:
        await self.io.emit("typing", {"on": on}, room=conversation)

    async def _answered(self, conversation: str, seq: int) -> None:
        await self.io.emit("answered", {"seq": seq}, room=conversation)

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
        await self._enter(sid, visitor, conversation, after)
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

    async def _enter(self, sid: str, visitor: str, conversation: str, after: int) -> None:
        # Into the room first: a reply written meanwhile is then sent twice rather than not at all,
        # and the page knows messages by their number.
        await self.io.enter_room(sid, conversation)
        messages = await self._ledger.messages(conversation, after)
        waiting = await self._ledger.next_waiting(conversation)
        if waiting:
            self.turns.wake(conversation)
        body = {
            "token": self._tokens.dumps(visitor),
            "conversation": conversation,
            "messages": [m.public() for m in messages],
            "typing": waiting is not None,  # whichever process has it in hand
            "firm": self._settings.firm,
        }
        await self.io.emit("session", body, to=sid)

    async def _show_all(self) -> None:
        """Send every visitor connected here what the ledger holds; the page knows what it has."""
        for sid, _ in list(self.io.manager.get_participants("/", None)):
            try:
                session = await self.io.get_session(sid)
                await self._enter(sid, session["visitor"], session["conversation"], 0)
            except (KeyError, SQLAlchemyError, OSError) as error:  # gone meanwhile, or no database
                log.warning("not shown again", error=type(error).__name__)

    def _guarded(
        self, handler: Callable[[str, dict[str, Any], Any], Coroutine[Any, Any, Ack]]
    ) -> Callable[..., Coroutine[Any, Any, Ack]]:
        """Every refusal and failure becomes an acknowledgement with a sentence."""

        async def run(sid: str, *args: Any) -> Ack:
            body = args[0] if args else None
            try:
                session = await self.io.get_session(sid)
                if not isinstance(body, dict) or not session:
                    raise Refused("bad_request", notices.BAD_REQUEST)
                return await handler(sid, session, body)
            except Refused as refused:
                error = {"code": refused.code, "message": refused.message}
                if refused.retry_after is not None:
                    error["retry_after"] = refused.retry_after  # type: ignore[assignment]
                return {"ok": False, "error": error}
            except (SQLAlchemyError, OSError) as error_:
                log.error("ledger failed", error=type(error_).__name__)
                return {"ok": False, "error": {"code": "not_saved", "message": notices.NOT_SAVED}}

        return run

    async def _say(self, sid: str, session: dict[str, Any], body: dict[str, Any]) -> Ack:
        client_id = _client_id(body)
        conversation = session["conversation"]
        held = await self._ledger.said(conversation, client_id)
        if held is not None:  # sent again after a lost acknowledgement: no rate, no second answer
            return _ack(held)
        passed = admit(body.get("text"))
        await self._rates.message(session["visitor"])
        return await self._take(conversation, client_id, passed)

    async def _choose(self, sid: str, session: dict[str, Any], body: dict[str, Any]) -> Ack:
        client_id = _client_id(body)
        seq, button = body.get("seq"), body.get("button")
        if type(seq) is not int or type(button) is not int:
            raise Refused("bad_request", notices.BAD_REQUEST)
        conversation = session["conversation"]
        held = await self._ledger.said(conversation, client_id)
        if held is not None:
            return _ack(held)
        await self._rates.message(session["visitor"])
        return await self._take(conversation, client_id, Passed("", ()), (seq, button))

    async def _take(
        self,
        conversation: str,
        client_id: str,
        passed: Passed,
        button: tuple[int, int] | None = None,
    ) -> Ack:
        notice = notices.masked(passed.masked) if passed.masked else None
        try:
            written, new = await self._ledger.take(
                conversation, client_id, passed.text, passed.masked, notice, button
            )
        except LookupError as error:
            raise Refused("no_such_button", notices.NO_BUTTON) from error
        if new:
            await self._send(conversation, written)
            self.turns.wake(conversation)
        return _ack(written[0])

    async def _restart(self, sid: str, session: dict[str, Any], body: dict[str, Any]) -> Ack:
        await self._rates.message(session["visitor"])
        visitor, old = session["visitor"], session["conversation"]
        conversation = await self._ledger.open(visitor, CHANNEL)
        await self.io.leave_room(sid, old)
        await self.io.save_session(sid, {"visitor": visitor, "conversation": conversation})
        await self._enter(sid, visitor, conversation, 0)
        return {"ok": True}


def _client_id(body: dict[str, Any]) -> str:
    client_id = body.get("client_id")
    if not isinstance(client_id, str) or not 8 <= len(client_id) <= 64:
        raise Refused("bad_request", notices.BAD_REQUEST)
    return client_id


def _ack(message: Message) -> Ack:
    return {"ok": True, "seq": message.seq, "message": message.public()}


def _address(environ: dict[str, Any]) -> str:
    client = (environ.get("asgi.scope") or {}).get("client")
    return str(client[0]) if client else "?"
