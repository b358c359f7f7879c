"""Which Rasa processes there are, and which of them a conversation goes to.

A conversation keeps to one worker, whose memory of it is then warm. Rendezvous hashing chooses: each
worker has a score for each conversation, the highest wins, so a worker that comes or goes moves only
the conversations it wins or had.
"""

from __future__ import annotations

import asyncio
import json
import socket
import time
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from frontdesk.settings import Settings

log = structlog.get_logger()

AT_ONCE = 16  # turns given to one worker at a time; the others wait here, where no time-out runs
REST_SECONDS = 2.0  # a worker that failed is the last choice for so long
LOOK_SECONDS = 2.0  # how often the names in RASA_URLS are looked up again


@dataclass(eq=False)
class Worker:
    """One Rasa process."""

    name: str  # what the hash goes by: a replaced worker keeps its conversations
    url: str
    rests_until: float = 0.0
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def rest(self) -> None:
        """It failed: others first for a while."""
        self.rests_until = time.monotonic() + REST_SECONDS

    def score(self, conversation: str) -> bytes:
        """How much it wants a conversation."""
        return blake2b(f"{self.name} {conversation}".encode(), digest_size=8).digest()


class Workers:
    """The workers as they are now: RASA_URLS, else the supervisor's list, else RASA_PORT.

    A name in RASA_URLS may stand for many addresses (a headless service, a scaled compose service);
    each is a worker. The supervisor's list is ``DATA_DIR/workers.json``, written whole at each change.
    """

    def __init__(self, settings: Settings) -> None:
        self._urls = [u.strip().rstrip("/") for u in settings.rasa_urls.split(",") if u.strip()]
        self._file: Path = settings.folder / "workers.json"
        self._seen: object = None
        self._looked = float("-inf")
        self._all: dict[str, Worker] = {}
        self._set([("rasa", f"http://127.0.0.1:{settings.rasa_port}")])

    async def all(self) -> list[Worker]:
        """Every worker."""
        if self._urls:
            if time.monotonic() - self._looked >= LOOK_SECONDS:
                self._looked = time.monotonic()
                await self._look_up()
        else:
            self._read_list()
        return list(self._all.values())

    async def order(self, conversation: str) -> list[Worker]:
        """Every worker, the conversation's own first; those that just failed last."""
        now = time.monotonic()
        workers = sorted(await self.all(), key=lambda w: w.score(conversation), reverse=True)
        return sorted(workers, key=lambda w: w.rests_until > now)

    def _set(self, found: list[tuple[str, str]]) -> None:
        kept = {(w.name, w.url): w for w in self._all.values()}
        self._all = {name: kept.get((name, url)) or Worker(name, url) for name, url in found}

    def _read_list(self) -> None:
        try:
            stat = self._file.stat()
            if (stat.st_mtime_ns, stat.st_ino) == self._seen:
                return
            listed = json.loads(self._file.read_text())["workers"]
            self._set([(str(w["name"]), str(w["url"])) for w in listed])
            self._seen = (stat.st_mtime_ns, stat.st_ino)
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.error("list of workers unreadable", error=type(error).__name__)

    async def _look_up(self) -> None:
        loop = asyncio.get_running_loop()
        found: list[tuple[str, str]] = []
        for url in self._urls:
            parts = urlsplit(url)
            try:
                answers = await loop.getaddrinfo(
                    parts.hostname, parts.port or 5005, type=socket.SOCK_STREAM
                )
            except OSError as error:
                log.warning("worker not found", url=url, error=type(error).__name__)
                continue
            for address in sorted({str(a[4][0]) for a in answers}):
                host = f"[{address}]" if ":" in address else address
                name = f"{host}:{parts.port or 5005}"
                found.append((name, f"{parts.scheme}://{name}"))
        if found:  # a name server that is away takes nobody's worker away
            self._set(found)
