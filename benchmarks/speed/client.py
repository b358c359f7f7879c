"""The one client of the speed benchmark: plays visitors against a running system and times them.

Reads a job as JSON on standard input, writes what it measured as JSON. Runs in the frontdesk
environment: ``frontdesk/.venv/bin/python -m benchmarks.speed.client``.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from tools.visitor import Visitor

TIMEOUT = aiohttp.ClientTimeout(total=180)
Say = Callable[[str], Awaitable[None]]


class Door:
    """How messages get in: Rasa's ``rest`` channel, our ``turn`` exchange, or the page's ``socket``."""

    def __init__(self, job: dict[str, Any], session: aiohttp.ClientSession) -> None:
        self._job = job
        self._session = session

    async def conversation(self) -> tuple[Say, Callable[[], Awaitable[None]]]:
        """(say something and wait for the answer, leave) of a new conversation."""
        return await getattr(self, "_" + self._job["door"])()

    async def _socket(self) -> tuple[Say, Callable[[], Awaitable[None]]]:
        visitor = Visitor(self._job["url"])
        await visitor.connect()

        async def say(text: str) -> None:
            if not (await visitor.say(text)).replies:
                raise RuntimeError("no reply")

        return say, visitor.close

    async def _rest(self) -> tuple[Say, Callable[[], Awaitable[None]]]:
        sender = uuid.uuid4().hex

        async def say(text: str) -> None:
            await self._post("/webhooks/rest/webhook", {"sender": sender, "message": text})

        return say, _nothing

    async def _turn(self) -> tuple[Say, Callable[[], Awaitable[None]]]:
        conversation = "bench-" + uuid.uuid4().hex

        async def say(text: str) -> None:
            body = {
                "conversation": conversation, "message": uuid.uuid4().hex, "text": text,
                "payload": None, "at": None, "masked": [],
            }  # fmt: skip
            await self._post("/webhooks/frontdesk/turn", body)

        return say, _nothing

    async def _post(self, path: str, body: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {self._job.get('secret')}"}
        url = self._job["url"] + path
        async with self._session.post(url, json=body, headers=headers) as answer:
            await answer.read()
            if answer.status != 200:
                raise RuntimeError(f"answered {answer.status}")


async def _nothing() -> None:
    pass


async def load(job: dict[str, Any], door: Door) -> dict[str, Any]:
    """Visitors at once, each with one conversation after another, for some seconds.

    The time begins when all are in, and runs until the last answer is there: what a slow system
    still owes when the time is over counts.
    """
    times: list[float] = []
    failed = 0
    first = await asyncio.gather(*(door.conversation() for _ in range(job["clients"])))
    began = time.perf_counter()

    async def visitor(number: int) -> None:
        nonlocal failed
        talk: tuple[Say, Callable[[], Awaitable[None]]] | None = first[number]
        while time.perf_counter() < began + job["seconds"]:
            say, leave = talk or await door.conversation()
            talk = None
            for text in job["turns"]:
                start = time.perf_counter()
                try:
                    await say(text)
                    times.append((time.perf_counter() - start) * 1000)
                except Exception:  # counted, and reported beside the times
                    failed += 1
                if time.perf_counter() >= began + job["seconds"]:
                    break
            await leave()

    await asyncio.gather(*(visitor(number) for number in range(job["clients"])))
    return {"times": times, "seconds": time.perf_counter() - began, "failed": failed}


async def long(job: dict[str, Any], door: Door) -> dict[str, Any]:
    """Milliseconds of a turn after so many turns, the conversations of each length taken in turns.

    ``at`` [10, 300]: the same text is said in a conversation at its 10th turn and in one at its 300th,
    right after each other, ``samples`` times, so that a noisy machine disturbs both alike.
    """
    turns, samples = job["turns"], job["samples"]
    first, *later = job["at"]
    longs = {at: (await door.conversation())[0] for at in later}
    for at, say in longs.items():
        for number in range(at - samples // 2):
            await say(turns[number % len(turns)])
    found: dict[int, list[float]] = {at: [] for at in job["at"]}
    for sample in range(samples):
        says = dict(longs)
        says[first] = (await door.conversation())[0]
        for number in range(first - 1):
            await says[first](turns[number % len(turns)])
        for at in job["at"] if sample % 2 else job["at"][::-1]:
            start = time.perf_counter()
            await says[at](turns[sample % len(turns)])
            found[at].append((time.perf_counter() - start) * 1000)
    return {str(at): values for at, values in found.items()}


async def main() -> None:
    """Do the job."""
    job = json.load(sys.stdin)
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(timeout=TIMEOUT, connector=connector) as session:
        work = {"load": load, "long": long}[job["do"]]
        print(json.dumps(await work(job, Door(job, session))))


if __name__ == "__main__":
    asyncio.run(main())
