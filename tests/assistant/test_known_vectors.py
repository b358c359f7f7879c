"""Vectors of an earlier training are taken as they were, and nothing else is."""

import numpy as np
import pytest

from assistant.nlu import known_vectors


class Counting:
    fingerprint = "test"

    def __init__(self):
        self.encoded = []

    def encode(self, texts):
        self.encoded += texts
        return np.array([[len(t), 1.0] for t in texts], dtype=np.float32)


@pytest.fixture
def encoder(tmp_path, monkeypatch):
    monkeypatch.setenv("RASA_CACHE_DIRECTORY", str(tmp_path))
    return Counting()


def test_only_new_texts_are_encoded(encoder):
    first = known_vectors.encode(["a", "bb", "a"], encoder)
    assert encoder.encoded == ["a", "bb"] and first[:, 0].tolist() == [1, 2, 1]
    again = known_vectors.encode(["bb", "ccc"], encoder)
    assert encoder.encoded == ["a", "bb", "ccc"] and again[:, 0].tolist() == [2, 3]
    known_vectors.encode(["a"], encoder)  # dropped when no example held it any more
    assert encoder.encoded[-1] == "a"


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_made_anew(encoder, tmp_path, content):
    (tmp_path / "vectors-test.npz").write_bytes(content)
    assert known_vectors.encode(["a"], encoder).tolist() == [[1.0, 1.0]]
    assert known_vectors.encode(["a"], Counting()).tolist() == [[1.0, 1.0]]


def test_another_encoder_has_a_file_of_its_own(encoder, tmp_path):
    known_vectors.encode(["a"], encoder)
    other = Counting()
    other.fingerprint = "other"
    known_vectors.encode(["a"], other)
    assert other.encoded == ["a"]
