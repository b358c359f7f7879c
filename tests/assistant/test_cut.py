"""A kind of message against all others: learned from examples of both sides, and kept with the model."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from sklearn.metrics import pairwise

from assistant.nlu.cut import GAMMA, Cut
from assistant.nlu.elsewhere import names_another

RANDOM = np.random.default_rng(3)


def texts(count, centre):
    found = RANDOM.normal(centre, 0.4, size=(count, 8))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


OURS, THEIRS = texts(60, 1.0), texts(40, -1.0)
VECTORS = np.vstack([OURS, THEIRS])
BEYOND = np.arange(100) >= 60
COUNTED = sparse.csr_matrix(np.column_stack([~BEYOND, BEYOND]).astype(np.float32))
CUT, WORDS = Cut.learn(VECTORS, COUNTED, BEYOND)


def test_either_side_is_known_again():
    scores = CUT.score(VECTORS, COUNTED @ WORDS)
    assert scores.shape == (100,)
    assert np.mean((scores > 0) == BEYOND) > 0.95


def test_the_score_is_the_kernels_sum():
    by_sklearn = pairwise.rbf_kernel(VECTORS, CUT.centres, gamma=GAMMA) @ CUT.weights + CUT.bias
    assert CUT.score(VECTORS, np.zeros(100)) == pytest.approx(by_sklearn, abs=1e-4)


@given(st.floats(-5, 5), st.floats(0.01, 5), st.sampled_from(range(100)))
def test_more_words_of_the_kind_score_higher(words, more, number):
    one = VECTORS[[number]]
    assert CUT.score(one, np.array([words + more])) > CUT.score(one, np.array([words]))


def test_it_comes_back_from_the_model_the_same():
    again = Cut.from_state(CUT.state("outside"), "outside")
    words = np.full(60, 0.1)
    assert (again.score(OURS, words) == CUT.score(OURS, words)).all()


@pytest.mark.parametrize(
    "text, other",
    [
        ("the hospital wants 6,000, can i pay it monthly", True),
        ("HMRC wrote to me", True),
        ("the HOA says it will foreclose", True),
        ("my SBA loan is in default", True),
        ("can the irs take my student loan money", False),
        ("i owe the hospital and the IRS", False),
        ("can i pay 6,000 monthly", False),
    ],
)
def test_who_else_is_named(text, other):
    assert names_another(text) is other
