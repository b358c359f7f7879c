"""The plan questions: takes what was told, asks only what can still change the result."""

from __future__ import annotations

from abc import abstractmethod
from typing import Dict, List, Optional

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import answer
from actions.base import Button, Events, Safe, today
from actions.case import next_question
from actions.understanding import SURE_ENOUGH, UNKNOWN, Turn, read_turn
from irs.figures import figure

MOST_FAILURES = 2
ASIDE, ASIDE_WORDS = 0.3, 4  # a longer message may ask something at less confidence than "whatever"
# Moves that have a rule of their own: the form steps aside for them and comes back.
_MOVES = {"stop", "start_over", "why_ask", "explain_generally", "where_from", "repeat"}
_FORGET = (
    "amount_owed", "amount_parts", "amount_note", "days_to_pay", "pay_in_full", "monthly_payment",
    "returns_filed", "taxpayer", "payroll_tax", "direct_debit", "due_date", "failures",
)  # fmt: skip

WHY_BUTTON = {"title": "Why do you ask?", "payload": "/why_ask"}
REFUSE_BUTTON = {"title": "I'd rather not say", "payload": "/refuse"}
UNSURE_BUTTON = {"title": "I'm not sure", "payload": "/dont_know"}

_TRY_AGAIN = {
    "amount_owed": "I couldn't read that as an amount. For example: 12,000 or $4,350.75.",
    "days_to_pay": "I couldn't read that as a time. For example: 90 days, 3 years, or 300 a month.",
    "returns_filed": 'I didn\'t catch whether all are filed. A yes, a no or "not sure" is enough.',
    "payroll_tax": 'I didn\'t catch that. A yes, a no or "not sure" is enough.',
}
_BAD_AMOUNT = {
    "negative": "An amount you owe can't be below zero. For example: 12,000 or $4,350.75.",
    "zero": "If the notice says you owe nothing, there is nothing to plan. If it shows an amount, "
    "please type it, for example 12,000.",
    "large": "That is more than I can work with. Please check the amount, for example 12,000.",
}
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
        slots = {**tracker.slots, **{e["name"]: e["value"] for e in events}}
        return events + [SlotSet("requested_slot", next_question(slots, today(tracker)))]

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
            if asked and turn.topics and _is_aside(turn, tracker):
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
        say.utter_message(text=_BAD_AMOUNT.get(turn.bad_amount or "", _TRY_AGAIN[asked]))
        return [SlotSet("failures", failures)]


def _is_aside(turn: Turn, tracker: Tracker) -> bool:
    """Whether the message asks something of its own rather than being an unreadable answer."""
    text = tracker.latest_message.get("text") or ""
    return bool(turn.topics) and (
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


class _Question(Safe):
    """A question of the form, with its buttons."""

    slot = ""

    def name(self) -> str:
        return f"action_ask_plan_form_{self.slot}"

    @abstractmethod
    def words(self, tracker: Tracker) -> str:
        """The question as it is put now."""

    def buttons(self, tracker: Tracker) -> List[Button]:
        """Answers to tap."""
        return [REFUSE_BUTTON, WHY_BUTTON]

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        say.utter_message(text=self.words(tracker), buttons=self.buttons(tracker))
        return []


class AskAmount(_Question):
    """How much is owed."""

    slot = "amount_owed"

    def words(self, tracker: Tracker) -> str:
        return (
            "How much is the total on your notice? That is tax, penalties and interest together. "
            "About is fine."
        )


class AskTime(_Question):
    """How long until all is paid."""

    slot = "days_to_pay"

    def words(self, tracker: Tracker) -> str:
        if tracker.get_slot("pay_in_full") is False:
            return "How long would you need to pay all of it, or how much could you pay a month?"
        return (
            "Could you pay all of it by the due date on your notice? If not, how long would you "
            "need, or how much could you pay a month?"
        )

    def buttons(self, tracker: Tracker) -> List[Button]:
        days = figure("short_term_max_days", today(tracker))
        return [
            {"title": "All by the due date", "payload": '/inform{"pay_in_full": "true"}'},
            {
                "title": f"Within {days.text}",
                "payload": f'/inform{{"duration": "{int(days.value)}"}}',
            },
            UNSURE_BUTTON,
            WHY_BUTTON,
        ]


class AskReturns(_Question):
    """Whether all required returns are filed."""

    slot = "returns_filed"

    def words(self, tracker: Tracker) -> str:
        return "Have you filed all the tax returns you had to file, also for other years?"

    def buttons(self, tracker: Tracker) -> List[Button]:
        return [
            {"title": "Yes, all filed", "payload": '/inform{"returns_filed": "true"}'},
            {"title": "No, one is missing", "payload": '/inform{"returns_filed": "false"}'},
            UNSURE_BUTTON,
            WHY_BUTTON,
        ]


class AskPayroll(_Question):
    """Whether a business owes payroll tax; asked only where a business was named."""

    slot = "payroll_tax"

    def words(self, tracker: Tracker) -> str:
        return "Does the business have employees, so that the notice is about payroll tax?"

    def buttons(self, tracker: Tracker) -> List[Button]:
        return [
            {"title": "Yes, payroll tax", "payload": '/inform{"payroll_tax": "true"}'},
            {"title": "No payroll tax", "payload": '/inform{"payroll_tax": "false"}'},
            UNSURE_BUTTON,
            WHY_BUTTON,
        ]


class ExplainQuestion(Safe):
    """Why a question is asked; the form asks it again right after."""

    def name(self) -> str:
        return "action_explain_question"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        as_of = today(tracker)
        asked = tracker.get_slot("requested_slot") if tracker.active_loop.get("name") else None
        words: Dict[str, str] = {
            "amount_owed": "The amount decides which plans are open: a short-term plan needs less "
            f"than {figure('short_term_limit', as_of).text}, a long-term plan "
            f"{figure('long_term_online_limit_individual', as_of).text} or less. A rough figure "
            "is enough, and you don't have to say.",
            "days_to_pay": f"The time decides the kind of plan: up to "
            f"{figure('short_term_max_days', as_of).text} is a short-term plan without a set-up "
            "fee; longer is a monthly plan.",
            "returns_filed": "The IRS turns down a payment plan while a required return is "
            "missing, so this decides what comes first.",
            "payroll_tax": "Payroll tax has stricter rules, so a business that owes it should "
            "talk to a professional before it asks for a plan.",
        }
        text = words.get(
            asked or "",
            "I only ask for what decides which payment plan fits: how much, how long, and whether "
            "all returns are filed. You can leave out anything you like.",
        )
        say.utter_message(text=text)
        return []


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
