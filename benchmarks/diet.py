"""Stock Rasa's DIET on the same texts: run by the assistant's own environment, not by this one.

    ../.venv/bin/python diet.py IN.json OUT.json

IN holds ``train`` and ``tests`` (each a list of texts, the first with ``labels``) and ``epochs``; OUT gets, for each
list, the likeliest intent and its confidence, besides CPU milliseconds a message and resident memory.
Pipeline and settings are those ``rasa init`` writes, with its 100 epochs unless fewer are asked for.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

PIPELINE = """
recipe: default.v1
language: en
pipeline:
  - name: WhitespaceTokenizer
  - name: RegexFeaturizer
  - name: LexicalSyntacticFeaturizer
  - name: CountVectorsFeaturizer
  - name: CountVectorsFeaturizer
    analyzer: char_wb
    min_ngram: 1
    max_ngram: 4
  - name: DIETClassifier
    epochs: EPOCHS
    constrain_similarities: true
"""


def written(texts: list[str], labels: list[str]) -> str:
    """Rasa's NLU YAML of labelled texts."""
    lines = ['version: "3.1"', "nlu:"]
    for name in sorted(set(labels)):
        lines += [f"- intent: {json.dumps(name)}", "  examples: |"]
        lines += [
            "    - " + " ".join(t.split()).replace("[", "(").replace("]", ")")
            for t, label in zip(texts, labels)
            if label == name
        ]
    return "\n".join(lines) + "\n"


async def main(source: Path, target: Path) -> None:
    """Train, read every test list, write what was measured."""
    task = json.loads(source.read_text("utf-8"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)  # Rasa leaves a cache where it runs
        (folder / "config.yml").write_text(
            PIPELINE.replace("EPOCHS", str(task["epochs"])), "utf-8"
        )
        (folder / "nlu.yml").write_text(written(task["train"], task["labels"]), "utf-8")
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        began = time.time()
        model = train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder / "m"))
        trained = time.time() - began
        agent = Agent.load(model)
        out, times = [], []
        for texts in task["tests"]:
            found = []
            for text in texts:
                began = time.process_time()
                parsed = await agent.parse_message(text)
                times.append(time.process_time() - began)
                found.append((parsed["intent"]["name"], parsed["intent"]["confidence"]))
            out.append(found)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    measured = {
        "found": out, "train_s": trained, "ms": 1000 * sorted(times)[len(times) // 2],
        "mb": pages * os.sysconf("SC_PAGE_SIZE") / 2**20,
    }  # fmt: skip
    target.write_text(json.dumps(measured), "utf-8")


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    asyncio.run(main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()))
