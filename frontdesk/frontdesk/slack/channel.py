"""Slack as a channel: Bolt receives, the ledger keeps, the outbox posts."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError
from starlette.routing import BaseRoute

from frontdesk.desk import Desk
from frontdesk.forgetting import Forgetting
from frontdesk.gate import Rates
from frontdesk.handoff import Handoff
from frontdesk.ledger import Carried, Database, Ledger, Message, Privacy
from frontdesk.settings import Settings
from frontdesk.slack import words
from frontdesk.slack.around import Around
from frontdesk.slack.asides import Asides
from frontdesk.slack.door import Door
from frontdesk.slack.home import Home
from frontdesk.slack.incoming import CHANNEL, Incoming
from frontdesk.slack.installed import Installed
from frontdesk.slack.outbox import Outbox
from frontdesk.slack.pace import Pace
from frontdesk.slack.posts import Posts
from frontdesk.slack.settings import SlackSettings
from frontdesk.slack.staff import Staff
from frontdesk.turns import Deliver, Turns

log = structlog.get_logger()


class Slack:
    """Does nothing, and says so once at the start, while no token is set."""

    def __init__(
        self, settings: Settings, database: Database, forgetting: Forgetting, desk: Desk
    ) -> None:
        self._settings = settings
        self._slack = SlackSettings()
        self._staff = Staff(
            self._slack.staff_channel,
            _desk_page(settings, self._slack),
            database,
            desk,
            alone=not settings.database_url,
        )
        self._privacy, self._carried = Privacy(database), Carried(database)
        self._socket: AsyncSocketModeHandler | None = None
        self._door: Door | None = None
        self.on = bool(self._slack.bot_token)
        if not self.on:
            return
        # Bolt's own lines may quote what a person wrote; nothing below an error is of use.
        for name in ("slack_bolt", "slack_sdk"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._client = AsyncWebClient(
            token=self._slack.bot_token,
            base_url=self._slack.api_url,
            trust_env_in_session=True,
            retry_handlers=[],  # the outbox tries again, and looks first whether it arrived
        )
        self._installed, self._asides = Installed(self._client), Asides(self._client)
        self._app = AsyncApp(
            client=self._client,
            logger=logging.getLogger("slack_bolt"),
            signing_secret=self._slack.signing_secret or "not used in Socket Mode",
            authorize=self._installed.authorizer(),
            process_before_response=True,  # acknowledged once it is written, never before
            ignoring_self_events_enabled=True,
            raise_error_for_unhandled_request=False,
        )
        pace = Pace()
        posts = Posts(self._client, self._carried, settings.firm)
        self._outbox = Outbox(self._carried, posts, pace, alone=not settings.database_url)
        rates = Rates(
            settings.messages_per_10_seconds, settings.new_visitors_per_minute, settings.redis_url
        )
        ledger = Ledger(database)
        home = Home(settings, self._carried, ledger, self._privacy, forgetting)
        self._incoming = Incoming(
            rates, ledger, self._privacy, self._carried, self._outbox, self._asides
        )
        self._incoming.register(self._app)
        self._staff.register(self._app, self._client, pace, self._installed, self._asides)
        around = Around(
            settings, self._incoming, self._privacy, home, self._installed, self._asides
        )
        around.register(self._app)
        if self._slack.signing_secret:
            self._door = Door(self._app, self._slack.signing_secret)

    @property
    def deliver(self) -> Deliver:
        """What the hands call."""
        return Deliver(self._messages, self._nothing, self._nothing, self._held)

    def routes(self) -> Sequence[BaseRoute]:
        """Where Slack sends its requests (in Socket Mode it sends none), and the desk's."""
        return [*(self._door.routes() if self._door else []), *self._staff.routes()]

    async def start(self, turns: Turns, handoff: Handoff | None) -> None:
        """Begin to listen and to post."""
        if not self.on:
            log.info("slack is off", reason="SLACK_BOT_TOKEN is not set")
            return
        self._incoming.serve(turns, handoff)
        self._installed.start()
        self._outbox.start()
        self._staff.start(handoff)
        await self._ask_again()
        if self._slack.app_token:
            self._socket = AsyncSocketModeHandler(self._app, self._slack.app_token)
            try:
                await self._socket.connect_async()  # type: ignore[no-untyped-call]
            except (SlackApiError, OSError, TimeoutError) as error:
                log.error("slack socket mode", error=type(error).__name__)
        mode = "socket mode" if self._slack.app_token else "events over http"
        log.info("slack is on", mode=mode)

    async def stop(self) -> None:
        """Let go; what is unposted stays in the ledger."""
        if not self.on:
            return
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]
        await self._staff.stop()
        await self._outbox.stop()
        await self._installed.stop()
        await self._asides.stop()

    async def _messages(self, conversation: str, messages: Sequence[Message]) -> None:
        if self.on:
            self._outbox.wake()

    async def _nothing(self, *_: Any) -> None:
        """Slack shows no typing, and needs no word that all was said."""

    async def _held(self, conversation: str) -> None:
        """Ask for consent; where others read along, drop it and say where to go."""
        if not self.on:
            return
        place = await self._carried.of(conversation)
        if place is None:
            return
        firm = self._settings.firm
        if place.general:
            await self._privacy.refuse(conversation)
            phone = f" at {firm['phone']}" if firm["phone"] else ""
            shared = place.details.get("shared")
            text = words.SHARED.format(phone=phone) if shared else words.INVITATION
            await self._carried.ask(conversation, text, ())
        else:
            text = words.CONSENT.format(
                firm=firm["name"] or words.THE_FIRM, days=self._settings.keep_days
            )
            buttons = [
                {"title": words.AGREE, "payload": "consent:yes"},
                {"title": words.REFUSE, "payload": "consent:no"},
            ]
            await self._carried.ask(conversation, text, buttons)
        self._outbox.wake()

    async def _ask_again(self) -> None:
        """A process may have died between holding a reply and asking."""
        try:
            for conversation in await self._carried.unasked(CHANNEL):
                await self._held(conversation)
        except (SQLAlchemyError, OSError) as error:
            log.error("ledger failed", error=type(error).__name__)


def _desk_page(settings: Settings, slack: SlackSettings) -> str:
    """The desk's page, for links out of Slack."""
    if slack.staff_channel and not settings.desk_origin:
        raise ValueError("SLACK_STAFF_CHANNEL needs DESK_ORIGIN, where its cards lead to")
    return f"{settings.desk_origin}/desk"
