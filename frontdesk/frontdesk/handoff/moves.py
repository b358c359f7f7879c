"""The states of a case and every move between them: a pure table, and nothing else decides.

``bot``: the assistant answers (a person was offered, or gave the conversation back). ``waiting``: in
the queue, the assistant still answers. ``with_advisor``: a person answers, the assistant is silent.
``closed``: over, with an outcome; the next hand-over of the conversation is another case.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

BOT: Final = "bot"
WAITING: Final = "waiting"
WITH_ADVISOR: Final = "with_advisor"
CLOSED: Final = "closed"
STATES = (BOT, WAITING, WITH_ADVISOR, CLOSED)

VISITOR: Final = "visitor"
OWNER: Final = "owner"  # the advisor who has the case
ADVISOR: Final = "advisor"  # any advisor
FRONTDESK: Final = "frontdesk"


@dataclass(frozen=True)
class Move:
    """From which state to which, and who may. ``audit``: how the audit log calls it."""

    start: str
    end: str
    who: tuple[str, ...]
    audit: str


MOVES: dict[str, Move] = {
    "ask": Move(BOT, WAITING, (VISITOR,), "case.asked"),
    "cancel": Move(WAITING, BOT, (VISITOR,), "case.cancelled"),
    "claim": Move(WAITING, WITH_ADVISOR, (ADVISOR,), "case.claimed"),
    "transfer": Move(WITH_ADVISOR, WITH_ADVISOR, (OWNER,), "case.transferred"),
    "release": Move(WITH_ADVISOR, WAITING, (OWNER,), "case.released"),
    "lose": Move(WITH_ADVISOR, WAITING, (FRONTDESK,), "case.advisor_gone"),
    "return": Move(WITH_ADVISOR, BOT, (OWNER,), "case.returned"),
    "leave": Move(WITH_ADVISOR, BOT, (VISITOR,), "case.left"),
    "close": Move(WITH_ADVISOR, CLOSED, (OWNER,), "case.closed"),
}

OUTCOMES: dict[str, str] = {
    "answered": "Questions answered",
    "engaged": "Became a client",
    "appointment": "Appointment made",
    "called_back": "Called back",
    "referred": "Referred elsewhere",
    "not_reached": "Could not be reached",
    "other": "Something else",
}


def after(state: str, move: str) -> str | None:
    """The state after a move; ``None`` where it is not allowed."""
    found = MOVES.get(move)
    return found.end if found is not None and found.start == state else None
