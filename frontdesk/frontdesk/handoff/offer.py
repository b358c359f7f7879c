"""The visitor's side: what is offered and answered, on whatever channel, and the website's events.

Every sentence is a notice in the ledger, with buttons, so that each channel shows it and a page that
was away misses none. The events tell the website's page what it can draw beside that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from frontdesk import notices
from frontdesk.gate import Refused, admit
from frontdesk.handoff import asking, sentences
from frontdesk.handoff.asking import MOST_NAME, Asking
from frontdesk.handoff.models import Case
from frontdesk.handoff.provider import HandoffProvider
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.staffing import Staffing
from frontdesk.ledger import Ledger, Message
from frontdesk.turns import Deliver


class Page(Protocol):
    """The website's socket, as far as it is used here."""

    async def tell(self, conversation: str, event: str, body: dict[str, Any]) -> None:
        """Send an event to a conversation's pages."""

    def here(self, conversation: str) -> bool | None:
        """Whether one of its pages is open; ``None`` where that cannot be known."""


class Visitors:
    """What visitors are told and do about a hand-over."""

    def __init__(
        self,
        ledger: Ledger,
        asking: Asking,
        staffing: Staffing,
        provider: HandoffProvider,
        deliver: Deliver,
        page: Page,
    ) -> None:
        self._ledger, self._asking, self._staffing = ledger, asking, staffing
        self._provider, self._deliver, self._page = provider, deliver, page

    async def show(self, conversation: str, messages: Sequence[Message]) -> None:
        """Send what was written, on the conversation's channel."""
        if messages:
            await self._deliver.messages(conversation, messages)

    async def status(self, conversation: str) -> None:
        """Tell the page how it stands."""
        shown = await self._staffing.status(conversation)
        await self._page.tell(conversation, "handoff", {"handoff": shown})

    async def places(self) -> None:
        """Tell everybody in the queue their place."""
        for conversation in await self._staffing.waiting():
            await self.status(conversation)

    async def notice(self, conversation: str, text: str, reply_to: int | None) -> None:
        """A notice of the frontdesk's own."""
        await self.show(conversation, [await self._ledger.add_notice(conversation, text, reply_to)])

    async def offer(self, conversation: str, reason: str, kind: str, detail: str = "") -> bool:
        """Offer a person; whether there was anything to offer."""
        offered = await self._asking.offer(conversation, reason, kind, detail)
        if offered is None:
            return False
        case, message = offered
        await self.show(conversation, [message])
        shown = await self._staffing.status(conversation)
        body = {"why": case.why, "seq": message.seq, "words": message.text, "handoff": shown}
        await self._page.tell(conversation, "handoff_offer", body)
        return True

    async def agree(self, conversation: str, name: str | None, contact: str | None) -> None:
        """Into the queue."""
        desk = await self._staffing.desk()
        case, told = await self._asking.ask(conversation, desk, name, contact)
        await self.show(conversation, told)
        await self._provider.case_changed(case)
        await self.queue_changed()

    async def decline(self, conversation: str) -> None:
        """Back to the conversation."""
        await self.show(conversation, await self._asking.decline(conversation))
        await self.status(conversation)

    async def contact(self, conversation: str, contact: str, name: str | None) -> None:
        """How to reach them."""
        await self.show(conversation, await self._asking.give_contact(conversation, contact, name))
        await self.queue_changed()

    async def cancel(self, conversation: str) -> None:
        """Out of the queue, or away from the advisor."""
        case, told = await self._asking.cancel(conversation)
        await self.show(conversation, told)
        await self.status(conversation)
        await self._provider.case_changed(case)
        await self.queue_changed()

    async def changed(self, case: Case, told: Sequence[Message]) -> None:
        """A case was moved: its visitor and everybody at the desk are told."""
        await self.show(case.conversation_id, told)
        await self.status(case.conversation_id)
        await self._provider.case_changed(case)
        await self.queue_changed()

    async def queue_changed(self) -> None:
        """Everybody who waits is told their place, the desk who waits."""
        await self._provider.queue_changed()
        await self.places()

    # The website's events; each returns what the acknowledgement holds beside "ok".

    async def on_offer(self, conversation: str) -> None:
        """``handoff_offer``: the page's own way to ask for a person."""
        await self.offer(conversation, "asked", "asked")

    async def on_consent(self, conversation: str, body: dict[str, Any]) -> None:
        """``handoff_consent``: yes (with name and contact where nobody is there), or no."""
        agree = body.get("agree")
        if not isinstance(agree, bool):
            raise Refused("bad_request", notices.BAD_REQUEST)
        try:
            if not agree:
                await self.decline(conversation)
                return
            name, contact = _text(body, "name", MOST_NAME), _text(body, "contact", None)
            if contact is not None and not asking.reachable(contact):
                raise Refused("bad_contact", sentences.BAD_CONTACT)
            shown = await self._staffing.status(conversation)
            if shown is not None and shown["state"] == "waiting" and contact is not None:
                await self.contact(conversation, contact, name)
                return
            if contact is None and not (await self._staffing.desk()).staffed:
                raise Refused("contact_needed", sentences.CONTACT_NEEDED)
            await self.agree(conversation, name, contact)
        except Refusal:
            raise Refused("no_offer", sentences.NO_OFFER) from None

    async def on_cancel(self, conversation: str) -> None:
        """``handoff_cancel``."""
        try:
            await self.cancel(conversation)
        except Refusal:
            raise Refused("no_offer", sentences.NOT_WAITING) from None

    async def on_typing(self, conversation: str, on: bool) -> None:
        """``typing``: shown to the advisor who has the case."""
        case = await self._asking.with_advisor(conversation)
        if case is not None:
            await self._provider.visitor_typing(case, on)


def _text(body: dict[str, Any], name: str, most: int | None) -> str | None:
    given = body.get(name)
    if given is None or (isinstance(given, str) and not given.strip()):
        return None
    passed = admit(given).text
    if most is not None and len(passed) > most:
        raise Refused("bad_contact", sentences.BAD_CONTACT)
    return passed
