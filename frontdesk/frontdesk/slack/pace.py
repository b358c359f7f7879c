"""Slack takes about one message a second in each channel; here they wait for their turn."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict

GAP = 1.1  # seconds between two posts in a channel; a little more than Slack asks for
MOST = 10_000  # channels remembered


class Pace:
    """When each channel may be posted to next."""

    def __init__(self) -> None:
        self._free: OrderedDict[str, float] = OrderedDict()

    async def turn(self, channel: str) -> None:
        """Wait for the channel's next free second, and take it."""
        at = max(time.monotonic(), self._free.get(channel, 0.0))
        self._take(channel, at + GAP)
        await asyncio.sleep(max(0.0, at - time.monotonic()))

    def rest(self, channel: str, seconds: float) -> None:
        """Slack said to wait."""
        self._take(channel, max(self._free.get(channel, 0.0), time.monotonic() + seconds))

    def _take(self, channel: str, until: float) -> None:
        self._free[channel] = until
        self._free.move_to_end(channel)
        while len(self._free) > MOST:
            self._free.popitem(last=False)
