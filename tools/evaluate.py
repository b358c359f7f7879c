"""``make eval``: scores the running assistant on messages that nothing was trained on.

Prints right / asked back / refused / wrong by kind, topic and style with 95 % intervals, what is
confused with what, how true the confidence is, and the change since the last release. ``--save``
keeps the verdicts as the release's and writes the report in docs/; ``--gate`` fails on a fall that is
more than noise.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.project import site_url
from tools.quality import release, report
from tools.quality.cases import OUTSIDE, ROOT, SINGLE, held_apart, read_file
from tools.quality.judge import RIGHT
from tools.quality.run import Result, play
from tools.quality.tally import KINDS, Tally, by, false_refusals
from tools.supervisor import Supervisor

TUNING = ROOT.parent / "shared" / "eval"
WORST = 25  # topics printed
HEAD = f"{'':32s} {'right':>9s} {'share':>6s}   95 % interval      back refu wrong"


@contextlib.contextmanager
def assistant(url: str) -> Iterator[str]:
    """The running assistant's address, or that of one started for the occasion."""
    import urllib.request

    try:
        with urllib.request.urlopen(url + "/health", timeout=6):
            yield url
            return
    except OSError:
        print(f"Nothing runs at {url}; starting an assistant for this.")
    from tools.stack import running_assistant

    with running_assistant() as stack:
        assert isinstance(stack, Supervisor)
        yield stack.url


def show(results: Sequence[Result]) -> None:
    """Each failure with what was said."""
    for result in results:
        verdict = result.verdict
        if verdict.verdict != RIGHT:
            reply = " / ".join(" / ".join(t) for t in result.replies).replace("\n", " ")
            print(f"  {result.case.id} {verdict.verdict}: {result.case.text}")
            print(f"      {verdict.why}\n      -> {reply[:300]}")


def tell(results: Sequence[Result]) -> None:
    """The tables."""
    print("\n" + HEAD)
    for kind in KINDS:
        rows = [r for r in results if r.case.kind == kind]
        if rows:
            print(Tally.of(rows).line(kind))
    refused, total = false_refusals(results)
    print(f"false refusals of single questions: {refused} of {total}")
    print(f"score of single questions (right 1, none -1, wrong -3): {_score(results):.3f}")
    single = [r for r in results if r.case.kind == SINGLE]
    outside = [r for r in results if r.case.kind == OUTSIDE]
    for title, tallies in (
        ("by style", by(single, lambda r: r.case.style or "as it came")),
        (f"by topic, the {WORST} worst", by(single, lambda r: r.case.topics[0])),
        ("out of scope, by kind", by(outside, lambda r: r.case.topics[0])),
    ):
        print(f"\n{title}\n{HEAD}")
        for name, tally in list(tallies.items())[:WORST]:
            print(tally.line(name))


def _score(results: Sequence[Result]) -> float:
    return Tally.of([r for r in results if r.case.kind == SINGLE]).score


def main() -> int:
    """Exit code 1 when ``--gate`` finds a fall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default=site_url())
    parser.add_argument("--show", action="store_true", help="print each failure")
    parser.add_argument("--only", default="", help="only cases whose id begins so")
    parser.add_argument("--save", action="store_true", help="keep as the release, write the report")
    parser.add_argument("--gate", action="store_true", help="fail on a fall since the release")
    parser.add_argument("--file", type=Path, help="only this file's cases, such as a tuning set's")
    chosen = parser.parse_args()
    cases = read_file(chosen.file) if chosen.file else held_apart()
    cases = [c for c in cases if c.id.startswith(chosen.only)]
    part = chosen.only or chosen.file
    tuning = [c for p in sorted(TUNING.glob("*.jsonl")) for c in read_file(p)]
    with assistant(chosen.url) as url:
        results = play(url, cases)
        tuned = play(url, tuning) if tuning and not (chosen.gate or part) else []
    if chosen.show:
        show(results)
        show(tuned)
    tell(results)
    if tuned:
        print(Tally.of([r for r in tuned if not r.case.id.endswith("~")]).line("tuning set (seen)"))
    if chosen.file:
        return 0
    lost, won, fall = release.change(results, release.last())
    print(f"\nSince the last release: {len(lost)} newly failed, {len(won)} newly right.")
    print("  newly failed: " + ", ".join(lost) if lost else "  none newly failed")
    if not (chosen.gate or part):
        report.confusions_and_calibration(results, write=chosen.save)
    if chosen.save:
        release.save(results)
        report.write(results, lost, won)
        print("Kept as the release; the report is docs/answers.md.")
    if chosen.gate and fall:
        print(
            "That is more than noise. Mend it, or, if it is meant, keep it with: make eval SAVE=1"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
