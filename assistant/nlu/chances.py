"""Probabilities of a message and its pieces, set right by what only one part of the pipeline sees.

Each takes rows of shape (texts, labels) and gives back such rows.
"""

from __future__ import annotations

from typing import List, Sequence, Text

import numpy as np

from assistant.nlu.leaning import aspect
from assistant.nlu.reading import FAQ, is_topic
from assistant.nlu.segments import Segment

# Two ways to the same end: asked whether a plan is possible, or for one. Their votes are not to
# split; the stronger takes both.
_KIN = ("plan", FAQ + "payment_plan_can_i")


def together(chances: np.ndarray, labels: List[Text]) -> np.ndarray:
    """The probabilities where asking for a plan and asking whether there is one are one intent."""
    if not set(_KIN) <= set(labels):
        return chances
    one, other = (labels.index(name) for name in _KIN)
    chances = chances.copy()
    both = chances[:, one] + chances[:, other]
    first = chances[:, one] >= chances[:, other]
    chances[:, one], chances[:, other] = np.where(first, both, 0), np.where(first, 0, both)
    return chances


# No question about the answer before: "can I stop that?" stops nothing here.
_NEVER_ASKED = {"stop", "where_from", "start_over", "repeat"}


def asked(chances: np.ndarray, parts: Sequence[Segment], labels: List[Text]) -> np.ndarray:
    """The probabilities where a piece that asks something is a question, no move in the dialogue.

    "They took my check, how do I stop it?" does not stop the form.
    """
    moves = [i for i, name in enumerate(labels) if not is_topic(name) and name != "plan"]
    asking = [i for i, part in enumerate(parts) if i and part.is_question]
    ends = [i for i, name in enumerate(labels) if name in _NEVER_ASKED]
    asks = aspect(parts[0].text) not in (None, "why", "sure")
    if not asking and not asks:
        return chances
    chances = chances.copy()
    if asks:
        chances[np.ix_([0], ends)] = 0.0
    if asking:
        chances[np.ix_(asking, moves)] = 0.0
    return chances / np.maximum(chances.sum(axis=1, keepdims=True), 1e-9)


def without(chances: np.ndarray, labels: List[Text], name: Text) -> np.ndarray:
    """The probabilities with one intent ruled out."""
    if name not in labels:
        return chances
    chances = chances.copy()
    chances[:, labels.index(name)] = 0.0
    return chances / np.maximum(chances.sum(axis=1, keepdims=True), 1e-9)


def in_light(chances: np.ndarray, light: float) -> np.ndarray:
    """The pieces' probabilities in the light of the whole message (the first row).

    "How do those work?" says nothing alone; what the message is about says the rest. ``light``: how much.
    """
    if len(chances) < 2:
        return chances
    lit = chances.copy()
    lit[1:] *= np.maximum(chances[0], 1e-12) ** light
    return lit / lit.sum(axis=1, keepdims=True)
