"""A Chatwoot for tests: a real server with the parts of its published API that the adapter uses.

After developers.chatwoot.com: the client API (inboxes, contacts, conversations, messages), the application API
(header ``api_access_token``), and the events an API channel's callback address gets, signed as 4.13 and later
sign them. Numbers count per account, and an incoming message opens a resolved conversation, as there.
"""

import asyncio
import contextlib
import hashlib
import hmac
import json
import time
import uuid

import httpx
from brain_stand_in import _free, serving
from starlette.applications import Starlette
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

INBOX, TOKEN, ACCOUNT = "inbox-identifier", "agent-token", 7
INCOMING, OUTGOING, ACTIVITY = 0, 1, 2
NAMES = {INCOMING: "incoming", OUTGOING: "outgoing", ACTIVITY: "activity"}


class Chatwoot:
    """The server and its agents. ``fault(request)`` may answer instead; ``lose``: answers that get lost."""

    def __init__(self):
        self.port = _free()
        self.secret, self.callback, self.doubled, self.mute = "", "", False, False
        self.contacts, self.conversations, self.messages = {}, {}, []
        self.agents = {
            1: {"id": 1, "name": "Anna Alder", "available_name": "Anna", "availability_status": "online"},
            2: {"id": 2, "name": "Ben Birch", "available_name": "Ben", "availability_status": "online"},
        }  # fmt: skip
        self.requests, self.slow, self.down, self.lose = [], 0.0, 0, 0
        self._next = {"contact": 100, "conversation": 0, "message": 5000}
        self._loop = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def app(self):
        public = f"/public/api/v1/inboxes/{INBOX}/contacts"
        account = f"/api/v1/accounts/{ACCOUNT}"
        there = account + "/conversations/{there:int}"
        return Starlette(
            routes=[
                self._route("POST", public, self._new_contact, False),
                self._route("GET", public + "/{source}/conversations", self._theirs, False),
                self._route(
                    "POST", public + "/{source}/conversations", self._new_conversation, False
                ),
                self._route(
                    "POST",
                    public + "/{source}/conversations/{there:int}/messages",
                    self._incoming,
                    False,
                ),
                self._route("GET", there, self._show),
                self._route("GET", there + "/messages", self._list),
                self._route("POST", there + "/messages", self._post),
                self._route("POST", there + "/toggle_status", self._toggle),
                self._route("GET", account + "/agents", self._agents),
                self._route("GET", account + "/contacts/search", self._search),
                self._route("GET", account + "/contacts/{id:int}/conversations", self._of_contact),
                self._route("DELETE", account + "/contacts/{id:int}", self._delete),
            ]
        )

    def _route(self, method, path, act, agent=True):
        async def endpoint(request):
            self._loop = asyncio.get_running_loop()
            if agent and request.headers.get("api_access_token") != TOKEN:
                return JSONResponse({"errors": ["You need to sign in"]}, 401)
            self.requests.append((method, request.url.path))
            await asyncio.sleep(self.slow)
            if self.down:
                return JSONResponse({"error": "down"}, self.down)
            body = json.loads(await request.body() or b"{}")
            try:
                told = act(request, body)
            except KeyError:
                return JSONResponse({"error": "Resource could not be found"}, 404)
            if self.lose and method == "POST":
                self.lose -= 1  # it was done, and nobody hears of it
                return JSONResponse({"error": "gateway"}, 502)
            return told if isinstance(told, Response) else JSONResponse(told)

        return Route(path, endpoint, methods=[method])

    def _number(self, what):
        self._next[what] += 1
        return self._next[what]

    # The client API

    def _new_contact(self, request, body):
        known = [
            c
            for c in self.contacts.values()
            if body.get("identifier") and c["identifier"] == body["identifier"]
        ]
        contact = known[0] if known else {
            "id": self._number("contact"), "identifier": body.get("identifier"),
            "name": body.get("name") or "quiet-river-12", "email": body.get("email"), "sources": [],
        }  # fmt: skip
        contact["sources"].append(str(uuid.uuid4()))
        self.contacts[contact["id"]] = contact
        return {
            "source_id": contact["sources"][-1], "pubsub_token": uuid.uuid4().hex, "id": contact["id"],
            "name": contact["name"], "email": contact["email"], "phone_number": None,
        }  # fmt: skip

    def _contact_of(self, request):
        source = request.path_params["source"]
        return (
            next((c for c in self.contacts.values() if source in c["sources"]), None) or {}["none"]
        )

    def _theirs(self, request, body):
        contact = self._contact_of(request)
        return [
            self._public(c) for c in self.conversations.values() if c["contact"] == contact["id"]
        ]

    def _new_conversation(self, request, body):
        contact = self._contact_of(request)
        made = {
            "id": self._number("conversation"), "contact": contact["id"], "status": "open", "assignee": None,
            "custom_attributes": body.get("custom_attributes") or {},
        }  # fmt: skip
        self.conversations[made["id"]] = made
        self._event("conversation_created", self._conversation(made))
        return self._public(made)

    def _public(self, one):
        said = [m for m in self.messages if m["conversation"] == one["id"] and not m["private"]]
        return {
            "id": one["id"], "inbox_id": 3, "contact_last_seen_at": 0, "status": one["status"],
            "agent_last_seen_at": 0, "messages": said, "contact": {"id": one["contact"]},
        }  # fmt: skip

    def _incoming(self, request, body):
        self._contact_of(request)
        one = self.conversations[request.path_params["there"]]
        if one["status"] == "resolved":
            one["status"] = "open"
            self._event("conversation_status_changed", self._conversation(one))
        contact = self.contacts[one["contact"]]
        sender = {"id": contact["id"], "name": contact["name"], "type": "contact"}
        return self._shown(self._say(one, INCOMING, body["content"], False, sender))

    # The application API

    def _show(self, request, body):
        return self._conversation(self.conversations[request.path_params["there"]])

    def _conversation(self, one):
        assignee = self.agents.get(one["assignee"])
        return {
            "id": one["id"], "inbox_id": 3, "account_id": ACCOUNT, "status": one["status"], "labels": [],
            "custom_attributes": one["custom_attributes"], "channel": "Channel::Api", "can_reply": True,
            "meta": {
                "sender": {"id": one["contact"]}, "channel": "Channel::Api", "hmac_verified": False,
                **({"assignee": assignee} if assignee else {}),
            },
        }  # fmt: skip

    def _list(self, request, body):
        one = self.conversations[request.path_params["there"]]
        after = request.query_params.get("after")
        said = [m for m in self.messages if m["conversation"] == one["id"]]
        page = [m for m in said if m["id"] > int(after)][:100] if after else said[-20:]
        return {"meta": {"labels": [], "contact": {}}, "payload": [self._shown(m) for m in page]}

    def _post(self, request, body):
        one = self.conversations[request.path_params["there"]]
        if not str(body.get("content") or "").strip():
            return JSONResponse({"error": "Content can't be blank"}, 422)
        kind = INCOMING if body.get("message_type") == "incoming" else OUTGOING
        sender = {"id": 99, "name": "The assistant", "type": "user"}
        return self._shown(self._say(one, kind, body["content"], bool(body.get("private")), sender))

    def _toggle(self, request, body):
        one = self.conversations[request.path_params["there"]]
        one["status"] = body["status"]
        self._event("conversation_status_changed", self._conversation(one))
        told = {"success": True, "current_status": one["status"], "conversation_id": one["id"]}
        return {"meta": {}, "payload": told}

    def _agents(self, request, body):
        return list(self.agents.values())

    def _search(self, request, body):
        found = [
            c
            for c in self.contacts.values()
            if request.query_params["q"] in (c["identifier"] or "")
        ]
        return {"meta": {"count": len(found)}, "payload": found}

    def _of_contact(self, request, body):
        contact = self.contacts[request.path_params["id"]]
        found = [c for c in self.conversations.values() if c["contact"] == contact["id"]]
        return {"payload": [self._conversation(c) for c in found]}

    def _delete(self, request, body):
        contact = self.contacts.pop(request.path_params["id"])
        gone = {n for n, c in self.conversations.items() if c["contact"] == contact["id"]}
        self.conversations = {n: c for n, c in self.conversations.items() if n not in gone}
        self.messages = [m for m in self.messages if m["conversation"] not in gone]
        return Response("", 200)

    # Messages and events

    def _say(self, one, kind, content, private, sender, attachments=()):
        message = {
            "id": self._number("message"), "conversation": one["id"], "message_type": kind,
            "content": content, "private": private, "sender": sender, "attachments": list(attachments),
        }  # fmt: skip
        self.messages.append(message)
        if kind != ACTIVITY:
            told = {
                **self._shown(message), "message_type": NAMES[kind], "inbox": {"id": 3, "name": "CP503"},
                "conversation": self._conversation(one), "account": {"id": ACCOUNT, "name": "Harbor"},
            }  # fmt: skip
            self._event("message_created", told)
        return message

    def _shown(self, message):
        told = {
            "id": message["id"], "content": message["content"], "inbox_id": 3, "content_type": "text",
            "conversation_id": message["conversation"], "message_type": message["message_type"],
            "content_attributes": {}, "created_at": int(time.time()), "private": message["private"],
            "source_id": None, "sender": message["sender"],
        }  # fmt: skip
        return {
            **told,
            **({"attachments": message["attachments"]} if message["attachments"] else {}),
        }

    def _event(self, event, told):
        if self.callback and not self.mute and self._loop is not None:
            for _ in range(2 if self.doubled else 1):
                asyncio.run_coroutine_threadsafe(self._send({**told, "event": event}), self._loop)

    async def _send(self, told):
        body = json.dumps(told).encode()
        headers = {"content-type": "application/json", "x-chatwoot-delivery": str(uuid.uuid4())}
        if self.secret:
            at = str(int(time.time()))
            signed = hmac.new(self.secret.encode(), f"{at}.".encode() + body, hashlib.sha256)
            headers |= {
                "x-chatwoot-timestamp": at,
                "x-chatwoot-signature": f"sha256={signed.hexdigest()}",
            }
        with contextlib.suppress(httpx.HTTPError):
            async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
                await client.post(self.callback, content=body, headers=headers)

    # What its agents do in the browser

    def assign(self, there, agent):
        one = self.conversations[there]
        one["assignee"] = agent
        self._say(one, ACTIVITY, "assigned", False, None)
        changed = [{"assignee_id": {"previous_value": None, "current_value": agent}}]
        self._event(
            "conversation_updated", {**self._conversation(one), "changed_attributes": changed}
        )

    def reply(self, there, agent, text, private=False, attachments=()):
        sender = {k: self.agents[agent][k] for k in ("id", "name", "available_name")} | {
            "type": "user"
        }
        return self._say(self.conversations[there], OUTGOING, text, private, sender, attachments)

    def set_status(self, there, status):
        one = self.conversations[there]
        one["status"] = status
        self._event("conversation_status_changed", self._conversation(one))

    def said(self, there):
        """(kind, content) of a conversation's messages, in order."""
        return [
            ("note" if m["private"] else NAMES[m["message_type"]], m["content"] or "")
            for m in self.messages
            if m["conversation"] == there and m["message_type"] != ACTIVITY
        ]


@contextlib.contextmanager
def chatwoot():
    made = Chatwoot()
    with serving(made.app(), made.port):
        yield made
