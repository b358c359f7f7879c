"""Says the result: which plan, what each way costs, what next, and where that comes from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Dict, List, Optional, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import plan_words
from actions.base import Button, Events, Safe, buttons_for, say_with_links, today
from actions.case import finer_questions, result, situation, with_direct_debit
from actions.replies import answer, followed
from actions.turn import UNKNOWN
from actions.understanding import read_turn
from assistant.phrases import NOT_CERTAIN
from assistant.topics import HUMAN, PLAN, topics
from irs.assessment import Assessment
from irs.figures import dollars
from irs.told import to_json
from irs.ways import ABOUT_PAYING

# The topics a result of each kind leads to, in the order of their use.
_NEXT: Dict[Optional[str], Sequence[str]] = {
    "hearing_right": (HUMAN, "levy_garnish", "taxpayer_advocate"),
    "revenue_officer": (HUMAN, "representation", "professional_help"),
    "phone_path": (HUMAN, "irs_phone_contact", "professional_help"),
    "existing_plan": ("existing_plan", "plan_fees", HUMAN),
    "pay_in_full": ("how_to_pay", "penalties_interest", HUMAN),
    "short_term": ("online_payment_agreement", "how_to_pay", HUMAN),
    "long_term": ("online_payment_agreement", "plan_fees", HUMAN),
    "partial_payment": ("partial_payment", "cannot_pay_at_all", HUMAN),
    "hardship": ("cannot_pay_at_all", "taxpayer_advocate", HUMAN),
    "form_9465_or_call": ("over_limit", "form_9465", HUMAN),
    "file_returns_first": ("unfiled_returns", "professional_help", HUMAN),
    "professional": (HUMAN, "business_payroll", "representation"),
    "business_call": (HUMAN, "business_payroll", "irs_phone_contact"),
    None: ("short_term_plan", "long_term_plan", HUMAN),
}
# What a short question after the result is about, where the case is urgent.
_OF_FACT = {
    "lien_notice": "lien", "levy_in_place": "levy_release", "final_levy_notice": "notice_lt11",
}  # fmt: skip
MOST_SOURCES = 3
MOST_REASONS = 2  # where something is still open, all of them
_CHANGE: Button = {"title": "Change my answers", "payload": "/start_over"}
_FINER: Button = {"title": "Make it more exact", "payload": "/finer"}
_EXPLAIN: Button = {"title": "Explain this result", "payload": "/explain_result"}


class PlanResult(Safe):
    """Runs when nothing is left to ask."""

    def name(self) -> str:
        return "action_plan_result"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        slots, as_of = tracker.slots, today(tracker)
        found = result(slots, as_of)
        if found.plan is None and slots.get("amount_owed") in (None, UNKNOWN):
            return compare(say, tracker)
        opening = _heard(tracker)
        say.utter_message(text="\n\n".join(p for p in (opening, _plan_and_why(found)) if p))
        costs = _costs(found, with_direct_debit(slots, as_of))
        if costs:
            say.utter_message(text=costs)
        say.utter_message(text=plan_words.steps(found))
        data = {
            "plan": found.plan,
            "facts": to_json(situation(slots)),
            "as_of": as_of.isoformat(),
        }
        _say_sources(say, found, bool(finer_questions(slots, found)), data)
        # "I got an LT11" gets a result at once; then "how many days is that?" is about that letter.
        about = [topic for fact, topic in _OF_FACT.items() if slots.get(fact)]
        return [SlotSet("last_topics", [*about, PLAN]), SlotSet("finer", None)]


class ExplainResult(Safe):
    """Why not the others, what was taken as usual, and what is an estimate."""

    def name(self) -> str:
        return "action_explain_result"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        if tracker.get_slot("amount_owed") in (None, UNKNOWN):
            return _nothing_to_explain(say, tracker)
        found = result(tracker.slots, today(tracker))
        parts = plan_words.explained(found)
        own = {"own": True}
        for part in parts[:-1]:
            say_with_links(say, part, data=own)
        buttons = [_FINER] if finer_questions(tracker.slots, found) else []
        say_with_links(say, parts[-1], [*buttons, _CHANGE, *buttons_for([HUMAN])], data=own)
        return []


def _nothing_to_explain(say: CollectingDispatcher, tracker: Tracker) -> Events:
    """There is no result yet, so the message asked something else: the likeliest topic, said so."""
    turn = read_turn(tracker)
    follow_up = followed(say, tracker, turn)
    if follow_up is not None:
        return follow_up
    near = [n for n in turn.nearest if n in topics()]
    if near and not turn.certain:
        doubt = NOT_CERTAIN.format(title=topics()[near[0]].title)
        said = answer(say, tracker, near[:1], bare=False, lead=doubt, others=near[1:])
        return [SlotSet("last_topics", said)]
    say.utter_message(
        text="There is no result yet. In a few questions I can work out which plan fits, what it "
        "costs, and why.",
        buttons=buttons_for([PLAN, HUMAN]),
    )
    return []


class ComparePlans(Safe):
    """The general comparison, for those who would rather not tell their facts."""

    def name(self) -> str:
        return "action_compare_plans"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        return compare(say, tracker)


def compare(say: CollectingDispatcher, tracker: Tracker) -> Events:
    """Both plans side by side, with their limits; nothing about the person."""
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
    if note in ("over", "under"):
        return (
            f"You said {note} a round sum, so I counted {money}. With the exact total on your "
            "notice I can tell you more."
        )
    if note == "added":
        return f"Added up, that makes {money}."
    return ""


def _plan_and_why(found: Assessment) -> str:
    lines: List[str] = [found.summary]
    if found.reasons:
        lines += ["", "Why:"] + [
            f"- {reason}"
            for reason in (found.reasons if found.plan is None else found.reasons[:MOST_REASONS])
        ]
    if found.assumptions or found.notes:
        lines += ["", *found.assumptions, *found.notes]
    return "\n".join(lines)


def _costs(found: Assessment, by_debit: Assessment) -> str:
    """What the ways cost, and that it is an estimate; nothing where another path comes first."""
    if found.plan not in ABOUT_PAYING:
        return ""
    said = [plan_words.side_by_side(found, by_debit), plan_words.waiting(found)]
    if not any(said):
        return ""
    return "\n\n".join([part for part in said if part] + [" ".join(found.estimates[:2])])


def _say_sources(
    say: CollectingDispatcher, found: Assessment, finer: bool, data: Dict[str, Any]
) -> None:
    """Where the result comes from; ``data`` lets the frontdesk compute it again."""
    links = [
        {"title": f"{r.title} (as of {r.as_of})", "url": r.url} for r in found.references if r.url
    ]
    text = (
        "This comes from the sources below, each with the date of the copy that was read. It is "
        "general information: the date, amount and phone number on your own notice count."
    )
    buttons = buttons_for(_NEXT[found.plan])[:1] + ([_FINER] if finer else []) + [_EXPLAIN, _CHANGE]
    say_with_links(say, text, buttons, links[:MOST_SOURCES], data)
