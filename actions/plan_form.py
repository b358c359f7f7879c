"""The plan questions: takes what was told, asks only what can still change the result."""

from __future__ import annotations

import re
from typing import Any, Mapping, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Events, Safe, say_with_links, today
from actions.case import FACT_SLOTS, next_question
from actions.plan_questions import TRY_AGAIN, asks
from actions.replies import OWN_FIGURES, answer, own_figures
from actions.turn import UNKNOWN, Turn
from actions.understanding import SURE_ENOUGH, read_turn
from assistant.phrases import KIND, LOW, PAST_HEARING
from assistant.topics import filled

MOST_FAILURES = 2
ASIDE, ASIDE_WORDS = 0.3, 4  # a longer message may ask something at less confidence than "whatever"
# Moves that have a rule of their own: the form steps aside for them and comes back.
_MOVES = {
    "stop", "start_over", "why_ask", "explain_generally", "where_from", "repeat", "finer",
    "explain_result",
}  # fmt: skip
_FORGET = (
    *FACT_SLOTS, "amount_parts", "amount_note", "pay_in_full", "failures", "finer",
)  # fmt: skip

# What answers a plan question and asks nothing is no question besides, whatever it is like ("yea filed em
# all"), but for what matters to somebody who tells it. Nor is what tells of the returns before that is asked.
_ANSWERED_ANYWAY = {
    "deceased_taxpayer", "identity_theft", "scam_or_real", "cannot_pay_at_all", "crisis", "already_paid",
}  # fmt: skip
_OF_RETURNS = {"unfiled_returns", "plan_prerequisites"}
_ASKS = re.compile(
    r"\?|\b(?:how|what|when|where|why|who|which)\b"
    r"|\b(?:can|could|do|does|did|is|are|will|would|should) (?:i|we|they|my)\b",
    re.IGNORECASE,
)

_BAD_AMOUNT = {
    "negative": "An amount you owe can't be below zero. For example: 12,000 or $4,350.75.",
    "zero": "If the notice says you owe nothing, there is nothing to plan. If it shows an amount, "
    "please type it, for example 12,000.",
    "large": "That is more than I can work with. Please check the amount, for example 12,000.",
}
_NOTED = "Noted, thank you."
_GIVE_UP = (
    "That's fine, let's leave that question. I'll go on without it, and a person can help too."
)


class ValidatePlanForm(Safe):
    """Runs at each turn of the form; returning nothing hands the turn to a rule."""

    def name(self) -> str:
        return "validate_plan_form"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        if _something_was_done(tracker):
            # An answer or another move came first and took its facts: only ask what is open.
            return [SlotSet("requested_slot", next_question(tracker.slots, today(tracker)))]
        turn = read_turn(tracker)
        asked = tracker.get_slot("requested_slot") if tracker.active_loop.get("name") else None
        events = self._taken(say, tracker, turn, asked)
        if events is None:
            return []
        if turn.mood == LOW:
            say.utter_message(text=KIND[LOW])
        if turn.past_hearing:
            say.utter_message(text=filled(PAST_HEARING, today(tracker)))
        slots = {**tracker.slots, **{e["name"]: e["value"] for e in events}}
        next_one = next_question(slots, today(tracker))
        self._heard(say, tracker, turn, slots, asked if asked == next_one else None)
        return events + [SlotSet("requested_slot", next_one)]

    def _heard(
        self,
        say: CollectingDispatcher,
        tracker: Tracker,
        turn: Turn,
        slots: Mapping[str, Any],
        again: Optional[str],
    ) -> None:
        """What is said to a fact besides the next question: the figures an answer before lacked, or
        that it was noted where the same question, ``again``, follows."""
        if say.messages or not turn.facts:
            return
        last = next(iter((tracker.get_slot("last_topics") or ())[-1:]), "")
        fact, _ = OWN_FIGURES.get(last, ("", None))
        if fact in turn.facts and tracker.get_slot(fact) in (None, UNKNOWN):
            figures = own_figures(last, slots, today(tracker))
            if figures:
                say_with_links(say, figures, data={"own": True})
        elif again and again not in turn.facts:
            say.utter_message(text=_NOTED)

    def _taken(
        self, say: CollectingDispatcher, tracker: Tracker, turn: Turn, asked: Optional[str]
    ) -> Optional[Events]:
        """Slot events of this turn, or None when the turn is no answer to the form."""
        done: Events = [
            SlotSet("failures", 0),
            SlotSet("misunderstood", 0),
            SlotSet("offered", None),
        ]
        if turn.facts:
            of_returns = "returns_filed" in turn.facts and set(turn.topics) <= _OF_RETURNS
            answers = (asked in turn.facts or of_returns) and not _ASKS.search(turn.text)
            told = answers and not (turn.certain and set(turn.topics) & _ANSWERED_ANYWAY)
            if asked and turn.topics and not told and _is_aside(turn, tracker):
                said = answer(say, tracker, turn.topics, bare=True)
                done.append(SlotSet("last_topics", said))
            return turn.events() + done
        if asked is None:  # the form just starts
            return done
        if turn.bad_amount is None:
            if _is_aside(turn, tracker) or (
                turn.intent in _MOVES and turn.confidence >= SURE_ENOUGH
            ):
                return None
            if turn.intent == "plan":
                return done  # they ask for what is under way: ask on
        failures = int(tracker.get_slot("failures") or 0) + 1
        if failures >= MOST_FAILURES:
            say.utter_message(text=_GIVE_UP)
            return [SlotSet(asked, UNKNOWN), SlotSet("failures", 0)]
        again = _BAD_AMOUNT.get(turn.bad_amount or "", TRY_AGAIN[asked])
        say_with_links(say, again, data=asks(asked))
        return [SlotSet("failures", failures)]


def _is_aside(turn: Turn, tracker: Tracker) -> bool:
    """Whether the message asks something of its own rather than being an unreadable answer."""
    text = tracker.latest_message.get("text") or ""
    asked = set(turn.topics) - {"gibberish"}  # an unreadable answer is no question
    return bool(asked) and (
        turn.confidence >= SURE_ENOUGH
        or "?" in text
        or (turn.confidence >= ASIDE and len(text.split()) >= ASIDE_WORDS)
    )


def _something_was_done(tracker: Tracker) -> bool:
    """Whether another action ran since the person's message (an answer, an explanation)."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "action" and event.get("name") not in (
            "plan_form", "action_listen", "action_extract_slots", None,
        ):  # fmt: skip
            return True
    return False


class Finer(Safe):
    """The result is to be more exact: the plan questions go on with what only moves the costs."""

    def name(self) -> str:
        return "action_finer"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        events: Events = [SlotSet("finer", True)]
        slots = {**tracker.slots, "finer": True}
        if not tracker.active_loop.get("name"):
            if (
                slots.get("amount_owed") is not None
                and next_question(slots, today(tracker)) is None
            ):
                say.utter_message(text="I have no more questions: this is as exact as I can be.")
                return events
            events.append(FollowupAction("plan_form"))
        return events


class StartOver(Safe):
    """Forgets the facts of the case; the plan questions begin again."""

    def name(self) -> str:
        return "action_start_over"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        say.utter_message(text="Okay, we start over. What you told me about your case is cleared.")
        events = [SlotSet(name, None) for name in _FORGET]
        if not tracker.active_loop.get("name"):
            events.append(FollowupAction("plan_form"))
        return events
