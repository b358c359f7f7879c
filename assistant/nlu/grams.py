"""N-grams of words and letters as the head weighs them: learned by scikit-learn, looked up without it.

For one short text scikit-learn's own ``transform`` spends most of its time on checks and on sparse
matrices. Here its tokens are counted and weighed the same way and the head's rows for them are summed;
a test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, Callable, Dict, List, Sequence, Tuple

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer, TfidfVectorizer

FEWEST = 2  # texts that must have an n-gram for it to be one
View = Tuple[Callable[[str], List[str]], Dict[str, int], np.ndarray]  # analyse, vocabulary, idf


def _words() -> TfidfVectorizer:
    return TfidfVectorizer(
        ngram_range=(1, 2),
        sublinear_tf=True,
        min_df=FEWEST,
        token_pattern=r"(?u)\b\w+\b",
        dtype=np.float32,
    )


def _letters() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(2, 4),
        sublinear_tf=True,
        min_df=FEWEST,
        dtype=np.float32,
    )


def _fit_letters(texts: Sequence[str]) -> Tuple[TfidfVectorizer, "sparse.csr_matrix"]:
    """(``_letters()`` fitted, the texts' weights), in a third of the time.

    No n-gram of letters reaches over a word's end, so each word's are counted once and not in each text.
    """
    view, seen = _letters(), CountVectorizer(token_pattern=r"\S+", dtype=np.float32)
    words = seen.fit_transform(texts)
    letters = CountVectorizer(
        analyzer=view.analyzer, ngram_range=view.ngram_range, dtype=np.float32
    )
    counts = (words @ letters.fit_transform(seen.get_feature_names_out())).tocsr()
    kept = np.bincount(counts.indices, minlength=counts.shape[1]) >= FEWEST
    weigh = TfidfTransformer(sublinear_tf=view.sublinear_tf)
    weights = weigh.fit_transform(counts[:, kept])
    grams = letters.get_feature_names_out()[kept]
    view.vocabulary_, view.idf_ = {gram: n for n, gram in enumerate(grams)}, weigh.idf_
    return view, weights


class Grams:
    """The n-grams of one head: words first, letters after them."""

    def __init__(self, vocabularies: Sequence[Dict[str, int]], idfs: Sequence[np.ndarray]) -> None:
        self.vocabularies, self.idfs = list(vocabularies), list(idfs)
        self._views: List[View] = [
            (view.build_analyzer(), vocabulary, idf)
            for view, vocabulary, idf in zip((_words(), _letters()), vocabularies, idfs)
        ]

    @classmethod
    def learn(
        cls, words: Sequence[str], letters: Sequence[str]
    ) -> Tuple["Grams", "sparse.csr_matrix"]:
        """(the n-grams, the texts' weights of shape (texts, n-grams)) of training texts.

        ``words`` and ``letters`` are the same texts as either view is to see them.
        """
        by_word = _words()
        in_words = by_word.fit_transform(words)
        by_letter, in_letters = _fit_letters(letters)
        views = (by_word, by_letter)
        vocabularies = [{k: int(v) for k, v in view.vocabulary_.items()} for view in views]
        weights = sparse.hstack([in_words, in_letters]).tocsr()
        weights.sort_indices()  # else the first of several fits at once would, under the others' hands
        return cls(vocabularies, [view.idf_ for view in views]), weights

    def scores(self, words: str, letters: str, weights: np.ndarray) -> np.ndarray:
        """The sum of a text's n-grams over ``weights`` of shape (n-grams, labels)."""
        total: Any = np.zeros(weights.shape[1], np.float32)
        start = 0
        for (analyse, vocabulary, idf), text in zip(self._views, (words, letters)):
            counts = Counter(vocabulary[gram] for gram in analyse(text) if gram in vocabulary)
            if counts:
                at = np.fromiter(counts, np.int64, len(counts))
                weighed = (1 + np.log(np.fromiter(counts.values(), np.float32))) * idf[at]
                weighed /= np.linalg.norm(weighed)
                total += weighed.astype(np.float32) @ weights[at + start]
            start += len(vocabulary)
        return total
