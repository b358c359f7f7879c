"""How people answer the plan questions in passing: "ok 190", "yea h&r block did em", "2 years then".

Only words; what they mean for the case is decided in actions/understanding.py.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Optional

LEAST_MONTHLY = 20  # USD: below it a bare number is a count
MOST_LETTERS = 60  # of a message that is just a number
_LIKE_DAYS = {20, 30, 45, 60, 75, 90, 100, 120, 150, 180}

_JUST_A_NUMBER = re.compile(
    r"^(?:\W|\b(?:ok|okay|idk|um+|uh|hm+|ugh|oh|man|dude|bro|lol|honestly|eh|so|ah|say|lets|let's|fine|maybe|like|about|around|just|"
    r"prob|probably|i|i'd|guess|then|well|sure|yes|yeah|yea|call it|make it|or|tops|max|can|could|do|dollars?|bucks|think|perhaps|"
    r"how about|what about|actually)\b)*\$?\s?\d[\d,.]*"
    r"(?:\W|\b(?:ok|okay|i|guess|maybe|tops|max|then|or|so|is|fine|works|about|think|dollars?|bucks|perhaps|actually|\d+)\b)*$",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\d\s+(?:dollars\s+|bucks\s+)?in\s+(?:a\s+)?(?:few|couple|another|month|\d+)\b", re.IGNORECASE
)
_GOES_ON = re.compile(
    r"\d\s+(?:dollars\s+|bucks\s+)?(?:(?:starting|beginning)\b|(?:for|over)\s+(?:the next\s+|like\s+|about\s+|maybe\s+){0,2}(?:\d+|an?|two|three|four|five|six)\s*"
    r"(?:years?|yrs?|months?|mos?)\b)",
    re.IGNORECASE,
)
_RATHER = re.compile(
    r"\b(?:then|make (?:it|that)|instead|rather|(?:too|that'?s) (?:much|tight|long|short|high))\b",
    re.IGNORECASE,
)
_BY_THE_MONTH = re.compile(
    r"\b(?:how much|what)\b[^.?!;\n]*\b(?:a|per|each|every|for) (?:month|mo)\b"
    r"|\bwhat(?:'s|s| is| are| would| will)?(?: the| my)? (?:monthly|installments?)\b"
    r"|\bmonthly (?:payment|amount|number|figure|be)\b[^.?!;\n]*\?|\bhow much (?:is |would be )?(?:the )?monthly\b",
    re.IGNORECASE,
)
# Whether all returns are filed: what says so, what says that one is not, and what leaves it open.
_TAKEN_OUT = re.compile(
    r"\b(?:just |only )?(?:did(?:n'?t| not)|have(?:n'?t| not)) paid?\b|\bnever (?:once )?missed\b",
    re.IGNORECASE,
)
_FILED = re.compile(
    r"\b(?:e-?)?filed\b|\b(?:they|they're|everything|everything's|taxes|returns)\b[^.?!]{0,12}\b(?:in|done|current|up to date|caught up)\b"
    r"|\ball (?:in|done|good|sent|yrs|years|of (?:them|em))\b|\bfiles?\b[^.?!]{0,20}\b(?:every|each)\b|\balways files?\b|\b(?:caught up|up to date)\b"
    r"|\bi did (?:both|them|em)\b",
    re.IGNORECASE,
)
_NEVER_MISSED = re.compile(r"\bnever (?:once )?missed\b", re.IGNORECASE)
# The same where it was the question.
_SAYS_YES = re.compile(
    r"\b(?:yes|yeah|yep|yup|ya|yea)\b[^?]{0,12}\b(?:they are|they're|all of (?:them|it)|it is|i (?:did|have)|we (?:did|have))\b"
    r"|\b(?:yes|yep|yup|yeah)\W*$",
    re.IGNORECASE,
)
_NEVER_FILED = re.compile(
    r"\bnever (?:did|filed|sent|submitted|went in|got (?:done|filed|sent))\b|\b(?:isn'?t|not|wasn'?t|ain'?t) (?:done|in|filed|finished|sent)(?: yet)?\b"
    r"|\ball but\b|\b(?:all|every\w*) except\b|\b(?:one|two|three|\d|a few|some) (?:\w+ )?(?:is|are|still) missing\b|\b(?:yrs?|years?) missing\b"
    r"|\b(?:20)?[012]\d no\b|\bdidn'?t (?:file|do|send)\b|\b(?:havent|haven'?t) (?:filed|done|sent)\b|\bbehind on\b|\bmost of (?:them|em)\b"
    r"|\bnot (?:for )?20[012]\d\b|\bmissing (?:20)?[012]\d\b",
    re.IGNORECASE,
)
_LEFT_OPEN = re.compile(
    r"\b(?:not|never|haven'?t|havent|hasn'?t|didn'?t|didnt|isn'?t|missing|except|but|unfiled|need to|have to|still|don'?t|dont|dunno|maybe|"
    r"think|probably|if|ask|late|extension|on time)\b|\?\W*$",
    re.IGNORECASE,
)
_ALL_OF_IT = re.compile(
    r"\b(?:can|could|will|i'?ll|we'?ll|able to|gonna|going to)\s+(?:just\s+|probably\s+)?(?:do|pay|cover|handle|send|swing|manage)\s+"
    r"(?:it all|all of it|everything|the (?:whole|full|entire) (?:thing|amount|bill|lot|balance))\b(?!\s+(?:in|over|within|off in)\b)",
    re.IGNORECASE,
)
_NOT_ALL = re.compile(
    r"\b(?:can'?t|cant|cannot|couldn'?t|won'?t|not|never|if|unless|after|once|when)\b|\d|\?",
    re.IGNORECASE,
)
# A short message without a number, or one about paying it.
_MAY_BE_YES = re.compile(
    r"(?=\D*$)(?=\W*(?:[\w']+\W*){1,4}$|.*\b(?:pay|full|due|date|then|all of it)\b)",
    re.IGNORECASE | re.DOTALL,
)


def is_a_payment(text: str, value: Decimal) -> bool:
    """Whether a number alone is a payment, not a count of days."""
    just = len(text) <= MOST_LETTERS and _JUST_A_NUMBER.match(text) is not None
    return just and value >= LEAST_MONTHLY and int(value) not in _LIKE_DAYS


def begins_later(text: str) -> bool:
    """ "150 in a few months": paid from then on, not within them."""
    return _LATER.search(text) is not None


def goes_on(text: str) -> bool:
    """ "200 for 3 years", "200 starting in march": paid again and again."""
    return _GOES_ON.search(text) is not None


def changes_the_time(text: str) -> bool:
    """Another time to pay, told when the next question is open already: "too much. 2 years then"."""
    return _RATHER.search(text) is not None


def asks_by_the_month(text: str) -> bool:
    """Whether it is asked how much a month."""
    return _BY_THE_MONTH.search(text) is not None


def all_filed(text: str, asked: bool) -> Optional[bool]:
    """Whether a message says that all returns are filed, that one is not, or neither (None).

    ``asked``: it was the question; else only a plain yes to it counts.
    """
    said = _TAKEN_OUT.sub("", text)
    if asked and not said.rstrip().endswith("?") and _NEVER_FILED.search(said):
        return False
    says_so = _FILED.search(said) or (
        asked and (_SAYS_YES.search(said) or _NEVER_MISSED.search(text))
    )
    return True if says_so and not _LEFT_OPEN.search(said) else None


def pays_all_of_it(text: str) -> bool:
    """ "I can do the whole thing by then"."""
    return _ALL_OF_IT.search(text) is not None and not _NOT_ALL.search(text)


def may_be_yes(text: str) -> bool:
    """Whether a yes in it can be one to paying all at once: not in "ok 190", nor "ok, the longest you have"."""
    return _MAY_BE_YES.match(text) is not None
