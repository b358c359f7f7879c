"""What comes to /slack/events from outside: signed, recent, readable, not too large; else nothing."""

import json
import sqlite3
import time
from urllib.parse import quote

import httpx
import pytest
from slack_sdk.signature import SignatureVerifier

EVENT = {
    "type": "message", "channel": "DU1", "channel_type": "im", "user": "U1", "text": "hello",
    "ts": "1700000001.000100", "team": "T1",
}  # fmt: skip


def post(slack, body, secret=None, age=0, content="application/json", **headers):
    stamp = str(int(time.time()) - age)
    signature = SignatureVerifier(secret or slack.signing_secret).generate_signature(
        timestamp=stamp, body=body
    )
    return httpx.post(
        slack.app_url + "/slack/events", content=body,
        headers={
            "content-type": content, "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature, **headers,
        },
    )  # fmt: skip


def nothing_stored(tmp_path):
    with sqlite3.connect(tmp_path / "data" / "frontdesk.db") as database:
        return database.execute("SELECT count(*) FROM message").fetchone()[0] == 0


# A time to come draws nearer while the request is under way, so it is not put at the very limit.
@pytest.mark.parametrize(
    "how", [{"secret": "wrong"}, {"age": 301}, {"age": -400}, {"x-slack-signature": "v0=é"}]
)
def test_a_wrong_or_old_signature_is_401_and_nothing_is_stored(desk, slack, tmp_path, how):
    desk()
    how = {k: v.encode() if isinstance(v, str) and not v.isascii() else v for k, v in how.items()}
    answer = post(slack, json.dumps(slack.envelope(EVENT)), **how)
    assert answer.status_code == 401 and nothing_stored(tmp_path)


def test_no_signature_is_401(desk, slack, tmp_path):
    desk()
    answer = httpx.post(slack.app_url + "/slack/events", json=slack.envelope(EVENT))
    assert answer.status_code == 401 and nothing_stored(tmp_path)


@pytest.mark.parametrize("body", ["{", "[]", "null", '"x"', "\ufffe", ""])
def test_malformed_json_is_400(desk, slack, tmp_path, body):
    desk()
    assert post(slack, body).status_code == 400 and nothing_stored(tmp_path)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "body",
    ["payload=%7B", "payload=[]", "payload=null", "payload=%22x%22", "payload=" + "[" * 90_000],
    ids=["open", "list", "null", "text", "deep"],
)
def test_a_malformed_form_is_400(desk, slack, tmp_path, body):
    desk()
    assert post(slack, body, content=FORM).status_code == 400 and nothing_stored(tmp_path)


@pytest.mark.parametrize("body", ["[" * 90_000, '{"a":' * 90_000], ids=["list", "object"])
def test_json_without_end_is_400(desk, slack, tmp_path, body):
    desk()
    assert post(slack, body).status_code == 400 and nothing_stored(tmp_path)


@pytest.mark.parametrize(
    "event",
    [
        5, None, [], {}, {"type": 5}, {"type": "message"}, {"type": "message", "channel": "D1"},
        {"type": "message", "user": "U1", "ts": "1.1"}, {"type": "app_mention"},
        {"type": "app_home_opened"}, {"type": "app_home_opened", "tab": "home"},
        {"type": "message", "subtype": "message_changed"},
        {"type": "message", "subtype": "message_changed", "message": {"edited": {"ts": "1"}}},
        {"type": "message", "subtype": "message_changed", "message": None},
    ],
)  # fmt: skip
def test_an_event_that_lacks_something_is_never_an_error(desk, slack, tmp_path, event):
    desk()
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    assert post(slack, json.dumps(body)).status_code in (200, 400) and nothing_stored(tmp_path)


@pytest.mark.parametrize(
    "payload",
    [
        {}, {"type": "block_actions"}, {"type": "block_actions", "actions": []},
        {"type": "block_actions", "actions": [{"action_id": "claim", "type": "button"}]},
        {"type": "block_actions", "actions": [{"action_id": "choose:0", "type": "button"}]},
        {"type": "view_submission", "view": {"callback_id": "other"}}, {"type": "new_kind"},
    ],
)  # fmt: skip
def test_a_click_that_lacks_something_is_never_an_error(desk, slack, tmp_path, payload):
    desk()
    body = "payload=" + quote(json.dumps(payload))
    assert post(slack, body, content=FORM).status_code in (200, 400) and nothing_stored(tmp_path)


def test_a_body_over_a_megabyte_is_refused(desk, slack, tmp_path):
    desk()
    body = json.dumps(slack.envelope({**EVENT, "text": "x" * 1_000_001}))
    assert post(slack, body).status_code == 413 and nothing_stored(tmp_path)


def test_an_unknown_event_is_taken_and_ignored(desk, slack, tmp_path):
    desk()
    assert slack.event({"type": "reaction_added", "user": "U1"}).status == 200
    assert slack.event({"type": "something_new"}).status == 200
    assert nothing_stored(tmp_path)


def test_what_could_not_be_written_is_not_acknowledged_and_comes_again(
    desk, slack, brain, monkeypatch, capfd
):
    from sqlalchemy.exc import OperationalError

    from frontdesk.ledger import Ledger

    desk()
    take, failures = Ledger.take, iter([True, True])

    async def failing(self, *given, **more):
        if next(failures, False):
            raise OperationalError("insert", {"text": "my secret words"}, Exception("disk full"))
        return await take(self, *given, **more)

    monkeypatch.setattr(Ledger, "take", failing)
    slack.automatic = True
    anna = slack.user("U1")
    said = anna.says(anna.dm, "my secret words")
    slack.wait_for(lambda: "echo: my secret words" in [m.text for m in slack.posted(anna.dm)], 20)
    assert [a.status for a in said.deliveries[0].attempts] == [503, 503, 200]
    assert [t["text"] for t in brain.turns].count("my secret words") == 1
    assert "secret" not in "".join(capfd.readouterr())


def test_a_first_event_while_slack_itself_fails_is_not_lost(desk, slack):
    slack.fail("auth.test", error="internal_error", times=3)
    desk()
    anna = slack.user("U1")
    anna.says(anna.dm, "hello")
    slack.wait_for(lambda: "echo: hello" in [m.text for m in slack.posted(anna.dm)])


def test_a_slow_slack_delays_no_acknowledgement(desk, slack):
    """Slack waits three seconds, and then tells people that the app does not answer."""
    for method in ("auth.test", "chat.postEphemeral", "views.open", "views.publish"):
        slack.slow(method, seconds=5)
    desk()
    anna = slack.user("U1")
    said = anna.says(anna.dm, "hello")
    assert said.deliveries[0].wait().delivered
    last = slack.wait_posted(anna.dm, count=3)[-1]
    assert anna.opens_home().wait().delivered
    home = slack.wait_for(lambda: slack.home("U1"))
    assert anna.clicks(home, "Fill in a form").wait().delivered
    elsewhere = type(last)(dict(last), "C1", by_app=True)
    assert anna.clicks(elsewhere, "Lien?").wait().delivered  # whispers
    slack.wait_for(lambda: slack.ephemerals)
    assert anna.clicks(home, "Delete my conversation").wait().delivered


def test_slack_asks_whether_the_address_is_ours(desk, slack):
    desk()
    answer = post(slack, json.dumps({"type": "url_verification", "challenge": "abc"}))
    assert answer.status_code == 200 and "abc" in answer.text


def test_a_replayed_request_and_slacks_retries_are_answered_once(desk, slack, brain):
    desk()
    assert slack.im("U1").id == EVENT["channel"]
    body = json.dumps(slack.envelope(EVENT))
    for retry in ({}, {}, {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout"}):
        assert post(slack, body, **retry).status_code == 200
    slack.event(EVENT)  # the same message under another event id
    slack.wait_posted("DU1", count=3)
    assert [t["text"] for t in brain.turns].count("hello") == 1


def test_without_a_token_there_is_no_slack(brain, tmp_path, monkeypatch, capfd):
    from desk import make_app, serving, settings

    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    chosen = settings(brain, tmp_path)
    with serving(make_app(chosen), chosen.port) as url:
        assert httpx.post(url + "/slack/events", json={}).status_code in (404, 405)
        assert httpx.get(url + "/ready").text == "ok"
    assert "slack is off" in "".join(capfd.readouterr())


def test_tokens_that_do_not_go_together_are_a_sentence(monkeypatch):
    from frontdesk.slack.settings import SlackSettings

    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    for name in ("SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ValueError, match="needs SLACK_SIGNING_SECRET"):
        SlackSettings()
