"""A request with one limit on all of it, and what its answer says about trying again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from frontdesk.outward.ways import Away


@asynccontextmanager
async def answered(
    client: httpx.AsyncClient,
    seconds: float,
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> AsyncIterator[httpx.Response]:
    """The answer to a request, its body still unread; Away where there is none in time.

    A slow answer that trickles in keeps within the limit too.
    """
    try:
        async with (
            asyncio.timeout(seconds),
            client.stream(method, url, content=body, headers=headers) as answer,
        ):
            yield answer
    except (httpx.HTTPError, OSError, TimeoutError) as error:
        raise Away(type(error).__name__) from error


def retry_after(answer: httpx.Response) -> float | None:
    """The seconds of a Retry-After, which may be a number or a date; ``None`` where there is none."""
    told = answer.headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told)
    try:
        moment = parsedate_to_datetime(told) if told else None
    except ValueError:
        return None
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
