"""Runs Rasa's own tests and holds their figures to a floor: `rasa test` itself never fails on them.

Runs in the Rasa environment. NLU: examples of tests/nlu, held apart from training. Core: the stories
of tests/stories.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.project import ROOT, environment
from tools.train import model_path

# A little below what was measured when they were set (see docs/quality.md), so that only a real
# fall trips them: with 150 examples two points are noise.
LEAST_TOPIC_ACCURACY = 0.80
LEAST_INTENT_ACCURACY = 0.90


def rasa(*words: str) -> str:
    """Run a rasa command; its output, or an exit with its last lines."""
    done = subprocess.run(
        [sys.executable, "-m", "rasa", *words], cwd=ROOT, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    if done.returncode:
        print("\n".join(done.stdout.splitlines()[-15:]))
        sys.exit(f"rasa {' '.join(words[:2])} failed.")
    return done.stdout


def accuracy(report: Path) -> float:
    """The accuracy of one of Rasa's reports."""
    found = json.loads(report.read_text("utf-8"))
    return float(found.get("accuracy", found.get("micro avg", {}).get("f1-score", 0.0)))


def main() -> int:
    """Exit code 1 below a floor."""
    model = str(model_path())
    with tempfile.TemporaryDirectory() as folder:
        rasa("test", "nlu", "--model", model, "--nlu", "tests/nlu", "--out", folder, "--no-plot")
        topics = accuracy(Path(folder, "response_selection_report.json"))
        intents = accuracy(Path(folder, "intent_report.json"))
        rasa(
            "test", "core", "--model", model, "--stories", "tests/stories", "--out", folder,
            "--fail-on-prediction-errors", "--no-plot",
        )  # fmt: skip
    print(f"held-apart examples: intents {intents:.1%}, topics {topics:.1%}; stories all right")
    if topics < LEAST_TOPIC_ACCURACY or intents < LEAST_INTENT_ACCURACY:
        print(f"Below the floor of {LEAST_INTENT_ACCURACY:.0%} / {LEAST_TOPIC_ACCURACY:.0%}.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
