"""``make replay``: plays conversations against the running assistant, as visitors would.

Input lines {"id": "x", "turns": [{"user": "…"}, …]} or {"id": "x", "text": "…"}; output lines
{"id": "x", "replies": [["first reply to turn 1", …], …], "ms": [time of each turn]}.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tools.project import site_url
from tools.visitor import NoAnswer, NotTaken, Visitor

AT_ONCE = 8
Case = tuple[str, list[str]]


def read_cases(lines: Iterable[str]) -> tuple[list[Case], list[str]]:
    """(cases, complaints): a bad line is named with its number, and the rest is still played."""
    cases: list[Case] = []
    complaints: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            case = read_case(json.loads(line))
            if case[0] in seen:
                raise ValueError(f"the id {case[0]} came before")
        except (ValueError, TypeError, KeyError) as error:
            what = "is not JSON" if isinstance(error, json.JSONDecodeError) else str(error)
            complaints.append(f"Line {number}: {what}; skipped.")
            continue
        seen.add(case[0])
        cases.append(case)
    return cases, complaints


def read_case(found: Any) -> Case:
    """A case of one line; ValueError says what is missing."""
    if not isinstance(found, dict) or not isinstance(found.get("id"), str):
        raise ValueError('needs an "id"')
    if isinstance(found.get("text"), str):
        return found["id"], [found["text"]]
    turns = found.get("turns")
    if not isinstance(turns, list) or not turns:
        raise ValueError('needs "text" or "turns"')
    if not all(isinstance(t, dict) and isinstance(t.get("user"), str) for t in turns):
        raise ValueError('each turn needs "user"')
    return found["id"], [t["user"] for t in turns]


async def play(url: str, case: Case) -> dict[str, Any]:
    """One conversation of its own."""
    replies: list[list[str]] = []
    times: list[int] = []
    async with Visitor(url) as visitor:
        for text in case[1]:
            try:
                turn = await visitor.say(text)
                replies.append(turn.texts)
                times.append(turn.ms)
            except NotTaken as refused:  # the visitor reads the gate's sentence
                replies.append([str(refused)])
                times.append(0)
    return {"id": case[0], "replies": replies, "ms": times}


async def play_all(
    url: str, cases: list[Case], done: Callable[[dict[str, Any]], None]
) -> list[str]:
    """All cases, up to eight at a time; returns what went wrong, one sentence a case."""
    places = asyncio.Semaphore(AT_ONCE)
    failures: list[str] = []

    async def one(case: Case) -> None:
        async with places:
            try:
                done(await play(url, case))
            except NoAnswer as error:
                failures.append(f"{case[0]}: {error}")

    await asyncio.gather(*(one(case) for case in cases))
    return failures


def replay(url: str, cases: list[Case], out: Path) -> list[str]:
    """Play and write; lines are written as they come, so an interruption keeps what was done."""
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
        console=Console(stderr=True),
    )  # fmt: skip
    with bar, out.open("w", encoding="utf-8") as file:
        task = bar.add_task("conversations", total=len(cases))

        def done(result: dict[str, Any]) -> None:
            file.write(json.dumps(result, ensure_ascii=False) + "\n")
            file.flush()
            bar.advance(task)

        return asyncio.run(play_all(url, cases, done))


def main() -> int:
    """Exit code 1 when a line was bad or a conversation got no answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("input", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--url", default=site_url())
    chosen = parser.parse_args()
    try:
        with chosen.input.open(encoding="utf-8") as file:
            cases, complaints = read_cases(file)
        for complaint in complaints:
            print(f"{chosen.input}: {complaint}", file=sys.stderr)
        failures = replay(chosen.url, cases, chosen.output)
    except (OSError, UnicodeDecodeError) as error:
        print(f"replay: {error}. Nothing more was played.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(f"Stopped. What was answered is in {chosen.output}.", file=sys.stderr)
        return 130
    for failure in failures[:5]:
        print(failure, file=sys.stderr)
    if len(failures) > 5:
        print(f"… and {len(failures) - 5} more without an answer.", file=sys.stderr)
    print(f"{len(cases) - len(failures)} of {len(cases)} played, in {chosen.output}")
    return 1 if failures or complaints else 0


if __name__ == "__main__":
    sys.exit(main())
