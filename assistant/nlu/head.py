"""The linear head: how likely is each intent, given a text's embedding and its n-grams.

Two logistic regressions vote: one over the sentence embedding (meaning, also of words never seen in
training), one over word and character n-grams (exact terms, typos). Their probabilities are mixed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Dict, List, Sequence, Tuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from assistant.nlu.encoder import Encoder

# What a sum is does not change what is asked; its digits only distract both views.
_NAMES = r"(?!(?:9465|2848|8821|8379|8857|1040|1058|2000|4506|4868|656|433|911|843|12277|14039)\b)"
_AMOUNT = re.compile(
    rf"\$\s?\d[\d,.]*\s?(?:k|m|grand)?\b|\b\d[\d,.]*\s?(?:k|grand)\b|\b\d{{1,3}}(?:,\d{{3}})+(?:\.\d\d)?\b"
    rf"|\b{_NAMES}(?!(?:19|20)\d\d\b)\d{{4,}}(?:\.\d\d)?\b",
    re.IGNORECASE,
)
# A number the gate masked says nothing about what is asked.
_MASKED = re.compile(
    r"(?:,?\s*\b(?:my|the|here is my)\s+)?(?:\b(?:ssn|social(?:\s+security)?|itin|ein|account|routing|"
    r"card)\b)?(?:\s+(?:number|no|num))?\s*(?:\bis\b|:|#)?\s*\[[a-z ]+ removed\]",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\b(cp|lt)[\s-]?(\d{2,4})", re.IGNORECASE)


def normal(text: str) -> str:
    """The text as the head sees it: sums alike, notice names written one way, calm case."""
    text = _AMOUNT.sub("$5,000", _MASKED.sub(" ", text))
    text = _NOTICE.sub(lambda m: m.group(1).upper() + m.group(2), text)
    text = text.replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", text).strip().lower() or "-"


def _views() -> Tuple[TfidfVectorizer, TfidfVectorizer]:
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b")
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=2)
    return words, letters


@dataclass
class Head:
    """A trained head; ``labels[i]`` is the intent of column ``i``."""

    labels: List[str]
    views: Tuple[TfidfVectorizer, TfidfVectorizer]
    dense: Tuple[np.ndarray, np.ndarray]  # weights (features, labels), bias (labels,)
    sparse: Tuple[np.ndarray, np.ndarray]
    share: float  # of the embedding's vote, 0 to 1

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        encoder: Encoder,
        share: float = 0.6,
        strength: Tuple[float, float] = (30.0, 30.0),
    ) -> "Head":
        """Fit on texts and their intents; ``strength`` is C of either regression."""
        names = sorted(set(labels))
        target = np.array([names.index(label) for label in labels])
        seen = [normal(t) for t in texts]
        views = _views()
        grams = sparse.hstack([view.fit_transform(seen) for view in views]).tocsr()
        parts = []
        for features, c in ((encoder.encode(seen), strength[0]), (grams, strength[1])):
            fit = LogisticRegression(C=c, max_iter=300, class_weight="balanced")
            fit.fit(features, target)
            parts.append((fit.coef_.T.astype(np.float32), fit.intercept_.astype(np.float32)))
        return cls(names, views, parts[0], parts[1], share)

    def probabilities(
        self, texts: Sequence[str], encoder: Encoder
    ) -> Tuple[np.ndarray, np.ndarray]:
        """Probabilities of shape (texts, labels), and the embeddings they came from."""
        seen = [normal(t) for t in texts]
        vectors = encoder.encode(seen)
        grams = sparse.hstack([view.transform(seen) for view in self.views]).tocsr()
        by_meaning = _softmax(vectors @ self.dense[0] + self.dense[1])
        by_words = _softmax(np.asarray(grams @ self.sparse[0]) + self.sparse[1])
        return self.share * by_meaning + (1 - self.share) * by_words, vectors

    def state(self) -> Tuple[Dict[str, np.ndarray], Dict[str, Any]]:
        """(arrays, plain data) that :meth:`from_state` turns back into the same head."""
        arrays = {
            "dense_w": self.dense[0], "dense_b": self.dense[1],
            "sparse_w": self.sparse[0], "sparse_b": self.sparse[1],
            "idf0": self.views[0].idf_, "idf1": self.views[1].idf_,
        }  # fmt: skip
        words = [{k: int(v) for k, v in view.vocabulary_.items()} for view in self.views]
        return arrays, {"labels": self.labels, "vocabulary": words, "share": self.share}

    @classmethod
    def from_state(cls, arrays: Dict[str, np.ndarray], plain: Dict[str, Any]) -> "Head":
        """The head that :meth:`state` described."""
        views = _views()
        for number, view in enumerate(views):
            view.vocabulary_ = plain["vocabulary"][number]
            view.idf_ = arrays[f"idf{number}"]
        return cls(
            plain["labels"], views, (arrays["dense_w"], arrays["dense_b"]),
            (arrays["sparse_w"], arrays["sparse_b"]), plain["share"],
        )  # fmt: skip


def _softmax(scores: np.ndarray) -> np.ndarray:
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)
