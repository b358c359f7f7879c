"""The report of an evaluation: docs/answers.md with its pictures, and the confusions in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from tools.quality.cases import OUTSIDE, ROOT, SINGLE
from tools.quality.judge import RIGHT, WRONG
from tools.quality.run import TYPOS, Result, understood
from tools.quality.stats import bins, calibration_error, interval
from tools.quality.tally import KINDS, Tally, by, false_refusals

PAGE = ROOT / "docs" / "answers.md"
PICTURES = ROOT / "docs" / "answers"
CONFUSED = 20  # pairs printed
COLOURS = {"right": "#2e7d5b", "asked back": "#8fbf9f", "refused": "#c9b458", "wrong": "#b3453f"}
_kept: dict[str, Any] = {}


def confusions_and_calibration(results: Sequence[Result], write: bool) -> None:
    """Print which topics are taken for which, and how far confidence is from truth."""
    rows = [r for r in results if r.case.kind in (SINGLE, TYPOS)]
    found = understood([r.case.turns[0] for r in rows])
    confidences, right = [], []
    confused: Counter[tuple[str, str]] = Counter()
    for result, reading in zip(rows, found, strict=True):
        good = {*result.case.topics, *result.case.also}
        first = reading["topics"][0] if reading["topics"] else reading["intent"]
        confidences.append(float(reading["confidence"]))
        # The verdict counts: another topic's answer that holds what was asked is no error.
        right.append(first in good or result.verdict.verdict == RIGHT)
        if first not in good and result.verdict.verdict != RIGHT:
            confused[result.case.topics[0], first] += 1
    error = calibration_error(confidences, right)
    print(f"\nCalibration error {error:.3f} over {len(rows)} messages (with and without typos)")
    print("Taken for another (asked -> taken), with typos too:")
    for (asked, taken), count in confused.most_common(CONFUSED):
        print(f"  {count:3d}  {asked} -> {taken}")
    if write:
        _kept.update(
            bins=bins(confidences, right), error=error, confused=confused.most_common(CONFUSED)
        )


def write(results: Sequence[Result], lost: Sequence[str], won: Sequence[str]) -> None:
    """docs/answers.md and its pictures."""
    import matplotlib

    matplotlib.use("Agg")
    PICTURES.mkdir(exist_ok=True)
    _bars(results)
    _calibration()
    single = [r for r in results if r.case.kind == SINGLE]
    refused, total = false_refusals(results)
    lines = [
        "# How well it answers",
        "",
        f"Measured {date.today().isoformat()} on messages that nothing was trained on "
        "(`tests/eval`); repeat with `make eval`, renew this page with `make eval SAVE=1`.",
        "",
        "*Right*: the reply holds what the case needs. *Asked back*: right, but it began with “I'm "
        "not certain I read that right”. *Refused*: not right, and it said so itself. *Wrong*: a "
        "person may act on it. With typos: each single question once more, with an error in about "
        "every 14th letter.",
        "",
        "![Shares by kind of message](answers/kinds.png)",
        "",
        *_table("Kind", {k: Tally.of([r for r in results if r.case.kind == k]) for k in KINDS}),
        "",
        f"False refusals of single questions: {refused} of {total}. Score of single questions "
        f"(right 1, none -1, wrong -3): {Tally.of(single).score:.3f}. Since the last release: "
        f"{len(lost)} newly failed, {len(won)} newly right.",
        "",
        "## By style of the message",
        "",
        *_table("Style", by(single, lambda r: r.case.style or "as it came")),
        "",
        "## By topic, the weakest first",
        "",
        *_table("Topic", dict(list(by(single, lambda r: r.case.topics[0]).items())[:30])),
        "",
        "## Out of scope, by kind",
        "",
        *_table(
            "Kind", by([r for r in results if r.case.kind == OUTSIDE], lambda r: r.case.topics[0])
        ),
        "",
        "## How true the confidence is",
        "",
        "![Confidence against share right](answers/calibration.png)",
        "",
        f"Expected calibration error {_kept['error']:.3f}. A bar is a tenth of the scale with its cases.",
        "",
        "## Taken for another",
        "",
        "| asked | taken for | times |",
        "| --- | --- | --- |",
        *(f"| {a} | {t} | {n} |" for (a, t), n in _kept["confused"]),
        "",
        "## What was wrong",
        "",
        *(
            f"- `{r.case.id}` “{r.case.text}” ({', '.join(r.verdict.said) or 'no topic'})"
            for r in results
            if r.verdict.verdict == WRONG and r.case.kind != TYPOS
        ),
        "",
    ]
    PAGE.write_text("\n".join(lines), "utf-8")


def _table(name: str, tallies: dict[str, Tally]) -> list[str]:
    rows = [f"| {name} | cases | right | 95 % interval | asked back | refused | wrong |"]
    rows.append("| --- | --- | --- | --- | --- | --- | --- |")
    for key, tally in tallies.items():
        if tally.total:
            low, high = interval(tally.right, tally.total)
            rows.append(
                f"| {key} | {tally.total} | {tally.share:.1%} | {low:.0%} to {high:.0%} | "
                f"{tally.asked_back} | {tally.refused} | {tally.wrong} |"
            )
    return rows


def _bars(results: Sequence[Result]) -> None:
    from matplotlib import pyplot

    tallies = [(k, Tally.of([r for r in results if r.case.kind == k])) for k in KINDS]
    tallies = [(k, t) for k, t in tallies if t.total][::-1]
    figure, axes = pyplot.subplots(figsize=(8, 0.55 * len(tallies) + 1.2), layout="constrained")
    left = [0.0] * len(tallies)
    parts = {
        "right": [t.right - t.asked_back for _, t in tallies],
        "asked back": [t.asked_back for _, t in tallies],
        "refused": [t.refused for _, t in tallies],
        "wrong": [t.wrong for _, t in tallies],
    }
    for part, counts in parts.items():
        widths = [100 * n / t.total for n, (_, t) in zip(counts, tallies, strict=True)]
        axes.barh([k for k, _ in tallies], widths, left=left, color=COLOURS[part], label=part)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    axes.set_xlim(0, 100)
    axes.set_xlabel("percent of the cases")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside upper center", ncols=4, frameon=False)
    figure.savefig(PICTURES / "kinds.png", dpi=110)
    pyplot.close(figure)


def _calibration() -> None:
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(5, 4.2), layout="constrained")
    axes.plot(
        [0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1, label="as true as it says"
    )
    for mean, share, count in _kept["bins"]:
        axes.bar(mean, share, width=0.07, color=COLOURS["right"])
        axes.annotate(str(count), (mean, share), ha="center", va="bottom", fontsize=8)
    axes.set_xlabel("confidence")
    axes.set_ylabel("share right")
    axes.set_xlim(0, 1.05)
    axes.set_ylim(0, 1.1)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    figure.savefig(PICTURES / "calibration.png", dpi=110)
    pyplot.close(figure)
