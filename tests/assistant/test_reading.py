"""From scores to a reading; segments; the head's view of a text."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.head import normal
from assistant.nlu.reading import Bars, Scored, read
from assistant.nlu.segments import Segment, segments

BARS = Bars(maybe=0.2, sure=0.4, piece=0.45, passing=("greeting", "thanks"))


def scored(text, *ranking):
    return Scored(Segment(text, 0, len(text)), ranking)


def reading(whole, *pieces):
    return read(whole, pieces, BARS)


def test_one_clear_question():
    found = reading(scored("is it an audit", ("faq/audit", 0.9), ("faq/lien", 0.05)))
    assert found.topics == ("audit",) and found.intent == "faq/audit" and found.confidence == 0.9


def test_sure_enough_or_to_be_asked_back():
    assert reading(scored("audit", ("faq/audit", 0.41))).certain
    assert not reading(scored("audit", ("faq/audit", 0.39))).certain


def test_answered_outright_only_from_a_bar_of_its_own():
    bars = replace(BARS, outright=0.9)
    assert not read(scored("audit", ("faq/audit", 0.8)), [], bars).certain
    assert read(scored("audit", ("faq/audit", 0.9)), [], bars).certain
    assert read(scored("stop", ("stop", 0.5)), [], bars).certain  # a move is no answer


def test_what_is_set_aside_is_not_answered():
    found = reading(
        scored("both", ("faq/lien", 0.3)),
        scored("i'm not asking about the lien.", ("faq/lien", 0.9)),
        scored("how long do i have?", ("faq/time", 0.9)),
        scored("tell me", ("faq/thanks", 0.2)),
    )
    assert found.topics == ("time",)


def test_two_questions_in_order():
    found = reading(
        scored("both", ("faq/lien", 0.6), ("faq/audit", 0.3)),
        scored("is it an audit", ("faq/audit", 0.95)),
        scored("what is a lien", ("faq/lien", 0.9)),
    )
    assert found.topics == ("audit", "lien")


def test_a_greeting_beside_a_question_is_not_answered():
    found = reading(
        scored("hi is it an audit", ("faq/greeting", 0.5), ("faq/audit", 0.4)),
        scored("hi there", ("faq/greeting", 0.9)),
        scored("is it an audit", ("faq/audit", 0.9)),
    )
    assert found.topics == ("audit",)


def test_a_storys_statements_give_way_to_its_question():
    found = reading(
        scored("story", ("faq/moved", 0.3)),
        scored("i moved twice", ("faq/moved", 0.5)),
        scored("can they take my house?", ("faq/lien", 0.8)),
    )
    assert "lien" in found.topics


def test_a_question_and_the_wish_for_a_plan():
    found = reading(
        scored("both", ("plan", 0.5)),
        scored("i don't agree", ("faq/disagree", 0.7)),
        scored("find me a plan", ("plan", 0.9)),
    )
    assert found.topics == ("disagree",) and found.wants_plan


def test_what_everybody_here_has_is_no_question_beside_one():
    bars = Bars(maybe=0.2, sure=0.4, piece=0.45, standing=("what_is",))
    have = scored("i got a cp503", ("faq/what_is", 0.99))
    ask = scored("is this an audit", ("faq/audit", 0.9))
    whole = scored("both", ("faq/audit", 0.9))
    assert read(whole, [have, ask], bars).topics == ("audit",)
    assert read(have, [], bars).topics == ("what_is",)


def question(text, best, alone):
    return Scored(Segment(text, 0, len(text)), (best,), alone)


def test_a_question_that_would_say_the_same_again_is_taken_for_what_it_says_alone():
    found = reading(
        scored("both", ("faq/plan_time", 0.9)),
        scored("how long does a plan take", ("faq/plan_time", 0.95)),
        question("am i safe meanwhile", ("faq/plan_time", 0.7), ("faq/plan_protects", 0.6)),
    )
    assert found.topics == ("plan_time", "plan_protects")


@pytest.mark.parametrize(
    "text, alone",
    [
        ("am i safe meanwhile", ("faq/plan_protects", 0.3)),  # not clear enough alone
        ("am i safe meanwhile", ("greeting", 0.9)),  # said in passing
        ("and i waited for weeks", ("faq/plan_protects", 0.9)),  # no question
    ],
)
def test_otherwise_the_same_again_adds_nothing(text, alone):
    found = reading(
        scored("both", ("faq/plan_time", 0.9)),
        scored("how long does a plan take", ("faq/plan_time", 0.95)),
        question(text, ("faq/plan_time", 0.7), alone),
    )
    assert found.topics == ("plan_time",)


def test_of_two_that_would_say_the_same_the_one_it_is_about_keeps_it():
    found = reading(
        scored("both", ("faq/plan_fees", 0.9)),
        question("may i pay monthly", ("faq/plan_fees", 0.8), ("faq/plan", 0.9)),
        question("what do they charge", ("faq/plan_fees", 0.9), ("faq/plan_fees", 0.9)),
    )
    assert found.topics == ("plan", "plan_fees")


def test_unsure_is_not_believed():
    found = reading(scored("hm", ("faq/audit", 0.1)))
    assert found.topics == () and found.confidence == 0.1


def test_three_answers_and_a_fourth_only_where_each_is_asked():
    asked = [scored(f"what is {n}", (f"faq/t{n}", 0.9)) for n in range(6)]
    told = [scored(f"story {n}", (f"faq/s{n}", 0.95)) for n in range(6)]
    whole = scored("all", ("faq/t0", 0.5))
    assert reading(whole, *asked).topics == ("t0", "t1", "t2", "t3")
    assert len(reading(whole, *told).topics) == 3


def test_what_a_story_tells_gives_way_to_what_it_asks():
    told = [scored(f"story {n}", (f"faq/s{n}", 0.95)) for n in range(3)]
    asked = [scored(f"what is {n}", (f"faq/t{n}", 0.8)) for n in range(2)]
    assert reading(scored("all", ("faq/s0", 0.5)), *told, *asked).topics == ("s0", "t0", "t1")


def test_of_too_many_questions_the_general_one_gives_way():
    names = ["now", "jail", "levy", "lien"]
    pieces = [scored(f"what is {name}", (f"faq/{name}", 0.9)) for name in names]
    bars = replace(BARS, general=("now",))
    assert read(scored("all", ("faq/now", 0.5)), pieces, bars).topics == ("jail", "levy", "lien")
    assert read(scored("two", ("faq/now", 0.5)), pieces[:2], bars).topics == ("now", "jail")


@pytest.mark.parametrize(
    "text, asks",
    [
        ("yo whats a cp503", True),
        ("my dude what even is this cp503 thing", True),
        ("I would be grateful to learn whether lenders will see a mark", True),
        ("Whom do I make the check out to.", True),
        ("and hwo long do i have on thsi new one", True),
        ("and while im paying they cant garnish me right", True),
        ("they are going to take it all arent they", True),
        ("they garnished me last year", False),
        ("I need to know about liens", True),
        ("please describe the short plan", True),
        ("i need money", False),
    ],
)
def test_what_reads_like_a_question(text, asks):
    assert Segment(text, 0, len(text)).is_question is asks


@pytest.mark.parametrize(
    "text, pieces",
    [
        ("is it an audit and how long do i have", ["is it an audit", "how long do i have"]),
        (
            "Two things: can I appeal, and what if I ignore it?",
            ["can I appeal", "what if I ignore it?"],
        ),
        ("i disagree with it but can i get a plan", ["i disagree with it", "can i get a plan"]),
        ("penalties and interest", ["penalties and interest"]),
        ("I owe 9,000 for 2022 and 5,500 for 2023", ["I owe 9,000 for 2022 and 5,500 for 2023"]),
        ("It is $4,350.75. Is that right?", ["It is $4,350.75.", "Is that right?"]),
        ("audit?", ["audit?"]),
        (
            "1) can I pay monthly 2) what does it cost 3) is it safe",
            ["can I pay monthly", "what does it cost", "is it safe"],
        ),
        (
            "why did i get this how long do i have and where do i pay it",
            ["why did i get this", "how long do i have", "where do i pay it"],
        ),
        ("can you tell me how long do i have", ["can you tell me how long do i have"]),
        ("i dont know what is this letter", ["i dont know what is this letter"]),
        ("cp14?? cp501?? what are they", ["cp14??", "cp501??", "what are they"]),
        ("jail?? and do they come to my house", ["jail??", "do they come to my house"]),
        ("really? is it free", ["really? is it free"]),
        ("Who do I ask, and by when", ["Who do I ask", "by when"]),
        (
            "im freaking out can they take my house and do i need a lawyer",
            ["im freaking out", "can they take my house", "do i need a lawyer"],
        ),
        ("what plan can i have", ["what plan can i have"]),
        ("how many years do they give", ["how many years do they give"]),
        ("what is a lien can they file one", ["what is a lien", "can they file one"]),
        ("i can't find out can they do it", ["i can't find out can they do it"]),
        ("is direct pay how people do it now", ["is direct pay how people do it now"]),
        ("(a) is it real (b) what is LT39", ["is it real", "what is LT39"]),
        ("#1 what's LT16 #2 what's CP14", ["what's LT16", "what's CP14"]),
        ("Three things please. Is it real.", ["Is it real."]),
        ("three things", ["three things"]),
        ("i have a few bills", ["i have a few bills"]),
        (
            "will they put a lien on my house will my sister hear of it",
            ["will they put a lien on my house", "will my sister hear of it"],
        ),
        (
            "Please say whether I owe this, and whether they can sue",
            ["Please say whether I owe this", "whether they can sue"],
        ),
        (
            "is this thing real, and if it is what do i do",
            ["is this thing real", "what do i do"],
        ),
        ("whats a cp504 n can they arrest me", ["whats a cp504", "can they arrest me"]),
        ("what is LT16 why i get it", ["what is LT16", "why i get it"]),
        (
            "will they take my check can they lock me up",
            ["will they take my check", "can they lock me up"],
        ),
        ("i check can they see it", ["i check can they see it"]),
        ("cant get into id.me whats the number", ["cant get into id.me", "whats the number"]),
        ("tell me whats the number", ["tell me whats the number"]),
        (
            "the only thing is it real",
            ["the only thing is it real"],
        ),
        ("how do i appeal, am i too late", ["how do i appeal,", "am i too late"]),
        ("1-is it real 2-do i need autopay", ["is it real", "do i need autopay"]),
        ("does it cost money + will it hurt me", ["does it cost money", "will it hurt me"]),
        ("is there a 5-year plan", ["is there a 5-year plan"]),
        ("a/ can they take it b/ do they come here", ["can they take it", "do they come here"]),
        ("they sent it b/c i owe", ["they sent it b/c i owe"]),
        ("q1 is it real q2 what now", ["is it real", "what now"]),
        ("Say (i) whether I must reply, (ii) who may", ["Say whether I must reply,", "who may"]),
        ("if they refuse that what about a pause", ["if they refuse that", "what about a pause"]),
    ],
)
def test_segments(text, pieces):
    assert [s.text for s in segments(text)] == pieces


@given(st.text(max_size=300))
def test_segments_of_any_text_stand_in_order(text):
    found = segments(text)
    assert all(a.end <= b.start for a, b in zip(found, found[1:]))
    assert all(0 <= s.start < s.end <= len(text) for s in found)


def test_amounts_look_alike_and_names_stay():
    assert normal("I owe $12,250.50") == normal("i owe 9,000") == normal("I owe 14k")
    assert normal("form 9465") == "form 9465" and "2022" in normal("for 2022")
    assert normal("cp 503") == normal("CP-503") == "cp503"
    assert normal("set up a plan, my social is [SSN removed]") == "set up a plan"


@pytest.mark.parametrize(
    "text, meant",
    [
        ("THIS IS RIDICULOUS I NEVER GOT A FIRST NOTICE", "I NEVER GOT A FIRST NOTICE"),
        ("you people are thieves i dont owe this", "i dont owe this"),
        ("useless bot i asked if i can pay monthly", "i asked if i can pay monthly"),
        ("are you kidding me 400 in penalties", "400 in penalties"),
    ],
)
def test_anger_in_front_is_a_piece_of_its_own(text, meant):
    assert [piece.text for piece in segments(text)][1:] == [meant]


def test_what_anger_is_about_stays_with_it():
    assert len(segments("this is ridiculous man")) == 1
    assert len(segments("useless bot")) == 1
