"""The ``cp503`` command: the rules from a terminal.

It is the one place of the package with a clock: ``--as-of`` is today when it is left out. Whatever
is wrong with what was given ends in one sentence on the error output and the exit code 2.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from irs.assess import assess
from irs.command import as_json, parser
from irs.command.facts import InputError
from irs.command.listing import listed
from irs.command.schedules import choose
from irs.command.tables import show
from irs.deadlines import deadlines
from irs.figures import FigureError, stale
from irs.schedule import NeverClears
from irs.situation import SituationError

WRONG, CLOSED, STOPPED = 2, 1, 130  # bad input; nobody reads on; Ctrl-C


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0, or 2 for bad input.

    1 when the reader of a pipe is gone, 130 after Ctrl-C. Help ends in SystemExit(0), as everywhere
    in Python.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal without some sign still gets the rest
    try:
        asked = parser.read(sys.argv[1:] if argv is None else argv)
        if asked.schema:
            _print(as_json.schema(asked.command))
        else:
            _RUN[asked.command](asked)
        sys.stdout.flush()
    except (InputError, SituationError, FigureError, NeverClears) as error:
        said = str(error)
        print(f"cp503: {said}{'' if said.endswith(('.', '?')) else '.'}", file=sys.stderr)
        return WRONG
    except BrokenPipeError:
        # What Python still writes out at its end must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    except KeyboardInterrupt:
        print("cp503: stopped.", file=sys.stderr)
        return STOPPED
    return 0


def _print(found: Any) -> None:
    print(json.dumps(found, indent=2))


def _plan(asked: argparse.Namespace) -> None:
    found = assess(asked.situation, asked.as_of)
    if asked.json:
        _print(as_json.plan(found, asked.situation))
    else:
        show(lambda page: page.assessment(found))


def _compare(asked: argparse.Namespace) -> None:
    found = assess(asked.situation, asked.as_of)
    if asked.json:
        _print(as_json.compare(found))
    else:
        show(lambda page: page.comparison(found, asked.situation))


def _schedule(asked: argparse.Namespace) -> None:
    if asked.csv and asked.json:
        raise InputError("--csv and --json are two forms of the same; give one of them")
    chosen = choose(asked.situation, asked.as_of, asked.way, asked.months)
    if asked.csv:
        csv.writer(sys.stdout, lineterminator="\n").writerows(as_json.csv_rows(chosen))
    elif asked.json:
        _print(as_json.schedule(chosen))
    else:
        show(lambda page: page.schedule(chosen))


def _deadlines(asked: argparse.Namespace) -> None:
    found = deadlines(asked.situation, asked.as_of)
    if asked.json:
        _print(as_json.days(found, asked.as_of))
    else:
        show(lambda page: page.days(found, asked.as_of))


def _parameters(asked: argparse.Namespace) -> None:
    if asked.stale is not None and asked.name is not None:
        raise InputError("--stale looks at all parameters; leave the NAME out")
    if asked.stale is not None:
        old = stale(asked.stale, asked.as_of)
        if asked.json:
            _print(as_json.stale(old, asked.as_of))
        else:
            show(lambda page: page.stale(old, asked.stale, asked.as_of))
        return
    found = listed(asked.name, asked.as_of)
    if asked.json:
        _print(as_json.parameters(found))
    else:
        show(lambda page: page.parameters(found))


_RUN = {
    "plan": _plan,
    "compare": _compare,
    "schedule": _schedule,
    "deadlines": _deadlines,
    "parameters": _parameters,
}
