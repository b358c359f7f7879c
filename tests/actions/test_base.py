"""An action that fails says so, and logs no word of the person."""

import asyncio
import logging

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import SORRY, Safe, buttons_for, today


class Failing(Safe):
    def name(self):
        return "action_failing_in_tests"

    async def act(self, say, tracker):
        raise ValueError("my secret words: " + tracker.latest_message["text"])


def tracker(text="xylophone", **message):
    return Tracker("c", {}, {"text": text, **message}, [], False, None, {}, "action_listen")


def test_a_failing_action_apologises_and_logs_no_words(caplog):
    say = CollectingDispatcher()
    with caplog.at_level(logging.DEBUG):
        events = asyncio.run(Failing().run(say, tracker(), {}))
    assert events == [] and say.messages[0]["text"] == SORRY
    assert "ValueError" in caplog.text and "xylophone" not in caplog.text


def test_the_day_is_the_messages():
    assert today(tracker(metadata={"at": "2026-12-31T23:30:00+00:00"})).isoformat() == "2026-12-31"
    assert today(tracker(metadata={"at": "nonsense"})) == today(tracker())


def test_buttons_are_different_and_at_most_four():
    found = buttons_for(
        ["plan", "human", "talk_to_human", "lien", "is_it_audit", "appeal_cap"], without=["lien"]
    )
    assert [b["title"] for b in found][:2] == ["Find my payment plan", "Talk to a person"]
    assert len(found) == 4 and len({b["payload"] for b in found}) == 4
