"""What a short message means after an answer: "and what does that cost?" after direct debit.

The NLU says which aspect is asked (assistant/nlu/leaning.py); the topic answered last says where
that leads. Nothing here is said: see actions/answers.py.
"""

from __future__ import annotations

import re
from typing import Optional, Sequence, Tuple

from actions.understanding import Turn
from assistant.topics import topics

# So clear on its own that it leans on nothing.
CLEAR = 0.9
_TOPIC = re.compile(r"[a-z0-9_]+")
_REASON = re.compile(r"\b(?:because|since|so that|the reason|that is why)\b", re.IGNORECASE)
# A message of these topics never asks about the answer before.
_NEVER = {"thanks", "goodbye", "greeting", "talk_to_human", "insult_complaint", "crisis", "spanish"}


def follow_up(last: Sequence[str], turn: Turn) -> Optional[Tuple[str, Optional[str]]]:
    """(topic, text or None): the topic to answer, or a text to say about it; None if it leans on
    nothing.

    ``last``: the topics answered just before, in order; the last of them is the one meant.
    """
    known = [name for name in reversed(last) if name in topics() and not topics()[name].small_talk]
    if not known or turn.facts or set(turn.topics) & _NEVER:
        return None
    clear = turn.certain and bool(turn.topics) and turn.confidence >= CLEAR
    if turn.aspect is not None:
        for name in known:
            leads = topics()[name].follow_ups.get(turn.aspect)
            if leads is None:
                continue
            if clear and turn.topics[0] != leads and _TOPIC.fullmatch(leads):
                return None
            return (leads, None) if _TOPIC.fullmatch(leads) else (name, leads)
    if clear or not (turn.aspect or turn.leans):
        return None
    near = [n for n in turn.nearest[:3] if n in topics()[known[0]].next]
    if near:
        return near[0], None
    if turn.aspect == "why":
        return known[0], _reason(topics()[known[0]].answer)
    # What points back is most often answered by the answer it points at.
    return (known[0], None) if turn.leans else None


def _reason(answer: str) -> Optional[str]:
    """The paragraph of an answer that gives its reason: after the answer itself, before what to do."""
    paragraphs = answer.strip().split("\n\n")
    given = [p for p in paragraphs if _REASON.search(p)]
    return (given or paragraphs[1:2] or paragraphs)[0]


__all__ = ("CLEAR", "follow_up")
