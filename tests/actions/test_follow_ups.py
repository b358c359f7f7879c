"""A short message after an answer means what the answered topic says it means, or nothing."""

import pytest

from actions import follow_ups
from actions.follow_ups import again, follow_up
from actions.turn import Turn
from assistant.topics import Topic

TOPICS = {
    "debit": Topic("debit", "t", "Yes. Money.\n\nBecause it is safer.\n\nAsk.", next=("fees", "online"),
                   follow_ups={"cost": "fees", "why": "It is safer, so it is cheaper.", "how": "Sign in first."}),
    "fees": Topic("fees", "t", "It costs.", next=("debit",), follow_ups={"often": "Once."}),
    "online": Topic("online", "t", "At irs.gov.", next=("debit",)),
    "lien": Topic("lien", "t", "A claim on what you own.\n\nIt is filed from $10,000.\n\nCall about Letter 3172.",
                  next=("fees", "online"), follow_ups={"time": "No timetable."}),
    "cannot_pay_at_all": Topic("cannot_pay_at_all", "t", "Ask for hardship."),
    "currently_not_collectible": Topic("currently_not_collectible", "t", "Collection waits."),
    "out_of_scope": Topic("out_of_scope", "t", "I can't help with that.\n\nI know the CP503."),
}  # fmt: skip


@pytest.fixture(autouse=True)
def only_these(monkeypatch):
    monkeypatch.setattr(follow_ups, "topics", lambda: TOPICS)


def turn(aspect, topics=(), confidence=0.3, nearest=(), **more):
    return Turn(
        "faq", confidence, topics=list(topics), certain=confidence >= 0.4, nearest=list(nearest),
        aspect=aspect, **more,
    )  # fmt: skip


def said(*of, **named):
    found = follow_up(*of, **named)
    return found and (found.topic, found.text)


def test_what_the_topic_leads_to():
    assert said(["debit"], turn("cost")) == ("fees", None)
    assert said(["debit"], turn("why")) == ("debit", "It is safer, so it is cheaper.")
    # The last of several answers is the one meant; an earlier one where the last says nothing.
    assert said(["debit", "lien"], turn("cost")) == ("fees", None)


def test_a_neighbour_stands_in_where_the_topic_says_nothing():
    assert said(["debit"], turn("form", nearest=["lien", "online"])) == ("online", None)
    assert said(["debit"], turn("form", nearest=["lien"])) is None
    assert said(["fees"], turn("why")) == ("fees", "It costs.")


def test_what_stands_alone_leans_on_nothing():
    assert said([], turn("cost")) is None
    assert said(["plan"], turn("cost")) is None
    assert said(["debit"], turn(None)) is None
    assert said(["debit"], turn("cost", topics=["lien"], confidence=0.95)) is None
    assert said(["debit"], turn("cost", topics=["fees"], confidence=0.95)) == ("fees", None)
    assert said(["debit"], turn("cost", facts={"amount_owed": "5"})) is None


def test_what_was_asked_of_a_declined_message_leans_on_nothing():
    assert said(["out_of_scope"], turn("cost", leans=True)) is None


def test_a_message_about_somebody_elses_bill_is_no_follow_up():
    theirs = turn(None, topics=["out_of_scope"], confidence=0.75, leans=True, elsewhere=True,
                  text="can the hospital file it too")  # fmt: skip
    assert said(["lien"], theirs) is None


def test_how_often_is_answered_from_what_was_just_said():
    asked = turn("often", topics=["lien"], confidence=0.95, leans=True, text="is that per month?")
    assert said(["fees"], asked) == ("fees", "Once.")


def test_who_can_pay_nothing_is_not_offered_a_plan():
    asked = turn("nothing", topics=["cannot_pay_at_all"], confidence=0.6, leans=True)
    assert said(["fees"], asked) == ("cannot_pay_at_all", None)
    assert said(["cannot_pay_at_all"], asked, ["cannot_pay_at_all"]) == (
        "currently_not_collectible",
        None,
    )


def test_what_does_that_mean_for_me_gets_the_next_useful_thing():
    assert said(["debit"], turn("meaning", leans=True), ["debit"]) == ("debit", "Sign in first.")
    told = ["debit", "debit:how"]
    assert said(["debit"], turn("meaning", leans=True), told) == ("fees", None)


def test_the_same_topic_again_is_answered_by_the_part_that_fits():
    asked = turn(None, topics=["lien"], confidence=0.95, text="how much before they file it")
    found = again("lien", asked, ["lien"])
    assert found.text == "It is filed from $10,000." and found.key == "lien#1"


def test_the_same_question_again_gets_the_short_answer_and_then_an_end():
    asked = turn(None, topics=["lien"], confidence=0.95, text="lien")
    first = again("lien", asked, ["lien"])
    assert first.text == "In short: A claim on what you own." and not first.ends
    assert again("lien", asked, ["lien", first.key]).ends


def test_a_button_and_a_new_question_get_the_whole_answer():
    assert again("lien", turn(None, topics=["lien"], tapped=True), ["lien"]) is None
    assert again("lien", turn(None, topics=["lien"]), ["debit"]) is None


def test_nothing_more_to_say_says_so():
    found = follow_up(["online"], turn(None, leans=True, text="and that?"), ["online"])
    assert found.ends and found.topic == "online"


def test_bare_words_are_about_the_answer_before_however_sure_the_model_is():
    asked = turn(
        None, topics=["fees"], confidence=0.99, bare=True, leans=True, text="who qualifies"
    )
    assert said(["lien"], asked, ["lien"]) == ("lien", "In short: A claim on what you own.")
    # A word that names the topic, or a topic that needs no such word, is believed.
    named = turn(None, topics=["fees"], confidence=0.99, leans=True, text="and the fee for that")
    assert said(["lien"], named, ["lien"]) is None


def test_bare_words_that_say_everything_by_themselves(monkeypatch):
    known = {**TOPICS, "what_to_do_now": Topic("what_to_do_now", "t", "Three things.")}
    monkeypatch.setattr(follow_ups, "topics", lambda: known)
    asked = turn(None, topics=["what_to_do_now"], confidence=0.99, bare=True, leans=True)
    assert said(["lien"], asked, ["lien"]) is None


def test_doing_nothing_has_consequences_of_its_own(monkeypatch):
    lt11 = Topic("lt11", "t", "A final notice.", follow_ups={"ignored": "A levy may follow."})
    monkeypatch.setattr(follow_ups, "topics", lambda: {**TOPICS, "lt11": lt11})
    asked = turn("ignored", topics=["ignore_consequences"], confidence=0.99, bare=True, leans=True)
    assert said(["lt11"], asked) == ("lt11", "A levy may follow.")
    assert said(["lien"], asked) is None


ASKED = Topic(
    "check", "t", "Yes. By mail.\n\nKeep a copy.", next=("fees",),
    follow_ups={"time": "Mail it early.", "cost": "fees"},
)  # fmt: skip


def next_asked(says, score, topic="check", **more):
    more.setdefault("text", "made out to who")
    return turn(None, asked_next={"topic": topic, "says": says, "score": score}, **more)


@pytest.fixture
def with_check(monkeypatch):
    monkeypatch.setattr(follow_ups, "topics", lambda: {**TOPICS, "check": ASKED})


def test_what_is_asked_next_is_answered_as_the_topic_says(with_check):
    assert said(["check"], next_asked("To the Treasury.", 0.6)) == ("check", "To the Treasury.")
    assert said(["check"], next_asked("time", 0.6)) == ("check", "Mail it early.")
    assert said(["check"], next_asked("cost", 0.6)) == ("fees", None)
    assert said(["check"], next_asked("lien", 0.6)) == ("lien", None)


def test_how_sure_it_must_be_depends_on_what_else_the_message_may_be(with_check):
    assert said(["check"], next_asked("time", 0.39)) is None
    assert said(["check"], next_asked("time", 0.35, leans=True)) == ("check", "Mail it early.")
    other = {"topics": ["lien"], "confidence": 0.99}
    assert said(["check"], next_asked("time", 0.6, **other)) is None
    assert said(["check"], next_asked("time", 0.6, leans=True, points=True, **other)) is not None
    assert said(["check"], next_asked("time", 0.7, leans=True, **other)) is None  # "ok and a lien?"
    assert said(["check"], next_asked("time", 0.85, **other)) is not None
    long = "can they put a lien on my house before the check even gets to them in the mail"
    assert said(["check"], next_asked("time", 0.9, text=long, **other)) is None


def test_people_go_back_past_an_answer_that_was_not_meant(with_check):
    told = ["check", "lien"]
    assert said(["lien"], next_asked("time", 0.6), told=told) == ("check", "Mail it early.")
    assert said(["lien"], next_asked("time", 0.6), told=["lien"]) is None
    # What leans and is clearly about something else leans on the last answer rather.
    other = {"topics": ["online"], "confidence": 0.99, "leans": True, "points": True}
    assert said(["check"], next_asked("time", 0.55, **other)) is not None
    assert said(["lien"], next_asked("time", 0.55, **other), told=told) is None
    assert said(["lien"], next_asked("time", 0.65, **other), told=told) is not None


def test_what_was_just_said_is_not_said_again(with_check):
    asked = next_asked("To the Treasury.", 0.6)
    first = follow_up(["check"], asked, ["check"])
    assert follow_up(["check"], asked, ["check", first.key]) != first


def test_a_fact_told_stops_it_unless_it_is_only_named(with_check):
    told = {"taxpayer": "business"}
    assert said(["check"], next_asked("time", 0.6, facts=told)) == ("check", "Mail it early.")
    assert said(["check"], next_asked("time", 0.4, facts=told)) is None
    assert said(["check"], next_asked("time", 0.9, facts={"amount_owed": "5"})) is None


def test_it_never_answers_a_button_another_topic_or_somebody_elses_bill(with_check):
    assert said(["check"], next_asked("time", 0.9, tapped=True)) is None
    assert said(["debit"], next_asked("time", 0.9)) is None
    assert said(["check"], next_asked("time", 0.9, elsewhere=True)) is None
    assert said(["check"], next_asked("time", 0.9, topics=["crisis"], confidence=1.0)) is None


def test_what_is_less_sure_is_said_with_a_doubt(with_check):
    assert follow_up(["check"], next_asked("time", 0.45)).doubt
    assert not follow_up(["check"], next_asked("time", 0.55)).doubt
