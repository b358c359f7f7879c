"""Short follow-ups that lean on the turn before: "and what does that cost?", "why?", "what if I can't?".

Alone they name no topic; only together with what was answered last do they mean something. This
module says which aspect of the last answer is asked about; the topic files say where that leads
(``follow_ups``), and the actions, which know the conversation, put the two together.
"""

from __future__ import annotations

import re
from typing import Optional, Tuple

from assistant.nlu.bare import bare_aspect, is_bare

MOST_WORDS = 12  # a longer message says what it is about itself

_IT = r"(?:it|that|this|these|those|one|them|so)"
_START = (
    r"^\W*(?:(?:and|but|so|ok|okay|oh|well|hm+|um|um+|yes|yeah|right|also|then|wait|cool|great|alright|"
    r"i see|thanks|thank you|please|just)\b[\s,.!…]*)*"
)
_END = r"(?:\s+(?:then|though|tho|exactly|actually|please|pls|anyway|now|again|usually|normally|too|for me))*\W*$"
_PERIOD = (
    r"(?:(?:per|each|every|a|by the)\s+(?:single\s+)?(?:month|year|day|week|quarter|time|payment|debit)(?: i pay)?|monthly|"
    r"yearly|annual(?:ly)?|daily|weekly|quarterly|(?:just |only )?once|(?:a |an )?(?:one[\s-]?(?:time|off)|annual|yearly|monthly)"
    r"(?: (?:thing|fee|charge|cost|rate))?|recurring|ongoing)"
)
_NONE = r"(?:any(?:thing)?(?: of (?:it|that|this))?|(?:a|one) (?:cent|dime|penny|nickel|dollar)|nothing|(?:it|this|that)? ?at all|any money)"
_PERSON = (
    r"(?:my|the|a|our)\s+(?:\w+\s+)?(?:wife|husband|spouse|partner|son|daughter|kid|mom|mum|mother|dad|father|brother|"
    r"sister|friend|boss|employer|accountant|cpa|lawyer|attorney|preparer|tax guy|bank|parents?|nephew|"
    r"niece|caregiver)|someone(?: else)?|somebody(?: else)?|anyone|she|he|they"
)

# Order matters: the first that matches names the aspect.
_ASPECTS: Tuple[Tuple[str, str], ...] = (
    ("nothing", rf"(?:what |and |even |or |but )*(?:happens )?if (?:i|we) (?:still |just |really |simply |literally )*(?:can'?t|can ?not|cant|couldn'?t|am not able to|have no way to|don'?t have)(?: (?:the money |enough )?(?:to )?(?:pay|afford|send|give|cover|manage|come up with))?(?: them| you)? {_NONE}(?: at all)?(?: right)?"),
    ("late", rf"(?:even|what) (?:if|when|though) (?:they|it|he|she|{_IT})(?:'ve|'s| have| has| are| is)? already\b.*|(?:even|what|also|still)?\s*(?:if|when)\s+(?:it'?s|i'?m|i am|it is|i was|we'?re)\s+(?:already\s+|a bit\s+|too\s+)*(?:late|past|over)\b.*|.*\btoo late for {_IT}|.*\b(?:even )?(?:if|after|when|though) (?:the|my) (?:due )?(?:date|deadline)(?: has| is| was|'s)? (?:already )?(?:passed|past|over|gone|missed)|(?:even |what )?(?:if|when|after) i(?:'ve| have)? (?:already )?missed {_IT}(?: date| deadline)?"),
    ("cannot", rf"(?:what|and|even)?\s*if\s+(?:i'?m|i am|we'?re|they'?re|it'?s|{_IT}'?s)\s+(?:still )?not\s+(?:done|finished|able|ready|paid|enough|through|accepted|approved)\b.*|(?:what|and|even|or)?\s*(?:happens\s+)?if\s+(?:i|we|they|you|he|she|{_IT})\s+(?:still\s+|just\s+|really\s+)?(?:can'?t|can ?not|cant|don'?t|do not|dont|won'?t|wont|couldn'?t|isn'?t|doesn'?t|does not|didn'?t|haven'?t|refuse|say no|says? no|am not able to|fails?|deny|denies|reject)\b.*|what if not|and if not|otherwise|or else(?: what)?|else\??|what if (?:they|{_IT}) (?:is |are |gets? )?(?:denied|rejected|refused|turned down)"),
    ("other", r"(?:(?:what|how) about|and|tell me (?:about|more about)|explain|what(?:'s| is))?\s*(?:the )?(?:other|second|2nd|longer|shorter|alternative|remaining)(?: (?:one|plan|option|way|choice|form|kind|type|appeal|agreement))?(?: (?:do|work|cost|like|about))?"),
    ("sure", rf"(?:what(?:'s|'re|s| are| is)?|how (?:good|bad) are) (?:the|my) (?:odds|chances?)(?: (?:of|with) .{{0,30}})?|(?:is|are|r)\s+(?:{_IT}|you|u)\s+(?:really |100 ?%? |absolutely |quite )?(?:for )?(?:sure|certain|guaranteed|true|right|correct|positive|always (?:the case|so)|a (?:sure|guaranteed) thing|official)(?: about {_IT})?|really|for real|seriously|you sure|u sure|sure about {_IT}|(?:do|can) you (?:guarantee|promise) {_IT}|is {_IT} (?:a )?(?:guarantee|promise|rule)d?"),
    ("often", rf"(?:(?:is|are|was|r)\s+(?:{_IT}|they|the (?:fee|rate|penalty|interest|charge|cost)s?)(?:\s+(?:like|charged|added|paid|due|just|only|all|something|then))*\s+|(?:do|does|will|would|did|must)\s+(?:{_IT}|they|i|we|you|the irs)\s+(?:\w+\s+){{0,3}}|(?:charged|added|like)?\s*){_PERIOD}(?:\s*(?:,|or|and|/|vs\.?)+\s*(?:is {_IT} |just |like |only )*{_PERIOD})*|how often\b.{{0,30}}"),
    ("meaning", rf"what(?:'?s| is| does| do| would)?\s*(?:{_IT}|all (?:that|this|of that))(?: (?:even|really|actually|all))?\s*means?(?: for (?:me|us|my\b.{{0,20}}))?|what(?:'?s| is)? {_IT} (?:got to do with|mean for) (?:me|us)|meaning(?: what)?|(?<=so )what|what does (?:it|that|this) have to do with me"),
    ("why", rf"why(?: (?:is|was|are|do|does|would|did|should) (?:{_IT}|they|i|we|he|she|the irs)(?: (?:do|want|need|ask|charge|say|care|happen|so|like that|{_IT}))*)?|why (?:so|not|though|tho|is that so)|how come|what(?:'s| is) the reason(?: for {_IT})?|for what reason|what for|reason\??|how so|why do i (?:need|have) (?:to do )?{_IT}"),
    ("cost", rf"(?:what(?:'s| is|s)? |and )?(?:the|their) (?:set.?up |application |filing |processing )?(?:fees?|costs?|price|charges?)(?: (?:on|for|of|with) {_IT})?|(?!what\W*(?:now|then|exactly|again)?\W*$)(?:what|how much)(?:'ll| will| does| would| do| is| are| did)?\s*(?:{_IT}|they|i|the fee|to set {_IT} up)?\s*(?:going to |gonna )?(?:cost|charge|run me|set me back|pay for {_IT}|be|have to pay|fee)?(?: me| us| for {_IT}| to (?:do|set up|file|get|use|request|apply for) ?{_IT}?)?|(?:is there|are there|do they (?:take|charge)|any|does {_IT} have|do i pay)\s*(?:a |any |an )?(?:extra )?(?:set.?up )?(?:fees?|costs?|charges?|price)(?: for {_IT}| on {_IT}| with {_IT}| to {_IT})?|is {_IT} free(?: of charge)?|which (?:one |of (?:them|those) )?(?:is |costs |'s )(?:the )?(?:cheaper|cheapest|less)|(?:what|how much)(?:'s| is| are) the (?:fee|cost|price|charge)s?(?: for {_IT}| of {_IT})?|(?:does|will|would) {_IT} cost (?:anything|something|money|much|a lot|extra|me)(?: anything| extra| money)?"),
    ("form", rf"(?:what'?s|what is|and what'?s|which is) (?:the |that )?(?:form|paper|application)(?:'?s)?(?: name| number)?(?: (?:called|named|for {_IT}))?|what(?:'s| is|s) {_IT} called|(?:the )?(?:name|number) of the form|what do (?:they|i) (?:want|need|ask for|require|ask)(?: (?:from me|for it|for that|to see))?|(?:do i need|what|which|any|what kind of) (?:any |some |the )?(?:proof|evidence|documents?|records|papers)(?: (?:do|should|would|will) (?:i|they) .{0,30})?|(?:what|which|is there (?:a|an?)|do i need (?:a|an?))\s*(?:is the |the )?(?:form|paper|paperwork|document|documents|papers|application)s?(?: (?:is|number|would|do i|for|to|i|should|do you|do they|they|that|name)\b.*)?"),
    ("time", rf"(?:from|since|until|starting|by|as of) when(?: .{{0,30}})?|(?:on |by )?(?:what|which) (?:day|date|month)\b.*|how (?:long|soon|fast|quick|quickly|many (?:days|weeks|months))\b(?:.*\b(?:{_IT}|they|take|last|wait|have|hear|until|before)\b.*)?|(?:when|by when|until when)(?: (?:will|does|do|would|can|should|must|is|did) (?:{_IT}|they|i|we)\b.*)?|what(?:'s| is) the (?:deadline|time limit|time frame|timeline|timeframe|wait)(?: for {_IT}| on {_IT})?|(?:does|will|would) {_IT} take (?:long|a while|forever|weeks|months|a long time)|by what date(?: .*)?"),
    ("how", rf"who (?:do|should|can|must) (?:i|we) (?:ask|call|contact|tell|talk to|speak to|write to|report(?: {_IT})?(?: to)?)(?: (?:about|for) {_IT})?"),
    ("who", rf"(?:can|could|may|would|does|will|should)\s+(?:{_PERSON})\s+(?:also\s+)?(?:do|call|sign|ask|apply|request|file|pay|handle|use|get|help|be|have to sign)\b.*|(?:what|how) about (?:{_PERSON})|who (?:do|should|can|would|must|decides|does) (?:i|we|{_IT})?.*|who (?:decides|does {_IT}|is that|are they|would that be)"),
    ("how", rf"how(?: (?:do|would|can|should|could|does|will|to|did)(?: (?:i|we|you|one|{_IT}|they))?(?: (?:do|get|apply|ask|request|start|use|set|go|work|send|file|claim|prove|find|make|reach|call|send|submit|sign|show|check|pay|fill|know|stop|cancel|keep|avoid|prevent|fix|undo|fight|change|lower|qualify)\b.{{0,40}})?)?|can (?:i|we) (?:still |even |do anything to )?(?:stop|avoid|prevent|undo|fix|reverse|change) {_IT}(?: from .{{0,30}})?|where (?:do|can|would|should|to|could) (?:i|we)?\s*(?:do|get|apply|send|file|find|ask|go|start|mail|call|submit|sign|see|request|check|pay)\b.{{0,30}}|where|what do i (?:have to |need to )?(?:do|say|send|write)(?: for {_IT}| to get {_IT}| then| next| first)?|what(?:'s| is) (?:next|the next step|involved)|then what|what then|now what|what now|what happens (?:then|next|after {_IT}|after)|ok then|and then|so then"),
    ("amount", r"(?:at |from |up to |of |above |over )?(?:how much|how high|how big|how low|what (?:amount|sum|percent(?:age)?|share|limit)|how many (?:dollars|percent))\b.*|(?:and |so )?(?:all of (?:it|them|that)|the whole (?:thing|amount)|(?:the|what'?s the|what is the) (?:amount|limit|threshold|sum|percentage))"),
)  # fmt: skip
# What shows that a message leans on the one before: it points back, goes on, or is next to nothing.
_POINTS_BACK = re.compile(
    rf"\b{_IT}\b|\b(?:they|the other|then|next|late|instead|too|the (?:fee|rate|charge|odds|chances)|once)\b"
    r"|^\W*(?:per|each|every)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"^\W*(?:and|but|so|ok|okay|or)\b", re.IGNORECASE)
_BACK = re.compile(
    r"\b(?P<who>they|them|he|she|him)\b|\b(?:(?<!says )(?<!said )(?<!say )(?<!think )(?<!heard )that|it|those|these|"
    r"the other one|instead)\b(?!'?s? (?:letter|notice|bill|paper|is a)\b)",
    re.IGNORECASE,
)
# Whom "he" or "they" may be in the message itself: "my landlord says he will …, can he?"
_NAMED = re.compile(
    r"\b(?:my|our|a|an|some|the)\s+(?!irs\b|government\b|feds?\b|tax(?:es)?\b|notice\b|letter\b|plan\b|same\b|other\b|"
    r"fees?\b|interest\b|penalt|date\b|money\b|lot\b|bit\b|few\b|due\b|whole\b|rest\b)[a-z]{3,}",
    re.IGNORECASE,
)
# Whole questions that name no subject: "which form do I send", "how do I ask".
_BARE = re.compile(
    r"^\W*(?:(?:which|what) (?:form|forms|paper|paperwork) do i (?:need to )?(?:send|use|need|fill out|file|submit|mail)|"
    r"how do i (?:ask|apply|start|file|request|claim|appeal|sign up|do so|qualify|prove)|"
    r"do i need (?:any |some )?(?:proof|evidence|documents|records|papers)|what do (?:they|i) (?:want|need|ask for|require)|"
    r"who do i (?:ask|call|contact|tell|talk to)|how much do i (?:have|need) to owe|where do i (?:send|mail|file|apply|ask|sign|start))\W*$",
    re.IGNORECASE,
)
NEXT_TO_NOTHING = 3
_COMPILED = tuple(
    (name, re.compile(f"{_START}(?:{pattern}){_END}", re.IGNORECASE)) for name, pattern in _ASPECTS
)


def points_back(text: str) -> bool:
    """Whether a short message's words point at the turn before: "do I have to pay that?"."""
    short = len(text.split()) <= MOST_WORDS
    return short and not _of_somebody(text) and bool(_BACK.search(text) or is_bare(text))


def leans(text: str) -> bool:
    """Whether a short message points back, or begins as if it went on: "and with a debit card?"."""
    goes_on = len(text.split()) <= MOST_WORDS and _GOES_ON.search(text)
    return points_back(text) or bool(goes_on and not _of_somebody(text))


def _of_somebody(text: str) -> bool:
    """Whether "he" or "they" is somebody named in the message itself."""
    back = _BACK.search(text)
    return bool(back and back.group("who") and _NAMED.search(text[: back.start()]))


def aspect(text: str) -> Optional[str]:
    """The aspect of the last answer that a short message asks about, or None.

    One of ``assistant.topics.ASPECTS``. None too for a message that is long or names its own topic
    in other words than these.
    """
    words = len(text.split())
    points = words <= NEXT_TO_NOTHING or _POINTS_BACK.search(text) or _GOES_ON.search(text)
    if words > MOST_WORDS or not text.strip():
        return None
    usual = points or _BARE.match(text)
    found = (
        next((name for name, pattern in _COMPILED if pattern.match(text)), None) if usual else None
    )
    return found or bare_aspect(text)
