"""What is told, not asked: "we're selling the house in may", "since march", "i have 2 kids".

After an answer people tell what they think matters. Such a message wants no other answer, however
much its words are like a topic's; whether it says so is read off its form alone.
"""

from __future__ import annotations

import re

MOST_WORDS = 30  # a longer one is a story with a question in it, or none
LEAST_WORDS = 2

_LEAD = r"(?:^|[.,;:!\n]|\b(?:and|but|so|because|ok|okay|well|yes|no|yeah|oh|um|hi|hello)\b)\s*"
_ASKS = re.compile(
    rf"{_LEAD}(?:how|what|whats|what's|why|where|wheres|who|which|whom|when(?!\s+(?:i|we|he|she|they|my|our|the|it)\b)|if|whether)\b"
    rf"|{_LEAD}(?:can|could|do|does|did|is|are|am|was|were|will|would|should|shall|may|might|must|have|has|had|isn'?t|aren'?t|"
    r"don'?t|doesn'?t|didn'?t|won'?t|can'?t|cant|dont|wont)\s+(?:i|we|you|u|they|he|she|it|that|this|there|these|my|our|the|irs|a|any)\b"
    r"|\b(?:from|on|at|to|by|with|of|for|in)\s+(?:what|which|who|whom)\b|\b(?:from|by|since|until|at) (?:when|where)\W*(?:$|,)|\b(?:what|who|where|when|how|which|why)\W*$"
    r"|^\W*(?:even|also|and even) (?:if|can|could|do|does|will|would|is|are)\b|\b(?:how (?:much|long|many|do|can|to)|what (?:to|do|can|should|about|if)|why (?:do|does|is|are|did|am)|should i|can i|do i)\b"
)
# A wish, an order, or not knowing: each wants an answer. So does what is said to be confirmed.
_WANTS = re.compile(
    r"\b(?:tell me|help|explain|show me|give me|send me|let me know|want|wanna|need to|would like|i'?d like|wonder\w*|curious|please|pls|plz|"
    r"looking for|hoping|wish|i need|not sure|unsure|(?:don'?t|dont|do not|didn'?t|doesn'?t) (?:know|understand|get (?:it|this|that|why|what|how))|no idea|"
    r"no clue|confus\w*|interested in|trying to|thinking (?:of|about)|question|talk to|speak (?:to|with)|cancel|stop|thanks?|thx|ty|bye|cannot pay|"
    r"can'?t pay|cant pay|afraid|scared)\b"
    r"|\b(?:they|irs|it|he|she|you|that|this|u)(?:'ll| (?:can|could|will|would|might|may|should|must|gonna|going to|are going to|am going to))\b"
    r"|^\W*(?:so|then|meaning|which means|and then|no way|really)\b"
    r"|\b(?:right|correct|huh|or not|or no|true|yes|eh|though|then)\W*$"
)
_STATES = re.compile(
    r"\b(?:i|im|i'm|ive|i've|we|we're|we've|weve|my|mine|mines|our|ours|he|he's|hes|she|she's|shes|his|her|they|they've|theyve|they're|theyre|"
    r"it|its|it's|that|that's|thats|this|these|those|there|theres|there's|was|were|had|has|have|is|are|got|been)\b"
    r"|^\W*(?:since|for|from|about|in|on|just|because|says|dated|been|sent|mailed|got|lost|made|paid|called|filed|told|had|was|never|only|still|"
    r"printed|found|came|already|last|every|all|some)\b"
)
# "im 71": an age, whatever form or notice has that number.
_AGE = re.compile(
    r"^\W*(?:and |but |also )?(?:i'?m|i am|we'?re|he'?s|she'?s|(?:he|she) is|my \w+(?:'s| is)?)\s+(?:over |almost |nearly |already |only )?"
    r"[1-9]\d\b(?!\s*(?:days?|weeks?|months?|percent|%|k\b|hundred|thousand|dollars?|bucks))"
)


def tells(text: str) -> bool:
    """Whether a message only tells something and asks for nothing."""
    plain = " ".join(text.lower().replace("’", "'").split())
    if "?" in plain or not LEAST_WORDS <= len(plain.split()) <= MOST_WORDS:
        return False
    return bool(_STATES.search(plain)) and not (_ASKS.search(plain) or _WANTS.search(plain))


def tells_an_age(text: str) -> bool:
    """Whether a message tells an age, which the number of a notice may be like."""
    return _AGE.search(text.lower().replace("’", "'")) is not None
