"""The printed plan's other pages: what to do, when, with what in hand, and what to say."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table, TableStyle

from frontdesk.documents import phone
from frontdesk.documents.flow import FLAT, Flow
from frontdesk.documents.fonts import BOLD, markup
from frontdesk.documents.paper import INK, INNER
from irs.assessment import Step
from irs.deadlines import ASSUMED
from irs.showing import said_day

MOST_DATES = 5


class Doing(Flow):
    """What there is to do."""

    def steps(self) -> list[Any]:
        """The steps, the dates to keep, and the papers."""
        return [*self._next(), *self._dates(), *self._papers()]

    def call(self, sources: int) -> list[Any]:
        """What to say on the phone, and so many sources."""
        return [*self._phone(), *self._sources(sources)]

    def _next(self) -> list[Any]:
        steps = self.found.steps
        return [self.head("What to do next"), *(self._step(n, s) for n, s in enumerate(steps, 1))]

    def _step(self, number: int, step: Step) -> Table:
        lines = [self.text(f"{number}. {step.what}", self.s.strong)]
        told_of = [("Where", step.where), ("When", step.by_words), ("How long", step.takes),
                   ("Have ready", "; ".join(step.have_ready))]  # fmt: skip
        if step.who != "you":
            told_of.insert(0, ("Who", step.who))
        said = " &nbsp;\u00b7&nbsp; ".join(
            f'<font name="{BOLD}">{label}:</font> {markup(words)}'
            for label, words in told_of if words
        )  # fmt: skip
        lines.append(Paragraph(said, self.s.soft))
        return self.ticked([lines])

    def _dates(self) -> list[Any]:
        ahead = [
            deadline for deadline in self.found.deadlines
            if deadline.on is not None and not deadline.passed and deadline.basis != ASSUMED
        ]  # fmt: skip
        if not ahead:
            return []
        rows = [
            [self.text(said_day(d.on), self.s.strong), self.text(f"{d.what}. {d.words}")]
            for d in ahead[:MOST_DATES] if d.on is not None
        ]  # fmt: skip
        return [
            self.head("Dates to keep"),
            Table(rows, [INNER * 0.22, INNER * 0.78], style=TableStyle(FLAT)),
        ]

    def _papers(self) -> list[Any]:
        papers = [self.text(paper) for paper in self.found.papers]
        return [KeepTogether([self.head("Papers to gather"), self.ticked(papers)])]

    def _phone(self) -> list[Any]:
        script = phone.script(self.plan)
        blank = [[self.text(label), ""] for label in phone.WRITE_DOWN]
        lines = Table(blank, [INNER * 0.36, INNER * 0.64], style=TableStyle([
            *FLAT, ("TOPPADDING", (0, 0), (-1, -1), 7),
            ("LINEBELOW", (1, 0), (1, -1), 0.5, INK),
        ]))  # fmt: skip
        return [
            self.head("What to say on the phone"),
            self.text(f"Call {script.call}. Have the notice in front of you."),
            self.text("Say:", self.s.sub),
            *self.items(f"\u201c{said}\u201d" for said in script.say),
            self.text("Ask:", self.s.sub), *self.items(script.ask),
            self.text("Write down:", self.s.sub), lines,
            Spacer(0, 5), self.text(phone.CARE, self.s.soft),
        ]  # fmt: skip

    def _sources(self, most: int) -> list[Any]:
        listed = []
        for source in self.found.references[:most]:
            said = f"{markup(source.title)} (as of {markup(source.as_of)})"
            if source.url:
                said += f'. <a href="{markup(source.url)}" color="#1f4e79">{markup(source.url)}</a>'
            listed.append(Paragraph(said, self.s.item, bulletText="\u2022"))
        left = len(self.found.references) - len(listed)
        if left:
            listed += self.items([f"and {left} more, for single figures in it"])
        return [self.head("Where this comes from"), *listed]
