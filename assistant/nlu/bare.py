"""Short messages in which no word names a topic: "which paper does she sign", "for how long".

``leaning.py`` knows how people usually put a follow-up; nobody thinks of all of them. But whatever the
order of its words, a message made only of small words, of words such as "form", "long" or "sister" and
of verbs that fit anything ("send", "qualify", "end") can only be about what was said before it, and
those words say what of it is asked.
"""

from __future__ import annotations

import re
from typing import FrozenSet, List, Optional

MOST_WORDS = 10  # more of them and it tells a story of its own


def _words(text: str) -> FrozenSet[str]:
    return frozenset(text.split())


_SMALL = _words(
    "a an the this that these those it its it's thats that's one ones i im i'm ive i'd me my mine we us our "
    "he she they them their her his him there here who whos who's what whats what's when whens when's where wheres "
    "where's which why how hows how's is are am was were be been being do does did done don't dont doesn't didn't can "
    "could can't cant couldn't will would won't wont should shall may might must have has had haven't and or but so "
    "if as at by for from in into of off on to up with without about after before again then than too also still even "
    "ever just only really actually exactly please pls ok okay oh well yes yeah no not any anything some something nothing "
    "someone somebody all each every much many more less most least very else now first next away other another instead kind "
    "type types kinds sort like thing things way right sure certain same part that'd gonna going usually normally about "
    "until till since it'll they'll i'll meanwhile though anyway whole lot bit long"
)
_VERBS = _words(
    "go goes get gets got give gives take takes make makes need needs want wants ask asks asking hear back know tell say "
    "says said see show shows start starts begin stop stops end ends keep keeps run runs happen happens happening work "
    "works come comes wait answer answers decide decides send sends sent sign signs signing apply applies applying "
    "qualify qualifies eligible report fill find look expect grow grows growing last lasts change changes count counts "
    "call calls use uses mean means prove mail fax choose pick require required requires respond reply write include "
    "included set add adds turn turns turned down accept accepted reject rejected refuse refused deny denied fail fails "
    "approve approved agree agrees cost costs charge charges charged renew repeat undo reverse cancel cancels"
)
_FORM = _words(
    "form forms paper papers paperwork document documents proof evidence booklet sheet application attachment called "
    "named name number sign signs signing fill"
)
_COST = _words("cost costs fee fees charge charges charged price free expensive cheap cheaper")
_TIME = _words(
    "when whens when's soon fast quick quickly deadline date day days week weeks month months year years hour hours"
)
_LONG = re.compile(
    r"\bhow (?:much )?(?:long(?:er)?|soon|fast|quick|quickly|late)\b|\bfor how long\b"
)
_SPANS = re.compile(
    r"\bhow many (?:more )?(?:days|weeks|months|years|hours)\b|\b(?:until|till|by|from|since) when\b"
)
_AMOUNT = _words(
    "amount percent percentage threshold share half dollars total maximum minimum most"
)
_OFTEN = _words("monthly yearly weekly daily once twice often recurring")
_PEOPLE = _words(
    "wife husband spouse partner son daughter kid kids mom mum mother dad father brother sister friend boss employer "
    "accountant cpa lawyer attorney preparer bank parents nephew niece cousin uncle aunt neighbor caregiver roommate "
    "myself himself herself"
)
_ODDS = _words("guaranteed guarantee odds chance chances likely certain sure promise")
_LATE = _words("late missed miss passed past already over expired")
_NO = _words(
    "reject rejected refuse refused deny denied fail fails turn turned no longer more unable can't cant not"
)
_ASKS = _words("what whats what's which is need do name number")
_WHEN = _words("when whens when's deadline soon")
_MUST = _words("need have do should must")
_QUALIFIES = _words("qualify qualifies eligible")
_REST = (
    _words("far big high low extra whom reason reasons online phone mail person fax email")
    | _FORM
    | _COST
    | _TIME
)
KNOWN = _SMALL | _VERBS | _REST | _AMOUNT | _OFTEN | _PEOPLE | _ODDS | _LATE | _NO
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[$%]")
_NOTHING_DONE = re.compile(
    r"\bif (?:i|we) (?:just |still |simply )?(?:do nothing|(?:do not|don'?t|never) (?:do (?:anything|it|that|so)|answer|respond|"
    r"reply|act|call|write|send (?:it|that|anything)))\b"
)


def is_bare(text: str) -> bool:
    """Whether no word of a short message names what it is about."""
    words = _read(text)
    return 0 < len(words) <= MOST_WORDS and KNOWN.issuperset(words)


def bare_aspect(text: str) -> Optional[str]:
    """What a bare message asks of the last answer (one of ``assistant.topics.ASPECTS``), or None."""
    if not is_bare(text):
        return None
    words, plain = frozenset(_read(text)), " ".join(_read(text))
    if _NOTHING_DONE.search(plain):
        return "ignored"
    if "if" in words and words & _NO:
        return "cannot"
    if words & _LATE and words & {"if", "too", "though"}:
        return "late"
    if words & _QUALIFIES:
        return None  # the answer itself says who qualifies
    if "where" in words and words & {"go", "goes", "send", "mail", "get", "find", "fax", "apply"}:
        return "how"
    if words & _FORM and words & _ASKS:
        return "form"
    if words & _COST:
        return "cost"
    if _LONG.search(plain) or _SPANS.search(plain) or words & _WHEN:
        return "time"
    if words & _OFTEN:
        return "often"
    if words & _AMOUNT or re.search(
        r"\bhow (?:much|high|low|big)\b|\ball of (?:it|them|that)\b", plain
    ):
        return "amount"
    if words & _PEOPLE:
        return "who"
    if words & {"who", "whom"} and words & {
        "report",
        "call",
        "ask",
        "tell",
        "send",
        "write",
        "mail",
    }:
        return "how"
    if words & _ODDS and "not" not in words:
        return "sure"
    if words & {"instead", "another", "other"}:
        return "other"
    if "why" in words or words & {"reason", "reasons"}:
        return "why"
    if words & {"mean", "means"}:
        return "meaning"
    if "how" in words and words & _VERBS:
        return "how"
    if "what" in words and words & {"send", "include", "write", "say"} and words & _MUST:
        return "form"
    return None


def _read(text: str) -> List[str]:
    return _WORD.findall(text.lower().replace("’", "'"))
