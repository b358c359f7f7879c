"""Questions of the guide: answers, follow-ups, "did you mean", and where an answer comes from."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Dict, List, Optional, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
    MOST_BUTTONS,
    PERSON_BUTTON,
    PLAN_BUTTON,
    Events,
    Safe,
    buttons_for,
    say_with_links,
    today,
    topic_button,
)
from actions.case import references as plan_references
from actions.case import result
from actions.follow_ups import FollowUp, again, follow_up
from actions.plan_words import waiting_longer
from actions.understanding import UNKNOWN, Turn, read_turn
from assistant import firm
from assistant.phrases import (
    KIND,
    LOW,
    NOT_CERTAIN,
    PAST_HEARING,
    THAT_IS_ALL,
    UNSURE,
    UNSURE_AGAIN,
    did_you_mean,
)
from assistant.topics import HUMAN, HUMAN_TOPIC, PLAN, Topic, filled, sources, topics
from irs.figures import figure

OFFERED_WHEN_UNSURE = 3
DECLINED = {
    "out_of_scope", "other_taxes", "cannot_see_account", "other_language", "spanish",
}  # fmt: skip
# Said as they are or not at all: "if you are asking “Something else”" helps nobody.
NEVER_GUESSED = DECLINED | {"insult_complaint", "feeling_scared", HUMAN_TOPIC}
CRISIS = "crisis"
REACHES_A_PERSON = {HUMAN_TOPIC, CRISIS}  # a person was asked for, or is needed
COST_OF_WAITING = "cost_of_waiting"
OVER_LIMIT, ONLINE_LIMIT = "over_limit", "long_term_online_limit_individual"
UP_TO_LIMIT = {"payment_plan_can_i", "long_term_plan", "simple_payment_plan"}
ABOUT_THE_QUESTION = {
    "why",
    "how",
    "other",
    "sure",
    "meaning",
}  # with a plan question open they mean that
MOST_WORDS = 150  # of several answers together; beyond it the longest give up their last paragraphs
URGENT = ("final_levy_notice", "lien_notice", "levy_in_place")
# What a notice with a hearing right is about, where it was told of as something of long ago.
OF_PAST_HEARING = {"lien_notice": "lien", "final_levy_notice": "notice_lt11"}
MOST_TOLD = 12  # keys of what was said that are remembered
MOST_REFERENCES = 6  # in a reply; the first are those of the answer itself


def together(texts: Sequence[str]) -> str:
    """Several answers as one reply that can be read on a phone; each keeps its first paragraph,
    which answers the question by itself."""
    parts = [text.split("\n\n") for text in texts]
    while sum(len(p.split()) for part in parts for p in part) > MOST_WORDS:
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
    own = {topic.name: _own_figures(topic, tracker) for topic in known}
    texts = [
        "\n\n".join(part for part in (own[topic.name], topic.text(today(tracker))) if part)
        for topic in known
    ]
    text = together(texts) if len(texts) > 1 else texts[0]
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


def _own_figures(topic: Topic, tracker: Tracker) -> str:
    """The case's own figures, said before the answer of a topic that is about them; else nothing."""
    if topic.name != COST_OF_WAITING:
        return ""
    slots = {**tracker.slots, **read_turn(tracker).facts}
    if slots.get("amount_owed") in (None, UNKNOWN):
        return ""
    return waiting_longer(result(slots, today(tracker)))


def _for_the_amount(turn: Turn, tracker: Tracker) -> List[str]:
    """The topics asked about; of a debt over the limit, not the plan that ends at the limit.

    A business has other limits, and a tapped button says what stands on it.
    """
    slots = {**tracker.slots, **turn.facts}
    owed = slots.get("amount_owed")
    if turn.tapped or owed in (None, UNKNOWN) or slots.get("taxpayer") == "business":
        return turn.topics
    if Decimal(str(owed)) <= figure(ONLINE_LIMIT, today(tracker)).number:
        return turn.topics
    return list(dict.fromkeys(OVER_LIMIT if t in UP_TO_LIMIT else t for t in turn.topics))


def kind_line(tracker: Tracker, turn: Turn) -> str:
    """A kind sentence, once a conversation, where somebody wrote how they feel; 988 each time."""
    if turn.mood == LOW:
        return KIND[LOW]
    if tracker.get_slot("kind_line") or turn.mood not in KIND:
        return ""
    # Topics about feelings are kind themselves.
    return "" if set(turn.topics) & {"feeling_scared", "insult_complaint"} else KIND[turn.mood]


class ActionAnswer(Safe):
    """Answers every question in the message; goes on to the plan where that was asked too."""

    def name(self) -> str:
        return "action_answer"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        if CRISIS in turn.topics:
            return crisis(say, tracker)
        turn.topics = _for_the_amount(turn, tracker)
        follow_up = followed(say, tracker, turn)
        if follow_up is not None:
            return follow_up
        running = bool(tracker.active_loop.get("name"))
        if turn.past_hearing:
            return past_hearing(say, tracker, turn)
        leads = any(topics()[t].starts_plan for t in turn.topics if t in topics())
        # A notice with a hearing right or a levy cannot wait for somebody to ask for a plan.
        urgent = any(turn.facts.get(fact) for fact in URGENT)
        go_on = not running and (
            turn.wants_plan or urgent or (leads and "amount_owed" in turn.facts)
        )
        if urgent and go_on and "?" not in (tracker.latest_message.get("text") or ""):
            return [*turn.events(), SlotSet("misunderstood", 0), FollowupAction("plan_form")]
        same = None if go_on or urgent else _just_said(tracker, turn)
        if same is not None:
            return _say_follow_up(say, tracker, turn, same)
        lead, others = kind_line(tracker, turn), []
        spoken = [SlotSet("kind_line", True)] if lead else []
        first = topics().get(turn.topics[0]) if turn.topics else None
        if first and not turn.certain and not first.small_talk and first.name not in NEVER_GUESSED:
            doubt = NOT_CERTAIN.format(title=first.title)
            lead = f"{lead} {doubt}" if lead else doubt
            others = [n for n in turn.nearest if n in topics() and n not in turn.topics]
        said = answer(say, tracker, turn.topics, running or go_on, lead, others)
        offered = PLAN if not running and any(PLAN in topics()[t].next for t in said) else None
        events = [
            *turn.events(), *spoken, SlotSet("last_topics", said), _told(tracker, said),
            SlotSet("misunderstood", 0), SlotSet("offered", offered),
        ]  # fmt: skip
        return events + ([FollowupAction("plan_form")] if go_on else [])


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
        _told(tracker, said),
        SlotSet("misunderstood", 0),
    ]


def crisis(say: CollectingDispatcher, tracker: Tracker) -> Events:
    """A threat to self: 988 and a person, and no question of ours after it."""
    answer(say, tracker, [CRISIS], bare=False)
    return [ActiveLoop(None), SlotSet("requested_slot", None), SlotSet("last_topics", [CRISIS])]


def followed(say: CollectingDispatcher, tracker: Tracker, turn: Turn) -> Optional[Events]:
    """Answer a message that leans on the turn before; None when it does not, or nobody knows."""
    running = bool(tracker.active_loop.get("name"))
    if running and turn.aspect in ABOUT_THE_QUESTION:
        return None
    found = follow_up(tracker.get_slot("last_topics") or (), turn, tracker.get_slot("told") or ())
    return None if found is None else _say_follow_up(say, tracker, turn, found)


def _just_said(tracker: Tracker, turn: Turn) -> Optional[FollowUp]:
    """What to say instead of an answer that was the one before; None where it was not."""
    last = tracker.get_slot("last_topics") or ()
    known = [n for n in turn.topics if n in topics() and not topics()[n].small_talk]
    if not known or not set(known) <= set(last):
        return None
    return again(known[0], turn, tracker.get_slot("told") or ())


def _say_follow_up(
    say: CollectingDispatcher, tracker: Tracker, turn: Turn, found: FollowUp
) -> Events:
    running = bool(tracker.active_loop.get("name"))
    name = found.topic
    events: Events = [*turn.events(), SlotSet("misunderstood", 0), _told(tracker, [found.key])]
    if found.ends:
        parts = [part for part in (found.text, THAT_IS_ALL) if part]
        text = filled("\n\n".join(parts), today(tracker))
        near = [n for n in turn.nearest[:1] if n in topics() and n not in DECLINED | {name}]
        steps = [s for s in [*near, *topics()[name].next] if s != HUMAN][: MOST_BUTTONS - 1]
        say_with_links(say, text, [] if running else buttons_for([*steps, HUMAN], without=[name]))
    elif found.text is None:
        return [*events, SlotSet("last_topics", answer(say, tracker, [name], bare=running))]
    else:
        steps = [] if running else buttons_for(topics()[name].next, without=[name])
        say_with_links(say, filled(found.text, today(tracker)), steps)
    return [*events, SlotSet("last_topics", [name])]


def _told(tracker: Tracker, keys: Sequence[str]) -> Dict[str, Any]:
    """The slot with what was said, the newest last."""
    return SlotSet("told", [*(tracker.get_slot("told") or ()), *keys][-MOST_TOLD:])


class ActionFallback(Safe):
    """Not understood: says so, offers the nearest topics in words; the second time, a person."""

    def name(self) -> str:
        return "action_fallback"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        follow_up = followed(say, tracker, turn)
        if follow_up is not None:
            return follow_up
        times = int(tracker.get_slot("misunderstood") or 0) + 1
        near = [n for n in turn.nearest if n in topics()][:OFFERED_WHEN_UNSURE]
        meant = did_you_mean([topics()[n].title for n in near])
        buttons = [topic_button(n) for n in near]
        if times > 1:
            text = UNSURE_AGAIN.format(
                did_you_mean=meant, firm_contact=firm.words()["firm_contact"]
            )
            buttons = buttons[:2] + [PERSON_BUTTON]
        else:
            text = UNSURE.format(did_you_mean=meant)
            buttons = (buttons or [topic_button("what_is_cp503")]) + [PLAN_BUTTON]
        if turn.mood == LOW:
            text = f"{KIND[LOW]} {text}"
        say_with_links(say, text, buttons, [], {"misunderstood": times})
        # Where no rule knows what comes next Rasa would take this action again, and again.
        ends = [] if tracker.active_loop.get("name") else [FollowupAction("action_listen")]
        return [*turn.events(), SlotSet("misunderstood", times), *ends]


class ActionWhereFrom(Safe):
    """The references of what was answered last, each with the date of the copy that was read."""

    def name(self) -> str:
        return "action_where_from"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        last = tracker.get_slot("last_topics") or ()
        if PLAN in last:
            found = [
                (r.title, r.url, r.as_of) for r in plan_references(tracker.slots, today(tracker))
            ]
        else:
            found = sources([t for t in last if t in topics()] or ["what_is_cp503"])
        lines: List[str] = []
        links: List[Dict[str, str]] = []
        rest = len(found) - MOST_REFERENCES
        for title, url, day in found[:MOST_REFERENCES]:
            lines.append(f"- {title} (as of {day})" if day else f"- {title}")
            if url:
                links.append({"title": title, "url": url})
        if rest > 0:
            lines.append(f"- and {rest} more, for single figures in it")
        text = "That comes from:\n" + "\n".join(lines) if lines else "That needs no source."
        text += "\n\nRules change. Your own notice and irs.gov always win."
        say_with_links(say, text, buttons_for([PLAN, HUMAN]), links)
        return []


_HEARD = re.compile(r"^\W*(?:ok(?:ay)?|k|alright|all right|got it|right|mhm|i see)\W*$", re.I)


class ActionShortAnswer(Safe):
    """A yes, a no or "I don't know" when no question of ours is open."""

    def name(self) -> str:
        return "action_short_answer"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        follow_up = followed(say, tracker, turn) if turn.aspect else None
        if follow_up is not None:
            return follow_up
        intent = (tracker.latest_message.get("intent") or {}).get("name")
        text = tracker.latest_message.get("text") or ""
        agrees = intent == "affirm" and not _HEARD.match(text)
        if agrees and tracker.get_slot("offered") == PLAN:
            return [SlotSet("offered", None), FollowupAction("plan_form")]
        opening = {
            "affirm": "Good.",
            "deny": "Okay.",
            "dont_know": "That's fine: nobody has all of this in their head.",
            "refuse": "That's fine, you don't have to.",
        }.get(intent or "", "Okay.")
        say.utter_message(
            text=f"{opening} What would you like to know about your CP503? You can type it in "
            "your own words, or tap one of these.",
            buttons=buttons_for(["what_to_do_now", "plan_types", PLAN, HUMAN]),
        )
        return [SlotSet("offered", None)]


class ActionRepeat(Safe):
    """What was said last, once more (inside the plan questions the question itself follows)."""

    def name(self) -> str:
        return "action_repeat"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        if tracker.active_loop.get("name"):
            say.utter_message(text="Of course. The question was:")
            return []
        last = next(
            (e for e in reversed(tracker.events) if e.get("event") == "bot" and e.get("text")), None
        )
        if last is None:
            say.utter_message(text="There is nothing to repeat yet. What would you like to know?")
        else:
            say.utter_message(
                text=last["text"], buttons=(last.get("data") or {}).get("buttons") or []
            )
        return []
