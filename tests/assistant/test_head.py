"""The head over a message and its pieces, with an encoder that counts what it is asked."""

import numpy as np
import pytest

from assistant.nlu.head import Head

OURS = ["is it an audit", "an audit then", "do they audit me", "an audit or not"]
TIME = ["how long do i have", "how long until then", "how many days", "days left then"]
BEYOND = ["what is the weather", "weather then", "is it rain or not", "rain for days"]
CRISIS = ["i want to die", "i want it to end", "end it then", "die or not"]


class Counting:
    """Unit vectors of words; remembers every text it was given."""

    fingerprint = "counting"

    def __init__(self):
        self.asked = []

    def encode(self, texts):
        self.asked.append(list(texts))
        words = sorted({word for text in OURS + TIME + BEYOND + CRISIS for word in text.split()})
        found = np.array([[word in t.split() for word in words] for t in texts], np.float32) + 0.01
        found = found.reshape(len(texts), len(words))
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def encode_within(self, message, pieces):
        (whole,), placed = self.encode([message]), self.encode(pieces)
        self.asked[-1:] = []  # read off the message, not asked for
        return whole, placed


def trained():
    labels = ["faq/audit"] * 4 + ["faq/time"] * 4 + ["faq/out_of_scope"] * 4 + ["faq/crisis"] * 4
    return Head.train(
        OURS + TIME + BEYOND + CRISIS, labels, Counting(), heat=4.0,
        declining=["faq/out_of_scope"], crisis="faq/crisis",
    )  # fmt: skip


@pytest.fixture(scope="module")
def head():
    return trained()


def test_the_same_examples_make_the_same_head(head):
    arrays, plain = head.state()
    again, plain_again = trained().state()
    assert plain == plain_again
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)


def test_a_message_in_one_piece_is_encoded_once(head):
    encoder = Counting()
    read = head.read(["Is it an audit", "is it an audit", "how long do i have"], encoder)
    assert encoder.asked == [["is it an audit"]]
    assert read.chances.shape == (3, 4) and read.far.shape == (3,)
    assert (read.chances[0] == read.chances[1]).all() and read.far[0] == read.far[1]
    assert [head.labels[i] for i in read.chances.argmax(axis=1)] == [
        "faq/audit", "faq/audit", "faq/time",
    ]  # fmt: skip


def test_pieces_are_told_inside_from_outside(head):
    far = head.read(["is it an audit", "what is the weather"], Counting()).far
    assert far[0] < far[1]


def test_the_danger_is_that_of_the_message(head):
    encoder = Counting()
    alone = head.read(["i want to die"], encoder).danger
    assert head.read(["i want to die", "how many days"], encoder).danger == pytest.approx(alone)
    assert alone > head.read(["how many days", "i want to die"], encoder).danger


def test_it_comes_back_from_the_model_the_same(head):
    again = Head.from_state(*head.state(), heat=head.heat)
    texts = OURS + TIME + BEYOND
    ours, theirs = (h.read(texts, Counting()) for h in (head, again))
    assert theirs.chances == pytest.approx(ours.chances, abs=1e-2)  # kept in half precision
    assert (theirs.chances.argmax(axis=1) == ours.chances.argmax(axis=1)).all()
