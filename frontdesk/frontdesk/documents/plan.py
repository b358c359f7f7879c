"""A case computed once for all that shows it: card, PDF and calendar take their figures from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from irs import over_time
from irs.assess import assess
from irs.assessment import Assessment, Way
from irs.case import Case
from irs.over_time import Point
from irs.showing import Best, best, fees, shown_ways
from irs.situation import Situation, SituationError
from irs.told import from_json

KEPT = 64  # computed cases kept in memory, a few hundred kB each at most


@dataclass(frozen=True)
class Plan:
    """A case on a day. ``fees``: words, one for each of ``ways``, which are those to show."""

    situation: Situation
    as_of: date
    found: Assessment
    ways: tuple[Way, ...]
    fees: tuple[str, ...]
    best: Best | None
    nothing: tuple[Point, ...]
    nothing_words: str

    def marks(self, way: Way) -> list[str]:
        """Of "cheapest" and "easiest", what a way is."""
        if self.best is None:
            return []
        return [name for name in ("cheapest", "easiest") if getattr(self.best, name) is way]


def computed(facts: Mapping[str, Any], as_of: date | str) -> Plan:
    """The plan of a case as ``irs.told`` has it, on a day (ISO 8601 where it is text).

    ValueError (a SituationError or FigureError) where the facts cannot be read or the day lies
    before the rules.
    """
    day = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
    return of(from_json(facts), day)


@lru_cache(maxsize=KEPT)
def of(situation: Situation, as_of: date) -> Plan:
    """The plan of a situation on a day; the last few are kept. Raises as :func:`computed` does."""
    try:
        return _of(situation, as_of)
    except OverflowError:
        raise SituationError("These facts lead to days that no calendar has.") from None


def _of(situation: Situation, as_of: date) -> Plan:
    found, case = assess(situation, as_of), Case(situation, as_of)
    ways = shown_ways(found)
    by_debit = found
    if ways and not situation.direct_debit:
        by_debit = assess(replace(situation, direct_debit=True), as_of)
    nothing = over_time.of_nothing(case, ways)
    return Plan(
        situation, as_of, found, ways, fees(ways, by_debit), best(ways, found.options), nothing,
        over_time.nothing_words(case, nothing),
    )  # fmt: skip
