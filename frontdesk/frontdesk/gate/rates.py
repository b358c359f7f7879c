"""How often: messages of one visitor, new visitors of one address."""

from __future__ import annotations

import math
import time

import structlog
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from frontdesk import notices
from frontdesk.gate.clean import Refused

log = structlog.get_logger()


class Rates:
    """Moving windows, in memory or for all frontdesk processes in Redis.

    A restart forgives, and while Redis is away everybody passes: neither harms a visitor.
    """

    def __init__(
        self, messages_per_10_seconds: int, new_visitors_per_minute: int, redis_url: str = ""
    ) -> None:
        self._limiter = MovingWindowRateLimiter(
            RedisStorage("async+" + redis_url, implementation="redispy", socket_connect_timeout=2)
            if redis_url
            else MemoryStorage()
        )
        self._messages = RateLimitItemPerSecond(messages_per_10_seconds, 10)
        self._marks = RateLimitItemPerSecond(3 * messages_per_10_seconds, 10)
        self._visitors = RateLimitItemPerMinute(new_visitors_per_minute)

    async def message(self, visitor: str) -> None:
        """Count one message; raises Refused("too_fast") with the seconds to wait."""
        await self._count(self._messages, "message", visitor)

    async def mark(self, visitor: str) -> None:
        """Count a tick, a rating or a look at a plan: these take no place among the messages."""
        await self._count(self._marks, "mark", visitor)

    async def _count(self, limit: RateLimitItem, what: str, visitor: str) -> None:
        try:
            if await self._limiter.hit(limit, what, visitor):
                return
            window = await self._limiter.get_window_stats(limit, what, visitor)
        except (RedisError, OSError) as error:
            log.error("rates not counted", error=type(error).__name__)
            return
        wait = max(1, math.ceil(window.reset_time - time.time()))
        raise Refused("too_fast", notices.TOO_FAST.format(seconds=wait), wait)

    async def new_visitor(self, address: str) -> bool:
        """Count one new visitor; False when the address has had too many."""
        try:
            return await self._limiter.hit(self._visitors, "visitor", address)
        except (RedisError, OSError) as error:
            log.error("rates not counted", error=type(error).__name__)
            return True
