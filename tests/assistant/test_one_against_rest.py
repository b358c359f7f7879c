"""Machines fitted in two processes are those of scikit-learn's own fit in one."""

import numpy as np
import pytest
from scipy import sparse
from sklearn.svm import LinearSVC

from assistant.nlu import one_against_rest

CLASSES = 45


@pytest.fixture(scope="module")
def texts():
    chance = np.random.default_rng(0)
    # Some classes have many texts and some few, as topics do.
    target = np.concatenate([np.full(3 + name % 7, name) for name in range(CLASSES)])
    rows = chance.random((len(target), 80)) * (chance.random((len(target), 80)) < 0.15)
    rows[np.arange(len(target)), target] += 1.0
    return sparse.csr_matrix(rows), target


@pytest.mark.parametrize("fewest", [2, CLASSES + 1], ids=["two processes", "one"])
def test_the_same_machines_as_in_one_fit(texts, fewest, monkeypatch):
    counted, target = texts
    monkeypatch.setattr(one_against_rest, "FEWEST", fewest)
    weights, biases = one_against_rest.fit(counted, target, 0.3, rounds=1000)
    own = LinearSVC(C=0.3, class_weight="balanced", tol=1e-4, random_state=0).fit(counted, target)
    assert weights.shape == (CLASSES, counted.shape[1])
    ours, theirs = counted @ weights.T + biases, own.decision_function(counted)
    assert np.abs(ours - theirs).max() < 0.05
    assert (ours.argmax(axis=1) == theirs.argmax(axis=1)).mean() > 0.99
