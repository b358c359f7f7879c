"""Turns as Rasa writes them down, for tests of the tracker store: each kind the rules can lead to."""

from __future__ import annotations

import itertools

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)

FORM = "plan_form"
DOMAIN = Domain.from_yaml(
    """
version: "3.1"
session_config: {session_expiration_time: 0, carry_over_slots_to_new_session: true}
intents: [faq, plan, inform, stop, nlu_fallback]
entities: [amount]
slots:
  amount_owed: {type: text, influence_conversation: true, mappings: [{type: custom}]}
  days_to_pay: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  last_topics: {type: any, influence_conversation: false, mappings: [{type: custom}]}
forms:
  plan_form: {required_slots: [amount_owed, days_to_pay]}
  other_form: {required_slots: [days_to_pay]}
actions: [action_answer, action_plan_result, utter_stopped]
responses:
  utter_stopped: [{text: stopped}]
"""
)

_count = itertools.count(1)


def user(intent, text=None, entities=()):
    number = next(_count)
    found = [dict(e) for e in entities]
    read = {
        "intent": {"name": intent, "confidence": 0.9}, "entities": found, "text": text or f"t{number}",
        "message_id": f"m{number}", "metadata": {"at": None},
    }  # fmt: skip
    return UserUttered(
        read["text"], read["intent"], found, read,
        input_channel="frontdesk", message_id=f"m{number}", metadata={"at": None},
    )  # fmt: skip


def did(name):
    return ActionExecuted(name, policy="RulePolicy", confidence=1.0)


def said(text="x"):
    return BotUttered(text, {"buttons": [{"title": "a", "payload": "/a"}]})


def heard():
    return DefinePrevUserUtteredFeaturization(False)


LISTEN = "action_listen"


def opening():
    return [did("action_session_start"), SessionStarted(), did(LISTEN)]


def question():
    topics = SlotSet("last_topics", [f"t{next(_count)}"])
    return [user("faq"), heard(), did("action_answer"), topics, said(), did(LISTEN)]


def form_begins(name=FORM):
    return [
        user("plan"), heard(), did(name), ActiveLoop(name), SlotSet("requested_slot", "amount_owed"),
        said(), did(LISTEN),
    ]  # fmt: skip


def form_answered(name=FORM):
    amount = str(next(_count))
    return [
        user("inform", entities=[{"entity": "amount", "value": amount}]), did(name),
        SlotSet("amount_owed", amount), SlotSet("requested_slot", "days_to_pay"), said(), did(LISTEN),
    ]  # fmt: skip


def form_interrupted(name=FORM):
    return [
        user("faq"), ActionExecutionRejected(name), heard(), did("action_answer"), said(),
        LoopInterrupted(True), did(name), SlotSet("requested_slot", "days_to_pay"), said(),
        did(LISTEN),
    ]  # fmt: skip


def form_rejected(name=FORM):
    return [
        user("faq"), ActionExecutionRejected(name), heard(), did("action_answer"), said(), did(LISTEN),
    ]  # fmt: skip


def form_ends(name=FORM):
    return [
        user("inform"), did(name), SlotSet("days_to_pay", 30), SlotSet("requested_slot", None),
        ActiveLoop(None), did("action_plan_result"), said("result"), did(LISTEN),
    ]  # fmt: skip


def form_stopped():
    return [
        user("stop"), heard(), did("action_deactivate_loop"), ActiveLoop(None),
        SlotSet("requested_slot", None), did("utter_stopped"), said(), did(LISTEN),
    ]  # fmt: skip


def reverted():
    return [user("nlu_fallback"), did("action_default_fallback"), said(), UserUtteranceReverted()]


def slots_reset():
    return [user("faq"), did("action_answer"), AllSlotsReset(), said(), did(LISTEN)]


def followed():
    return [
        user("plan"), heard(), did("action_answer"), FollowupAction("plan_form"), did(FORM),
        ActiveLoop(FORM), SlotSet("requested_slot", "amount_owed"), said(), did(LISTEN),
    ]  # fmt: skip


def paused():
    return [user("faq"), did("action_answer"), said(), ConversationPaused(), did(LISTEN)]


def resumed():
    return [ConversationResumed(), *question()]


def restarted():
    return [user("faq"), did("action_restart"), Restarted(), did(LISTEN)]


def other_form():
    return [*form_begins("other_form"), *form_answered("other_form")]


def silent():
    return [user("faq"), did(LISTEN)]


KINDS = [
    question, question, question, form_begins, form_answered, form_answered, form_interrupted,
    form_rejected, form_ends, form_stopped, reverted, slots_reset, followed, paused, resumed,
    restarted, other_form, silent,
]  # fmt: skip
