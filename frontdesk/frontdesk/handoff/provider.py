"""Where the people sit: what the hand-over tells whoever shows cases to advisors.

The firm's own desk (``desk_socket``) is the default. Another place (a help desk the firm has already)
implements the same and calls ``Owning`` and ``Saying`` for what its people do there.
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
