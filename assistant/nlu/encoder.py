"""The sentence encoder: texts in, unit vectors out, on a CPU without PyTorch.

all-MiniLM-L6-v2 fine-tuned on the assistant's own examples, as int8 ONNX. It lies in
``encoder_weights/`` (its README says how it was made) and is checked by SHA-256 before use: a swapped
file would change every answer without a sound. An operator may point ``folder`` at another ONNX encoder
(``model.onnx`` + ``tokenizer.json``); then no hash is asked for.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import Optional, Sequence, Tuple

import numpy as np

WEIGHTS_SHA256 = "b0b0a6e99eb0fc20e31f12ad38be669a8cdb4fe8458c3dd0ad24097cd0f67ad0"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
OWN = Path(__file__).resolve().parent / "encoder_weights"
MAX_TOKENS = 96  # longer messages are split into segments before they come here
BATCH = 64  # bounds memory while training; a message never has that many segments


class EncoderError(RuntimeError):
    """The encoder's files are missing or are not the ones that were checked."""


def _checked(path: Path, sha256: Optional[str]) -> Path:
    if not path.is_file():
        raise EncoderError(
            f"The sentence encoder's file {path.name} is missing in {path.parent}. In the project's "
            f"own folder it comes back with: git checkout assistant/nlu/encoder_weights"
        )
    if sha256 and hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise EncoderError(
            f"The sentence encoder's file {path.name} is not the one that was checked "
            f"(SHA-256 differs). Run: git checkout assistant/nlu/encoder_weights"
        )
    return path


class Encoder:
    """Mean-pooled, unit-length sentence embeddings."""

    def __init__(self, folder: Optional[str] = None) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        place = Path(folder) if folder else OWN
        weights = _checked(place / "model.onnx", None if folder else WEIGHTS_SHA256)
        words = _checked(place / "tokenizer.json", None if folder else TOKENIZER_SHA256)
        # Names these weights: vectors of other weights are never mixed with theirs.
        self.fingerprint = hashlib.sha256(weights.read_bytes()).hexdigest()[:12]
        options = onnxruntime.SessionOptions()
        # One turn is a handful of short texts: more threads only fight with Rasa for the cores.
        options.intra_op_num_threads = int(os.environ.get("ENCODER_THREADS", "1"))
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {i.name for i in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(words))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Embeddings of shape (len(texts), 384), float32, each of length 1."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        order = np.argsort([len(t) for t in texts])  # like lengths together: less padding
        out: list = [None] * len(texts)
        for start in range(0, len(texts), BATCH):
            rows = order[start : start + BATCH]
            for row, vector in zip(rows, self._encode([texts[i] for i in rows])):
                out[row] = vector
        return np.stack(out)

    def encode_within(self, message: str, pieces: Sequence[str]) -> Tuple[np.ndarray, np.ndarray]:
        """(the embedding of a message, those of its pieces as they stand in it).

        A piece is the mean of its own tokens there, and those know what is said around them: "and for
        how long?" after a question about liens. A piece that isn't to be found in the message (or
        stands behind its cut) is read by itself. Shapes (384,) and (len(pieces), 384).
        """
        hidden, mask, (tokens,) = self._hidden([message])
        placed = [self._inside(hidden[0], tokens.offsets, message, piece) for piece in pieces]
        lost = [piece for piece, vector in zip(pieces, placed) if vector is None]
        alone = iter(self.encode(lost))
        found = [next(alone) if vector is None else _unit(vector) for vector in placed]
        whole = _unit(_mean(hidden, mask))[0]
        return whole, np.stack(found) if found else np.zeros((0, len(whole)), np.float32)

    @staticmethod
    def _inside(
        hidden: np.ndarray, offsets: Sequence[Tuple[int, int]], message: str, piece: str
    ) -> Optional[np.ndarray]:
        start = message.find(piece)
        if hidden.ndim != 2 or start < 0:
            return None
        stop = start + len(piece)
        rows = [i for i, (s, e) in enumerate(offsets) if start <= s < e <= stop]
        reached = rows and offsets[rows[-1]][1] == stop
        return hidden[rows].mean(axis=0) if reached else None

    def _encode(self, texts: Sequence[str]) -> np.ndarray:
        hidden, mask, _ = self._hidden(texts)
        return _unit(_mean(hidden, mask))

    def _hidden(self, texts: Sequence[str]) -> Tuple[np.ndarray, np.ndarray, list]:
        """(the model's output, which tokens are real, the tokens)."""
        tokens = self._tokenizer.encode_batch(list(texts))
        ids = np.array([t.ids for t in tokens], dtype=np.int64)
        mask = np.array([t.attention_mask for t in tokens], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": mask}
        if "token_type_ids" in self._inputs:
            feed["token_type_ids"] = np.zeros_like(ids)
        return self._session.run(None, feed)[0], mask, tokens


def _mean(hidden: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """The mean over a text's tokens; some models' output is that already."""
    if hidden.ndim < 3:
        return hidden
    weights = mask[..., None].astype(np.float32)
    return (hidden * weights).sum(1) / np.maximum(weights.sum(1), 1e-9)


def _unit(vectors: np.ndarray) -> np.ndarray:
    """The vectors at length 1."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)
    return (vectors / lengths).astype(np.float32)


@lru_cache(maxsize=2)
def shared_encoder(folder: Optional[str] = None) -> Encoder:
    """One encoder a process: training and serving load the weights once."""
    return Encoder(folder)


def similarity(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Cosine similarity of unit vectors; shape (len(a), len(b))."""
    return a @ b.T


__all__: Tuple[str, ...] = ("Encoder", "EncoderError", "shared_encoder", "similarity")
