"""The one channel: the frontdesk gives a turn, Rasa answers with its replies.

The exchange is written down in docs/architecture.md. What it adds to a stock channel: a shared
secret on every route; a turn given twice (the frontdesk repeats what it did not get an answer to)
is answered from the tracker instead of being done twice; a turn that an action or the database
failed in is not kept at all; a conversation can be deleted; text typed by a person can never be read as Rasa's ``/intent{...}`` form.
"""

from __future__ import annotations

import hmac
import logging
import os
from typing import Any, Awaitable, Callable, Dict, Iterable, List, Optional, Text

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import SQLAlchemyError

from assistant import turn as turns
from assistant.action_endpoint import ActionEndpoint

logger = logging.getLogger(__name__)


NOTHING_TO_SAY = {
    "text": "I couldn't work that out just now. It is kept. Please try other words, or call the "
    "phone number on your notice.",
    "buttons": [],
    "links": [],
    "data": None,
}


class FrontdeskInput(InputChannel):
    """Rasa's side of the exchange; named in credentials.yml."""

    def __init__(self, secret: Optional[Text]) -> None:
        self._secret = secret

    @classmethod
    def name(cls) -> Text:
        return "frontdesk"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> "FrontdeskInput":
        """The secret comes from the environment: it never stands in a file of the project."""
        return cls(os.environ.get("CP503_SECRET"))

    def _allowed(self, request: Request) -> bool:
        given = request.headers.get("authorization", "")
        # No secret set means nobody is let in, never everybody.
        return bool(self._secret) and hmac.compare_digest(
            given.encode(), f"Bearer {self._secret}".encode()
        )

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("frontdesk_webhook", __name__)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            if not self._allowed(request):
                return response.json({"error": "wrong or missing secret"}, status=401)
            agent = request.app.ctx.agent
            report = {
                "rasa": "ok" if agent and agent.is_ready() else "no model is loaded",
                "model": getattr(agent, "model_name", None),
                "actions": await _action_server_state(agent),
            }
            works = report["rasa"] == "ok" and report["actions"] == "ok"
            return response.json(report, status=200 if works else 503)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            if not self._allowed(request):
                return response.json({"error": "wrong or missing secret"}, status=401)
            body = request.json if isinstance(request.json, dict) else {}
            conversation, message = body.get("conversation"), body.get("message")
            text, payload = body.get("text"), body.get("payload")
            if not (isinstance(conversation, str) and isinstance(message, str) and conversation):
                return response.json({"error": "conversation and message are needed"}, status=400)
            if not isinstance(text, str) or not isinstance(payload, (str, type(None))):
                return response.json({"error": "text is needed"}, status=400)

            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model is loaded"}, status=503)
            facts = body.get("facts")
            if not isinstance(facts, (dict, type(None))):
                return response.json({"error": "facts are an object"}, status=400)
            state = turns.begin()
            async with agent.lock_store.lock(conversation):
                tracker = await _holding(agent.tracker_store, conversation, message)
            done = replies_of(tracker.events, message) if tracker else None
            if done:
                return response.json({"replies": done})
            if facts and done is None and not state.lost:
                async with agent.lock_store.lock(conversation):
                    await tell(agent.tracker_store, conversation, facts)

            collector = WholeMessages()
            await on_new_message(
                UserMessage(
                    payload or plain(text),
                    collector,
                    conversation,
                    input_channel=self.name(),
                    message_id=message,
                    metadata={"at": body.get("at"), "masked": body.get("masked") or []},
                )
            )
            if state.lost:  # nothing of it was saved; given again, it is done from the beginning
                return response.json({"error": f"the turn was lost: {state.lost}"}, status=503)
            said = replies(collector.messages)
            if not said and done is None:
                # An action failed without an apology. Given again, it is done again.
                return response.json({"error": "the turn stayed without a reply"}, status=503)
            return response.json({"replies": said or [NOTHING_TO_SAY]})

        @routes.delete("/conversation/<conversation:str>")
        async def forget(request: Request, conversation: Text) -> HTTPResponse:
            if not self._allowed(request):
                return response.json({"error": "wrong or missing secret"}, status=401)
            agent = request.app.ctx.agent
            if agent is None or not agent.is_ready():
                return response.json({"error": "no model is loaded"}, status=503)
            store = _inner(agent.tracker_store)
            if not hasattr(store, "forget"):
                return response.json({"error": "this tracker store can't forget"}, status=501)
            # A turn that is under way is saved first, so that it is deleted with the rest.
            async with agent.lock_store.lock(conversation):
                try:
                    store.forget(conversation)
                except SQLAlchemyError as error:
                    logger.error("not forgotten: %s", type(error).__name__)
                    return response.json({"error": "the database is away"}, status=503)
            return response.json({"forgotten": True})

        return routes


async def tell(store: Any, conversation: Text, facts: Dict[Text, Any]) -> None:
    """Set slots to what an advisor found out; told again it changes nothing.

    What is no slot is left out: the plan questions do not know it. A question about a fact that is
    known now is no longer open.
    """
    tracker = await store.get_or_create_tracker(conversation)
    values = {name: value for name, value in facts.items() if name in tracker.slots}
    if "amount_owed" in values:  # how the visitor's own amount came about
        values.update(amount_parts=None, amount_note=None)
    asked = tracker.slots.get(REQUESTED_SLOT)
    if asked is not None and values.get(asked.value) is not None:
        values[REQUESTED_SLOT] = None
    fresh = [SlotSet(n, v) for n, v in values.items() if tracker.get_slot(n) != v]
    for event in fresh:
        tracker.update(event)
    if fresh:
        await store.save(tracker)


def plain(text: Text) -> Text:
    """Typed text as the NLU may see it: a leading slash would make it a command."""
    return text.strip().lstrip("/").strip() or "-"


def replies(messages: Iterable[Dict[Text, Any]]) -> List[Dict[Text, Any]]:
    """The replies of the exchange from what the actions uttered.

    Links and data ride in Rasa's ``custom`` field, as a message of their own right after the text
    they belong to (so that a stock channel still shows the text); here the two are put together.
    """
    found: List[Dict[Text, Any]] = []
    for message in messages:
        extra = message.get("custom") or {}
        if message.get("text") or not found:
            found.append(
                {"text": message.get("text") or "", "buttons": [], "links": [], "data": None}
            )
            for button in message.get("buttons") or ():
                found[-1]["buttons"].append(
                    {"title": button["title"], "payload": button["payload"]}
                )
        if extra:
            found[-1]["links"].extend(extra.get("links") or ())
            found[-1]["data"] = {**(found[-1]["data"] or {}), **(extra.get("data") or {})} or None
    return [r for r in found if r["text"] or r["links"] or r["data"]]


def replies_of(events: Iterable[Event], message_id: Text) -> Optional[List[Dict[Text, Any]]]:
    """The replies the tracker holds for a message, or None when it never came.

    A turn is saved as a whole when it is done, so a message that is in the tracker was answered.
    """
    found: Optional[List[Dict[Text, Any]]] = None
    for event in events:
        if isinstance(event, UserUttered):
            if found is not None:
                break
            if event.message_id == message_id:
                found = []
        elif isinstance(event, BotUttered) and found is not None:
            found.append({"text": event.text, **(event.data or {})})
    return None if found is None else replies(found)


class WholeMessages(CollectingOutputChannel):
    """Collects replies as they are; Rasa's own channel cuts a text at each blank line."""

    async def send_text_message(self, recipient_id: Text, text: Text, **kwargs: Any) -> None:
        """Keep the paragraphs of one reply together."""
        await self._persist_message(self._message(recipient_id, text=text))


async def _holding(store: Any, conversation: Text, message: Text) -> Any:
    """The tracker in which a message is, if it is in one."""
    find = getattr(_inner(store), "holding", None)
    return await (find(conversation, message) if find else store.retrieve(conversation))


def _inner(store: Any) -> Any:
    """The store of endpoints.yml: Rasa wraps it once or twice."""
    while hasattr(store, "_tracker_store"):
        store = store._tracker_store
    return store


async def _action_server_state(agent: Any) -> Text:
    endpoint = getattr(agent, "action_endpoint", None)
    if endpoint is None:
        return "no action server is set"
    if isinstance(endpoint, ActionEndpoint):
        return await endpoint.state()
    return await ActionEndpoint(endpoint.url, endpoint.headers or {}).state()
