"""A Slack of our own: a server that speaks Slack's Web API, and people who write to the app.

It lives in the process of the tests, so an app in a process of its own can be killed and
started again while what was posted, and what was asked, stays here to be looked at::

    with LocalSlack() as slack:
        slack.app_url = "http://127.0.0.1:8080"     # or slack.mode = "socket"
        anna = slack.user("U1")
        anna.says(anna.dm, "What is a CP503?")
        answer = slack.wait_posted(anna.dm)[0]
        anna.clicks(answer, "I agree")
"""

import asyncio
import contextlib
import dataclasses
import itertools
import json
import secrets
import socket
import threading
import time
from collections import defaultdict
from concurrent.futures import Future
from email.parser import BytesParser
from urllib.parse import parse_qsl, urlencode
from uuid import uuid4

import httpx
import uvicorn
from slack_limits import MOST_CHARACTERS, broken_blocks, broken_view
from slack_wire import manifest, rich_text, signature, typed
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocketDisconnect

TEAM = "T1"
APP = "A1CP503"
BOT = "B1"
BOT_USER = "U0BOT"
VERIFICATION_TOKEN = "verification-token-of-the-tests"
ANSWER_SECONDS = 3.0  # how long Slack waits for an app
EVENT_PATH = "/slack/events"
INPUT_ANSWERS = {
    "plain_text_input": "value", "number_input": "value", "email_text_input": "value",
    "url_text_input": "value", "datepicker": "selected_date", "timepicker": "selected_time",
    "datetimepicker": "selected_date_time", "users_select": "selected_user",
    "conversations_select": "selected_conversation", "channels_select": "selected_channel",
}  # fmt: skip
INTERACTIVE = (
    "button", "static_select", "overflow", "radio_buttons", "checkboxes", "datepicker",
    "multi_static_select",
)  # fmt: skip


class Refused(Exception):
    """A call that Slack answers with ``ok: false``."""

    def __init__(self, error, status=200, headers=None, **more):
        super().__init__(error)
        self.answer = {"ok": False, "error": error, **more}
        self.status = status
        self.headers = headers or {}


@dataclasses.dataclass
class Call:
    """One request of the app: a method of the Web API, an upload or a response_url."""

    method: str
    body: dict
    headers: dict
    at: float
    status: int | None = None
    answer: dict | None = None
    lost: bool = False  # done, but the answer never left


@dataclasses.dataclass
class Attempt:
    """One try to bring something to the app; ``failure`` is Slack's reason for the next."""

    number: int
    at: float
    seconds: float = 0.0
    status: int | None = None
    text: str = ""
    headers: dict = dataclasses.field(default_factory=dict)
    failure: str | None = None


class Delivery:
    """Something on its way to the app, with every attempt that was made."""

    def __init__(self, kind, body):
        self.kind = kind  # events_api, interactive, slash_commands
        self.body = body
        self.attempts = []
        self.first = threading.Event()
        self.finished = threading.Event()

    def __repr__(self):
        tries = ", ".join(a.failure or str(a.status) for a in self.attempts)
        return f"<{self.kind} {self.event_id or ''} [{tries}]>"

    @property
    def event_id(self):
        return self.body.get("event_id")

    @property
    def delivered(self):
        return bool(self.attempts) and self.attempts[-1].failure is None

    @property
    def status(self):
        """Of the last attempt; None when nobody answered."""
        return self.attempts[-1].status if self.attempts else None

    @property
    def text(self):
        return self.attempts[-1].text if self.attempts else ""

    def json(self):
        """What the app answered, {} for an empty answer."""
        return json.loads(self.text) if self.text.strip() else {}

    @property
    def errors(self):
        """Of a submitted view: block_id to complaint."""
        answer = self.json() if self.text.lstrip().startswith("{") else {}
        return answer.get("errors", {}) if answer.get("response_action") == "errors" else {}

    def wait(self, seconds=15):
        """Until it arrived or was given up."""
        assert self.finished.wait(seconds), f"still under way: {self!r}"
        return self


@dataclasses.dataclass
class Channel:
    """A conversation; ``member`` says whether the app is in it."""

    id: str
    name: str = ""
    private: bool = False
    ext_shared: bool = False
    member: bool = True
    im: str | None = None  # the person of a direct message
    archived: bool = False
    host: str = TEAM  # the workspace it comes from; Slack names it as an event's team_id

    @property
    def type(self):
        return "im" if self.im else "group" if self.private else "channel"

    def as_slack(self):
        if self.im:
            return {
                "id": self.id, "created": 1700000000, "is_im": True, "is_org_shared": False,
                "is_ext_shared": self.ext_shared, "is_channel": False, "is_group": False,
                "is_mpim": False, "is_archived": self.archived, "context_team_id": TEAM,
                "user": self.im, "is_user_deleted": False, "is_open": True,
            }  # fmt: skip
        return {
            "id": self.id, "name": self.name, "name_normalized": self.name,
            "is_channel": not self.private, "is_group": False, "is_im": False, "is_mpim": False,
            "is_private": self.private, "is_archived": self.archived, "is_general": False,
            "is_shared": self.ext_shared, "is_ext_shared": self.ext_shared,
            "is_org_shared": False, "is_pending_ext_shared": False, "is_member": self.member,
            "created": 1700000000, "creator": "U1", "context_team_id": TEAM, "unlinked": 0,
            "shared_team_ids": [TEAM, "T9"] if self.ext_shared else [TEAM], "num_members": 3,
        }  # fmt: skip


class Message(dict):
    """A message as Slack keeps it, with what tests ask for as attributes."""

    channel = ""
    by_app = False
    user_only = None  # of an ephemeral one: who sees it
    original = None  # the message an ephemeral answer to a click belongs to

    def __init__(self, fields, channel, by_app=False, user_only=None):
        super().__init__(fields)
        self.channel = channel
        self.by_app = by_app
        self.user_only = user_only
        self.deliveries = []
        self.at = time.monotonic()

    @property
    def ts(self):
        return self["ts"]

    @property
    def text(self):
        return self.get("text", "")

    @property
    def thread(self):
        """The ts of the thread it answers in, None at top level."""
        thread = self.get("thread_ts")
        return thread if thread != self["ts"] else None

    @property
    def blocks(self):
        return self.get("blocks") or []

    @property
    def words(self):
        """All its text, of the blocks too."""
        return "\n".join(dict.fromkeys([self.text, *_texts(self.blocks)]))

    @property
    def buttons(self):
        """The texts of its buttons."""
        return [
            element["text"]["text"]
            for _, element in _interactive(self.blocks)
            if element["type"] == "button"
        ]


class View(dict):
    """A modal or home tab as Slack keeps it; ``user`` sees it, ``open`` until it is closed."""

    user = ""
    open = True

    @property
    def words(self):
        return "\n".join(_texts([self.get("title"), *(self.get("blocks") or [])]))


def _texts(what):
    if isinstance(what, dict):
        if isinstance(what.get("text"), str):
            yield what["text"]
        for key, value in what.items():
            if key not in ("value", "action_id", "block_id", "url", "image_url"):
                yield from _texts(value)
    elif isinstance(what, list):
        for item in what:
            yield from _texts(item)


def _interactive(blocks):
    """(block, element) of everything that can be clicked, in reading order."""
    for block in blocks or ():
        elements = list(block.get("elements") or []) if block["type"] == "actions" else []
        elements += [block["accessory"]] if block.get("accessory") else []
        for element in elements:
            if element.get("type") in INTERACTIVE:
                yield block, element


def _option(element, wanted):
    groups = element.get("option_groups") or [element]
    for option in itertools.chain.from_iterable(group["options"] for group in groups):
        if wanted in (option["value"], option["text"]["text"]):
            return option
    raise AssertionError(f"no option {wanted!r} in {element.get('action_id')}")


def _input_state(element, answer):
    """An element's entry in ``state.values``."""
    kind = element["type"]
    if kind in INPUT_ANSWERS:
        return {"type": kind, INPUT_ANSWERS[kind]: answer}
    if kind in ("checkboxes", "multi_static_select"):
        chosen = [_option(element, one) for one in answer or []]
        return {"type": kind, "selected_options": chosen}
    chosen = None if answer is None else _option(element, answer)
    return {"type": kind, "selected_option": chosen}


def _yes(value):
    return str(value).lower() in ("1", "true")


def _free():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Person:
    """Somebody in Slack who writes, clicks, edits and deletes."""

    def __init__(self, slack, user, team=TEAM, name=""):
        self.slack = slack
        self.id = user
        self.team = team
        self.name = name or f"person.{user.lower()}"

    def __repr__(self):
        return f"<{self.id} of {self.team}>"

    @property
    def foreign(self):
        return self.team != TEAM

    @property
    def dm(self):
        """The id of the direct message with the app."""
        return self.slack.im(self.id).id

    def as_slack(self):
        return {
            "id": self.id, "team_id": self.team, "name": self.name, "deleted": False,
            "real_name": self.name, "tz": "America/New_York", "tz_offset": -18000,
            "profile": {"real_name": self.name, "display_name": self.name, "team": self.team},
            "is_admin": False, "is_owner": False, "is_bot": self.id == BOT_USER,
            "is_app_user": False, "is_restricted": False, "is_ultra_restricted": False,
            "is_stranger": self.foreign, "updated": 1700000000,
        }  # fmt: skip

    def _who(self):
        return {"id": self.id, "username": self.name, "name": self.name, "team_id": self.team}

    def _writes(self, channel, wire, thread_ts, **more):
        slack = self.slack
        ts = slack.next_ts()
        fields = {
            "client_msg_id": str(uuid4()), "type": "message", "text": wire, "user": self.id,
            "ts": ts, "team": self.team, "blocks": rich_text(wire), **more,
        }  # fmt: skip
        if self.foreign:
            fields |= {"user_team": self.team, "source_team": self.team}
        if thread_ts:
            fields["thread_ts"] = thread_ts
            parent = slack.find(channel, thread_ts)
            if parent:
                fields["parent_user_id"] = parent.get("user")
        return slack.keep(Message(fields, channel))

    def _event(self, message, kind="message"):
        place = self.slack.channel(message.channel)
        event = {**message, "type": kind, "channel": place.id, "event_ts": message.ts}
        if kind == "message":
            event["channel_type"] = place.type
        return event

    def says(self, channel, text, thread_ts=None, wait=True):
        """Writes; the app gets one message event if it is in the channel."""
        wire = typed(text, self.slack.smart_quotes)
        message = self._writes(channel, wire, thread_ts)
        self.slack.tell(message, [self._event(message)], wait)
        return message

    def mentions(self, channel, text, thread_ts=None, wait=True):
        """Writes ``@app text``; Slack sends an app_mention and a message event for it."""
        wire = typed(f"<@{BOT_USER}> {text}", self.slack.smart_quotes)
        message = self._writes(channel, wire, thread_ts)
        events = [self._event(message, "app_mention"), self._event(message)]
        if self.slack.channel(channel).type == "im":
            events = events[1:]  # in a direct message there is no app_mention
        self.slack.tell(message, events, wait)
        return message

    def shares_file(self, channel, name, content, text="", thread_ts=None):
        """Uploads a file into a conversation: a message of subtype file_share."""
        file = self.slack.new_file(name, content, self.id)
        message = self._writes(
            channel, typed(text, self.slack.smart_quotes), thread_ts, subtype="file_share",
            files=[file.as_slack(self.slack.url)], upload=False, display_as_bot=False,
        )  # fmt: skip
        message.pop("team")  # Slack leaves it out where there are files
        self.slack.tell(message, [self._event(message)])
        return message

    def joins(self, channel):
        """Enters a channel: a message of subtype channel_join."""
        message = self._writes(
            channel, f"<@{self.id}> has joined the channel", None, subtype="channel_join"
        )
        for key in ("client_msg_id", "blocks", "team"):
            message.pop(key, None)
        self.slack.tell(message, [self._event(message)])
        return message

    def edits(self, message, text):
        """Changes what they wrote: message_changed. Returns the delivery's message."""
        slack, before = self.slack, dict(message)
        ts = slack.next_ts()
        wire = typed(text, slack.smart_quotes)
        message |= {
            "text": wire, "blocks": rich_text(wire), "edited": {"user": self.id, "ts": ts},
        }  # fmt: skip
        event = {
            "type": "message", "subtype": "message_changed", "message": dict(message),
            "previous_message": before, "channel": message.channel, "hidden": True, "ts": ts,
            "event_ts": ts, "channel_type": slack.channel(message.channel).type,
        }  # fmt: skip
        slack.tell(message, [event])
        return message

    def deletes(self, message):
        """Takes back what they wrote: message_deleted."""
        slack = self.slack
        slack.drop(message)
        ts = slack.next_ts()
        event = {
            "type": "message", "subtype": "message_deleted", "previous_message": dict(message),
            "channel": message.channel, "hidden": True, "deleted_ts": message.ts, "ts": ts,
            "event_ts": ts, "channel_type": slack.channel(message.channel).type,
        }  # fmt: skip
        slack.tell(message, [event])
        return message

    def clicks(self, where, which=0, option=None, state=None, wait=True):
        """Clicks a button, or chooses an ``option``, in a message or a home tab.

        ``which`` is the element's text, its action_id or its place among what can be clicked.
        """
        slack = self.slack
        block, element = self._find(where, which)
        action = {"action_id": element["action_id"], "block_id": block["block_id"]}
        kind = element["type"]
        if kind == "button":
            action |= {"text": element["text"]}
            action |= {key: element[key] for key in ("value", "style", "url") if key in element}
        else:
            action |= _input_state(element, option)
        action |= {"type": kind, "action_ts": slack.next_ts()}
        body = self._interaction("block_actions") | {"actions": [action]}
        values = dict(state or {})
        if kind != "button":
            values.setdefault(block["block_id"], {})[element["action_id"]] = _input_state(
                element, option
            )
        if isinstance(where, View):
            body |= {"container": {"type": "view", "view_id": where["id"]}, "view": dict(where)}
            body["view"]["state"] = {"values": values}
        else:
            place = slack.channel(where.channel)
            container = {
                "type": "message", "message_ts": where.ts, "channel_id": place.id,
                "is_ephemeral": where.user_only is not None,
            }  # fmt: skip
            if where.thread:
                container["thread_ts"] = where.thread
            body |= {
                "container": container, "state": {"values": values},
                "channel": {"id": place.id, "name": place.name or "directmessage"},
                "response_url": slack.response_url(place.id, self.id, where),
            }  # fmt: skip
            if where.user_only is None:
                body["message"] = dict(where)
        return slack.interaction(body, wait=wait)

    @staticmethod
    def _find(where, which):
        found = list(_interactive(where.get("blocks")))
        if isinstance(which, int):
            assert which < len(found), f"only {len(found)} things to click in {where}"
            return found[which]
        for block, element in found:
            text = (element.get("text") or {}).get("text")
            if which in (text, element["action_id"]):
                return block, element
        seen = [(e.get("text") or {}).get("text") or e["action_id"] for _, e in found]
        raise AssertionError(f"nothing to click says {which!r}, only {seen}")

    def _interaction(self, kind):
        return {
            "type": kind, "user": self._who(), "api_app_id": APP, "token": VERIFICATION_TOKEN,
            "team": {"id": self.team, "domain": self.slack.domain(self.team)},
            "enterprise": None, "is_enterprise_install": False,
            "trigger_id": self.slack.trigger(self.id),
        }  # fmt: skip

    def submits(self, view, values=None, wait=True):
        """Fills a modal in and submits it.

        ``values`` maps an action_id or block_id to what is typed or chosen (an option's text or
        value, a list of them for checkboxes). What the app answers is applied to the view.
        """
        slack, values, given = self.slack, dict(values or {}), {}
        for block in view.get("blocks") or ():
            if block["type"] != "input":
                continue
            element = block["element"]
            keys = [key for key in (element["action_id"], block["block_id"]) if key in values]
            answer = values.pop(keys[0]) if keys else element.get("initial_value")
            given[block["block_id"]] = {element["action_id"]: _input_state(element, answer)}
        assert not values, f"the view asks for none of {sorted(values)}"
        filled = {**view, "state": {"values": given}}
        body = self._interaction("view_submission") | {"view": filled, "response_urls": []}
        delivery = slack.interaction(body, wait=wait)
        slack.after_submission(view, delivery)
        return delivery

    def closes(self, view):
        """Closes a modal: view_closed, if it asks to be told."""
        view.open = False
        if not view.get("notify_on_close"):
            return None
        body = self._interaction("view_closed") | {"view": dict(view), "is_cleared": False}
        body.pop("trigger_id")
        return self.slack.interaction(body)

    def opens_home(self, tab="home", wait=True):
        """Opens the app's home or messages tab."""
        event = {
            "type": "app_home_opened", "user": self.id, "channel": self.dm, "tab": tab,
            "event_ts": self.slack.next_ts(),
        }  # fmt: skip
        home = self.slack.home(self.id)
        if home and tab == "home":
            event["view"] = dict(home)
        return self.slack.event(event, wait=wait)

    def uses_shortcut(self, message, callback_id="explain_notice", wait=True):
        """Chooses a shortcut in a message's menu: message_action."""
        slack = self.slack
        place = slack.channel(message.channel)
        body = self._interaction("message_action") | {
            "callback_id": callback_id, "action_ts": slack.next_ts(), "message_ts": message.ts,
            "message": dict(message),
            "channel": {"id": place.id, "name": place.name or "directmessage"},
            "response_url": slack.response_url(place.id, self.id),
        }  # fmt: skip
        return slack.interaction(body, wait=wait)

    def commands(self, text="", channel="C1", command="/cp503", wait=True):
        """Types a slash command in a channel or direct message."""
        return self.slack.command(text, self.id, channel, command, wait)


@dataclasses.dataclass
class File:
    """An upload with its bytes; ``shared`` lists the (channel, ts) it was shared into."""

    id: str
    name: str
    length: int
    user: str
    content: bytes | None = None
    title: str = ""
    shared: list = dataclasses.field(default_factory=list)

    def as_slack(self, url):
        ending = self.name.rpartition(".")[2]
        mime = {"pdf": "application/pdf", "ics": "text/calendar", "txt": "text/plain"}
        return {
            "id": self.id, "created": int(time.time()), "timestamp": int(time.time()),
            "name": self.name, "title": self.title or self.name, "filetype": ending,
            "mimetype": mime.get(ending, "application/octet-stream"),
            "pretty_type": ending.upper(), "user": self.user, "user_team": TEAM,
            "editable": False, "size": len(self.content or b""), "mode": "hosted",
            "is_external": False, "external_type": "", "is_public": False,
            "public_url_shared": False, "display_as_bot": False, "username": "",
            "url_private": f"{url}/files/{self.id}/{self.name}",
            "url_private_download": f"{url}/files/{self.id}/download/{self.name}",
            "permalink": f"{url}/files/{self.user}/{self.id}/{self.name}",
            "has_rich_preview": False, "file_access": "visible",
        }  # fmt: skip


class _Link:
    """One websocket of Socket Mode."""

    def __init__(self, websocket):
        self.websocket = websocket
        self.waiting = {}  # envelope_id: Future of the acknowledgement
        self.refreshing = False

    def close(self):
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the websocket was closed"))
        self.waiting.clear()


@dataclasses.dataclass
class _Fault:
    kind: str  # fail, slow, lose
    times: int | None
    error: str = ""
    status: int = 200
    retry_after: int | None = None
    seconds: float = 0.0
    done_first: bool = False
    where: object = None


class LocalSlack:
    """The server, what it holds, and what it sends to the app at ``app_url``.

    ``mode`` is "http" (signed requests to ``app_url``) or "socket" (Socket Mode).
    ``automatic`` retries events as Slack does; Socket Mode always does.
    ``retry_delays`` are the pauses before the three retries (Slack's own: 0, 60, 300 s).
    ``scopes`` are the bot's; None grants everything. They come from the manifest.
    ``echoes`` sends the app its own messages as events, as Slack does.
    """

    def __init__(self, app_url=None, mode="http", scopes="manifest"):
        self.app_url = app_url
        self.mode = mode
        self.automatic = False
        self.retry_delays = (0.0, 0.5, 1.0)
        self.answer_seconds = ANSWER_SECONDS
        self.strict_rates = False
        self.burst = 3
        self.history_lag = 0.0  # until a message shows up in conversations.history and replies
        self.echoes = True
        self.smart_quotes = True
        self.unreachable = False
        self.trigger_seconds = 3.0
        self.token_error = None  # such as "token_revoked", "account_inactive"
        self.bot_token = "xoxb-1-local-bot-token"
        self.app_token = "xapp-1-local-app-token"
        self.signing_secret = "a-signing-secret-of-the-tests"
        if scopes == "manifest":
            scopes = manifest()["oauth_config"]["scopes"]["bot"]
        self.scopes = None if scopes is None else set(scopes)

        self.calls = []
        self.deliveries = []
        self.views = []
        self.files = {}
        self.ephemerals = []
        self.deleted = []
        self.crashes = []  # what went wrong in here; leaving the with statement tells
        self.people = {}
        self.channels = {}
        self._messages = defaultdict(list)
        self._triggers = {}
        self._response_urls = {}
        self._tickets = set()
        self._faults = defaultdict(list)
        self._tokens = {}  # channel: (tokens left, when)
        self._last_ts = 0
        self._number = itertools.count(1)
        self._lock = threading.RLock()
        self._links = []
        self._turn = 0

        for channel in (
            Channel("C1", "general"),
            Channel("C2", "tax-clients", private=True),
            Channel("C3", "with-harbor-bank", ext_shared=True, host="T9"),
            Channel("C4", "without-the-app", member=False),
        ):
            self.channels[channel.id] = channel
        for user in ("U1", "U2", "U3"):
            self.user(user)
        self.user("U9", team="T9")
        self.user(BOT_USER, name="cp503")

    # Life

    def __enter__(self):
        self.port = _free()
        self.url = f"http://127.0.0.1:{self.port}"
        self._loop = None
        config = uvicorn.Config(
            self._app(), port=self.port, log_level="critical", lifespan="off",
            timeout_graceful_shutdown=1, ws="websockets-sansio",
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("the local Slack did not start")
            time.sleep(0.01)
        # No kept connections: after a restart of the app none of them would be good.
        self._http = httpx.Client(
            limits=httpx.Limits(max_keepalive_connections=0), trust_env=False, verify=False
        )
        self._closing = threading.Event()
        return self

    def __exit__(self, error, *_):
        self._closing.set()
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(10)
        self._http.close()
        if error is None:
            assert not self.crashes, f"the local Slack itself failed: {self.crashes}"

    @property
    def api_url(self):
        """The base_url of slack_sdk's clients."""
        return f"{self.url}/api/"

    def environment(self):
        """The settings of an app that talks to this Slack in the present mode."""
        words = {"SLACK_BOT_TOKEN": self.bot_token, "SLACK_API_URL": self.api_url}
        if self.mode == "socket":
            return words | {"SLACK_APP_TOKEN": self.app_token}
        return words | {"SLACK_SIGNING_SECRET": self.signing_secret}

    # What is asked of it

    def user(self, user, team=TEAM, name=""):
        """A person, made when first asked for."""
        if user not in self.people:
            self.people[user] = Person(self, user, team, name)
        return self.people[user]

    def channel(self, channel, **fields):
        """A conversation, made when fields are given (``private=True``, ``ext_shared=True``)."""
        if channel in self.channels and not fields:
            return self.channels[channel]
        assert fields, f"no conversation {channel}: name one of {sorted(self.channels)}"
        fields.setdefault("name", channel.lower())
        self.channels[channel] = Channel(channel, **fields)
        return self.channels[channel]

    def im(self, user):
        """The direct message of a person with the app."""
        with self._lock:
            channel = f"D{user}"
            if channel not in self.channels:
                shared = self.user(user).foreign
                self.channels[channel] = Channel(channel, im=user, ext_shared=shared)
            return self.channels[channel]

    def known(self, channel):
        """The conversation of that id, or None; a person's direct message comes into being."""
        if channel and channel.startswith("D") and channel[1:] in self.people:
            return self.im(channel[1:])
        return self.channels.get(channel)

    def messages(self, channel, thread=None):
        """Everything in a conversation (of a thread: its answers), oldest first."""
        with self._lock:
            return [m for m in self._messages[channel] if thread is None or m.thread == str(thread)]

    def posted(self, channel=None, thread=None):
        """What the app posted, oldest first."""
        with self._lock:
            places = [channel] if channel else list(self._messages)
            found = itertools.chain.from_iterable(self.messages(c, thread) for c in places)
            return sorted((m for m in found if m.by_app), key=lambda m: m.ts)

    def find(self, channel, ts):
        with self._lock:
            return next((m for m in self._messages[channel] if m.ts == ts), None)

    def home(self, user):
        """The home tab published for a person."""
        views = [v for v in self.views if v["type"] == "home" and v.user == user]
        return views[-1] if views else None

    @property
    def modals(self):
        """The modals that are open."""
        return [v for v in self.views if v["type"] == "modal" and v.open]

    def called(self, method):
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    def wait_for(self, what, seconds=10, why="it did not come to pass"):
        """Until ``what()`` is true; returns it."""
        end = time.monotonic() + seconds
        while True:
            found = what()
            if found:
                return found
            assert time.monotonic() < end, why
            time.sleep(0.02)

    def wait_posted(self, channel=None, thread=None, count=1, seconds=10):
        """Until the app posted at least ``count`` messages there."""
        self.wait_for(
            lambda: len(self.posted(channel, thread)) >= count,
            seconds,
            f"fewer than {count} posted in {channel} (thread {thread})",
        )
        return self.posted(channel, thread)

    # What it is told to do wrong

    def fail(self, method, error="", times=1, status=200, retry_after=None, where=None):
        """The next ``times`` calls are refused, undone: an error, or an HTTP status.

        ``times=None`` is until ``heal``; ``where`` is asked with the call's body.
        """
        self._fault(
            method, "fail", times, where, error=error, status=status, retry_after=retry_after
        )

    def slow(self, method, seconds, times=None, done_first=False, where=None):
        """Calls take longer; ``done_first`` does them before the pause, which leaves time to
        kill the app between a message and its knowledge of it."""
        self._fault(method, "slow", times, where, seconds=seconds, done_first=done_first)

    def lose_answer(self, method, times=1, where=None):
        """The call is done, and the connection closed before the answer."""
        self._fault(method, "lose", times, where)

    def heal(self, method=None):
        """No more faults, of one method or of all."""
        with self._lock:
            self._faults.clear() if method is None else self._faults.pop(method, None)

    def _fault(self, method, kind, times, where, **more):
        with self._lock:
            self._faults[method].append(_Fault(kind, times, where=where, **more))

    def _take(self, method, kind, body):
        with self._lock:
            for fault in self._faults[method]:
                if fault.kind == kind and (fault.where is None or fault.where(body)):
                    if fault.times is not None:
                        fault.times -= 1
                        if not fault.times:
                            self._faults[method].remove(fault)
                    return fault
        return None

    # What it sends

    def envelope(self, event, team=None, event_id=None, **changes):
        """The Events API's envelope around an event."""
        place = self.known(event.get("channel"))
        body = {
            "token": VERIFICATION_TOKEN, "context_team_id": TEAM,
            "team_id": team or (place.host if place else TEAM),
            "context_enterprise_id": None, "api_app_id": APP, "event": event,
            "type": "event_callback", "event_id": event_id or f"Ev{secrets.token_hex(5).upper()}",
            "event_time": int(time.time()),
            "authorizations": [
                {
                    "enterprise_id": None, "team_id": TEAM, "user_id": BOT_USER, "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(place and place.ext_shared),
            "event_context": f"4-{secrets.token_urlsafe(24)}",
        }  # fmt: skip
        return {**body, **changes}

    def event(self, event, team=None, event_id=None, retry=None, wait=True, **changes):
        """Sends an event; ``retry`` (a number) sends it as that retry."""
        body = self.envelope(event, team, event_id, **changes)
        return self.send(body, retry=retry, wait=wait)

    def tell(self, message, events, wait=True):
        """The events of a message, at the same moment, if the app is in its conversation."""
        if not self.channel(message.channel).member:
            return
        sent = [self.event(event, wait=False) for event in events]
        message.deliveries += sent
        for delivery in sent if wait else ():
            delivery.first.wait()

    def interaction(self, payload, wait=True, **sending):
        """Sends block_actions, view_submission, shortcut, message_action."""
        return self._deliver("interactive", payload, wait=wait, **sending)

    def command(self, text="", user="U1", channel="C1", command="/cp503", wait=True):
        """Sends a slash command; what the app answers at once is an ephemeral message."""
        person, place = self.user(user), self.channel(channel)
        name = place.name or "directmessage"
        fields = {
            "token": VERIFICATION_TOKEN, "team_id": person.team,
            "team_domain": self.domain(person.team), "channel_id": place.id,
            "channel_name": "privategroup" if place.private else name, "user_id": user,
            "user_name": person.name, "command": command, "text": typed(text, self.smart_quotes, links=False),
            "api_app_id": APP, "is_enterprise_install": "false",
            "response_url": self.response_url(place.id, user),
            "trigger_id": self.trigger(user),
        }  # fmt: skip
        delivery = self._deliver("slash_commands", fields, wait=wait)
        if delivery.delivered and delivery.text.strip():
            answer = delivery.text
            answer = json.loads(answer) if answer.lstrip().startswith("{") else {"text": answer}
            self._respond(place.id, user, answer)
        return delivery

    def url_verification(self, challenge=None):
        """Asks the app to show that the address is its own; it answers with the challenge."""
        challenge = challenge or secrets.token_urlsafe(32)
        body = {
            "token": VERIFICATION_TOKEN, "challenge": challenge, "type": "url_verification"
        }  # fmt: skip
        return self.send(body)

    def send(self, body, retry=None, wait=True, **sending):
        """Sends any body as it stands, such as one of ``payloads/``.

        ``secret`` and ``timestamp`` change the signature, ``signed=False`` leaves it out.
        """
        kind = "slash_commands" if "command" in body else "interactive"
        if body.get("type") in ("event_callback", "url_verification"):
            kind = "events_api"
        return self._deliver(kind, body, retry=retry, wait=wait, **sending)

    def _deliver(self, kind, body, retry=None, wait=True, **sending):
        delivery = Delivery(kind, body)
        with self._lock:
            self.deliveries.append(delivery)
        threading.Thread(target=self._bring, args=(delivery, retry, sending), daemon=True).start()
        if wait:
            delivery.first.wait()
        return delivery

    def _bring(self, delivery, retry, sending):
        try:
            again = self.automatic or self.mode == "socket"
            pauses = self.retry_delays if again and delivery.kind == "events_api" else ()
            number = retry or 0
            reason = "http_timeout" if retry else None
            for pause in (None, *pauses):
                if pause is not None:
                    if self._closing.wait(pause):
                        return
                    number += 1
                attempt = Attempt(number, time.monotonic())
                bring = self._over_socket if self.mode == "socket" else self._over_http
                bring(delivery, attempt, reason, **sending)
                attempt.seconds = time.monotonic() - attempt.at
                delivery.attempts.append(attempt)
                delivery.first.set()
                reason = attempt.failure
                if reason is None or attempt.headers.get("x-slack-no-retry") == "1":
                    return
        finally:
            delivery.first.set()
            delivery.finished.set()

    def _over_http(self, delivery, attempt, reason, secret=None, timestamp=None, signed=True):
        if delivery.kind == "events_api":
            body, form = json.dumps(delivery.body).encode(), False
        elif delivery.kind == "interactive":
            body, form = urlencode({"payload": json.dumps(delivery.body)}).encode(), True
        else:
            body, form = urlencode(delivery.body).encode(), True
        timestamp = str(timestamp or int(time.time()))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "Accept": "*/*",
        }
        if signed:
            headers["X-Slack-Request-Timestamp"] = timestamp
            headers["X-Slack-Signature"] = signature(secret or self.signing_secret, timestamp, body)
        if attempt.number:
            headers["X-Slack-Retry-Num"] = str(attempt.number)
            headers["X-Slack-Retry-Reason"] = reason or "http_timeout"
        if not self.app_url:
            attempt.failure = "connection_failed"
            return
        try:
            answer = self._http.post(
                self.app_url.rstrip("/") + EVENT_PATH, content=body, headers=headers,
                timeout=self.answer_seconds,
            )  # fmt: skip
        except httpx.TimeoutException:
            attempt.failure = "http_timeout"
        except (httpx.HTTPError, RuntimeError):  # the latter: closed while it was under way
            attempt.failure = "connection_failed"
        else:
            attempt.status = answer.status_code
            attempt.text = answer.text
            attempt.headers = dict(answer.headers)
            if not answer.is_success:
                attempt.failure = "http_error"

    def _over_socket(self, delivery, attempt, reason, **_):
        with self._lock:
            links = [link for link in self._links if not link.refreshing] or self._links
            if not links:
                attempt.failure = "connection_failed"
                return
            self._turn += 1
            link = links[self._turn % len(links)]
            envelope_id, answer = str(uuid4()), Future()
            link.waiting[envelope_id] = answer
        envelope = {
            "envelope_id": envelope_id, "payload": delivery.body, "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
        }  # fmt: skip
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt.number, "retry_reason": reason or ""}
        try:
            self._run(link.websocket.send_text(json.dumps(envelope)))
            payload = answer.result(self.answer_seconds)
        except TimeoutError:
            attempt.failure = "timeout"
        except Exception:  # the websocket went away
            attempt.failure = "connection_failed"
        else:
            attempt.status = 200
            attempt.text = payload if isinstance(payload, str) else json.dumps(payload or {})
            attempt.text = "" if attempt.text == "{}" else attempt.text
        finally:
            link.waiting.pop(envelope_id, None)

    def _run(self, work, seconds=5):
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    @property
    def connections(self):
        """How many websockets of Socket Mode are open."""
        return len(self._links)

    def disconnect(self, reason="refresh_requested", close_after=None):
        """Tells every websocket it is going away: "warning", "refresh_requested" or
        "link_disabled"; ``close_after`` seconds later the server closes it."""

        async def leave(link):
            host = {"host": "applink-local"}
            with contextlib.suppress(Exception):
                await link.websocket.send_json(
                    {"type": "disconnect", "reason": reason, "debug_info": host}
                )
                if close_after is not None:
                    await asyncio.sleep(close_after)
                    await link.websocket.close()

        for link in list(self._links):
            link.refreshing = True
            asyncio.run_coroutine_threadsafe(leave(link), self._loop)

    def cut(self):
        """Closes every websocket without a word."""
        for link in list(self._links):
            with contextlib.suppress(Exception):
                self._run(link.websocket.close(1001))

    # What it holds

    def next_ts(self):
        """A timestamp in Slack's manner that no other message has."""
        with self._lock:
            self._last_ts = max(self._last_ts + 1, time.time_ns() // 1000)
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def keep(self, message):
        with self._lock:
            self._messages[message.channel].append(message)
            return message

    def drop(self, message):
        with self._lock:
            self._messages[message.channel].remove(message)
            self.deleted.append(message)

    def new_file(self, name, content, user, length=None):
        with self._lock:
            size = len(content) if length is None else length
            file = File(f"F{next(self._number):04d}", name, size, user, content)
            self.files[file.id] = file
            return file

    def domain(self, team):
        return "harbor-tax" if team == TEAM else f"team-{team.lower()}"

    def trigger(self, user):
        trigger = f"{next(self._number)}.{next(self._number)}.{secrets.token_hex(16)}"
        self._triggers[trigger] = [user, time.monotonic()]
        return trigger

    def response_url(self, channel, user, original=None):
        """A response_url: good for five messages in thirty minutes."""
        key = secrets.token_urlsafe(18)
        self._response_urls[key] = [channel, user, original, 5, time.monotonic()]
        return f"{self.url}/actions/{TEAM}/{key}"

    def after_submission(self, view, delivery):
        """What the app answered to a submitted view happens to the view."""
        if not delivery.delivered or delivery.errors:
            return
        answer = delivery.json()
        action = answer.get("response_action")
        if action in ("update", "push"):
            broken = broken_view(answer.get("view"))
            assert not broken, f"the app answered with a view Slack refuses: {broken}"
            if action == "update":
                view |= self._filled(answer["view"])
            else:
                self._new_view(answer["view"], view.user, view)
        else:
            for one in self.views if action == "clear" else [view]:
                if one["type"] == "modal" and one.user == view.user:
                    one.open = False

    @staticmethod
    def _with_ids(blocks):
        """Slack gives ids to blocks and elements that bring none."""
        blocks = json.loads(json.dumps(blocks or []))
        for block in blocks:
            block.setdefault("block_id", secrets.token_urlsafe(4)[:5])
            inner = list(block.get("elements") or []) if block["type"] == "actions" else []
            inner += [block[key] for key in ("accessory", "element") if block.get(key)]
            for element in inner:
                if element.get("type") != "image":
                    element.setdefault("action_id", secrets.token_urlsafe(4)[:5])
        return blocks

    def _filled(self, view):
        return {
            "private_metadata": "", "callback_id": "", "external_id": "", "close": None,
            "submit": None, "clear_on_close": False, "notify_on_close": False, **view,
            "blocks": self._with_ids(view.get("blocks")), "hash": secrets.token_hex(8),
            "state": {"values": {}},
        }  # fmt: skip

    def _new_view(self, view, user, before=None):
        kept = View(self._filled(view))
        kept.user = user
        kept |= {
            "id": f"V{next(self._number):04d}", "team_id": TEAM, "app_id": APP, "bot_id": BOT,
            "app_installed_team_id": TEAM, "previous_view_id": before and before["id"],
        }  # fmt: skip
        kept["root_view_id"] = before["root_view_id"] if before else kept["id"]
        self.views.append(kept)
        return kept

    # The server

    def _app(self):
        inner = Starlette(
            routes=[
                Route("/api/{method:path}", self._api, methods=["GET", "POST"]),
                Route("/upload/v1/{file}", self._upload, methods=["POST"]),
                Route("/files/{file}/{rest:path}", self._download),
                Route("/actions/{team}/{key}", self._response, methods=["POST"]),
                WebSocketRoute("/link/", self._link),
            ]
        )

        async def app(scope, receive, send):
            if scope["type"] == "http":
                # uvicorn's own object of the request: the way to hang up without an answer.
                scope["transport"] = send.__self__.transport
            try:
                await inner(scope, receive, send)
            except Exception as error:
                self.crashes.append(f"{scope['path']}: {error!r}")
                raise

        return app

    @staticmethod
    async def _hang_up(request):
        request.scope["transport"].abort()
        await asyncio.sleep(0.05)
        return Response()

    @staticmethod
    async def _arguments(request):
        """A call's arguments: of the address, of a form or of JSON."""
        values = dict(request.query_params)
        raw = await request.body()
        kind = request.headers.get("content-type", "").partition(";")[0].strip()
        if kind == "application/json" and raw:
            try:
                values |= json.loads(raw)
            except ValueError:
                raise Refused("invalid_json") from None
        elif kind == "application/x-www-form-urlencoded":
            values |= dict(parse_qsl(raw.decode(), keep_blank_values=True))
        elif raw:
            raise Refused("invalid_post_type")
        for key in ("blocks", "attachments", "metadata", "view", "files"):
            if isinstance(values.get(key), str) and values[key]:
                try:
                    values[key] = json.loads(values[key])
                except ValueError:
                    error = "invalid_blocks_format" if key == "blocks" else "invalid_arguments"
                    raise Refused(error) from None
        return values

    async def _api(self, request):
        method = request.path_params["method"]
        call = Call(method, {}, dict(request.headers), time.monotonic())
        if self.unreachable:
            return await self._hang_up(request)
        with self._lock:
            self.calls.append(call)
        headers = {}
        try:
            call.body = await self._arguments(request)
            slow = self._take(method, "slow", call.body)
            if slow and not slow.done_first:
                await asyncio.sleep(slow.seconds)
            fault = self._take(method, "fail", call.body)
            if fault:
                self._refuse(fault)
            with self._lock:
                answer = {"ok": True, **self._do(method, call)}
            call.answer, call.status = answer, 200
            if method == "auth.test" and self.scopes is not None:
                headers["x-oauth-scopes"] = ",".join(sorted(self.scopes))
            if slow and slow.done_first:
                await asyncio.sleep(slow.seconds)
            if self._take(method, "lose", call.body):
                call.lost = True
                return await self._hang_up(request)
        except Refused as refused:
            call.answer, call.status = refused.answer, refused.status
            headers |= refused.headers
            if refused.status >= 500:
                return PlainTextResponse("Server Error", refused.status, media_type="text/html")
        return JSONResponse(call.answer, call.status, headers)

    @staticmethod
    def _refuse(fault):
        if fault.status == 429:
            after = {"Retry-After": str(1 if fault.retry_after is None else fault.retry_after)}
            raise Refused("ratelimited", 429, after)
        raise Refused(fault.error or "internal_error", fault.status)

    def _do(self, method, call):
        token = call.headers.get("authorization", "").partition("Bearer ")[2]
        token = token or call.body.pop("token", "")
        wanted = self.app_token if method == "apps.connections.open" else self.bot_token
        if not token:
            raise Refused("not_authed")
        if token != wanted:
            known = token in (self.app_token, self.bot_token)
            raise Refused("not_allowed_token_type" if known else "invalid_auth")
        if self.token_error:
            raise Refused(self.token_error)
        work = getattr(self, "_do_" + method.replace(".", "_"), None)
        if work is None:
            raise Refused("unknown_method", req_method=method)
        return work(call.body)

    def _need(self, *scopes):
        if self.scopes is not None and not self.scopes & set(scopes):
            provided = ",".join(sorted(self.scopes))
            raise Refused("missing_scope", needed=",".join(scopes), provided=provided)

    def _place(self, body, key="channel", kind=None):
        """The conversation a call names; ``kind`` asks for that scope of it ("history")."""
        channel = body.get(key) or ""
        if channel.startswith("U") and channel in self.people:
            channel = self.im(channel).id
        place = self.known(channel)
        if place is None:
            raise Refused("channel_not_found")
        if kind:
            family = {"im": "im", "group": "groups", "channel": "channels"}[place.type]
            self._need(f"{family}:{kind}")
        return place

    @staticmethod
    def _broken(broken, error="invalid_blocks"):
        if broken:
            messages = {"messages": [f"[ERROR] {one}" for one in broken]}
            raise Refused(error, errors=broken, response_metadata=messages)

    def _contents(self, body):
        """The checked text, blocks and metadata of a message."""
        text, blocks = body.get("text") or "", body.get("blocks")
        if not text and not blocks and not body.get("attachments"):
            raise Refused("no_text")
        if len(text) > MOST_CHARACTERS:
            raise Refused("msg_too_long")
        if blocks is not None:
            if not isinstance(blocks, list):
                raise Refused("invalid_blocks_format")
            self._broken(broken_blocks(blocks))
        fields = {"text": text}
        if blocks:
            fields["blocks"] = self._with_ids(blocks)
        if body.get("attachments"):
            fields["attachments"] = body["attachments"]
        data = body.get("metadata")
        if data:
            known = isinstance(data, dict) and isinstance(data.get("event_payload"), dict)
            if not known or not isinstance(data.get("event_type"), str):
                raise Refused("invalid_metadata_format")
            fields["metadata"] = data
        return fields

    def _rate(self, channel):
        """One message a second a channel; short bursts pass."""
        now = time.monotonic()
        left, at = self._tokens.get(channel, (self.burst, now))
        left = min(self.burst, left + now - at)
        if left < 1:
            self._tokens[channel] = (left, now)
            raise Refused("ratelimited", 429, {"Retry-After": "1"})
        self._tokens[channel] = (left - 1, now)

    def _by_app(self, place, fields, thread_ts=None):
        message = {
            "user": BOT_USER, "type": "message", "ts": self.next_ts(), "bot_id": BOT,
            "app_id": APP, "team": TEAM,
            "bot_profile": {
                "id": BOT, "app_id": APP, "user_id": BOT_USER, "name": "cp503",
                "deleted": False, "updated": 1700000000, "team_id": TEAM,
            },
            **fields,
        }  # fmt: skip
        if thread_ts:
            message["thread_ts"] = str(thread_ts)
            parent = self.find(place.id, str(thread_ts))
            if parent:
                message["parent_user_id"] = parent.get("user")
        return Message(message, place.id, by_app=True)

    def _echo(self, message, /, **event):
        if self.echoes and (self.app_url or self.mode == "socket"):
            place = self.channel(message.channel)
            body = {k: v for k, v in message.items() if k != "metadata"}
            body |= {"channel": place.id, "event_ts": message.ts, "channel_type": place.type}
            self.event({**body, **event}, wait=False)

    def _post(self, place, fields, thread_ts=None):
        message = self.keep(self._by_app(place, fields, thread_ts))
        self._echo(message)
        return message

    def _writable(self, place):
        if place.archived:
            raise Refused("is_archived")
        if not place.member:
            raise Refused("not_in_channel")

    def _do_auth_test(self, body):
        return {
            "url": f"https://{self.domain(TEAM)}.slack.com/", "team": "Harbor Tax",
            "user": "cp503", "team_id": TEAM, "user_id": BOT_USER, "bot_id": BOT,
            "is_enterprise_install": False,
        }  # fmt: skip

    def _do_api_test(self, body):
        return {"args": body}

    def _do_apps_connections_open(self, body):
        ticket = str(uuid4())
        self._tickets.add(ticket)
        address = self.url.replace("http://", "ws://")
        return {"url": f"{address}/link/?ticket={ticket}&app_id={APP}"}

    def _do_chat_postMessage(self, body):  # noqa: N802
        self._need("chat:write")
        place = self._place(body)
        self._writable(place)
        fields = self._contents(body)
        if self.strict_rates:
            self._rate(place.id)
        message = self._post(place, fields, body.get("thread_ts"))
        if _yes(body.get("reply_broadcast")):
            message["subtype"] = "thread_broadcast"
        shown = {k: v for k, v in message.items() if k != "metadata"}
        return {"channel": place.id, "ts": message.ts, "message": shown}

    def _mine(self, body, refusal):
        place = self._place(body)
        message = self.find(place.id, body.get("ts"))
        if message is None:
            raise Refused("message_not_found")
        if not message.by_app:
            raise Refused(refusal)
        return place, message

    def _do_chat_update(self, body):
        self._need("chat:write")
        place, message = self._mine(body, "cant_update_message")
        before = dict(message)
        fields = self._contents(body)
        if "blocks" not in fields:
            message.pop("blocks", None)
        message |= fields
        message["edited"] = {"user": BOT, "ts": self.next_ts()}
        self._echo(
            message, subtype="message_changed", message=dict(message), previous_message=before,
            hidden=True, ts=message["edited"]["ts"], event_ts=message["edited"]["ts"],
        )  # fmt: skip
        return {
            "channel": place.id, "ts": message.ts, "text": message.text, "message": dict(message)
        }  # fmt: skip

    def _do_chat_delete(self, body):
        self._need("chat:write")
        place, message = self._mine(body, "cant_delete_message")
        self.drop(message)
        return {"channel": place.id, "ts": message.ts}

    def _do_chat_postEphemeral(self, body):  # noqa: N802
        self._need("chat:write")
        place = self._place(body)
        self._writable(place)
        if body.get("user") not in self.people:
            raise Refused("user_not_in_channel")
        fields = self._contents(body)
        message = self._by_app(place, fields, body.get("thread_ts"))
        message.user_only = body["user"]
        self.ephemerals.append(message)
        return {"message_ts": message.ts}

    def _do_chat_getPermalink(self, body):  # noqa: N802
        place = self._place(body)
        message = self.find(place.id, body.get("message_ts"))
        if message is None:
            raise Refused("message_not_found")
        link = f"https://{self.domain(TEAM)}.slack.com/archives/{place.id}/p"
        link += message.ts.replace(".", "")
        if message.thread:
            link += f"?thread_ts={message.thread}&cid={place.id}"
        return {"channel": place.id, "permalink": link}

    def _do_conversations_open(self, body):
        self._need("im:write", "mpim:write")
        users = [u for u in str(body.get("users") or "").split(",") if u]
        if body.get("channel"):
            place = self._place(body)
        elif len(users) != 1:
            raise Refused("not_enough_users" if not users else "too_many_users")
        elif users[0] not in self.people:
            raise Refused("user_not_found")
        else:
            place = self.im(users[0])
        shown = place.as_slack() if _yes(body.get("return_im")) else {"id": place.id}
        return {"channel": shown}

    def _page(self, found, body):
        """The part of the messages a call asks for, with the cursor of the next."""
        oldest, latest = body.get("oldest"), body.get("latest")
        inclusive = _yes(body.get("inclusive"))
        first = float(oldest or 0)
        last = float(latest) if latest and latest != "now" else float("inf")
        now = time.monotonic()

        def in_time(message):
            if now - message.at < self.history_lag:
                return False
            at = float(message.ts)
            return first < at < last or (inclusive and at in (first, last))

        found = [message for message in found if in_time(message)]
        start = int(body.get("cursor") or 0)
        limit = min(int(body.get("limit") or 100), 999)
        page = found[start : start + limit]
        more = start + limit < len(found)
        with_metadata = _yes(body.get("include_all_metadata"))
        answer = {"messages": [self._shown(m, with_metadata) for m in page], "has_more": more}
        if more:
            answer["response_metadata"] = {"next_cursor": str(start + limit)}
        return answer

    def _shown(self, message, with_metadata):
        shown = {k: v for k, v in message.items() if with_metadata or k != "metadata"}
        replies = [m for m in self._messages[message.channel] if m.thread == message.ts]
        if replies:
            shown |= {
                "thread_ts": message.ts, "reply_count": len(replies),
                "reply_users": list(dict.fromkeys(m["user"] for m in replies)),
                "latest_reply": replies[-1].ts, "is_locked": False, "subscribed": True,
            }  # fmt: skip
        return shown

    def _do_conversations_history(self, body):
        place = self._place(body, kind="history")
        if not place.member:
            raise Refused("not_in_channel")
        found = [
            m for m in self._messages[place.id]
            if not m.thread or m.get("subtype") == "thread_broadcast"
        ]  # fmt: skip
        return {**self._page(found[::-1], body), "pin_count": 0}

    def _do_conversations_replies(self, body):
        place = self._place(body, kind="history")
        if not place.member:
            raise Refused("not_in_channel")
        ts = str(body.get("ts") or "")
        found = [m for m in self._messages[place.id] if m.ts == ts or m.thread == ts]
        if not found:
            raise Refused("thread_not_found")
        parent = found.pop(0) if found[0].ts == ts else None
        answer = self._page(found, body)
        if parent is not None:  # Slack puts it first on every page
            shown = self._shown(parent, _yes(body.get("include_all_metadata")))
            answer["messages"].insert(0, shown)
        return answer

    def _do_conversations_info(self, body):
        return {"channel": self._place(body, kind="read").as_slack()}

    def _do_users_info(self, body):
        self._need("users:read")
        if body.get("user") not in self.people:
            raise Refused("user_not_found")
        return {"user": self.people[body["user"]].as_slack()}

    def _do_team_info(self, body):
        self._need("team:read")
        return {"team": {"id": TEAM, "name": "Harbor Tax", "domain": self.domain(TEAM)}}

    def _triggered(self, body):
        """Who acted; a trigger is good once, for three seconds."""
        known = self._triggers.get(body.get("trigger_id"))
        if known is None:
            raise Refused("invalid_trigger_id")
        user, at = known
        if at is None:
            raise Refused("exchanged_trigger_id")
        if time.monotonic() - at > self.trigger_seconds:
            raise Refused("expired_trigger_id")
        return user

    def _do_views_open(self, body):
        user = self._triggered(body)
        self._broken(broken_view(body.get("view")), "invalid_arguments")
        self._triggers[body["trigger_id"]][1] = None
        return {"view": dict(self._new_view(body["view"], user))}

    def _do_views_push(self, body):
        user = self._triggered(body)
        self._broken(broken_view(body.get("view")), "invalid_arguments")
        below = [view for view in self.modals if view.user == user]
        if len(below) >= 3:
            raise Refused("push_limit_reached")
        self._triggers[body["trigger_id"]][1] = None
        return {"view": dict(self._new_view(body["view"], user, below[-1] if below else None))}

    def _do_views_publish(self, body):
        user = body.get("user_id")
        if user not in self.people:
            raise Refused("invalid_arguments")
        self._broken(broken_view(body.get("view")), "invalid_arguments")
        home = self.home(user)
        if home is None:
            home = self._new_view(body["view"], user)
        else:
            if body.get("hash") and body["hash"] != home["hash"]:
                raise Refused("hash_conflict")
            home |= self._filled(body["view"])
        return {"view": dict(home)}

    def _do_views_update(self, body):
        wanted = body.get("view_id"), body.get("external_id")
        view = next((v for v in self.views if v["id"] == wanted[0]), None)
        if view is None and wanted[1]:
            view = next((v for v in self.views if v["external_id"] == wanted[1]), None)
        if view is None or not view.open:
            raise Refused("not_found")
        if body.get("hash") and body["hash"] != view["hash"]:
            raise Refused("hash_conflict")
        self._broken(broken_view(body.get("view")), "invalid_arguments")
        view |= self._filled(body["view"])
        return {"view": dict(view)}

    def _do_files_getUploadURLExternal(self, body):  # noqa: N802
        self._need("files:write")
        if not body.get("filename") or not int(body.get("length") or 0):
            raise Refused("invalid_arguments")
        file = self.new_file(body["filename"], None, BOT_USER, int(body["length"]))
        return {"upload_url": f"{self.url}/upload/v1/{file.id}", "file_id": file.id}

    def _do_files_completeUploadExternal(self, body):  # noqa: N802
        self._need("files:write")
        wanted = body.get("files")
        if not isinstance(wanted, list) or not wanted:
            raise Refused("invalid_arguments")
        files = [self.files.get(one.get("id")) for one in wanted]
        if any(file is None or file.content is None for file in files):
            raise Refused("file_not_found")
        for file, one in zip(files, wanted):
            file.title = one.get("title") or file.name
        names = [body["channel_id"]] if body.get("channel_id") else []
        names += [name for name in str(body.get("channels") or "").split(",") if name]
        places = [self._place({"channel": name}) for name in names]
        for place in places:
            self._writable(place)
        shown = [file.as_slack(self.url) for file in files]
        for place in places:
            fields = {"text": body.get("initial_comment") or "", "files": shown, "upload": True}
            fields["subtype"] = "file_share"
            message = self._post(place, fields, body.get("thread_ts"))
            for file in files:
                file.shared.append((place.id, message.ts))
        # As in Slack, where sharing goes on behind the answer, it names no message.
        return {"files": [{**one, "shares": {}, "channels": [], "ims": []} for one in shown]}

    async def _upload(self, request):
        raw = await request.body()
        call = Call("upload", {"file": request.path_params["file"]}, dict(request.headers), 0.0)
        call.at = time.monotonic()
        self.calls.append(call)
        slow = self._take("upload", "slow", call.body)
        if slow:
            await asyncio.sleep(slow.seconds)
        fault = self._take("upload", "fail", call.body)
        if fault:
            call.status = fault.status if fault.status != 200 else 500
            return PlainTextResponse(fault.error or "Server Error", call.status)
        file = self.files.get(call.body["file"])
        kind = request.headers.get("content-type", "")
        if kind.startswith("multipart/"):
            head = f"Content-Type: {kind}\r\n\r\n".encode()
            parts = BytesParser().parsebytes(head + raw).get_payload()
            raw = parts[0].get_payload(decode=True) if parts else b""
        if file is None or len(raw) != file.length:
            call.status = 400
            return PlainTextResponse("Bad request", 400)
        file.content = raw
        call.status = 200
        if self._take("upload", "lose", call.body):
            call.lost = True
            return await self._hang_up(request)
        return PlainTextResponse(f"OK - {len(raw)}")

    async def _download(self, request):
        if request.headers.get("authorization") != f"Bearer {self.bot_token}":
            return PlainTextResponse("", 302, {"Location": "/"})
        file = self.files.get(request.path_params["file"])
        if file is None or file.content is None:
            return PlainTextResponse("Not found", 404)
        return Response(file.content, media_type="application/octet-stream")

    async def _response(self, request):
        body = json.loads(await request.body())
        call = Call("response_url", body, dict(request.headers), time.monotonic(), 200)
        self.calls.append(call)
        fault = self._take("response_url", "fail", body)
        known = self._response_urls.get(request.path_params["key"])
        if fault:
            call.status = fault.status if fault.status != 200 else 500
            return PlainTextResponse(fault.error or "Server Error", call.status)
        if known is None or not known[3] or time.monotonic() - known[4] > 1800:
            call.status = 404
            error = "used_url" if known and not known[3] else "expired_url"
            return JSONResponse({"ok": False, "error": error}, 404)
        known[3] -= 1
        try:
            with self._lock:
                self._respond(known[0], known[1], body, known[2])
        except Refused as refused:
            call.status, call.answer = 400, refused.answer
            return JSONResponse(refused.answer, 400)
        return PlainTextResponse("ok")

    def _respond(self, channel, user, body, original=None):
        """A message by response_url or as the answer to a command."""
        place = self.channels[channel]
        if _yes(body.get("delete_original")):
            if original is not None and original.user_only is None:
                self.drop(original)
            elif original in self.ephemerals:
                self.ephemerals.remove(original)
            return
        fields = self._contents(body)
        if _yes(body.get("replace_original")) and original is not None:
            original.pop("blocks", None)
            original |= fields
        elif body.get("response_type") == "in_channel":
            self._post(place, fields, body.get("thread_ts"))
        else:
            message = self._by_app(place, fields, body.get("thread_ts"))
            message.user_only = user
            message.original = original
            self.ephemerals.append(message)

    async def _link(self, websocket):
        ticket = websocket.query_params.get("ticket")
        if self.unreachable or ticket not in self._tickets:
            await websocket.close(1008)
            return
        self._tickets.discard(ticket)
        self._loop = asyncio.get_running_loop()
        await websocket.accept()
        link = _Link(websocket)
        await websocket.send_json(
            {
                "type": "hello", "num_connections": len(self._links) + 1,
                "debug_info": {
                    "host": "applink-local", "build_number": 1,
                    "approximate_connection_time": 18060,
                },
                "connection_info": {"app_id": APP},
            }
        )  # fmt: skip
        with self._lock:
            self._links.append(link)
        try:
            while True:
                answer = json.loads(await websocket.receive_text())
                waiting = link.waiting.pop(answer.get("envelope_id"), None)
                if waiting and not waiting.done():
                    waiting.set_result(answer.get("payload"))
        except (WebSocketDisconnect, RuntimeError, ValueError):
            pass
        finally:
            with self._lock:
                self._links.remove(link)
                link.close()
