"""Right, wrong or refused: what a reply is worth to the person who asked.

*right*: it holds what the case needs. *refused*: it does not, but it says so itself: it answers
nothing, or says that it may have misread the question. *wrong*: anything else, and so a person may
act on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant import phrases
from assistant.topics import filled, topics
from tools.quality.cases import OUTSIDE, SINGLE, Case

MOST_WORDS = 180
RIGHT, WRONG, REFUSED = "right", "wrong", "refused"
# Answers that claim nothing about the person's notice: right for what is out of scope.
CLAIMS_NOTHING = {
    "out_of_scope", "other_taxes", "cannot_see_account", "other_language", "spanish",
    "insult_complaint", "feeling_scared", "crisis", "are_you_a_bot", "what_can_you_do", "privacy",
    "talk_to_human", "professional_help", "irs_phone_contact",
}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """``verdict``: one of RIGHT, WRONG, REFUSED. ``asked_back``: the reply said it may be mistaken."""

    verdict: str
    asked_back: bool
    why: str  # empty when right
    said: tuple[str, ...]  # topics whose answer the reply holds


@lru_cache(maxsize=1)
def _openings() -> tuple[tuple[str, str], ...]:
    today = date.today()
    return tuple(
        (topic.name, filled(topic.answer, today).split("\n")[0][:60]) for topic in topics().values()
    )


def said(reply: str) -> tuple[str, ...]:
    """The topics whose answer stands in a reply."""
    return tuple(name for name, opening in _openings() if opening in reply)


def declines(reply: str) -> bool:
    """Whether a reply answers nothing of the matter: it refuses, or says it is not for that."""
    found = set(said(reply))
    quiet = {name for name in found if name in CLAIMS_NOTHING or topics()[name].small_talk}
    return phrases.refuses(reply) or (bool(found) and found == quiet)


def judge(case: Case, replies: Sequence[Sequence[str]]) -> Verdict:
    """The verdict on the replies to a case, one list of texts a turn."""
    turns = ["\n".join(turn) for turn in replies]
    whole = "\n".join(turns)
    asked_back = any(phrases.hedges(turn) for turn in turns)
    faults = _faults(case, turns, whole)
    if case.kind == OUTSIDE:
        if not declines(whole):
            faults.insert(0, "answered as if it knew")
        verdict = RIGHT if not faults else REFUSED if asked_back else WRONG
    elif not faults:
        verdict = RIGHT
    else:
        missed = turns[-1] if turns else ""
        verdict = REFUSED if not missed or declines(missed) or asked_back else WRONG
    return Verdict(verdict, asked_back, "; ".join(faults), said(whole))


def _faults(case: Case, turns: Sequence[str], whole: str) -> list[str]:
    found = [] if whole.strip() else ["no reply"]
    for number, expect in case.expects:
        text = whole if number is None else turns[number] if number < len(turns) else ""
        place = "" if number is None else f"turn {number + 1}: "
        for group in expect.must_any:
            if not any(re.search(pattern, text, re.I) for pattern in group):
                found.append(f"{place}missing {' | '.join(group)}")
        found += [f"{place}says {p}" for p in expect.must_not if re.search(p, text, re.I)]
    if case.kind in (SINGLE, OUTSIDE) and len(whole.split()) > MOST_WORDS:
        found.append(f"{len(whole.split())} words")
    return found
