"""Vectors beside the weights are taken as they were, where they are those of these weights."""

import hashlib

import numpy as np
import pytest
from ruamel.yaml import YAML

from assistant.nlu import known_vectors
from assistant.nlu.encoder import OWN, WEIGHTS_SHA256
from assistant.nlu.head import normal
from assistant.topics import FOLDER, topics


class Counting:
    fingerprint = "test"

    def __init__(self):
        self.encoded = []

    def encode(self, texts):
        self.encoded += texts
        return np.array([[np.sin(len(t)), np.cos(len(t))] for t in texts], dtype=np.float32)


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "vectors.npz"

    def write(content):
        path.write_bytes(content)
        monkeypatch.setattr(known_vectors, "FILE", path)
        monkeypatch.setattr(known_vectors, "SHA256", hashlib.sha256(content).hexdigest())
        return path

    return write


def test_only_texts_that_are_not_in_the_file_are_encoded(file):
    file(known_vectors.pack(["a", "bb", "a"], Counting()))
    encoder = Counting()
    found = known_vectors.encode(["bb", "ccc", "a", "ccc"], encoder)
    assert encoder.encoded == ["ccc"]
    assert found[:, 0] == pytest.approx(np.sin([2, 3, 1, 3]), abs=0.01)


def test_eight_bits_keep_a_vector_where_it_was(file):
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    texts = [f"text {n}" for n in range(50)]

    class Fixed(Counting):
        def encode(self, wanted):
            return np.stack([vectors[texts.index(t)] for t in wanted]) if wanted else vectors[:0]

    file(known_vectors.pack(texts, Fixed()))
    there, found = known_vectors.known(texts, Fixed())
    assert there.all() and (found * vectors).sum(axis=1).min() > 0.9999


@pytest.mark.parametrize("damage", ["missing", "another", "empty"])
def test_without_the_file_all_is_encoded(file, damage):
    path = file(known_vectors.pack(["a"], Counting()))
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-1] + b"x")
    encoder = Counting()
    assert known_vectors.encode(["a"], encoder)[0, 0] == pytest.approx(np.sin(1))
    assert encoder.encoded == ["a"]


def test_vectors_of_other_weights_are_not_mixed_in(file):
    file(known_vectors.pack(["a"], Counting()))
    other = Counting()
    other.fingerprint = "other"
    known_vectors.encode(["a"], other)
    assert other.encoded == ["a"]


def test_the_file_of_the_project_fits_its_weights_and_most_of_its_examples():
    class Weights:
        fingerprint = hashlib.sha256((OWN / "model.onnx").read_bytes()).hexdigest()[:12]

    assert WEIGHTS_SHA256.startswith(Weights.fingerprint)
    texts = []
    for path in sorted(FOLDER.glob("*.yml"))[::10]:
        part = path.read_text("utf-8").split("\ntopic:", 1)[0]
        for intent in YAML(typ="safe", pure=True).load(part)["nlu"]:
            texts += [normal(t[2:]) for t in intent["examples"].splitlines() if t[:2] == "- "]
    asked = [a for topic in topics().values() for a in topic.asked_next][::10]
    texts += [normal(wording) for a in asked for wording in a.wordings]
    there, _ = known_vectors.known(texts, Weights())
    assert there.mean() > 0.9, "many new examples: run python -m tools.vectors"
