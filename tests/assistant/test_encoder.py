"""The encoder: the right files or none, and vectors that mean something."""

import numpy as np
import pytest

from assistant.nlu import encoder as module
from assistant.nlu.encoder import Encoder, EncoderError, shared_encoder


def test_like_texts_are_near():
    a, b, c = shared_encoder().encode(
        ["is this an audit", "am i being audited", "can i pay monthly"]
    )
    assert a @ b > 0.6 > a @ c
    assert np.allclose(np.linalg.norm([a, b, c], axis=1), 1, atol=1e-4)


def test_a_batch_gives_what_single_texts_give():
    texts = [
        "lien?",
        "can they take my wages or my bank account next week",
        "audit",
        "how long do i have",
    ]
    together = shared_encoder().encode(texts)
    alone = np.concatenate([shared_encoder().encode([t]) for t in texts])
    assert np.abs((together * alone).sum(1)).min() > 0.97  # int8 rounds a little with the padding


def test_no_text_no_vector():
    assert shared_encoder().encode([]).shape == (0, 384)


def test_swapped_weights_are_refused(monkeypatch):
    monkeypatch.setattr(module, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="not the one that was checked"):
        Encoder()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(EncoderError, match="model.onnx is missing"):
        Encoder(str(tmp_path))
