"""How a message of the ledger is posted: in its conversation's place, as blocks or as files."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from frontdesk.documents import card
from frontdesk.ledger import Carried
from frontdesk.ledger.carried import Task
from frontdesk.slack import blocks, files
from frontdesk.slack.looking import mark, since

log = structlog.get_logger()

LOOK_BACK = 120.0  # seconds before a message was written from which Slack is asked for it
EVENT = "cp503_message"
BROKEN = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}


class Posts:
    """``outbox.Posting`` for the tasks of ``ledger.Carried``."""

    def __init__(self, client: AsyncWebClient, carried: Carried, firm: Mapping[str, str]) -> None:
        self._client, self._carried, self._firm = client, carried, firm

    async def channel(self, task: Task) -> str:
        """Where to; a direct message may not have been opened yet."""
        channel = task.place.details.get("channel")
        if not channel:
            opened = await self._client.conversations_open(users=[task.place.details["user"]])
            channel = opened["channel"]["id"]
            await self._carried.detail(task.place.key, channel=channel)
            task.place.details = {**task.place.details, "channel": channel}
        return str(channel)

    async def post(self, task: Task, channel: str) -> str | None:
        message, thread = task.message, task.place.details.get("thread")
        if task.kind == "files":
            return await files.share(self._client, message, channel, thread, self._firm)
        plan = None
        if message.facts:
            plan = await asyncio.to_thread(
                card.card, message.facts["facts"], message.facts["as_of"]
            )
        said: dict[str, Any] = {
            "channel": channel, "text": blocks.fallback(message),
            "blocks": blocks.blocks(message, plan),
        }  # fmt: skip
        if task.kind == "update":
            if task.reference:
                await self._client.chat_update(ts=task.reference, **said)
            return task.reference
        said |= {
            "thread_ts": thread, "unfurl_links": False, "unfurl_media": False,
            "metadata": {"event_type": EVENT, "event_payload": {"id": message.id}},
        }  # fmt: skip
        try:
            posted = await self._client.chat_postMessage(**said)
        except SlackApiError as error:
            if error.response.get("error") not in BROKEN:
                raise
            log.error("blocks refused", entry=task.id)  # the words matter more than their look
            said.pop("blocks")
            posted = await self._client.chat_postMessage(**said)
        return str(posted["ts"])

    async def arrived(self, task: Task, channel: str) -> str | None:
        """How Slack names what an earlier try posted, if it did."""
        if task.kind == "update":
            return None  # the same change again changes nothing
        thread = task.place.details.get("thread")
        moment = task.message.at.timestamp() - LOOK_BACK
        async for one in since(self._client, channel, moment, thread):
            if task.kind == "post" and mark(one) == task.message.id:
                return str(one["ts"])
            if task.kind == "files" and any(
                f.get("name") == files.name_of(task.message) for f in one.get("files") or ()
            ):
                return str(one["ts"])
        return None
