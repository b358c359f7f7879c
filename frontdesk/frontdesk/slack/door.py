"""Where Slack's requests come in: how large, how old, signed by whom, before Bolt sees anything."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

from slack_bolt.adapter.starlette.async_handler import to_async_bolt_request, to_starlette_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

MOST_BYTES = 1_000_000


class Door:
    """The one route of events, interactivity and commands."""

    def __init__(self, app: AsyncApp, secret: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(secret)

    def routes(self) -> list[Route]:
        """``POST /slack/events``."""
        return [Route("/slack/events", self._request, methods=["POST"])]

    async def _request(self, request: Request) -> Response:
        body = await _read(request)
        if body is None:
            return PlainTextResponse("too large", 413)
        if not self._signed(request, body):
            return PlainTextResponse("wrong or old signature", 401)
        if not _readable(request, body):
            return PlainTextResponse("malformed", 400)
        answer = await self._app.async_dispatch(to_async_bolt_request(request, body))
        if answer.status == 404:  # an event nobody asked for: taken and ignored
            return Response(status_code=200)
        return to_starlette_response(answer)

    def _signed(self, request: Request, body: bytes) -> bool:
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not stamp.isdigit() or not signature.isascii():
            return False
        return self._verifier.is_valid(body, stamp, signature)  # also refuses what is 5 minutes old


async def _read(request: Request) -> bytes | None:
    """The body, or ``None`` when it is larger than anything Slack sends."""
    told = request.headers.get("content-length", "0")
    if told.isdigit() and int(told) > MOST_BYTES:
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return None
    return body


def _readable(request: Request, body: bytes) -> bool:
    """Whether it is what Slack sends: what lacks its parts would fail somewhere within Bolt."""
    try:
        text = body.decode("utf-8")
        if request.headers.get("content-type", "").startswith("application/json"):
            return _whole(json.loads(text))
        payload = parse_qs(text).get("payload")
        return payload is None or _whole(json.loads(payload[0]))
    except (ValueError, RecursionError):  # the latter: brackets without end
        return False


def _whole(body: Any) -> bool:
    if not isinstance(body, dict):
        return False
    kind = body.get("type")
    if kind == "event_callback":
        event = body.get("event")
        return isinstance(event, dict) and isinstance(event.get("type"), str)
    if kind == "block_actions":
        actions = body.get("actions")
        return isinstance(actions, list) and bool(actions) and isinstance(actions[0], dict)
    if kind in ("view_submission", "view_closed"):
        return isinstance(body.get("view"), dict) and isinstance(body.get("user"), dict)
    return True
