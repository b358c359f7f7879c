"""Whether a message is about something else altogether: another debt, another tax, the weather.

What lies outside has no shape of its own, so a straight cut between "ours" and "not ours" misses what
uses our words ("can the hospital garnish my wages?"). Three views are added up: nearness to examples of
either side in meaning (a support vector machine with a Gaussian kernel), the n-grams' own cut, and by
how much the likeliest declining topic beats the likeliest other one. Compared on messages nothing was
trained on in docs/encoders.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Tuple

import numpy as np
from sklearn.svm import SVC, LinearSVC

GAMMA = 1.0  # of the kernel, on embeddings of length 1
STRENGTH = 20.0
# Of our own examples those that look most like the others, and some more: all of them would make it
# six times slower to learn and half as slow again to ask, for nothing measurable.
HARD, MORE = 2500, 1000


@dataclass
class Outside:
    """The learned cut; the n-grams' part is a column among the head's own."""

    centres: np.ndarray  # (centres, embedding size)
    weights: np.ndarray  # (centres,)
    bias: float

    @classmethod
    def learn(
        cls, vectors: np.ndarray, counted: Any, outside: np.ndarray
    ) -> Tuple["Outside", np.ndarray]:
        """(the cut, the n-grams' weights) from embeddings, n-gram counts and which are outside."""
        by_words = LinearSVC(C=0.1, class_weight="balanced", tol=1e-2).fit(counted, outside)
        ours = np.flatnonzero(~outside)
        order = ours[np.argsort(-by_words.decision_function(counted[ours]), kind="stable")]
        rest = np.random.default_rng(0).permutation(order[HARD:])[:MORE]
        at = np.sort(np.concatenate([order[:HARD], rest, np.flatnonzero(outside)]))
        near = SVC(C=STRENGTH, gamma=GAMMA, class_weight="balanced", cache_size=500)
        near.fit(vectors[at], outside[at])
        cut = cls(
            near.support_vectors_.astype(np.float32),
            near.dual_coef_[0].astype(np.float32),
            float(near.intercept_[0] + by_words.intercept_[0]),
        )
        return cut, by_words.coef_[0].astype(np.float32)

    def score(self, vector: np.ndarray, by_words: float, margin: float) -> float:
        """How far outside a message is; from 0 it is likelier than not."""
        # All embeddings have length 1, so the squared distance is 2 - 2 · cosine.
        near = np.exp(2 * GAMMA * (self.centres @ vector - 1)) @ self.weights
        return float(near) + self.bias + by_words + margin

    def state(self) -> Dict[str, np.ndarray]:
        """Arrays that :meth:`from_state` turns back."""
        return {
            "outside_centres": self.centres,
            "outside_weights": self.weights,
            "outside_bias": np.array(self.bias),
        }

    @classmethod
    def from_state(cls, arrays: Dict[str, np.ndarray]) -> "Outside":
        """The cut that :meth:`state` described."""
        return cls(
            arrays["outside_centres"], arrays["outside_weights"], float(arrays["outside_bias"])
        )
