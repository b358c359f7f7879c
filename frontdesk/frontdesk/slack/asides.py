"""What is done after Slack has its acknowledgement: of the moment, and nothing depends on it.

Slack waits three seconds for an acknowledgement, and its own Web API may take longer than that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

log = structlog.get_logger()


class Asides:
    """Runs them; a failure is only noted."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._tasks: set[asyncio.Task[None]] = set()

    def whisper(self, channel: str, user: str, text: str) -> None:
        """Tell one person something where they are."""
        if channel and user:
            self.do(
                "whisper",
                self._client.chat_postEphemeral(channel=channel, user=user, text=text),
            )

    def do(self, what: str, work: Coroutine[Any, Any, Any]) -> None:
        """Do something; ``what``: how the log calls it."""
        task = asyncio.create_task(_quietly(what, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Let go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def _quietly(what: str, work: Coroutine[Any, Any, Any]) -> None:
    try:
        await work
    except (
        SlackApiError, SQLAlchemyError, aiohttp.ClientError, TimeoutError, OSError
    ) as error:  # fmt: skip
        log.warning("aside failed", what=what, error=type(error).__name__)
