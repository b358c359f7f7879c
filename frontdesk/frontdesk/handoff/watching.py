"""What changes without anybody doing something to a case: pages are told, so that they show what is so."""

from __future__ import annotations

from typing import Any, Protocol

import structlog

from frontdesk.handoff.offer import Visitors
from frontdesk.handoff.staffing import Staffing

log = structlog.get_logger()

ON = "on"
NOBODY = "off: no account at the desk is set up (make desk-user NAME=...)"


class Pages(Protocol):
    """All pages of the website."""

    async def tell_all(self, event: str, body: dict[str, Any]) -> None:
        """Send an event to every page."""


class Watching:
    """One look after another; each process tells the pages, and twice is no harm."""

    def __init__(self, staffing: Staffing, visitors: Visitors, pages: Pages) -> None:
        self._staffing, self._visitors, self._pages = staffing, visitors, pages
        self._possible: bool | None = None
        self._staffed: bool | None = None
        self._there: dict[str, bool] = {}

    async def look(self) -> None:
        """Whether a hand-over is possible, somebody is at the desk, and each advisor is there."""
        possible = await self._staffing.possible()
        if possible != self._possible:
            self._possible = possible
            log.info("hand-over to a person", state=ON if possible else NOBODY)
            await self._pages.tell_all("people", {"on": possible})
        staffed = (await self._staffing.desk()).staffed
        if staffed != self._staffed:
            self._staffed = staffed
            await self._visitors.places()
        before, self._there = self._there, await self._staffing.present()
        for conversation, there in self._there.items():
            if before.get(conversation, True) != there:
                await self._visitors.status(conversation)
