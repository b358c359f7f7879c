"""Small moves beside the questions: where from, a bare yes or no, once more."""

from __future__ import annotations

import re
from typing import Dict, List

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, Safe, buttons_for, say_with_links, today
from actions.case import references as plan_references
from actions.replies import followed
from actions.understanding import read_turn
from assistant.topics import HUMAN, PLAN, sources, topics

MOST_REFERENCES = 6  # in a reply; the first are those of the answer itself


class ActionWhereFrom(Safe):
    """The references of what was answered last, each with the date of the copy that was read."""

    def name(self) -> str:
        return "action_where_from"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        last = tracker.get_slot("last_topics") or ()
        if PLAN in last:
            found = [
                (r.title, r.url, r.as_of) for r in plan_references(tracker.slots, today(tracker))
            ]
        else:
            found = sources([t for t in last if t in topics()] or ["what_is_cp503"])
        lines: List[str] = []
        links: List[Dict[str, str]] = []
        rest = len(found) - MOST_REFERENCES
        for title, url, day in found[:MOST_REFERENCES]:
            lines.append(f"- {title} (as of {day})" if day else f"- {title}")
            if url:
                links.append({"title": title, "url": url})
        if rest > 0:
            lines.append(f"- and {rest} more, for single figures in it")
        text = "That comes from:\n" + "\n".join(lines) if lines else "That needs no source."
        text += "\n\nRules change. Your own notice and irs.gov always win."
        say_with_links(say, text, buttons_for([PLAN, HUMAN]), links)
        return []


_HEARD = re.compile(r"^\W*(?:ok(?:ay)?|k|alright|all right|got it|right|mhm|i see)\W*$", re.I)


class ActionShortAnswer(Safe):
    """A yes, a no or "I don't know" when no question of ours is open."""

    def name(self) -> str:
        return "action_short_answer"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        follow_up = followed(say, tracker, turn) if turn.aspect else None
        if follow_up is not None:
            return follow_up
        intent = (tracker.latest_message.get("intent") or {}).get("name")
        text = tracker.latest_message.get("text") or ""
        agrees = intent == "affirm" and not _HEARD.match(text)
        if agrees and tracker.get_slot("offered") == PLAN:
            return [SlotSet("offered", None), FollowupAction("plan_form")]
        opening = {
            "affirm": "Good.",
            "deny": "Okay.",
            "dont_know": "That's fine: nobody has all of this in their head.",
            "refuse": "That's fine, you don't have to.",
        }.get(intent or "", "Okay.")
        say.utter_message(
            text=f"{opening} What would you like to know about your CP503? You can type it in "
            "your own words, or tap one of these.",
            buttons=buttons_for(["what_to_do_now", "plan_types", PLAN, HUMAN]),
        )
        return [SlotSet("offered", None)]


class ActionRepeat(Safe):
    """What was said last, once more (inside the plan questions the question itself follows)."""

    def name(self) -> str:
        return "action_repeat"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        if tracker.active_loop.get("name"):
            say.utter_message(text="Of course. The question was:")
            return []
        last = next(
            (e for e in reversed(tracker.events) if e.get("event") == "bot" and e.get("text")), None
        )
        if last is None:
            say.utter_message(text="There is nothing to repeat yet. What would you like to know?")
        else:
            say.utter_message(
                text=last["text"], buttons=(last.get("data") or {}).get("buttons") or []
            )
        return []
