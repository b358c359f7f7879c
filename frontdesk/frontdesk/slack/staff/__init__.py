"""The firm's people in Slack: cards of waiting cases in one channel, and claiming them there."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from starlette.routing import BaseRoute

from frontdesk.desk import Desk
from frontdesk.handoff import Handoff
from frontdesk.ledger import Database
from frontdesk.slack.asides import Asides
from frontdesk.slack.installed import Installed
from frontdesk.slack.outbox import Outbox
from frontdesk.slack.pace import Pace
from frontdesk.slack.staff.accounts import Accounts
from frontdesk.slack.staff.cards import Cards, CardTask
from frontdesk.slack.staff.claiming import Claiming
from frontdesk.slack.staff.posting import CardPosts, StaffChannel

log = structlog.get_logger()

AT_ONCE = 4  # all go to one channel, which takes one a second


class Staff:
    """Nothing but its routes where no staff channel is set."""

    def __init__(
        self, channel: str, desk_page: str, database: Database, desk: Desk, *, alone: bool
    ) -> None:
        self._alone = alone
        self._channel, self._page, self._database, self._desk = channel, desk_page, database, desk
        self._accounts = Accounts(database, desk, bool(channel))
        self._outbox: Outbox[CardTask] | None = None
        self._claiming: Claiming | None = None

    def routes(self) -> Sequence[BaseRoute]:
        """Of the desk: each links their own account."""
        return self._accounts.routes()

    def register(
        self,
        app: AsyncApp,
        client: AsyncWebClient,
        pace: Pace,
        installed: Installed,
        asides: Asides,
    ) -> None:
        """Before the listeners that take whatever is left."""
        if not self._channel:
            return
        self._claiming = Claiming(
            self._channel, self._page, self._desk, self._accounts, installed, asides
        )
        self._claiming.register(app)
        place = StaffChannel(client, self._channel)
        self._outbox = Outbox(
            Cards(self._database, self._channel, place.usable), CardPosts(client, self._page), pace,
            self._alone, AT_ONCE,
        )  # fmt: skip

    def start(self, handoff: Handoff | None) -> None:
        """Begin to show cards."""
        if self._outbox is None or self._claiming is None:
            return
        if handoff is None:
            log.warning("no cards in the staff channel", reason="the hand-over is off")
            return
        self._claiming.serve(handoff)
        handoff.listen(self._outbox.wake)
        self._outbox.start()

    async def stop(self) -> None:
        """Let go; what is to be shown is found again."""
        if self._outbox:
            await self._outbox.stop()
