"""Chatwoot's published API, as far as the hand-over needs it.

The client API (``/public/api/v1/inboxes/…``) for what the visitor does, the application API
(``/api/v1/accounts/…``, header ``api_access_token``) for everything else.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from frontdesk.outward.http import answered, retry_after
from frontdesk.outward.settings import OutwardSettings
from frontdesk.outward.ways import Away, Never

SECONDS = 15.0
LARGEST = 4_000_000  # bytes of an answer
PAGE = 100  # messages Chatwoot lists at once after a given one
MOST_PAGES = 50
UNREADABLE = "unreadable answer"


class Missing(Exception):  # noqa: N818  # 404: a fact, not a fault
    """There is no such thing in Chatwoot (any more)."""


@dataclass(frozen=True)
class Agent:
    """One of Chatwoot's people, as the hand-over knows the desk's people (``handoff.may.User``)."""

    user: str
    display_name: str
    role: str = "advisor"

    @classmethod
    def of(cls, told: dict[str, Any]) -> Agent:
        """From an agent, an assignee or a message's sender."""
        name = str(told.get("available_name") or told.get("name") or "").strip()
        return cls(f"chatwoot:{_number(told)}", (name or "An advisor")[:80])


class Client:
    """Requests; each raises Away, Never or Missing."""

    def __init__(self, settings: OutwardSettings) -> None:
        base = settings.chatwoot_url.rstrip("/")
        self._public = f"{base}/public/api/v1/inboxes/{quote(settings.chatwoot_inbox, safe='')}"
        self._account = f"{base}/api/v1/accounts/{settings.chatwoot_account}"
        self._token = {"api_access_token": settings.chatwoot_token}
        self._client = httpx.AsyncClient(
            timeout=SECONDS, follow_redirects=False, trust_env=False,
            headers={"user-agent": "cp503-frontdesk", "content-type": "application/json"},
        )  # fmt: skip

    async def close(self) -> None:
        await self._client.aclose()

    async def contact(self, identifier: str, name: str) -> tuple[str, int]:
        """(source id, id) of a contact; the same for the same identifier."""
        made = await self._visitor("POST", "/contacts", {"identifier": identifier, "name": name})
        return _text(made, "source_id"), _number(made)

    async def conversation(self, contact: str, case: str) -> int:
        """The number of a new conversation."""
        path = f"/contacts/{quote(contact, safe='')}/conversations"
        return _number(
            await self._visitor("POST", path, {"custom_attributes": {"cp503_case": case}})
        )

    async def conversation_of(self, contact_id: int, case: str) -> int | None:
        """The number of the conversation an earlier try made for a case."""
        for one in _listed(await self._agent("GET", f"/contacts/{contact_id}/conversations")):
            if (one.get("custom_attributes") or {}).get("cp503_case") == case:
                return _number(one)
        return None

    async def incoming(self, contact: str, there: int, text: str) -> int:
        """Post a visitor's message; its id."""
        path = f"/contacts/{quote(contact, safe='')}/conversations/{there}/messages"
        return _number(await self._visitor("POST", path, {"content": text}))

    async def note(self, there: int, text: str) -> int:
        """Post a private note; its id."""
        body = {"content": text, "message_type": "outgoing", "private": True}
        return _number(await self._agent("POST", f"/conversations/{there}/messages", body))

    async def show(self, there: int) -> tuple[str, Agent | None]:
        """(status, assignee) of a conversation."""
        told = await self._agent("GET", f"/conversations/{there}")
        meta = told.get("meta") if isinstance(told, dict) else None
        if not isinstance(meta, dict):
            raise Away(UNREADABLE, whole=False)
        assignee = None if meta.get("assignee_type") == "AgentBot" else meta.get("assignee")
        return _text(told, "status"), Agent.of(assignee) if assignee else None

    async def messages(self, there: int, after: int) -> list[dict[str, Any]]:
        """All messages of a conversation with an id above ``after``, in order."""
        listed: list[dict[str, Any]] = []
        for _ in range(MOST_PAGES):
            path = f"/conversations/{there}/messages?after={after}"
            page = [m for m in _listed(await self._agent("GET", path)) if _number(m) > after]
            listed += sorted(page, key=_number)
            if len(page) < PAGE:
                break
            after = _number(listed[-1])
        return listed

    async def status(self, there: int, status: str) -> None:
        """Set a conversation's status."""
        await self._agent("POST", f"/conversations/{there}/toggle_status", {"status": status})

    async def online(self) -> list[Agent]:
        """Agents who are there now."""
        found = _listed({"payload": await self._agent("GET", "/agents")})
        return [Agent.of(one) for one in found if one.get("availability_status") == "online"]

    async def forget(self, contact_id: int | None, identifier: str) -> None:
        """Delete a contact with all its conversations."""
        if contact_id is None:
            found = await self._agent("GET", f"/contacts/search?q={quote(identifier, safe='')}")
            ours = [c for c in _listed(found) if c.get("identifier") == identifier]
            if not ours:
                return
            contact_id = _number(ours[0])
        try:
            await self._agent("DELETE", f"/contacts/{contact_id}")
        except Missing:
            return

    async def _visitor(self, method: str, path: str, body: dict[str, Any]) -> Any:
        return await self._ask(method, self._public + path, {}, body)

    async def _agent(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        return await self._ask(method, self._account + path, self._token, body)

    async def _ask(
        self, method: str, url: str, headers: dict[str, str], body: dict[str, Any] | None
    ) -> Any:
        sent = None if body is None else json.dumps(body).encode()
        async with answered(self._client, SECONDS, method, url, sent, headers) as answer:
            status, wait = answer.status_code, retry_after(answer)
            read = bytearray()
            if 200 <= status < 300:
                async for part in answer.aiter_bytes():
                    read += part
                    if len(read) > LARGEST:
                        raise Away("answer too large", whole=False)
        if status == 404:
            raise Missing
        if status in (400, 422):
            raise Never(f"http {status}")
        if not 200 <= status < 300:
            raise Away(f"http {status}", wait)
        try:
            return await asyncio.to_thread(json.loads, bytes(read)) if read else {}
        except ValueError as error:
            raise Away(UNREADABLE, whole=False) from error


def _number(told: Any) -> int:
    """The id of a thing; Away where it has none: not Chatwoot, or a version nobody knows."""
    try:
        return int(told["id"])
    except (KeyError, TypeError, ValueError) as error:
        raise Away(UNREADABLE, whole=False) from error


def _text(told: Any, name: str) -> str:
    found = told.get(name) if isinstance(told, dict) else None
    if not isinstance(found, str) or not found:
        raise Away(UNREADABLE, whole=False)
    return found


def _listed(told: Any) -> list[dict[str, Any]]:
    found = told.get("payload") if isinstance(told, dict) else None
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise Away(UNREADABLE, whole=False)
    return found
