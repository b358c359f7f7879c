"""The balances of a plan as a drawing: one line a way, and one for nothing paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any, Literal

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
LEFT, RIGHT, TOP = 46, 18, 6
UNDER, LINE = 20, 12  # below the chart for the marks of time, and for each line of the legend
SIZE = 8
KEY = 18  # the length of a line in the legend
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
        most = max(left for one in series for _, left in one.points)
        self.step = _step(most)
        rows = max(Decimal(1), (most / self.step).to_integral_value(ROUND_CEILING))
        self.most = self.step * rows
        self.legend = self._legend()
        self.bottom = UNDER + LINE * (1 + max(row for *_, row in self.legend))

    def x(self, day: date) -> float:
        share: float = (day - self.first).days / max(1, (self.last - self.first).days)
        return LEFT + share * (self.width - LEFT - RIGHT)

    def y(self, amount: Decimal) -> float:
        return self.bottom + float(amount / self.most) * (self.height - self.bottom - TOP)

    def drawing(self) -> Drawing:
        found = Drawing(self.width, self.height)
        amount = Decimal(0)
        while amount <= self.most:
            y = self.y(amount)
            found.add(Line(LEFT, y, self.width - RIGHT, y, strokeColor=GRID, strokeWidth=0.6))
            found.add(_words(dollars(amount), LEFT - 5, y - 2.5, "end"))
            amount += self.step
        for day, words in self._marks():
            found.add(Line(self.x(day), self.bottom, self.x(day), self.bottom - 3, strokeColor=INK))
            found.add(_words(words, self.x(day), self.bottom - 12, "middle"))
        for one in self.series:
            places = [c for day, left in one.points for c in (self.x(day), self.y(left))]
            found.add(
                PolyLine(
                    places, **_pen(one)
                )
            )  # fmt: skip
        for one, x, row in self.legend:
            y = self.bottom - UNDER - LINE * row - 8
            found.add(
                Line(
                    x, y + 2.5, x + KEY, y + 2.5, **_pen(one)
                )
            )  # fmt: skip
            found.add(_words(printable(one.name), x + KEY + 4, y, "start"))
        return found

    def _marks(self) -> list[tuple[date, str]]:
        """Days to write under the chart: firsts of months, evenly apart."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        apart = next((n for n in MONTHS if months / n <= MOST_MARKS), MONTHS[-1])
        first = add_months(self.first.replace(day=1), 1)
        days = [add_months(first, apart * n) for n in range(months // apart + 1)]
        return [(day, f"{day:%b %Y}") for day in days if day <= self.last]

    def _legend(self) -> list[tuple[Series, float, int]]:
        """Each line with where its key stands: how far right, and in which row."""
        found, x, row = [], float(LEFT), 0
        for one in self.series:
            needs = KEY + 4 + stringWidth(printable(one.name), PLAIN, SIZE)
            if x + needs > self.width and x > LEFT:
                x, row = float(LEFT), row + 1
            found.append((one, x, row))
            x += needs + 14
        return found


def _pen(one: Series) -> dict[str, Any]:
    pen = {"strokeColor": HexColor(one.color), "strokeWidth": 1.5}
    return pen | ({"strokeDashArray": list(one.dash)} if one.dash else {})


def _words(text: str, x: float, y: float, anchor: Literal["start", "middle", "end"]) -> String:
    return String(x, y, text, fontName=PLAIN, fontSize=SIZE, fillColor=INK, textAnchor=anchor)


def _step(most: Decimal) -> Decimal:
    """The distance of the grid lines: 1, 2, 2.5 or 5 times a power of ten, in USD."""
    rough = max(most, Decimal(1)) / ROWS
    power = Decimal(10) ** (rough.adjusted())
    return next(power * n for n in STEPS if power * n >= rough)
