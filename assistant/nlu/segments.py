"""A message cut where one thing ends and the next begins.

People put two questions into one message, or bury the question in a story. The classifier looks at
the whole message and at these pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List

MAX_SEGMENTS = 12  # a pasted page is not read whole; the first pieces and the whole still are

_END = re.compile(r"(?<!\b[A-Z])(?<!\bNo)(?<!\bDec)(?<!\bU\.S)[.](?=\s|$)|[?!;\n]+|\s[-–—]\s|:\s")
# "and" joins two clauses only when what follows can start one.
_STARTERS = (
    r"i|i'm|im|i've|ive|we|my|is|are|am|was|do|does|did|can|could|will|would|should|what|whats|what's|"
    r"how|hows|when|where|who|why|which|if|they|he|she|it|this|that|the irs|also|may|must|have|has|u|wat|whn|"
    r"put|take|keep|charge|add|send|lower|remove|stop|file a|get a|get the|pay it|whos|who's|shall|need|any|no\b"
)
_JOINT = re.compile(
    rf"(?:,\s*|\s+)(?:and|but|also|plus|or|n|&|und|nd)\s+(?:if (?:yes|so|not),?\s+)?(?=(?:also\s+|then\s+|by the way\s+)?(?:{_STARTERS})\b)"
    rf"|,\s+(?=(?:is|are|do|does|did|can|could|will|would|should|what|how|when|where|who|why|which)\b)"
    rf"|\s+by the way\b,?",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\?|^\W*(?:(?:and|but|so|ok|okay|please|also)\s+)*(?:is|are|am|was|were|do|does|did|can|could|"
    r"will|would|should|shall|may|must|have|has|what|whats|what's|how|hows|when|where|who|why|which|"
    r"tell me|explain)\b",
    re.IGNORECASE,
)


# "I'm not asking about the lien": said to be left alone.
_SET_ASIDE = re.compile(
    r"^\W*(?:i'?m|i am|im|we'?re|this is|it'?s)?\s*(?:not|n't)\s+(?:asking|talking|here|interested|worried)\b"
    r"|^\W*(?:i|we)\s+(?:do\s*n'?t|do not|dont)\s+(?:want|need|care)\s+(?:a|an|any|the|to|about)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[\s,]*\b(?:and|but|also|plus|or|by the way)\b[\s,:]*)+$", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    """A piece of a message: its text and where it stands."""

    text: str
    start: int
    end: int

    @property
    def is_set_aside(self) -> bool:
        """Whether it says what the person does not ask about."""
        return bool(_SET_ASIDE.search(self.text)) and "?" not in self.text

    @property
    def is_question(self) -> bool:
        """Whether it reads like a question, with or without its mark."""
        return bool(_QUESTION.search(self.text))


def segments(text: str) -> List[Segment]:
    """The pieces of ``text`` in order; pieces of a single word join the one before them."""
    cuts = sorted({m.end() for pattern in (_END, _JOINT) for m in pattern.finditer(text)})
    pieces: List[Segment] = []
    start = 0
    for cut in [*cuts, len(text)]:
        piece = text[start:cut]
        if not piece.strip():
            continue
        if pieces and (len(piece.split()) < 2 or len(pieces[-1].text.split()) < 2):
            first = pieces.pop()
            piece, start = text[first.start : cut], first.start
        pieces.append(Segment(_TAIL.sub("", piece).strip(), start, cut))
        start = cut
    return pieces[:MAX_SEGMENTS]
