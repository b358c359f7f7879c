"""The client that gives Rasa a turn and gets its replies (docs/architecture.md)."""

from __future__ import annotations

from typing import Any

import httpx

from frontdesk.ledger import Message


class NotAnswered(Exception):
    """Rasa is down, slow or not ready: the same turn can be given again."""


class Unanswerable(Exception):
    """Rasa refused the turn itself: giving it again would not help."""


class Brain:
    """One Rasa process on loopback."""

    def __init__(self, port: int, secret: str, timeout: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}/webhooks/frontdesk",
            headers={"Authorization": f"Bearer {secret}"},
            timeout=httpx.Timeout(timeout, connect=2.0),
            trust_env=False,  # a proxy setting must never see a turn
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def turn(self, message: Message) -> list[dict[str, Any]]:
        """The replies to one message; raises NotAnswered or Unanswerable."""
        body = {
            "conversation": message.conversation_id,
            "message": message.id,
            "text": message.text,
            "payload": message.payload,
            "at": message.at.isoformat(),
            "masked": message.masked,
        }
        try:
            answer = await self._client.post("/turn", json=body)
        except httpx.HTTPError as error:
            raise NotAnswered(type(error).__name__) from error
        if answer.status_code == 400:
            raise Unanswerable("400")
        if answer.status_code != 200:
            raise NotAnswered(str(answer.status_code))
        try:
            replies = answer.json()["replies"]
            return [dict(r, text=str(r["text"])) for r in replies]
        except (ValueError, KeyError, TypeError) as error:
            raise NotAnswered("unreadable answer") from error

    async def health(self) -> dict[str, str]:
        """{"rasa": …, "actions": …}; "ok" where it works, else what does not."""
        try:
            answer = await self._client.get("/health", timeout=5.0)
            report = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            return {"rasa": f"does not answer ({type(error).__name__})", "actions": "not known"}
        if answer.status_code == 401:
            return {"rasa": "refuses this frontdesk's secret", "actions": "not known"}
        return {name: str(report.get(name, "not known")) for name in ("rasa", "actions")}
