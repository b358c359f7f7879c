"""Which heat and thresholds fit: read off the tuning set, which is neither trained on nor scored on.

Runs in the Rasa environment with the trained model: ``.venv/bin/python -m tools.thresholds``. Prints the
heat that makes confidence as true as it says, and for several thresholds what would be answered
rightly, wrongly or not at all. The choice stands in config.yml with its reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, List, Set, Tuple

import numpy as np
from rasa.core.agent import Agent
from rasa.shared.nlu.training_data.message import Message
from scipy.optimize import minimize_scalar

from assistant.nlu.classifier import TopicClassifier
from assistant.nlu.encoder import shared_encoder
from assistant.nlu.head import Head
from assistant.nlu.mood import DANGER, mood
from assistant.topics import topics
from tools.train import model_path

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "eval" / "tuning"
NEVER = 1e9  # a bar that nothing reaches
CLAIMS_NOTHING = {"out_of_scope", "other_taxes", "cannot_see_account", "other_language", "spanish"}


def cases(name: str) -> List[Dict[str, Any]]:
    """The lines of a kind's tuning files, each of another author."""
    files = sorted(FOLDER.glob(f"{name}*.jsonl"))
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def served(case: Dict[str, Any], found: Set[str]) -> bool:
    """Whether every question of a message is answered, by its topic or one that serves as well."""
    also = case.get("also") or []
    others = [set(a) for a in also] if also and isinstance(also[0], list) else [set(also)]
    each = others if len(others) == len(case["topics"]) else others * len(case["topics"])
    return all(({t} | a) & found for t, a in zip(case["topics"], each or [set()] * 9))


def fitting(case: Dict[str, Any]) -> Set[str]:
    """All topics that are no answer to spare."""
    also = case.get("also") or []
    flat = {t for a in also for t in a} if also and isinstance(also[0], list) else set(also)
    return set(case["topics"]) | flat


def classifier(agent: Agent) -> TopicClassifier:
    """The trained component inside the agent."""
    nodes = agent.processor.graph_runner._instantiated_nodes.values()  # type: ignore[union-attr]
    return next(n._component for n in nodes if isinstance(n._component, TopicClassifier))


def best_heat(head: Head, texts: List[str], good: List[List[str]]) -> Tuple[float, float]:
    """(heat, share right): under which the right intents together are likeliest."""
    head.heat = 1.0
    scores = np.log(head.probabilities(texts, shared_encoder(None)) + 1e-30)
    mask = np.array([[label in names for label in head.labels] for names in good])

    def loss(log: float) -> float:
        hot = scores * np.exp(log)
        hot = np.exp(hot - hot.max(axis=1, keepdims=True))
        chances = hot / hot.sum(axis=1, keepdims=True)
        return float(-np.log((chances * mask).sum(axis=1) + 1e-9).mean())

    right = mask[np.arange(len(texts)), scores.argmax(axis=1)].mean()
    return float(np.exp(minimize_scalar(loss, bounds=(-1, 4), method="bounded").x)), float(right)


def read_once(head: Head) -> None:
    """From here on ``head`` reads a message once: the bars are tried on what it made of it."""
    known: Dict[Tuple[str, ...], Any] = {}
    own = head.read

    def read(texts: List[str], encoder: Any) -> Any:
        key = tuple(texts)
        if key not in known:
            known[key] = own(texts, encoder)
        return known[key]

    head.read = read  # type: ignore[method-assign,assignment]


def read_all(part: TopicClassifier, texts: List[str]) -> List[Message]:
    """The messages as the classifier leaves them (no facts: the tuning questions hold few)."""
    return part.process([Message.build(text) for text in texts])


def dangers(part: TopicClassifier, found: List[Dict[str, Any]]) -> np.ndarray:
    """How much each message may be a threat to self; what its words say outright counts as sure."""
    assert part._head is not None
    encoder = shared_encoder(None)
    return np.array(
        [
            NEVER if mood(c["text"]) == DANGER else part._head.read([c["text"]], encoder).danger
            for c in found
            if c.get("topic") != "crisis"
        ]
    )


def quiet(name: str) -> bool:
    """Whether a topic claims nothing about the notice."""
    return name in CLAIMS_NOTHING or (name in topics() and topics()[name].small_talk)


def main() -> None:
    """Print heat, then the effect of thresholds."""
    part = classifier(Agent.load(str(model_path())))
    assert part._head is not None
    single, outside, several = cases("questions"), cases("out_of_scope"), cases("several")
    good = [[f"faq/{t}" for t in [c["topic"], *c.get("also", ())]] for c in single]
    for names, case in zip(good, single):
        names += ["plan"] if case["topic"] == "payment_plan_can_i" else []
    heat, right = best_heat(part._head, [c["text"] for c in single], good)
    part._head.heat = heat
    read_once(part._head)
    print(f"heat {heat:.2f}; the likeliest intent is right in {right:.1%} of {len(single)}")

    declining = set(part._config["declining"])
    part._config["outside"] = NEVER
    readings = read_all(part, [c["text"] for c in single])
    beyond = read_all(part, [c["text"] for c in outside])
    print("\n from   answered right  wrong   asked back or refused   out of scope answered")
    for bar in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7):
        sure = [(m, n) for m, n in zip(readings, good) if m.get("intent")["confidence"] >= bar]
        hit = sum(any(f"faq/{t}" in n for t in m.get("topics")) or m.get("intent")["name"] in n
                  for m, n in sure)  # fmt: skip
        out = sum(
            m.get("intent")["confidence"] >= bar
            and not (m.get("topics") and all(quiet(t) for t in m.get("topics")))
            for m in beyond
        )
        total = len(single)
        print(f" {bar:4.2f}  {hit / total:13.1%} {(len(sure) - hit) / total:6.1%}"
              f" {1 - len(sure) / total:16.1%} {out / len(outside):21.1%}")  # fmt: skip

    print("\n outside   found of what is out of scope   false refusals")
    for bar in (-2.0, -1.75, -1.5, -1.25, -1.0, -0.75, -0.5, -0.25, 0.0):
        part._config["outside"] = bar
        shares = [
            np.mean([bool(m.get("topics")) and set(m.get("topics")) <= declining for m in found])
            for found in (
                read_all(part, [c["text"] for c in outside]),
                read_all(part, [c["text"] for c in single]),
            )
        ]
        print(f"   {bar:5.2f} {shares[0]:31.1%} {shares[1]:16.1%}")
    part._config["outside"] = NEVER

    print("\n danger    of threats to self   of what only sounds so   of all other messages")
    other = single + outside
    levels = [dangers(part, cases(name)) for name in ("danger", "no_danger")]
    levels.append(dangers(part, other))
    for bar in (-2.0, -1.8, -1.6, -1.4, -1.2, -1.0, -0.8, -0.6, -0.4, -0.2):
        found = [np.mean(level >= bar) for level in levels]
        print(f"  {bar:5.2f} {found[0]:20.1%} {found[1]:22.1%} {found[2]:20.1%}")

    print(
        "\n piece   all questions found   answers to spare (of several questions / of single ones)"
    )
    for piece in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6):
        part._config["piece_sure"] = piece
        read = read_all(part, [c["text"] for c in several])
        found = [
            set(m.get("topics")) | ({"payment_plan_can_i"} if m.get("wants_plan") else set())
            for m in read
        ]
        full = sum(served(c, f) for c, f in zip(several, found))
        spare = sum(len(f - fitting(c)) for c, f in zip(several, found))
        alone = sum(len(m.get("topics")) > 1 for m in read_all(part, [c["text"] for c in single]))
        print(
            f" {piece:5.2f}  {full / len(several):19.1%} {spare / len(several):17.2f} / {alone / len(single):.2f}"
        )


if __name__ == "__main__":
    main()
