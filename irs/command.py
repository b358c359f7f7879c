"""The ``cp503`` command: the rules from a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation

from irs.figures import Figure, FigureError, figure, parameters
from irs.plans import Assessment, Situation, SituationError, assess


class _Parser(argparse.ArgumentParser):
    """One sentence for a bad option, exit code 2."""

    def error(self, message: str) -> None:  # type: ignore[override]
        print(f"cp503: {message}. See: cp503 --help", file=sys.stderr)
        raise SystemExit(2)


def _money(text: str) -> Decimal:
    try:
        value = Decimal(text.replace("$", "").replace(",", "").strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value <= 0:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not an amount above $0; write for example 12000 or 4350.75"
        )
    return value


def _days(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not whole days; write for example 0 or 90")
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a date; write for example 2026-11-24"
        ) from None


def _answer(text: str) -> bool | None:
    words = {"yes": True, "no": False, "unknown": None}
    if text.lower() not in words:
        raise argparse.ArgumentTypeError(f"{text!r} is not one of yes, no, unknown")
    return words[text.lower()]


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="cp503", description="What the IRS rules say about a CP503 balance.")
    commands = parser.add_subparsers(dest="command", required=True, parser_class=_Parser)
    plan = commands.add_parser("plan", help="which payment plan fits, and why")
    plan.add_argument("--amount", type=_money, help="tax, penalties and interest, USD")
    plan.add_argument("--days", type=_days, help="days until all is paid; 0 = by the due date")
    plan.add_argument("--monthly", type=_money, help="payment a month, USD")
    plan.add_argument("--returns-filed", type=_answer, help="yes, no or unknown")
    plan.add_argument("--taxpayer", choices=["individual", "business"])
    plan.add_argument("--payroll-tax", type=_answer, help="yes, no or unknown")
    plan.add_argument("--direct-debit", type=_answer, help="yes, no or unknown")
    plan.add_argument("--due-date", type=_day, help="printed on the notice, YYYY-MM-DD")
    show = commands.add_parser("parameters", help="the figures and where they come from")
    show.add_argument("name", nargs="?", help="one figure; all when left out")
    for command in (plan, show):
        command.add_argument("--as-of", type=_day, default=date.today(), help="YYYY-MM-DD; today")
        command.add_argument("--json", action="store_true", help="for programs")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    chosen = _parser().parse_args(argv)
    try:
        print(_plan(chosen) if chosen.command == "plan" else _figures(chosen))
    except (SituationError, FigureError) as error:
        print(f"cp503: {error}", file=sys.stderr)
        return 2
    return 0


def _plan(chosen: argparse.Namespace) -> str:
    found = assess(
        Situation(
            amount_owed=chosen.amount,
            days_to_pay=chosen.days,
            monthly_payment=chosen.monthly,
            returns_filed=chosen.returns_filed,
            taxpayer=chosen.taxpayer,
            payroll_tax=chosen.payroll_tax,
            direct_debit=chosen.direct_debit,
            due_date=chosen.due_date,
        ),
        chosen.as_of,
    )
    return _json(found) if chosen.json else _text(found)


def _json(found: Assessment) -> str:
    return json.dumps(asdict(found), default=str, indent=2)


def _text(found: Assessment) -> str:
    lines = [found.title, "=" * len(found.title), found.summary]
    for title, entries in (
        ("Why", found.reasons),
        ("Why not the others", found.why_not),
        ("Next steps", found.next_steps),
        ("Have ready", found.have_ready),
        ("Assumed", found.assumptions),
        ("Note", found.notes),
        ("Would still change it", found.open_facts),
        ("References", [f"{r.title} (as of {r.as_of}) {r.url or ''}" for r in found.references]),
    ):
        if entries:
            lines += ["", title, *(f"- {entry}" for entry in entries)]
    return "\n".join(lines)


def _figures(chosen: argparse.Namespace) -> str:
    names = [chosen.name] if chosen.name else list(parameters())
    found = []
    for name in names:
        try:
            found.append(figure(name, chosen.as_of))
        except FigureError:
            if chosen.name:
                raise
    if chosen.json:
        return json.dumps([asdict(f) | {"text": f.text} for f in found], default=str, indent=2)
    return "\n".join(_line(f) for f in found)


def _line(found: Figure) -> str:
    doubt = "" if found.confirmed else ", not confirmed"
    source = "; ".join(r.title for r in found.references)
    return (
        f"{found.name}: {found.text} since {found.effective_from} ({found.label}; {source}; checked "
        f"{found.checked_on}, confidence {found.confidence}{doubt})"
    )


if __name__ == "__main__":
    sys.exit(main())
