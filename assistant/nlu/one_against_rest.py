"""One support vector machine an intent over n-grams, fitted in two processes.

It is the longest part of a training, and liblinear uses one core. A machine for one intent against all others needs
nothing of the other machines, so a second process fits every second one.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Dict, Tuple

import numpy as np
from sklearn.svm import LinearSVC

FEWEST = 40  # classes for a second process; with fewer it takes longer to start than it saves


def fit(counted: Any, target: np.ndarray, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    """(weights of shape (classes, n-grams), biases): each class against all others, as often weighted.

    ``target``: classes 0 to n - 1, each with a text; ``strength``: C of each machine.
    """
    classes = np.arange(target.max() + 1)
    if len(classes) < FEWEST:
        return part(counted, target, classes, strength)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        # A copy: it is packed in another thread while scikit-learn sorts the original in place.
        odd = beside.submit(part, counted.copy(), target, classes[1::2], strength)
        even = part(counted, target, classes[::2], strength)
        weights = np.empty((len(classes), counted.shape[1]))
        biases = np.empty(len(classes))
        for start, (own, bias) in enumerate((even, odd.result())):
            weights[start::2], biases[start::2] = own, bias
    return weights, biases


def part(
    counted: Any, target: np.ndarray, classes: np.ndarray, strength: float
) -> Tuple[np.ndarray, np.ndarray]:
    """:func:`fit` for some of the classes: all others stand as one, whose own machine is thrown away."""
    often = np.bincount(target)
    weight: Dict[int, float] = {
        place: len(target) / (len(often) * often[name]) for place, name in enumerate(classes)
    }
    place = np.full(len(often), len(classes))
    place[classes] = np.arange(len(classes))
    machine = LinearSVC(C=strength, class_weight=weight, tol=1e-2, random_state=0)
    machine.fit(counted, place[target])
    return machine.coef_[: len(classes)], machine.intercept_[: len(classes)]
