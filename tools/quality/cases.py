"""The cases of the evaluation sets, each a JSON line; nothing in them is trained on.

A case is a message (``text``) or a conversation (``turns``). ``must_any``: every list needs one
pattern that is found in the reply; ``must_not``: none may be found. They stand in the case (then the
whole conversation is searched), in its ``expect``, or on single turns (then only that turn's reply).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SINGLE, SEVERAL, OUTSIDE, FOLLOW_UPS, PLANS = (
    "single questions", "several questions", "out of scope", "follow-ups", "plan conversations",
)  # fmt: skip
_OF_FILE = {
    "several": SEVERAL,
    "out_of_scope": OUTSIDE,
    "follow_ups": FOLLOW_UPS,
    "conversations": PLANS,
    "dialogues": PLANS,
}


@dataclass(frozen=True)
class Expect:
    """What a reply must hold (one of each list) and must not hold; patterns, case ignored."""

    must_any: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()

    @classmethod
    def of(cls, found: dict[str, Any]) -> Expect | None:
        """The expectation in a line or a turn; None where it holds none."""
        if not found.get("must_any") and not found.get("must_not"):
            return None
        return cls(
            tuple(tuple(group) for group in found.get("must_any") or ()),
            tuple(found.get("must_not") or ()),
        )


@dataclass(frozen=True)
class Case:
    """One case. ``expects``: (turn number or None for the whole conversation, expectation)."""

    id: str
    kind: str
    turns: tuple[str, ...]
    expects: tuple[tuple[int | None, Expect], ...]
    topics: tuple[str, ...] = ()  # asked about; the first is the one it is counted under
    also: tuple[str, ...] = ()  # topics whose answer would be as right
    style: str = ""

    @property
    def text(self) -> str:
        """The message, or the turns of the conversation."""
        return " / ".join(self.turns)

    def typed(self, turns: tuple[str, ...]) -> Case:
        """The same case in other letters."""
        return replace(self, turns=turns)


def read_case(line: str, kind: str) -> Case:
    """A case of one JSON line; KeyError or ValueError where it is none."""
    found = json.loads(line)
    turns = [{"user": found["text"]}] if "text" in found else found["turns"]
    expects: list[tuple[int | None, Expect]] = []
    whole = Expect.of(found.get("expect") or found)
    if whole:
        expects.append((None, whole))
    for number, turn in enumerate(turns):
        own = Expect.of(turn) if "turns" in found else None
        if own:
            expects.append((number, own))
    topics = found.get("topics") or [found.get("topic") or found.get("kind") or kind]
    return Case(
        found["id"], kind, tuple(t["user"] for t in turns), tuple(expects), tuple(topics),
        tuple(found.get("also") or ()), found.get("style", ""),
    )  # fmt: skip


def read_file(path: Path) -> list[Case]:
    """All cases of a file; its name says what kind they are."""
    kind = next((kind for name, kind in _OF_FILE.items() if path.stem.startswith(name)), SINGLE)
    lines = path.read_text("utf-8").splitlines()
    return [read_case(line, kind) for line in lines if line.strip()]


def held_apart() -> list[Case]:
    """The project's own cases."""
    return [
        c for path in sorted((ROOT / "tests" / "eval").glob("*.jsonl")) for c in read_file(path)
    ]
