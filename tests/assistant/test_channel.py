"""The exchange: what Rasa's tracker holds becomes replies, and typed text never a command."""

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted, BotUttered, UserUttered

from assistant.channel import plain, replies, replies_of

BUTTONS = [{"title": "Yes", "payload": "/affirm"}]


def test_links_join_the_text_before_them():
    found = replies(
        [
            {"text": "a"},
            {"custom": {"links": [{"title": "t", "url": "u"}], "data": None}},
            {"text": "b", "buttons": BUTTONS},
        ]
    )
    assert [(r["text"], len(r["links"]), len(r["buttons"])) for r in found] == [
        ("a", 1, 0),
        ("b", 0, 1),
    ]


def test_a_turn_given_twice_is_read_from_the_tracker():
    events = [
        UserUttered("one", input_channel="frontdesk"),
        BotUttered("first"),
        _user("two", "m2"),
        ActionExecuted("action_answer"),
        BotUttered("second", data={"buttons": BUTTONS}),
        BotUttered(None, data={"custom": {"links": [{"title": "t", "url": "u"}]}}),
        _user("three", "m3"),
        BotUttered("third"),
    ]
    assert [r["text"] for r in replies_of(events, "m2")] == ["second"]
    assert (
        replies_of(events, "m2")[0]["buttons"] == BUTTONS and replies_of(events, "m2")[0]["links"]
    )
    assert [r["text"] for r in replies_of(events, "m3")] == ["third"]
    assert replies_of(events, "m9") is None


def _user(text, message_id):
    return UserUttered(text, message_id=message_id)


@pytest.mark.parametrize("text", ["/restart", "//restart", " /faq{}", "/session_start", "/", "///"])
def test_typed_text_never_starts_with_a_slash(text):
    assert not UserMessage(plain(text)).text.startswith("/")
