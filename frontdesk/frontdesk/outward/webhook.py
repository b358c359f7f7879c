"""The webhook: a case's moves for other systems, signed as Standard Webhooks asks.

Ids, kinds and a link; nothing anybody said. Whoever gets one twice knows it by ``webhook-id``.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import httpx

from frontdesk.ledger import Database
from frontdesk.outward.case import outline
from frontdesk.outward.http import answered, retry_after
from frontdesk.outward.outbox import Errand, Outbox
from frontdesk.outward.ways import WEBHOOK, Away, Moot, Never

SECONDS = 10.0
GONE = "http 410"
EVENTS = {
    "case.asked": "case.asked", "case.claimed": "case.claimed",
    "case.transferred": "case.transferred", "case.released": "case.released",
    "case.advisor_gone": "case.released", "case.returned": "case.returned",
    "case.closed": "case.closed", "case.cancelled": "case.cancelled", "case.left": "case.left",
    "case.overdue": "case.callback", "case.contact": "case.callback",
}  # fmt: skip


class Webhook:
    """The way of the webhook."""

    kind = WEBHOOK

    def __init__(
        self,
        database: Database,
        outbox: Outbox,
        url: str,
        key: bytes,
        desk: str,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._outbox, self._clock = database, outbox, clock
        self._url, self._key, self._desk = url, key, desk
        self._where = hashlib.sha256(url.encode()).hexdigest()[:16]
        self._client = httpx.AsyncClient(
            timeout=SECONDS,
            follow_redirects=False,  # a redirect could lead to where the operator never meant
            trust_env=False,
            headers={"user-agent": "cp503-frontdesk", "content-type": "application/json"},
        )

    async def send(self, errand: Errand) -> None:
        if await self._outbox.stopped(WEBHOOK, GONE, where=self._where):
            raise Never("stopped by 410")
        case = await self._database.run(lambda db: outline(db, errand.case, self._clock()))
        if case is None:
            raise Moot
        details = errand.details
        data: dict[str, Any] = {
            "case": errand.case, "conversation": errand.conversation,
            "state": details.get("state"), "why": case.why, "urgency": case.urgency,
            "channel": case.channel, "callback": bool(details.get("callback")),
            "outcome": details.get("outcome"), "link": self._desk,
        }  # fmt: skip
        told = {
            "type": EVENTS[errand.what], "timestamp": errand.created_at.isoformat(), "data": data,
        }  # fmt: skip
        body = json.dumps(told, separators=(",", ":")).encode()
        at = str(int(time.time()))
        headers = {
            "webhook-id": errand.key, "webhook-timestamp": at,
            "webhook-signature": signature(self._key, errand.key, at, body),
        }  # fmt: skip
        async with answered(self._client, SECONDS, "POST", self._url, body, headers) as answer:
            status = answer.status_code
            wait = retry_after(answer)
        if status == 410:
            await self._outbox.give_up(errand, GONE, where=self._where)
            return
        if not 200 <= status < 300:
            raise Away(f"http {status}", wait)

    async def look(self) -> None:
        """Nothing beside the errands."""

    async def close(self) -> None:
        await self._client.aclose()


def signature(key: bytes, id: str, at: str, body: bytes) -> str:
    """``v1,`` and the signature of a body, its id and its second."""
    signed = hmac.new(key, f"{id}.{at}.".encode() + body, hashlib.sha256).digest()
    return "v1," + base64.b64encode(signed).decode()
