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


def test_a_piece_knows_its_neighbours():
    encoder = shared_encoder()
    message = "will they put a lien on my house and for how long does that stay"
    piece = "for how long does that stay"
    _, (placed,) = encoder.encode_within(message, [piece])
    alone, lien = encoder.encode([piece, "how long does a lien stay on my house"])
    assert placed @ lien > alone @ lien


def test_a_message_is_the_same_with_its_pieces():
    encoder = shared_encoder()
    message = "is this an audit and how long do i have"
    whole, placed = encoder.encode_within(message, ["is this an audit", "how long do i have"])
    assert whole == pytest.approx(encoder.encode([message])[0], abs=1e-5)
    assert np.allclose(np.linalg.norm(placed, axis=1), 1, atol=1e-4)


@pytest.mark.parametrize(
    "message, piece",
    [
        ("can I pay by card or by check", "can I pay by check"),  # completed: it stands nowhere
        ("word " * 200 + "how long do i have", "how long do i have"),  # behind the cut
    ],
)
def test_a_piece_that_the_message_does_not_hold_is_read_by_itself(message, piece):
    _, (placed,) = shared_encoder().encode_within(message, [piece])
    assert placed == pytest.approx(shared_encoder().encode([piece])[0], abs=1e-5)


def test_no_piece_no_vector():
    assert shared_encoder().encode_within("is this an audit", [])[1].shape == (0, 384)


def test_swapped_weights_are_refused(monkeypatch):
    monkeypatch.setattr(module, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(EncoderError, match="not the one that was checked"):
        Encoder()


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(EncoderError, match="model.onnx is missing"):
        Encoder(str(tmp_path))
