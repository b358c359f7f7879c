"""A piece of a message read as several questions, where it may be: lists, and two run into one.

Only what it may mean is found here; whether it does is for whoever knows what the parts are about (the
classifier).
"""

from __future__ import annotations

import re
from typing import List, Tuple

from assistant.nlu.segments import ONLY_BEGUN, Segment

# Where a piece may go on with another question, whatever word stands before: "do they file a lien over
# that does it hit my credit". Whether it does is for whoever knows what the halves are about.
_MAY_GO_ON = re.compile(
    r"(?<=\w)[\s,]+(?=(?:is|are|am|was|will|would|can|could|do|does|did|should|must) \w+|"
    r"(?:by when|after how many|how|what|whats|what's|when|where|who|why|which)\b)",
    re.IGNORECASE,
)
FEWEST_WORDS = 3  # of either half
_LEANT = re.compile(
    r"\b(?:if|whether|when|how|what|why|where|who|which|know|tell|me|ask|see|about|of|on|in|to|for|with|from|by|at|and|or|but|so|because|cuz|cause|since|until|till|before|after|while|once|like|unless|than)\W*$",
    re.IGNORECASE,
)

# Two things under one verb: "tell me the deadline and the consequences", "can I pay by card or by check".
_AND = re.compile(
    r"\s*(?:(?<!\d),\s*(?:and\s+|or\s+)?|,\s+(?:and\s+|or\s+)?|\s(?:and|or|&|\+|plus|n|nor|vs\.?|versus)\s|\s/\s)\s*"
    # "can they garnish my wages take my refund"
    r"|(?<!they)(?<!irs)(?<!you)(?<!it)(?<!\bwe)(?<!\bi)(?<!not)(?<!n't)(?<!\bcant)(?<!wont)(?<!dont)(?<!\bto)\s(?=(?:take|keep|garnish|levy|seize|freeze|grab|ruin|hurt|arrest)\s(?:my|our|me|us|the|a)\b)",
    re.IGNORECASE,
)
_OPENS = r"(?:the|a|an|my|our|your|their|his|her|this|that|any|some)"
_JOINS = r"(?:by|with|in|on|for|of|to|from|about|at|through|without)"
_LAST = re.compile(rf".*\b{_OPENS}\s", re.IGNORECASE | re.DOTALL)
_LAST_JOINED = re.compile(rf".*\s{_JOINS}\s", re.IGNORECASE | re.DOTALL)
_LAST_JOIN = re.compile(rf".*\s(?={_JOINS}\s)", re.IGNORECASE | re.DOTALL)
_LAST_OPEN = re.compile(rf".*\s(?={_OPENS}\s)", re.IGNORECASE | re.DOTALL)
# "freeze my checking" after "will they keep the refund": it shares "will they" and no more.
_DOES = re.compile(
    rf"\w+\s+(?:(?:up|off|out|down|away|back)\s+)?(?:{_OPENS}|{_JOINS}|it|me|us|somebody|someone)\b",
    re.IGNORECASE,
)
_LAST_MODAL = re.compile(
    r".*\b(?:can|could|will|would|do|does|should|may|must)\s+(?:i|they|we|you|he|she|it|the irs)\b",
    re.IGNORECASE | re.DOTALL,
)
MOST_LISTS = 3  # of a piece
MOST_HALVES = 3  # of a piece
MOST_LISTED = 4  # things in a list; more are a story
LONGEST_SECOND = 12  # words; a longer second half says itself what is asked


def lists(piece: Segment) -> List[Tuple[Segment, ...]]:
    """Ways to read a piece as several questions; the later ones are completed from the first.

    Only what it may mean: whether it does is for whoever knows what the parts are about. The whole
    list first, then each way to halve it.
    """
    cuts = list(_AND.finditer(piece.text))
    ways = [[cut] for cut in cuts]
    if 1 < len(cuts) < MOST_LISTED:
        ways.insert(0, cuts)
    return [parts for parts in (_cut(piece, way) for way in ways) if parts][:MOST_LISTS]


def halves(piece: Segment) -> List[Tuple[Segment, ...]]:
    """Ways to read a piece as something and a question that follows it without a mark."""
    found = []
    for cut in _MAY_GO_ON.finditer(piece.text):
        first, second = piece.text[: cut.start()], piece.text[cut.end() :]
        at = piece.start + cut.end()
        way = (Segment(first, piece.start, at), Segment(second, at, piece.end))
        if (
            way[1].is_question
            and min(len(first.split()), len(second.split())) >= FEWEST_WORDS
            and not ONLY_BEGUN.search(first)
            and not _LEANT.search(first)
        ):
            found.append(way)
    return found[:MOST_HALVES]


def _cut(piece: Segment, cuts: List["re.Match[str]"]) -> Tuple[Segment, ...]:
    """The parts of ``piece`` between ``cuts``; none where a part is too short or too long."""
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(piece.text)]
    texts = [piece.text[start:end].rstrip(" ?.!") for start, end in zip(starts, ends)]
    first, later = texts[0], texts[1:]
    if len(first.split()) < 2 or not all(0 < len(t.split()) <= LONGEST_SECOND for t in later):
        return ()
    # What a story tells goes on by itself: "I was on the road and never sent anything in".
    said = [first, *(_completed(first, text) if piece.is_question else text for text in later)]
    places = [piece.start + start for start in starts] + [piece.end]
    return tuple(Segment(*part) for part in zip(said, places, places[1:]))


def _completed(first: str, later: str) -> str:
    """A later part with the words it shares with the first: "can I pay" + "by check"."""
    opening = re.match(rf"(?P<join>{_JOINS})\s|(?P<open>{_OPENS})\s", later, re.IGNORECASE)
    if opening is None:
        does = _DOES.match(later) and _LAST_MODAL.match(first)
        last = [m for m in (_LAST.match(first), _LAST_JOINED.match(first)) if m]
        shared = does or max(last, key=lambda m: m.end(), default=None)
    elif opening.group("join"):
        shared = _LAST_JOIN.match(first)
    else:
        shared = _LAST_OPEN.match(first)
    return f"{shared.group().strip()} {later}" if shared else later
