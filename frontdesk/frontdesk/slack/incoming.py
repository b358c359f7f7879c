"""What people do in Slack, taken to the ledger: each thing once, however often Slack sends it.

The id under which the ledger knows a message is made of the channel and the message's time stamp, which
are the same in a retry and in the two events of one mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from frontdesk import notices
from frontdesk.gate import Rates, Refused, admit
from frontdesk.gate.clean import MOST_CHARACTERS
from frontdesk.ledger import Carried, Gone, Ledger, Privacy
from frontdesk.ledger.models import Place
from frontdesk.ledger.store import new_id
from frontdesk.settings import Settings
from frontdesk.slack import form, words
from frontdesk.slack.home import Home
from frontdesk.slack.marks import read
from frontdesk.slack.outbox import Outbox
from frontdesk.turns import Turns

log = structlog.get_logger()

CHANNEL = "slack"
ANYTHING = re.compile(".*", re.DOTALL)
_TYPED = (None, "file_share", "thread_broadcast")  # subtypes of messages that somebody typed


@dataclass(frozen=True)
class Where:
    """Somebody in a team, and where they are: ``shared`` when another organization reads along."""

    team: str
    user: str
    channel: str
    thread: str | None
    direct: bool
    shared: bool

    @property
    def person(self) -> str:
        return f"slack/{self.team}/{self.user}"

    @property
    def key(self) -> str:
        """A direct message is one place; so is each thread of a channel."""
        if self.direct:
            return self.person
        return f"slack/{self.team}/{self.channel}/{self.thread}"


class Incoming:
    """Bolt's listeners."""

    def __init__(
        self,
        settings: Settings,
        rates: Rates,
        ledger: Ledger,
        privacy: Privacy,
        carried: Carried,
        outbox: Outbox,
        home: Home,
    ) -> None:
        self._settings = settings
        self._rates = rates
        self._ledger = ledger
        self._privacy = privacy
        self._carried = carried
        self._outbox = outbox
        self._home = home
        self._turns: Turns | None = None

    def serve(self, turns: Turns) -> None:
        """Use these hands."""
        self._turns = turns

    def register(self, app: AsyncApp) -> None:
        """Have Bolt call them; what nobody asked for is taken and ignored."""
        app.event("message")(self._message)
        app.event("app_mention")(self._message)
        app.event("app_home_opened")(self._home_opened)
        app.event(ANYTHING)(_ignored)
        app.command(ANYTHING)(self._command)
        app.action(re.compile(r"^choose:\d+$"))(self._choose)
        app.action("start")(self._start)
        app.action("form")(self._form)
        app.action("delete")(self._delete)
        app.action(ANYTHING)(_acknowledged)
        app.view(form.CALLBACK)(self._submitted)
        app.view(ANYTHING)(_acknowledged)
        app.shortcut("explain_notice")(self._explain)
        app.shortcut(ANYTHING)(_acknowledged)

    async def _message(self, event: dict[str, Any], body: dict[str, Any]) -> None:
        where = _where(event, body)
        if where is None:
            return
        if not (where.direct or event["type"] == "app_mention" or await self._ours(where, event)):
            return
        text = read(str(event.get("text") or ""))
        told = words.FILES if event.get("files") else None
        await self._say(
            where, f"{where.channel}:{event['ts']}", text or ("…" if told else ""), told
        )

    async def _ours(self, where: Where, event: dict[str, Any]) -> bool:
        """Whether it was written, without a mention, in a thread that we are in already."""
        return bool(event.get("thread_ts")) and await self._carried.known(where.key) is not None

    async def _say(self, where: Where, client_id: str, text: str, told: str | None = None) -> None:
        """Take a message; a refusal is told where it was written, once."""
        place, visitor = await self._place(where)
        conversation = place.conversation_id
        if await self._ledger.said(conversation, client_id) is not None:
            return
        try:
            passed = admit(text)
            await self._rates.message(visitor)
        except Refused as refused:
            await self._carried.ask(conversation, _refusal(refused), ())
            self._outbox.wake()
            return
        notice = notices.masked(passed.masked) if passed.masked else told
        await self._ledger.take(conversation, client_id, passed.text, passed.masked, notice)
        self._wake(conversation)

    async def _place(self, where: Where) -> tuple[Place, str]:
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
        where = _where_clicked(body)
        match = re.fullmatch(r"(c-[\w-]+)/(\d{1,9})/(\d{1,3})", str(action.get("value")))
        if where is None or match is None:
            await ack()
            return
        conversation, seq, number = match.group(1), int(match.group(2)), int(match.group(3))
        place = await self._carried.of(conversation)
        if place is None or place.details.get("channel") != where.channel:
            await ack()
            await self._whisper(body, words.TOO_LATE)
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

    async def _command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """``/cp503 question``: answered in the direct message, wherever it was typed."""
        text = read(str(command.get("text") or ""))
        if not text:
            await ack(text=words.HELP, response_type="ephemeral")
            return
        where = _direct(command, str(command.get("user_id")))
        await self._say(where, f"cmd:{command.get('trigger_id')}"[:64], text)
        await ack(text=words.IN_DM, response_type="ephemeral")

    async def _explain(self, ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        """The message shortcut: what the message says is explained in the direct message."""
        text = read(str((shortcut.get("message") or {}).get("text") or ""))[:MOST_CHARACTERS]
        where = _direct(shortcut, str((shortcut.get("user") or {}).get("id")))
        await self._say(where, f"sc:{shortcut.get('trigger_id')}"[:64], text or "what is a cp503")
        await ack()

    async def _home_opened(
        self, event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        if event.get("tab") == "home":
            await self._home.show(
                client, _direct(body, str(event.get("user"))).person, event["user"]
            )

    async def _start(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        where = _direct(body, str(body["user"]["id"]))
        await self._say(where, f"start:{action.get('action_ts')}", words.START)
        await ack()

    async def _form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()  # the trigger is good for three seconds; nothing has to be kept
        await client.views_open(trigger_id=body["trigger_id"], view=form.view(self._settings))

    async def _submitted(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        wrong, text = form.read(view)
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        where = _direct(body, str(body["user"]["id"]))
        place, visitor = await self._place(where)
        await self._privacy.agree(visitor, place.conversation_id)
        await self._say(where, f"form:{view.get('id')}"[:64], text)
        await ack()

    async def _delete(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        user = str(body["user"]["id"])
        await self._home.delete(_direct(body, user).person)
        await ack()
        await self._home.show(client, _direct(body, user).person, user, words.DELETED)

    async def _whisper(self, body: dict[str, Any], text: str) -> None:
        channel, user = (body.get("channel") or {}).get("id"), body["user"]["id"]
        if channel:
            await self._outbox.whisper(channel, user, text)


def _where(event: dict[str, Any], body: dict[str, Any]) -> Where | None:
    """Who wrote where; ``None`` for what nobody typed: bots, edits, deletions, joins, ourselves."""
    user, channel = event.get("user"), event.get("channel")
    if event.get("subtype") not in _TYPED or event.get("bot_id") or event.get("hidden"):
        return None
    if not user or not channel or not event.get("ts"):
        return None
    home = _home_team(body)
    theirs = str(event.get("user_team") or event.get("source_team") or event.get("team") or home)
    direct = event.get("channel_type") == "im" or str(channel).startswith("D")
    thread = None if direct else str(event.get("thread_ts") or event["ts"])
    shared = bool(body.get("is_ext_shared_channel")) or theirs != home
    return Where(home, str(user), str(channel), thread, direct, shared)


def _where_clicked(body: dict[str, Any]) -> Where | None:
    channel = str((body.get("channel") or {}).get("id") or "")
    message = body.get("message") or {}
    user = str((body.get("user") or {}).get("id") or "")
    if not channel or not user:
        return None
    thread = str(message.get("thread_ts") or message.get("ts") or "")
    return Where(_home_team(body), user, channel, thread, channel.startswith("D"), False)


def _direct(body: dict[str, Any], user: str) -> Where:
    return Where(_home_team(body), user, "", None, True, False)


def _home_team(body: dict[str, Any]) -> str:
    """The workspace the app is installed in."""
    authorizations = body.get("authorizations") or [{}]
    team = authorizations[0].get("team_id") or (body.get("team") or {}).get("id")
    return str(team or body.get("team_id") or "")


def _refusal(refused: Refused) -> str:
    """What was not taken, and why: here nothing is sent again by itself."""
    if refused.code == "too_long":
        return words.TOO_LONG.format(most=f"{MOST_CHARACTERS:,}")
    if refused.code == "too_fast":
        return words.TOO_FAST.format(seconds=refused.retry_after)
    return refused.message


async def _ignored() -> None:
    """Taken, and nothing done."""


async def _acknowledged(ack: AsyncAck) -> None:
    await ack()
