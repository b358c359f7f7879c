"""``make eval``: scores the running assistant on questions and conversations nothing was trained on.

A reply passes when every list of ``must_any`` has a pattern found in the joined replies (case
ignored), no ``must_not`` is found, and a single question's reply has 180 words or fewer.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.project import site_url
from tools.replay import play_all, read_case
from tools.supervisor import Supervisor

ROOT = Path(__file__).resolve().parent.parent
MOST_WORDS = 180
SETS = (ROOT / "tests" / "eval", ROOT.parent / "shared" / "eval")


def faults(case: dict[str, Any], replies: list[list[str]]) -> list[str]:
    """Why a case fails; empty when it passes."""
    text = "\n".join("\n".join(turn) for turn in replies)
    expect = case.get("expect", case)
    found = [] if text.strip() else ["no reply"]
    for group in expect.get("must_any", []):
        if not any(re.search(p, text, re.I) for p in group):
            found.append("missing " + " | ".join(group))
    found += ["says " + p for p in expect.get("must_not", []) if re.search(p, text, re.I)]
    words = len(text.split())
    if "turns" not in case and words > MOST_WORDS:
        found.append(f"{words} words")
    return found


def score(url: str, path: Path, show: bool) -> tuple[int, int]:
    """Play one file and print its pass rates by topic; (passed, all)."""
    cases = {}
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            case = json.loads(line)
            cases[case["id"]] = case
    played: dict[str, list[list[str]]] = {}
    asyncio.run(
        play_all(
            url, [read_case(c) for c in cases.values()],
            lambda r: played.__setitem__(r["id"], r["replies"]),
        )
    )  # fmt: skip
    topics: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, case in cases.items():
        why = faults(case, played.get(name, []))
        tally = topics[case.get("topic", "conversation")]
        tally[0] += not why
        tally[1] += 1
        if why and show:
            said = " / ".join(" / ".join(t) for t in played.get(name, [])).replace("\n", " ")
            print(f"  {name}: {case.get('text') or [t['user'] for t in case['turns']]}")
            print(f"      {'; '.join(why)}\n      -> {said[:300]}")
    passed, total = (sum(t[n] for t in topics.values()) for n in (0, 1))
    place = path.relative_to(ROOT.parent)
    print(f"\n{place}: {passed} of {total} = {passed / total:.1%}")
    for topic, (good, all_) in sorted(topics.items(), key=lambda i: (i[1][0] / i[1][1], i[0])):
        print(f"  {good:3d}/{all_:<3d} {topic}")
    return passed, total


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


def main() -> int:
    """Exit code 1 when a set stays below --need."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default=site_url())
    parser.add_argument("--show", action="store_true", help="print each failure")
    parser.add_argument("--need", type=float, default=0.0, help="least pass rate of each file")
    chosen = parser.parse_args()
    low = []
    with assistant(chosen.url) as url:
        for folder in SETS:
            for path in sorted(folder.glob("*.jsonl")):
                passed, total = score(url, path, chosen.show)
                if passed < chosen.need * total:
                    low.append(path.name)
    if low:
        print(f"Below {chosen.need:.0%}: {', '.join(low)}")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
