"""How often: messages of one visitor, new visitors of one address."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from frontdesk import notices
from frontdesk.gate.clean import Refused


class Rates:
    """Moving windows in memory: a restart forgives, which harms nobody."""

    def __init__(self, messages_per_10_seconds: int, new_visitors_per_minute: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._messages = RateLimitItemPerSecond(messages_per_10_seconds, 10)
        self._visitors = RateLimitItemPerMinute(new_visitors_per_minute)

    def message(self, visitor: str) -> None:
        """Count one message; raises Refused("too_fast") with the seconds to wait."""
        if not self._limiter.hit(self._messages, "message", visitor):
            reset = self._limiter.get_window_stats(self._messages, "message", visitor).reset_time
            wait = max(1, math.ceil(reset - time.time()))
            raise Refused("too_fast", notices.TOO_FAST.format(seconds=wait), wait)

    def new_visitor(self, address: str) -> bool:
        """Count one new visitor; False when the address has had too many."""
        return self._limiter.hit(self._visitors, "visitor", address)
