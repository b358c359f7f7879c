"""The output for people: headings, lists and tables that fit 80 columns, also without colour.

Everything is printed as plain text (no markup is read in it), and tables need no box characters.
A table that is too wide for the terminal is printed whole rather than with cut numbers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal

from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from irs.assessment import Assessment, OpenFact, Option, Referral, Step, Waiting, Way
from irs.command.facts import BY_NAME
from irs.command.listing import MORE, Listed
from irs.command.schedules import Chosen
from irs.deadlines import ASSUMED, LAW, PRINTED, USUAL, Deadline
from irs.figures import Figure, Parameter, Reference, Unpublished, dollars, worded
from irs.showing import DISCLAIMER
from irs.situation import Situation

_BLANKS = re.compile(r" +$", re.MULTILINE)
WHO_IS_MEANT = "you"
VERDICTS = {
    "available": "open",
    "phone_only": "open, by phone",
    "needs_facts": "depends",
    "not_available": "not open",
}
DECIDES = {
    "plan": "Could change what fits",
    "option": "Could open or close a way",
    "cost": "Changes only the figures",
}
EVERY = {"once": "once", "30 days": "each 30 days", "month": "each month"}
BASES = {
    PRINTED: "printed on the notice",
    LAW: "set by law or IRS procedure",
    USUAL: "how it mostly goes",
    ASSUMED: "stands in for the printed day",
}
UNTOLD = "The ways to pay are compared once the amount is known: give it, such as --amount 12000."
BUSINESS = "A business makes its plan by phone, so only what waiting costs is estimated here."
WAY_WIDTH = 12  # the least for a column of the ways side by side, which holds a day


def say_day(day: date) -> str:
    """A day as a table shows it: "Nov 24, 2026"."""
    return f"{day:%b} {day.day}, {day.year}"


def usd(amount: Decimal) -> str:
    """An amount with its cents, so that columns line up."""
    return f"${amount:,.2f}"


def show(write: Callable[[Page], None]) -> None:
    """Print what is written on a page, without the blanks that would fill its lines."""
    page = Page(Console(highlight=False, markup=False, emoji=False))
    with page.console.capture() as held:
        write(page)
    sys.stdout.write(_BLANKS.sub("", held.get()))


class Page:
    """Prints to a console, one section after the other."""

    def __init__(self, console: Console) -> None:
        self.console = console

    def title(self, text: str, below: str = "") -> None:
        """The first line, and what it says in a sentence."""
        self.console.print(Text(text, style="bold"))
        if below:
            self.text(below)

    def heading(self, text: str) -> None:
        """What the next part is about."""
        self.console.print()
        self.console.print(Text(text, style="bold cyan"))

    def text(self, text: str, indent: int = 0, style: str = "") -> None:
        """A paragraph."""
        self.console.print(Padding(Text(text, style=style), (0, 0, 0, indent)))

    def points(self, heading: str, entries: Iterable[str]) -> None:
        """A list under a heading; nothing when it is empty."""
        entries = list(entries)
        if not entries:
            return
        self.heading(heading)
        for entry in entries:
            self.point("-", entry)

    def point(self, mark: str, entry: str | Text) -> None:
        """One entry of a list; its lines line up after the mark."""
        grid = Table.grid(padding=(0, 1))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(Text(mark), Text(entry) if isinstance(entry, str) else entry)
        self.console.print(grid)

    def table(self, table: Table) -> None:
        """A table, whole even where the terminal is too narrow for it."""
        width = self.console.width
        self.console.width = max(width, self._least_width(table))
        self.console.print(table)
        self.console.width = width

    def _least_width(self, table: Table) -> int:
        """The width below which a table would have to cut what must stay whole."""
        wide = self.console.options.update(max_width=10_000)
        return Measurement.get(self.console, wide, table).minimum

    def assessment(self, found: Assessment) -> None:
        """Everything about a case."""
        self.title(found.title, found.summary)
        self.points("Why", found.reasons)
        self.points("Why not the others", found.why_not)
        self.points("Please note", found.notes)
        urgent = any(referral.same_day for referral in found.referrals)
        if urgent:
            self.referrals(found.referrals)
        self.ways(found)
        self.points("What is estimated", found.estimates)
        self.points("Taken as usual", _taken(found))
        self.steps(found.steps)
        self.points("Papers to have", found.papers)
        self.options(found.options)
        self.deadlines(found.deadlines)
        self.open_facts(found.open_facts)
        if not urgent:
            self.referrals(found.referrals)
        self.references(found.references)
        self.disclaimer()

    def comparison(self, found: Assessment, situation: Situation) -> None:
        """Only the ways to pay, and what waiting costs."""
        self.title("Ways to pay, side by side")
        if situation.amount_owed is None:
            self.text(UNTOLD)
        elif situation.taxpayer == "business":
            self.text(BUSINESS)
        elif not found.ways:
            self.text(f"{found.title}: no ways are compared until then. See: cp503 plan")
        self.ways(found)
        self.waiting(found.waiting)
        self.points("What is estimated", found.estimates)
        self.points("Taken as usual", _taken(found))
        self.disclaimer()

    def ways(self, found: Assessment) -> None:
        """The ways to pay side by side, or one below the other where the terminal is narrow."""
        if not found.ways:
            return
        self.heading("Ways to pay")
        columns = [_way_cells(way, found) for way in found.ways]
        whole = _side_by_side(columns)
        if self._least_width(whole) <= self.console.width:
            self.table(whole)
        else:
            for number, cells in enumerate(columns):
                if number:
                    self.console.print()
                self.table(_side_by_side([cells]))
        if found.cheapest or found.easiest:
            self.text("Cheapest costs least in all; easiest has the lowest regular payment.")

    def waiting(self, found: Sequence[Waiting]) -> None:
        """What doing nothing costs."""
        if not found:
            return
        self.heading("What waiting costs, if nothing is paid or arranged")
        table = _plain_table("Wait", "Until", ">Added", ">Owed then")
        for each in found:
            table.add_row(f"{each.days} days", say_day(each.on), usd(each.added), usd(each.owed))
        self.table(table)

    def steps(self, steps: Sequence[Step]) -> None:
        """What to do, in order."""
        if not steps:
            return
        self.heading("Next steps")
        for number, step in enumerate(steps, 1):
            lines = Text(step.what, style="bold")
            for head, said in (
                ("Who", "" if step.who == WHO_IS_MEANT else step.who),
                ("Where", step.where),
                ("When", step.by_words),
                ("Takes", step.takes),
                ("Have ready", "; ".join(step.have_ready)),
            ):
                if said:
                    lines.append(f"\n{head}: {said}", style="not bold")
            self.point(f"{number}.", lines)

    def options(self, options: Sequence[Option]) -> None:
        """Every way to deal with the balance, the open ones first."""
        self.heading("All the ways to deal with the balance")
        table = _plain_table("What", "Is it open?", "Why")
        table.columns[0].ratio, table.columns[2].ratio = 2, 3
        table.columns[1].min_width = max(map(len, VERDICTS.values()))
        order = list(VERDICTS)
        for option in sorted(options, key=lambda option: order.index(option.verdict)):
            # An open way rests on all its reasons; a closed one on the first already.
            reasons = option.reasons if option.open else option.reasons[:1]
            table.add_row(option.name, VERDICTS[option.verdict], " ".join(reasons))
        self.table(table)

    def deadlines(self, found: Sequence[Deadline]) -> None:
        """The days that matter, by date."""
        if not found:
            return
        self.heading("Deadlines")
        table = _plain_table("When", "What")
        table.columns[0].no_wrap = True
        for each in found:
            what = Text(each.what, style="bold")
            what.append(f" [{BASES[each.basis]}]\n{each.words}", style="not bold")
            table.add_row(_when(each), what)
        self.table(table)

    def open_facts(self, found: Sequence[OpenFact]) -> None:
        """What would still change the result, by what it changes."""
        for decides, heading in DECIDES.items():
            facts = [BY_NAME[each.fact] for each in found if each.decides == decides]
            self.points(heading, [f"{fact.option}: {fact.help}" for fact in facts])

    def referrals(self, found: Iterable[Referral]) -> None:
        """Why a professional is needed."""
        self.points(
            "Talk to a professional",
            [f"Today: {each.reason}" if each.same_day else each.reason for each in found],
        )

    def references(self, found: Sequence[Reference]) -> None:
        """The sources."""
        if not found:
            return
        self.heading("Sources")
        for source in found:
            self.point("-", f"{source.title} (as of {source.as_of})")
            if source.url:
                # Not wrapped, so that it can be clicked and copied whole.
                self.console.print(Text(f"  {source.url}"), soft_wrap=True)

    def disclaimer(self) -> None:
        """What this is not."""
        self.console.print()
        self.text(DISCLAIMER, style="italic")

    def days(self, found: Sequence[Deadline], as_of: date) -> None:
        """Deadlines alone, with their sources."""
        self.title(f"The days that matter, as of {say_day(as_of)}")
        self.deadlines(found)
        sources = {source.key: source for each in found for source in each.references}
        self.references(list(sources.values()))
        self.disclaimer()

    def schedule(self, chosen: Chosen) -> None:
        """One way to zero, row by row."""
        plan = chosen.schedule
        self.title(
            f"{chosen.name} ({chosen.id})",
            f"From {say_day(plan.start)} with a balance of {usd(plan.balance)}: "
            f"{_counted(plan.payments, chosen.every)} {say_day(plan.ends)}.",
        )
        self.console.print()
        table = _plain_table(
            ">No.", "Date", ">Balance", ">Interest", ">Penalty", ">Payment", ">Left", ">Tax left"
        )
        for row in plan.rows:
            amounts = (row.opening, row.interest, row.penalty, row.payment, row.closing, row.tax)
            table.add_row(
                str(row.number), row.on.isoformat(), *(f"{amount:,.2f}" for amount in amounts)
            )
        sums = (f"{amount:,.2f}" for amount in (plan.interest, plan.penalty, plan.paid))
        table.add_row("", "Sum", "", *sums, "", "")
        for column in table.columns:
            column.no_wrap = True
        self.table(table)
        fee = f"{chosen.fee_words[:1].upper()}{chosen.fee_words[1:].rstrip('.')}."
        share = f", of which {usd(plan.fee)} is the set-up fee" if plan.fee else ""
        self.points("In all", [f"{usd(plan.total)}{share}. {fee}"])
        self.points("What is estimated", chosen.estimates)
        if chosen.others:
            self.points("Other ways to show", [f"--way {id}" for id in chosen.others])
        self.disclaimer()

    def parameters(self, found: Iterable[Listed]) -> None:
        """Figures, each with where it comes from."""
        for number, each in enumerate(found):
            if number:
                self.console.print()
            self._parameter(each)

    def _parameter(self, each: Listed) -> None:
        parameter, found = each.parameter, each.found
        if isinstance(found, Unpublished):
            self.console.print(Text(parameter.name, style="bold"))
            self.text(found.reason, 2)
            return
        value = "by persons of the family" if each.rows else found.text
        since = f"since {say_day(found.effective_from)}"
        until = f", until {say_day(found.until)}" if found.until else ""
        self.console.print(Text.assemble((parameter.name, "bold"), f": {value} {since}{until}"))
        self.text(parameter.label, 2)
        for row, amount in each.rows:
            said = "each further person" if row == MORE else f"family of {row}"
            self.text(f"{said}: {worded(amount, parameter.unit)}", 4)
        for conflict in found.conflicts:
            sources = "; ".join(source.title for source in conflict.references)
            said = f"But {worded(conflict.value, parameter.unit)} in {sources}. {conflict.note}"
            self.text(said, 2, "yellow")
        self.text(f"Source: {'; '.join(source.title for source in found.references)}", 2)
        self.text(_standing(found), 2)

    def stale(self, found: Sequence[Parameter], days: int, as_of: date) -> None:
        """Figures that were last checked too long ago."""
        if not found:
            self.text(f"No parameter was last checked more than {days} days before {as_of}.")
            return
        table = _plain_table("Name", "Checked on", ">Days ago")
        for parameter in found:
            age = (as_of - parameter.checked_on).days
            table.add_row(parameter.name, parameter.checked_on.isoformat(), str(age))
        table.columns[0].no_wrap = True
        self.table(table)


def _counted(payments: int, every: str) -> str:
    return "1 payment on" if payments == 1 else f"{payments} payments, {EVERY[every]}, until"


def _standing(found: Figure) -> str:
    doubt = "" if found.confirmed else "; not confirmed"
    return f"Checked on {found.checked_on}; confidence {found.confidence}{doubt}"


def _plain_table(*heads: str) -> Table:
    """A table without lines; a head that begins with ">" is of numbers, set to the right."""
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    for head in heads:
        right = head.startswith(">")
        table.add_column(
            head.lstrip(">"), justify="right" if right else "left", no_wrap=right,
            overflow="fold", vertical="top",
        )  # fmt: skip
    return table


def _taken(found: Assessment) -> list[str]:
    """What was taken as usual, and how to say otherwise."""
    said = list(found.assumptions)
    if said:
        said.append("An option says otherwise, such as --bankruptcy yes; --strict assumes nothing.")
    return said


HEADS = (
    "", "Payment", "How often", "How many", "Until", "Set-up fee", "Added", "Total", "Is it open?",
)  # fmt: skip


def _way_cells(way: Way, found: Assessment) -> list[str]:
    marks = [
        word
        for word, id in (("cheapest", found.cheapest), ("easiest", found.easiest))
        if id == way.id
    ]
    return [
        way.name, usd(way.payment), EVERY[way.every], str(way.payments), say_day(way.ends),
        dollars(way.fee) if way.fee else "none", usd(way.added), usd(way.total),
        # Whoever can pay all of it may, whatever the option says of the time that was told.
        "always" if way.every == "once" else VERDICTS[found.option(way.option).verdict],
        "\n".join(marks),
    ]  # fmt: skip


def _side_by_side(columns: Sequence[Sequence[str]]) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    for cells in columns:
        widest = max(map(len, cells[1:-1]))
        table.add_column(min_width=max(widest, WAY_WIDTH), max_width=max(widest, WAY_WIDTH + 8))
    for number, head in enumerate(HEADS):
        style = "bold" if number == 0 else ""
        table.add_row(head, *(Text(cells[number], style=style) for cells in columns))
    marks = [cells[-1] for cells in columns]
    if any(marks):
        table.add_row("", *(Text(mark, style="bold green") for mark in marks))
    return table


def _when(found: Deadline) -> Text:
    """The day or days; what has passed says so."""
    if found.on is not None:
        said = say_day(found.on)
    elif found.earliest is not None and found.latest is not None:
        said = f"{say_day(found.earliest)}\nto {say_day(found.latest)}"
    elif found.earliest is not None:
        said = f"from\n{say_day(found.earliest)}"
    else:
        said = "no set day"
    return Text(f"{said}\n(passed)" if found.passed else said)
