"""The page's events about a person taking over (docs/handoff.md), and about being sent mail."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from frontdesk import notices
from frontdesk.gate import Rates, Refused
from frontdesk.ledger import Message

if TYPE_CHECKING:
    from frontdesk.channels.website.door import Website

Body = dict[str, Any]
Handler = Callable[[str, Body, Body], Coroutine[Any, Any, Body]]
Guard = Callable[[Handler], Callable[..., Coroutine[Any, Any, Body]]]


class People(Protocol):
    """The hand-over, as far as the website asks it; Refused where something cannot be done."""

    async def status(self, conversation: str) -> Body | None:
        """What the page shows of it."""

    async def present(self, conversation: str, on: bool) -> None:
        """A page of this conversation came, or the last one went."""

    async def before_restart(self, conversation: str) -> None:
        """A conversation with something to show is to be left."""

    async def on_offer(self, conversation: str) -> None:
        """A person is asked for."""

    async def on_consent(self, conversation: str, body: Body) -> None:
        """Yes or no to an offer, or a contact."""

    async def on_cancel(self, conversation: str) -> None:
        """Out of the queue, or away from the advisor."""

    async def possible(self) -> bool:
        """Whether the firm has anybody who could take a case."""

    async def on_rate(self, conversation: str, seq: int, rating: str) -> Message:
        """The help is rated; the question, as it is then."""

    async def on_typing(self, conversation: str, on: bool) -> None:
        """The visitor types."""


class MailMe(Protocol):
    """Being sent mail (``frontdesk.outward``). ``on``: whether any can be sent."""

    on: bool

    async def ask(self, conversation: str, body: Body) -> list[str]:
        """Have a transcript or a plan sent; what will be. Refused where it cannot be."""


class PeopleEvents:
    """The handlers."""

    def __init__(self, website: Website, rates: Rates) -> None:
        self._website, self._rates = website, rates

    def register(self, guarded: Guard) -> None:
        """Have the socket call them."""
        handlers: dict[str, Handler] = {
            "handoff_offer": self._offer, "handoff_consent": self._consent,
            "handoff_cancel": self._cancel, "handoff_rate": self._rate, "typing": self._typing,
            "mail_me": self._mail_me,
        }  # fmt: skip
        for event, handler in handlers.items():
            self._website.io.on(event, guarded(handler))

    async def _offer(self, sid: str, session: Body, body: Body) -> Body:
        await (await self._people(session)).on_offer(session["conversation"])
        return {"ok": True}

    async def _consent(self, sid: str, session: Body, body: Body) -> Body:
        await (await self._people(session)).on_consent(session["conversation"], body)
        return {"ok": True}

    async def _cancel(self, sid: str, session: Body, body: Body) -> Body:
        await (await self._people(session)).on_cancel(session["conversation"])
        return {"ok": True}

    async def _rate(self, sid: str, session: Body, body: Body) -> Body:
        people, seq = await self._people(session), body.get("seq")
        if type(seq) is not int:
            raise Refused("bad_request", notices.BAD_REQUEST)
        asked = await people.on_rate(session["conversation"], seq, str(body.get("rating")))
        return {"ok": True, "message": asked.public()}

    async def _typing(self, sid: str, session: Body, body: Body) -> Body:
        people = await self._people(session)
        await people.on_typing(session["conversation"], body.get("on") is True)
        return {"ok": True}

    async def _mail_me(self, sid: str, session: Body, body: Body) -> Body:
        await self._rates.mark(session["visitor"])
        if self._website.mail_me is None:
            raise Refused("bad_request", notices.BAD_REQUEST)
        return {"ok": True, "sends": await self._website.mail_me.ask(session["conversation"], body)}

    async def _people(self, session: Body) -> People:
        await self._rates.mark(session["visitor"])
        if self._website.people is None:
            raise Refused("bad_request", notices.BAD_REQUEST)
        return self._website.people
