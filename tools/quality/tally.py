"""The figures of an evaluation: shares with intervals, by kind, topic and style."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tools.quality.cases import FOLLOW_UPS, OUTSIDE, PLANS, SEVERAL, SINGLE
from tools.quality.judge import REFUSED, RIGHT, WRONG, declines
from tools.quality.run import TYPOS, Result
from tools.quality.stats import interval

KINDS = (SINGLE, TYPOS, SEVERAL, FOLLOW_UPS, OUTSIDE, PLANS)
WRONG_COUNTS = 3  # a confident wrong answer is three times as bad as none


@dataclass(frozen=True)
class Tally:
    """How many of some cases were right, right only after asking back, refused, wrong."""

    total: int
    right: int
    asked_back: int  # of the right ones
    refused: int
    wrong: int

    @classmethod
    def of(cls, results: Iterable[Result]) -> Tally:
        """Count some results."""
        rows = list(results)
        counts = Counter(r.verdict.verdict for r in rows)
        back = sum(r.verdict.verdict == RIGHT and r.verdict.asked_back for r in rows)
        return cls(len(rows), counts[RIGHT], back, counts[REFUSED], counts[WRONG])

    @property
    def share(self) -> float:
        """Share right."""
        return self.right / self.total if self.total else 0.0

    @property
    def score(self) -> float:
        """1 for a right answer, -1 for none, -3 for a wrong one; the mean."""
        return (self.right - self.refused - WRONG_COUNTS * self.wrong) / max(self.total, 1)

    def line(self, name: str) -> str:
        """One line of the table in the terminal."""
        low, high = interval(self.right, self.total)
        return (
            f"{name:32s} {self.right:4d}/{self.total:<4d} {self.share:6.1%}  ({low:.1%} to {high:.1%})  "
            f"{self.asked_back:4d} {self.refused:4d} {self.wrong:4d}  {self.wrong / max(self.total, 1):5.1%}"
        )


def by(results: Sequence[Result], key: Callable[[Result], str]) -> dict[str, Tally]:
    """A tally for each value of ``key``, worst first."""
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[key(result)].append(result)
    tallies = {name: Tally.of(rows) for name, rows in groups.items()}
    return dict(sorted(tallies.items(), key=lambda item: (item[1].share, -item[1].total, item[0])))


def false_refusals(results: Sequence[Result]) -> tuple[int, int]:
    """(refused, all) of the single questions: those that the assistant should know."""
    rows = [r for r in results if r.case.kind == SINGLE]
    return sum(declines("\n".join("\n".join(t) for t in r.replies)) and
               r.verdict.verdict != RIGHT for r in rows), len(rows)  # fmt: skip
