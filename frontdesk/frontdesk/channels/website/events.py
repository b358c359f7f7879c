"""What a visitor's page sends: each event is passed by the gate, written, and acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from frontdesk import notices
from frontdesk.channels.website.papers import Papers
from frontdesk.forgetting import Forgetting
from frontdesk.gate import Passed, Rates, Refused, admit
from frontdesk.ledger import Gone, Ledger, Marks, Message, Privacy
from frontdesk.ledger.store import new_id

if TYPE_CHECKING:
    from frontdesk.channels.website.door import Website

log = structlog.get_logger()

Ack = dict[str, Any]
Session = dict[str, Any]
Handler = Callable[[str, Session, dict[str, Any]], Coroutine[Any, Any, Ack]]


class Events:
    """The handlers of all events but connecting."""

    def __init__(
        self,
        website: Website,
        rates: Rates,
        ledger: Ledger,
        marks: Marks,
        privacy: Privacy,
        forgetting: Forgetting,
        papers: Papers,
    ) -> None:
        self._website = website
        self._rates = rates
        self._ledger = ledger
        self._marks = marks
        self._privacy = privacy
        self._forgetting = forgetting
        self._papers = papers

    def register(self) -> None:
        """Have the socket call them."""
        handlers: dict[str, Handler] = {
            "say": self._say, "choose": self._choose, "restart": self._restart,
            "consent": self._consent, "rate": self._rate, "tick": self._tick, "plan": self._plan,
            "document": self._document, "delete": self._delete,
        }  # fmt: skip
        for event, handler in handlers.items():
            self._website.io.on(event, self.guarded(handler))

    def guarded(self, handler: Handler) -> Callable[..., Coroutine[Any, Any, Ack]]:
        """Every refusal and failure becomes an acknowledgement with a sentence."""

        async def run(sid: str, *args: Any) -> Ack:
            body = args[0] if args else None
            try:
                session = await self._website.io.get_session(sid)
                if not isinstance(body, dict) or not session:
                    raise Refused("bad_request", notices.BAD_REQUEST)
                return await handler(sid, session, body)
            except Refused as refused:
                error = {"code": refused.code, "message": refused.message}
                if refused.retry_after is not None:
                    error["retry_after"] = refused.retry_after  # type: ignore[assignment]
                return {"ok": False, "error": error}
            except Gone:
                return {"ok": False, "error": {"code": "deleted", "message": notices.DELETED}}
            except (SQLAlchemyError, OSError) as error_:
                log.error("ledger failed", error=type(error_).__name__)
                return {"ok": False, "error": {"code": "not_saved", "message": notices.NOT_SAVED}}

        return run

    async def _say(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        client_id = _client_id(body)
        conversation = session["conversation"]
        held = await self._ledger.said(conversation, client_id)
        if held is not None:  # sent again after a lost acknowledgement: no rate, no second answer
            return _ack(held)
        passed = admit(body.get("text"))
        await self._rates.message(session["visitor"])
        return await self._take(conversation, client_id, passed)

    async def _choose(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        client_id = _client_id(body)
        seq, button = _whole(body, "seq"), _whole(body, "button")
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
        payload: str | None = None,
    ) -> Ack:
        notice = notices.masked(passed.masked) if passed.masked else None
        try:
            written, new = await self._ledger.take(
                conversation, client_id, passed.text, passed.masked, notice, button, payload
            )
        except Gone:
            raise
        except LookupError as error:
            raise Refused("no_such_button", notices.NO_BUTTON) from error
        if new:
            await self._website.send(conversation, written)
            self._website.turns.wake(conversation)
        return _ack(written[0])

    async def _restart(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        await self._rates.message(session["visitor"])
        await self._website.restart(sid, session["visitor"], session["conversation"])
        return {"ok": True}

    async def _consent(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        agree = body.get("agree")
        if not isinstance(agree, bool):
            raise Refused("bad_request", notices.BAD_REQUEST)
        await self._rates.mark(session["visitor"])
        visitor, conversation = session["visitor"], session["conversation"]
        if agree:
            released = await self._privacy.agree(visitor, conversation)
            await self._website.io.emit("consented", {}, room=visitor)
            await self._website.send(conversation, released)
            return {"ok": True}
        held = await self._privacy.held(conversation)
        await self._website.io.emit("refused", {}, room=visitor)
        if await self._privacy.refuse(conversation):
            said = Passed(notices.CONSENT_REFUSED, ())
            await self._take(conversation, new_id("k"), said, payload="/stop")
        elif held:
            notice = await self._ledger.add_notice(conversation, notices.GENERAL_ONLY, None)
            await self._website.send(conversation, [notice])
        return {"ok": True}

    async def _rate(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        helpful, word = body.get("helpful"), body.get("word")
        if not isinstance(helpful, bool | None) or not isinstance(word, str | None):
            raise Refused("bad_request", notices.BAD_REQUEST)
        await self._rates.mark(session["visitor"])
        said = admit(word).text if word and word.strip() else None
        return await self._marked(
            session, self._marks.rate(session["conversation"], _whole(body, "seq"), helpful, said)
        )

    async def _tick(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        done = body.get("done")
        if not isinstance(done, bool):
            raise Refused("bad_request", notices.BAD_REQUEST)
        await self._rates.mark(session["visitor"])
        seq, step = _whole(body, "seq"), _whole(body, "step")
        return await self._marked(
            session, self._marks.tick(session["conversation"], seq, step, done)
        )

    async def _marked(self, session: Session, change: Coroutine[Any, Any, Message]) -> Ack:
        try:
            message = await change
        except Gone:
            raise
        except LookupError as error:
            raise Refused("bad_request", notices.BAD_REQUEST) from error
        await self._website.send(session["conversation"], [message])
        return {"ok": True, "message": message.public()}

    async def _plan(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        await self._rates.mark(session["visitor"])
        try:
            plan = await self._papers.plan(session["conversation"], _whole(body, "seq"))
        except LookupError as error:
            raise Refused("no_such_plan", notices.NO_PLAN) from error
        return {"ok": True, "plan": plan}

    async def _document(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        await self._rates.mark(session["visitor"])
        kind = body.get("kind")
        seq = _whole(body, "seq") if body.get("seq") is not None else 0
        try:
            url = await self._papers.link(session["conversation"], kind, seq)
        except LookupError as error:
            raise Refused("no_such_plan", notices.NO_PLAN) from error
        return {"ok": True, "url": url}

    async def _delete(self, sid: str, session: Session, body: dict[str, Any]) -> Ack:
        await self._rates.mark(session["visitor"])
        await self._privacy.delete_visitor(session["visitor"])
        self._forgetting.wake()
        await self._website.io.emit("deleted", {}, room=session["visitor"])
        return {"ok": True}


def _whole(body: dict[str, Any], name: str) -> int:
    value = body.get(name)
    if type(value) is not int:
        raise Refused("bad_request", notices.BAD_REQUEST)
    return value


def _client_id(body: dict[str, Any]) -> str:
    client_id = body.get("client_id")
    if not isinstance(client_id, str) or not 8 <= len(client_id) <= 64:
        raise Refused("bad_request", notices.BAD_REQUEST)
    return client_id


def _ack(message: Message) -> Ack:
    return {"ok": True, "seq": message.seq, "message": message.public()}
