"""Every kind of payload, as Slack's own examples have it: taken with a 200, and done what it is for."""

import pytest
from slack_wire import PAYLOADS, payload

# What is said to Rasa because of each; None: nothing.
SAID = {
    "message_im": True, "app_mention": True, "ext_shared_channel": True, "foreign_team": True,
    "file_share": True, "slash_command": True, "message_action": True, "view_submission": None,
    "block_actions": None, "message_channels": None, "thread_reply": None, "message_changed": None,
    "message_deleted": None, "bot_message": None, "channel_join": None, "own_message": None,
    "app_home_opened": None, "app_uninstalled": None, "tokens_revoked": None,
    "url_verification": None,
}  # fmt: skip


def test_there_is_a_row_for_each():
    assert set(SAID) == {path.stem for path in PAYLOADS.glob("*.json")}


@pytest.mark.parametrize("name", sorted(SAID))
def test_it_is_taken(desk, slack, brain, name):
    desk()
    body = payload(name)
    event = body.get("event") or {}
    # Places of the examples exist here as well.
    for channel in filter(None, (event.get("channel"), body.get("channel_id"))):
        if isinstance(channel, str) and channel not in slack.channels and channel[0] in "CG":
            slack.channel(channel, name="of-the-example")
    assert slack.send(body).status == 200
    # What comes after it is answered, whatever it was.
    anna = slack.user("U1")
    anna.says(anna.dm, "still there?")
    slack.wait_for(lambda: "echo: still there?" in [m.text for m in slack.posted(anna.dm)])
    said = [t for t in brain.turns if t["text"] and t["text"] != "still there?"]
    assert bool(said) == bool(SAID[name]), said
