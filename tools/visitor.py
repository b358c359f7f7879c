"""A visitor of the website, as a program: the same door and the same events as the page."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass
from types import TracebackType
from typing import Any

import socketio

TOO_FAST_PAUSES = (5, 10, 20, 30)  # seconds before each new try to come in
ANSWER_SECONDS = 60.0  # longer than the frontdesk's own time-out, so that its notice is seen


class NoAnswer(Exception):
    """The assistant could not be reached or gave no answer in time."""


class NotTaken(Exception):
    """The gate refused a message; ``code`` and the sentence the visitor reads."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.code: str = error["code"]
        self.retry_after: float = float(error.get("retry_after", 0))


@dataclass(frozen=True)
class Turn:
    """What came back for one message: the replies as the page gets them, and the time it took."""

    replies: list[dict[str, Any]]
    ms: int

    @property
    def texts(self) -> list[str]:
        """Each reply as it is read."""
        return [reply_text(r) for r in self.replies]


def reply_text(message: dict[str, Any]) -> str:
    """A reply's text, its button titles and its link texts, each on a line of its own."""
    lines = [message["text"]]
    lines += [button["title"] for button in message["buttons"]]
    lines += [link["title"] for link in message["links"]]
    return "\n".join(lines)


class Visitor:
    """One conversation; use as an async context manager.

    ``consent``: whether it agrees to questions about its case, as the page's "I agree" does.
    """

    def __init__(self, url: str, token: str | None = None, consent: bool = True) -> None:
        self._url = url
        self._consent = consent
        self.held = False
        self.deleted = False
        self.session: dict[str, Any] = {}
        self.token = token
        self.messages: dict[int, dict[str, Any]] = {}
        self._io = socketio.AsyncClient(reconnection=False)
        self._changed = asyncio.Event()
        self._answered: set[int] = set()
        self._session = False
        self._refusal = ""
        self._io.on("connect_error", self._on_refusal)
        for event in ("session", "message", "answered", "consent_needed", "deleted"):
            self._io.on(event, getattr(self, f"_on_{event}"))

    async def __aenter__(self) -> Visitor:
        await self.connect()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def connect(self, opening: bool = True) -> None:
        """Connect and, on a new conversation, wait for the opening."""
        auth = {"token": self.token, "after": self._whole()}
        for pause in (*TOO_FAST_PAUSES, None):
            try:
                await self._io.connect(
                    self._url, auth=auth, transports=["websocket"], wait_timeout=10
                )
                break
            except socketio.exceptions.ConnectionError as error:
                # Hundreds of new visitors a minute from one address: told to come back later.
                if pause is None or "too_fast" not in self._refusal:
                    raise NoAnswer(
                        f"Nothing answers at {self._url}. Start it with: make run"
                    ) from error
                await asyncio.sleep(pause)
        await self._until(lambda: self._session and (not opening or bool(self.messages)))
        if self._consent and not self.session["consent"]:
            await self.tell("consent", agree=True)

    async def close(self) -> None:
        """Leave; the conversation stays."""
        self._session = False
        await self._io.disconnect()

    async def say(self, text: str, client_id: str | None = None) -> Turn:
        """Send a text and wait for all its replies; waits and tries again when told to slow down."""
        body = {"client_id": client_id or uuid.uuid4().hex, "text": text}
        return await self._send("say", body)

    async def choose(self, seq: int, button: int) -> Turn:
        """Tap a button of a reply."""
        body = {"client_id": uuid.uuid4().hex, "seq": seq, "button": button}
        return await self._send("choose", body)

    async def tell(self, event: str, **body: Any) -> dict[str, Any]:
        """Any other event of the page; its acknowledgement, or NotTaken."""
        try:
            ack: dict[str, Any] = await self._io.call(event, body, timeout=15)
        except (TimeoutError, socketio.exceptions.SocketIOError) as error:
            raise NoAnswer("The assistant did not take it.") from error
        if not ack.get("ok"):
            raise NotTaken(ack["error"])
        return ack

    async def _send(self, event: str, body: dict[str, Any]) -> Turn:
        started = time.monotonic()
        while True:
            try:
                ack = await self._io.call(event, body, timeout=15)
            except (TimeoutError, socketio.exceptions.SocketIOError) as error:
                raise NoAnswer("The assistant did not take the message.") from error
            if ack.get("ok"):
                break
            refused = NotTaken(ack["error"])
            if refused.code != "too_fast":
                raise refused
            await asyncio.sleep(refused.retry_after)
            started = time.monotonic()
        seq = int(ack["seq"])
        await self._until(lambda: seq in self._answered)
        replies = [m for m in self.messages.values() if m["reply_to"] == seq]
        replies.sort(key=lambda m: int(m["seq"]))
        return Turn(replies, round((time.monotonic() - started) * 1000))

    async def _until(self, done: Any) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                while not done():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError as error:
            raise NoAnswer("The assistant gave no answer in time.") from error

    async def _on_refusal(self, why: Any) -> None:
        self._refusal = str(why)

    async def _on_session(self, body: dict[str, Any]) -> None:
        self.token, self._session, self.session = body["token"], True, body
        self.held = body["held"]
        for message in body["messages"]:
            self._keep(message)
        self._changed.set()

    async def _on_message(self, message: dict[str, Any]) -> None:
        self._keep(message)
        self._changed.set()

    async def _on_answered(self, body: dict[str, Any]) -> None:
        self._answered.add(int(body["seq"]))
        self._changed.set()

    async def _on_consent_needed(self, _: dict[str, Any]) -> None:
        self.held = True
        self._changed.set()

    async def _on_deleted(self, _: dict[str, Any]) -> None:
        self.deleted = True
        self._changed.set()

    def _whole(self) -> int:
        """The last number before the first that is missing: of two writers one may come late."""
        last = 0
        while last + 1 in self.messages:
            last += 1
        return last

    def _keep(self, message: dict[str, Any]) -> None:
        self.messages[int(message["seq"])] = message
        if message["author"] == "visitor" and message["answered"]:
            self._answered.add(int(message["seq"]))
