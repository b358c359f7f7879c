"""The manifest asks for what the assistant uses and no more, and docs/slack.md says the same."""

import re
from pathlib import Path

from slack_wire import manifest

ROOT = Path(__file__).parents[2]
ADDRESS = "https://chat.firm.example/slack/events"
SCOPES = {
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:write",
}
EVENTS = {"app_home_opened", "app_mention", "message.channels", "message.groups", "message.im"}
NEEDED = {  # Slack's reference of each event
    "app_mention": "app_mentions:read",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
}


def page():
    return (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")


def table(heading):
    """The first column of the table under a heading, without its backticks."""
    part = page().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [cell for row in rows for cell in re.findall(r"`([^`]+)`", row.split("|")[1])]


def test_scopes_are_these_and_no_others():
    oauth = manifest()["oauth_config"]
    assert set(oauth) == {"scopes"}
    assert set(oauth["scopes"]) == {"bot"}, "nothing of a person's own token"
    assert sorted(oauth["scopes"]["bot"]) == sorted(SCOPES)


def test_events_are_these_and_have_their_scopes():
    events = manifest()["settings"]["event_subscriptions"]
    assert sorted(events["bot_events"]) == sorted(EVENTS)
    assert "user_events" not in events
    assert set(NEEDED.values()) <= SCOPES


def test_one_address_for_everything():
    app = manifest()
    (command,) = app["features"]["slash_commands"]
    assert command["command"] == "/cp503"
    assert app["settings"]["interactivity"]["is_enabled"]
    addresses = [
        app["settings"]["event_subscriptions"]["request_url"],
        app["settings"]["interactivity"]["request_url"],
        command["url"],
    ]
    assert addresses == [ADDRESS] * 3


def test_home_messages_and_the_shortcut():
    features = manifest()["features"]
    assert features["app_home"] == {
        "home_tab_enabled": True,
        "messages_tab_enabled": True,
        "messages_tab_read_only_enabled": False,
    }
    (shortcut,) = features["shortcuts"]
    assert shortcut["name"] == "Explain this notice"
    assert (shortcut["type"], shortcut["callback_id"]) == ("message", "explain_notice")


def test_within_the_manifests_limits():
    app = manifest()
    shown, features = app["display_information"], app["features"]
    assert len(shown["name"]) <= 35
    assert len(shown["description"]) <= 140
    assert 174 <= len(shown["long_description"]) <= 4000
    assert len(features["bot_user"]["display_name"]) <= 80
    assert len(features["shortcuts"][0]["name"]) <= 24
    assert len(features["shortcuts"][0]["description"]) <= 150


def test_the_page_names_the_same_scopes_and_events():
    assert sorted(table("What each scope is for")) == sorted(SCOPES)
    assert sorted(table("What Slack tells it")) == sorted(EVENTS)


def test_ten_steps_and_every_setting():
    steps = re.findall(r"^(\d+)\. ", page(), re.MULTILINE)
    assert steps == [str(number) for number in range(1, 11)]
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_APP_TOKEN",
        "SLACK_API_URL",
        "SLACK_STAFF_CHANNEL",
    ):
        assert name in page()
