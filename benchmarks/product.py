"""Encoders and heads on the assistant's own topics: trained on ``data/``, scored on the tuning set.

Runs in the Rasa environment, from the project's root:

    .venv/bin/python -m benchmarks.product [FOLDER]

FOLDER holds another ONNX encoder (model.onnx, tokenizer.json); without it the shipped one is taken.
Prints the share of tuning questions (tests/eval/tuning, never trained on) whose likeliest intent is
right, the same with typos, and with typos mended first.
"""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from assistant.nlu import known_vectors
from assistant.nlu.encoder import Encoder
from assistant.nlu.grams import _letters, _words
from assistant.nlu.head import normal
from assistant.nlu.spelling import Speller
from tools.quality.typos import with_typos

ROOT = Path(__file__).resolve().parent.parent
Scores = list[np.ndarray]


def examples() -> tuple[list[str], np.ndarray]:
    """The training examples as the head sees them, and their intents."""
    texts, labels = [], []
    for path in sorted(
        [*(ROOT / "data" / "faq").glob("*.yml"), *(ROOT / "data" / "nlu").glob("*.yml")]
    ):
        intent = ""
        for line in path.read_text("utf-8").split("\ntopic:", 1)[0].splitlines():
            if line.startswith("- intent:"):
                intent = line.partition(":")[2].strip()
            elif intent and line.strip().startswith("- "):
                texts.append(normal(line.strip()[2:]))
                labels.append(intent)
    return texts, np.array(labels)


def questions() -> tuple[list[str], list[set[str]]]:
    """The tuning questions and the intents that are right for each."""
    file = ROOT / "tests" / "eval" / "tuning" / "questions.jsonl"
    cases = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    good = [{f"faq/{t}" for t in (c["topic"], *c.get("also", ()))} for c in cases]
    for names in good:
        names |= {"plan"} if "faq/payment_plan_can_i" in names else set()
    return [c["text"] for c in cases], good


def main() -> None:
    """Fit each head once, score it three ways."""
    warnings.simplefilter("ignore")
    encoder = Encoder(sys.argv[1] if len(sys.argv) > 1 else None)
    texts, labels = examples()
    asked, good = questions()
    often = Counter(word for text in texts for word in set(re.findall(r"[a-z]+", text)))
    speller = Speller(often)
    typed = [normal(with_typos(text)) for text in asked]
    ways = [[normal(text) for text in asked], typed, [speller.correct(text) for text in typed]]
    views = (_words(), _letters())
    grams = sparse.hstack([view.fit_transform(texts) for view in views]).tocsr()
    counted = [sparse.hstack([view.transform(way) for view in views]).tocsr() for way in ways]
    vectors, meant = known_vectors.encode(texts, encoder), [encoder.encode(way) for way in ways]
    names = np.array(sorted(set(labels)))

    def scores(fit: Callable, own: object, others: list[object]) -> Scores:
        began = time.perf_counter()
        model = fit.fit(own, labels)  # type: ignore[attr-defined]
        print(
            f"   ({type(fit).__name__} fitted in {time.perf_counter() - began:.0f} s)", flush=True
        )
        return [model.decision_function(other) for other in others]

    by_words = scores(LinearSVC(C=0.3, class_weight="balanced", tol=1e-2), grams, counted)
    by_meaning = scores(
        LogisticRegression(C=3.0, max_iter=60, class_weight="balanced"), vectors, meant
    )
    middle = np.stack([vectors[labels == name].mean(0) for name in names])
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    heads: dict[str, Scores] = {
        "nearest centre of the embeddings": [m @ middle.T for m in meant],
        "logistic regression on embeddings": by_meaning,
        "n-grams, linear SVM": by_words,
        **{
            f"both, {share} of the embeddings'": [
                share * m + w for m, w in zip(by_meaning, by_words)
            ]
            for share in (0.05, 0.1, 0.2)
        },
    }
    print(f"\n{'head':36s} {'as typed':>9s} {'typos':>7s} {'typos mended':>13s}")
    for name, found in heads.items():
        rates = [
            np.mean([names[i] in right for i, right in zip(score.argmax(1), good)])
            for score in found
        ]
        print(f"{name:36s} {rates[0]:9.1%} {rates[1]:7.1%} {rates[2]:13.1%}")


if __name__ == "__main__":
    main()
