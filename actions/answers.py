"""Questions of the guide: answers, "did you mean", and where an answer comes from."""

from __future__ import annotations

import re
from typing import Dict, List, Sequence

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import (
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
from actions.understanding import read_turn
from assistant.topics import HUMAN, HUMAN_TOPIC, PLAN, sources, topics

OFFERED_WHEN_UNSURE = 3
GUESS_BELOW = (
    0.4  # right in about half to two thirds of cases (cross-validation): say what was heard
)
NEVER_GUESSED = {"out_of_scope", "other_language", "insult_complaint", HUMAN_TOPIC}
MOST_WORDS = 130  # of several answers together; beyond it each is cut to what answers the question
BRIEF_WORDS = 40
URGENT = ("final_levy_notice", "lien_notice", "levy_in_place")
MOST_REFERENCES = 6  # in a reply; the first are those of the answer itself


def brief(text: str) -> str:
    """The opening paragraphs of an answer, which hold the answer itself."""
    kept: List[str] = []
    for paragraph in text.split("\n\n"):
        if kept and sum(len(p.split()) for p in kept) + len(paragraph.split()) > BRIEF_WORDS:
            break
        kept.append(paragraph)
    return "\n\n".join(kept)


def answer(
    say: CollectingDispatcher,
    tracker: Tracker,
    names: List[str],
    bare: bool,
    guess: Sequence[str] = (),
) -> List[str]:
    """Say the answers of some topics, in order, as one reply; returns the topics answered.

    ``bare``: without next steps, because a question of the plan follows. ``guess``: other topics the
    message may have meant; the answer then says what it took the message for and offers those.
    """
    known = [topics()[n] for n in names if n in topics()]
    # A greeting beside a real question needs no answer of its own.
    known = [t for t in known if not t.small_talk] or known[:1]
    texts = [topic.text(today(tracker)) for topic in known]
    if sum(len(t.split()) for t in texts) > MOST_WORDS:
        texts = [brief(t) for t in texts]
    if guess and not known[0].small_talk and known[0].name not in NEVER_GUESSED:
        texts.insert(0, f"I take it you ask: {known[0].title}")
    text = "\n\n".join(texts)
    steps = [step for topic in known for step in topic.next]
    if len(known) > 1:  # the first step of each, then the rest
        steps = [t.next[0] for t in known if t.next] + steps
    steps = [*list(guess)[:2], *steps]
    links = [{"title": title, "url": url} for t in known for title, url in t.links]
    said = [t.name for t in known]
    say_with_links(say, text, [] if bare else buttons_for(steps, without=said), links)
    return said


class ActionAnswer(Safe):
    """Answers every question in the message; goes on to the plan where that was asked too."""

    def name(self) -> str:
        return "action_answer"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        running = bool(tracker.active_loop.get("name"))
        leads = any(topics()[t].starts_plan for t in turn.topics if t in topics())
        # A notice with a hearing right or a levy cannot wait for somebody to ask for a plan.
        urgent = any(turn.facts.get(fact) for fact in URGENT)
        go_on = not running and (
            turn.wants_plan or urgent or (leads and "amount_owed" in turn.facts)
        )
        if urgent and go_on and "?" not in (tracker.latest_message.get("text") or ""):
            return [*turn.events(), SlotSet("misunderstood", 0), FollowupAction("plan_form")]
        unsure = turn.confidence < GUESS_BELOW and len(turn.topics) == 1
        near = [n for n in tracker.latest_message.get("nearest") or () if n in topics()]
        guess = [n for n in near if n not in turn.topics] if unsure else []
        said = answer(say, tracker, turn.topics, bare=running or go_on, guess=guess)
        offered = PLAN if not running and any(PLAN in topics()[t].next for t in said) else None
        events = turn.events() + [
            SlotSet("last_topics", said),
            SlotSet("misunderstood", 0),
            SlotSet("offered", offered),
        ]
        return events + ([FollowupAction("plan_form")] if go_on else [])


class ActionFallback(Safe):
    """Not understood: says what it can do and offers the nearest topics; then a person."""

    def name(self) -> str:
        return "action_fallback"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        times = int(tracker.get_slot("misunderstood") or 0) + 1
        near = [n for n in tracker.latest_message.get("nearest") or () if n in topics()]
        buttons = [topic_button(n) for n in near[:OFFERED_WHEN_UNSURE]]
        if times > 1:
            text = (
                "I'm still not sure what you mean, and I don't want to guess. You can tap one of "
                "these, ask in other words, or talk to a person. The number printed on your "
                "notice also reaches the IRS."
            )
            buttons = buttons[:2] + [PERSON_BUTTON]
        else:
            text = (
                "I'm not sure I understood that. I can explain your CP503 notice: what it means, "
                "how long you have, what happens next, what to do if you disagree or can't pay. "
                "I can also find which payment plan fits. Did you mean one of these?"
            )
            buttons = (buttons or [topic_button("what_is_cp503")]) + [PLAN_BUTTON]
        say.utter_message(text=text, buttons=buttons)
        return turn.events() + [SlotSet("misunderstood", times)]


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
