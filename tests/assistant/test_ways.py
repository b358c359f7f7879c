"""A piece that may be several questions: where it can be cut, and how the later parts are completed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.segments import Segment
from assistant.nlu.ways import halves, lists


@pytest.mark.parametrize(
    "text, later",
    [
        ("Tell me the deadline and the consequences.", ["Tell me the consequences"]),
        ("Can I pay with my credit card, or by check", ["Can I pay by check"]),
        ("can they drop the penalties and interest", ["can they drop the interest"]),
        ("is it real or fake", ["fake"]),
        (
            "Is this CP503 a bill, an audit or a fake?",
            ["Is this CP503 an audit", "Is this CP503 a fake"],
        ),
        ("What are LT39, CP71C and CP22A?", ["CP71C", "CP22A"]),
        (
            "will they keep the refund, freeze my checking or send somebody to my house",
            ["will they freeze my checking", "will they send somebody to my house"],
        ),
        ("I need to know about liens or passports", ["I need to know about passports"]),
        (
            "can they garnish my wages take my refund and mess up my credit",
            ["can they take my refund", "can they mess up my credit"],
        ),
        (
            "explain the Simple Payment Plan, the guaranteed one, and the kind where you never pay all",
            ["explain the guaranteed one", "explain the kind where you never pay all"],
        ),
    ],
)
def test_later_parts_of_a_list_are_completed_from_the_first(text, later):
    assert [part.text for part in lists(Segment(text, 0, len(text)))[0][1:]] == later


def test_a_list_can_also_be_read_as_two():
    text = "is it a bill, an audit or a fake"
    ways = [[part.text for part in way] for way in lists(Segment(text, 0, len(text)))]
    assert [len(way) for way in ways] == [3, 2, 2]
    assert ways[2][0] == "is it a bill, an audit"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("do they file a lien over that does it hit my credit", ["do they file a lien over that", "does it hit my credit"]),
        ("is this lawyer territory how low can the payment be", ["is this lawyer territory", "how low can the payment be"]),
    ],
)  # fmt: skip
def test_a_piece_may_be_two_questions_without_a_mark(text, expected):
    found = halves(Segment(text, 0, len(text)))
    assert list(expected) in [[part.text for part in way] for way in found]


def test_what_cannot_be_several_questions_is_left_whole():
    assert lists(Segment("how long do i have", 0, 18)) == []
    assert lists(Segment("penalties and interest", 0, 22)) == []
    assert lists(Segment("can they take my house", 0, 22)) == []
    assert lists(Segment("I owe $63,000 from 2022", 0, 23)) == []


@given(st.text(max_size=300))
def test_parts_stand_in_order_within_their_piece(text):
    for parts in lists(Segment(text, 5, 5 + len(text))):
        assert parts[0].start == 5 and parts[-1].end == 5 + len(text)
        assert all(a.start <= a.end == b.start for a, b in zip(parts, parts[1:]))
