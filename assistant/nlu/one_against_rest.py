"""One support vector machine an intent over n-grams, fitted in two processes.

It is the longest part of a training, and liblinear uses one core. A machine for one intent against all others needs
nothing of the other machines, so a second process fits some of them: whoever is done takes the next few.
"""

from __future__ import annotations

import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any, Callable, Dict, Tuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.svm import LinearSVC

FEWEST = 40  # classes for a second process; with fewer it takes longer to start than it saves
AT_ONCE = 12  # classes: of fewer more is lost (see `part`), of more one process waits longer for the other
ROUNDS = 4  # over all texts; to the end it takes 8. Of 1,811 tuning questions one then gets another topic.
Part = Tuple[np.ndarray, np.ndarray]  # weights of shape (classes, n-grams), biases

_kept: Tuple[Any, ...] = ()  # in the second process: what `part` needs besides the classes


def fit(counted: Any, target: np.ndarray, strength: float, rounds: int = ROUNDS) -> Part:
    """(weights of shape (classes, n-grams), biases): each class against all others, as often weighted.

    ``target``: classes 0 to n - 1, each with a text; ``strength``: C of each machine;
    ``rounds``: over all texts, at most.
    """
    classes = np.arange(target.max() + 1)
    if len(classes) < FEWEST:
        return part(classes, counted, target, strength, rounds)
    weights, biases = np.empty((len(classes), counted.shape[1])), np.empty(len(classes))
    left = iter(np.array_split(classes, -(-len(classes) // AT_ONCE)))

    def take(fitted: Callable[[np.ndarray], Part]) -> None:
        for some in left:
            weights[some], biases[some] = fitted(some)

    # A copy: it is packed in another thread while scikit-learn sorts the original in place.
    pool = ProcessPoolExecutor(
        1,
        get_context("spawn"),
        initializer=_keep,
        initargs=(counted.copy(), target, strength, rounds),
    )
    with pool, ThreadPoolExecutor(1) as beside:
        other = beside.submit(take, lambda some: pool.submit(_part_of_kept, some).result())
        take(lambda some: part(some, counted, target, strength, rounds))
        other.result()
    return weights, biases


def _keep(*what: Any) -> None:
    global _kept
    _kept = what


def _part_of_kept(classes: np.ndarray) -> Part:
    return part(classes, *_kept)


def part(
    classes: np.ndarray, counted: Any, target: np.ndarray, strength: float, rounds: int
) -> Part:
    """:func:`fit` for some of the classes: all others stand as one, whose own machine is thrown away."""
    often = np.bincount(target)
    weight: Dict[int, float] = {
        place: len(target) / (len(often) * often[name]) for place, name in enumerate(classes)
    }
    place = np.full(len(often), len(classes))
    place[classes] = np.arange(len(classes))
    machine = LinearSVC(C=strength, class_weight=weight, max_iter=rounds, random_state=0)
    with warnings.catch_warnings():  # stopped early on purpose
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(counted, place[target])
    return machine.coef_[: len(classes)], machine.intercept_[: len(classes)]
