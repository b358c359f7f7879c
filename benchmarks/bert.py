"""BERT and MPNet encoders in plain PyTorch: load the packaged weights, fine-tune, export to ONNX.

Only what a sentence encoder needs (no pooler, no language-model head), with the upstream parameter
names shortened, so that no model library is needed beside torch.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(self, size: int, inner: int, heads: int, eps: float, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.norm1, self.norm2 = (nn.LayerNorm(size, eps=eps) for _ in range(2))
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)

    def forward(self, x: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        batch, length, size = x.shape
        split = (batch, length, self.heads, size // self.heads)
        q, k, v = (f(x).reshape(split).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = q @ k.transpose(-1, -2) / math.sqrt(size // self.heads) + bias
        weights = F.dropout(scores.softmax(-1), self.drop, self.training)
        mixed = (weights @ v).transpose(1, 2).reshape(batch, length, size)
        x = self.norm1(x + F.dropout(self.out(mixed), self.drop, self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(inner, self.drop, self.training))


class Bert(nn.Module):
    """Token ids and mask in, last hidden states out. ``mpnet`` has relative positions besides."""

    def __init__(self, config: dict, drop: float = 0.1) -> None:
        super().__init__()
        size, eps = config["hidden_size"], config["layer_norm_eps"]
        self.mpnet, self.drop = config["model_type"] == "mpnet", drop
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.norm = nn.LayerNorm(size, eps=eps)
        self.layers = nn.ModuleList(
            Layer(size, config["intermediate_size"], config["num_attention_heads"], eps, drop)
            for _ in range(config["num_hidden_layers"])
        )
        if self.mpnet:
            self.relative = nn.Embedding(
                config["relative_attention_num_buckets"], config["num_attention_heads"]
            )

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        x = self.words(input_ids) + self.places(places + 2 if self.mpnet else places)
        x = F.dropout(self.norm(x), self.drop, self.training)
        bias = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.mpnet:
            bias = bias + self.relative(_buckets(places)).permute(2, 0, 1)[None]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def _buckets(places: torch.Tensor, count: int = 32, furthest: int = 128) -> torch.Tensor:
    """MPNet's bucket of each pair of places."""
    n = places[:, None] - places[None, :]
    half, exact = count // 2, count // 4
    side = (n < 0).long() * half
    n = n.abs()
    far = exact + (
        torch.log(n.clamp(min=1).float() / exact) / math.log(furthest / exact) * (half - exact)
    ).long().clamp(max=half - exact - 1)
    return side + torch.where(n < exact, n, far)


_BERT = {
    "attention.self.query": "query", "attention.self.key": "key",
    "attention.self.value": "value", "attention.output.dense": "out",
    "attention.output.LayerNorm": "norm1", "intermediate.dense": "up",
    "output.dense": "down", "output.LayerNorm": "norm2",
}  # fmt: skip
_MPNET = {
    "attention.attn.q": "query", "attention.attn.k": "key", "attention.attn.v": "value",
    "attention.attn.o": "out", "attention.LayerNorm": "norm1", "intermediate.dense": "up",
    "output.dense": "down", "output.LayerNorm": "norm2",
}  # fmt: skip


def load(folder: Path, drop: float = 0.1) -> Bert:
    """The encoder in ``folder``: upstream's ``config.json`` and ``model.safetensors``."""
    config = json.loads((folder / "config.json").read_text("utf-8"))
    model = Bert(config, drop)
    stored = load_file(str(folder / "model.safetensors"))
    stored = {name.removeprefix("bert.").removeprefix("mpnet."): v for name, v in stored.items()}
    state = {
        "words.weight": stored["embeddings.word_embeddings.weight"],
        "places.weight": stored["embeddings.position_embeddings.weight"],
        "norm.weight": stored["embeddings.LayerNorm.weight"],
        "norm.bias": stored["embeddings.LayerNorm.bias"],
    }
    if model.mpnet:
        state["relative.weight"] = stored["encoder.relative_attention_bias.weight"]
    else:  # a message is one segment: its type is a constant, added to the places
        state["places.weight"] = (
            state["places.weight"] + stored["embeddings.token_type_embeddings.weight"][0]
        )
    for number in range(config["num_hidden_layers"]):
        for theirs, ours in (_MPNET if model.mpnet else _BERT).items():
            for part in ("weight", "bias"):
                state[f"layers.{number}.{ours}.{part}"] = stored[
                    f"encoder.layer.{number}.{theirs}.{part}"
                ]
    model.load_state_dict(state)
    return model.eval()


def tokenizer(path: Path, longest: int = 96) -> Tokenizer:
    """The word-piece tokenizer, cutting at ``longest`` tokens and padding a batch to its longest."""
    words = Tokenizer.from_file(str(path))
    words.enable_truncation(longest)
    words.enable_padding(
        pad_id=words.token_to_id("[PAD]") if words.token_to_id("[PAD]") is not None else 1,
        pad_token="[PAD]" if words.token_to_id("[PAD]") is not None else "<pad>",
    )
    return words


def tensors(words: Tokenizer, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask of a batch of texts."""
    coded = words.encode_batch(texts)
    return torch.tensor([c.ids for c in coded]), torch.tensor([c.attention_mask for c in coded])


def spans(
    words: Tokenizer, texts: list[str], places: list[tuple[int, int] | None]
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Ids, mask, and which tokens lie within each text's place (start, end); of None all do.

    A place behind the cut has no tokens: then all do, too.
    """
    coded = words.encode_batch(texts)
    ids, mask = (torch.tensor([getattr(c, n) for c in coded]) for n in ("ids", "attention_mask"))
    inside = mask.clone()
    for row, (text, place) in enumerate(zip(coded, places)):
        if place is None:
            continue
        within = [int(s >= place[0] and place[1] >= e > s) for s, e in text.offsets]
        if any(within):
            inside[row] = torch.tensor(within)
    return ids, mask, inside


def pooled(hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """The mean of the tokens' states, of length 1."""
    weights = mask[..., None].to(hidden.dtype)
    return F.normalize((hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9), dim=-1)


@torch.inference_mode()
def embed(model: Bert, words: Tokenizer, texts: list[str], batch: int = 64) -> np.ndarray:
    """Unit vectors of texts, like lengths together."""
    model.eval()
    order = np.argsort([len(t) for t in texts], kind="stable")
    out: list = [None] * len(texts)
    for start in range(0, len(texts), batch):
        rows = order[start : start + batch]
        ids, mask = tensors(words, [texts[i] for i in rows])
        for row, vector in zip(rows, pooled(model(ids, mask), mask).numpy()):
            out[row] = vector
    return np.stack(out)


def save(model: Bert, path: Path) -> None:
    """The weights as safetensors, under this module's names."""
    save_file({k: v.contiguous() for k, v in model.state_dict().items()}, str(path))


def export(model: Bert, path: Path) -> None:
    """The encoder as fp32 ONNX: ``input_ids`` and ``attention_mask`` to ``last_hidden_state``."""
    model = model.eval()
    example = torch.tensor([[101, 2054, 2003, 102], [101, 2054, 102, 0]])
    torch.onnx.export(
        model, (example, (example != 0).long()), str(path), dynamo=False, opset_version=17,
        input_names=["input_ids", "attention_mask"], output_names=["last_hidden_state"],
        dynamic_axes={n: {0: "batch", 1: "length"} for n in ("input_ids", "attention_mask", "last_hidden_state")},
    )  # fmt: skip


def quantise(source: Path, target: Path, seven_bits: bool = True) -> None:
    """Dynamic int8. ``seven_bits`` keeps CPUs without VNNI from saturating their 16-bit sums."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(source), str(target), per_channel=True, reduce_range=seven_bits,
        weight_type=QuantType.QInt8,
    )  # fmt: skip
