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
    r"put|take|keep|charge|add|send|lower|remove|stop|file a|get a|get the|pay it|whos|who's|shall|need|any|no\b|by when|"
    r"(?:by|at|in|on|for|from|to|under|with|until|after|since) (?:which|what|whom|how|when)"
)
_ASKS = r"(?:am i|is|are|do|does|did|can|could|will|would|should|what|how|when|where|who|why|which|wat|whn)"
_IF_SO = r"if (?:yes|so|not|(?:it|this|that|i|we|they) (?:is|am|are|do|does|can|will)(?: not)?)"
_JOINT = re.compile(
    rf"(?:,\s*|\s+)(?:and|but|also|plus|or|n|&|\+|und|nd)\s+(?:{_IF_SO},?\s+)?(?=(?:also\s+|then\s+|by the way\s+)?(?:{_STARTERS})\b)"
    rf"|(?:,\s*|\s+)(?:an|so|then)\s+(?={_ASKS}\b)|,\s+(?={_ASKS}\b)|\s+by the way\b,?"
    r"|(?:,\s*|\s+)(?:and|or)\s+(?=whether\b)|,\s+(?=whether\b)",
    re.IGNORECASE,
)
# "1) can I … 2) what does …", "(a) … (b) …", "#1 … #2 …", "(i) … (ii) …", "a/ … b/ …", "q1 … q2 …"
_NUMBERED = re.compile(
    r"(?:^|\s)(?:\(?[1-5][).]|\(?[a-e]\)|#[1-5][).:]?|\((?:i{1,3}|iv)\)|q[1-5][).:]?|[a-e]/)\s(?=\s*[a-z])",
    re.IGNORECASE,
)
# "1-is it real 2-what do I do", where the message begins so: "a 5-year plan" counts nothing.
_DASHED = re.compile(r"(?:^|\s)[1-5]-\s?(?=[a-z])", re.IGNORECASE)
# "Three things please": says that questions come, and is none.
_ANNOUNCES = re.compile(
    r"^\W*(?:(?:hi|hello|hey|ok|okay|so|just|i have|i've got|i got|kindly|please)\W+)*"
    r"(?:a couple(?: of)?|a few|few|several|some|two|three|four|2|3|4)\s+(?:quick\s+|short\s+)?(?:questions?|things?|points?)"
    r"(?:\W+(?:please|pls|plz|if i may|for you|here|today|then))*\W*$",
    re.IGNORECASE,
)
# Run together without a mark: "why did I get this how long do I have". A question word that the word
# before it leans on ("tell me how", "no idea what", "and how") begins nothing new.
_RUN_ON = re.compile(
    r"(?<=\w)\s+(?=(?:how (?:long|much|many|do|can|does|will)|where (?:do|can|is)|"
    r"what (?:is|are|do|does|happens|if)|whats|what's|why (?:did|do|am|is|are|does|i|we|they|u)|who (?:do|can|is)|"
    r"when (?:do|is|will|does)|which (?:is|one|form)|what number|(?:can|do|will|should|could|would|must) (?:i|they|we|you|u)|"
    r"(?:can|will|could|would|does|is|are) (?:it|he|she|my|the)|"
    r"does (?:it|this|that|the irs|my)|is (?:there|it|this|that)|are (?:they|there)|am i|did (?:i|they|we|it))\b)",
    re.IGNORECASE,
)
# Always begins something new, whatever stands before: "if they say no to that what about a pause".
_WHAT_ABOUT = re.compile(r"(?<=\w)\s+(?=(?:what|how) about\b)", re.IGNORECASE)
_LEANT_ON = re.compile(
    r"\b(?:how|what|whats|what's|when|where|who|why|which|if|whether|that|than|know|knew|tell|(?<!id\.)me|see|ask|asking|"
    r"asked|wonder|wondering|explain|understand|sure|idea|about|figure|(?:figure|find|found|check|work|make|sort|point) out|of|on|in|to|for|with|from|by|at|and|or|but|so|"
    r"as|is|are|was|be|much|many|long|then|also|just|really|even|because|since|until|before|after|while|once|like|unless|"
    r"matter|depends|exactly|please|ok|okay|hi|hello|hey|well|only|all|(?:only|whole|first|other|next|same) thing|way|not|never|show|(?<!\bmy )(?<!\ba )(?<!\bthe )check|say|says|said|"
    r"decide|confused|clear|unclear|remember|forget|guess|think|the|a|an|my|every|each|day|time|amount|options?)\W*$",
    re.IGNORECASE,
)
# So does a question that has only said of what it asks: "what plan | can I have", "how many years | do I get".
ONLY_BEGUN = re.compile(
    r"\b(?:what|which|how)(?:\s+(?!(?:is|are|was|am|do|does|did|can|could|will|would|should|if|happens|about|to|i|it|they|we)\b)"
    r"[\w']+){1,3}\s*$",
    re.IGNORECASE,
)
# Anger let out in front of what is meant, without a mark between: "this is ridiculous | I never got a first notice".
_VENTED = re.compile(
    r"\b(?:th(?:is|at) is (?:so |just |all |absolutely |total(?:ly)? |complete(?:ly)? |(?:freak|f\S*)ing )?"
    r"(?:ridiculous|insane|bs|bull ?shit|outrageous|crazy|nuts|absurd|unfair|garbage|nonsense|unbelievable|a joke)"
    r"|what the (?:hell|heck|f\S*)|are (?:you|u|they) (?:f\S*ing )?(?:kidding|joking)(?: me)?|you (?:people|guys|all) are (?:all )?\w+"
    r"|(?:useless|stupid|dumb|worthless|idiotic|terrible) (?:bot|robot|machine|thing|site|website)"
    r"|screw (?:you(?: all)?|the irs|them|this|y'?all)|what a (?:joke|scam|mess|rip ?off)|damn it|for god'?s sake|shame on (?:you|them))"
    r"\s+(?=(?:[\w'$,.]+\s+){2}\w)",
    re.IGNORECASE,
)
_FIRST = (  # what people say before they ask
    r"^\W*(?:(?:and|but|so|ok|okay|please|also|kindly|yo|hey|hi|hello|um|uh|well|wait|look|listen|sorry|excuse me|bro|man|dude|"
    r"then|plus|just|like)\W+)*"
)
_WONDERS = (
    r"\b(?:wonder(?:ing)?|ask(?:ing)?|know|learn|hear|curious|unsure|not sure|no idea|no clue|clueless|confused(?: about)?|"
    r"(?:my )?(?:other |next )?(?:question|thing) is|clarify|let me know|figure out|find out|unclear)"
)
_QUESTION = re.compile(
    rf"\?|{_FIRST}(?:is|are|am|was|were|do|does|did|can|could|"
    r"will|would|should|shall|may|must|have|has|what|whats|what's|how|hows|when|where|who|whom|why|which|"
    r"tell me|explain|describe|advise|whether)\b"
    # A wish is a request: "I'd like to pay monthly", "I need to know about liens".
    rf"|{_FIRST}i(?:'?d| would) like (?:to|a|an)\b"
    rf"|{_FIRST}(?:i|we) (?:need|want|wanted|wish) to (?:know|ask|understand|find out|see)\b"
    # Asked within a sentence: "I'd be grateful to learn whether", "my dude what even is this".
    rf"|{_WONDERS}\W+(?:\w+\W+){{0,3}}?(?:if|whether|how|what|when|who|where|why|which)\b"
    r"|\b(?:what|how|why|when|where|who)(?:\s+(?:\w+\s+)?(?:is|are|am|do|does|did|can|could|will|would|should)|'s|s)\s+"
    r"(?:i|we|they|it|this|that|the|my|a|an)\b"
    # As fingers type it: "and hwo long do i have".
    rf"|{_FIRST}(?:hwo|hw|hao|waht|whta|wht|wath|wich|whch|whcih|wehn|whne|wher|whre|wy|cna|cn|wil|wll|woud|wuold|wud|coud|cuold|"
    r"cud|shoud|shuold|shud|si it|shold|cant i|dose|dos)\b"
    # Asked by its end: "they cant garnish me right", "they can take it all, can't they".
    r"|\b(?:right|correct|true|huh|yes or no|or (?:not|no|what))\W*$"
    r"|\b(?:isn|aren|won|wouldn|don|doesn|didn|can|couldn|shouldn|hasn|haven)'?t\s+(?:it|they|i|he|she|we|you|that|this)\W*$",
    re.IGNORECASE,
)


# "I'm not asking about the lien": said to be left alone.
_SET_ASIDE = re.compile(
    r"^\W*(?:i'?m|i am|im|we'?re|this is|it'?s)?\s*(?:not|n't)\s+(?:asking|talking|here|interested|worried)\b"
    r"|^\W*(?:i|we)\s+(?:do\s*n'?t|do not|dont)\s+(?:want|need|care)\s+(?:a|an|any|the|to|about)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,]*(?:\b(?:and|but|also|plus|or|so|then|by the way|n|nd|und)\b|[&+])"
    rf"(?:\s+{_IF_SO}\b)?[\s,:]*)+$",
    re.IGNORECASE,
)


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


# One word that says it all: a notice's name, or a question such as "jail??".
_WHOLE_WORD = re.compile(
    r"^\W*(?:(?:cp|lt)-?\d{2,4}\W*|(?!what|when|where|really|right|okay|please|well|this|that|huh)[a-z]{4,}\s?\?[?!\s]*)$",
    re.IGNORECASE,
)


def _leans_on(before: str) -> bool:
    """Whether what follows belongs to the question that ends ``before``."""
    return bool(_LEANT_ON.search(before) or ONLY_BEGUN.search(before))


def _too_short(piece: str) -> bool:
    return len(piece.split()) < 2 and not _WHOLE_WORD.match(piece)


def segments(text: str) -> List[Segment]:
    """The pieces of ``text`` in order; a single word that says little joins the piece before it."""
    found = {
        m.end() for pattern in (_END, _JOINT, _WHAT_ABOUT, _VENTED) for m in pattern.finditer(text)
    }
    found |= {m.end() for m in _RUN_ON.finditer(text) if not _leans_on(text[: m.start()])}
    dashed = list(_DASHED.finditer(text))
    if len(dashed) < 2 or not text.lstrip().startswith("1-"):
        dashed = []
    for number in [*_NUMBERED.finditer(text), *dashed]:  # it stays with what it counts
        found -= set(range(number.start() + 1, number.end() + 1))
        found.add(number.start())
    cuts = sorted(found - {0})
    pieces: List[Segment] = []
    start = 0
    for cut in [*cuts, len(text)]:
        piece = text[start:cut]
        if not piece.strip():
            continue
        if pieces and (_too_short(piece) or _too_short(pieces[-1].text)):
            first = pieces.pop()
            piece, start = text[first.start : cut], first.start
        bare = _NUMBERED.sub(" ", _DASHED.sub(" ", piece) if dashed else piece)
        said = _TAIL.sub("", bare).strip()
        pieces.append(Segment(said, start, cut))
        start = cut
    asking = [piece for piece in pieces if not _ANNOUNCES.match(piece.text)]
    return (asking or pieces)[:MAX_SEGMENTS]
