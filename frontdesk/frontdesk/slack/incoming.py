"""What people do in Slack, taken to the ledger: each thing once, however often Slack sends it.

The id under which the ledger knows a message is made of the channel and the message's time stamp, which
are the same in a retry and in the two events of one mention.
"""

from __future__ import annotations

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from frontdesk import notices
from frontdesk.gate import Rates, Refused, admit
from frontdesk.gate.clean import MOST_CHARACTERS
from frontdesk.handoff import Handoff
from frontdesk.handoff.moves import WITH_ADVISOR
from frontdesk.ledger import Carried, Gone, Ledger, Privacy
from frontdesk.ledger.carried import Task
from frontdesk.ledger.models import Place
from frontdesk.ledger.store import new_id
from frontdesk.slack import words
from frontdesk.slack.asides import Asides
from frontdesk.slack.marks import read
from frontdesk.slack.outbox import Outbox
from frontdesk.slack.where import Where, of_click, of_edit, of_event
from frontdesk.turns import Turns

CHANNEL = "slack"


class Incoming:
    """Bolt's listeners."""

    def __init__(
        self,
        rates: Rates,
        ledger: Ledger,
        privacy: Privacy,
        carried: Carried,
        outbox: Outbox[Task],
        asides: Asides,
    ) -> None:
        self._rates = rates
        self._ledger = ledger
        self._privacy = privacy
        self._carried = carried
        self._outbox = outbox
        self._asides = asides
        self._turns: Turns | None = None
        self._handoff: Handoff | None = None

    def serve(self, turns: Turns, handoff: Handoff | None) -> None:
        """Use these hands."""
        self._turns, self._handoff = turns, handoff

    def register(self, app: AsyncApp) -> None:
        """Have Bolt call them."""
        app.event("message")(self._message)
        app.event("app_mention")(self._message)
        app.action(re.compile(r"^choose:\d+$"))(self._choose)

    async def _message(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        where = of_event(event, body)
        if where is None:
            await self._edited(event, body)
            return
        if not (where.direct or event["type"] == "app_mention" or await self._ours(where, event)):
            return
        text, id = read(str(event.get("text") or "")), f"{where.channel}:{event['ts']}"
        if not event.get("files"):
            await self.say(where, id, text)
        elif text or await self._with_advisor(where):
            await self.say(where, id, text or words.SENT_FILE, words.FILES)
        else:  # nothing that could be answered
            place, _ = await self.place(where)
            await self._tell(place.conversation_id, id, words.FILES)

    async def _edited(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        """An advisor who read the old words is told the new ones; the bot has answered them."""
        edit = of_edit(event, body)
        if edit is not None and await self._with_advisor(edit.where):
            text = read(edit.text)
            await self.say(edit.where, edit.id, words.EDITED.format(text=text) if text else "")

    async def _with_advisor(self, where: Where) -> bool:
        place = await self._carried.known(where.key)
        if place is None or self._handoff is None:
            return False
        shown = await self._handoff.status(place.conversation_id)
        return shown is not None and shown["state"] == WITH_ADVISOR

    async def _ours(self, where: Where, event: dict[str, Any]) -> bool:
        """Whether it was written, without a mention, in a thread that we are in already."""
        return bool(event.get("thread_ts")) and await self._carried.known(where.key) is not None

    async def say(self, where: Where, client_id: str, text: str, told: str | None = None) -> None:
        """Take a message; a refusal is told where it was written, once."""
        place, visitor = await self.place(where)
        conversation = place.conversation_id
        if await self._ledger.said(conversation, client_id) is not None:
            return
        try:
            passed = admit(text)
            await self._rates.message(visitor)
        except Refused as refused:
            await self._tell(conversation, client_id, _refusal(refused))
            return
        notice = notices.masked(passed.masked) if passed.masked else told
        await self._ledger.take(conversation, client_id, passed.text, passed.masked, notice)
        self._wake(conversation)

    async def _tell(self, conversation: str, client_id: str, text: str) -> None:
        """Why something was not taken."""
        await self._carried.ask(conversation, text, (), client_id)
        self._wake(conversation)

    async def place(self, where: Where) -> tuple[Place, str]:
        general = where.shared or not where.direct
        details: dict[str, Any] = {"user": where.user}
        if where.channel:
            details["channel"] = where.channel
        if not where.direct:
            details["thread"] = where.thread
        if where.shared:
            details["shared"] = True
        person = where.person if where.direct else None
        return await self._carried.place(CHANNEL, where.key, person, general, details)

    def _wake(self, conversation: str) -> None:
        assert self._turns is not None
        self._turns.wake(conversation)
        self._outbox.wake()

    async def _choose(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        """A button of ours; only in the place it was posted to."""
        where = of_click(body)
        match = re.fullmatch(r"(c-[\w-]+)/(\d{1,9})/(\d{1,3})", str(action.get("value")))
        if where is None or match is None:
            await ack()
            return
        conversation, seq, number = match.group(1), int(match.group(2)), int(match.group(3))
        place = await self._carried.of(conversation)
        if place is None or place.details.get("channel") != where.channel:
            await ack()
            self._asides.whisper(where.channel, where.user, words.TOO_LATE)
            return
        message = await self._carried.message(conversation, seq)
        if message is not None and message.chosen is None and number < len(message.buttons):
            await self._pressed(conversation, seq, number, message.buttons[number]["payload"])
        await ack()

    async def _pressed(self, conversation: str, seq: int, number: int, payload: str) -> None:
        client_id = f"press:{seq}"  # a message's buttons are used once, whoever taps how often
        try:
            if payload.startswith("consent:"):
                await self._consent(conversation, seq, number, payload == "consent:yes")
            else:
                await self._ledger.take(conversation, client_id, "", button=(seq, number))
        except (Gone, LookupError):
            return
        self._wake(conversation)

    async def _consent(self, conversation: str, seq: int, number: int, agree: bool) -> None:
        visitor = await self._ledger.visitor(conversation)
        if not await self._ledger.press(conversation, seq, number):
            return
        if agree:
            await self._privacy.agree(visitor, conversation)
        elif await self._privacy.refuse(conversation):
            await self._ledger.take(
                conversation, new_id("k"), notices.CONSENT_REFUSED, payload="/stop"
            )
        else:
            await self._ledger.add_notice(conversation, notices.GENERAL_ONLY, None)


def _refusal(refused: Refused) -> str:
    """What was not taken, and why: here nothing is sent again by itself."""
    if refused.code == "too_long":
        return words.TOO_LONG.format(most=f"{MOST_CHARACTERS:,}")
    if refused.code == "too_fast":
        return words.TOO_FAST.format(seconds=refused.retry_after)
    return refused.message
