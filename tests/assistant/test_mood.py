"""How a message feels: danger is never missed for want of exact words, and never seen in a figure of
speech."""

import pytest

from assistant.nlu.mood import AFRAID, ANGRY, DANGER, mood


@pytest.mark.parametrize(
    "text",
    [
        "i want to die",
        "honestly i'd be better off dead",
        "thinking of suicide",
        "i might hurt myself tonight",
        "my husband says he'll shoot himself over this",
        "i don't want to live anymore",
        "theres no reason to live",
        "i can't go on like this",
        "i want to end it all",
        "my kids are better off without me",
        "i just wanna die lol",
        "some nights i think about ending it over this",
    ],
)
def test_danger(text):
    assert mood(text) == DANGER


@pytest.mark.parametrize(
    "text",
    [
        "this deadline is killing me",
        "my dad died and got a cp503",
        "i'd kill for an extension",
        "i'm not suicidal, just stressed",
        "can they cut my plan short",
        "what happens to the debt if i die",
        "i want to end the agreement",
        "will this hurt my credit",
        "i can't live with these payments",
        "dead serious question",
    ],
)
def test_no_danger(text):
    assert mood(text) != DANGER


@pytest.mark.parametrize(
    "text, found",
    [
        ("i'm so scared, is this an audit", AFRAID),
        ("cant sleep. how long do i have", AFRAID),
        ("this is ridiculous, i paid already", ANGRY),
        ("how long do i have", None),
        ("I would like to know the amount.", None),
    ],
)
def test_other_moods(text, found):
    assert mood(text) == found
