"""What a visitor takes away: the plan's card, and documents behind links that soon run out.

A link names one document of one conversation, signed; only the visitor of that conversation is given
it, through the socket. It is a plain address, so that a phone opens a PDF or a calendar in its own way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from frontdesk import notices
from frontdesk.documents import card, dates, pdf, transcript
from frontdesk.ledger import Ledger, Marks, Message
from frontdesk.settings import Settings

LINK_SECONDS = 600
# kind: (file name, type, whether the browser shows it rather than saving it)
KINDS = {
    "pdf": ("cp503-plan.pdf", "application/pdf", False),
    "calendar": ("cp503-dates.ics", "text/calendar; charset=utf-8", False),
    "transcript": ("cp503-conversation.txt", "text/plain; charset=utf-8", False),
    "print": ("cp503-conversation.html", "text/html; charset=utf-8", True),
}
_OF_A_PLAN = ("pdf", "calendar")


class Papers:
    """Cards, links, and the route behind the links."""

    def __init__(self, settings: Settings, ledger: Ledger, marks: Marks) -> None:
        self._firm = settings.firm
        self._ledger = ledger
        self._marks = marks
        self._links = URLSafeTimedSerializer(settings.cp503_secret, salt="document")

    async def plan(self, conversation: str, seq: int) -> dict[str, Any]:
        """The card of the plan in a message; LookupError when there is none."""
        facts, as_of = await self._case(conversation, seq)
        try:
            return await asyncio.to_thread(card.card, facts, as_of)
        except ValueError as error:  # facts that an older version wrote
            raise LookupError(f"{conversation}/{seq}") from error

    async def link(self, conversation: str, kind: object, seq: int) -> str:
        """A path on this server, good for LINK_SECONDS; LookupError when there is no such thing."""
        if not isinstance(kind, str) or kind not in KINDS:
            raise LookupError(str(kind))
        if kind in _OF_A_PLAN:
            await self._marks.case(conversation, seq)
        return f"/documents/{self._links.dumps([conversation, kind, seq])}/{KINDS[kind][0]}"

    def routes(self) -> list[Route]:
        """The route behind the links."""
        return [Route("/documents/{key}/{name}", self._document)]

    async def _document(self, request: Request) -> Response:
        try:
            named = self._links.loads(request.path_params["key"], max_age=LINK_SECONDS)
            conversation, kind, seq = str(named[0]), str(named[1]), int(named[2])
            body = await self._made(conversation, kind, seq)
        except (BadData, LookupError, ValueError):
            return PlainTextResponse(notices.OLD_LINK, 404)
        name, type_, shown = KINDS[kind]
        place = "inline" if shown or "inline" in request.query_params else "attachment"
        headers = {
            "content-disposition": f'{place}; filename="{name}"', "cache-control": "no-store",
        }  # fmt: skip
        return Response(body, media_type=type_, headers=headers)

    async def _made(self, conversation: str, kind: str, seq: int) -> bytes:
        if kind in _OF_A_PLAN:
            facts, as_of = await self._case(conversation, seq)
            if kind == "pdf":
                return await asyncio.to_thread(pdf.pdf, facts, as_of, self._firm)
            made = await asyncio.to_thread(dates.dates, facts, as_of)
            if made is None:
                raise LookupError(kind)
            return made
        messages: Sequence[Message] = await self._ledger.messages(conversation)
        if not messages:
            raise LookupError(conversation)
        write = transcript.page if kind == "print" else transcript.text
        return write(messages, self._firm).encode()

    async def _case(self, conversation: str, seq: int) -> tuple[dict[str, Any], date]:
        case: dict[str, Any] = await self._marks.case(conversation, seq)
        return case["facts"], date.fromisoformat(case["as_of"])
