"""The balances of a plan as a drawing: one line a way, and one for nothing paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.graphics.shapes import Drawing, Line, PolyLine, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from frontdesk.documents.fonts import PLAIN, printable
from frontdesk.documents.plan import Plan
from irs.figures import dollars
from irs.over_time import NOTHING_PAID, Point, of_way
from irs.workdays import add_months

LINES = ("#1f4e79", "#1b8a7a", "#b3641a")  # told apart also without red and green
DASHES = (None, (6, 2), (2, 2))  # and in black and white
NOTHING = "#9b2c2c"
INK, GRID = HexColor("#52606d"), HexColor("#dbe2ea")
LEFT, RIGHT, BOTTOM, TOP = 46, 8, 34, 6
SIZE = 8
STEPS = (1, 2, Decimal("2.5"), 5, 10)
ROWS = 4  # grid lines above zero, about
MONTHS = (1, 2, 3, 6, 12, 24)  # between marks of time
MOST_MARKS = 7


@dataclass(frozen=True)
class Series:
    """One line: its name, points, colour and dashes."""

    name: str
    points: tuple[Point, ...]
    color: str
    dash: tuple[int, int] | None


def chart(plan: Plan, width: float, height: float) -> Drawing | None:
    """The drawing in points; ``None`` where there is nothing to draw."""
    series = [
        Series(way.name, of_way(way), color, dash)
        for way, color, dash in zip(plan.ways, LINES, DASHES, strict=False)
    ]
    if not series:
        return None
    series.append(Series(NOTHING_PAID, plan.nothing, NOTHING, (1, 2)))
    return _Chart(series, width, height).drawing()


class _Chart:
    """Where each day and amount lies in the drawing."""

    def __init__(self, series: list[Series], width: float, height: float) -> None:
        self.series, self.width, self.height = series, width, height
        days = [day for one in series for day, _ in one.points]
        self.first, self.last = min(days), max(days)
        self.step = _step(max(left for one in series for _, left in one.points))
        most = max(left for one in series for _, left in one.points)
        self.most = self.step * max(1, -(-most // self.step))

    def x(self, day: date) -> float:
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return LEFT + share * (self.width - LEFT - RIGHT)

    def y(self, amount: Decimal) -> float:
        return BOTTOM + float(amount / self.most) * (self.height - BOTTOM - TOP)

    def drawing(self) -> Drawing:
        found = Drawing(self.width, self.height)
        amount = Decimal(0)
        while amount <= self.most:
            y = self.y(amount)
            found.add(Line(LEFT, y, self.width - RIGHT, y, strokeColor=GRID, strokeWidth=0.6))
            found.add(_words(dollars(amount), LEFT - 5, y - 2.5, "end"))
            amount += self.step
        for day, words in self._marks():
            found.add(Line(self.x(day), BOTTOM, self.x(day), BOTTOM - 3, strokeColor=INK))
            found.add(_words(words, self.x(day), BOTTOM - 12, "middle"))
        for one in self.series:
            places = [c for day, left in one.points for c in (self.x(day), self.y(left))]
            found.add(
                PolyLine(
                    places, strokeColor=HexColor(one.color), strokeWidth=1.5,
                    strokeDashArray=list(one.dash) if one.dash else None,
                )
            )  # fmt: skip
        self._legend(found)
        return found

    def _marks(self) -> list[tuple[date, str]]:
        """Days to write under the chart: firsts of months, evenly apart."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        apart = next((n for n in MONTHS if months / n <= MOST_MARKS), MONTHS[-1])
        first = add_months(self.first.replace(day=1), 1)
        days = [add_months(first, apart * n) for n in range(months // apart + 1)]
        return [(day, f"{day:%b %Y}") for day in days if day <= self.last]

    def _legend(self, found: Drawing) -> None:
        x = float(LEFT)
        for one in self.series:
            found.add(
                Line(
                    x, 6.5, x + 18, 6.5, strokeColor=HexColor(one.color), strokeWidth=1.5,
                    strokeDashArray=list(one.dash) if one.dash else None,
                )
            )  # fmt: skip
            name = printable(one.name)
            found.add(_words(name, x + 22, 4, "start"))
            x += 22 + stringWidth(name, PLAIN, SIZE) + 14


def _words(text: str, x: float, y: float, anchor: str) -> String:
    return String(x, y, text, fontName=PLAIN, fontSize=SIZE, fillColor=INK, textAnchor=anchor)


def _step(most: Decimal) -> Decimal:
    """The distance of the grid lines: 1, 2, 2.5 or 5 times a power of ten, in USD."""
    rough = max(most, Decimal(1)) / ROWS
    power = Decimal(10) ** (rough.adjusted())
    return next(power * n for n in STEPS if power * n >= rough)
