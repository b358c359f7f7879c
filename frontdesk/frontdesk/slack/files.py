"""The plan as files in Slack: the chart as a picture, the PDF, the dates for a calendar."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from frontdesk.documents import dates, pdf, picture
from frontdesk.ledger import Message
from frontdesk.slack import words


def name_of(message: Message) -> str:
    """The PDF's name in a conversation: by it a post that broke off is found again."""
    return f"cp503-plan-{message.seq}.pdf"


async def share(
    client: AsyncWebClient,
    message: Message,
    channel: str,
    thread: str | None,
    firm: Mapping[str, str],
) -> str | None:
    """Upload and share them as one message."""
    assert message.facts is not None
    made = await asyncio.to_thread(_made, message, firm)
    answer: Any = await client.files_upload_v2(
        channel=channel, thread_ts=thread, initial_comment=words.FALLBACK_FILES,
        file_uploads=made,
    )  # fmt: skip
    first = (answer.get("files") or [{}])[0]
    return str(first.get("id")) if first.get("id") else None


def _made(message: Message, firm: Mapping[str, str]) -> list[dict[str, Any]]:
    facts: dict[str, Any] = message.facts or {}
    case, day = facts["facts"], facts["as_of"]
    found: list[dict[str, Any]] = []
    drawn = picture.png(case, day)
    if drawn is not None:
        found.append(
            {
                "content": drawn, "filename": f"cp503-chart-{message.seq}.png",
                "title": "What is left to pay over time",
                "alt_txt": "A chart of the balance over time for each plan, and if nothing is paid",
            }
        )  # fmt: skip
    found.append(
        {"content": pdf.pdf(case, day, firm), "filename": name_of(message), "title": "My plan"}
    )
    calendar = dates.dates(case, day)
    if calendar is not None:
        found.append(
            {
                "content": calendar, "filename": f"cp503-dates-{message.seq}.ics",
                "title": "Dates for my calendar",
            }
        )  # fmt: skip
    return found
