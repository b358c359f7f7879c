"""Replies put together: several answers in one, kindness once, and doubt said in words."""

import asyncio

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import ActionAnswer, ActionFallback
from actions.replies import answer, together
from assistant.phrases import KIND, LOW, TOLD, TOLD_MORE, did_you_mean, hedges, refuses


def said(action, text="x", slots=None, **message):
    say = CollectingDispatcher()
    latest = {
        "text": text,
        "intent": {"name": "faq", "confidence": 0.9},
        "certain": True,
        **message,
    }
    tracker = Tracker("c", dict(slots or {}), latest, [], False, None, {}, "action_listen")
    events = asyncio.run(action.run(say, tracker, {}))
    return say.messages[0], {e["name"]: e["value"] for e in events if e["event"] == "slot"}


def test_a_sure_answer_is_just_the_answer():
    message, slots = said(ActionAnswer(), topics=["is_it_audit"])
    assert message["text"].startswith("No") and slots["last_topics"] == ["is_it_audit"]


def test_a_doubtful_answer_says_what_it_took_the_message_for():
    message, _ = said(
        ActionAnswer(), topics=["is_it_audit"], certain=False, nearest=["is_it_audit", "lien"]
    )
    assert hedges(message["text"]) and "Is this an audit?" in message["text"]
    assert message["buttons"][0]["payload"] == '/faq{"topic": "lien"}'


def test_not_understood_ends_the_turn_where_no_rule_would():
    say = CollectingDispatcher()
    latest = {"text": "hm", "intent": {"name": "why_ask"}}
    tracker = Tracker("c", {}, latest, [], False, None, {}, "action_listen")
    events = asyncio.run(ActionFallback().run(say, tracker, {}))
    assert [e["name"] for e in events if e["event"] == "followup"] == ["action_listen"]


def test_a_link_of_two_topics_is_given_once():
    say = CollectingDispatcher()
    tracker = Tracker("c", {}, {"text": ""}, [], False, None, {}, "action_listen")
    answer(say, tracker, ["low_income_clinic", "taxpayer_advocate"], bare=False)
    urls = [link["url"] for m in say.messages for link in m["custom"].get("links", ())]
    assert urls and len(urls) == len(set(urls))


def test_kindness_comes_once():
    first, slots = said(ActionAnswer(), topics=["is_it_audit"], mood="afraid")
    assert first["text"].startswith(KIND["afraid"]) and slots["kind_line"] is True
    again, slots = said(ActionAnswer(), topics=["lien"], mood="angry", slots={"kind_line": True})
    assert KIND["angry"] not in again["text"] and "kind_line" not in slots


def test_who_may_be_in_danger_gets_the_answer_and_988_each_time():
    for slots in ({}, {"kind_line": True}):
        message, _ = said(ActionAnswer(), topics=["is_it_audit"], mood=LOW, slots=slots)
        assert message["text"].startswith(KIND[LOW]) and "audit" in message["text"]
    unsure, _ = said(ActionFallback(), mood=LOW)
    assert unsure["text"].startswith(KIND[LOW])


def test_danger_is_answered_alone_and_ends_the_questions():
    message, slots = said(ActionAnswer(), topics=["crisis", "lien"], mood="danger")
    assert "988" in message["text"] and "lien" not in message["text"].lower()
    assert slots["requested_slot"] is None and slots["last_topics"] == ["crisis"]


def test_several_answers_stay_readable():
    message, _ = said(ActionAnswer(), topics=["is_it_audit", "how_much_time", "lien"])
    assert "not an audit" in message["text"] and "due date" in message["text"]
    assert "lien" in message["text"].lower() and len(message["text"].split()) <= 150
    assert together(["one. " * 5, "two. " * 5]) == "one. " * 5 + "\n\n" + "two. " * 5


def test_four_short_answers_fit_and_of_four_long_ones_the_last_is_offered():
    names = ["is_it_audit", "how_much_time", "interest_rate", "plan_fees"]
    message, slots = said(ActionAnswer(), topics=names)
    assert slots["last_topics"] == names and len(message["text"].split()) <= 150
    names = ["passport", "social_security_levy", "bankruptcy", "notice_lt11"]
    message, slots = said(ActionAnswer(), topics=names)
    assert slots["last_topics"] == names[:3] and len(message["text"].split()) <= 150
    assert message["buttons"][0]["payload"] == '/faq{"topic": "notice_lt11"}'


def test_what_is_too_long_together_keeps_each_opening():
    texts = ["one " * 30 + "\n\n" + "more " * 60, "two " * 30 + "\n\n" + "less " * 50]
    found = together(texts)
    assert found.count("one") == 30 and found.count("two") == 30 and len(found.split()) <= 150
    assert together(["one " * 100, "two " * 100]).count("two") == 100


def test_not_understood_offers_topics_in_words_and_then_a_person():
    near = ["is_it_audit", "lien", "how_much_time", "passport"]
    message, slots = said(ActionFallback(), nearest=near, certain=False)
    assert refuses(message["text"]) and "“Is this an audit?”, " in message["text"]
    assert slots["misunderstood"] == 1 and "faq/" not in message["text"]
    message, slots = said(ActionFallback(), nearest=near, slots={"misunderstood": 1})
    assert refuses(message["text"]) and slots["misunderstood"] == 2
    assert any("person" in b["title"].lower() for b in message["buttons"])


def test_did_you_mean():
    assert did_you_mean([]) == "" and did_you_mean(["A?"]) == "Did you mean “A?”? "
    assert did_you_mean(["A?", "B?", "C?"]) == "Did you mean “A?”, “B?” or “C?”? "


def test_the_cost_of_waiting_is_computed_where_the_amount_is_known():
    message, slots = said(
        ActionAnswer(),
        text="what does it cost me to wait 3 months on 10k",
        topics=["cost_of_waiting"],
        entities=[
            {"entity": "amount", "value": "10000", "role": "owed"},
            {"entity": "duration", "value": 90},
        ],
        metadata={"at": "2026-11-25T12:00:00+00:00"},
    )
    assert "On $10,000, waiting adds" in message["text"] and "90 days about $" in message["text"]
    assert slots["amount_owed"] == "10000" and "days_to_pay" not in slots


def test_the_same_answer_never_comes_twice_in_a_row():
    slots, replies = {}, []
    for text in ("lien", "lien again", "and the lien", "lien lien"):
        message, new = said(ActionAnswer(), text=text, topics=["lien"], slots=slots)
        slots.update(new)
        replies.append(message["text"])
    assert all(one != two for one, two in zip(replies, replies[1:]))
    assert any("That is what I know about it" in reply for reply in replies)


def test_where_nothing_is_left_there_are_other_questions_and_a_person():
    slots = {"last_topics": ["lost_notice"], "told": ["lost_notice"]}
    message, _ = said(ActionFallback(), text="and that?", leans=True, slots=slots)
    assert "That is what I know about it" in message["text"] and "\n" not in message["text"]
    titles = [b["title"] for b in message["buttons"]]
    assert len(titles) > 2 and "Talk to a person" in titles
    assert refuses(message["text"])


def test_a_lien_of_years_ago_opens_no_hearing():
    message, slots = said(
        ActionAnswer(),
        text="they put a lien on me in 2020",
        topics=["out_of_scope"],
        entities=[{"entity": "past_hearing", "value": "lien_notice"}],
    )
    assert "probably run out" in message["text"] and "date printed on the letter" in message["text"]
    assert "{" not in message["text"] and "lien_notice" not in slots
    assert slots["last_topics"] == ["lien"]


OWES = {"entity": "amount", "value": "85000", "role": "owed"}


def test_a_plan_asked_for_a_debt_over_the_limit_gets_the_answer_for_such_debts():
    message, slots = said(
        ActionAnswer(), "I owe $85,000. Can I get an installment agreement?",
        topics=["long_term_plan", "lien"], entities=[OWES],
    )  # fmt: skip
    assert slots["last_topics"] == ["over_limit", "lien"]
    assert "Over $50,000" in message["text"]


def test_the_limit_itself_is_not_over_it():
    _, slots = said(
        ActionAnswer(), topics=["long_term_plan"], entities=[{**OWES, "value": "50000"}]
    )
    assert slots["last_topics"] == ["long_term_plan"]


def test_the_amount_told_before_counts_and_a_business_has_limits_of_its_own():
    owes = {"amount_owed": "62000"}
    _, slots = said(ActionAnswer(), slots=owes, topics=["payment_plan_can_i", "over_limit"])
    assert slots["last_topics"] == ["over_limit"]
    _, slots = said(
        ActionAnswer(), slots={**owes, "taxpayer": "business"}, topics=["payment_plan_can_i"]
    )
    assert slots["last_topics"] == ["payment_plan_can_i"]


def test_a_tapped_button_says_what_stands_on_it():
    tapped = [{"entity": "topic", "value": "long_term_plan"}]
    _, slots = said(ActionAnswer(), slots={"amount_owed": "62000"}, entities=tapped)
    assert slots["last_topics"] == ["long_term_plan"]


TELLS = {"tells": True, "topics": ["already_paid"], "nearest": ["already_paid", "scam_or_real"]}


def test_what_is_told_after_an_answer_is_no_question():
    message, slots = said(
        ActionAnswer(), slots={"last_topics": ["cannot_pay_at_all"]}, certain=False, **TELLS,
        intent={"name": "faq", "confidence": 0.55},
    )  # fmt: skip
    assert message["text"] == TOLD and "last_topics" not in slots
    titles = [button["title"] for button in message["buttons"]]
    assert "Talk to a person" in titles and "What if I already paid?" not in titles
    message, _ = said(
        ActionAnswer(), slots={"last_topics": ["cannot_pay_at_all"], "told": slots["told"]},
        certain=False, **TELLS, intent={"name": "faq", "confidence": 0.8},
    )  # fmt: skip
    assert message["text"] == TOLD_MORE
    assert message["buttons"][0]["title"] == "What if I already paid?"


def test_what_is_told_is_answered_where_it_is_clearly_about_something():
    message, slots = said(
        ActionAnswer(), slots={"last_topics": ["cannot_pay_at_all"]}, **TELLS,
        intent={"name": "faq", "confidence": 0.99},
    )  # fmt: skip
    assert slots["last_topics"] == ["already_paid"]
    message, slots = said(ActionAnswer(), **TELLS, intent={"name": "faq", "confidence": 0.8})
    assert slots["last_topics"] == ["already_paid"]  # nothing was answered before it


def test_what_is_told_is_never_declined():
    message, _ = said(
        ActionAnswer(), slots={"last_topics": ["levy_garnish"]}, tells=True, topics=["out_of_scope"]
    )
    assert message["text"] == TOLD


def test_an_age_is_not_the_number_of_a_notice():
    message, _ = said(
        ActionAnswer(), slots={"last_topics": ["social_security_levy"]}, tells=True, age=True,
        topics=["notice_cp71"], intent={"name": "faq", "confidence": 0.999},
    )  # fmt: skip
    assert message["text"] == TOLD


def test_a_fact_a_plan_hangs_on_starts_the_plan_questions():
    say = CollectingDispatcher()
    latest = {"text": "i can do 125 a month", "intent": {"name": "faq", "confidence": 1.0}, "certain": True,
              "topics": ["minimum_payment"], "tells": True,
              "entities": [{"entity": "monthly", "value": "125"}]}  # fmt: skip
    tracker = Tracker(
        "c", {"last_topics": ["minimum_payment"]}, latest, [], False, None, {}, "action_listen"
    )
    events = asyncio.run(ActionAnswer().run(say, tracker, {}))
    assert [e["name"] for e in events if e["event"] == "followup"] == ["plan_form"]
    assert not [m for m in say.messages if m.get("text")]
