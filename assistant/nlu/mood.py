"""How a message feels, beside what it asks: afraid, angry, or in danger.

Words only, no guess: a kind line is said where somebody says it themselves. Danger is kept apart
from sadness, because it changes the whole reply (988 and a person), and a person must never get it
for "this deadline is killing me". What is said in other words the classifier finds (its ``alarm``); where
it may only be so (``LOW``), the answer comes with a line that names 988.
"""

from __future__ import annotations

import re
from typing import Optional

DANGER, AFRAID, ANGRY = "danger", "afraid", "angry"

_DANGER = re.compile(
    r"\b(?:kill(?:ing)?|shoot(?:ing)?|hang(?:ing)?|hurt(?:ing)?|harm(?:ing)?|cut(?:ting)?|unalive|off)\s+"
    r"(?:my ?self|him ?self|her ?self|our ?selves|them ?selves)\b"
    r"|\bsuicid|\bself.?harm|\bkms\b|\bend(?:ing)?\s+(?:it all|(?:my|his|her)(?:\s+own)?\s+life)\b"
    r"|\b(?:want|wanna|wanting|wants|rather|ready|going|wish(?:ing)?(?: i (?:could|would))?|prefer)\s+(?:to\s+)?(?:just\s+)?die\b"
    r"|\b(?:better off|rather be|wish i (?:was|were))\s+(?:dead|gone)\b|\bbetter off without me\b"
    r"|\b(?:no|any|see no|not? (?:see|have)(?: a| any)?)\s+(?:reason|point|will)\s+(?:to|in|for)\s+(?:live|living|go(?:ing)? on|carry(?:ing)? on)\b"
    r"|\b(?:do(?:n'?t| not)|dont|no longer)\s+(?:want|wanna|wish)\s+(?:to\s+)?(?:live|be alive|be here anymore|exist|wake up)\b"
    r"|\bcan(?:'?t| ?not)\s+(?:live|go on)\s+(?:like this|any ?more|anylonger)\b"
    r"|\b(?:give|giving|gave)\s+up\s+on\s+life\b|\btak(?:e|ing)\s+my\s+(?:own\s+)?life\b"
    r"|\bjump(?:ing)?\s+off\s+(?:a|the)\s+(?:bridge|building|roof)\b|\bdriv(?:e|ing)\s+off\s+a\s+(?:bridge|cliff)\b"
    r"|\bthink(?:ing)?\s+(?:about|of)\s+ending\s+it\b"
    r"|\bnot\s+wak(?:e|ing)\s+up\b|\boverdos",
    re.IGNORECASE,
)
_NO_DANGER = re.compile(
    r"\b(?:not|never|isn'?t|wasn'?t|won'?t)\s+(?:going to\s+)?(?:suicidal|kill|hurt|harm)", re.I
)
_AFRAID = re.compile(
    r"\b(?:scared|scary|scares|afraid|terrif\w+|fright\w+|panic\w*|freak(?:ed|ing|in)? ?(?:me )?out|anxi\w+|"
    r"worr(?:ied|ying|y sick|y)|nervous|overwhelm\w*|stress\w*|desperate|shaking|trembl\w+|crying|cried|"
    r"in tears|tears|hopeless|losing sleep|sick to my stomach|heart is (?:racing|pounding)|"
    r"ashamed|dread\w*|wits.? end|nightmare)\b"
    r"|\bcan'?t\s+(?:sleep|eat|breathe|stop crying|think)\b|\bhave ?n'?t\s+slept\b|\bcant\s+sleep\b|\bno sleep\b",
    re.IGNORECASE,
)
_ANGRY = re.compile(
    r"\b(?:furious|angry|pissed|outrag\w+|bull ?shit|bs|wtf|fuck\w*|f\*+\w*|crooks?|thieves|robb(?:ed|ing|ery)|"
    r"ridiculous|disgusting|sick of|fed up|damn\w*|goddamn|screw(?:ed)?|hate (?:this|them|you|the irs)|"
    r"livid|mad as|insane|bastards?|shame on|unbelievable|stupid|idiots?|crap)\b",
    re.IGNORECASE,
)


def mood(text: str) -> Optional[str]:
    """:data:`DANGER`, :data:`AFRAID`, :data:`ANGRY` or None."""
    if _DANGER.search(text) and not _NO_DANGER.search(text):
        return DANGER
    if _AFRAID.search(text):
        return AFRAID
    return ANGRY if _ANGRY.search(text) else None
