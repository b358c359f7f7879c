"""What a turn tells: the facts in it, read in the light of what was asked, and its questions.

The NLU says which spans are amounts, durations, yes or no (assistant/nlu/facts*.py); only the
dialogue knows that "12,000" answers "how much?" and that "no" answers "are all returns filed?".
This is the one place where a slot of the case is decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Dict, List, Mapping, Optional, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.short_answers import (
    LEAST_MONTHLY,
    all_filed,
    asks_by_the_month,
    begins_later,
    changes_the_time,
    is_a_payment,
    may_be_yes,
    pays_all_of_it,
)

UNKNOWN = "unknown"
AFTER_DATE = "how_much_time"  # after this answer a date that is told is the one on the notice
SURE_ENOUGH = 0.5  # a dialogue move ("stop") is believed from here in the middle of a question

# A duration outside the plan questions is about paying only when the words say so:
# "do I have 30 days to answer?" is not a plan.
_PAYING = re.compile(r"\b(pay|clear|spread|afford|finish|install?ments?|settle|need|take)", re.I)
_OF_A_PLAN = re.compile(r"\b(?:monthly|a month|payment plan|payments|installments?)\b", re.I)
_CAN_DO = re.compile(r"\b(do|pay|afford|manage|swing|spare|put|send|month)", re.I)
_ADDS = re.compile(r"\b(plus|another|in addition|on top|also owe|forgot|as well)\b|\+", re.I)
_BALANCE = re.compile(r"\b(ow(e|es|ed|ing)|balance|bill|notice|letter|total|debt)\b", re.I)
# Years beside these, asked about the returns, are years of returns.
_OF_RETURNS = re.compile(
    r"\b(?:miss\w*|unfiled|not filed|late|behind|every|each|never|back|didn'?t|haven'?t)\b", re.I
)
_EXACT = re.compile(r"\bexact(?:ly)?\b|\b(?:n|and|some) change\b", re.I)
# Two balances told side by side.
_TWO = re.compile(
    r"\bone(?:'s| is| for| says)\b.*\bother|\b(?:two|2|both) (?:letters|notices|bills|years)\b",
    re.I | re.S,
)
MONTHLY = "minimum_payment"  # the topic that is answered with those figures
MOST_WORDS_ALONE = 8  # of a message that tells an amount and hardly anything else
_OWES = re.compile(r"\b(ow(e|es|ed|ing)|balance|bill|notice|says|total|amount|debt)\b", re.I)
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


@dataclass
class Turn:
    """One message: new values of slots, the questions in it, and what kind of move it is."""

    intent: str
    confidence: float
    facts: Dict[str, Any] = field(default_factory=dict)  # slot -> value
    topics: List[str] = field(default_factory=list)
    wants_plan: bool = False
    certain: bool = True  # else the answer says which question it took the message for
    nearest: List[str] = field(default_factory=list)  # likeliest topics, best first
    mood: Optional[str] = None
    aspect: Optional[str] = None  # of the last answer, asked by a short follow-up
    leans: bool = False  # a short message that points back at the last answer, or goes on from it
    points: bool = False  # of these, one whose words point back
    bare: bool = False  # a short message in which no word names a topic
    asked_next: Optional[Dict[str, Any]] = (
        None  # what people ask after the last answer that it may be
    )
    by_the_month: bool = False  # asks what it is a month, of a balance that is known
    tells: bool = False  # a fact, and asks nothing
    age: bool = False  # tells an age
    elsewhere: bool = False  # names another creditor, office or tax, and nothing of ours
    past_hearing: Optional[str] = None  # a notice with a hearing right, told of long ago
    tapped: bool = False  # one of our own buttons, not typed
    text: str = ""
    bad_amount: Optional[str] = None  # an amount that cannot be one: "negative", "zero", "large"
    unsure: bool = False
    refuses: bool = False

    def events(self) -> List[Dict[str, Any]]:
        """The facts as slot events."""
        return [SlotSet(slot, value) for slot, value in self.facts.items()]


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
    _read_amounts(turn, found, text, slots, asked)
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


def _money(value: Any) -> Optional[Decimal]:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


_PEOPLE = re.compile(r"(?<![\d.,$])\d{1,2}(?![\d.,%])")
_TRUE_ONLY = (  # rare facts: told only when they are so
    "hardship", "bankruptcy", "offer_pending", "final_levy_notice", "lien_notice", "levy_in_place",
    "revenue_officer", "closed_sole_proprietor",
)  # fmt: skip
_ANOTHER_SUM = ("agi", "family_size", "due_date")  # asked for these, a number is not the balance


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
        value = _money(amount["value"])
        if value is None or value <= 0:
            continue
        if amount.get("role") == "now":
            turn.facts["pay_now"] = str(value)
        elif amount.get("role") == "part":
            turn.facts[str(amount["part"])] = str(value)
        elif asked == "agi" and amount.get("role") != "owed" and "agi" not in turn.facts:
            turn.facts["agi"] = str(value)
    if asked == "agi" and found.get("monthly") and "agi" not in turn.facts:
        monthly = _money(found["monthly"][-1]["value"])
        turn.facts["agi"] = str(monthly * 12) if monthly is not None else None
    people = _PEOPLE.search(text)
    if asked == "family_size" and people and "family_size" not in turn.facts:
        turn.facts["family_size"] = max(int(people.group()), 1)


def _read_amounts(
    turn: Turn,
    found: Mapping[str, List[Mapping[str, Any]]],
    text: str,
    slots: Mapping[str, Any],
    asked: Optional[str],
) -> None:
    """The amount owed (and, asked how long, a plain "I can do 300" as a monthly payment)."""
    amounts = [a for a in found.get("amount", ()) if not a.get("denied")]
    if asked == "days_to_pay" and not found.get("duration") and not found.get("monthly"):
        amounts = _monthly_in_disguise(turn, amounts, text, slots)
    owed = [a for a in amounts if _is_owed(a, turn, text, asked)]
    owed = _without_payments(turn, owed, text, slots, asked)
    _read_a_pace_alone(turn, amounts, text, slots, asked)
    values = [(a, _bounded(a)) for a in owed]
    good = [(a, v) for a, v in values if v is not None and 0 < v < Decimal("100000000")]
    if values and not good:
        value = values[0][1]
        turn.bad_amount = "negative" if value is not None and value < 0 else "zero"
        if value is not None and value > 0:
            turn.bad_amount = "large"
        return
    if not good:
        _add_up_the_split(turn)
        return
    known = _money(slots.get("amount_owed"))
    parts = dict(slots.get("amount_parts") or {})
    years = {str(a["tax_year"]): v for a, v in good if a.get("tax_year")}
    corrects = [v for a, v in good if a.get("corrects")]
    note = None
    if len(years) > 1 or (years and set(parts) - set(years) and not corrects):
        parts = {**(parts if not corrects else {}), **{y: str(v) for y, v in years.items()}}
        total = sum((Decimal(v) for v in parts.values()), Decimal(0))
        note = "years"
    elif known and not parts and not corrects and asked != "amount_owed" and _ADDS.search(text):
        total, parts, note = known + sum((v for _, v in good), Decimal(0)), {}, "added"
    elif years and len(good) == 1:
        (year, total), parts = next(iter(years.items())), {}
        parts = {year: str(total)}
    elif corrects:
        total, parts = corrects[-1], {}
    elif known and asked != "amount_owed" and _ADDS.search(text):
        total, parts, note = known + sum((v for _, v in good), Decimal(0)), {}, "added"
    elif len(good) > 1 and (_ADDS.search(text) or (not known and _TWO.search(text))):
        total, parts, note = sum((v for _, v in good), Decimal(0)), {}, "added"
    else:
        told = [v for a, v in good if a.get("role") == "owed"]
        if _EXACT.search(text):  # "5k... 5,118 exactly"
            told = [good[-1][1]]
        total, parts = (told[-1] if told else max(v for _, v in good)), {}
    if any(a.get("low") for a, _ in good) and note is None:
        note = "range"
    if len(good) == 1 and good[0][0].get("bound") and note is None:
        note = str(good[0][0]["bound"])
    turn.facts.update(amount_owed=str(total), amount_parts=parts or None, amount_note=note)


def _bounded(amount: Mapping[str, Any]) -> Optional[Decimal]:
    """An amount as the rules must read it: "over 50k" is not within a limit of 50,000.

    A dollar more or less than said is on the right side of any limit, and reads as an amount.
    """
    value = _money(amount["value"])
    if value is None or not amount.get("bound"):
        return value
    return value + (1 if amount["bound"] == "over" else -1)


def _add_up_the_split(turn: Turn) -> None:
    """Tax, penalty and interest told, and no total: their sum is the total."""
    parts = [_money(turn.facts.get(part)) for part in ("tax", "penalty", "interest")]
    told = [part for part in parts if part is not None]
    if len(told) > 1 and turn.facts.get("tax"):
        turn.facts.update(
            amount_owed=str(sum(told, Decimal(0))), amount_parts=None, amount_note="added"
        )


def _is_owed(amount: Mapping[str, Any], turn: Turn, text: str, asked: Optional[str]) -> bool:
    """Whether an amount is the balance: by its words, or because nothing else was asked."""
    if amount.get("role") == "owed":
        return True
    if amount.get("role") or asked in _ANOTHER_SUM:  # a payment offered, an income
        return False
    if asked == "amount_owed":
        return True
    if amount.get("bare"):  # a number without a sign of money needs more of a hint
        value = _money(amount["value"]) or Decimal(0)
        if asked is None and value >= 1000 and (turn.wants_plan or _OF_A_PLAN.search(text)):
            return True
        return bool(amount.get("corrects") or _OWES.search(text)) or (
            (asked is not None or turn.intent in ("inform", "plan")) and value >= 1000
        )
    return True


def _monthly_in_disguise(
    turn: Turn, amounts: List[Mapping[str, Any]], text: str, slots: Mapping[str, Any]
) -> List[Mapping[str, Any]]:
    """Asked how long, "I can do 300" is what they can pay a month, not a new balance."""
    known = _money(slots.get("amount_owed"))
    left = []
    for amount in amounts:
        value = _money(amount["value"])
        small = known is not None and value is not None and 0 < value <= known / 2
        if (
            small
            and not amount.get("corrects")
            and amount.get("role") != "owed"
            and (_CAN_DO.search(text) or not amount.get("bare") or is_a_payment(text, value))
        ):
            turn.facts["monthly_payment"] = str(value)
            turn.facts["days_to_pay"] = None
        else:
            left.append(amount)
    return left


def _without_payments(
    turn: Turn,
    owed: List[Mapping[str, Any]],
    text: str,
    slots: Mapping[str, Any],
    asked: Optional[str],
) -> List[Mapping[str, Any]]:
    """Once the balance is known, an amount told in passing is no new one.

    It is where the words say so, where it puts the old one right, or where it is about as much and told by
    itself ("13,800 i checked").
    """
    known = _money(slots.get("amount_owed"))
    if known is None or asked == "amount_owed" or _BALANCE.search(text):
        return owed
    if _ADDS.search(text) and not any(amount.get("corrects") for amount in owed):
        return owed
    left = []
    for amount in owed:
        value = _money(amount["value"]) or Decimal(0)
        pace = asked in ("days_to_pay", "returns_filed") and value <= known / 2
        corrects = amount.get("corrects") and not pace
        said = amount.get("role") == "owed" or corrects or amount.get("tax_year")
        alone = len(text.split()) <= MOST_WORDS_ALONE and not turn.facts.get("monthly_payment")
        if said or _same_digits(value, known) or value <= 0 or (alone and value > known / 2):
            left.append(amount)
    return left


def _read_a_pace_alone(
    turn: Turn,
    amounts: List[Mapping[str, Any]],
    text: str,
    slots: Mapping[str, Any],
    asked: Optional[str],
) -> None:
    """A small amount told inside the plan questions is what they can pay a month.

    Of several the last that puts the one before right: "350.. no sorry 250".
    """
    known = _money(slots.get("amount_owed"))
    if (
        known is None
        or asked not in ("days_to_pay", "returns_filed")
        or turn.facts.get("days_to_pay")
    ):
        return
    small = [
        (a, v)
        for a in amounts
        if a.get("role") in (None, "payment") or a.get("corrects")
        for v in [_money(a["value"])]
        if v is not None and LEAST_MONTHLY <= v <= known / 2 and not _same_digits(v, known)
    ]
    if not small:
        return
    right = [v for a, v in small if a.get("corrects")]
    if turn.facts.get("monthly_payment"):
        if right and not _BALANCE.search(text):  # "200 a month.. actually make it 225"
            turn.facts["monthly_payment"] = str(right[0])
        return
    amount, value = small[0]
    known_pace = any(
        slots.get(slot) not in (None, UNKNOWN) for slot in ("days_to_pay", "monthly_payment")
    )
    if right:
        value = right[0]
    elif known_pace and not is_a_payment(text, value):
        return  # "yes filed, cost me $300 at the office" changes no payment
    elif not (not amount.get("bare") or _CAN_DO.search(text) or is_a_payment(text, value)):
        return
    if not _BALANCE.search(text):
        turn.facts.update(monthly_payment=str(value), days_to_pay=None)


def _same_digits(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts differ by zeros only: "no like 1200" after 12,000 is a slip put right."""
    first, second = (f"{amount:.2f}".replace(".", "").rstrip("0") for amount in (one, other))
    return first == second


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
    if found.get("duration") and about_paying and not found.get("monthly") and not later:
        turn.facts["days_to_pay"] = int(float(found["duration"][-1]["value"]))
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


__all__: Tuple[str, ...] = ("UNKNOWN", "Turn", "read_message", "read_turn")
