"""One and two Rasa workers under the same load, in turn: what a message costs and where.

    PYTHONPATH=.:frontdesk frontdesk/.venv/bin/python -m benchmarks.workers            # on SQLite
    PYTHONPATH=.:frontdesk frontdesk/.venv/bin/python -m benchmarks.workers --postgres # on PostgreSQL, Redis, two frontdesks

Everything runs once, with two workers; each round the frontdesk is told of one of them or of both, so
that the two are measured minutes apart and whatever else the machine does hits them alike. Visitors
come through the website's door (tools/visitor.py), say the eight turns of ``make bench`` one after
another as fast as they are answered, and start again with a new conversation. CPU is user and system
time of each kind of process by /proc (Linux), memory its proportional share.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import redis
import socketio

from frontdesk.between import CHANNEL, Between
from tools import servers
from tools.bench import TURNS, megabytes
from tools.project import DESK_PYTHON, ROOT, environment, running_file, write_whole
from tools.stack import running_assistant
from tools.visitor import NoAnswer, Visitor

TICK = os.sysconf("SC_CLK_TCK")


async def visits(url: str, users: int, seconds: float) -> dict[str, Any]:
    """Milliseconds of each turn of so many visitors at once."""
    end = time.monotonic() + seconds
    times: list[int] = []

    async def one() -> None:
        while time.monotonic() < end:
            with contextlib.suppress(NoAnswer):  # seen in the number of messages
                await talk()

    async def talk() -> None:
        async with Visitor(url) as visitor:
            for text in TURNS:
                turn = await visitor.say(text)
                times.append(turn.ms)
                if time.monotonic() >= end:
                    return

    begun = time.monotonic()
    await asyncio.gather(*(one() for _ in range(users)))
    used = resource.getrusage(resource.RUSAGE_SELF)
    took = time.monotonic() - begun
    return {"ms": times, "seconds": took, "cpu": used.ru_utime + used.ru_stime}


def load(url: str, users: int, seconds: float) -> dict[str, Any]:
    """The visitors in a process of their own."""
    done = subprocess.run(
        [str(DESK_PYTHON), "-m", "benchmarks.workers", "--visit", url, str(users), str(seconds)],
        cwd=ROOT, env=dict(environment(), PYTHONPATH=f"{ROOT}:{ROOT / 'frontdesk'}"), stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def family(pid: int) -> list[int]:
    """A process and its children."""
    found = [pid]
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rsplit(")", 1)[1].split()[1]) == pid:
                found.append(int(path.parent.name))
    return found


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of some processes so far."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def pids(assistant: Any, postgres: str, server: Any) -> dict[str, list[int]]:
    """The processes of each kind."""
    kinds: dict[str, list[int]] = {}
    for name, process in assistant.processes.items():
        kinds.setdefault(name.split("-")[0], []).extend(family(process.pid))
    if postgres:
        folder = re.search(r"host=([^&]+)", postgres)
        assert folder is not None
        first = Path(folder[1], "postmaster.pid").read_text().split("\n", 1)[0]
        kinds["postgres"] = family(int(first))
        kinds["redis"] = [server.pid]
    return kinds


def serve_with(assistant: Any, count: int) -> None:
    """Tell the frontdesk of so many of the workers."""
    path = running_file(assistant.folder)
    told = json.loads(path.read_text())
    told["workers"] = [
        {"name": n, "url": f"http://127.0.0.1:{assistant.ports[n]}"}
        for n in ["rasa", "rasa-2"][:count]
    ]
    write_whole(path, json.dumps(told))


def one_round(assistant: Any, postgres: str, server: Any, users: int, seconds: float) -> Any:
    """Counts, times and CPU of one round."""
    before = {k: cpu_seconds(p) for k, p in pids(assistant, postgres, server).items()}
    found = load(assistant.url, users, seconds)
    after = pids(assistant, postgres, server)
    found["by"] = {k: cpu_seconds(p) - before.get(k, 0.0) for k, p in after.items()}
    return found


def stored(database: str) -> dict[str, float]:
    """Commits, and bytes and rows with their indexes, in the database so far."""
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()), "
            "(SELECT count(*) FROM events), pg_total_relation_size('events'), "
            "pg_total_relation_size('message'), pg_current_wal_lsn() - '0/0'"
        ).fetchone()
    assert row is not None
    return dict(
        zip(["commits", "event rows", "event bytes", "message bytes", "wal bytes"], map(float, row))
    )


async def sockets(assistant: Any, count: int) -> float:
    """Kilobytes a frontdesk takes for one more visitor who only has the page open."""
    desks = [p for n, p in assistant.processes.items() if n.startswith("frontdesk")]
    before = megabytes([p.pid for p in desks])
    visitors = [Visitor(assistant.url) for _ in range(count)]
    for visitor in visitors:
        await visitor.connect()
    after = megabytes([p.pid for p in desks])
    await asyncio.gather(*(v.close() for v in visitors))
    return (after - before) * 1024 / count


async def foreign(redis_url: str, events: int = 20_000) -> float:
    """Microseconds of CPU a frontdesk spends on an event for a socket that another one holds."""

    async def back() -> None:
        return

    manager = Between(redis_url, back)
    io = socketio.AsyncServer(async_mode="asgi", client_manager=manager)
    io.manager_initialized = True
    manager.initialize()
    await asyncio.sleep(0.5)
    left = events
    handle = manager._handle_emit
    done = asyncio.Event()

    async def counted(message: Any) -> None:
        nonlocal left
        await handle(message)
        left -= 1
        if not left:
            done.set()

    manager._handle_emit = counted
    body = {
        "seq": 7,
        "author": "assistant",
        "text": "x" * 400,
        "buttons": [{"title": "y" * 20}] * 4,
    }
    packet = {
        "method": "emit", "event": "message", "data": [body], "binary": False, "namespace": "/",
        "room": "c-of-another", "skip_sid": None, "callback": None, "host_id": "another",
    }  # fmt: skip

    def publish() -> None:
        with redis.Redis.from_url(redis_url) as client:
            text = json.dumps(packet)
            for _ in range(0, events, 500):
                pipeline = client.pipeline(transaction=False)
                for _ in range(500):
                    pipeline.publish(CHANNEL, text)
                pipeline.execute()

    begun = time.thread_time()
    await asyncio.gather(asyncio.to_thread(publish), asyncio.wait_for(done.wait(), 120))
    return (time.thread_time() - begun) * 1e6 / events


def tell(rounds: dict[int, list[Any]], memory: dict[str, float]) -> None:
    """The table."""
    kinds = list(memory)
    head = ["workers", "msg/s", "p50 ms", "p95 ms", *[f"{k} CPU" for k in kinds], "visitors' CPU"]
    print(" | ".join(head))
    for count, found in rounds.items():
        times = sorted(ms for r in found for ms in r["ms"])
        cost = {k: sum(r["by"].get(k, 0) for r in found) * 1000 / len(times) for k in kinds}
        rates = [len(r["ms"]) / r["seconds"] for r in found]
        row = [
            str(count),
            f"{len(times) / sum(r['seconds'] for r in found):.1f} ({min(rates):.1f}-{max(rates):.1f})",
            f"{statistics.median(times):.0f}",
            f"{times[int(len(times) * 0.95)]}",
            *[f"{cost[k]:.1f} ms" for k in kinds],
            f"{sum(r['cpu'] for r in found) * 1000 / len(times):.1f} ms",
        ]
        print(" | ".join(row), f"({len(times)} messages)")
    print("memory MB: " + ", ".join(f"{k} {v:.0f}" for k, v in memory.items()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--rounds", type=int, default=4, help="of each number of workers")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--visit", nargs=3, metavar=("URL", "USERS", "SECONDS"))
    chosen = parser.parse_args()
    if chosen.visit:
        url, users, seconds = chosen.visit
        print(json.dumps(asyncio.run(visits(url, int(users), float(seconds)))))
        return
    with contextlib.ExitStack() as stack:
        settings = {"WORKERS": "2", "NEW_VISITORS_PER_MINUTE": "100000"}
        postgres, server = "", None
        if chosen.postgres:
            postgres = stack.enter_context(servers.postgres(durable=True))
            server = stack.enter_context(servers.redis())
            settings.update(DATABASE_URL=postgres, REDIS_URL=server.url, FRONTDESKS="2")
        assistant = stack.enter_context(running_assistant(settings))
        for count in (1, 2):  # warm
            serve_with(assistant, count)
            load(assistant.url, chosen.users, 5)
        rounds: dict[int, list[Any]] = {1: [], 2: []}
        before = stored(postgres) if chosen.postgres else {}
        for n in range(chosen.rounds):
            for count in (1, 2) if n % 2 == 0 else (2, 1):
                serve_with(assistant, count)
                made = one_round(assistant, postgres, server, chosen.users, chosen.seconds)
                rounds[count].append(made)
                rate = len(made["ms"]) / made["seconds"]
                print(f"round {n + 1}, {count} workers: {rate:.1f} msg/s", file=sys.stderr)
        if chosen.postgres:
            messages = sum(len(r["ms"]) for found in rounds.values() for r in found)
            gained = {k: (v - before[k]) / messages for k, v in stored(postgres).items()}
            print("a message: " + ", ".join(f"{v:.1f} {k}" for k, v in gained.items()))
            cost = asyncio.run(foreign(server.url))
            print(f"an event of another frontdesk's visitor: {cost:.0f} µs of CPU")
        print(f"a visitor with the page open: {asyncio.run(sockets(assistant, 200)):.0f} kB")
        memory = {}
        for kind, found in pids(assistant, postgres, server).items():
            memory[kind] = megabytes(found)
        tell(rounds, memory)


if __name__ == "__main__":
    main()
