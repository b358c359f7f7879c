"""The heads that are compared: each is fitted on embeddings and texts, each gives probabilities.

A head takes what it needs of a :class:`Seen`; its ``fit`` returns a function from ``Seen`` to
probabilities of shape (texts, intents), intents in alphabetical order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC


@dataclass
class Seen:
    """Texts and their embeddings, in the same order."""

    texts: list[str]
    vectors: np.ndarray


Predict = Callable[[Seen], np.ndarray]
Fit = Callable[[Seen, np.ndarray], Predict]


def softmax(scores: np.ndarray) -> np.ndarray:
    """Rows that sum to 1."""
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)


def warmth(scores: np.ndarray, target: np.ndarray) -> float:
    """The factor on scores that makes their softmax most likely to be right about held-out texts."""
    rows = np.arange(len(target))

    def loss(log: float) -> float:
        return -np.log(softmax(scores * np.exp(log))[rows, target] + 1e-12).mean()

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 6), method="bounded").x))


def grams(texts: list[str]) -> tuple[sparse.csr_matrix, Callable]:
    """Word and letter n-grams, each half of unit length, and the function that makes them."""
    views = [
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2),
    ]
    fitted = sparse.hstack([v.fit_transform(texts) for v in views]).tocsr()
    return fitted, lambda more: sparse.hstack([v.transform(more) for v in views]).tocsr()


def _features(seen: Seen, kind: str) -> tuple[sparse.csr_matrix | np.ndarray, Callable]:
    """Embedding ("e"), n-grams ("n"), or both side by side ("en", the embedding weighing double)."""
    if kind == "e":
        return seen.vectors, lambda more: more.vectors
    own, make = grams(seen.texts)
    if kind == "n":
        return own.astype(np.float32), lambda more: make(more.texts).astype(np.float32)

    def join(vectors: np.ndarray, counted: sparse.csr_matrix) -> sparse.csr_matrix:
        return sparse.hstack([sparse.csr_matrix(2 * vectors), counted]).tocsr()

    return join(seen.vectors, own), lambda more: join(more.vectors, make(more.texts))


def logistic(kind: str, c: float = 30.0) -> Fit:
    """Multinomial logistic regression."""

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        own, make = _features(seen, kind)
        model = LogisticRegression(C=c, max_iter=200, class_weight="balanced").fit(own, target)
        return lambda more: model.predict_proba(make(more))

    return fit


def svm(kind: str, c: float = 0.3) -> Fit:
    """One linear SVM an intent, made probabilities by one temperature from cross-validation."""

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        own, make = _features(seen, kind)

        def machine() -> LinearSVC:
            return LinearSVC(C=c, class_weight="balanced", tol=1e-3)

        folds = StratifiedKFold(3, shuffle=True, random_state=0)
        scores = np.zeros((len(target), target.max() + 1))
        for learn, hold in folds.split(own, target):
            scores[hold] = machine().fit(own[learn], target[learn]).decision_function(own[hold])
        factor = warmth(scores, target)
        model = machine().fit(own, target)
        return lambda more: softmax(factor * model.decision_function(make(more)))

    return fit


def centroids(seen: Seen, target: np.ndarray) -> Predict:
    """The intent whose mean embedding is nearest."""
    middle = np.stack([seen.vectors[target == i].mean(0) for i in range(target.max() + 1)])
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    return lambda more: softmax(20 * more.vectors @ middle.T)


def nearest(seen: Seen, target: np.ndarray, count: int = 10) -> Predict:
    """The ``count`` nearest examples vote, each by its likeness."""

    def predict(more: Seen) -> np.ndarray:
        likeness = more.vectors @ seen.vectors.T
        out = np.full((len(likeness), target.max() + 1), 1e-9)
        top = np.argpartition(-likeness, min(count, likeness.shape[1] - 1), axis=1)[:, :count]
        for row, columns in enumerate(top):
            np.add.at(out[row], target[columns], np.exp(20 * (likeness[row, columns] - 1)))
        # Not normalised over votes alone: a text near nothing is near no intent.
        return out / (out.sum(1, keepdims=True) + 0.05)

    return predict


def mixed(share: float = 0.6, c: float = 30.0) -> Fit:
    """Two logistic regressions, on embedding and n-grams; their probabilities are mixed."""

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        one, other = logistic("e", c)(seen, target), logistic("n", c)(seen, target)
        return lambda more: share * one(more) + (1 - share) * other(more)

    return fit


def summed(share: float = 0.1, strength: tuple[float, float] = (3.0, 0.3)) -> Fit:
    """The assistant's own head: the embedding's logistic regression and the n-grams' SVM, scores added."""

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        own, make = _features(seen, "n")

        def machines(rows: np.ndarray) -> Callable[[np.ndarray, sparse.csr_matrix], np.ndarray]:
            meaning = LogisticRegression(C=strength[0], max_iter=60, class_weight="balanced")
            meaning.fit(seen.vectors[rows], target[rows])
            words = LinearSVC(C=strength[1], class_weight="balanced", tol=1e-2)
            words.fit(own[rows], target[rows])
            return lambda vectors, counted: (
                share * meaning.decision_function(vectors) + words.decision_function(counted)
            )

        folds = StratifiedKFold(3, shuffle=True, random_state=0)
        scores = np.zeros((len(target), target.max() + 1))
        for learn, hold in folds.split(own, target):
            scores[hold] = machines(learn)(seen.vectors[hold], own[hold])
        factor = warmth(scores, target)
        read = machines(np.arange(len(target)))
        return lambda more: softmax(factor * read(more.vectors, make(more)))

    return fit


SHARES = (0.1, 0.15, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0)
STRENGTHS = (3.0, 30.0)


def weighed(words_strength: float = 0.3) -> Fit:
    """The assistant's head with its weight and the embedding's strength set on the texts it learns from.

    Each is what is right most often on left-out texts of five folds; so is the temperature.
    """

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        own, make = _features(seen, "n")

        def meaning(strength: float, rows: np.ndarray) -> LogisticRegression:
            model = LogisticRegression(C=strength, max_iter=100, class_weight="balanced")
            return model.fit(seen.vectors[rows], target[rows])

        def words(rows: np.ndarray) -> LinearSVC:
            model = LinearSVC(C=words_strength, class_weight="balanced", tol=1e-2, random_state=0)
            return model.fit(own[rows], target[rows])

        left_out = {name: np.zeros((len(target), target.max() + 1)) for name in (*STRENGTHS, "n")}
        for learn, hold in StratifiedKFold(5, shuffle=True, random_state=0).split(own, target):
            left_out["n"][hold] = words(learn).decision_function(own[hold])
            for strength in STRENGTHS:
                model = meaning(strength, learn)
                left_out[strength][hold] = model.decision_function(seen.vectors[hold])

        def right(choice: tuple[float, float]) -> float:
            share, strength = choice
            summed = share * left_out[strength] + left_out["n"]
            return float((summed.argmax(1) == target).mean())

        share, strength = max(((a, b) for a in SHARES for b in STRENGTHS), key=right)
        heat = warmth(share * left_out[strength] + left_out["n"], target)
        every = np.arange(len(target))
        one, other = meaning(strength, every), words(every)
        return lambda more: softmax(
            heat
            * (
                share * one.decision_function(more.vectors)
                + other.decision_function(make(more))
            )
        )

    return fit


def ridge(share: float = 0.85, penalty: float = 0.3, sharpness: float = 2.0) -> Fit:
    """Kernel ridge regression, solved at once: a Gaussian kernel on embeddings, a linear one on n-grams.

    The left-out-one scores come with the solution, so the temperature is read off them without
    cross-validation. Time grows with the cube of the number of texts.
    """

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        own, make = grams(seen.texts)
        own = own.astype(np.float32) / np.float32(np.sqrt(2))

        def kernel(vectors: np.ndarray, counted: sparse.csr_matrix) -> np.ndarray:
            near = np.exp(sharpness * (vectors @ seen.vectors.T - 1))
            return share * near + (1 - share) * (counted @ own.T).toarray()

        both = kernel(seen.vectors, own).astype(np.float32)
        both[np.diag_indices_from(both)] += penalty
        wanted = np.eye(target.max() + 1, dtype=np.float32)[target]
        factor, _ = linalg.lapack.spotrf(both, lower=1, overwrite_a=1)
        inverse, _ = linalg.lapack.spotri(factor, lower=1, overwrite_c=1)
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
        answer = inverse @ wanted
        left_out = wanted - answer / np.diag(inverse)[:, None]
        heat = warmth(left_out, target)

        def predict(more: Seen) -> np.ndarray:
            counted = make(more.texts).astype(np.float32) / np.float32(np.sqrt(2))
            return softmax(heat * (kernel(more.vectors, counted) @ answer))

        return predict

    return fit


def together(*fits: Fit) -> Fit:
    """Several heads, each as sure as its own temperature makes it; their probabilities averaged."""

    def fit(seen: Seen, target: np.ndarray) -> Predict:
        machines = [one(seen, target) for one in fits]
        return lambda more: sum(machine(more) for machine in machines) / len(machines)

    return fit
