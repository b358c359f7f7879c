"""The plan questions as a form: all at once, checked before they are taken."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from frontdesk.settings import Settings
from frontdesk.slack import words

CALLBACK = "plan_form"
MOST = Decimal("999999999")
Block = dict[str, Any]

_TIMES = {
    "due": ("All by the due date", "I can pay all of it by the due date"),
    "180": ("Within 180 days", "I can pay it within 180 days"),
    "monthly": ("So much a month (below)", ""),
    "unsure": ("I'm not sure", ""),
}
_RETURNS = {
    "yes": ("Yes, all filed", "all my returns are filed"),
    "no": ("No, one is missing", "a return is not filed"),
    "unsure": ("I'm not sure", ""),
}


def view(settings: Settings) -> dict[str, Any]:
    """The modal."""
    consent = words.CONSENT.format(
        firm=settings.firm["name"] or words.THE_FIRM, days=settings.keep_days
    )
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": _plain("Find my payment plan"),
        "submit": _plain("I agree, work it out"),
        "close": _plain("Cancel"),
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": consent}},
            _input("amount", "Total on your notice, in dollars", _text("12,000")),
            _input("time", "How fast could you pay it?", _choice(_TIMES)),
            _input("monthly", "So much a month, in dollars", _text("300"), optional=True),
            _input("returns", "Have you filed all tax returns you had to?", _choice(_RETURNS)),
        ],
    }


def read(submitted: dict[str, Any]) -> tuple[dict[str, str], str]:
    """({block: what is wrong}, the facts as one message in the person's name)."""
    values = (submitted.get("state") or {}).get("values") or {}
    wrong: dict[str, str] = {}
    amount = _money(values, "amount")
    if amount is None:
        wrong["amount"] = "Please type an amount above $0, for example 12,000."
    time, returns = _chosen(values, "time", _TIMES), _chosen(values, "returns", _RETURNS)
    if time is None:
        wrong["time"] = "Please choose one."
    if returns is None:
        wrong["returns"] = "Please choose one."
    monthly = _money(values, "monthly")
    if monthly is None and (time == "monthly" or _typed(values, "monthly")):
        wrong["monthly"] = "Please type a monthly amount above $0, for example 300."
    elif monthly is not None and time in ("due", "180"):
        wrong["monthly"] = "Leave this empty, or choose “So much a month” above."
    if wrong:
        return wrong, ""
    assert amount is not None and time is not None and returns is not None
    pace = f"I can pay ${monthly:,} a month" if time == "monthly" else _TIMES[time][1]
    facts = [f"I owe ${amount:,}", pace, _RETURNS[returns][1]]
    return {}, ", ".join(fact for fact in facts if fact)


def _money(values: dict[str, Any], name: str) -> Decimal | None:
    typed = re.sub(r"[\s,$]", "", _typed(values, name))
    if not re.fullmatch(r"\d{1,9}(\.\d{1,2})?", typed):
        return None
    try:
        amount = Decimal(typed)
    except InvalidOperation:
        return None
    return amount if 0 < amount <= MOST else None


def _typed(values: dict[str, Any], name: str) -> str:
    return str(((values.get(name) or {}).get(name) or {}).get("value") or "").strip()


def _chosen(values: dict[str, Any], name: str, among: dict[str, Any]) -> str | None:
    option = ((values.get(name) or {}).get(name) or {}).get("selected_option") or {}
    return option.get("value") if option.get("value") in among else None


def _plain(text: str) -> Block:
    return {"type": "plain_text", "text": text, "emoji": False}


def _input(name: str, label: str, element: Block, optional: bool = False) -> Block:
    return {
        "type": "input", "block_id": name, "label": _plain(label), "optional": optional,
        "element": {"action_id": name, **element},
    }  # fmt: skip


def _text(example: str) -> Block:
    return {"type": "plain_text_input", "max_length": 20, "placeholder": _plain(example)}


def _choice(among: dict[str, tuple[str, str]]) -> Block:
    options = [{"text": _plain(title), "value": key} for key, (title, _) in among.items()]
    return {"type": "radio_buttons", "options": options}
