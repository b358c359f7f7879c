"""Which workspace the app is installed in: who is of another one gets general answers and no more."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

log = structlog.get_logger()

PATIENCE = 2.0  # seconds, of the three in which Slack has to have its answer
AGAIN = 5.0  # seconds


class Unknown(Exception):
    """Slack has not told yet: what needs to know is not taken, and may be sent again."""


class Installed:
    """Asks Slack once, and until it answers."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._team = ""
        self._known = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to ask."""
        self._task = asyncio.create_task(self._ask())

    async def stop(self) -> None:
        """Let go."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def team(self) -> str:
        """The workspace's id; Unknown where Slack does not tell soon enough."""
        try:
            await asyncio.wait_for(self._known.wait(), PATIENCE)
        except TimeoutError:
            raise Unknown from None
        return self._team

    def authorizer(self) -> Callable[[], Awaitable[AuthorizeResult]]:
        """For Bolt, which would ask Slack at the first event, and lose it where Slack fails."""

        async def authorize() -> AuthorizeResult:
            return AuthorizeResult(
                enterprise_id=None, team_id=self._team or None, bot_token=self._client.token
            )

        return authorize

    async def _ask(self) -> None:
        while not self._known.is_set():
            try:
                answer = await self._client.auth_test()
                self._team = str(answer["team_id"])
                self._known.set()
                return
            except SlackApiError as error:
                log.error("slack refused the token", reason=str(error.response.get("error")))
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                log.warning("slack away", error=type(error).__name__)
            await asyncio.sleep(AGAIN)
