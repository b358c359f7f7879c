"""The local Slack behaves as Slack does, as far as slack_sdk and an app can tell."""

import asyncio
import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import aiohttp
import pytest
from local_slack import BOT_USER, LocalSlack
from slack_sdk.errors import SlackApiError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient
from slack_wire import PAYLOADS, payload, typed

BUTTONS = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "May I ask?"}},
    {
        "type": "actions",
        "block_id": "consent",
        "elements": [
            {
                "type": "button",
                "action_id": "yes",
                "value": "1",
                "text": {"type": "plain_text", "text": "I agree"},
            },
            {
                "type": "button",
                "action_id": "no",
                "text": {"type": "plain_text", "text": "No"},
            },
        ],
    },
]


class App:
    """An app of three lines: notes what comes, answers what it is told to."""

    def __init__(self):
        self.requests = []
        self.answers = []  # (status, body, seconds) of the next requests
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):  # noqa: N802
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with outer.lock:
                    outer.requests.append((dict(self.headers), body))
                    status, answer, seconds = (
                        outer.answers.pop(0) if outer.answers else (200, "", 0)
                    )
                time.sleep(seconds)
                with contextlib.suppress(OSError):
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(answer)))
                    self.end_headers()
                    self.wfile.write(answer.encode())

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def bodies(self):
        return [json.loads(body) for _, body in self.requests]

    def events(self):
        return [body["event"] for body in self.bodies()]

    def close(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def app(slack):
    running = App()
    slack.app_url = running.url
    slack.echoes = False
    yield running
    running.close()


def ask(slack, method, token=None, **arguments):
    """One call by slack_sdk's client; its name is the method of the client."""

    async def call():
        client = AsyncWebClient(token or slack.bot_token, base_url=slack.api_url)
        return await getattr(client, method)(**arguments)

    return asyncio.run(call())


def refused(slack, method, **arguments):
    with pytest.raises(SlackApiError) as error:
        ask(slack, method, **arguments)
    return error.value.response


# The Web API


def test_who_the_token_is(slack):
    answer = ask(slack, "auth_test")
    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T1", BOT_USER, "B1")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")
    assert refused(slack, "auth_test", token="xoxb-no")["error"] == "invalid_auth"
    slack.token_error = "token_revoked"
    assert refused(slack, "auth_test")["error"] == "token_revoked"


def test_a_message_is_kept_with_everything(slack):
    sent = ask(
        slack, "chat_postMessage", channel="C1", text="hello", blocks=BUTTONS,
        metadata={"event_type": "cp503_reply", "event_payload": {"key": "k1"}},
    )  # fmt: skip
    (kept,) = slack.posted("C1")
    assert kept.ts == sent["ts"]
    assert kept.words == "hello\nMay I ask?\nI agree\nNo"
    assert kept.buttons == ["I agree", "No"]
    assert kept["metadata"]["event_payload"] == {"key": "k1"}
    assert kept["blocks"][0]["block_id"]
    assert slack.called("chat.postMessage")[0].body["channel"] == "C1"


def test_forms_and_json_are_the_same(slack):
    async def both():
        headers = {"Authorization": f"Bearer {slack.bot_token}"}
        async with aiohttp.ClientSession(headers=headers) as http:
            body = {"channel": "C1", "text": "a & b", "blocks": json.dumps(BUTTONS)}
            form = await http.post(slack.api_url + "chat.postMessage", data=body)
            body["blocks"] = BUTTONS
            plain = await http.post(slack.api_url + "chat.postMessage", json=body)
            nobody = await http.post(slack.api_url + "auth.test", headers={"Authorization": ""})
            return [await answer.json() for answer in (form, plain, nobody)]

    form, plain, nobody = asyncio.run(both())
    assert form["ok"] and plain["ok"]
    assert nobody == {"ok": False, "error": "not_authed"}
    first, second = slack.posted("C1")
    assert first.text == second.text == "a & b"
    assert first.buttons == second.buttons
    assert first.ts < second.ts


def test_timestamps_are_unique_and_in_order(slack):
    stamps = [slack.next_ts() for _ in range(2000)]
    assert stamps == sorted(set(stamps))
    assert all(len(ts.partition(".")[2]) == 6 for ts in stamps)


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C99", "text": "x"}, "channel_not_found"),
        ({"channel": "C4", "text": "x"}, "not_in_channel"),
        ({"channel": "C1", "text": ""}, "no_text"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        (
            {"channel": "C1", "text": "x", "metadata": {"event_type": "a"}},
            "invalid_metadata_format",
        ),
    ],
)
def test_messages_slack_refuses(slack, arguments, error):
    assert refused(slack, "chat_postMessage", **arguments)["error"] == error
    assert slack.posted() == []


def section(text):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(**changes):
    text = {"type": "plain_text", "text": "Go"}
    return {"type": "button", "action_id": "go", "text": text, **changes}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def many(count):
    return [button(action_id=f"a{i}") for i in range(count)]


def table(rows=2, columns=2):
    cell = {"type": "raw_text", "text": "1"}
    return {"type": "table", "rows": [[cell] * columns] * rows}


@pytest.mark.parametrize(
    ("blocks", "complaint"),
    [
        ([section("x")] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        (
            [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
            "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        ),
        (
            [actions(button(text={"type": "plain_text", "text": "x" * 76}))],
            "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
        ),
        (
            [actions(button(value="x" * 2001))],
            "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
        ),
        (
            [actions(button(action_id="x" * 256))],
            "must be less than 256 characters [json-pointer:/blocks/0/elements/0/action_id]",
        ),
        (
            [actions(button()), actions(button())],
            "`action_id` go already exists [json-pointer:/blocks/1/elements/0/action_id]",
        ),
        ([actions(*many(26))], "no more than 25 items allowed [json-pointer:/blocks/0/elements]"),
        (
            [{"type": "context", "elements": [section("x")["text"]] * 11}],
            "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
        ),
        ([table(), table()], "only_one_table_allowed [json-pointer:/blocks/1]"),
        ([table(columns=21)], "no more than 20 items allowed [json-pointer:/blocks/0/rows/0]"),
        ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ([{"type": "chart"}], "unsupported type: chart [json-pointer:/blocks/0/type]"),
    ],
)  # fmt: skip
def test_blocks_beyond_slacks_limits(slack, blocks, complaint):
    answer = refused(slack, "chat_postMessage", channel="C1", text="x", blocks=blocks)
    assert answer["error"] == "invalid_blocks"
    assert complaint in answer["errors"]
    assert answer["response_metadata"]["messages"][0].startswith("[ERROR] ")
    assert slack.posted() == []


def test_blocks_at_slacks_limits(slack):
    at_most = [
        section("x" * 3000),
        {"type": "header", "text": {"type": "plain_text", "text": "x" * 150}},
        actions(*many(24), button(value="x" * 2000, action_id="y" * 255)),
        {"type": "context", "elements": [section("x")["text"]] * 10},
        table(rows=100, columns=20),
    ]
    ask(slack, "chat_postMessage", channel="C1", text="x" * 40_000, blocks=at_most)
    ask(slack, "chat_postMessage", channel="C1", text="x", blocks=[section("x")] * 50)
    assert len(slack.posted("C1")) == 2


def test_rates_only_where_asked_for(slack):
    for _ in range(8):
        ask(slack, "chat_postMessage", channel="C1", text="x")
    slack.strict_rates = True
    for _ in range(slack.burst):
        ask(slack, "chat_postMessage", channel="C1", text="x")
    answer = refused(slack, "chat_postMessage", channel="C1", text="x")
    assert (answer.status_code, answer["error"]) == (429, "ratelimited")
    assert answer.headers["Retry-After"] == "1"
    ask(slack, "chat_postMessage", channel="C2", text="another channel")
    time.sleep(1.05)
    ask(slack, "chat_postMessage", channel="C1", text="x")


def test_faults_by_the_number(slack):
    slack.fail("chat.postMessage", times=2, status=429, retry_after=7)
    slack.fail("chat.postMessage", status=500)
    slack.fail("chat.postMessage", error="is_archived")
    seen = []
    for _ in range(4):
        answer = refused(slack, "chat_postMessage", channel="C1", text="x")
        seen.append((answer.status_code, answer.data.get("error") if answer.data else None))
    assert seen == [(429, "ratelimited"), (429, "ratelimited"), (500, None), (200, "is_archived")]
    assert slack.posted() == []
    ask(slack, "chat_postMessage", channel="C1", text="x")
    slack.fail(
        "chat.postMessage", error="fatal_error", times=None, where=lambda b: b["text"] == "y"
    )
    ask(slack, "chat_postMessage", channel="C1", text="x")
    refused(slack, "chat_postMessage", channel="C1", text="y")
    slack.heal()
    ask(slack, "chat_postMessage", channel="C1", text="y")
    assert [m.text for m in slack.posted("C1")] == ["x", "x", "y"]


def test_an_answer_is_slow(slack):
    slack.slow("chat.postMessage", 0.4, times=1)
    start = time.monotonic()
    ask(slack, "chat_postMessage", channel="C1", text="x")
    assert time.monotonic() - start >= 0.4

    async def impatient():
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, timeout=1)
        await client.chat_postMessage(channel="C1", text="done, nobody heard")

    slack.slow("chat.postMessage", 3, times=1, done_first=True)
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(impatient())
    assert len(slack.posted("C1")) == 2


def test_a_lost_answer_makes_doubles(slack):
    """slack_sdk tries again by itself after a closed connection: that is how they arise."""
    slack.lose_answer("chat.postMessage")
    answer = ask(slack, "chat_postMessage", channel="C1", text="x")
    assert [m.text for m in slack.posted("C1")] == ["x", "x"]
    assert answer["ts"] == slack.posted("C1")[1].ts
    assert [call.lost for call in slack.called("chat.postMessage")] == [True, False]

    async def without_retries():
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        await client.chat_postMessage(channel="C2", text="y")

    slack.lose_answer("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        asyncio.run(without_retries())
    assert [m.text for m in slack.posted("C2")] == ["y"]
    slack.unreachable = True
    with pytest.raises(aiohttp.ClientError):
        asyncio.run(without_retries())


def test_history_and_replies(slack):
    said = [slack.user("U1").says("C1", f"m{i}") for i in range(5)]
    sent = ask(
        slack, "chat_postMessage", channel="C1", text="reply", thread_ts=said[2].ts,
        metadata={"event_type": "cp503_reply", "event_payload": {"key": "k"}},
    )  # fmt: skip

    page = ask(slack, "conversations_history", channel="C1", limit=2)
    assert [m["text"] for m in page["messages"]] == ["m4", "m3"]
    assert page["has_more"]
    cursor = page["response_metadata"]["next_cursor"]
    page = ask(slack, "conversations_history", channel="C1", limit=10, cursor=cursor)
    assert [m["text"] for m in page["messages"]] == ["m2", "m1", "m0"]
    assert page["messages"][0]["reply_count"] == 1
    assert not page["has_more"]

    bounds = {"channel": "C1", "oldest": said[1].ts, "latest": said[3].ts}
    page = ask(slack, "conversations_history", **bounds)
    assert [m["text"] for m in page["messages"]] == ["m2"]
    page = ask(slack, "conversations_history", **bounds, inclusive=True)
    assert [m["text"] for m in page["messages"]] == ["m3", "m2", "m1"]

    replies = ask(slack, "conversations_replies", channel="C1", ts=said[2].ts)["messages"]
    assert [m["text"] for m in replies] == ["m2", "reply"]
    assert "metadata" not in replies[1]
    replies = ask(
        slack, "conversations_replies", channel="C1", ts=said[2].ts, include_all_metadata=True,
        oldest=said[2].ts,
    )["messages"]  # fmt: skip
    assert [m["text"] for m in replies] == ["m2", "reply"]
    assert replies[1]["metadata"]["event_payload"] == {"key": "k"}
    assert [m.ts for m in slack.posted("C1", thread=said[2].ts)] == [sent["ts"]]
    answer = refused(slack, "conversations_replies", channel="C1", ts="1.000001")
    assert answer["error"] == "thread_not_found"


def test_history_can_lag(slack):
    slack.history_lag = 0.3
    ask(slack, "chat_postMessage", channel="C1", text="x")
    assert ask(slack, "conversations_history", channel="C1")["messages"] == []
    time.sleep(0.35)
    assert len(ask(slack, "conversations_history", channel="C1")["messages"]) == 1


def test_messages_are_changed_and_taken_back(slack):
    ts = ask(slack, "chat_postMessage", channel="C1", text="x", blocks=BUTTONS)["ts"]
    ask(slack, "chat_update", channel="C1", ts=ts, text="y", blocks=[section("done")])
    assert slack.posted("C1")[0].buttons == []
    assert slack.posted("C1")[0].words == "y\ndone"
    said = slack.user("U1").says("C1", "mine")
    for method in ("chat_update", "chat_delete"):
        answer = refused(
            slack, method, channel="C1", ts=said.ts, **({"text": "z"} if "upd" in method else {})
        )
        assert answer["error"] == f"cant_{method[5:]}_message"
    ask(slack, "chat_delete", channel="C1", ts=ts)
    assert slack.posted("C1") == []
    assert refused(slack, "chat_delete", channel="C1", ts=ts)["error"] == "message_not_found"


def test_the_rest_of_the_methods(slack):
    slack.scopes = None
    opened = ask(slack, "conversations_open", users="U1")["channel"]["id"]
    assert opened == slack.user("U1").dm
    assert ask(slack, "chat_postMessage", channel="U1", text="x")["channel"] == opened
    assert ask(slack, "conversations_info", channel=opened)["channel"]["is_im"]
    assert ask(slack, "conversations_info", channel="C3")["channel"]["is_ext_shared"]
    assert ask(slack, "users_info", user="U9")["user"]["team_id"] == "T9"
    assert ask(slack, "team_info")["team"]["id"] == "T1"
    ts = slack.posted(opened)[0].ts
    link = ask(slack, "chat_getPermalink", channel=opened, message_ts=ts)["permalink"]
    assert link.endswith(f"/archives/{opened}/p{ts.replace('.', '')}")
    ask(slack, "chat_postEphemeral", channel="C1", user="U2", text="for you")
    assert [(m.text, m.user_only) for m in slack.ephemerals] == [("for you", "U2")]
    assert len(slack.posted("C1")) == 0
    assert refused(slack, "conversations_open", users="U77")["error"] == "user_not_found"
    assert refused(slack, "emoji_list")["error"] == "unknown_method"


def test_scopes_are_the_manifests(slack):
    answer = refused(slack, "users_info", user="U1")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read")
    slack.scopes.discard("files:write")
    with pytest.raises(SlackApiError, match="missing_scope"):
        ask(slack, "files_upload_v2", content=b"x", filename="a.txt", channel="C1")


def test_files_with_their_bytes(slack):
    thread = slack.user("U1").says("C1", "send it")
    pdf = b"%PDF-1.7 \xff\x00"
    done = ask(
        slack, "files_upload_v2", file=pdf, filename="plan.pdf", title="Your plan",
        channel="C1", thread_ts=thread.ts, initial_comment="Here",
    )  # fmt: skip
    file = slack.files[done["file"]["id"]]
    assert (file.name, file.title, file.content) == ("plan.pdf", "Your plan", pdf)
    (message,) = slack.posted("C1", thread=thread.ts)
    assert (message.text, message["files"][0]["id"]) == ("Here", file.id)
    assert file.shared == [("C1", message.ts)]

    async def multipart():
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
        address = await client.files_getUploadURLExternal(filename="a.txt", length=5)
        async with aiohttp.ClientSession() as http:
            form = aiohttp.FormData()
            form.add_field("filename", b"hello", filename="a.txt")
            answer = await http.post(address["upload_url"], data=form)
            return address["file_id"], answer.status, await answer.text()

    file_id, status, text = asyncio.run(multipart())
    assert (status, text) == (200, "OK - 5")
    assert slack.files[file_id].content == b"hello"
    slack.fail("upload", status=500)
    with pytest.raises(Exception, match="Failed to upload"):
        ask(slack, "files_upload_v2", content="x", filename="a.txt", channel="C1")


MODAL = {
    "type": "modal",
    "callback_id": "case",
    "title": {"type": "plain_text", "text": "Your case"},
    "submit": {"type": "plain_text", "text": "Go on"},
    "blocks": [
        {
            "type": "input",
            "block_id": "amount",
            "label": {"type": "plain_text", "text": "How much?"},
            "element": {"type": "plain_text_input", "action_id": "owed"},
        },
        {
            "type": "input",
            "block_id": "filed",
            "label": {"type": "plain_text", "text": "Returns filed?"},
            "element": {
                "type": "radio_buttons",
                "action_id": "returns",
                "options": [
                    {"text": {"type": "plain_text", "text": text}, "value": text.lower()}
                    for text in ("Yes", "No")
                ],
            },
        },
    ],
}


def test_modals_and_the_home_tab(slack):
    slack.trigger_seconds = 0.2
    first, late = slack.trigger("U1"), slack.trigger("U1")
    view = ask(slack, "views_open", trigger_id=first, view=MODAL)["view"]
    assert slack.modals[0]["id"] == view["id"]
    assert slack.modals[0].user == "U1"
    answer = refused(slack, "views_open", trigger_id=first, view=MODAL)
    assert answer["error"] == "exchanged_trigger_id"
    time.sleep(0.25)
    answer = refused(slack, "views_open", trigger_id=late, view=MODAL)
    assert answer["error"] == "expired_trigger_id"

    home = {"type": "home", "blocks": [section("Welcome"), actions(button())]}
    published = ask(slack, "views_publish", user_id="U1", view=home)["view"]
    again = ask(slack, "views_publish", user_id="U1", view=home)["view"]
    assert published["id"] == again["id"] == slack.home("U1")["id"]
    assert slack.home("U1").words.startswith("Welcome")
    assert slack.home("U2") is None

    changed = {**MODAL, "title": {"type": "plain_text", "text": "Changed"}}
    ask(slack, "views_update", view_id=view["id"], view=changed)
    assert slack.modals[0]["title"]["text"] == "Changed"
    answer = refused(slack, "views_update", view_id=view["id"], view=changed, hash="old")
    assert answer["error"] == "hash_conflict"


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"title": {"type": "plain_text", "text": "x" * 25}}, "/view/title/text"),
        ({"submit": {"type": "plain_text", "text": "x" * 25}}, "/view/submit/text"),
        ({"private_metadata": "x" * 3001}, "/view/private_metadata"),
        ({"blocks": [section("x")] * 101}, "/view/blocks"),
        ({"submit": None}, "/view"),
        (
            {
                "blocks": [
                    {**MODAL["blocks"][0], "label": {"type": "plain_text", "text": "x" * 2001}}
                ]
            },
            "/view/blocks/0/label/text",
        ),
        ({"blocks": [table()]}, "/view/blocks/0/type"),
    ],
)
def test_views_beyond_slacks_limits(slack, changes, where):
    trigger = slack.trigger("U1")
    answer = refused(slack, "views_open", trigger_id=trigger, view={**MODAL, **changes})
    assert answer["error"] == "invalid_arguments"
    assert f"[json-pointer:{where}]" in answer["errors"][0]


# What it sends


def test_a_request_is_signed_as_slack_signs(slack, app):
    verifier = SignatureVerifier(slack.signing_secret)
    sent = slack.user("U1").says(slack.user("U1").dm, "hello").deliveries[0]
    assert sent.delivered
    headers, body = app.requests[0]
    assert verifier.is_valid_request(body, headers)
    assert not verifier.is_valid_request(body + b" ", headers)
    slack.send(payload("message_im"), secret="wrong")
    headers, body = app.requests[1]
    assert not verifier.is_valid_request(body, headers)
    slack.send(payload("message_im"), timestamp=int(time.time()) - 301)
    headers, body = app.requests[2]
    assert not verifier.is_valid_request(body, headers)
    slack.send(payload("message_im"), signed=False)
    assert "X-Slack-Signature" not in app.requests[3][0]


def test_an_event_in_its_envelope(slack, app):
    anna = slack.user("U1")
    anna.says(anna.dm, "hello")
    (body,) = app.bodies()
    assert set(payload("message_im")) == set(body)
    assert body["authorizations"][0]["team_id"] == body["context_team_id"] == "T1"
    assert not body["is_ext_shared_channel"]
    assert body["event"]["channel_type"] == "im"
    assert set(payload("message_im")["event"]) == set(body["event"])

    slack.user("U9").mentions("C3", "I owe $9,000")
    shared = [b for b in app.bodies() if b["is_ext_shared_channel"]]
    assert len(shared) == 2
    assert shared[0]["event"]["user_team"] == shared[0]["team_id"] == "T9"
    assert shared[0]["context_team_id"] == "T1"


def test_a_mention_comes_twice(slack, app):
    said = slack.user("U1").mentions("C1", "what is a CP503?")
    types = sorted((e["type"], e["ts"], e["channel"], e["text"]) for e in app.events())
    text = f"<@{BOT_USER}> what is a CP503?"
    assert types == [("app_mention", said.ts, "C1", text), ("message", said.ts, "C1", text)]
    assert len({body["event_id"] for body in app.bodies()}) == 2


def test_nothing_is_told_of_channels_without_the_app(slack, app):
    slack.user("U1").says("C4", "secret")
    assert app.requests == []


def test_threads_edits_deletions_files_and_joins(slack, app):
    anna = slack.user("U1")
    first = anna.says("C2", "one")
    anna.says("C2", "two", thread_ts=first.ts)
    anna.edits(first, "changed")
    anna.deletes(first)
    anna.shares_file("C2", "cp503.pdf", b"%PDF", "my letter")
    anna.joins("C2")
    one, two, changed, deleted, file, joined = app.events()
    assert one["channel_type"] == "group"
    assert (two["thread_ts"], two["parent_user_id"]) == (first.ts, "U1")
    assert changed["message"]["text"] == "changed"
    assert changed["previous_message"]["text"] == "one"
    assert deleted["deleted_ts"] == first.ts
    assert (file["subtype"], file["files"][0]["name"]) == ("file_share", "cp503.pdf")
    assert joined["subtype"] == "channel_join"
    for event, name in (
        (changed, "message_changed"), (deleted, "message_deleted"), (two, "thread_reply"),
        (file, "file_share"),
    ):  # fmt: skip
        assert set(event) <= set(payload(name)["event"]) | {"user_team", "source_team"}
        assert set(payload(name)["event"]) <= set(event)


@pytest.mark.parametrize(
    ("said", "wire"),
    [
        ("I owe < $5 & more", "I owe &lt; $5 &amp; more"),
        ("call 800-829-1040.", "call <tel:800-829-1040|800-829-1040>."),
        ("or (800) 829-1040", "or <tel:(800) 829-1040|(800) 829-1040>"),
        ("see https://www.irs.gov/pay?a=1&b=2.", "see <https://www.irs.gov/pay?a=1&amp;b=2>."),
        ("see irs.gov, please", "see <http://irs.gov|irs.gov>, please"),
        ("a@b.example", "<mailto:a@b.example|a@b.example>"),
        ("<@U2> look", "<@U2> look"),
        ("I can't \"pay\" now", "I can\u2019t \u201cpay\u201d now"),
        ("my number is 123-45-6789", "my number is 123-45-6789"),
    ],
)  # fmt: skip
def test_texts_go_out_as_slack_writes_them(said, wire):
    assert typed(said) == wire


def test_clicks_and_response_urls(slack, app):
    anna = slack.user("U1")
    ts = ask(slack, "chat_postMessage", channel=anna.dm, text="x", blocks=BUTTONS)["ts"]
    anna.clicks(slack.posted(anna.dm)[0], "I agree")
    headers, raw = app.requests[0]
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    body = json.loads(parse_qs(raw.decode())["payload"][0])
    assert set(payload("block_actions")) == set(body)
    (action,) = body["actions"]
    assert (action["block_id"], action["action_id"], action["value"]) == ("consent", "yes", "1")
    assert body["container"]["message_ts"] == body["message"]["ts"] == ts

    async def answer():
        hook = AsyncWebhookClient(body["response_url"])
        sent = [
            await hook.send(text="thanks"),
            await hook.send(text="done", replace_original=True),
            await hook.send(text="all", response_type="in_channel"),
            await hook.send(delete_original=True),
            await hook.send(text="five"),
            await hook.send(text="six"),
        ]
        return [answer.status_code for answer in sent]

    assert asyncio.run(answer()) == [200] * 5 + [404]
    assert [m.text for m in slack.ephemerals] == ["thanks", "five"]
    assert [m.text for m in slack.posted(anna.dm)] == ["all"]
    assert [m.text for m in slack.deleted] == ["done"]


def test_commands_shortcuts_home_and_submissions(slack, app):
    anna = slack.user("U1")
    app.answers = [(200, json.dumps({"text": "only you"}), 0)]
    anna.commands("what is a CP503?", "C1")
    fields = {key: value[0] for key, value in parse_qs(app.requests[0][1].decode()).items()}
    assert set(fields) == set(payload("slash_command"))
    assert slack.ephemerals[0].text == "only you"

    anna.uses_shortcut(slack.user("U2").says("C1", "a notice"))
    body = json.loads(parse_qs(app.requests[2][1].decode())["payload"][0])
    assert set(body) == set(payload("message_action"))
    assert body["message"]["text"] == "a notice"

    anna.opens_home()
    assert json.loads(app.requests[3][1])["event"]["tab"] == "home"

    view = ask(slack, "views_open", trigger_id=body["trigger_id"], view=MODAL)["view"]
    modal = slack.modals[0]
    app.answers = [
        (200, json.dumps({"response_action": "errors", "errors": {"amount": "a number"}}), 0)
    ]
    assert anna.submits(modal, {"owed": "x", "filed": "Yes"}).errors == {"amount": "a number"}
    assert modal.open
    body = json.loads(parse_qs(app.requests[4][1].decode())["payload"][0])
    values = body["view"]["state"]["values"]
    assert body["view"]["id"] == view["id"]
    assert values["amount"]["owed"] == {"type": "plain_text_input", "value": "x"}
    assert values["filed"]["returns"]["selected_option"]["value"] == "yes"
    anna.submits(modal, {"owed": "12000"})
    assert not modal.open


def test_the_address_is_verified(slack, app):
    app.answers = [(200, "challenge-answer", 0)]
    assert slack.url_verification("challenge-answer").text == "challenge-answer"
    assert app.bodies()[0]["type"] == "url_verification"


def test_the_app_hears_its_own_words(slack, app):
    slack.echoes = True
    ask(slack, "chat_postMessage", channel="C1", text="mine")
    slack.wait_for(lambda: app.requests)
    (event,) = app.events()
    assert (event["bot_id"], event["user"], event["text"]) == ("B1", BOT_USER, "mine")
    assert set(event) == set(payload("own_message")["event"])


def test_every_example_is_sent_as_its_kind(slack, app):
    names = sorted(path.stem for path in PAYLOADS.glob("*.json"))
    assert len(names) == 20
    kinds = {slack.send(payload(name)).kind for name in names}
    assert kinds == {"events_api", "interactive", "slash_commands"}
    assert len(app.requests) == len(names)


# Deliveries that fail


def test_what_is_not_taken_comes_again(slack, app):
    slack.automatic = True
    slack.retry_delays = (0, 0.05, 0.05)
    app.answers = [(500, "", 0), (503, "", 0)]
    sent = slack.user("U1").says("C1", "x").deliveries[0].wait()
    assert [a.failure for a in sent.attempts] == ["http_error", "http_error", None]
    numbers = [headers.get("X-Slack-Retry-Num") for headers, _ in app.requests]
    reasons = [headers.get("X-Slack-Retry-Reason") for headers, _ in app.requests]
    assert numbers == [None, "1", "2"]
    assert reasons == [None, "http_error", "http_error"]
    assert len({body["event_id"] for body in app.bodies()}) == 1


def test_three_retries_and_no_more(slack, app):
    slack.automatic = True
    slack.retry_delays = (0, 0, 0)
    app.answers = [(500, "", 0)] * 9
    sent = slack.user("U1").says("C1", "x").deliveries[0].wait()
    assert (len(app.requests), sent.delivered) == (4, False)
    anna = slack.user("U1").commands("x")
    assert len(anna.wait().attempts) == 1  # only events come again


def test_an_answer_after_three_seconds_is_none(slack, app):
    slack.automatic = True
    slack.answer_seconds = 0.3
    app.answers = [(200, "", 0.6)]
    sent = slack.user("U1").says("C1", "x").deliveries[0].wait()
    assert [a.failure for a in sent.attempts] == ["http_timeout", None]
    assert app.requests[1][0]["X-Slack-Retry-Reason"] == "http_timeout"


def test_an_app_that_is_down_comes_back(slack):
    slack.automatic = True
    slack.retry_delays = (0, 0.3, 0.3)
    app = App()
    app.close()
    slack.app_url = app.url
    sent = slack.user("U1").says("C1", "x").deliveries[0]
    assert sent.attempts[0].failure == "connection_failed"
    app = App()
    slack.app_url = app.url
    assert sent.wait().delivered
    assert len(app.requests) == 1
    app.close()


def test_a_retry_by_hand_and_no_retries_on_request(slack, app):
    slack.event({"type": "app_home_opened", "user": "U1"}, event_id="Ev1", retry=2)
    assert app.requests[0][0]["X-Slack-Retry-Num"] == "2"
    assert app.bodies()[0]["event_id"] == "Ev1"


# Socket Mode


class SocketApp:
    """An app on Socket Mode, in a thread of its own."""

    def __init__(self, slack):
        self.seen = []
        self.silent = 0  # how many of the next envelopes get no answer
        self.payload = None
        self.ready = threading.Event()
        self.stop = None
        self.thread = threading.Thread(target=asyncio.run, args=(self.live(slack),), daemon=True)
        self.thread.start()
        assert self.ready.wait(10)

    async def live(self, slack):
        self.loop, self.stop = asyncio.get_running_loop(), asyncio.Event()
        web = AsyncWebClient(base_url=slack.api_url)
        client = SocketModeClient(slack.app_token, web_client=web, ping_interval=1)

        async def hear(client, request):
            self.seen.append(request)
            if self.silent:
                self.silent -= 1
                return
            answer = self.payload if request.accepts_response_payload else None
            await client.send_socket_mode_response(SocketModeResponse(request.envelope_id, answer))

        client.socket_mode_request_listeners.append(hear)
        await client.connect()
        self.ready.set()
        await self.stop.wait()
        await client.close()

    def close(self):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(10)


@pytest.fixture
def socket_app(slack):
    slack.mode = "socket"
    slack.retry_delays = (0, 0.05, 0.05)
    running = SocketApp(slack)
    slack.wait_for(lambda: slack.connections == 1)
    yield running
    running.close()


def test_everything_comes_over_the_websocket(slack, socket_app):
    anna = slack.user("U1")
    anna.mentions("C1", "hello")
    socket_app.payload = {"text": "only you"}
    anna.commands("hello")
    anna.opens_home()
    kinds = [request.type for request in socket_app.seen]
    assert kinds == ["events_api", "events_api", "slash_commands", "events_api"]
    assert slack.ephemerals[0].text == "only you"
    event = socket_app.seen[0]
    assert not event.accepts_response_payload
    assert event.retry_attempt == 0
    assert event.payload["event"]["channel"] == "C1"
    assert slack.environment() == {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url,
        "SLACK_APP_TOKEN": slack.app_token,
    }  # fmt: skip


def test_what_is_not_acknowledged_comes_again(slack, socket_app):
    slack.answer_seconds = 0.3
    socket_app.silent = 1
    sent = slack.user("U1").says("C1", "x").deliveries[0].wait()
    assert [a.failure for a in sent.attempts] == ["timeout", None]
    first, second = socket_app.seen
    assert first.envelope_id != second.envelope_id
    assert first.payload["event_id"] == second.payload["event_id"]
    assert (second.retry_attempt, second.retry_reason) == (1, "timeout")


def test_websockets_are_renewed(slack, socket_app):
    slack.disconnect("refresh_requested", close_after=0.5)
    slack.wait_for(lambda: len(slack.called("apps.connections.open")) == 2)
    slack.wait_for(lambda: slack.connections == 1)
    assert slack.user("U1").says("C1", "x").deliveries[0].wait().delivered
    slack.cut()
    slack.wait_for(lambda: len(slack.called("apps.connections.open")) == 3)
    slack.wait_for(lambda: slack.connections == 1)
    assert slack.user("U1").says("C1", "y").deliveries[0].wait().delivered


def test_a_ticket_is_good_once(slack):
    answer = refused(slack, "apps_connections_open", app_token=slack.bot_token)
    assert answer["error"] == "not_allowed_token_type"
    url = ask(slack, "apps_connections_open", app_token=slack.app_token)["url"]

    async def twice():
        async with aiohttp.ClientSession() as http:
            async with http.ws_connect(url) as link:
                assert (await link.receive_json())["type"] == "hello"
                await link.ping()
                with pytest.raises(aiohttp.WSServerHandshakeError):
                    await http.ws_connect(url)

    asyncio.run(twice())


def test_a_restart_of_the_app_loses_nothing_kept_here():
    with LocalSlack() as slack:
        slack.mode = "socket"
        slack.retry_delays = (0, 0.5, 2)
        app = SocketApp(slack)
        slack.wait_for(lambda: slack.connections == 1)
        ask(slack, "chat_postMessage", channel="C1", text="kept")
        app.close()
        slack.wait_for(lambda: slack.connections == 0)
        sent = slack.user("U1").says("C1", "while it was away").deliveries[0]
        app = SocketApp(slack)
        assert sent.wait().delivered
        assert [m.text for m in slack.posted("C1")] == ["kept"]
        app.close()
