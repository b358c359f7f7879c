"""What people do in Slack besides writing: the command, the shortcut, the App Home, the form."""

from __future__ import annotations

import re
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from frontdesk.gate.clean import MOST_CHARACTERS
from frontdesk.ledger import Privacy
from frontdesk.settings import Settings
from frontdesk.slack import form, words
from frontdesk.slack.asides import Asides
from frontdesk.slack.home import Home
from frontdesk.slack.incoming import Incoming
from frontdesk.slack.installed import Installed
from frontdesk.slack.marks import read
from frontdesk.slack.where import Where, direct, person

log = structlog.get_logger()

ANYTHING = re.compile(".*", re.DOTALL)


class Around:
    """Bolt's other listeners, and the last ones: what nobody asked for is taken and ignored."""

    def __init__(
        self,
        settings: Settings,
        incoming: Incoming,
        privacy: Privacy,
        home: Home,
        installed: Installed,
        asides: Asides,
    ) -> None:
        self._settings = settings
        self._incoming = incoming
        self._privacy = privacy
        self._home = home
        self._installed = installed
        self._asides = asides

    def register(self, app: AsyncApp) -> None:
        """Have Bolt call them, after all others."""
        app.event("app_home_opened")(self._home_opened)
        app.event(ANYTHING)(_ignored)
        app.command(ANYTHING)(self._command)
        app.action("start")(self._start)
        app.action("form")(self._form)
        app.action("delete")(self._delete)
        app.action(ANYTHING)(_acknowledged)
        app.view(form.CALLBACK)(self._submitted)
        app.view(ANYTHING)(_acknowledged)
        app.shortcut("explain_notice")(self._explain)
        app.shortcut(ANYTHING)(_acknowledged)
        app.error(_failed)

    async def _command(self, ack: AsyncAck, command: dict[str, Any]) -> None:
        """``/cp503 question``: answered in the direct message, wherever it was typed."""
        text = read(str(command.get("text") or ""))
        if not text:
            await ack(text=words.HELP, response_type="ephemeral")
            return
        where = await self._direct(command, str(command.get("user_id")))
        await self._incoming.say(where, f"cmd:{command.get('trigger_id')}"[:64], text)
        await ack(text=words.IN_DM, response_type="ephemeral")

    async def _explain(self, ack: AsyncAck, shortcut: dict[str, Any]) -> None:
        """The message shortcut: what the message says is explained in the direct message."""
        text = read(str((shortcut.get("message") or {}).get("text") or ""))[:MOST_CHARACTERS]
        where = await self._direct(shortcut, str((shortcut.get("user") or {}).get("id")))
        await self._incoming.say(
            where, f"sc:{shortcut.get('trigger_id')}"[:64], text or "what is a cp503"
        )
        await ack()

    async def _home_opened(
        self, event: dict[str, Any], body: dict[str, Any], client: AsyncWebClient
    ) -> None:
        if event.get("tab") == "home":
            user = str(event.get("user"))
            self._asides.do("home", self._home.show(client, person(body, user), user))

    async def _start(self, ack: AsyncAck, body: dict[str, Any], action: dict[str, Any]) -> None:
        where = await self._direct(body, str(body["user"]["id"]))
        await self._incoming.say(where, f"start:{action.get('action_ts')}", words.START)
        await ack()

    async def _form(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()  # the trigger is good for three seconds; nothing has to be kept
        view = form.view(self._settings)
        self._asides.do("form", client.views_open(trigger_id=body["trigger_id"], view=view))

    async def _submitted(self, ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
        wrong, text = form.read(view)
        if wrong:
            await ack(response_action="errors", errors=wrong)
            return
        where = await self._direct(body, str(body["user"]["id"]))
        place, visitor = await self._incoming.place(where)
        if not place.general:  # where another organization reads along nobody is asked
            await self._privacy.agree(visitor, place.conversation_id)
        await self._incoming.say(where, f"form:{view.get('id')}"[:64], text)
        await ack()

    async def _delete(self, ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        where = await self._direct(body, str(body["user"]["id"]))
        await self._home.delete(where.person)
        await ack()
        shown = self._home.show(client, where.person, where.user, words.DELETED)
        self._asides.do("home", shown)

    async def _direct(self, body: dict[str, Any], user: str) -> Where:
        return direct(body, user, await self._installed.team())


async def _ignored() -> None:
    """Taken, and nothing done."""


async def _acknowledged(ack: AsyncAck) -> None:
    await ack()


async def _failed(error: Exception) -> BoltResponse:
    """Not acknowledged, so that Slack sends it again; what it held is in no log."""
    log.error("not taken", error=type(error).__name__)
    return BoltResponse(status=503, body="")
