"""What every part of the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from starlette.requests import Request

from frontdesk.desk.keys import Keys
from frontdesk.desk.pace import Pace
from frontdesk.desk.passkeys import Passkeys
from frontdesk.desk.passwords import Passwords
from frontdesk.ledger import Database
from frontdesk.ledger.store import now
from frontdesk.settings import Settings

KNOCKS_A_MINUTE = 60  # of one address, at the routes that need no session


@dataclass(frozen=True)
class Core:
    """The desk's tools; a test gives its own clock."""

    settings: Settings
    database: Database
    keys: Keys
    pace: Pace
    passwords: Passwords
    clock: Callable[[], datetime] = now
    log: Any = field(default_factory=structlog.get_logger)

    @classmethod
    def of(cls, settings: Settings, database: Database) -> Core:
        """By the settings."""
        return cls(
            settings, database, Keys(settings.cp503_secret),
            Pace(KNOCKS_A_MINUTE, settings.redis_url), Passwords(),
        )  # fmt: skip

    def origin(self, request: Request) -> str:
        """Where the desk's own pages come from: as set, else as the browser asked for them."""
        asked = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return self.settings.desk_origin or asked

    def is_https(self, request: Request) -> bool:
        """Whether a browser reaches the desk by https, perhaps through a proxy."""
        return self.origin(request).startswith("https://")

    def passkeys(self, request: Request) -> Passkeys:
        """Passkeys of the desk as this browser reaches it."""
        return Passkeys(self.origin(request), self.settings.firm_name)
