"""Embeddings of the training examples that lie beside the encoder's weights.

Encoding all examples is half of a training, and the examples that came with the project always get the
same vectors. So those are kept with the weights they were made with, in 8 bits a number
(``python -m tools.vectors`` makes the file, after the encoder was tuned anew or many examples were added);
only what is not among them is encoded: a newcomer's topic is thirty texts of some thirty thousand.
A file that is missing, is another or was made with other weights only costs the time to encode.
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Dict, Sequence, Tuple

import numpy as np

from assistant.nlu.encoder import OWN, Encoder

FILE = OWN / "vectors.npz"
SHA256 = "080752c4bfb1475058e6dafecd921e45bf0ce233669d659a69f83e07420714a7"
_LEVELS = 127  # of a signed byte


def key(text: str) -> int:
    """What a text is found by: 64 bits of its hash."""
    return int.from_bytes(hashlib.sha1(text.encode("utf-8")).digest()[:8], "little")


def pack(texts: Sequence[str], encoder: Encoder) -> bytes:
    """The file that :func:`encode` reads, with the embeddings of ``texts``."""
    wanted = list({key(text): text for text in texts}.values())
    keys = np.array([key(text) for text in wanted], dtype=np.uint64)
    order = np.argsort(keys)
    vectors = encoder.encode(wanted)[order]
    steps = np.abs(vectors).max(axis=1, keepdims=True) / _LEVELS
    out = io.BytesIO()
    np.savez(
        out,
        encoder=np.array(encoder.fingerprint),
        keys=keys[order],
        rows=np.round(vectors / steps).astype(np.int8),
    )
    return out.getvalue()


def _read(path: Path, encoder: Encoder, sha256: str) -> Dict[str, np.ndarray]:
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        return {}
    with np.load(path, allow_pickle=False) as found:
        return dict(found) if str(found["encoder"]) == encoder.fingerprint else {}


def known(texts: Sequence[str], encoder: Encoder) -> Tuple[np.ndarray, np.ndarray]:
    """(which texts lie in the file, their embeddings in the order of those texts)."""
    kept = _read(FILE, encoder, SHA256)
    if not kept:
        return np.zeros(len(texts), dtype=bool), np.zeros((0, 0), dtype=np.float32)
    keys = np.array([key(text) for text in texts], dtype=np.uint64)
    at = np.minimum(np.searchsorted(kept["keys"], keys), len(kept["keys"]) - 1)
    there = kept["keys"][at] == keys
    rows = kept["rows"][at[there]].astype(np.float32)
    return there, rows / np.linalg.norm(rows, axis=1, keepdims=True)  # all have length 1


def encode(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    """The embeddings of ``texts``, those in the file taken from there."""
    there, vectors = known(texts, encoder)
    missing = list(dict.fromkeys(text for text, had in zip(texts, there) if not had))
    fresh = dict(zip(missing, encoder.encode(missing)))
    rest = iter(vectors)
    return np.stack([next(rest) if had else fresh[text] for text, had in zip(texts, there)])
