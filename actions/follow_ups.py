"""What a short message means after an answer: "and what does that cost?" after direct debit.

The NLU says which aspect is asked (assistant/nlu/leaning.py); the topic answered last says where
that leads. What was said already is not said again: the part of the answer that fits comes instead, or
in the end a line that this is all. Nothing here is said: see actions/replies.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import List, Optional, Sequence, Set, Tuple

from actions.turn import Turn
from assistant.phrases import IN_SHORT
from assistant.topics import HUMAN_TOPIC, Topic, is_name, topic_before, topics

# So clear on its own that it leans on nothing.
CLEAR, CLEAR_THOUGH_LEANING = 0.9, 0.96
LIKELY = 0.75  # taken for a topic, if not outright
# How much a message must be one of the things asked after the last answer (the learned score), by whether
# it is clearly about another topic and whether it leans on that answer: tests/eval/tuning/follow_ups_*.
LEAST = {(True, False): 0.8, (True, True): 0.5, (False, False): 0.4, (False, True): 0.3}
FURTHER_BACK = 0.1  # more, of what is clearly about another topic, to go back past the last answer
DOUBTED = 0.5  # below it three in five are right, above it four in five
_NAMED_BESIDE = {"taxpayer"}  # a fact that is hardly told for its own sake: "and for my business?"
NEAR_ENOUGH = 2  # among the likeliest topics of what is only told
MOST_WORDS = 12  # a longer message says itself what it is about
KEY = 40  # letters of a text that tell it from others
_REASON = re.compile(r"\b(?:because|since|so that|the reason|that is why)\b", re.IGNORECASE)
# A message of these topics never asks about the answer before.
_NEVER = {"thanks", "goodbye", "greeting", "talk_to_human", "insult_complaint", "crisis", "spanish"}
# Nothing was answered by these, so nothing can lean on them.
_DECLINES = {"out_of_scope", "other_taxes", "cannot_see_account", "other_language", "gibberish"}
# What an aspect may be answered by where the topic has nothing for it, best first.
_INSTEAD = {
    "meaning": ("how", "time", "cost", "cannot", "late", "sure", "why"),
    "amount": ("cost",),
    "nothing": ("cannot",),
}
# What a message may mean that names no topic: the model reads these off its few words alone.
_SAID_BARELY = {
    "what_to_do_now", "how_much_time", "irs_phone_contact", "ignore_consequences", "are_you_a_bot",
    "what_can_you_do",
}  # fmt: skip
# Aspects that are answered by a rule, whatever else a message is like: what they lead to matters most.
_EXACT = {"nothing", "meaning"}
# Whatever was answered: who can pay nothing needs this.
_NOTHING_TO_PAY = ("cannot_pay_at_all", "currently_not_collectible")


@dataclass(frozen=True)
class FollowUp:
    """What to say: a topic's whole answer (no ``text``), or a text about it.

    ``key`` names it among what was said already. ``ends``: there is nothing more to say about it.
    ``doubt``: the message may have meant something else.
    """

    topic: str
    text: Optional[str] = None
    key: str = ""
    ends: bool = False
    doubt: bool = False


def follow_up(last: Sequence[str], turn: Turn, told: Sequence[str] = ()) -> Optional[FollowUp]:
    """What a message means after the topics ``last`` were answered, the last of them first.

    None: it leans on nothing. ``told``: keys of what was said about them.
    """
    known = [name for name in reversed(last) if _can_be_meant(name)]
    never = set(turn.topics) & _NEVER
    if not known or "crisis" in never or (never and turn.confidence >= CLEAR):
        return None
    if turn.facts and not (set(turn.facts) <= _NAMED_BESIDE and _asks_next(turn)):
        return None
    own = turn.topics[0] if turn.topics and (turn.certain or turn.confidence >= LIKELY) else None
    declined = bool(turn.topics) and set(turn.topics) <= _DECLINES
    earlier = [name for name in [topic_before(last, told)] if name and _can_be_meant(name)]
    learned = None if turn.elsewhere else _learned(known, earlier, turn, own, told)
    if learned or never or turn.facts:
        return learned
    if turn.tells and turn.aspect is None:
        # It asks nothing; what of the answer it is about may still be what helps.
        about = topics()[known[0]]
        likely = about.name in turn.nearest[:NEAR_ENOUGH] and not turn.age
        return _part(about, turn.text, told, least=1.0) if likely else None
    if turn.bare and own and own not in {*known, *_SAID_BARELY} and not topics()[own].small_talk:
        own = None  # no word of it names that topic: a guess, however sure
    clear = own is not None and turn.confidence >= (CLEAR_THOUGH_LEANING if turn.leans else CLEAR)
    if turn.aspect is not None and not (declined and turn.elsewhere):
        found = _by_aspect(known, turn, own if clear else None, told)
        if found or (clear and own not in known):
            return found
    if clear and own not in known or not (turn.aspect or turn.leans or own in known):
        return None
    if declined and turn.elsewhere:
        return None
    if known[0] == HUMAN_TOPIC and turn.topics and not turn.bare:
        return None  # who waits for a person asks on; nothing in that answer could be meant
    return _by_words(topics()[known[0]], turn, own, declined, told)


def again(name: str, turn: Turn, told: Sequence[str]) -> Optional[FollowUp]:
    """What to say when a message asks for the answer that was just given; None: that answer."""
    topic = topics()[name]
    if turn.tapped or name not in told:
        return None
    found = _by_aspect([name], turn, None, told) if turn.aspect else None
    part = found or _part(topic, turn.text, told, least=1.0)
    if part:
        return part
    first, *rest = topic.answer.strip().split("\n\n")
    key = f"{name}:short"
    short = IN_SHORT.format(answer=first)
    if rest and (not told or told[-1] != key):
        return FollowUp(name, short, key)
    # Asked once more in full: it is still answered, and told that this is all.
    return None if name in _DECLINES else FollowUp(name, short, f"{name}:end", ends=True)


def _asks_next(turn: Turn) -> bool:
    """Whether a message that tells a fact, too, is rather something asked after the last answer."""
    return bool(turn.asked_next and turn.asked_next["score"] >= LEAST[True, True])


def _can_be_meant(name: str) -> bool:
    return name in topics() and not topics()[name].small_talk and name not in _DECLINES


def _learned(
    known: Sequence[str],
    earlier: Sequence[str],
    turn: Turn,
    own: Optional[str],
    told: Sequence[str],
) -> Optional[FollowUp]:
    """What a topic answered last, or before that, says to what people ask after it, where the message is that.

    How much it must be: more where its own words are clearly about something else, less where they
    point back. ``earlier``: the topic before the last ones.
    """
    asked = turn.asked_next
    if (
        turn.tapped
        or not asked
        or asked["topic"] not in {*known, *earlier}
        or turn.aspect in _EXACT
    ):
        return None
    clear = own not in (None, *known) and turn.confidence >= CLEAR_THOUGH_LEANING
    leans = turn.points or turn.aspect is not None or (turn.leans and not clear)
    least = LEAST[clear, leans]
    if clear and asked["topic"] not in known:  # what leans, leans rather on the last answer
        least += FURTHER_BACK
    if asked["score"] < least or (clear and len(turn.text.split()) > MOST_WORDS):
        return None
    topic, says = topics()[asked["topic"]], asked["says"]
    leads, text = topic.leads(says)
    key = leads or f"{topic.name}:{says if says in topic.follow_ups else says[:KEY]}"
    if key in told[-2:] or (leads and leads not in topics()):
        return None
    return FollowUp(leads or topic.name, text, key, doubt=asked["score"] < DOUBTED)


def _by_aspect(
    known: Sequence[str], turn: Turn, clear: Optional[str], told: Sequence[str]
) -> Optional[FollowUp]:
    """Where the topics answered last lead for the aspect asked; ``clear``: the message's own topic."""
    if turn.aspect == "nothing":
        return next((FollowUp(n, None, n) for n in _NOTHING_TO_PAY if n not in told[-1:]), None)
    aspects = (turn.aspect, *_INSTEAD.get(turn.aspect or "", ()))
    for name in known:
        for aspect in aspects:
            leads = topics()[name].follow_ups.get(aspect or "")
            if leads is None:
                continue
            if is_name(leads):
                if clear and clear != leads:
                    return None
                if leads not in told[-2:]:
                    return FollowUp(leads, None, leads)
            elif turn.aspect == "amount" and not _MONEY.search(leads):
                continue
            elif f"{name}:{aspect}" not in told:
                return FollowUp(name, leads, f"{name}:{aspect}")
    return None


def _by_words(
    topic: Topic, turn: Turn, own: Optional[str], declined: bool, told: Sequence[str]
) -> Optional[FollowUp]:
    """For what leans without naming an aspect: the part of the answer that its words are about."""
    if turn.bare and own is None and turn.aspect is None:
        # The model's guesses say nothing of it either: what was answered is all it can be about.
        return again(topic.name, turn, told) or FollowUp(topic.name, None, topic.name)
    if turn.aspect == "why":
        reason = _reason(topic.answer)
        return FollowUp(topic.name, reason, f"{topic.name}:reason")
    if topic.name in turn.topics:
        return again(topic.name, turn, told)
    strong = _part(topic, turn.text, told, least=2.0)
    if strong:
        return strong
    near = [n for n in turn.nearest[:3] if n in topic.next and n not in told[-2:]]
    if own in topic.next and own not in told[-2:]:
        return FollowUp(str(own), None, str(own))
    if near:
        return FollowUp(near[0], None, near[0])
    part = _part(topic, turn.text, told, least=0.5) if turn.leans else None
    if part or own or declined:
        return part
    # What points back is most often answered by the answer it points at.
    if turn.leans and topic.name not in told:
        return FollowUp(topic.name, None, topic.name)
    return _end(topic.name) if turn.leans else None


def _end(name: str) -> FollowUp:
    return FollowUp(name, None, f"{name}:end", ends=True)


_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d[\d-]*|[$%]")
_FILLERS = (
    "the and for that this these those then with from what whats when where which who whom how why does did "
    "done can cant could will would should shall may might must have has had get got are was were been being is it its "
    "they them their there you your mine our his her she him not don dont isn about into onto just also even still really "
    "some any all one ones more most much many very too than but if so or as at by in of on to up do im i'm it's me my we us "
    "know tell say said says mean means want need make take give let like ok okay yes please thing things something anything "
    "that's they're don't doesn't can't won't after before again now only out off over irs cp503 answer explain"
)
_SAYS_NOTHING = set(_FILLERS.split())
_SAYS_LITTLE = {
    "tax",
    "pay",
    "paid",
    "plan",
    "notic",
    "owe",
    "month",
}  # stems that most answers hold
_SAME = {
    "letter": "notice",
    "letters": "notice",
    "bill": "notice",
    "home": "house",
    "paycheck": "wages",
}
_MONEY, _TIME = re.compile(r"[$%]|_(?:fee|rate|share|threshold|limit|cap)\w*\}|\{\w*(?:fee|rate|limit|threshold|share)\w*\}"), re.compile(
    r"\b(?:days?|weeks?|months?|years?|date|until|hours?)\b|_(?:days|months|years|weeks)\w*\}"
)  # fmt: skip
_ASKS_MONEY = re.compile(r"\b(?:how much|amount|percent\w*|sum|limit|odds|chances?)\b", re.I)
_ASKS_TIME = re.compile(r"\b(?:when|how long|how soon|deadline|hours|what day|how many (?:days|weeks|years))\b", re.I)  # fmt: skip
_ENDING = re.compile(r"(?<=\w{3})(?:ing|ed|es|s|d|e)$")
_SENTENCE = re.compile(r"(?<=[a-z}\")][.?!])\s+(?=[A-Z{])")
MOST_PARTS = 2  # that fit a message equally well
LEAST_WORDS = 5  # of a sentence that says something by itself
STEM = 5  # letters of a word that count: "receipts" is "receipt"


def _stems(text: str) -> Set[str]:
    found = set()
    for word in _WORD.findall(text.lower().replace("’", "'")):
        word = _SAME.get(word, word)
        if word not in _SAYS_NOTHING and (len(word) > 2 or word[0].isdigit()):
            found.add(_ENDING.sub("", word)[:STEM])
    return found


def _part(topic: Topic, text: str, told: Sequence[str], least: float) -> Optional[FollowUp]:
    """The part of what is known about a topic that shares most words with a message, if any do."""
    asked = _stems(text) - _stems(topic.title)  # what it is about in any case tells no part
    scored = []
    for key, part in _parts(topic):
        if key in told:
            continue
        shared = asked & _stems(part)
        score = len(shared) - 0.5 * len(shared & _SAYS_LITTLE)
        if _ASKS_MONEY.search(text) and _MONEY.search(part):
            score += 1.5 if "#" in key else 1
        if _ASKS_TIME.search(text) and _TIME.search(part):
            score += 1
        if score >= least:
            scored.append((score, key, part))
    if not scored:
        return None
    most = max(scored)[0]
    best = [(key, part) for score, key, part in scored if score == most][:MOST_PARTS]
    return FollowUp(topic.name, "\n\n".join(part for _, part in best), best[0][0])


def _parts(topic: Topic) -> List[Tuple[str, str]]:
    """(key, text) of the answers to follow-ups, and of the answer: sentences, then paragraphs."""
    own = [(f"{topic.name}:{a}", t) for a, t in topic.follow_ups.items() if not is_name(t)]
    first, *rest = topic.answer.strip().split("\n\n")
    said = [s for s in _SENTENCE.split(first) if len(s.split()) >= LEAST_WORDS]
    own += [(f"{topic.name}#0.{n}", sentence) for n, sentence in enumerate(said)]
    return own + [(f"{topic.name}#{n}", paragraph) for n, paragraph in enumerate(rest, 1)]


def _reason(answer: str) -> Optional[str]:
    """The paragraph of an answer that gives its reason: after the answer itself, before what to do."""
    paragraphs = answer.strip().split("\n\n")
    given = [p for p in paragraphs if _REASON.search(p)]
    return (given or paragraphs[1:2] or paragraphs)[0]


__all__ = ("CLEAR", "FollowUp", "again", "follow_up")
