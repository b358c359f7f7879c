"""Fine-tune a MiniLM encoder on labelled texts: pull an intent's texts together, others apart.

Two losses over unit vectors: a softmax over one learned direction an intent (as the head will do it),
and a supervised contrastive one inside the batch, where texts of the same intent are no negatives.
Some texts get typos each time they are seen. Some are seen as a piece of a message that says something
else besides, and only their own tokens count: so the assistant reads a piece in its place. Word vectors stay as they are: words no example holds
must keep their place among the others. At the end the weights are averaged over the last part of the
run and, for ``keep`` > 0, mixed with the original ones, so the encoder stays good at what it was not
tuned on.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import bert
import embed
import texts as data
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer

FOLDS = 4


@dataclass(frozen=True)
class Recipe:
    """Settings of a run; found on splits of BANKING77's train file (see docs/encoders.md)."""

    epochs: int = 4
    batch: int = 64
    rate: float = 2e-4  # of the top layer; each layer below learns at ``decay`` of the one above
    decay: float = 0.9
    scale: float = 20.0  # of cosines before the softmax over intents
    contrast: float = 0.5  # weight of the contrastive loss
    warmth: float = 0.1  # its temperature
    typo: float = 0.3  # share of texts seen with typos
    joined: float = 0.3  # share of texts seen as a piece of a message with another text
    drop: float = 0.0
    seed: int = 0


JOINTS = (" and ", ", and ", ". ", "? ", " ", ", ", " also ", " plus ", " or ")
LONGEST = 48  # tokens


@dataclass(frozen=True)
class Shown:
    """A text as the encoder is to see it: alone, or as one of the pieces of a message."""

    pieces: tuple[str, ...]
    own: int = 0

    def typed(self, slips: int, joint: str = " ") -> tuple[str, tuple[int, int] | None]:
        """(the message, where the text stands in it); ``slips``: a seed for typos, 0 for none."""
        pieces = data.typos(self.pieces, slips) if slips else list(self.pieces)
        if len(pieces) == 1:
            return pieces[0], None
        start = len(joint.join([*pieces[: self.own], ""]))
        return joint.join(pieces), (start, start + len(pieces[self.own]))


def beside(
    rows: Sequence[int], labels: Sequence[str], rng: random.Random, share: float
) -> dict[int, int]:
    """Which of a batch's texts is seen beside which other one, of another intent."""
    pairs = {row: rng.choice(rows) for row in rows if rng.random() < share}
    return {row: other for row, other in pairs.items() if labels[row] != labels[other]}


def batches(lengths: Sequence[int], size: int, rng: random.Random) -> list[list[int]]:
    """Shuffled batches of like length: little padding."""
    rows = list(range(len(lengths)))
    rng.shuffle(rows)
    out = []
    for start in range(0, len(rows), size * 16):
        part = sorted(rows[start : start + size * 16], key=lambda r: lengths[r])
        out += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(out)
    return out


def contrastive(vectors: torch.Tensor, labels: torch.Tensor, warmth: float) -> torch.Tensor:
    """Supervised contrastive loss; texts alone of their intent in the batch only push."""
    scores = vectors @ vectors.T / warmth
    scores.fill_diagonal_(-1e4)
    same = labels[:, None] == labels[None, :]
    same.fill_diagonal_(False)
    chances = scores.log_softmax(1)
    partners = same.sum(1)
    loss = -(chances * same).sum(1) / partners.clamp(min=1)
    return loss[partners > 0].sum() / max(1, int((partners > 0).sum()))


def groups(model: bert.Bert, recipe: Recipe) -> list[dict]:
    """Parameters by layer with their learning rates; word vectors are left out."""
    model.words.weight.requires_grad_(False)
    depth = len(model.layers)
    found = [{"params": [*layer.parameters()], "lr": recipe.rate * recipe.decay ** (depth - 1 - i)}
             for i, layer in enumerate(model.layers)]  # fmt: skip
    lowest = [*model.places.parameters(), *model.norm.parameters()]
    return [*found, {"params": lowest, "lr": recipe.rate * recipe.decay**depth}]


def finetune(
    folder: Path,
    words: Tokenizer,
    texts: Sequence[str],
    labels: Sequence[str],
    recipe: Recipe,
    messages: Sequence[Sequence[tuple[str, str]]] = (),
) -> bert.Bert:
    """The encoder of ``folder`` tuned on texts and their intents.

    ``messages``: besides, pieces of messages, each an (intent or "", text), read in their places.
    """
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    model = bert.load(folder, recipe.drop)
    names = sorted(set(labels))
    number = {name: i for i, name in enumerate(names)}
    shown = [Shown((text,)) for text in texts]
    start = torch.tensor(bert.embed(model, words, list(texts)))
    target = torch.tensor([number[label] for label in labels])
    middle = torch.stack([start[target == i].mean(0) for i in range(len(names))])
    labels = list(labels)
    for message in messages:
        said = tuple(text for _, text in message)
        own = [i for i, (label, _) in enumerate(message) if label in number]
        shown += [Shown(said, i) for i in own]
        labels += [message[i][0] for i in own]
    target = torch.tensor([number[label] for label in labels])
    typed = [one.typed(0)[0] for one in shown]
    lengths = [sum(c.attention_mask) for c in words.encode_batch(typed)]
    proxies = torch.nn.Parameter(F.normalize(middle, dim=-1))  # begins at each intent's centre
    optimiser = torch.optim.AdamW(
        [*groups(model, recipe), {"params": [proxies], "lr": 5e-3, "weight_decay": 0.0}],
        weight_decay=0.01,
    )
    steps = recipe.epochs * math.ceil(len(shown) / recipe.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser,
        lambda s: min(1.0, (s + 1) / (0.1 * steps)) * (0.5 + 0.5 * math.cos(math.pi * s / steps)),
    )
    average: dict[str, torch.Tensor] = {}
    taken = 0
    for epoch in range(recipe.epochs):
        model.train()
        began, total = time.time(), 0.0
        for rows in batches(lengths, recipe.batch, rng):
            pairs = beside(
                [r for r in rows if len(shown[r].pieces) == 1], labels, rng, recipe.joined
            )
            seen, places = [], []
            for row in rows:
                slips = rng.randrange(1, 10**9) if rng.random() < recipe.typo else 0
                one, joint = shown[row], " "
                if row in pairs and lengths[row] + lengths[pairs[row]] < LONGEST:
                    both, joint = [one.pieces[0], shown[pairs[row]].pieces[0]], rng.choice(JOINTS)
                    own = rng.randrange(2)
                    one = Shown(tuple(both if own == 0 else both[::-1]), own)
                text, place = one.typed(slips, joint)
                seen.append(text)
                places.append(place)
            ids, mask, inside = bert.spans(words, seen, places)
            vectors = bert.pooled(model(ids, mask), inside)
            scores = vectors @ F.normalize(proxies, dim=-1).T * recipe.scale
            loss = F.cross_entropy(scores, target[rows])
            if recipe.contrast:
                loss = loss + recipe.contrast * contrastive(vectors, target[rows], recipe.warmth)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            schedule.step()
            total += loss.item() * len(rows)
        if epoch >= recipe.epochs * 0.6:  # average over the last epochs
            taken += 1
            for name, value in model.state_dict().items():
                average[name] = average.get(name, 0) + value
        print(
            f"epoch {epoch + 1}: loss {total / len(shown):.3f}, {time.time() - began:.0f} s",
            flush=True,
        )
    model.load_state_dict({name: value / taken for name, value in average.items()})
    return model.eval()


def mix(model: bert.Bert, folder: Path, keep: float) -> bert.Bert:
    """The tuned weights with a share ``keep`` of the original ones."""
    original = bert.load(folder).state_dict()
    tuned = model.state_dict()
    model.load_state_dict({n: keep * original[n] + (1 - keep) * tuned[n] for n in tuned})
    return model


def task(args: argparse.Namespace) -> tuple[str, data.Texts]:
    """The mark of a problem of ``encoders.py`` and the texts to tune on: never those it scores."""
    if args.set == "own":
        known = data.own()
        mark = "own"
        if args.fold is not None:
            mark += f"-{args.fold}"
            fold = data.folds(known[1], FOLDS)
            kept = [i for i, f in enumerate(fold) if f != args.fold]
            known = [known[0][i] for i in kept], [known[1][i] for i in kept]
        if args.unknown:
            mark += "-unknown"
            known = data.without(known, new_topics(known[1]))
        return mark, known
    train = data.banking("train")
    mark = f"{args.set}-{args.draw}"
    part = data.few(train, 10, args.draw) if args.set == "few" else train
    if args.unknown:
        mark += "-unknown"
        part = data.without(part, data.unknown(train[1], args.draw))
    return mark, part


def new_topics(labels: Sequence[str], count: int = 10) -> set[str]:
    """Topics left out of tuning, to see whether the head alone still learns them."""
    names = sorted(n for n in set(labels) if n.startswith("faq/"))
    return set(random.Random(77).sample(names, count))


def main() -> None:
    """Tune, mix, export, quantise; the result is ``results/encoders/tuned/MARK``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set", choices=["few", "full", "own"])
    parser.add_argument("--draw", type=int, default=0, help="which draw of BANKING77")
    parser.add_argument("--fold", type=int, help="fold of our own examples to leave out")
    parser.add_argument(
        "--unknown", action="store_true", help="leave intents out, as encoders.py does"
    )
    parser.add_argument(
        "--keep", type=float, default=0.0, help="share of the original weights kept"
    )
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--again", action="store_true", help="only mix and export what was tuned before"
    )
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    mark, (texts, labels) = task(args)
    out = embed.WORK / "tuned" / mark
    out.mkdir(parents=True, exist_ok=True)
    folder = embed.minilm()
    words = bert.tokenizer(folder / "tokenizer.json", LONGEST)
    if args.again:
        model = bert.load(folder)
        model.load_state_dict(load_file(str(out / "tuned.safetensors")))
    else:
        # BANKING77 is single questions; what is measured there is without this.
        recipe = Recipe(epochs=args.epochs, **({} if args.set == "own" else {"joined": 0.0}))
        messages = data.several() if mark == "own" else []
        model = finetune(folder, words, texts, labels, recipe, messages)
        bert.save(model, out / "tuned.safetensors")
    model = mix(model, folder, args.keep) if args.keep else model
    bert.export(model, out / "fp32.onnx")
    bert.quantise(out / "fp32.onnx", out / "int8.onnx")
    print(
        f"{out.relative_to(embed.ROOT)}: {hashlib.sha256((out / 'int8.onnx').read_bytes()).hexdigest()}"
    )


if __name__ == "__main__":
    main()
