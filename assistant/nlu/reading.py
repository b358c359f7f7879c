"""From scores to a reading of the message: which topics it asks about, in order, and how sure.

Pure functions over the scores of the whole message and of its segments, so that the rules can be
tested without a model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, Dict, List, Optional, Sequence, Tuple

from assistant.nlu.segments import Segment

FAQ = "faq/"
MOST_TOPICS = 3  # more answers than this in one reply is a wall
MOST_ASKED = 4  # unless each is asked for: nobody counts to three


@dataclass(frozen=True)
class Scored:
    """A text's intents, best first: ((name, probability), …).

    Of a piece, read in the light of the whole message; ``alone``: its best without that light.
    """

    segment: Segment
    ranking: Tuple[Tuple[str, float], ...]
    alone: Optional[Tuple[str, float]] = None

    @property
    def best(self) -> str:
        return self.ranking[0][0]

    @property
    def sure(self) -> float:
        return self.ranking[0][1]


@dataclass(frozen=True)
class Reading:
    """What a message asks: its intent, how sure, and all topics asked about in their order."""

    intent: str  # "faq/<topic>" or a dialogue intent
    confidence: float
    topics: Tuple[str, ...]
    wants_plan: bool
    certain: bool = False  # sure enough to answer without asking back


@dataclass(frozen=True)
class Bars:
    """How sure is sure; the values and their reasons stand in config.yml."""

    maybe: float  # the least confidence at which the whole message is believed at all
    sure: float  # from here it is taken to be what it seems
    piece: float  # a segment among several has less to go by, so it must be clearer
    passing: Tuple[str, ...] = ()  # said in passing: never worth an answer beside another
    standing: Tuple[
        str, ...
    ] = ()  # everybody's situation: stated beside a question, it asks nothing
    general: Tuple[str, ...] = ()  # of more questions than are answered the first to give way
    outright: float = 0.0  # from here one topic is answered without asking back


def read(whole: Scored, pieces: Sequence[Scored], bars: Bars) -> Reading:
    """The reading of a message from the scores of the whole and of its segments."""
    found = _found(whole, pieces, bars)
    if not found:
        return Reading(whole.best, whole.sure, (), False)
    best: Dict[str, float] = {}
    asked = set()
    for name, confidence, asks in found:
        best[name] = max(confidence, best.get(name, 0.0))
        asked |= {name} if asks else set()
    topics = _fitting([name for name in best if is_topic(name)], asked, best, bars)
    wants_plan = "plan" in best
    if topics:
        confidence = max(best[FAQ + t] for t in topics)
        certain = confidence >= max(bars.sure, bars.outright) or len(topics) > 1
        return Reading(FAQ + topics[0], confidence, topics, wants_plan, certain)
    intent, confidence = max(best.items(), key=lambda item: item[1])
    return Reading(intent, confidence, (), wants_plan, confidence >= bars.sure)


def _fitting(
    named: List[str], asked: Collection[str], sure: Dict[str, float], bars: Bars
) -> Tuple[str, ...]:
    """As many topics as fit a reply, in their order.

    "What do I do" beside three things that are asked says no more than they do; then what a story only
    tells gives way to what it asks, and the less sure to the surer.
    """
    general = {FAQ + name for name in bars.general}
    ranked = sorted(named, key=lambda n: (n in general, n not in asked, -sure[n]))
    exact = [n for n in named if n in asked and n not in general]
    most = MOST_ASKED if len(exact) >= MOST_ASKED else MOST_TOPICS
    return tuple(n[len(FAQ) :] for n in named if n in ranked[:most])


def _found(whole: Scored, pieces: Sequence[Scored], bars: Bars) -> List[Tuple[str, float, bool]]:
    """What is believed, in its order: (intent, confidence, whether it is asked); one may come twice."""
    aside = {FAQ + name for name in bars.passing}
    aside |= {p.best for p in pieces if p.segment.is_set_aside}
    found: List[Tuple[str, float, bool]] = []
    if len(pieces) > 1:
        believed = [
            p
            for p in pieces
            if p.sure >= bars.piece and p.best not in aside and not p.segment.is_set_aside
        ]
        asked = [p for p in believed if p.segment.is_question]
        # A story's statements only count where nothing is asked, or where they are very clear.
        stated = {FAQ + name for name in bars.standing}
        for piece in believed:
            clear = piece.sure >= (1 + bars.piece) / 2 and piece.best not in stated
            if piece in asked or not asked or clear:
                found.append((*_new(piece, found, asked, bars, aside), piece in asked))
    if whole.sure >= bars.maybe and whole.best not in [name for name, _, _ in found]:
        if whole.best in aside:
            found = found or [(whole.best, whole.sure, True)]
        elif not any(is_topic(name) for name, _, _ in found) or (
            is_topic(whole.best) and whole.sure >= bars.sure and not _settled(found, pieces)
        ):
            found.insert(0, (whole.best, whole.sure, True))
    return found


def _new(
    piece: Scored,
    found: Sequence[Tuple[str, float, bool]],
    asked: Sequence[Scored],
    bars: Bars,
    aside: Collection[str],
) -> Tuple[str, float]:
    """What a piece adds to what was found before it.

    The whole message's main topic also colours the pieces about something else; a question that
    would only say what another says too is taken for what it says alone, where that is clear.
    """
    said = (piece.best, piece.sure)
    before = [name for name, _, _ in found]
    others = [p.best for p in asked if p is not piece and p.alone and p.alone[0] == p.best]
    if not piece.segment.is_question or piece.best not in (*before, *others):
        return said
    name, sure = piece.alone or said
    return (name, sure) if sure >= bars.sure and name not in aside else said


def _settled(found: Sequence[Tuple[str, float, bool]], pieces: Sequence[Scored]) -> bool:
    """Whether the pieces together explain the message, so that the whole adds nothing."""
    return len(found) >= max(2, len(pieces) - 1)


def is_topic(intent: str) -> bool:
    """Whether an intent is a question with an answer of its own."""
    return intent.startswith(FAQ)
