"""The n-grams counted by ourselves weigh what scikit-learn says they weigh."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from assistant.nlu.grams import Grams, _fit_letters, _letters, _words

TEXTS = [
    "can i pay monthly i owe $5,000",
    "is this an audit? is it",
    "how long do i have",
    "what if i can't pay anything",
    "i can pay can pay can pay, the whole thing",
]
GRAMS, COUNTED = Grams.learn([t.upper() for t in TEXTS], TEXTS)
WEIGHTS = np.random.default_rng(1).normal(size=(COUNTED.shape[1], 7)).astype(np.float32)


def by_sklearn(words, letters):
    rows = []
    for view, vocabulary, idf, text in zip(
        (_words(), _letters()), GRAMS.vocabularies, GRAMS.idfs, (words, letters)
    ):
        view.vocabulary_, view.idf_ = vocabulary, idf
        rows.append(view.transform([text]))
    return (sparse.hstack(rows) @ WEIGHTS)[0]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(" ".join(TEXTS).split() + ["zzz", "é", "!"]), max_size=30))
def test_scores_are_those_of_scikit_learn(words):
    text = " ".join(words)
    found = GRAMS.scores(text.upper(), text, WEIGHTS)
    assert found == pytest.approx(by_sklearn(text.upper(), text), abs=1e-4)


def test_what_was_learned_is_what_is_looked_up():
    for row, text in zip((COUNTED @ WEIGHTS), TEXTS):
        assert GRAMS.scores(text.upper(), text, WEIGHTS) == pytest.approx(row, abs=1e-4)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.text("abé $,'!\u00a0\t", max_size=15).map(lambda text: f"{text} ab b"),
        min_size=2,
        max_size=8,
    )
)
def test_letters_learned_by_the_word_are_those_of_scikit_learn(texts):
    theirs = _letters()
    expected = theirs.fit_transform(texts)
    ours, found = _fit_letters(texts)
    assert ours.vocabulary_ == theirs.vocabulary_
    assert ours.idf_ == pytest.approx(theirs.idf_)
    assert found.toarray() == pytest.approx(expected.toarray(), abs=1e-6)
