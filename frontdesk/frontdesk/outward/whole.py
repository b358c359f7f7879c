"""Everything that is told elsewhere, put together by the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog
from starlette.routing import BaseRoute

from frontdesk.desk import Desk
from frontdesk.handoff import Handoff
from frontdesk.handoff.cases import Audit
from frontdesk.ledger import Database
from frontdesk.ledger.store import now
from frontdesk.outward.chatwoot import Chatwoot
from frontdesk.outward.letters import Mails
from frontdesk.outward.mail import Post
from frontdesk.outward.mail_me import MailMe
from frontdesk.outward.managing import Managing, health
from frontdesk.outward.outbox import Outbox
from frontdesk.outward.sender import Sender
from frontdesk.outward.settings import OutwardSettings
from frontdesk.outward.telling import Telling
from frontdesk.outward.ways import MAIL, Way
from frontdesk.outward.webhook import Webhook
from frontdesk.settings import Settings

log = structlog.get_logger()


class Outward:
    """Does nothing where nothing is set."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        desk: Desk,
        outward: OutwardSettings | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        told = outward or OutwardSettings()
        link = f"{settings.desk_origin or f'http://localhost:{settings.port}'}/desk"
        self._outbox = Outbox(database, clock)
        ways: list[Way] = []
        if told.smtp is not None:
            post = Post(told.smtp, told.mail_from, settings.firm_name, settings.firm_email)
            ways.append(Mails(database, post, told.staff, link, settings.firm, clock))
        if told.webhook_url:
            key = told.webhook_key
            ways.append(Webhook(database, self._outbox, told.webhook_url, key, link, clock))
        self.chatwoot: Chatwoot | None = None
        if told.handoff_provider == "chatwoot":
            self.chatwoot = Chatwoot(told, database, clock)
            ways.append(self.chatwoot)
        self.on = frozenset(way.kind for way in ways)
        self._sender = Sender(self._outbox, ways)
        if self.chatwoot is not None:
            self.chatwoot.wake = self._sender.wake
        # Without anybody to send it to, mail is for visitors only.
        kinds = self.on if told.staff else self.on - {MAIL}
        self._telling = Telling(kinds)
        self.mail_me = MailMe(database, MAIL in self.on, self._sender.wake, clock)
        self._managing = Managing(desk, database, self._outbox, self._sender, self.on)

    def noting(self, audit: Audit) -> Audit:
        """The audit log, and what is to be told with its entries."""
        return self._telling.noting(audit)

    def serve(self, handoff: Handoff) -> None:
        """Let the people elsewhere work for this hand-over."""
        if self.chatwoot is not None:
            self.chatwoot.serve(handoff)

    def routes(self) -> list[BaseRoute]:
        """The managers' routes, and Chatwoot's door."""
        return [*self._managing.routes(), *(self.chatwoot.routes() if self.chatwoot else [])]

    async def health(self) -> str | None:
        """A line for ``/health``; ``None`` where nothing is told elsewhere."""
        return await health(self._outbox, self.on) if self.on else None

    def start(self) -> None:
        """Begin to send."""
        if self.on:
            log.info("told elsewhere", kinds=sorted(self.on))
        self._sender.start()

    async def stop(self) -> None:
        """Let go; what is untold stays in the ledger."""
        await self._sender.stop()
