"""Looking in Slack for what we may have posted there before a try broke off."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

PAGE, PAGES = 200, 20


async def since(
    client: AsyncWebClient, channel: str, moment: float, thread: str | None = None
) -> AsyncIterator[dict[str, Any]]:
    """The messages of a conversation, or of a thread, since a moment (seconds of the epoch)."""
    asked: dict[str, Any] = {
        "channel": channel, "oldest": str(moment), "limit": PAGE, "include_all_metadata": True,
    }  # fmt: skip
    for _ in range(PAGES):
        found: Any = (
            await client.conversations_replies(ts=thread, **asked)
            if thread
            else await client.conversations_history(**asked)
        )
        for one in found["messages"]:
            yield one
        asked["cursor"] = (found.get("response_metadata") or {}).get("next_cursor")
        if not asked["cursor"]:
            return


def mark(message: dict[str, Any]) -> str | None:
    """The id of ours that a message carries."""
    payload = (message.get("metadata") or {}).get("event_payload") or {}
    return payload.get("id")
