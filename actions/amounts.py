"""Which of the amounts in a message is the balance, which a payment, and which neither.

The words around an amount say much (its ``role``, see assistant/nlu/facts.py); the rest says what is known of the
case already and which question is open.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, List, Mapping, Optional

from actions.short_answers import LEAST_MONTHLY, goes_on, is_a_payment
from actions.turn import UNKNOWN, Turn, money

_CAN_DO = re.compile(r"\b(do|pay|afford|manage|swing|spare|put|send|month)", re.I)
_OF_A_PLAN = re.compile(r"\b(?:monthly|a month|payment plan|payments|installments?)\b", re.I)
_ADDS = re.compile(r"\b(plus|another|in addition|on top|also owe|forgot|as well)\b|\+", re.I)
_BALANCE = re.compile(r"\b(ow(e|es|ed|ing)|balance|bill|notice|letter|total|debt)\b", re.I)
_OWES = re.compile(r"\b(ow(e|es|ed|ing)|balance|bill|notice|says|total|amount|debt)\b", re.I)
_EXACT = re.compile(r"\bexact(?:ly)?\b|\b(?:n|and|some) change\b", re.I)
# Two balances told side by side.
_TWO = re.compile(
    r"\bone(?:'s| is| for| says)\b.*\bother|\b(?:two|2|both) (?:letters|notices|bills|years)\b",
    re.I | re.S,
)
MOST_WORDS_ALONE = 8  # of a message that tells an amount and hardly anything else
_ANOTHER_SUM = ("agi", "family_size", "due_date")  # asked for these, a number is not the balance


def read_amounts(
    turn: Turn,
    found: Mapping[str, List[Mapping[str, Any]]],
    text: str,
    slots: Mapping[str, Any],
    asked: Optional[str],
) -> None:
    """The amount owed (and, asked how long, a plain "I can do 300" as a monthly payment)."""
    amounts = [a for a in found.get("amount", ()) if not a.get("denied")]
    no_time = goes_on(text) or all(time.get("from_date") for time in found.get("duration", ()))
    if asked == "days_to_pay" and no_time and not found.get("monthly"):
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
    known = money(slots.get("amount_owed"))
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
    value = money(amount["value"])
    if value is None or not amount.get("bound"):
        return value
    return value + (1 if amount["bound"] == "over" else -1)


def _add_up_the_split(turn: Turn) -> None:
    """Tax, penalty and interest told, and no total: their sum is the total."""
    parts = [money(turn.facts.get(part)) for part in ("tax", "penalty", "interest")]
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
        value = money(amount["value"]) or Decimal(0)
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
    known = money(slots.get("amount_owed"))
    left = []
    for amount in amounts:
        value = money(amount["value"])
        small = known is not None and value is not None and 0 < value <= known / 2
        if (
            small
            and not amount.get("corrects")
            and not amount.get("once")
            and amount.get("role") not in ("owed", "now", "paid")
            and (
                _CAN_DO.search(text)
                or not amount.get("bare")
                or goes_on(text)
                or is_a_payment(text, value)
            )
        ):
            turn.facts["monthly_payment"] = str(value)
            turn.facts["days_to_pay"] = None
        else:
            left.append(amount)
    return left


def is_of_a_part(found: Mapping[str, List[Mapping[str, Any]]], slots: Mapping[str, Any]) -> bool:
    """ "500 in february", with 12,000 owed: not the date by which all of it is paid."""
    known = money(slots.get("amount_owed"))
    values = [money(a["value"]) for a in found.get("amount", ()) if a.get("role") != "owed"]
    return known is not None and any(v is not None and 0 < v <= known / 2 for v in values)


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
    known = money(slots.get("amount_owed"))
    if known is None or asked == "amount_owed" or _BALANCE.search(text):
        return owed
    if _ADDS.search(text) and not any(amount.get("corrects") for amount in owed):
        return owed
    left = []
    for amount in owed:
        value = money(amount["value"]) or Decimal(0)
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
    known = money(slots.get("amount_owed"))
    if (
        known is None
        or asked not in ("days_to_pay", "returns_filed")
        or turn.facts.get("days_to_pay")
    ):
        return
    small = [
        (a, v)
        for a in amounts
        if (a.get("role") in (None, "payment") and not a.get("once")) or a.get("corrects")
        for v in [money(a["value"])]
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
