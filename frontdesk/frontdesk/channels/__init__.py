"""Where people talk to the assistant. A channel takes what they say to the ledger and shows replies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from starlette.routing import BaseRoute

from frontdesk.turns import Deliver, Turns

if TYPE_CHECKING:
    from frontdesk.handoff import Handoff


class Channel(Protocol):
    """What the application asks of a channel."""

    @property
    def deliver(self) -> Deliver:
        """What the hands call; a channel leaves alone what is not its own."""

    def routes(self) -> Sequence[BaseRoute]:
        """Its HTTP routes."""

    async def start(self, turns: Turns, handoff: Handoff | None) -> None:
        """Begin to listen. ``handoff``: to a person of the firm, where that is switched on."""

    async def stop(self) -> None:
        """Let go; nothing is lost by it."""
