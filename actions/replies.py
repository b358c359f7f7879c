"""How questions of the guide are answered: one reply of several answers, follow-ups, what is grave."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import MOST_BUTTONS, Events, buttons_for, say_with_links, today
from actions.case import result
from actions.follow_ups import FollowUp, again, follow_up
from actions.plan_words import by_the_month, due_in, waiting_longer
from actions.turn import UNKNOWN, Turn
from actions.understanding import read_turn
from assistant.phrases import (
    KIND,
    LOW,
    NOT_CERTAIN,
    NOT_CERTAIN_NEXT,
    PAST_HEARING,
    THAT_IS_ALL,
    TOLD,
    TOLD_MORE,
)
from assistant.topics import HUMAN, HUMAN_TOPIC, PLAN, Topic, filled, topics
from irs.figures import figure

DECLINED = {
    "out_of_scope", "other_taxes", "cannot_see_account", "other_language", "spanish",
}  # fmt: skip
CRISIS = "crisis"
REACHES_A_PERSON = {HUMAN_TOPIC, CRISIS}  # a person was asked for, or is needed
# Topics that are answered with the case's own figures first: the fact they need, and what they say.
OWN_FIGURES: Dict[str, Tuple[str, Callable[[Mapping[str, Any], date], str]]] = {
    "cost_of_waiting": ("amount_owed", lambda slots, day: waiting_longer(result(slots, day))),
    "minimum_payment": ("amount_owed", lambda slots, day: by_the_month(result(slots, day))),
    "how_much_time": (
        "due_date",
        lambda slots, day: due_in(date.fromisoformat(slots["due_date"]), day),
    ),
}
OVER_LIMIT, ONLINE_LIMIT = "over_limit", "long_term_online_limit_individual"
CAN_I = "payment_plan_can_i"
_ASKS_ABOVE = re.compile(
    r"\b(?:over|above|more|exceed\w*|past|higher|limit|too much)\b", re.IGNORECASE
)
UP_TO_LIMIT = {CAN_I, "long_term_plan", "simple_payment_plan"}
# With a plan question open these aspects mean that question.
ABOUT_THE_QUESTION = {"why", "how", "other", "sure", "meaning"}
MOST_WORDS = 150  # of a reply; beyond it the longest answers give up their last paragraphs
QUESTION_WORDS = 30  # of a plan question that follows an answer with the case's own figures
MOST_CERTAIN = 3  # answers that always fit; a fourth only where their openings are short
# What a notice with a hearing right is about, where it was told of as something of long ago.
OF_PAST_HEARING = {"lien_notice": "lien", "final_levy_notice": "notice_lt11"}
# What is only told is like many a topic: it is answered by one from this confidence.
SURE_THOUGH_TOLD = 0.97
JUST_TOLD = "told_a_fact"  # among the keys of what was said
LIKELY_MEANT = 0.75  # from here the topic it is like is offered
MOST_STEPS = 2  # of the answer before, offered once more
DECIDE_A_PLAN = ("amount_owed", "monthly_payment", "days_to_pay", "pay_now")
OF_A_PLAN = UP_TO_LIMIT | {
    OVER_LIMIT, "minimum_payment", "short_term_plan", "pay_in_full", "direct_debit", "plan_types",
    "plan_fees", "partial_payment", "two_notices", "notice_cp14",
}  # fmt: skip
MOST_TOLD = 12  # keys of what was said that are remembered


def together(
    texts: Sequence[str], lead: str = "", own: Sequence[str] = (), most: int = MOST_WORDS
) -> str:
    """Answers as one reply, after ``lead``, that can be read on a phone; each keeps its first paragraph,
    which answers the question by itself, and what is said before it (``own``, one for each or none)."""
    parts = [text.split("\n\n") for text in texts]
    for part, before in zip(parts, own):
        part[0] = "\n\n".join(p for p in (before, part[0]) if p)
    most -= len(lead.split())
    while sum(len(p.split()) for part in parts for p in part) > most:
        longest = max(
            (part for part in parts if len(part) > 1),
            key=lambda part: sum(len(p.split()) for p in part),
            default=None,
        )
        if longest is None:
            break
        longest.pop()
    return "\n\n".join(p for part in parts for p in part)


def answer(
    say: CollectingDispatcher,
    tracker: Tracker,
    names: List[str],
    bare: bool,
    lead: str = "",
    others: Sequence[str] = (),
) -> List[str]:
    """Say the answers of some topics, in order, as one reply; returns the topics answered.

    ``bare``: without next steps, because a question of the plan follows. ``lead``: a sentence
    before the answer. ``others``: topics offered first, because the message may have meant them.
    """
    known = [topics()[n] for n in names if n in topics()]
    # A greeting beside a real question needs no answer of its own.
    known = [t for t in known if not t.small_talk] or known[:1]
    known, others = _readable(known, others, tracker)
    slots = {**tracker.slots, **read_turn(tracker).facts}
    own = {topic.name: own_figures(topic.name, slots, today(tracker)) for topic in known}
    most = MOST_WORDS - (QUESTION_WORDS if bare and any(own.values()) else 0)
    texts = [topic.text(today(tracker)) for topic in known]
    text = together(texts, lead, [own[topic.name] for topic in known], most)
    steps = [step for topic in known for step in topic.next]
    if len(known) > 1:  # the first step of each, then the rest
        steps = [t.next[0] for t in known if t.next] + steps
    steps = [*list(others)[:2], *steps]
    urls = {url: title for t in known for title, url in t.links}  # two topics may name the same
    links = [{"title": title, "url": url} for url, title in urls.items()]
    said = [t.name for t in known]
    text = "\n\n".join(part for part in (lead, text) if part)
    data = {
        **({"handoff": True} if REACHES_A_PERSON & set(said) else {}),
        **({"distress": True} if CRISIS in said else {}),
        **({"own": True} if any(own.values()) else {}),
    }
    say_with_links(say, text, [] if bare else buttons_for(steps, without=said), links, data or None)
    return said


def _readable(
    known: List[Topic], others: Sequence[str], tracker: Tracker
) -> Tuple[List[Topic], Sequence[str]]:
    """The topics whose openings fit one reply; the one too many is offered first."""
    if len(known) <= MOST_CERTAIN:
        return known, others
    openings = [topic.text(today(tracker)).split("\n\n")[0] for topic in known]
    if sum(len(text.split()) for text in openings) <= MOST_WORDS:
        return known, others
    return known[:MOST_CERTAIN], [*(t.name for t in known[MOST_CERTAIN:]), *others]


def own_figures(name: str, slots: Mapping[str, Any], day: date) -> str:
    """The case's own figures, said before the answer of a topic that is about them; else nothing."""
    fact, words = OWN_FIGURES.get(name, ("", None))
    return words(slots, day) if words and slots.get(fact) not in (None, UNKNOWN) else ""


def for_the_amount(turn: Turn, tracker: Tracker) -> List[str]:
    """The topics asked about; of a debt over the limit, not the plan that ends at the limit.

    And of one under it not what holds over it, unless the words ask for that. A business has other limits, and a tapped button says what stands on it.
    """
    slots = {**tracker.slots, **turn.facts}
    owed = slots.get("amount_owed")
    if turn.tapped or owed in (None, UNKNOWN) or slots.get("taxpayer") == "business":
        return turn.topics
    limit = figure(ONLINE_LIMIT, today(tracker)).number
    if Decimal(str(owed)) > limit:
        return list(dict.fromkeys(OVER_LIMIT if t in UP_TO_LIMIT else t for t in turn.topics))
    named = slots.get("amount_note") or Decimal(str(owed)) == limit  # "not under 50,000" owes more
    if named or _ASKS_ABOVE.search(turn.text):
        return turn.topics
    return list(dict.fromkeys(CAN_I if t == OVER_LIMIT else t for t in turn.topics))


def kind_line(tracker: Tracker, turn: Turn) -> str:
    """A kind sentence, once a conversation, where somebody wrote how they feel; 988 each time."""
    if turn.mood == LOW:
        return KIND[LOW]
    if tracker.get_slot("kind_line") or turn.mood not in KIND:
        return ""
    # Topics about feelings are kind themselves.
    return "" if set(turn.topics) & {"feeling_scared", "insult_complaint"} else KIND[turn.mood]


def past_hearing(say: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Events:
    """A lien or final notice of years ago: its hearing is over, and what is still left."""
    about = OF_PAST_HEARING[str(turn.past_hearing)]
    others = [t for t in turn.topics if t in topics() and t not in DECLINED | {about}]
    left = topics()[others[0]].answer if others else topics()[about].follow_ups["late"]
    said = others[:1] or [about]
    steps = [] if tracker.active_loop.get("name") else [*topics()[said[0]].next, HUMAN]
    text = filled(f"{PAST_HEARING}\n\n{left}", today(tracker))
    say_with_links(say, text, buttons_for(steps, without=said))
    return [
        *turn.events(),
        SlotSet("last_topics", said),
        told(tracker, said),
        SlotSet("misunderstood", 0),
    ]


def crisis(say: CollectingDispatcher, tracker: Tracker) -> Events:
    """A threat to self: 988 and a person, and no question of ours after it."""
    answer(say, tracker, [CRISIS], bare=False)
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("last_topics", [CRISIS])]


def followed(say: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Optional[Events]:
    """Answer a message that leans on the turn before; None when it does not, or nobody knows."""
    running = bool(tracker.active_loop.get("name"))
    if turn.by_the_month or (running and turn.aspect in ABOUT_THE_QUESTION):
        return None
    found = follow_up(tracker.get_slot("last_topics") or (), turn, tracker.get_slot("told") or ())
    return None if found is None else say_follow_up(say, tracker, turn, found)


def just_said(tracker: Tracker, turn: Turn) -> Optional[FollowUp]:
    """What to say instead of an answer that was the one before; None where it was not."""
    last = tracker.get_slot("last_topics") or ()
    known = [n for n in turn.topics if n in topics() and not topics()[n].small_talk]
    if turn.by_the_month or not known or not set(known) <= set(last):
        return None
    return again(known[0], turn, tracker.get_slot("told") or ())


def say_follow_up(
    say: CollectingDispatcher, tracker: Tracker, turn: Turn, found: FollowUp
) -> Events:
    running = bool(tracker.active_loop.get("name"))
    name = found.topic
    events: Events = [*turn.events(), SlotSet("misunderstood", 0), told(tracker, [found.key])]
    if found.ends:
        parts = [part for part in (found.text, THAT_IS_ALL) if part]
        text = filled("\n\n".join(parts), today(tracker))
        near = [n for n in turn.nearest[:1] if n in topics() and n not in DECLINED | {name}]
        steps = [s for s in [*near, *topics()[name].next] if s != HUMAN][: MOST_BUTTONS - 1]
        say_with_links(say, text, [] if running else buttons_for([*steps, HUMAN], without=[name]))
        return [*events, SlotSet("last_topics", [name])]
    others = [n for n in (*turn.topics, *turn.nearest)[:2] if n in topics() and n not in DECLINED]
    others = others if found.doubt else []
    if found.text is None:
        lead = NOT_CERTAIN.format(title=topics()[name].title) if found.doubt else ""
        said = answer(say, tracker, [name], running, lead, others)
        return [*events, SlotSet("last_topics", said)]
    lead = f"{NOT_CERTAIN_NEXT} " if found.doubt else ""
    steps = [*others, *topics()[name].next]
    buttons = [] if running else buttons_for(steps, without=[name])
    say_with_links(say, lead + filled(found.text, today(tracker)), buttons)
    return [*events, SlotSet("last_topics", [name])]


def _stands(name: str) -> bool:
    return name in topics() and not topics()[name].small_talk


def noted(say: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Optional[Events]:
    """Take what was only told after an answer; None where it asks for an answer of its own.

    A fact that a plan hangs on goes to the plan questions; else it is not taken for a question that
    it happens to be like.
    """
    last = (tracker.get_slot("last_topics") or ())[-1:]
    about = last[0] if last and (last[0] == PLAN or _stands(last[0])) else None
    if not turn.tells or turn.wants_plan or tracker.active_loop.get("name") or about is None:
        return None
    own = turn.topics[0] if turn.topics else None
    if about in DECLINED or {CRISIS, HUMAN_TOPIC} & {own, about}:
        return None
    sure = turn.certain and turn.confidence >= SURE_THOUGH_TOLD and own not in DECLINED | {about}
    if any(turn.facts.get(fact) is not None for fact in DECIDE_A_PLAN):
        if sure and own not in OF_A_PLAN:
            return None
        return [*turn.events(), SlotSet("misunderstood", 0), FollowupAction("plan_form")]
    if about == PLAN or (own and sure and not turn.age):
        return None
    again = (tracker.get_slot("told") or ())[-1:] == [JUST_TOLD]
    kind = kind_line(tracker, turn)
    likely = [own] if own and turn.confidence >= LIKELY_MEANT and own not in DECLINED else []
    steps = [*likely, *topics()[about].next[:MOST_STEPS], HUMAN]
    buttons = buttons_for([s for s in steps if s == HUMAN or s != about])
    say_with_links(say, " ".join(p for p in (kind, TOLD_MORE if again else TOLD) if p), buttons)
    spoken = [SlotSet("kind_line", True)] if kind else []
    return [*turn.events(), *spoken, SlotSet("misunderstood", 0), told(tracker, [JUST_TOLD])]


def told(tracker: Tracker, keys: Sequence[str]) -> Dict[str, Any]:
    """The slot with what was said, the newest last."""
    return SlotSet("told", [*(tracker.get_slot("told") or ()), *keys][-MOST_TOLD:])
