"""What is asked right after an answer: "made out to who", "does that stop the interest".

Such words name no topic. Which of the things people ask next after the last answer (``asked_next`` in
the topic files) a message is, a small linear model for each topic says, from the message's embedding.
Other messages are in its training, too, as none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional, Sequence, Text, Tuple

import numpy as np

from assistant.nlu import known_vectors
from assistant.nlu.encoder import Encoder
from assistant.nlu.head import normal
from assistant.topics import Topic

MOST_OTHERS = 3000  # messages that are read to stand for all others
OTHERS = 150  # other messages beside those of a topic
EARLIER = 0.05  # by how much what is asked after the topic before the last must be likelier
STRENGTH = 0.2  # of the ridge: the fewer the examples, the less a single one may say


class Found(NamedTuple):
    """One of the things asked after ``topic``: what it ``says`` (see ``AskedNext``), how likely."""

    topic: Text
    says: Text
    score: float  # about 1 where it is, about 0 where it is none of them


@dataclass(frozen=True)
class _Reader:
    says: List[Text]
    weights: np.ndarray  # (features, things asked)
    bias: np.ndarray


class NextAsked:
    """The models of all topics."""

    def __init__(self, readers: Dict[Text, _Reader]) -> None:
        self._readers = readers

    @classmethod
    def train(
        cls,
        asked: Mapping[Text, Sequence[Tuple[Text, np.ndarray]]],
        others: np.ndarray,
    ) -> "NextAsked":
        """From (what is said, the embeddings of its wordings) by topic, and those of ``others``:
        messages that are asked after no answer in particular."""
        readers = {}
        for number, (topic, things) in enumerate(sorted(asked.items())):
            chance = np.random.default_rng(number)
            beside = others[chance.permutation(len(others))[:OTHERS]]
            rows = np.vstack([*(rows for _, rows in things), beside])
            wanted = np.zeros((len(rows), len(things)), np.float32)
            start = 0
            for column, (_, own) in enumerate(things):
                wanted[start : start + len(own), column] = 1.0
                start += len(own)
            readers[topic] = _Reader([says for says, _ in things], *_ridge(rows, wanted))
        return cls(readers)

    def find(
        self, last: Sequence[Text], row: np.ndarray, earlier: Optional[Text] = None
    ) -> Optional[Found]:
        """The likeliest of what is asked after the topics ``last``; None where nothing is known.

        ``earlier``: the topic before them, to which people go back, most of all after a misreading.
        """
        found = []
        for topic in dict.fromkeys([*last, *([earlier] if last and earlier else [])]):
            if topic in self._readers:
                reader = self._readers[topic]
                scores = row @ reader.weights + reader.bias
                best = int(scores.argmax())
                less = 0.0 if topic in last else EARLIER
                found.append(Found(topic, reader.says[best], float(scores[best]) - less))
        return max(found, key=lambda one: one.score, default=None)

    def state(self) -> Tuple[Dict[str, np.ndarray], Dict[str, Any]]:
        """(arrays, plain data) that :meth:`from_state` turns back into the same models."""
        names = sorted(self._readers)
        readers = [self._readers[name] for name in names]
        if not readers:
            return {}, {}
        return {
            "next_weights": np.hstack([r.weights for r in readers]).astype(np.float16),
            "next_bias": np.concatenate([r.bias for r in readers]),
        }, {name: reader.says for name, reader in zip(names, readers)}

    @classmethod
    def from_state(cls, arrays: Mapping[str, np.ndarray], plain: Mapping[str, Any]) -> "NextAsked":
        """The models that :meth:`state` described."""
        readers, start = {}, 0
        for name in sorted(plain):
            own = slice(start, start + len(plain[name]))
            weights = arrays["next_weights"][:, own].astype(np.float32)
            readers[name] = _Reader(list(plain[name]), weights, arrays["next_bias"][own])
            start = own.stop
        return cls(readers)


def learned(topics: Iterable[Topic], others: Sequence[Text], encoder: Encoder) -> NextAsked:
    """The models of topics, with ``others`` as messages that are asked after no answer in particular."""
    asked = [(topic.name, entry) for topic in topics for entry in topic.asked_next]
    if not asked:
        return NextAsked({})
    wordings = [text for _, entry in asked for text in entry.wordings]
    rows = known_vectors.encode([normal(text) for text in wordings], encoder)
    by_topic: Dict[Text, List[Tuple[Text, np.ndarray]]] = {}
    start = 0
    for name, entry in asked:
        stop = start + len(entry.wordings)
        by_topic.setdefault(name, []).append((entry.says, rows[start:stop]))
        start = stop
    beside = [others[i] for i in range(0, len(others), max(1, len(others) // MOST_OTHERS))]
    vectors = known_vectors.encode([normal(text) for text in beside], encoder)
    return NextAsked.train(by_topic, vectors)


def _ridge(rows: np.ndarray, wanted: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
    """(weights, bias) of a ridge regression; its dual form, for there are more features than rows."""
    middle, mean = rows.mean(axis=0), wanted.mean(axis=0)
    centred = rows - middle
    kernel = centred @ centred.T + STRENGTH * np.eye(len(rows), dtype=np.float32)
    weights = centred.T @ np.linalg.solve(kernel, wanted - mean)
    return weights.astype(np.float32), (mean - middle @ weights).astype(np.float32)
