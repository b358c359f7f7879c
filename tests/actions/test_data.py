"""What rides along with a reply: which fact it asks for, the case it computed, a wish for a person."""

import asyncio
import json
from datetime import date

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import plan_questions
from actions.answers import ActionAnswer, ActionFallback
from actions.base import Safe
from actions.case import FINER_QUESTIONS, QUESTIONS, result, situation
from actions.plan_form import MOST_FAILURES, StartOver, ValidatePlanForm
from actions.plan_questions import TRY_AGAIN, ExplainQuestion
from actions.plan_result import ComparePlans, ExplainResult, PlanResult
from assistant.channel import replies
from irs.assess import assess
from irs.told import from_json

AT = "2026-11-25T15:04:05+00:00"
DAY = date(2026, 11, 25)
TOLD = {"amount_owed": "12000", "days_to_pay": 540, "returns_filed": True, "agi": "unknown"}
ASKS = [
    action
    for action in vars(plan_questions).values()
    if isinstance(action, type) and issubclass(action, plan_questions._Question) and action.slot
]


def uttered(action, slots=None, loop=False, **message):
    """The messages of an action, as they go to Rasa."""
    say = CollectingDispatcher()
    latest = {"text": "x", "intent": {"name": "faq", "confidence": 0.9}, "certain": True,
              "metadata": {"at": AT}, **message}  # fmt: skip
    active = {"name": "plan_form"} if loop else {}
    tracker = Tracker("c", dict(slots or {}), latest, [], False, None, active, "action_listen")
    asyncio.run(action.run(say, tracker, {}))
    return json.loads(json.dumps(say.messages))


def data_of(messages):
    """The data of each reply as the channel hands it on, without what is known of the case."""
    found = [reply["data"] or {} for reply in replies(messages)]
    return [{k: v for k, v in data.items() if k != "known"} or None for data in found]


def known_of(messages):
    """What each reply says is known of the case."""
    return [(reply["data"] or {}).get("known") for reply in replies(messages)]


def test_every_question_of_the_form_says_what_it_asks():
    assert {ask.slot for ask in ASKS} == {*QUESTIONS, *FINER_QUESTIONS} == set(TRY_AGAIN)
    for ask in ASKS:
        messages = uttered(ask())
        assert data_of(messages) == [{"asks": ask.slot}]
        # The text and its buttons come first and alone: any channel of Rasa shows them.
        assert messages[0]["text"] and messages[0]["buttons"] and not messages[0]["custom"]
        assert not messages[1]["text"] and not messages[1]["buttons"]


@pytest.mark.parametrize("slot", list(TRY_AGAIN))
def test_a_question_put_again_says_what_it_asks(slot):
    slots = {"requested_slot": slot}
    message = {"text": "blue", "intent": {"name": "nlu_fallback", "confidence": 0.9}}
    assert data_of(uttered(ValidatePlanForm(), slots, loop=True, **message)) == [{"asks": slot}]
    tired = {**slots, "failures": MOST_FAILURES - 1}
    assert data_of(uttered(ValidatePlanForm(), tired, loop=True, **message)) == [None]


def test_why_it_is_asked_asks_nothing_itself():
    assert data_of(uttered(ExplainQuestion(), {"requested_slot": "agi"}, loop=True)) == [None]


@pytest.mark.parametrize(
    "more",
    [{}, {"days_to_pay": 0}, {"due_date": "2026-12-07"}, {"final_levy_notice": True},
     {"tax": "9000", "penalty": "2000", "interest": "1000"}, {"pay_now": "99999"},
     {"amount_owed": "unknown", "bankruptcy": True}, {"taxpayer": "business", "payroll_tax": True},
     {"direct_debit": True, "filed_on_time": False, "agi": "30000", "family_size": 3}],
    ids=str,
)  # fmt: skip
def test_the_last_reply_of_a_result_carries_the_case(more):
    slots = {**TOLD, **more}
    *others, last = data_of(uttered(PlanResult(), slots))
    assert others and not any(others)
    assert last["as_of"] == DAY.isoformat() and set(last) == {"plan", "facts", "as_of"}
    assert from_json(last["facts"]) == situation(slots)
    again = assess(from_json(last["facts"]), date.fromisoformat(last["as_of"]))
    assert again == result(slots, DAY) and again.plan == last["plan"]


def test_what_is_no_result_carries_none():
    for action, slots in (
        (PlanResult(), {"amount_owed": "unknown"}),
        (ComparePlans(), {}),
        (ComparePlans(), TOLD),
    ):
        assert not any(data_of(uttered(action, slots)))


def test_figures_of_ones_own_case_are_marked():
    own = {"own": True}
    assert set(map(str, data_of(uttered(ExplainResult(), TOLD)))) == {str(own)}
    waiting = uttered(ActionAnswer(), {"amount_owed": "12000"}, topics=["cost_of_waiting"])
    assert data_of(waiting) == [own]
    assert data_of(uttered(ActionAnswer(), topics=["cost_of_waiting"])) == [None]


def test_a_wish_for_a_person_is_handed_on():
    person = {"handoff": True}
    assert data_of(uttered(ActionAnswer(), topics=["talk_to_human"])) == [person]
    assert data_of(uttered(ActionAnswer(), topics=["lien", "talk_to_human"])) == [person]
    assert data_of(uttered(ActionAnswer(), topics=["talk_to_human"], loop=True)) == [person]
    danger = uttered(ActionAnswer(), topics=["crisis", "lien"], mood="danger")
    assert data_of(danger) == [{**person, "distress": True}]
    assert data_of(uttered(ActionAnswer(), topics=["lien"])) == [None]
    assert data_of(uttered(ActionFallback(), {"misunderstood": 1}, nearest=["lien"])) == [
        {"misunderstood": 2}
    ]


def test_an_apology_carries_nothing():
    class Broken(Safe):
        def name(self):
            return "broken"

        async def act(self, say, tracker):
            raise KeyError("x")

    assert data_of(uttered(Broken())) == [None]


def test_what_is_known_so_far_rides_on_the_last_reply():
    told = {"amount_owed": "12000", "final_levy_notice": True}
    for action, slots in (
        (ActionAnswer(), told),
        (ComparePlans(), told),
        (plan_questions.AskTime(), told),
        (PlanResult(), {**TOLD, **told}),
    ):
        *before, last = known_of(uttered(action, slots, topics=["lien"]))
        assert not any(before)
        assert from_json(last) == situation(slots)
        assert last["amount_owed"] == "12000.00" and "taxpayer" in last["assumed"]


def test_nothing_told_is_nothing_known():
    assert known_of(uttered(ActionAnswer(), topics=["lien"])) == [None]
    assert known_of(uttered(ActionAnswer(), {"amount_owed": "unknown"}, topics=["lien"])) == [None]


def test_what_was_taken_back_is_known_no_more():
    assert known_of(uttered(StartOver(), TOLD))[-1] == {}


def test_facts_that_cannot_be_are_no_reason_to_apologise():
    (message,) = replies(uttered(ActionAnswer(), {"amount_owed": "-5"}, topics=["lien"]))
    assert message["data"] is None and "wrong on my side" not in message["text"]
