"""Turns of one conversation one after another, each as soon as the one before is done.

Rasa's own lock store looks once a second whether it is a message's turn.
"""

from __future__ import annotations

import asyncio
from typing import Any, Dict, Optional, Text

from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore


class PromptLockStore(InMemoryLockStore):
    """Rasa's locks of one process, woken instead of polled; an expired ticket still gives way."""

    def __init__(self, endpoint_config: Optional[Any] = None) -> None:
        super().__init__()
        self._moved: Dict[Text, asyncio.Event] = {}

    async def _acquire_lock(
        self, conversation_id: Text, ticket: int, wait_time_in_seconds: float
    ) -> TicketLock:
        """Wait until the ticket is served; looks by itself now and then, for those that expire."""
        while True:
            moved = self._moved.setdefault(conversation_id, asyncio.Event())
            moved.clear()
            lock = self.get_lock(conversation_id)
            if lock is None or not lock.is_locked(ticket):
                # Rasa's own method takes the lock, or raises its error.
                return await super()._acquire_lock(conversation_id, ticket, wait_time_in_seconds)
            try:
                await asyncio.wait_for(moved.wait(), wait_time_in_seconds)
            except asyncio.TimeoutError:
                self.update_lock(conversation_id)

    def cleanup(self, conversation_id: Text, ticket_number: int) -> None:
        """Give the ticket back and wake those who wait."""
        super().cleanup(conversation_id, ticket_number)
        moved = self._moved.get(conversation_id)
        if moved is not None:
            moved.set()
        if self.get_lock(conversation_id) is None:
            self._moved.pop(conversation_id, None)
