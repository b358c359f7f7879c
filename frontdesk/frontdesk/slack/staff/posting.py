"""How a card is posted and changed, and whether it may be shown in its channel at all."""

from __future__ import annotations

import time
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from frontdesk.slack.looking import mark, since
from frontdesk.slack.staff.cards import CardTask

log = structlog.get_logger()

EVENT = "cp503_card"
GOOD, BAD = 600.0, 30.0  # seconds for which what Slack said of the channel counts
LOOK_BACK = 120.0


class StaffChannel:
    """The one channel. It must be the firm's own: shared with nobody outside."""

    def __init__(self, client: AsyncWebClient, channel: str) -> None:
        self._client, self._channel = client, channel
        self._usable, self._until = False, 0.0

    async def usable(self) -> bool:
        """Whether cards may be shown there; no where Slack does not tell."""
        if time.monotonic() >= self._until:
            self._usable = await self._asked()
            self._until = time.monotonic() + (GOOD if self._usable else BAD)
        return self._usable

    async def _asked(self) -> bool:
        try:
            answer: Any = await self._client.conversations_info(channel=self._channel)
        except SlackApiError as error:
            log.error("no staff channel", reason=str(error.response.get("error")))
            return False
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("slack away", error=type(error).__name__)
            return False
        found = answer["channel"]
        shared = found.get("is_ext_shared") or found.get("is_pending_ext_shared")
        if shared or found.get("is_im") or found.get("is_archived"):
            log.error("no staff channel", reason="shared" if shared else "not a channel in use")
            return False
        return True


class CardPosts:
    """``outbox.Posting``. ``desk``: the address of the desk's page."""

    def __init__(self, client: AsyncWebClient, desk: str) -> None:
        self._client, self._desk = client, desk

    async def channel(self, task: CardTask) -> str:
        """Where it is, or is to be."""
        return task.channel

    async def post(self, task: CardTask, channel: str) -> str | None:
        """Post or change it."""
        said: dict[str, Any] = {
            "channel": channel, "text": task.look.text,
            "blocks": task.look.blocks(task.case, self._desk),
        }  # fmt: skip
        if task.reference:
            await self._client.chat_update(ts=task.reference, **said)
            return task.reference
        if not task.look.claim:
            return None  # over meanwhile, and never shown
        posted = await self._client.chat_postMessage(
            **said, unfurl_links=False, unfurl_media=False,
            metadata={"event_type": EVENT, "event_payload": {"id": task.mark}},
        )  # fmt: skip
        return str(posted["ts"])

    async def arrived(self, task: CardTask, channel: str) -> str | None:
        """Where an earlier try put it; the same change again changes nothing."""
        if task.reference:
            return None
        moment = task.asked_at.timestamp() - LOOK_BACK
        async for one in since(self._client, channel, moment):
            if mark(one) == task.mark:
                return str(one["ts"])
        return None
