"""Short follow-ups that lean on the turn before: "and what does that cost?", "why?", "what if I can't?".

Alone they name no topic; only together with what was answered last do they mean something. This
module says which aspect of the last answer is asked about; the topic files say where that leads
(``follow_ups``), and the actions, which know the conversation, put the two together.
"""

from __future__ import annotations

import re
from typing import Optional, Tuple

MOST_WORDS = 12  # a longer message says what it is about itself

_IT = r"(?:it|that|this|these|those|one|them|so)"
_START = (
    r"^\W*(?:(?:and|but|so|ok|okay|oh|well|hm+|um|um+|yes|yeah|right|also|then|wait|cool|great|alright|"
    r"i see|thanks|thank you|please|just)\b[\s,.!…]*)*"
)
_END = r"(?:\s+(?:then|though|tho|exactly|actually|please|pls|anyway|now|again|usually|normally|too|for me))*\W*$"
_PERSON = (
    r"(?:my|the|a|our)\s+(?:\w+\s+)?(?:wife|husband|spouse|partner|son|daughter|kid|mom|mum|mother|dad|father|brother|"
    r"sister|friend|boss|employer|accountant|cpa|lawyer|attorney|preparer|tax guy|bank|parents?|nephew|"
    r"niece|caregiver)|someone(?: else)?|somebody(?: else)?|anyone|she|he|they"
)

# Order matters: the first that matches names the aspect.
_ASPECTS: Tuple[Tuple[str, str], ...] = (
    ("late", rf"(?:even|what|also|still)?\s*(?:if|when)\s+(?:it'?s|i'?m|i am|it is|i was|we'?re)\s+(?:already\s+|a bit\s+|too\s+)*(?:late|past|over)\b.*|.*\btoo late for {_IT}|.*\b(?:even )?(?:if|after|when|though) (?:the|my) (?:due )?(?:date|deadline)(?: has| is| was|'s)? (?:already )?(?:passed|past|over|gone|missed)|(?:even |what )?(?:if|when|after) i(?:'ve| have)? (?:already )?missed {_IT}(?: date| deadline)?"),
    ("cannot", rf"(?:what|and|even|or)?\s*(?:happens\s+)?if\s+(?:i|we|they|you|he|she|{_IT})\s+(?:still\s+|just\s+|really\s+)?(?:can'?t|can ?not|cant|don'?t|do not|dont|won'?t|wont|couldn'?t|isn'?t|doesn'?t|does not|didn'?t|haven'?t|refuse|say no|says? no|am not able to|fails?|deny|denies|reject)\b.*|what if not|and if not|otherwise|or else(?: what)?|else\??|what if (?:they|{_IT}) (?:is |are |gets? )?(?:denied|rejected|refused|turned down)"),
    ("other", r"(?:(?:what|how) about|and|tell me (?:about|more about)|explain|what(?:'s| is))?\s*(?:the )?(?:other|second|2nd|longer|shorter|alternative|remaining)(?: (?:one|plan|option|way|choice|form|kind|type|appeal|agreement))?(?: (?:do|work|cost|like|about))?"),
    ("sure", rf"(?:is|are|r)\s+(?:{_IT}|you|u)\s+(?:really |100 ?%? |absolutely |quite )?(?:for )?(?:sure|certain|guaranteed|true|right|correct|positive|always (?:the case|so)|a (?:sure|guaranteed) thing|official)(?: about {_IT})?|really|for real|seriously|you sure|u sure|sure about {_IT}|(?:do|can) you (?:guarantee|promise) {_IT}|is {_IT} (?:a )?(?:guarantee|promise|rule)d?"),
    ("why", rf"why(?: (?:is|was|are|do|does|would|did|should) (?:{_IT}|they|i|we|he|she|the irs)(?: (?:do|want|need|ask|charge|say|care|happen|so|like that|{_IT}))*)?|why (?:so|not|though|tho|is that so)|how come|what(?:'s| is) the reason(?: for {_IT})?|for what reason|what for|reason\??|how so|why do i (?:need|have) (?:to do )?{_IT}"),
    ("cost", rf"(?:what|how much)(?:'ll| will| does| would| do| is| are| did)?\s*(?:{_IT}|they|i|the fee|to set {_IT} up)?\s*(?:going to |gonna )?(?:cost|charge|run me|set me back|pay for {_IT}|be|have to pay|fee)?(?: me| us| for {_IT}| to (?:do|set up|file|get|use|request|apply for) ?{_IT}?)?|(?:is there|are there|do they (?:take|charge)|any|does {_IT} have|do i pay)\s*(?:a |any |an )?(?:extra )?(?:set.?up )?(?:fees?|costs?|charges?|price)(?: for {_IT}| on {_IT}| with {_IT}| to {_IT})?|is {_IT} free(?: of charge)?|(?:what|how much)(?:'s| is| are) the (?:fee|cost|price|charge)s?(?: for {_IT}| of {_IT})?|(?:does|will|would) {_IT} cost (?:anything|something|money|much|a lot|extra|me)(?: anything| extra| money)?"),
    ("form", r"(?:what|which|is there (?:a|an?)|do i need (?:a|an?))\s*(?:is the |the )?(?:form|paper|paperwork|document|documents|papers|application)s?(?: (?:is|number|would|do i|for|to|i|should|do you|that|name)\b.*)?"),
    ("time", rf"how (?:long|soon|fast|quick|quickly|many (?:days|weeks|months))\b(?:.*\b(?:{_IT}|they|take|last|wait|have|hear|until|before)\b.*)?|(?:when|by when|until when)(?: (?:will|does|do|would|can|should|must|is|did) (?:{_IT}|they|i|we)\b.*)?|what(?:'s| is) the (?:deadline|time limit|time frame|timeline|timeframe|wait)(?: for {_IT}| on {_IT})?|(?:does|will|would) {_IT} take (?:long|a while|forever|weeks|months|a long time)|by what date(?: .*)?"),
    ("who", rf"(?:can|could|may|would|does|will|should)\s+(?:{_PERSON})\s+(?:also\s+)?(?:do|call|sign|ask|apply|request|file|pay|handle|use|get|help|be|have to sign)\b.*|(?:what|how) about (?:{_PERSON})|who (?:do|should|can|would|must|decides|does) (?:i|we|{_IT})?.*|who (?:decides|does {_IT}|is that|are they|would that be)"),
    ("how", rf"how(?: (?:do|would|can|should|could|does|will|to|did)(?: (?:i|we|you|one|{_IT}|they))?(?: (?:do|get|apply|ask|request|start|use|set|go|work|send|file|claim|prove|find|make|reach|call|send|submit|sign|show|check|pay|fill|know|stop|cancel)\b.{{0,40}})?)?|where (?:do|can|would|should|to|could) (?:i|we)?\s*(?:do|get|apply|send|file|find|ask|go|start|mail|call|submit|sign|see|request|check|pay)\b.{{0,30}}|where|what do i (?:have to |need to )?(?:do|say|send|write)(?: for {_IT}| to get {_IT}| then| next| first)?|what(?:'s| is) (?:next|the next step|involved)|then what|what then|now what|what happens (?:then|next|after {_IT}|after)|ok then|and then|so then"),
)  # fmt: skip
# What shows that a message leans on the one before: it points back, goes on, or is next to nothing.
_POINTS_BACK = re.compile(
    rf"\b{_IT}\b|\b(?:they|the other|then|next|late|instead|too)\b", re.IGNORECASE
)
_GOES_ON = re.compile(r"^\W*(?:and|but|so|ok|okay|or)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?:that|it|them|they|those|these|he|she|the other one|instead)\b(?!'?s? (?:letter|notice|bill|paper|is a)\b)",
    re.IGNORECASE,
)
NEXT_TO_NOTHING = 3
_COMPILED = tuple(
    (name, re.compile(f"{_START}(?:{pattern}){_END}", re.IGNORECASE)) for name, pattern in _ASPECTS
)


def leans(text: str) -> bool:
    """Whether a short message points back at the turn before: "do I have to pay that?"."""
    return len(text.split()) <= MOST_WORDS and bool(_BACK.search(text) or _GOES_ON.search(text))


def aspect(text: str) -> Optional[str]:
    """The aspect of the last answer that a short message asks about, or None.

    One of ``assistant.topics.ASPECTS``. None too for a message that is long or names its own topic
    in other words than these.
    """
    words = len(text.split())
    leans = words <= NEXT_TO_NOTHING or _POINTS_BACK.search(text) or _GOES_ON.search(text)
    if words > MOST_WORDS or not leans:
        return None
    return next((name for name, pattern in _COMPILED if pattern.match(text)), None)
