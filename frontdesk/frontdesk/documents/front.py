"""The printed plan's first page: what was told, what fits, and the ways side by side."""

from __future__ import annotations

from typing import Any

from reportlab.lib.colors import white
from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table, TableStyle

from frontdesk.documents.chart import chart
from frontdesk.documents.flow import FLAT, Flow
from frontdesk.documents.fonts import markup
from frontdesk.documents.paper import ACCENT, GOOD, INNER, MADE_BY, PALE, RULE, TITLE
from frontdesk.documents.telling import told
from irs.assess import assumed_words
from irs.showing import about, best_words, pay_words, time_words
from irs.ways import ABOUT_PAYING

CHART = 150  # points high
MARKS = {"cheapest": "cheapest", "easiest": "easiest on the month"}
_GAPS = [*FLAT, ("RIGHTPADDING", (0, 0), (-1, -1), 8)]


class Front(Flow):
    """What there is to know."""

    def story(self) -> list[Any]:
        """All of it, in order."""
        return [
            Paragraph(markup(TITLE), self.s.title), self.text(MADE_BY, self.s.soft),
            *self._situation(), *self._fits(), *self._options(),
        ]  # fmt: skip

    def _situation(self) -> list[Any]:
        facts = told(self.plan.situation)
        story: list[Any] = [self.head("Your situation")]
        if facts:
            cells: list[list[Any]] = [[self.text(label, self.s.soft), self.text(value, self.s.strong)]
                     for label, value in facts]  # fmt: skip
            half = -(-len(cells) // 2)
            if len(cells) > 3:
                rows = [cells[n] + (cells[n + half] if n + half < len(cells) else ["", ""])
                        for n in range(half)]  # fmt: skip
                widths = [INNER * share for share in (0.26, 0.24, 0.28, 0.22)]
            else:
                rows, widths = cells, [INNER * 0.3, INNER * 0.7]
            story.append(Table(rows, widths, style=TableStyle(_GAPS)))
        else:
            story.append(self.text("Nothing about the case was told."))
        assumed = assumed_words(self.plan.situation)
        if assumed:
            story += [Spacer(0, 3), self.text(
                f"Not told, and taken as usual: {assumed}. If something of that is not so, the "
                "result can change.", self.s.soft,
            )]  # fmt: skip
        return story

    def _fits(self) -> list[Any]:
        """The headline and its reasons, in a box."""
        found = self.found
        inside = [self.text(found.title, self.s.lead), self.text(found.summary)]
        inside += [self.text(note) for note in found.notes]
        inside += self.items(found.reasons)
        box = Table([[inside]], [INNER], style=TableStyle([
            ("BACKGROUND", (0, 0), (-1, -1), PALE), ("LINEBEFORE", (0, 0), (0, -1), 3, ACCENT),
            ("LEFTPADDING", (0, 0), (-1, -1), 10), ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
        ]))  # fmt: skip
        return [Spacer(0, 8), box]

    def _options(self) -> list[Any]:
        story: list[Any] = [self.head("Your options side by side")]
        if not self.plan.ways:
            about_paying = self.found.plan in ABOUT_PAYING
            story.append(self.text(
                "Without an amount that can be counted with, no costs can be worked out."
                if about_paying
                else "There are no payment plans to compare yet: what is above comes first."
            ))  # fmt: skip
            return [*story, *self.items(self.found.why_not)]
        story.append(self._table())
        if self.plan.best is not None:
            story += [Spacer(0, 4), self.text(best_words(self.plan.best))]
        story += [Spacer(0, 2), self.text(self.plan.nothing_words)]
        drawing: Any = chart(self.plan, INNER, CHART)
        story += [KeepTogether([
            Spacer(0, 6), self.text("What is left to pay as time goes by", self.s.strong),
            Spacer(0, 3), drawing,
        ])]  # fmt: skip
        return [*story, Spacer(0, 4), self.text(" ".join(self.found.estimates), self.s.soft)]

    def _table(self) -> Table:
        plan = self.plan
        heads = ("Way to pay", "You pay", "How long", "Set-up fee", "In all")
        rows: list[list[Any]] = [[Paragraph(
            f'<font color="white">{markup(head)}</font>', self.s.strong) for head in heads
        ]]  # fmt: skip
        style: list[Any] = [
            ("BACKGROUND", (0, 0), (-1, 0), ACCENT), ("TEXTCOLOR", (0, 0), (-1, 0), white),
            ("LINEBELOW", (0, 1), (-1, -1), 0.5, RULE), ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 3), ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]  # fmt: skip
        for number, (way, fee) in enumerate(zip(plan.ways, plan.fees, strict=True), 1):
            name = [self.text(way.name, self.s.strong)]
            marks = [MARKS[mark] for mark in plan.marks(way)]
            if marks:
                name.append(Paragraph(
                    f'<font color="{GOOD.hexval().replace("0x", "#")}">'
                    f"\u2713 {markup(', '.join(marks))}</font>", self.s.text,
                ))  # fmt: skip
                style.append(("BACKGROUND", (0, number), (-1, number), PALE))
            rows.append([
                name, self.text(pay_words(way)), self.text(time_words(way)),
                self.text(fee), self.text(f"about {about(way.total)}", self.s.strong),
            ])  # fmt: skip
        widths = [INNER * share for share in (0.26, 0.21, 0.16, 0.21, 0.16)]
        return Table(rows, widths, repeatRows=1, style=TableStyle(style))
