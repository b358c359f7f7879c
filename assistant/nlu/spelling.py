"""Words typed in a hurry, read as the words they were meant to be.

Only a word that is neither English nor known from the training examples is touched, and only towards a
word that the examples use often: what people write about is narrow, so the nearest such word is nearly
always meant. symspellpy does the search and brings the English word list.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources
from typing import FrozenSet, Mapping

from symspellpy import SymSpell, Verbosity

LEAST_LETTERS = 4  # shorter words have too many neighbours
LEAST_OFTEN = 3  # examples with the word; rarer ones may be typos themselves
OWN_WORD = 40  # examples with a word that is no English: a term of the trade, not a common typo
LONG = 7  # from so many letters two errors are forgiven, before that one
# Typed without their apostrophe these are no typos: "arent" is not "agent".
_NO_APOSTROPHE = re.compile(
    r"(?:are|was|is|do|did|does|can|could|would|should|have|has|had|wo|were|need|must|ai)nt"
    r"|(?:there|what|that|how|here|where|who|when|why|let|it|she|he)s|(?:you|they|we)(?:re|ve|ll)|ive"
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


@lru_cache(maxsize=1)
def english() -> FrozenSet[str]:
    """The English words of symspellpy's frequency list."""
    lines = (
        resources.files("symspellpy")
        .joinpath("frequency_dictionary_en_82_765.txt")
        .read_text("utf-8-sig")
        .splitlines()
    )
    return frozenset(line.split(" ", 1)[0] for line in lines)


class Speller:
    """Corrects towards ``often``: word -> in how many training examples it stands."""

    def __init__(self, often: Mapping[str, int]) -> None:
        self.often = {
            word: count
            for word, count in often.items()
            if count >= LEAST_OFTEN and len(word) >= LEAST_LETTERS and word.isalpha()
        }
        self._near = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in self.often.items():
            if word in english() or count >= OWN_WORD:
                self._near.create_dictionary_entry(word, count)
        self._word = lru_cache(maxsize=4096)(self._of)

    def correct(self, text: str) -> str:
        """The text (in small letters) with the words that are none mended where that is clear."""
        return _WORD.sub(lambda m: self._word(m.group()), text)

    def _of(self, word: str) -> str:
        if len(word) < LEAST_LETTERS or not word.isascii() or "'" in word or word in english():
            return word
        if word in self._near.words or _NO_APOSTROPHE.fullmatch(word):
            return word
        reach = 2 if len(word) >= LONG else 1
        found = self._near.lookup(word, Verbosity.CLOSEST, max_edit_distance=reach)
        return found[0].term if found else word
