"""Messages in which no word names a topic, and what they ask of the answer before."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.bare import bare_aspect, is_bare
from assistant.nlu.leaning import aspect
from assistant.topics import ASPECTS


@pytest.mark.parametrize(
    "text, found",
    [
        ("for how long", "time"),
        ("how many days is that", "time"),
        ("how long do I have to ask", "time"),
        ("which paper does she sign?", "form"),
        ("what would I have to send?", "form"),
        ("is there a charge?", "cost"),
        ("could it be my sister?", "who"),
        ("where does it go?", "how"),
        ("how can i be sure?", "sure"),
        ("then what can I do instead?", "other"),
        ("from what amount", "amount"),
        ("and if they turn it down", "cannot"),
        ("what if I'm already past it", "late"),
        ("and if I do nothing", "ignored"),
        ("and if we don't respond", "ignored"),
        ("who qualifies for it?", None),
        ("what kind", None),
    ],
)
def test_what_bare_words_ask(text, found):
    assert is_bare(text) and bare_aspect(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "how do i pay", "what is a lien", "can i pay monthly", "what if i ignore it", "thanks", "who are you",
        "what can you do", "two years", "i owe 12,000", "can they take my house", "my landlord called", "",
    ],
)  # fmt: skip
def test_a_word_that_names_something_is_not_bare(text):
    assert not is_bare(text) and bare_aspect(text) is None


@pytest.mark.parametrize(
    "text, found",
    [
        ("whats the form called", "form"),
        ("what's that form called?", "form"),
        ("what is it called", "form"),
        ("who do i report that to", "how"),
        ("what now", "how"),
    ],
)
def test_ways_to_ask_that_were_taken_for_something_else(text, found):
    assert aspect(text) == found


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    assert bare_aspect(text) is None or bare_aspect(text) in ASPECTS
