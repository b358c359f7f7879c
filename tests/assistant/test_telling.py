"""What is told and asks nothing, by its form alone."""

import pytest

from assistant.nlu.telling import tells, tells_an_age


@pytest.mark.parametrize(
    "text",
    [
        "its from 2019, filed on time", "since march", "i have 2 kids", "we're selling the house in may", "I mailed it certified.",
        "my mom lives with us", "they never sent me the first one", "that was during my divorce", "this is from when covid was going on",
        "been on it since october havent missed one", "some guy named kevin, he left three voicemails since tuesday",
        "the house is in my wifes name when we bought it", "i could have it paid off in 5 months", "says november 3", "bank shows it cleared april 11",
    ],
)  # fmt: skip
def test_told(text):
    assert tells(text)


@pytest.mark.parametrize(
    "text",
    [
        "can i pay monthly", "and my wife?", "i need help", "how much is it", "what about my house", "made out to who", "i send it where",
        "so they can take my car", "they could take the house then", "i want to appeal", "tell me about liens", "i dont understand this",
        "its not an audit right", "30 days from when, the date on it or when i got it", "so its gone", "payment plan", "thanks", "", "ok",
        "even if i filed late", "my question is about the fee", "i was told to call, who do i call", "is this an audit", "word " * 40,
        "from what day on", "i wonder how long that takes", "please stop",
    ],
)  # fmt: skip
def test_asked(text):
    assert not tells(text)


@pytest.mark.parametrize("text", ["im 71", "I'm 67 and retired", "she's 81", "my mother is 90"])
def test_an_age(text):
    assert tells_an_age(text)


@pytest.mark.parametrize(
    "text", ["im 30 days late", "i'm 20k short", "cp71", "the 71 letter", "im 1200 short"]
)
def test_no_age(text):
    assert not tells_an_age(text)
