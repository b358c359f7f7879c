"""The words after ``cp503``: which command, which facts, which form of output."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NoReturn

from irs.command.facts import (
    DAY,
    DAYS,
    LISTED,
    SUSPENSION,
    UNKNOWN,
    InputError,
    Kind,
    nearest,
    one_of,
    option_name,
    read_file,
    shown,
)
from irs.command.schedules import MOST_MONTHS
from irs.situation import Situation

COMMANDS = {
    "plan": "which ways to deal with the balance are open, and what to do next",
    "compare": "the ways to pay side by side, and what waiting costs",
    "schedule": "one way to pay, month by month",
    "deadlines": "the days that matter",
    "parameters": "the figures of the rules, and where they come from",
}
_HELP = ("-h", "--help")
_FILE = Kind("FILE", "the path of a YAML file", str)
_WAY = Kind("ID", "the id of a way that compare lists, such as own_pace", str)
_NAME = Kind("NAME", "the name of a parameter", str)
_MONTHS = Kind(
    "N", f"a whole number of months from 1 to {MOST_MONTHS}, such as 36",
    lambda text: int(text) if text in map(str, range(1, MOST_MONTHS + 1)) else None,
)  # fmt: skip
_KINDS = {
    **{fact.option: fact.kind for fact in LISTED},
    "--file": _FILE, "--as-of": DAY, "--way": _WAY, "--months": _MONTHS, "--stale": DAYS,
    "NAME": _NAME,
}  # fmt: skip


class _Parser(argparse.ArgumentParser):
    """Raises ArgumentError for what it cannot read, so that one place puts it into words."""

    def __init__(self, **given: Any) -> None:
        super().__init__(allow_abbrev=False, exit_on_error=False, **given)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        sys.stdout.flush()  # here a closed pipe is still met by someone who knows what to do
        super().exit(status, message)


def read(argv: Sequence[str]) -> argparse.Namespace:
    """What was asked for; InputError says what is wrong with it.

    ``situation`` is the :class:`Situation` where the command takes facts; ``as_of`` is a date.
    """
    if not argv or argv[0] not in (*COMMANDS, *_HELP):
        wrong = f", not {shown(argv[0])}" if argv else ""
        near = nearest(argv[0], COMMANDS) if argv else ""
        raise InputError(f"give a command first: {one_of(COMMANDS)}{wrong}{near}")
    try:
        asked, extra = _parser().parse_known_args(list(argv))
    except argparse.ArgumentError as error:
        raise InputError(_worded(error)) from None
    if extra:
        raise InputError(_stranger(asked.command, extra[0]))
    if asked.as_of is None:
        asked.as_of = date.today()
    if asked.command != "parameters" and not asked.schema:
        asked.situation = _situation(asked)
    return asked


def _worded(error: argparse.ArgumentError) -> str:
    """A wrong option in one sentence."""
    option = (error.argument_name or "").split("/")[0]
    if error.message.startswith("expected"):
        return f"{option} needs {_KINDS[option].accepts}"
    if error.message.startswith("ignored explicit"):
        return f"{option} takes no value"
    return f"{option}: {error.message}"


def _stranger(command: str, word: str) -> str:
    """What no option is, and the option that was perhaps meant."""
    name = word.partition("=")[0]
    if not name.startswith("-"):
        return f"{shown(word)} belongs to no option; see cp503 {command} --help"
    near = nearest(name, _options(command))
    return f"cp503 {command} has no option {shown(name)}{near or f'; see cp503 {command} --help'}"


def _options(command: str) -> list[str]:
    """The options of a command."""
    own = {"schedule": ["--way", "--months", "--csv"], "parameters": ["--stale"]}
    names = ["--as-of", "--json", "--schema", *own.get(command, [])]
    if command == "parameters":
        return names
    facts = [option_name(name) for fact in LISTED for name in (*fact.also, fact.name)]
    return [*names, "--file", "--strict", *facts]


def _text_of(kind: Kind, may_be_unknown: bool = False) -> Callable[[str], Any]:
    def read_text(text: str) -> Any:
        if may_be_unknown and text.lower() == UNKNOWN:
            return None
        try:
            return kind.value(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return read_text


def _parser() -> argparse.ArgumentParser:
    top = _Parser(
        prog="cp503",
        description="What the IRS rules say about the balance of a CP503 notice. General "
        "information, not legal or tax advice.",
        epilog="cp503 COMMAND --help lists the options of a command.",
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for name, about in COMMANDS.items():
        command = commands.add_parser(
            name, help=about, description=f"{about.capitalize()}.", usage=_usage(name)
        )  # fmt: skip
        if name == "parameters":
            _add_parameters(command)
        else:
            _add_facts(command)
        if name == "schedule":
            _add_schedule(command)
        _add_output(command, name)
    return top


def _add_facts(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--file", type=_text_of(_FILE), metavar="FILE",
        help="a YAML file with the same facts, such as amount_owed: 12000; options win over it",
    )  # fmt: skip
    command.add_argument(
        "--strict", action="store_true",
        help="leave unknown facts unknown; otherwise the rare ones get their usual answer, and the "
        "output says which",
    )  # fmt: skip
    groups = {group: command.add_argument_group(group) for group in _groups()}
    for fact in LISTED:
        names = [option_name(name) for name in (*fact.also, fact.name)]
        several = fact.kind is SUSPENSION
        groups[fact.group].add_argument(
            *names, dest=fact.name, metavar=fact.kind.metavar, help=fact.help,
            type=_text_of(fact.kind, may_be_unknown=not several), default=argparse.SUPPRESS,
            action="append" if several else "store",
        )  # fmt: skip


def _usage(name: str) -> str:
    """What follows a command; some fifty facts are no line to read."""
    if name == "parameters":
        return "cp503 parameters [NAME | --stale DAYS] [--as-of DATE] [--json | --schema]"
    own = " [--way ID | --months N] [--csv]" if name == "schedule" else ""
    return f"cp503 {name} [FACTS] [--file FILE] [--strict]{own} [--as-of DATE] [--json | --schema]"


def _groups() -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.group for fact in LISTED))


def _add_schedule(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--way", type=_text_of(_WAY), metavar="ID",
        help="the way to show, by the id that compare lists; the one that fits when left out",
    )  # fmt: skip
    command.add_argument(
        "--months", type=_text_of(_MONTHS), metavar="N",
        help="the lowest equal payments that are done in so many months",
    )  # fmt: skip
    command.add_argument("--csv", action="store_true", help="comma-separated values")


def _add_parameters(command: argparse.ArgumentParser) -> None:
    command.add_argument("name", nargs="?", metavar="NAME", help="one of them; all when left out")
    command.add_argument(
        "--stale", type=_text_of(DAYS), metavar="DAYS",
        help="only which ones were last checked longer ago than so many days",
    )  # fmt: skip


def _add_output(command: argparse.ArgumentParser, name: str) -> None:
    command.add_argument(
        "--as-of", type=_text_of(DAY), metavar="DATE", help="the day it is judged on; today"
    )
    command.add_argument("--json", action="store_true", help="for programs")
    command.add_argument(
        "--schema", action="store_true", help="only the JSON Schema of what --json prints"
    )


def _situation(asked: argparse.Namespace) -> Situation:
    """The facts of the file, and over them those of the options."""
    told = read_file(asked.file) if asked.file is not None else {}
    told |= {fact.name: getattr(asked, fact.name) for fact in LISTED if hasattr(asked, fact.name)}
    told["suspensions"] = tuple(told.get("suspensions") or ())
    found = Situation(**told)
    return found if asked.strict else found.with_usual_answers()
