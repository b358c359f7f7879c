"""Plays the cases against the running assistant and gathers what came back."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.project import RASA_PYTHON, ROOT, environment
from tools.quality.cases import SINGLE, Case
from tools.quality.judge import Verdict, judge
from tools.quality.typos import with_typos
from tools.replay import play_all

TYPOS = "single questions, with typos"


@dataclass(frozen=True)
class Result:
    """A case, what was replied (a list of texts a turn), and the verdict."""

    case: Case
    replies: list[list[str]]
    verdict: Verdict


def play(url: str, cases: Sequence[Case]) -> list[Result]:
    """Every case in a conversation of its own, and each single question once more with typos."""
    all_cases = list(cases)
    all_cases += [mistyped(c) for c in cases if c.kind == SINGLE]
    played: dict[str, list[list[str]]] = {}
    failures = asyncio.run(
        play_all(
            url,
            [(c.id, list(c.turns)) for c in all_cases],
            lambda r: played.__setitem__(r["id"], r["replies"]),
        )
    )
    for failure in failures:
        print(failure)
    return [Result(c, played.get(c.id, []), judge(c, played.get(c.id, []))) for c in all_cases]


def mistyped(case: Case) -> Case:
    """The case as somebody in a hurry types it."""
    typed = case.typed(tuple(with_typos(t) for t in case.turns))
    return Case(f"{case.id}~", TYPOS, typed.turns, case.expects, case.topics, case.also, case.style)


def understood(texts: Sequence[str]) -> list[dict[str, Any]]:
    """What the model makes of each text by itself (tools/understand.py), in order."""
    done = subprocess.run(
        [str(RASA_PYTHON), "-m", "tools.understand"],
        input="\n".join(json.dumps(t) for t in texts) + "\n",
        cwd=str(ROOT), env=environment(), text=True, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
