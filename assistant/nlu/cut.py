"""A cut of its own between one kind of message and all others: what is outside, who may be in danger.

Some kinds have no shape of their own among a hundred topics, so a straight cut misses what uses other
topics' words ("can the hospital garnish my wages?", "everything of mine ends on the 14th"). Two views are
added up: nearness to examples of either side in meaning (a support vector machine with a Gaussian kernel)
and the n-grams' own cut. Compared on messages nothing was trained on in docs/encoders.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Mapping, Tuple

import numpy as np
from sklearn.svm import SVC, LinearSVC

GAMMA = 1.0  # of the kernel, on embeddings of length 1
STRENGTH = 20.0
# Of the other examples those that look most like the kind, and some more: all of them would make it
# six times slower to learn and half as slow again to ask, for nothing measurable.
HARD, MORE = 2500, 1000


@dataclass
class Cut:
    """The learned cut; the n-grams' part is a column among the head's own."""

    centres: np.ndarray  # (centres, embedding size)
    weights: np.ndarray  # (centres,)
    bias: float

    @classmethod
    def learn(cls, vectors: np.ndarray, counted: Any, kind: np.ndarray) -> Tuple["Cut", np.ndarray]:
        """(the cut, the n-grams' weights) from embeddings, n-gram counts and which are of the kind."""
        by_words = LinearSVC(C=0.1, class_weight="balanced", tol=1e-2, random_state=0)
        by_words.fit(counted, kind)
        others = np.flatnonzero(~kind)
        order = others[np.argsort(-by_words.decision_function(counted[others]), kind="stable")]
        rest = np.random.default_rng(0).permutation(order[HARD:])[:MORE]
        at = np.sort(np.concatenate([order[:HARD], rest, np.flatnonzero(kind)]))
        near = SVC(C=STRENGTH, gamma=GAMMA, class_weight="balanced", cache_size=500)
        near.fit(vectors[at], kind[at])
        cut = cls(
            near.support_vectors_.astype(np.float32),
            near.dual_coef_[0].astype(np.float32),
            float(near.intercept_[0] + by_words.intercept_[0]),
        )
        return cut, by_words.coef_[0].astype(np.float32)

    def score(self, vectors: np.ndarray, by_words: np.ndarray) -> np.ndarray:
        """How much each text is of the kind; from 0 it is likelier than not. Shape (texts,)."""
        # All embeddings have length 1, so the squared distance is 2 - 2 · cosine.
        near = np.exp(2 * GAMMA * (vectors @ self.centres.T - 1)) @ self.weights
        return near + self.bias + by_words

    def state(self, name: str) -> Dict[str, np.ndarray]:
        """Arrays that :meth:`from_state` turns back, under keys that begin with ``name``."""
        return {
            f"{name}_centres": self.centres,
            f"{name}_weights": self.weights,
            f"{name}_bias": np.array(self.bias),
        }

    @classmethod
    def from_state(cls, arrays: Mapping[str, np.ndarray], name: str) -> "Cut":
        """The cut that :meth:`state` described."""
        return cls(
            arrays[f"{name}_centres"], arrays[f"{name}_weights"], float(arrays[f"{name}_bias"])
        )
