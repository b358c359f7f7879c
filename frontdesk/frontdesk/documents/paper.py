"""The printed plan's paper: letter size, styles, and what stands on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from frontdesk.documents.fonts import BOLD, PLAIN, printable
from irs.showing import DISCLAIMER, said_day

INK, SOFT, ACCENT = HexColor("#1f2933"), HexColor("#52606d"), HexColor("#1f4e79")
PALE, RULE, GOOD = HexColor("#eef3f8"), HexColor("#c3cfdb"), HexColor("#1b6e4b")
WIDTH, HEIGHT = letter
SIDE, TOP, BOTTOM = 54, 62, 54
INNER = WIDTH - 2 * SIDE
TITLE = "Your plan for the IRS notice CP503"
MADE_BY = "Worked out by this firm's assistant, a bot, from what you told it. It does not come from the IRS."
NO_FIRM = "The tax firm that runs this page"


class Styles:
    """Paragraph styles at a size of the plain text in points."""

    def __init__(self, size: float) -> None:
        self.size = size
        lead = size * 1.28
        self.text = ParagraphStyle("text", fontName=PLAIN, fontSize=size, leading=lead,
                                   textColor=INK)  # fmt: skip
        self.soft = ParagraphStyle("soft", self.text, textColor=SOFT, fontSize=size - 1,
                                   leading=lead - 1.2)  # fmt: skip
        self.right = ParagraphStyle("right", self.text, alignment=2)
        self.head = ParagraphStyle("head", self.text, fontName=BOLD, fontSize=size + 3,
                                   leading=lead + 4, textColor=ACCENT, spaceBefore=size * 0.8,
                                   spaceAfter=size * 0.3, keepWithNext=1)  # fmt: skip
        self.title = ParagraphStyle("title", self.head, fontSize=size + 9, leading=lead + 12,
                                    spaceBefore=0, spaceAfter=0)  # fmt: skip
        self.strong = ParagraphStyle("strong", self.text, fontName=BOLD)
        self.lead = ParagraphStyle("lead", self.strong, fontSize=size + 2, leading=lead + 2)
        self.sub = ParagraphStyle("sub", self.strong, spaceBefore=size * 0.7, spaceAfter=2,
                                  keepWithNext=1)  # fmt: skip
        self.item = ParagraphStyle("item", self.text, leftIndent=11, bulletIndent=1, spaceAfter=1)


@dataclass(frozen=True)
class Firm:
    """Who hands the paper out, on one line each."""

    name: str
    contact: str

    @classmethod
    def of(cls, told: Mapping[str, str] | None) -> Firm:
        """From name, phone, email and hours as the settings have them."""
        parts = {key: printable(str(value or "")) for key, value in (told or {}).items()}
        ways = [parts.get(key, "") for key in ("phone", "email", "hours")]
        return cls(parts.get("name") or NO_FIRM, "  |  ".join(way for way in ways if way))


def shortened(text: str, font: str, size: float, width: float) -> str:
    """A text cut to a width in points, with dots where something was left out."""
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(f"{text}...", font, size) > width:
        text = text[:-1]
    return f"{text.rstrip()}..."


def build(story: list[Any], firm: Firm, as_of: date) -> tuple[bytes, int]:
    """The file and its number of pages. The same story, firm and day give the same bytes."""
    pages = _pages_of(firm, as_of)
    file = BytesIO()
    document = BaseDocTemplate(
        file, pagesize=letter, leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP,
        bottomMargin=BOTTOM, title=TITLE, author=firm.name, subject="CP503", lang="en-US",
        creator="CP503 assistant", invariant=1, pageCompression=1,
    )  # fmt: skip
    frame = Frame(SIDE, BOTTOM, INNER, HEIGHT - TOP - BOTTOM, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", [frame]))
    document.build(story, canvasmaker=pages)
    return file.getvalue(), document.page


def _pages_of(firm: Firm, as_of: date) -> type[Canvas]:
    """A canvas that knows the number of pages before it writes "page 1 of 3" on the first."""

    class Pages(Canvas):
        def __init__(self, *args: Any, **kept: Any) -> None:
            super().__init__(*args, **kept)
            self._held: list[dict[str, Any]] = []
            _dated(self, as_of)

        def showPage(self) -> None:
            self._held.append(dict(self.__dict__))
            self._startPage()  # type: ignore[attr-defined]

        def save(self) -> None:
            for number, page in enumerate(self._held, 1):
                self.__dict__.update(page)
                _furniture(self, firm, as_of, number, len(self._held))
                super().showPage()
            super().save()

    return Pages


def _dated(canvas: Canvas, as_of: date) -> None:
    """The day of the plan, not of printing, in the file: the same plan is the same file."""
    stamp = canvas._doc._timeStamp  # type: ignore[attr-defined]
    stamp.lt = (as_of.year, as_of.month, as_of.day, 0, 0, 0, 0, 1, 0)
    stamp.YMDhms = stamp.lt[:6]


def _furniture(canvas: Canvas, firm: Firm, as_of: date, number: int, of: int) -> None:
    """The firm above, the disclaimer and the page's number below."""
    top = HEIGHT - 36
    canvas.setFillColor(ACCENT)
    canvas.setFont(BOLD, 12)
    name = shortened(firm.name, BOLD, 12, INNER * 0.55)
    canvas.drawString(SIDE, top, name)
    canvas.setFillColor(SOFT)
    canvas.setFont(PLAIN, 8.5)
    canvas.drawRightString(WIDTH - SIDE, top + 6, said_day(as_of))
    contact = shortened(firm.contact, PLAIN, 8.5, INNER * 0.43)
    canvas.drawRightString(WIDTH - SIDE, top - 4, contact)
    canvas.setStrokeColor(ACCENT)
    canvas.setLineWidth(1)
    canvas.line(SIDE, top - 10, WIDTH - SIDE, top - 10)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE, 44, WIDTH - SIDE, 44)
    canvas.setFont(PLAIN, 8)
    canvas.drawString(SIDE, 33, DISCLAIMER)
    canvas.drawRightString(WIDTH - SIDE, 33, f"Page {number} of {of}")
