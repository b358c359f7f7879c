"""Typing as on a phone in a hurry: the same errors for the same text each time."""

from __future__ import annotations

import random

_NEAR = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w",
    "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
EVERY = 14  # letters to an error, about: one or two in a usual question
LEAST = 4  # shorter words are typed right, and hold what cannot be guessed back


def with_typos(text: str, seed: int = 503) -> str:
    """The text with swapped, missing, doubled or neighbouring letters; digits stay as they are."""
    chance = random.Random(f"{seed}:{text}")
    words = text.split(" ")
    places = [i for i, word in enumerate(words) if len(word) >= LEAST and word.isalpha()]
    errors = max(1, round(sum(c.isalpha() for c in text) / EVERY))
    for place in chance.sample(places, min(errors, len(places))):
        words[place] = _mistyped(words[place], chance)
    return " ".join(words)


def _mistyped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)  # the first letter is nearly always right
    kind = chance.choice(("swap", "drop", "double", "near"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(_NEAR.get(word[at].lower(), word[at])) + word[at + 1 :]
