"""How often one address may knock at the routes that need no session."""

from __future__ import annotations

import math
import time

import structlog
from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.exceptions import RedisError

from frontdesk.desk.refusals import Refused

log = structlog.get_logger()


class Pace:
    """A moving minute, in memory or for all frontdesk processes in Redis.

    While Redis is away everybody passes: the lock-out, in the database, still holds.
    """

    def __init__(self, per_minute: int, redis_url: str = "") -> None:
        self._limit = RateLimitItemPerMinute(per_minute)
        self._limiter = MovingWindowRateLimiter(
            RedisStorage("async+" + redis_url, implementation="redispy", socket_connect_timeout=2)
            if redis_url
            else MemoryStorage()
        )

    async def count(self, address: str) -> None:
        """Count one request; raises Refused("too_fast") with the seconds to wait."""
        try:
            if await self._limiter.hit(self._limit, "desk", address):
                return
            window = await self._limiter.get_window_stats(self._limit, "desk", address)
        except (RedisError, OSError) as error:
            log.error("rates not counted", error=type(error).__name__)
            return
        raise Refused("too_fast", wait=max(1, math.ceil(window.reset_time - time.time())))
