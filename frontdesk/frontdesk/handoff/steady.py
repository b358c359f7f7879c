"""A clock that jumped is noticed: after a set hour nobody was really away for so long."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

from frontdesk.handoff.cases import Clock

MOST = timedelta(seconds=10)  # between two looks; a clock that is only set right stays below it


class Steady:
    """Compares the clock with the time that really passed since the last look."""

    def __init__(self, clock: Clock, passed: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._passed = clock, passed
        self._last = (clock(), passed())

    def jumped(self) -> bool:
        """Whether the clock, forward or back, went otherwise than the time since the last look."""
        (clock, passed), self._last = self._last, (self._clock(), self._passed())
        off = (self._last[0] - clock) - timedelta(seconds=self._last[1] - passed)
        return abs(off) > MOST
