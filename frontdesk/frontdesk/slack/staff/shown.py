"""What a card says of a case.

Slack keeps its own copy of it, and people see it who may not sit at the desk. So it holds what somebody
needs to decide whether to come, and nothing by which the visitor could be known: no name, contact,
amount, date or word of the conversation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from frontdesk.handoff import facts, why
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import BOT, CLOSED, OUTCOMES, WAITING, WITH_ADVISOR
from frontdesk.ledger.models import Conversation
from frontdesk.slack.marks import write
from frontdesk.slack.staff import words
from irs.deadlines import ASSUMED

GONE = "gone"
OVER = f"{BOT}:"
MOST_DEADLINES = 4


@dataclass(frozen=True)
class Shown:
    """``key``: two cards with the same key look the same."""

    key: str
    title: str
    lines: tuple[str, ...] = ()
    claim: bool = False

    @property
    def text(self) -> str:
        """For notifications and readers that show no blocks."""
        return write(" ".join([self.title, *(line for line in self.lines if "<!" not in line)]))

    def blocks(self, case: str, desk: str) -> list[dict[str, Any]]:
        """``desk``: the address of the desk's page."""
        told = "\n".join([f"*{write(self.title)}*", *self.lines])
        found: list[dict[str, Any]] = [
            {"type": "section", "text": {"type": "mrkdwn", "text": told, "verbatim": True}}
        ]
        buttons = []
        if self.claim:
            buttons.append(_button("claim", words.CLAIM, value=case, style="primary"))
        if self.key != GONE:
            buttons.append(_button("desk", words.DESK, url=desk))
        if buttons:
            found.append({"type": "actions", "block_id": "case", "elements": buttons})
        return found


def shown(db: Session, case: Case | None, asked_at: datetime, at: datetime) -> Shown:
    """What the card of a wait says now."""
    if case is None:
        return Shown(GONE, words.GONE)
    if case.asked_at != asked_at:
        return Shown(OVER, words.ASKED_AGAIN)
    if case.state == WAITING:
        return _waiting(db, case, at)
    key, name = f"{case.state}:{case.advisor_id or ''}", case.advisor_name or ""
    if case.state == WITH_ADVISOR:
        return Shown(key, words.WITH.format(name=name))
    if case.state == CLOSED:
        outcome = OUTCOMES.get(case.outcome or "", "")
        return Shown(key, words.CLOSED.format(name=name), (write(outcome),) if outcome else ())
    return Shown(key, words.TAKEN_BACK if case.consented_at is None else words.GIVEN_BACK)


def _waiting(db: Session, case: Case, at: datetime) -> Shown:
    told = facts.tellings(db, [case.conversation_id]).get(case.conversation_id, [])
    known = facts.corrected(told, case.corrections)
    rank = why.urgency(case.why, known, at.date()).rank
    kinds = deadlines(known, at)
    conversation = db.get_one(Conversation, case.conversation_id)
    channel = words.CHANNELS.get(conversation.channel, conversation.channel)
    since = case.asked_at or at
    lines = [
        words.WHY.format(why=words.REASONS[case.why]),
        words.URGENCY.format(urgency=words.RANKS[rank]),
        *([words.DEADLINES.format(kinds=write("; ".join(kinds)))] if kinds else []),
        words.FROM.format(channel=write(channel)),
        words.SINCE.format(seconds=int(since.timestamp()), plain=f"{since:%Y-%m-%d %H:%M} UTC"),
        *([words.CALL_BACK] if case.callback_at else []),
    ]
    again = case.waits_from is not None and case.waits_from != case.asked_at
    title = words.BACK if again else words.WAITS
    digest = hashlib.sha256("\n".join([title, *lines]).encode()).hexdigest()[:32]
    return Shown(f"{WAITING}:{digest}", title, tuple(lines), claim=True)


def deadlines(told: dict[str, Any], at: datetime) -> Sequence[str]:
    """The kinds of what runs out soon, or of hearing rights; never their days."""
    found = why.found(told, at.date())
    soon = [
        one.what
        for one in (found.deadlines if found else ())
        if not one.passed
        and (
            one.id in why.HEARING
            or (one.on and one.basis != ASSUMED and (one.on - at.date()).days <= why.SOON_DAYS)
        )
    ]
    return list(dict.fromkeys(soon))[:MOST_DEADLINES]


def _button(action: str, title: str, **more: str) -> dict[str, Any]:
    return {
        "type": "button", "action_id": action,
        "text": {"type": "plain_text", "text": title, "emoji": False}, **more,
    }  # fmt: skip
