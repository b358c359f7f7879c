"""The pieces the printed plan is made of: paragraphs, lists, and boxes to tick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from frontdesk.documents.fonts import markup
from frontdesk.documents.paper import ACCENT, INNER, Styles
from frontdesk.documents.plan import Plan

FLAT = [("LEFTPADDING", (0, 0), (-1, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
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


class Flow:
    """Part of the story of one plan, at one text size."""

    def __init__(self, plan: Plan, styles: Styles) -> None:
        self.plan, self.found = plan, plan.found
        self.s = styles

    def text(self, text: str, style: Any = None) -> Paragraph:
        return Paragraph(markup(text), style or self.s.text)

    def head(self, text: str) -> Paragraph:
        return Paragraph(markup(text), self.s.head)

    def items(self, texts: Iterable[str], style: Any = None) -> list[Paragraph]:
        return [Paragraph(markup(t), style or self.s.item, bulletText="\u2022") for t in texts]

    def ticked(self, cells: list[Any]) -> Table:
        size = self.s.size * 0.95
        rows = [[Box(size), cell] for cell in cells]
        return Table(rows, [size + 8, INNER - size - 8], style=TableStyle([
            *FLAT, ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]))  # fmt: skip
