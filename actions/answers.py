"""The actions that answer questions of the guide, or say that one wasn't understood."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import PERSON_BUTTON, PLAN_BUTTON, Events, Safe, say_with_links, topic_button
from actions.replies import (
    CRISIS,
    DECLINED,
    answer,
    crisis,
    followed,
    for_the_amount,
    just_said,
    kind_line,
    noted,
    past_hearing,
    say_follow_up,
    told,
)
from actions.understanding import read_turn
from assistant import firm
from assistant.phrases import KIND, LOW, NOT_CERTAIN, UNSURE, UNSURE_AGAIN, did_you_mean
from assistant.topics import HUMAN_TOPIC, PLAN, topics

OFFERED_WHEN_UNSURE = 3
# Said as they are or not at all: "if you are asking “Something else”" helps nobody.
NEVER_GUESSED = DECLINED | {"insult_complaint", "feeling_scared", HUMAN_TOPIC}
URGENT = ("final_levy_notice", "lien_notice", "levy_in_place")


class ActionAnswer(Safe):
    """Answers every question in the message; goes on to the plan where that was asked too."""

    def name(self) -> str:
        return "action_answer"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        if CRISIS in turn.topics:
            return crisis(say, tracker)
        turn.topics = for_the_amount(turn, tracker)
        follow_up = followed(say, tracker, turn)
        if follow_up is not None:
            return follow_up
        running = bool(tracker.active_loop.get("name"))
        if turn.past_hearing:
            return past_hearing(say, tracker, turn)
        leads = any(topics()[t].starts_plan for t in turn.topics if t in topics())
        # A notice with a hearing right or a levy cannot wait for somebody to ask for a plan.
        urgent = any(turn.facts.get(fact) for fact in URGENT)
        heard = None if urgent else noted(say, tracker, turn)
        if heard is not None:
            return heard
        go_on = not running and (
            turn.wants_plan or urgent or (leads and "amount_owed" in turn.facts)
        )
        if urgent and go_on and "?" not in (tracker.latest_message.get("text") or ""):
            return [*turn.events(), SlotSet("misunderstood", 0), FollowupAction("plan_form")]
        same = None if go_on or urgent else just_said(tracker, turn)
        if same is not None:
            return say_follow_up(say, tracker, turn, same)
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
            *turn.events(), *spoken, SlotSet("last_topics", said), told(tracker, said),
            SlotSet("misunderstood", 0), SlotSet("offered", offered),
        ]  # fmt: skip
        return events + ([FollowupAction("plan_form")] if go_on else [])


class ActionFallback(Safe):
    """Not understood: says so, offers the nearest topics in words; the second time, a person."""

    def name(self) -> str:
        return "action_fallback"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        turn = read_turn(tracker)
        follow_up = followed(say, tracker, turn)
        if follow_up is None:
            follow_up = noted(say, tracker, turn)
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
