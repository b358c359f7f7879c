"""Between several frontdesk processes: Redis carries what one has for a socket another holds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import socketio
import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = structlog.get_logger()

CHANNEL = "cp503"


class Between(socketio.AsyncRedisManager):  # type: ignore[misc]  # it has no types
    """python-socketio's manager, which says when it begins to hear Redis, and each time again.

    What was published before is lost to this process, so it then shows its visitors what the ledger
    holds. Left to itself the client would reconnect silently.
    """

    def __init__(self, url: str, back: Callable[[], Awaitable[None]]) -> None:
        options = {"socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 0)}
        super().__init__(url, channel=CHANNEL, redis_options=options)
        self._back = back

    async def _redis_listen_with_retries(self) -> AsyncIterator[dict[str, Any]]:
        away = False
        while True:
            try:
                self._redis_connect()
                await self.pubsub.subscribe(self.channel)
                await self.pubsub.get_message(timeout=5)  # Redis has it: from now nothing is missed
                if away:
                    log.warning("redis is back")
                away = False
                await self._back()
                async for message in self.pubsub.listen():
                    yield message
            except (RedisError, OSError) as error:
                if not away:
                    log.error("redis is away", error=type(error).__name__)
                away = True
                await asyncio.sleep(0.5)
