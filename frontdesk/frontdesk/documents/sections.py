"""What stands in the printed plan, section by section."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportlab.lib.colors import white
from reportlab.platypus import (
    Flowable,
    KeepTogether,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from frontdesk.documents import phone
from frontdesk.documents.chart import chart
from frontdesk.documents.fonts import BOLD, markup
from frontdesk.documents.paper import ACCENT, GOOD, INK, INNER, PALE, RULE, TITLE, Styles
from frontdesk.documents.plan import Plan
from frontdesk.documents.telling import told
from irs.assess import assumed_words
from irs.assessment import Step
from irs.deadlines import ASSUMED
from irs.showing import about, best_words, pay_words, said_day, time_words
from irs.ways import ABOUT_PAYING

CHART = 150  # points high
MOST_DATES = 5
MARKS = {"cheapest": "cheapest", "easiest": "easiest on the month"}
_FLAT = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
         ("TOPPADDING", (0, 0), (-1, -1), 1), ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
         ("VALIGN", (0, 0), (-1, -1), "TOP")]  # fmt: skip


class Box(Flowable):
    """A box to tick by hand."""

    def __init__(self, size: float) -> None:
        super().__init__()
        self.width = self.height = size

    def wrap(self, *_: Any) -> tuple[float, float]:
        return self.width, self.height + 2

    def draw(self) -> None:
        self.canv.setStrokeColor(ACCENT)
        self.canv.setLineWidth(0.9)
        self.canv.rect(0, 0, self.width, self.height)


class Sections:
    """The story of one plan at one text size."""

    def __init__(self, plan: Plan, styles: Styles, sources: int) -> None:
        self.plan, self.found = plan, plan.found
        self.s = styles
        self.sources = sources

    def story(self) -> list[Any]:
        """All of it, in order; what to do begins a page of its own, to be laid on a table."""
        return [
            Paragraph(markup(TITLE), self.s.title), *self._situation(), *self._fits(),
            *self._options(), PageBreak(), *self._next(), *self._dates(), *self._papers(),
            *self._phone(), *self._sources(),
        ]  # fmt: skip

    def _text(self, text: str, style: Any = None) -> Paragraph:
        return Paragraph(markup(text), style or self.s.text)

    def _head(self, text: str) -> Paragraph:
        return Paragraph(markup(text), self.s.head)

    def _items(self, texts: Iterable[str], style: Any = None) -> list[Paragraph]:
        return [Paragraph(markup(t), style or self.s.item, bulletText="\u2022") for t in texts]

    def _situation(self) -> list[Any]:
        facts = told(self.plan.situation)
        story: list[Any] = [self._head("Your situation")]
        if facts:
            cells = [[self._text(label, self.s.soft), self._text(value, self.s.strong)]
                     for label, value in facts]  # fmt: skip
            half = -(-len(cells) // 2)
            if len(cells) > 3:
                rows = [cells[n] + (cells[n + half] if n + half < len(cells) else ["", ""])
                        for n in range(half)]  # fmt: skip
                widths = [INNER * share for share in (0.26, 0.24, 0.28, 0.22)]
            else:
                rows, widths = cells, [INNER * 0.3, INNER * 0.7]
            story.append(Table(rows, widths, style=TableStyle(_FLAT)))
        else:
            story.append(self._text("Nothing about the case was told."))
        assumed = assumed_words(self.plan.situation)
        if assumed:
            story += [Spacer(0, 3), self._text(
                f"Not told, and taken as usual: {assumed}. If something of that is not so, the "
                "result can change.", self.s.soft,
            )]  # fmt: skip
        return story

    def _fits(self) -> list[Any]:
        """The headline and its reasons, in a box."""
        found = self.found
        inside = [self._text(found.title, self.s.lead), self._text(found.summary)]
        inside += [self._text(note) for note in found.notes]
        inside += self._items(found.reasons)
        box = Table([[inside]], [INNER], style=TableStyle([
            ("BACKGROUND", (0, 0), (-1, -1), PALE), ("LINEBEFORE", (0, 0), (0, -1), 3, ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), 10), ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]))  # fmt: skip
        return [Spacer(0, 8), box]

    def _options(self) -> list[Any]:
        story: list[Any] = [self._head("Your options side by side")]
        if not self.plan.ways:
            about_paying = self.found.plan in ABOUT_PAYING
            story.append(self._text(
                "Without an amount that can be counted with, no costs can be worked out."
                if about_paying
                else "There are no payment plans to compare yet: what is above comes first."
            ))  # fmt: skip
            return [*story, *self._items(self.found.why_not)]
        story.append(self._table())
        if self.plan.best is not None:
            story += [Spacer(0, 4), self._text(best_words(self.plan.best))]
        story += [Spacer(0, 2), self._text(self.plan.nothing_words)]
        drawing = chart(self.plan, INNER, CHART)
        story += [KeepTogether([
            Spacer(0, 6), self._text("What is left to pay as time goes by", self.s.strong),
            Spacer(0, 3), drawing,
        ])]  # fmt: skip
        return [*story, Spacer(0, 4), self._text(" ".join(self.found.estimates), self.s.soft)]

    def _table(self) -> Table:
        plan = self.plan
        heads = ("Way to pay", "You pay", "How long", "Set-up fee", "In all")
        rows: list[list[Any]] = [[Paragraph(
            f'<font color="white">{markup(head)}</font>', self.s.strong) for head in heads
        ]]  # fmt: skip
        style = [
            ("BACKGROUND", (0, 0), (-1, 0), ACCENT), ("TEXTCOLOR", (0, 0), (-1, 0), white),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]  # fmt: skip
        for number, (way, fee) in enumerate(zip(plan.ways, plan.fees, strict=True), 1):
            name = [self._text(way.name, self.s.strong)]
            marks = [MARKS[mark] for mark in plan.marks(way)]
            if marks:
                name.append(Paragraph(
                    f'<font color="{GOOD.hexval().replace("0x", "#")}">'
                    f"\u2713 {markup(', '.join(marks))}</font>", self.s.text,
                ))  # fmt: skip
                style.append(("BACKGROUND", (0, number), (-1, number), PALE))
            rows.append([
                name, self._text(pay_words(way)), self._text(time_words(way)),
                self._text(fee), self._text(f"about {about(way.total)}", self.s.strong),
            ])  # fmt: skip
        widths = [INNER * share for share in (0.27, 0.22, 0.16, 0.21, 0.14)]
        return Table(rows, widths, repeatRows=1, style=TableStyle(style))

    def _next(self) -> list[Any]:
        steps = self.found.steps
        return [self._head("What to do next"), *(self._step(n, s) for n, s in enumerate(steps, 1))]

    def _step(self, number: int, step: Step) -> Table:
        lines = [self._text(f"{number}. {step.what}", self.s.strong)]
        told_of = [("Where", step.where), ("When", step.by_words), ("How long", step.takes),
                   ("Have ready", "; ".join(step.have_ready))]  # fmt: skip
        if step.who != "you":
            told_of.insert(0, ("Who", step.who))
        said = "   ".join(
            f'<font name="{BOLD}">{label}:</font> {markup(words)}'
            for label, words in told_of if words
        )  # fmt: skip
        lines.append(Paragraph(said, self.s.soft))
        return self._ticked([lines])

    def _ticked(self, cells: list[Any]) -> Table:
        size = self.s.size * 0.95
        rows = [[Box(size), cell] for cell in cells]
        return Table(rows, [size + 8, INNER - size - 8], style=TableStyle([
            *_FLAT, ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]))  # fmt: skip

    def _dates(self) -> list[Any]:
        ahead = [
            deadline for deadline in self.found.deadlines
            if deadline.on is not None and not deadline.passed and deadline.basis != ASSUMED
        ]  # fmt: skip
        if not ahead:
            return []
        rows = [
            [self._text(said_day(d.on), self.s.strong), self._text(f"{d.what}. {d.words}")]
            for d in ahead[:MOST_DATES] if d.on is not None
        ]  # fmt: skip
        return [
            self._head("Dates to keep"),
            Table(rows, [INNER * 0.22, INNER * 0.78], style=TableStyle(_FLAT)),
        ]

    def _papers(self) -> list[Any]:
        papers = [self._text(paper) for paper in self.found.papers]
        return [KeepTogether([self._head("Papers to gather"), self._ticked(papers)])]

    def _phone(self) -> list[Any]:
        script = phone.script(self.plan)
        blank = [[self._text(label), ""] for label in phone.WRITE_DOWN]
        lines = Table(blank, [INNER * 0.36, INNER * 0.64], style=TableStyle([
            *_FLAT, ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("LINEBELOW", (1, 0), (1, -1), 0.5, INK),
        ]))  # fmt: skip
        return [
            self._head("What to say on the phone"),
            self._text(f"Call {script.call}. Have the notice in front of you."),
            *self._items(f"\u201c{said}\u201d" for said in script.say),
            KeepTogether([self._text("Ask:", self.s.strong), *self._items(script.ask)]),
            self._text(phone.CARE, self.s.soft),
            KeepTogether([self._text("Write down:", self.s.strong), lines]),
        ]

    def _sources(self) -> list[Any]:
        listed = []
        for source in self.found.references[: self.sources]:
            said = f"{markup(source.title)} (as of {markup(source.as_of)})"
            if source.url:
                said += f'. <a href="{markup(source.url)}" color="#1f4e79">{markup(source.url)}</a>'
            listed.append(Paragraph(said, self.s.item, bulletText="\u2022"))
        left = len(self.found.references) - len(listed)
        if left:
            listed += self._items([f"and {left} more, for single figures in it"])
        return [self._head("Where this comes from"), *listed]
