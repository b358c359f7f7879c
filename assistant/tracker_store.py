"""Where Rasa keeps its conversations: all of them in SQL, those under way in memory as well.

Rasa's own SQL store reads, parses and replays a whole conversation for each message, and counts the
rows again to know what to save. Here a conversation under way is kept in memory, short
(assistant/history.py), and one query a look-up tells whether the database holds exactly what was
kept. When another process wrote, only what it wrote is read; when anything else differs, all is read
again. Saving adds the new events and nothing else, so two processes neither lose nor double one.
"""

from __future__ import annotations

import json
import logging
import os
from collections import OrderedDict
from pathlib import Path
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Set, Text, Tuple

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import event as engine_event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import QueuePool

from assistant import turn
from assistant.history import ShortTracker, short_tracker, shortened

logger = logging.getLogger(__name__)

KEPT = 500  # conversations in memory, about 60 kB each; the longest unused leave first


class Overtaken(SQLAlchemyError):
    """Another process answered in this conversation since the tracker was fetched."""


class Kept(NamedTuple):
    """A conversation in memory, and what the database held when it was the same."""

    tracker: ShortTracker
    rows: int
    last: int  # the highest row id
    messages: Set[Text]  # the ids of all messages of the conversation


class HotTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store with the conversations under way in memory."""

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        kept: int = KEPT,
        **settings: Any,
    ) -> None:
        """``settings`` are those of Rasa's SQL store (dialect, host, db, …)."""
        self._kept: "OrderedDict[Text, Kept]" = OrderedDict()
        self._most_kept = int(kept)
        super().__init__(domain, event_broker=event_broker, **settings)
        table = self.SQLEvent.__table__
        self._table = table
        ours = table.c.sender_id == sa.bindparam("sender")
        self._count = sa.select([sa.func.count(), sa.func.max(table.c.id)]).where(ours)
        columns = [table.c.id, table.c.type_name, table.c.timestamp, table.c.data]
        self._read = sa.select(columns).where(ours).order_by(table.c.id)
        self._read_after = self._read.where(table.c.id > sa.bindparam("after"))

    @property
    def domain(self) -> Domain:
        """The domain whose slots the trackers have."""
        return self._domain

    @domain.setter
    def domain(self, domain: Optional[Domain]) -> None:
        self._domain = domain or Domain.empty()
        self._kept.clear()

    def init_tracker(self, sender_id: Text) -> ShortTracker:
        """A tracker of a conversation that is not in the database."""
        return ShortTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The conversation since its last session began; ``None`` when there is none."""
        try:
            with self.engine.connect() as connection:
                kept = self._current(connection, sender_id)
        except SQLAlchemyError as error:
            # Rasa would take it for a new conversation and answer without its memory.
            turn.lose(f"database ({type(error).__name__})")
            raise
        return kept.tracker.copy() if kept else None

    async def holding(self, sender_id: Text, message_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker with a message and what was answered to it; ``None`` when it never came."""
        with self.engine.connect() as connection:
            kept = self._current(connection, sender_id)
        if kept is None or message_id not in kept.messages:
            return None
        for event in kept.tracker.events:
            if isinstance(event, UserUttered) and event.message_id == message_id:
                return kept.tracker.copy()
        return await self.retrieve_full_tracker(sender_id)

    def forget(self, sender_id: Text) -> None:
        """Delete a conversation; other processes notice at their next look-up."""
        self._kept.pop(sender_id, None)
        with self.engine.begin() as connection:
            connection.execute(self._table.delete().where(self._table.c.sender_id == sender_id))
        if self.engine.dialect.name == "sqlite":
            # SQLite keeps what was deleted in its write-ahead log until that is emptied.
            with self.engine.connect().execution_options(
                isolation_level="AUTOCOMMIT"
            ) as connection:
                connection.execute(sa.text("PRAGMA wal_checkpoint(TRUNCATE)"))

    def _current(self, connection: Any, sender: Text) -> Optional[Kept]:
        """The conversation as the database has it now."""
        rows, last = connection.execute(self._count, {"sender": sender}).one()
        kept = self._kept.get(sender)
        if kept is not None and len(kept.tracker.events) != kept.tracker.saved:
            kept = None  # someone changed what was handed out as saved
        if kept is not None and (kept.rows, kept.last) != (rows, last):
            kept = self._caught_up(connection, sender, kept, rows)
        if kept is None and rows:
            kept = self._loaded(connection, sender)
        self._keep(sender, kept)
        return kept

    def _caught_up(self, connection: Any, sender: Text, kept: Kept, rows: int) -> Optional[Kept]:
        """What was kept with what another process added; ``None`` when that is not all."""
        found = connection.execute(self._read_after, {"sender": sender, "after": kept.last}).all()
        if not found or kept.rows + len(found) != rows:
            return None
        if any(row.type_name == SessionStarted.type_name for row in found):
            return None  # what came before it is no longer part of the conversation
        tracker = kept.tracker.copy()
        events = _events(found)
        for event in events:
            tracker.update(event)
        tracker.saved, tracker.rows = len(tracker.events), rows
        messages = kept.messages | _message_ids(events)
        return Kept(shortened(tracker, self.domain), rows, found[-1].id, messages)

    def _loaded(self, connection: Any, sender: Text) -> Optional[Kept]:
        found = connection.execute(self._read, {"sender": sender}).all()
        if not found:
            return None
        starts = [r.timestamp for r in found if r.type_name == SessionStarted.type_name]
        begun = max((s for s in starts if s is not None), default=None)
        session = [
            row
            for row in found
            if begun is None or (row.timestamp is not None and row.timestamp >= begun)
        ]  # as in Rasa's own query
        events = _events(session)
        messages = _message_ids(events)
        if len(session) < len(found):
            said = [row for row in found if row.type_name == UserUttered.type_name]
            messages = _message_ids(_events(said))
        tracker = short_tracker(sender, events, self.domain, len(found))
        return Kept(tracker, len(found), found[-1].id, messages)

    def _keep(self, sender: Text, kept: Optional[Kept]) -> None:
        if kept is None:
            self._kept.pop(sender, None)
            return
        self._kept[sender] = kept
        self._kept.move_to_end(sender)
        while len(self._kept) > self._most_kept:
            self._kept.popitem(last=False)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Add the tracker's new events to the database, all or none of them."""
        if turn.is_lost():
            return
        if not isinstance(tracker, ShortTracker):
            if not tracker.events:
                # Rasa's wrapper around this store made it, for a conversation that was not found.
                tracker.__class__ = ShortTracker
                return
            self._kept.pop(tracker.sender_id, None)
            await super().save(tracker)
            return
        fresh = list(tracker.events)[tracker.saved :]
        if not fresh:
            return
        sender = tracker.sender_id
        before = self._kept.pop(sender, None)
        try:
            if before is None and tracker.rows:
                with self.engine.connect() as connection:
                    before = self._loaded(connection, sender)
            twice = before is not None and before.messages & _message_ids(fresh)
            # It was looked for before the tracker was fetched, and another answered in between.
            if twice and turn.lose("done by another worker"):
                return
            rows, last = self._add(sender, fresh, tracker.rows)
        except SQLAlchemyError as error:
            if not turn.lose(f"database ({type(error).__name__})"):
                raise
            return
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, fresh, sender)
        expected = None if tracker.rows is None else tracker.rows + len(fresh)
        tracker.saved = len(tracker.events)
        tracker.rows = rows if rows == expected else None
        if rows != expected or (before is None and rows != len(fresh)):
            return  # another process wrote meanwhile: read it when it is next asked for
        messages = before.messages if before else set()
        messages = messages | _message_ids(fresh)
        self._keep(sender, Kept(shortened(tracker, self.domain), rows, last, messages))

    def _add(self, sender: Text, fresh: List[Event], before: Optional[int]) -> Tuple[int, int]:
        """Add rows in one transaction; returns the conversation's rows and highest id then.

        The frontdesk may give a turn to a second worker while a slow first one still thinks. The one
        that saves first has answered; the other's turn is lost, and given again it finds the answer.
        """
        rows = [_row(sender, event) for event in fresh]
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Writers of one conversation in turn, so that a turn's rows stay together.
                key = sa.func.pg_advisory_xact_lock(sa.func.hashtext(sender))
                connection.execute(sa.select([key]))
            connection.execute(self._table.insert(), rows)
            count, last = connection.execute(self._count, {"sender": sender}).one()
            if before is not None and count != before + len(rows) and turn.lose("overtaken"):
                raise Overtaken
        return count, last


def _row(sender: Text, event: Event) -> Dict[Text, Any]:
    """A row as Rasa's own store writes it."""
    data = event.as_dict()
    return {
        "sender_id": sender,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


def _events(rows: Iterable[Any]) -> List[Event]:
    found = (Event.from_parameters(json.loads(row.data)) for row in rows)
    return [event for event in found if event]


def _message_ids(events: Iterable[Event]) -> Set[Text]:
    return {e.message_id for e in events if isinstance(e, UserUttered) and e.message_id}


class DataDirTrackerStore(HotTrackerStore):
    """The store on ``DATA_DIR/rasa.db``: SQLite with a write-ahead log, safe in mid-write.

    Where ``DATABASE_URL`` names a PostgreSQL, which several hosts can share, it is there instead.
    """

    def __init__(
        self, domain: Optional[Domain] = None, event_broker: Optional[EventBroker] = None, **_: Any
    ) -> None:
        url = os.environ.get("DATABASE_URL")
        if url:
            url = "postgresql://" + url.split("://", 1)[1]
            super().__init__(domain, event_broker=event_broker, dialect="postgresql", host=url)
            self.engine.dispose()
            # One thread uses it. Asked before each use: a PostgreSQL may be restarted.
            self.engine = sa.create_engine(url, pool_pre_ping=True, pool_size=2, max_overflow=3)
            self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
            return
        folder = Path(os.environ.get("DATA_DIR") or "var")
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(domain, event_broker=event_broker, db=str(folder / "rasa.db"))
        self.engine.dispose()
        # Kept connections: SQLAlchemy opens a file anew for each use, which costs more than the use.
        self.engine = sa.create_engine(
            self.engine.url, poolclass=QueuePool, connect_args={"check_same_thread": False}
        )
        engine_event.listen(self.engine, "connect", _settings)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)


def _settings(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000", "secure_delete=ON",
    ):  # fmt: skip
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


__all__: Tuple[Text, ...] = ("DataDirTrackerStore", "HotTrackerStore")
