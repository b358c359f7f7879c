"""Which short messages lean on the turn before, and what of it they ask about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.leaning import aspect, leans, points_back
from assistant.topics import ASPECTS


@pytest.mark.parametrize(
    "text, found",
    [
        ("and how long does that take?", "time"),
        ("how long", "time"),
        ("and what's the deadline?", "time"),
        ("What does that cost?", "cost"),
        ("is it free", "cost"),
        ("any fee for that", "cost"),
        ("why?", "why"),
        ("but why is that", "why"),
        ("what about the other one?", "other"),
        ("and the second option", "other"),
        ("and if i can't do that", "cannot"),
        ("what if they say no", "cannot"),
        ("or else?", "cannot"),
        ("is that for sure?", "sure"),
        ("really?", "sure"),
        ("can my wife do it too", "who"),
        ("ok and then?", "how"),
        ("how do i do that", "how"),
        ("where do i send it", "how"),
        ("what form is that", "form"),
        ("even if it's late?", "late"),
        ("what if i already missed that deadline", "late"),
        ("even if they already started", "late"),
        ("is that per month?", "often"),
        ("is that monthly or yearly", "often"),
        ("each month or just once?", "often"),
        ("do they charge it every month", "often"),
        ("how much of it can they take", "amount"),
        ("all of it?", "amount"),
        ("and if i cant pay any of it?", "nothing"),
        ("what's that mean for me", "meaning"),
        ("so what", "meaning"),
        ("can i stop that", "how"),
        ("how do i keep them from doing that", "how"),
        ("which form do i send", "form"),
        ("what day does it come out", "time"),
        ("from when", "time"),
        ("what are the odds", "sure"),
        ("whats the fee on that", "cost"),
        ("who do i ask", "how"),
        ("what do they ask for", "form"),
        ("do i need proof", "form"),
        ("how much do i have to owe", "amount"),
    ],
)
def test_what_leans(text, found):
    assert aspect(text) == found and found in ASPECTS


@pytest.mark.parametrize(
    "text",
    [
        "how do i pay",
        "is this an audit",
        "what is a lien",
        "why did i get this letter",
        "how much time do i have to respond to cp503",
        "what form do i need for a payment plan",
        "how do i check my balance",
        "who can help me for free",
        "can they take my house",
        "can i pay monthly",
        "what if i ignore it",
        "",
        "i owe 12,000",
        "monthly payment",
        "can i pay every month",
        "what if i can't pay anything",
    ],
)
def test_what_stands_alone(text):
    assert aspect(text) is None


@pytest.mark.parametrize(
    "text, back",
    [
        ("do i have to pay that?", True),
        ("can they sell it", True),
        ("my landlord says he will put a lien on me, can he", False),
        ("the hospital wants it now, can they", True),
        ("a collector called, can they take my car", False),
        ("the irs said they would", True),
    ],
)
def test_he_and_they_are_who_the_message_itself_names(text, back):
    assert leans(text) is back


@given(st.text(max_size=2000))
def test_any_text_is_read(text):
    assert aspect(text) is None or aspect(text) in ASPECTS


def test_a_message_that_only_goes_on_does_not_point_back():
    assert leans("ok and can i pay by credit card") and not points_back("ok and can i pay by card")
    assert points_back("do i have to pay that") and points_back("which form")
    assert not points_back("my landlord says he will throw me out, can he")
    assert not points_back("a long message that tells of it " * 3)
