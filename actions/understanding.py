"""What a turn tells: the facts in it, read in the light of what was asked, and its questions.

The NLU says which spans are amounts, durations, yes or no (assistant/nlu/facts*.py); only the
dialogue knows that "12,000" answers "how much?" and that "no" answers "are all returns filed?".
This is the one place where a slot of the case is decided.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Mapping, Optional

from rasa_sdk import Tracker

from actions.amounts import is_of_a_part, read_amounts
from actions.short_answers import (
    all_filed,
    asks_by_the_month,
    begins_later,
    changes_the_time,
    goes_on,
    may_be_yes,
    pays_all_of_it,
)
from actions.turn import UNKNOWN, Turn, money

AFTER_DATE = "how_much_time"  # after this answer a date that is told is the one on the notice
SURE_ENOUGH = 0.5  # a dialogue move ("stop") is believed from here in the middle of a question

# A duration outside the plan questions is about paying only when the words say so:
# "do I have 30 days to answer?" is not a plan.
_PAYING = re.compile(r"\b(pay|clear|spread|afford|finish|install?ments?|settle|need|take)", re.I)
# Years beside these, asked about the returns, are years of returns.
_OF_RETURNS = re.compile(
    r"\b(?:miss\w*|unfiled|not filed|late|behind|every|each|never|back|didn'?t|haven'?t)\b", re.I
)
MONTHLY = "minimum_payment"  # the topic that is answered with those figures
# Topics in which a stretch of time is no wish to pay within it.
_NOT_TO_PAY_IN = {
    "how_much_time", "appeal_cap", "cdp_hearing", "statute_of_limitations", "levy_garnish",
    "cost_of_waiting", "plan_decision_time", "payment_crossed_in_mail", "notice_sequence",
    "missed_plan_payment",
}  # fmt: skip
# Asked "all of it by the due date?", this alone is a yes.
_BY_THEN = re.compile(
    r"^\W*(?:all\s+)?(?:by|before|on)\s+(?:the|my|that|its)?\s*(?:due date|deadline|date|then)\b\W*$",
    re.I,
)
_WANTS = re.compile(r"\b(i'?d|i'?ll|i (want|would|will|choose)|set (it|me|this) up)\b", re.I)
_KNOWS_NOT = re.compile(
    r"\b(?:don'?t|dont|do not|not|no)\s+(?:really\s+)?(?:know|sure|certain|idea|clue)\s+(?:yet\s+)?"
    r"(?:what|how (?:much|long|soon)|when|if|whether)\s+(?:i|we)\b[^?]*$",
    re.I,
)
_YES, _NO = {"affirm"}, {"deny"}


def read_turn(tracker: Tracker) -> Turn:
    """Read the latest message of a tracker."""
    running = tracker.active_loop.get("name") == "plan_form"
    return read_message(
        tracker.latest_message,
        tracker.slots,
        tracker.get_slot("requested_slot") if running else None,
    )


def read_message(
    message: Mapping[str, Any], slots: Mapping[str, Any], asked: Optional[str]
) -> Turn:
    """Read one message; ``asked`` is the slot whose question is open, if any.

    ``message`` is Rasa's latest message: text, intent, entities, topics, wants_plan.
    """
    intent = message.get("intent") or {}
    turn = Turn(intent.get("name") or "", float(intent.get("confidence") or 0.0))
    found: Dict[str, List[Mapping[str, Any]]] = {}
    for entity in message.get("entities") or ():
        found.setdefault(entity["entity"], []).append(entity)
    text = message.get("text") or ""

    turn.topics = [str(e["value"]) for e in found.get("topic", ())] or list(
        message.get("topics") or ()
    )
    turn.wants_plan = bool(message.get("wants_plan"))
    turn.certain = bool(message.get("certain", True)) or bool(found.get("topic"))
    turn.nearest = list(message.get("nearest") or ())
    turn.mood, turn.aspect = message.get("mood"), message.get("aspect")
    turn.leans, turn.elsewhere = bool(message.get("leans")), bool(message.get("elsewhere"))
    turn.points = bool(message.get("points"))
    turn.tells, turn.age = bool(message.get("tells")), bool(message.get("age"))
    turn.bare, turn.asked_next = bool(message.get("bare")), message.get("asked_next")
    if found.get("past_hearing"):
        turn.past_hearing = str(found["past_hearing"][-1]["value"])
    turn.tapped, turn.text = bool(found.get("topic")), text
    turn.unsure = bool(found.get("unsure")) or (turn.intent == "dont_know")
    turn.refuses = bool(found.get("refusal")) or (turn.intent == "refuse")

    _read_details(turn, found, text, asked)
    read_amounts(turn, found, text, slots, asked)
    _read_time(turn, found, text, slots, asked)
    _read_statements(turn, found, text, asked)
    _read_yes_or_no(turn, found, asked)
    _read_the_month_asked(turn, slots, text)
    if asked and not turn.certain and _KNOWS_NOT.search(text):
        turn.topics = []  # "I don't know what I can pay" answers the question, whatever it is like
    if asked and found.get("amount") and turn.unsure and not turn.refuses:
        turn.unsure = False  # "idk 90?" says something, if not enough
    if asked and asked not in turn.facts and (turn.unsure or turn.refuses) and not turn.topics:
        turn.facts[asked] = UNKNOWN
    return turn


_PEOPLE = re.compile(r"(?<![\d.,$])\d{1,2}(?![\d.,%])")
_TRUE_ONLY = (  # rare facts: told only when they are so
    "hardship", "bankruptcy", "offer_pending", "final_levy_notice", "lien_notice", "levy_in_place",
    "revenue_officer", "closed_sole_proprietor",
)  # fmt: skip


def _read_details(
    turn: Turn, found: Mapping[str, List[Mapping[str, Any]]], text: str, asked: Optional[str]
) -> None:
    """What makes the result more exact, and what changes the path: each said in its own words."""
    for slot in _TRUE_ONLY:
        if found.get(slot):
            turn.facts[slot] = _true(found[slot][-1]["value"]) or None
    if found.get("existing_plan"):
        turn.facts["existing_plan"] = str(found["existing_plan"][-1]["value"])
    if found.get("filed_on_time"):
        turn.facts["filed_on_time"] = _true(found["filed_on_time"][-1]["value"])
    if found.get("agi"):
        turn.facts["agi"] = str(found["agi"][-1]["value"])
    if found.get("family_size"):
        turn.facts["family_size"] = int(float(found["family_size"][-1]["value"]))
    for amount in found.get("amount", ()):
        value = money(amount["value"])
        if value is None or value <= 0:
            continue
        if amount.get("role") == "now":
            turn.facts["pay_now"] = str(value)
        elif amount.get("role") == "part":
            turn.facts[str(amount["part"])] = str(value)
        elif asked == "agi" and amount.get("role") != "owed" and "agi" not in turn.facts:
            turn.facts["agi"] = str(value)
    if asked == "agi" and found.get("monthly") and "agi" not in turn.facts:
        monthly = money(found["monthly"][-1]["value"])
        turn.facts["agi"] = str(monthly * 12) if monthly is not None else None
    people = _PEOPLE.search(text)
    if asked == "family_size" and people and "family_size" not in turn.facts:
        turn.facts["family_size"] = max(int(people.group()), 1)


def _read_the_month_asked(turn: Turn, slots: Mapping[str, Any], text: str) -> None:
    """ "What would that be a month", with a balance known, wants figures, whatever it leans on."""
    known = turn.facts.get("amount_owed") or slots.get("amount_owed")
    if known in (None, UNKNOWN) or turn.tapped or not asks_by_the_month(text):
        return
    others = [t for t in turn.topics if t != MONTHLY] if turn.certain else []
    turn.topics, turn.certain, turn.by_the_month = [MONTHLY, *others[:1]], True, True


def _read_time(
    turn: Turn,
    found: Mapping[str, List[Mapping[str, Any]]],
    text: str,
    slots: Mapping[str, Any],
    asked: Optional[str],
) -> None:
    """How long they need: days, a monthly amount, or all of it by the due date."""
    if found.get("monthly") and asked != "agi" and "monthly_payment" not in turn.facts:
        turn.facts["monthly_payment"] = str(found["monthly"][-1]["value"])
        turn.facts["days_to_pay"] = None
    about_paying = (
        asked == "days_to_pay"
        or (asked == "returns_filed" and changes_the_time(text))
        or (
            _PAYING.search(text) is not None
            or (
                turn.intent in ("inform", "plan")
                and not (asked == "returns_filed" and _OF_RETURNS.search(text))
            )
        )
        and not (set(turn.topics) & _NOT_TO_PAY_IN and asked is None)
    )
    later = found.get("amount") and begins_later(text)  # "150 in a few months": not within them
    of_a_part = turn.facts.get("monthly_payment") or is_of_a_part(found, slots)
    times = [d for d in found.get("duration", ()) if not (of_a_part and d.get("from_date"))]
    if goes_on(text) and turn.facts.get("monthly_payment"):
        times = []  # "200 for 3 years" is a payment
    if times and about_paying and not found.get("monthly") and not later:
        turn.facts["days_to_pay"] = int(float(times[-1]["value"]))
        turn.facts["monthly_payment"] = None
        turn.facts["pay_in_full"] = None
    if asked == "days_to_pay" and _BY_THEN.match(text):
        turn.facts.update(days_to_pay=0, monthly_payment=None, pay_in_full=None)
    for entity in found.get("pay_in_full", ()):
        if _true(entity["value"]):
            turn.facts.update(days_to_pay=0, monthly_payment=None, pay_in_full=None)
        elif "days_to_pay" not in turn.facts:
            turn.facts["pay_in_full"] = False
            if slots.get("days_to_pay") == 0:
                turn.facts["days_to_pay"] = None
    for entity in found.get("date", ()):
        asks_date = asked == "due_date" or (
            turn.tells
            and AFTER_DATE in (slots.get("last_topics") or ())[-1:]
            and not _PAYING.search(text)
        )
        told = entity.get("role") is None and ("due" in text.lower() or asks_date)
        if entity.get("role") == "due" or told:
            turn.facts["due_date"] = str(entity["value"])[:10]


def _read_statements(
    turn: Turn, found: Mapping[str, List[Mapping[str, Any]]], text: str, asked: Optional[str]
) -> None:
    """Returns filed, direct debit, business: the words say which slot they are for."""
    # "what is direct debit good for?" is a question about it, not the wish to pay so.
    only_asks = turn.topics == ["direct_debit"] and asked is None and not _WANTS.search(text)
    for slot in ("returns_filed", "direct_debit", "payroll_tax"):
        if found.get(slot) and not (slot == "direct_debit" and only_asks):
            turn.facts[slot] = _true(found[slot][-1]["value"])
    if found.get("taxpayer"):
        turn.facts["taxpayer"] = str(found["taxpayer"][-1]["value"])
    if turn.facts.get("payroll_tax") is True and "taxpayer" not in turn.facts:
        turn.facts["taxpayer"] = "business"


def _read_yes_or_no(
    turn: Turn, found: Mapping[str, List[Mapping[str, Any]]], asked: Optional[str]
) -> None:
    if asked is None or asked in turn.facts or turn.unsure or turn.refuses:
        return
    if asked in ("returns_filed", "days_to_pay") and "returns_filed" not in turn.facts:
        filed = all_filed(turn.text, asked == "returns_filed")
        if filed is not None:
            turn.facts["returns_filed"] = filed
            return
    if asked == "days_to_pay":
        if pays_all_of_it(turn.text):
            turn.facts.update(days_to_pay=0, monthly_payment=None, pay_in_full=None)
            return
        # A yes beside a number, or about the returns, is none to paying all of it.
        if "returns_filed" in turn.facts or found.get("amount") or not may_be_yes(turn.text):
            return
    yes = bool(found.get("yes")) or (turn.intent in _YES and turn.confidence >= SURE_ENOUGH)
    no = bool(found.get("no")) or (turn.intent in _NO and turn.confidence >= SURE_ENOUGH)
    if yes == no:
        return
    if asked in ("returns_filed", "payroll_tax", "direct_debit", "filed_on_time"):
        turn.facts[asked] = yes
    elif asked == "days_to_pay" and "monthly_payment" not in turn.facts:
        if yes:
            turn.facts["days_to_pay"] = 0
        elif "pay_in_full" not in turn.facts:
            turn.facts["pay_in_full"] = False


def _true(value: Any) -> bool:
    return str(value).lower() == "true"
