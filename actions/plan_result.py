"""Says the result: which plan, why, why not the others, what next, and where that comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Dict, List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Button, Events, Safe, buttons_for, say_with_links, today
from actions.case import result
from actions.understanding import UNKNOWN
from assistant.topics import HUMAN, PLAN
from irs.figures import dollars
from irs.plans import Assessment

# The topics a result of each kind leads to, in the order of their use.
_NEXT: Dict[str, Sequence[str]] = {
    "pay_in_full": ("how_to_pay", "penalties_interest", "disagree_amount", HUMAN),
    "short_term": ("online_payment_agreement", "how_to_pay", "penalties_interest", HUMAN),
    "long_term": ("online_payment_agreement", "plan_fees", "direct_debit", HUMAN),
    "form_9465_or_call": ("over_limit", "form_9465", "partial_payment", HUMAN),
    "file_returns_first": ("unfiled_returns", "partial_payment", "professional_help", HUMAN),
    "professional": (HUMAN, "business_payroll", "representation"),
    "": ("short_term_plan", "long_term_plan", "plan_prerequisites", HUMAN),
}
MOST_SOURCES = 3
_CHANGE: Button = {"title": "Change my answers", "payload": "/start_over"}


class PlanResult(Safe):
    """Runs when nothing is left to ask."""

    def name(self) -> str:
        return "action_plan_result"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        found = result(tracker.slots, today(tracker))
        if found.plan is None and tracker.get_slot("amount_owed") in (None, UNKNOWN):
            return compare(say, tracker)
        opening = _heard(tracker)
        say.utter_message(text="\n\n".join(p for p in (opening, _plan_and_why(found)) if p))
        say.utter_message(text=_steps(found))
        _say_sources(say, found)
        return [SlotSet("last_topics", [PLAN])]


class ComparePlans(Safe):
    """The general comparison, for those who would rather not tell their facts."""

    def name(self) -> str:
        return "action_compare_plans"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        return compare(say, tracker)


def compare(say: CollectingDispatcher, tracker: Tracker) -> Events:
    """Both plans side by side, with their limits; nothing about the person."""
    from actions.answers import answer

    answer(say, tracker, ["plan_types"], bare=False)
    return [SlotSet("last_topics", ["plan_types"])]


def _heard(tracker: Tracker) -> str:
    """What the amount was taken to be, where it was not said as one plain number."""
    amount = tracker.get_slot("amount_owed")
    if amount in (None, UNKNOWN):
        return ""
    money = dollars(Decimal(str(amount)))
    note = tracker.get_slot("amount_note")
    if note == "range":
        return f"I used the upper end of what you said, {money}."
    if note == "years":
        parts = tracker.get_slot("amount_parts") or {}
        years = " and ".join(f"{dollars(Decimal(v))} for {y}" for y, v in parts.items())
        return f"I added {years}: {money} in all."
    if note == "added":
        return f"Added up, that makes {money}."
    return ""


def _plan_and_why(found: Assessment) -> str:
    lines: List[str] = [found.summary]
    if found.reasons:
        lines += ["", "Why:"] + [f"- {reason}" for reason in found.reasons]
    if found.why_not:
        lines += ["", "Why not the others:"] + [f"- {reason}" for reason in found.why_not]
    if found.assumptions:
        lines += [""] + list(found.assumptions)
    return "\n".join(lines)


def _steps(found: Assessment) -> str:
    lines = ["What to do next:"]
    lines += [f"{number}. {step}" for number, step in enumerate(found.next_steps, 1)]
    if found.have_ready:
        lines += ["", "Have ready: " + "; ".join(found.have_ready) + "."]
    if found.notes:
        lines += [""] + list(found.notes)
    return "\n".join(lines)


def _say_sources(say: CollectingDispatcher, found: Assessment) -> None:
    links = [
        {"title": f"{r.title} (as of {r.as_of})", "url": r.url} for r in found.references if r.url
    ]
    text = (
        "This comes from the sources below, each with the date of the copy that was read. It is "
        "general information: the date, amount and phone number on your own notice count."
    )
    buttons = buttons_for(_NEXT[found.plan or ""])[:3] + [_CHANGE]
    say_with_links(say, text, buttons, links[:MOST_SOURCES], data={"plan": found.plan})
