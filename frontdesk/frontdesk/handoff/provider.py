"""Where the people sit: what the hand-over tells whoever shows cases to advisors.

The firm's own desk (``desk_socket``) is always told. Another place (a help desk the firm has already, like
``frontdesk.outward.chatwoot``) implements the same and calls ``Owning`` and ``Saying`` for what its people
do there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from frontdesk.handoff.models import Case
from frontdesk.ledger import Message


class HandoffProvider(Protocol):
    """What is told; nothing of it has to arrive, for everything can be read again."""

    async def queue_changed(self) -> None:
        """Somebody came, was taken, or left."""

    async def messages(self, case: Case, messages: Sequence[Message]) -> None:
        """Something was said in a case that waits or is with an advisor."""

    async def case_changed(self, case: Case) -> None:
        """Its state, owner, contact or facts are different now."""

    async def visitor_typing(self, case: Case, on: bool) -> None:
        """The visitor types."""

    async def visitor_present(self, conversation: str, on: bool) -> None:
        """The visitor's page came or went."""

    async def forgotten(self) -> None:
        """Visitors were deleted: what is shown of them must go."""

    async def beat(self) -> None:
        """Called every few seconds: say who of its people is there (``queue.seen``)."""


class Both:
    """Two places: what one is told the other is told, too."""

    def __init__(self, *places: HandoffProvider) -> None:
        self._places = places

    async def queue_changed(self) -> None:
        for place in self._places:
            await place.queue_changed()

    async def messages(self, case: Case, messages: Sequence[Message]) -> None:
        for place in self._places:
            await place.messages(case, messages)

    async def case_changed(self, case: Case) -> None:
        for place in self._places:
            await place.case_changed(case)

    async def visitor_typing(self, case: Case, on: bool) -> None:
        for place in self._places:
            await place.visitor_typing(case, on)

    async def visitor_present(self, conversation: str, on: bool) -> None:
        for place in self._places:
            await place.visitor_present(conversation, on)

    async def forgotten(self) -> None:
        for place in self._places:
            await place.forgotten()

    async def beat(self) -> None:
        for place in self._places:
            await place.beat()
