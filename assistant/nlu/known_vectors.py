"""Embeddings kept from one training to the next.

Encoding the training examples is most of a training. A newcomer who adds one topic changes thirty of
some fifteen thousand, so the vectors of the others are kept beside Rasa's own cache and only what is
new is encoded. A file that cannot be read is made anew; it holds nothing that is not in ``data/``.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path
from typing import Dict, List, Sequence

import numpy as np

from assistant.nlu.encoder import Encoder


def _file(encoder: Encoder) -> Path:
    folder = Path(os.environ.get("RASA_CACHE_DIRECTORY") or ".rasa")
    return folder / f"vectors-{encoder.fingerprint}.npz"


def _key(text: str) -> str:
    return hashlib.sha1(text.encode("utf-8")).hexdigest()


def _read(path: Path) -> Dict[str, np.ndarray]:
    try:
        with np.load(path, allow_pickle=False) as found:
            return dict(zip(found["keys"].tolist(), found["vectors"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def encode(texts: Sequence[str], encoder: Encoder) -> np.ndarray:
    """The embeddings of ``texts``, those of an earlier training taken as they were."""
    path = _file(encoder)
    known = _read(path)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts) if key not in known}
    if missing:
        known.update(zip(missing, encoder.encode(list(missing.values()))))
        wanted: List[str] = list(dict.fromkeys(keys))  # what no example holds any more is dropped
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_suffix(f".{os.getpid()}.tmp.npz")
        np.savez(made, keys=np.array(wanted), vectors=np.stack([known[key] for key in wanted]))
        made.replace(path)
    return np.stack([known[key] for key in keys])
