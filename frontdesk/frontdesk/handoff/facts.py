"""The facts of a case: what the visitor told by now, and where each of them came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import Session

from frontdesk.documents import card
from frontdesk.handoff import why
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.telling import TOLD
from frontdesk.ledger import Message
from irs.figures import FigureError
from irs.situation import SituationError
from irs.told import day, from_json, to_json

LISTS = ("assumed", "suspensions")


def tellings(db: Session, conversations: Sequence[str]) -> dict[str, list[Message]]:
    """The replies that tell what is known, in order, by conversation; what is held back is not among them."""
    found: dict[str, list[Message]] = {}
    data = cast(Message.data, Text)
    telling = (
        select(Message)
        .where(
            Message.conversation_id.in_(conversations), Message.seq > 0,
            Message.author == "assistant",
            or_(data.like('%"known"%'), data.like('%"facts"%')),
        )
        .order_by(Message.seq)
    )  # fmt: skip
    for message in db.scalars(telling):
        if message.known is not None:
            found.setdefault(message.conversation_id, []).append(message)
    return found


def corrected(messages: Sequence[Message], corrections: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they stand: as last told, with what an advisor corrected.

    A reply made after Rasa was told of a correction counts: it has it, or what the visitor said since.
    """
    told = messages[-1].known or {} if messages else {}
    standing = {n: one["value"] for n, one in corrections.items() if not _taken_up(messages, one)}
    return merged(told, standing)


def _taken_up(messages: Sequence[Message], correction: Mapping[str, Any]) -> bool:
    """Whether the latest reply was made with a correction known to Rasa."""
    return TOLD in correction and bool(messages) and messages[-1].seq > correction[TOLD]


def normal(facts: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Some of the facts as ``irs`` writes them; ``None`` where one is not known."""
    written = to_json(from_json(facts))
    return {name: written.get(name) for name in names}


def merged(told: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Facts with some changed; a change to ``None`` makes a fact unknown."""
    both = {**told, **change}
    both["assumed"] = [name for name in told.get("assumed", ()) if name not in change]
    return {name: value for name, value in both.items() if value not in (None, [])}


def check(facts: Mapping[str, Any]) -> None:
    """Refusal, with a sentence, where a case cannot have these facts."""
    try:
        from_json(facts)
    except (SituationError, ValueError, TypeError, AttributeError) as error:
        what = str(error) if isinstance(error, SituationError) else "they cannot be read."
        raise Refusal("bad_facts", what=what) from None


def sources(messages: Sequence[Message], corrections: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each fact with where it came from.

    ``from`` is "visitor" (``seq``: the reply since which it stands so), "assumed", or "advisor"
    (``by``, ``at``).
    """
    listed: dict[str, dict[str, Any]] = {}
    for message in messages:
        told = message.known or {}
        assumed = told.get("assumed", ())
        for name in [n for n in listed if n not in told]:
            del listed[name]
        for name, value in told.items():
            origin = "assumed" if name in assumed else "visitor"
            before = listed.get(name)
            same = before and before["value"] == value and before["from"] == origin
            if name not in LISTS and not same:
                listed[name] = {"fact": name, "value": value, "from": origin, "seq": message.seq}
    for name, one in corrections.items():
        if _taken_up(messages, one) and listed.get(name, {}).get("value") != one["value"]:
            continue  # the visitor said something else since
        told = {k: v for k, v in one.items() if k != TOLD}
        listed[name] = {"fact": name, "from": "advisor", "seq": None, **told}
    return [listed[name] for name in sorted(listed)]


def assessment(facts: Mapping[str, Any], as_of: date) -> dict[str, Any] | None:
    """What the rules say of facts on a day, for the desk; ``None`` where they say nothing."""
    found = why.found(facts, as_of)
    if found is None:
        return None
    try:
        plan = card.card(facts, as_of)
    except (SituationError, FigureError):
        plan = None
    return {
        "as_of": day(found.as_of), "plan": found.plan, "title": found.title,
        "summary": found.summary, "reasons": list(found.reasons), "why_not": list(found.why_not),
        "options": [
            {"id": o.id, "name": o.name, "verdict": o.verdict, "reasons": list(o.reasons),
             "missing": list(o.missing), "where": o.where}
            for o in found.options
        ],
        "open": [
            {"fact": o.fact, "decides": o.decides, "options": list(o.options)}
            for o in found.open_facts
        ],
        "referrals": [{"reason": r.reason, "same_day": r.same_day} for r in found.referrals],
        "deadlines": [
            {"id": d.id, "what": d.what, "on": day(d.on), "earliest": day(d.earliest),
             "latest": day(d.latest), "basis": d.basis, "passed": d.passed, "words": d.words}
            for d in found.deadlines
        ],
        "notes": [*found.notes, *found.assumptions], "card": plan,
    }  # fmt: skip


def what_if(
    messages: Sequence[Message],
    corrections: Mapping[str, Any],
    change: Mapping[str, Any],
    as_of: date,
) -> dict[str, Any]:
    """The assessment as it would be with some facts changed; nothing is stored."""
    facts = merged(corrected(messages, corrections), change)
    check(facts)
    return {"facts": to_json(from_json(facts)), "assessment": assessment(facts, as_of)}
