"""The linear head: how likely is each intent, given a text's embedding and its n-grams.

Two linear models vote with their scores: a logistic regression over the sentence embedding (meaning,
also of words never seen in training) and one support vector machine an intent over word and character
n-grams (exact terms). The sum becomes probabilities by one factor, measured on messages that nothing
was trained on. docs/encoders.md says why this head and not another.
"""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from assistant.nlu import known_vectors, one_against_rest
from assistant.nlu.cut import Cut
from assistant.nlu.elsewhere import marks
from assistant.nlu.encoder import Encoder
from assistant.nlu.grams import Grams
from assistant.nlu.reading import is_topic
from assistant.nlu.spelling import Speller

# What a sum is does not change what is asked; its digits only distract both views.
_NAMES = (  # forms, letters and publications: what is asked about, and no sum
    r"(?!(?:9465|2848|8821|8822|8379|8857|1040|1058|2000|2159|4506|4518|4868|5071|9423|12153|12256|12277|"
    r"13844|14039)\b)"
)
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
LARGER = 4  # factor on the embeddings, whose numbers are about 0.05, where the regression is fitted
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_NOTICE = re.compile(r"\b(cp|lt)[\s-]?(\d{2,4})", re.IGNORECASE)


def normal(text: str) -> str:
    """The text as the head sees it: sums alike, notice names written one way, calm case."""
    if "[" in text:
        text = _MASKED.sub(" ", text)
    if _DIGIT.search(text):
        text = _AMOUNT.sub("$5,000", text)
        text = _NOTICE.sub(lambda m: m.group(1).upper() + m.group(2), text)
    text = text.replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", text).strip().lower() or "-"


class Read(NamedTuple):
    """What the head makes of a message and its pieces; the message itself is the first text."""

    chances: np.ndarray  # (texts, labels)
    far: np.ndarray  # (texts,): how far outside each is
    danger: float  # how much it may be a threat to self
    vector: np.ndarray  # the message's embedding


@dataclass
class Head:
    """A trained head; ``labels[i]`` is the intent of column ``i``."""

    labels: List[str]
    grams: Grams
    dense: np.ndarray  # (embedding size, labels)
    sparse: np.ndarray  # (n-grams, labels and the two cuts), row-major: rows are gathered
    bias: np.ndarray  # (labels,)
    speller: Speller
    outside: Cut
    danger: Cut
    declining: List[str]  # the labels of what is outside
    heat: float  # factor on the scores before the softmax: the larger, the surer of itself

    @classmethod
    def train(
        cls,
        texts: Sequence[str],
        labels: Sequence[str],
        encoder: Encoder,
        heat: float,
        declining: Sequence[str],
        crisis: str,
        share: float = 0.15,
        strength: Tuple[float, float] = (3.0, 0.3),
    ) -> "Head":
        """Fit on texts and their intents; ``declining``: the topics that stand for what is outside;
        ``crisis``: the one of a threat to self.

        ``share``: weight of the embedding's scores beside those of the n-grams, whose scale is
        smaller; ``strength``: C of either model.
        """
        names = sorted(set(labels))
        target = np.array([names.index(label) for label in labels])
        seen = [normal(t) for t in texts]
        topics = np.array([is_topic(label) for label in labels])
        beyond = np.isin(labels, declining)
        with ThreadPoolExecutor(1) as beside:  # the fits let other threads run
            meaning = beside.submit(_fit_meaning, seen, target, encoder, strength[0])
            grams, counted = Grams.learn([_marked(text) for text in seen], seen)

            def cuts() -> List[Tuple[Cut, np.ndarray]]:
                vectors = meaning.result()[0]
                crises = np.array(labels) == crisis
                return [
                    Cut.learn(vectors[topics], counted[topics], beyond[topics]),
                    Cut.learn(vectors, counted, crises),
                ]

            cut = beside.submit(cuts)
            by_words, biases = one_against_rest.fit(counted, target, strength[1])
            (outside, far), (danger, dire) = cut.result()
        by_meaning, offsets = meaning.result()[1:]
        often = Counter(word for text in seen for word in set(_WORD.findall(text)))
        return cls(
            names,
            grams,
            (share * by_meaning).astype(np.float32),
            np.column_stack([by_words.T.astype(np.float32), far, dire]),
            (share * offsets + biases).astype(np.float32),
            Speller(often),
            outside,
            danger,
            [name for name in names if name in declining],
            heat,
        )

    def probabilities(self, texts: Sequence[str], encoder: Encoder) -> np.ndarray:
        """Probabilities of shape (texts, labels), each text by itself."""
        return np.vstack([self.read([text], encoder).chances for text in texts])

    def read(self, texts: Sequence[str], encoder: Encoder) -> Read:
        """All that is known of a message, the first of ``texts``, and its pieces."""
        every = [self.speller.correct(normal(t)) for t in texts]
        seen = list(dict.fromkeys(every))  # a message in one piece is that piece
        at = [seen.index(text) for text in every]
        exact = np.stack([self.grams.scores(_marked(text), text, self.sparse) for text in seen])
        whole, placed = encoder.encode_within(seen[0], seen[1:])
        vectors = np.vstack([whole, placed])
        scores = vectors @ self.dense + exact[:, :-2] + self.bias
        far = self.outside.score(vectors, exact[:, -2]) + self._margin(scores)
        danger = float(self.danger.score(vectors[:1], exact[:1, -1])[0])
        return Read(_softmax(self.heat * scores)[at], far[at], danger, vectors[0])

    def __post_init__(self) -> None:
        self._beyond = np.isin(self.labels, self.declining)
        self._ours = np.array([is_topic(label) for label in self.labels]) & ~self._beyond

    def _margin(self, scores: np.ndarray) -> np.ndarray:
        """By how much each text's likeliest declining topic beats its likeliest other topic."""
        return scores[:, self._beyond].max(axis=1) - scores[:, self._ours].max(axis=1)

    def state(self) -> Tuple[Dict[str, np.ndarray], Dict[str, Any]]:
        """(arrays, plain data) that :meth:`from_state` turns back into the same head."""
        arrays = {
            "dense": self.dense, "bias": self.bias,
            "sparse": self.sparse.astype(np.float16),  # most of a model; packed in half the time
            "idf0": self.grams.idfs[0], "idf1": self.grams.idfs[1],
            **self.outside.state("outside"), **self.danger.state("danger"),
        }  # fmt: skip
        return arrays, {
            "labels": self.labels,
            "vocabulary": self.grams.vocabularies,
            "often": self.speller.often,
            "declining": self.declining,
        }

    @classmethod
    def from_state(
        cls, arrays: Dict[str, np.ndarray], plain: Dict[str, Any], heat: float
    ) -> "Head":
        """The head that :meth:`state` described."""
        grams = Grams(plain["vocabulary"], [arrays["idf0"], arrays["idf1"]])
        return cls(
            plain["labels"],
            grams,
            arrays["dense"],
            np.ascontiguousarray(arrays["sparse"], dtype=np.float32),
            arrays["bias"],
            Speller(plain["often"]),
            Cut.from_state(arrays, "outside"),
            Cut.from_state(arrays, "danger"),
            plain["declining"],
            heat,
        )


def _fit_meaning(
    texts: Sequence[str], target: np.ndarray, encoder: Encoder, strength: float
) -> Tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(the texts' embeddings, weights of shape (embedding size, classes), biases) of a logistic regression."""
    vectors = known_vectors.encode(texts, encoder)
    # The same optimum with larger numbers and weaker C, which the solver finds in two thirds of the steps.
    model = LogisticRegression(C=strength / LARGER**2, max_iter=60, class_weight="balanced")
    model.fit(LARGER * vectors, target)
    return vectors, LARGER * model.coef_.T, model.intercept_


def _marked(text: str) -> str:
    """The text with words for who is named in it; twice, so that they weigh among many others."""
    named = marks(text)
    return f"{text} {named} {named}"


def _softmax(scores: np.ndarray) -> np.ndarray:
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return scores / scores.sum(axis=1, keepdims=True)
