"""The client that gives Rasa a turn and gets its replies (docs/architecture.md)."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx

from frontdesk.ledger import Message
from frontdesk.settings import Settings
from frontdesk.workers import Worker, Workers

_BASE = "/webhooks/frontdesk"
_TRIES = 2  # workers asked before the visitor is told that it takes longer


class NotAnswered(Exception):
    """Rasa is down, slow or not ready: the same turn can be given again."""


class Unanswerable(Exception):
    """Rasa refused the turn itself: giving it again would not help."""


class Brain:
    """The Rasa processes.

    The same message may reach two of them (one was slow, or died after it had answered): Rasa's
    tracker store keeps the first answer and the second one reads it there.
    """

    def __init__(self, settings: Settings) -> None:
        self._workers = Workers(settings)
        self._timeout = settings.brain_timeout_seconds
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {settings.cp503_secret}"},
            timeout=httpx.Timeout(self._timeout, connect=2.0),
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=100),
            trust_env=False,  # a proxy setting must never see a turn
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def turn(
        self, message: Message, facts: dict[str, Any] | None = None
    ) -> list[dict[str, Any]]:
        """The replies to one message; raises NotAnswered or Unanswerable.

        ``facts``: what an advisor found out, set before the message is read.
        """
        error = NotAnswered("no worker is known")
        for worker in (await self._workers.order(message.conversation_id))[:_TRIES]:
            try:
                return await self._ask(worker, message, facts)
            except NotAnswered as failed:
                error = failed
                if isinstance(failed.__cause__, TimeoutError | httpx.ReadTimeout):
                    break  # the visitor has waited long enough to be told
        raise error

    async def _ask(
        self, worker: Worker, message: Message, facts: dict[str, Any] | None
    ) -> list[dict[str, Any]]:
        body: dict[str, Any] = {
            "conversation": message.conversation_id,
            "message": message.id,
            "text": message.text,
            "payload": message.payload,
            "at": message.at.isoformat(),
            "masked": message.masked,
        }
        if facts:
            body["facts"] = facts
        try:
            async with asyncio.timeout(self._timeout):
                await worker.places.acquire()
        except TimeoutError as error:
            raise NotAnswered("busy") from error
        try:
            answer = await self._client.post(worker.url + _BASE + "/turn", json=body)
        except httpx.HTTPError as error:
            worker.rest()
            raise NotAnswered(f"{worker.name}: {type(error).__name__}") from error
        finally:
            worker.places.release()
        if answer.status_code == 400:
            raise Unanswerable("400")
        if answer.status_code != 200:
            worker.rest()
            raise NotAnswered(f"{worker.name}: {answer.status_code}")
        try:
            replies = answer.json()["replies"]
            return [dict(r, text=str(r["text"])) for r in replies]
        except (ValueError, KeyError, TypeError) as error:
            raise NotAnswered("unreadable answer") from error

    async def forget(self, conversation: str) -> None:
        """Delete a conversation from Rasa's database; raises NotAnswered when that is not done.

        Its own worker first: a turn that is under way there ends before it.
        """
        error = NotAnswered("no worker is known")
        for worker in (await self._workers.order(conversation))[:_TRIES]:
            url = f"{worker.url}{_BASE}/conversation/{conversation}"
            try:
                answer = await self._client.delete(url)
            except httpx.HTTPError as failed:
                error = NotAnswered(f"{worker.name}: {type(failed).__name__}")
                continue
            if answer.status_code == 200:
                return
            error = NotAnswered(f"{worker.name}: {answer.status_code}")
        raise error

    async def health(self) -> dict[str, str]:
        """{"rasa": …, "actions": …}; "ok" where it works, else what does not.

        Of several workers one is enough to answer; "workers" then says how many of them do.
        """
        workers = await self._workers.all()
        reports = await asyncio.gather(*(self._health(w) for w in workers))
        good = [r for r in reports if set(r.values()) == {"ok"}]
        report = dict((good or reports)[0])
        if len(workers) > 1:
            report["workers"] = f"{len(good)} of {len(workers)}"
        return report

    async def _health(self, worker: Worker) -> dict[str, str]:
        try:
            answer = await self._client.get(worker.url + _BASE + "/health", timeout=5.0)
            report = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            return {"rasa": f"does not answer ({type(error).__name__})", "actions": "not known"}
        if answer.status_code == 401:
            return {"rasa": "refuses this frontdesk's secret", "actions": "not known"}
        return {name: str(report.get(name, "not known")) for name in ("rasa", "actions")}
