"""Posts what the ledger says is still to be posted: in order in each conversation, each once.

Slack has no "post this once". So a try is noted before it is made, each post carries our message's id as
metadata, and after a try that broke off Slack is asked for it before anything is posted again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.exc import SQLAlchemyError

from frontdesk.documents import card
from frontdesk.ledger import Carried
from frontdesk.ledger.carried import Task
from frontdesk.slack import blocks, files
from frontdesk.slack.pace import Pace

log = structlog.get_logger()

ROUND_SECONDS = 5.0  # how often what another process left is looked for
AT_ONCE = 20  # conversations posted to at the same time
WAITS = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0)  # seconds before the next try
REFUSED_WAIT = 30.0  # seconds, where Slack says no for a reason that somebody has to mend
LOOK_BACK = 120.0  # seconds before a message was written from which Slack is asked for it
EVENT = "cp503_message"
# Nothing will ever make these work; anything else may pass.
NEVER = {
    "channel_not_found", "not_in_channel", "is_archived", "user_not_found", "users_not_found",
    "user_disabled", "cannot_dm_bot", "messages_tab_disabled", "restricted_action", "thread_not_found",
    "message_not_found", "cant_update_message", "edit_window_closed",
}  # fmt: skip
BROKEN = {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"}


class Outbox:
    """The task that posts."""

    def __init__(
        self,
        client: AsyncWebClient,
        carried: Carried,
        firm: Mapping[str, str],
        pace: Pace | None = None,
    ) -> None:
        self._client = client
        self._carried = carried
        self._firm = firm
        self._pace = pace or Pace()
        self._now = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with what an earlier process left."""
        self._task = asyncio.create_task(self._work())

    async def stop(self) -> None:
        """Let go; what was begun is looked after by the next process."""
        tasks = [*self._busy.values(), *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def wake(self) -> None:
        """There is something to post."""
        self._now.set()

    async def whisper(self, channel: str, user: str, text: str) -> None:
        """Tell one person something of the moment; nothing depends on it."""
        try:
            await self._client.chat_postEphemeral(channel=channel, user=user, text=text)
        except (SlackApiError, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("not whispered", error=type(error).__name__)

    async def _work(self) -> None:
        while True:
            self._now.clear()
            wait = ROUND_SECONDS
            try:
                entries, later = await self._carried.due()
                for entry in entries:
                    if entry not in self._busy and len(self._busy) < AT_ONCE:
                        self._busy[entry] = asyncio.create_task(self._one(entry))
                if later is not None:
                    wait = min(wait, max(0.05, (later - datetime.now(UTC)).total_seconds()))
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
            try:
                await asyncio.wait_for(self._now.wait(), wait)
            except TimeoutError:
                continue

    async def _one(self, entry: int) -> None:
        try:
            task = await self._carried.claim(entry)
            if task is not None:
                await self._try(task)
        except (SQLAlchemyError, OSError) as error:
            # The entry stays begun; after its lease it is tried again, with a look at Slack first.
            log.error("ledger failed", error=type(error).__name__)
        finally:
            self._busy.pop(entry, None)
            self.wake()

    async def _try(self, task: Task) -> None:
        wait = WAITS[min(task.tries, len(WAITS) - 1)]
        try:
            channel = await self._channel(task)
            done = await self._arrived(task, channel) if task.broken_off else None
            if done is None:
                await self._pace.turn(channel)
                done = await self._post(task, channel)
        except SlackApiError as error:
            await self._refused(task, error, wait)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            log.warning("slack away", entry=task.id, error=type(error).__name__)
            await self._carried.again(task.id, wait, begun=True)
        else:
            await self._carried.sent(task.id, done)

    async def _refused(self, task: Task, error: SlackApiError, wait: float) -> None:
        response: Any = error.response
        status = getattr(response, "status_code", 0)
        code = str(response.get("error", "")) if status == 200 or status == 429 else ""
        if status == 429 or code == "ratelimited":
            wait = float((response.headers or {}).get("Retry-After", 1))
            self._pace.rest(str(task.place.details.get("channel")), wait)
            await self._carried.again(task.id, wait, begun=False)
        elif code in NEVER:
            log.error("not to be posted", entry=task.id, reason=code)
            await self._carried.dropped(task.id)
        elif code:
            log.error("slack refused", entry=task.id, reason=code)
            await self._carried.again(task.id, max(wait, REFUSED_WAIT), begun=False)
        else:  # a server error: it may have been posted all the same
            log.warning("slack failed", entry=task.id, status=status)
            await self._carried.again(task.id, wait, begun=True)

    async def _channel(self, task: Task) -> str:
        """Where to post; a direct message may not have been opened yet."""
        channel = task.place.details.get("channel")
        if not channel:
            opened = await self._client.conversations_open(users=[task.place.details["user"]])
            channel = opened["channel"]["id"]
            await self._carried.detail(task.place.key, channel=channel)
            task.place.details = {**task.place.details, "channel": channel}
        return str(channel)

    async def _post(self, task: Task, channel: str) -> str | None:
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

    async def _arrived(self, task: Task, channel: str) -> str | None:
        """How Slack names what an earlier try posted, if it did."""
        if task.kind == "update":
            return None  # the same change again changes nothing
        thread = task.place.details.get("thread")
        since = str(task.message.at.timestamp() - LOOK_BACK)
        found: Any
        if thread:
            found = await self._client.conversations_replies(
                channel=channel, ts=thread, oldest=since, limit=200, include_all_metadata=True
            )
        else:
            found = await self._client.conversations_history(
                channel=channel, oldest=since, limit=200, include_all_metadata=True
            )
        for one in found["messages"]:
            payload = (one.get("metadata") or {}).get("event_payload") or {}
            if task.kind == "post" and payload.get("id") == task.message.id:
                return str(one["ts"])
            if task.kind == "files" and any(
                f.get("name") == files.name_of(task.message) for f in one.get("files") or ()
            ):
                return str(one["ts"])
        return None
