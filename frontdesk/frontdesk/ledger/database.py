"""The database behind the ledger: where it is, and each piece of work on it in a thread of its own.

The drivers are the synchronous ones: a whole transaction goes to a thread and comes back once, where
an asynchronous driver would go there and back for each statement (docs/adr/0013).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

T = TypeVar("T")

CONNECTIONS = 20  # at once, to PostgreSQL


def address(folder: Path, database_url: str = "") -> str:
    """The database's address: PostgreSQL when one is named, else SQLite in the data folder."""
    if database_url:
        return "postgresql+psycopg://" + database_url.split("://", 1)[1]
    return f"sqlite:///{folder / 'frontdesk.db'}"


class Database:
    """An engine and the threads that work with it."""

    def __init__(self, url: str) -> None:
        lite = url.startswith("sqlite")
        # SQLite has one writer: in one thread, work waits its turn here and not in SQLite's sleeps.
        count = 1 if lite else CONNECTIONS
        self._threads = ThreadPoolExecutor(count, "ledger")
        # What only reads and takes long has a thread beside that one: no visitor waits for a search.
        self._readers = ThreadPoolExecutor(1, "reader") if lite else self._threads
        self._engine = _sqlite(url) if lite else _postgresql(url, count)
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)

    async def run(self, work: Callable[[Session], T]) -> T:
        """Do ``work`` in one transaction, all or nothing.

        Raises what ``work`` raises, and SQLAlchemyError or OSError when the database is away. Work
        that was begun is finished also when nobody waits for it any more.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._do, work)

    async def read(self, work: Callable[[Session], T]) -> T:
        """``run`` for what only reads and may take long."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._do, work)

    def _do(self, work: Callable[[Session], T]) -> T:
        with self._sessions.begin() as session:
            return work(session)

    async def empty_log(self) -> None:
        """SQLite keeps what was deleted in its write-ahead log until that is emptied."""

        def work() -> None:
            if self._engine.dialect.name == "sqlite":
                with self._engine.connect() as connection:
                    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

        await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def close(self) -> None:
        """Finish what was begun and give the connections back."""
        for threads in {self._threads, self._readers}:
            await asyncio.to_thread(threads.shutdown)
        self._engine.dispose()


def _postgresql(url: str, count: int) -> Engine:
    # Asked before each use: a PostgreSQL that was restarted costs no visitor a message.
    return create_engine(url, pool_pre_ping=True, pool_size=count // 2, max_overflow=count // 2)


def _sqlite(url: str) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "connect")
    def settings(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        # A write-ahead log: who reads the file meanwhile (a backup) never waits for the writer.
        # FULL: an acknowledged message survives a power cut, not only a crash.
        for pragma in (
            "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000",
            "secure_delete=ON",  # what a visitor deletes is overwritten, not only forgotten
        ):  # fmt: skip
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine
