"""The verdicts of the last release, kept in the project, and what changed since."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from tools.quality.cases import ROOT
from tools.quality.judge import RIGHT
from tools.quality.run import Result
from tools.quality.stats import fell

FILE = ROOT / "tests" / "eval" / "last_release.json"
LUCK = 0.01  # a fall is one when so much loss would come by luck in fewer cases than this


def save(results: Sequence[Result], path: Path = FILE) -> None:
    """Keep these verdicts as those of the release."""
    found = {r.case.id: r.verdict.verdict for r in results}
    kept = {"on": date.today().isoformat(), "verdicts": dict(sorted(found.items()))}
    path.write_text(json.dumps(kept, indent=0) + "\n", "utf-8")


def last(path: Path = FILE) -> dict[str, str]:
    """Verdict of each case at the last release; empty when there is none."""
    if not path.is_file():
        return {}
    return dict(json.loads(path.read_text("utf-8"))["verdicts"])


def change(results: Sequence[Result], before: dict[str, str]) -> tuple[list[str], list[str], bool]:
    """(cases newly failed, newly right, whether the fall is more than noise)."""
    was = {name: verdict == RIGHT for name, verdict in before.items()}
    now = {r.case.id: r.verdict.verdict == RIGHT for r in results}
    lost = sorted(n for n in was.keys() & now.keys() if was[n] and not now[n])
    won = sorted(n for n in was.keys() & now.keys() if now[n] and not was[n])
    return lost, won, fell(was, now)[2] < LUCK
