"""The texts that encoders and heads are measured on: BANKING77, our own questions, typos."""

from __future__ import annotations

import csv
import json
import random
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BANKING = ROOT.parent / "shared" / "bench"

Texts = tuple[list[str], list[str]]  # texts and their intents, of the same length


def banking(part: str, folder: Path = BANKING) -> Texts:
    """BANKING77's ``train`` or ``test`` file."""
    with (folder / f"banking77-{part}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [r["text"] for r in rows], [r["category"] for r in rows]


def own(root: Path = ROOT) -> Texts:
    """The assistant's own training examples: ``data/faq`` and ``data/nlu``."""
    texts, labels = [], []
    for path in sorted(
        [*(root / "data" / "faq").glob("*.yml"), *(root / "data" / "nlu").glob("*.yml")]
    ):
        for label, text in _examples(path.read_text("utf-8")):
            texts.append(text)
            labels.append(label)
    return texts, labels


def several(root: Path = ROOT) -> list[list[tuple[str, str]]]:
    """Messages that ask several things, each as its pieces: (intent or "", text as typed)."""
    lines = (root / "benchmarks" / "several.jsonl").read_text("utf-8").splitlines()
    return [
        [
            ("" if topic == "none" else f"faq/{topic}", text)
            for topic, text in json.loads(line)["parts"]
        ]
        for line in lines
    ]


def _examples(content: str) -> list[tuple[str, str]]:
    """(intent, text) pairs of a Rasa NLU file; its annotations ``[text](entity)`` become text."""
    found, label, inside, indent = [], "", False, 0
    for line in content.splitlines():
        bare = line.strip()
        if bare.startswith("- intent:"):
            label, inside = bare.split(":", 1)[1].strip(), False
        elif bare.startswith("examples:"):
            inside, indent = True, len(line) - len(line.lstrip())
        elif inside and bare and len(line) - len(line.lstrip()) <= indent:
            inside = False
        elif inside and bare.startswith("- "):
            text = re.sub(r"\[([^\]]+)\](\([^)]*\)|\{[^}]*\})", r"\1", bare[2:]).strip()
            found.append((label, text))
    return found


def told_apart(path: Path) -> Texts:
    """Test questions of a file: JSON lines with ``text`` and ``topic`` (or ``intent``), or a CSV."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [r["text"] for r in rows], [r["category"] for r in rows]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [r["text"] for r in rows], [r.get("topic") or r["intent"] for r in rows]


def few(data: Texts, each: int, seed: int) -> Texts:
    """``each`` texts an intent, drawn with ``seed``."""
    rng = random.Random(seed)
    groups = defaultdict(list)
    for text, label in zip(*data):
        groups[label].append(text)
    pairs = [
        (text, label)
        for label in sorted(groups)
        for text in rng.sample(groups[label], min(each, len(groups[label])))
    ]
    return [t for t, _ in pairs], [label for _, label in pairs]


def unknown(labels: Sequence[str], seed: int, part: float = 0.25) -> set[str]:
    """The intents left out of training to see whether a text of theirs is turned away."""
    names = sorted(set(labels))
    return set(random.Random(1000 + seed).sample(names, round(part * len(names))))


def without(data: Texts, names: set[str]) -> Texts:
    """The texts whose intent is not one of ``names``."""
    kept = [(t, label) for t, label in zip(*data) if label not in names]
    return [t for t, _ in kept], [label for _, label in kept]


def folds(labels: Sequence[str], count: int, seed: int = 0) -> list[int]:
    """The fold of each text; every intent is spread evenly."""
    rng = random.Random(seed)
    groups = defaultdict(list)
    for row, label in enumerate(labels):
        groups[label].append(row)
    fold = [0] * len(labels)
    for rows in groups.values():
        rng.shuffle(rows)
        start = rng.randrange(count)
        for place, row in enumerate(rows):
            fold[row] = (place + start) % count
    return fold


_NEAR = {
    row[i]: [row[j] for j in (i - 1, i + 1) if 0 <= j < len(row)]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for i in range(len(row))
}


def _slip(word: str, rng: random.Random) -> str:
    """One slip in a word: letters swapped, left out, doubled, or a neighbouring key."""
    at = rng.randrange(len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[: at + 1] + word[at + 2 :]
    if kind == 2:
        return word[: at + 1] + word[at] + word[at + 1 :]
    key = rng.choice(_NEAR.get(word[at + 1].lower(), ["e"]))
    return word[: at + 1] + key + word[at + 2 :]


def typos(texts: Sequence[str], seed: int, part: float = 0.25) -> list[str]:
    """Each text with slips in about ``part`` of its words of four letters or more, at least one."""
    out = []
    for number, text in enumerate(texts):
        rng = random.Random(f"{seed}/{number}/{text}")
        words = text.split(" ")
        long = [i for i, w in enumerate(words) if len(re.sub(r"\W", "", w)) >= 4]
        for i in rng.sample(long, min(len(long), max(1, round(part * len(long))))):
            words[i] = _slip(words[i], rng)
        out.append(" ".join(words))
    return out
