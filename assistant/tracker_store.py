"""Where Rasa keeps its conversations: SQLite in DATA_DIR, safe against a crash in mid-write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy import event


class DataDirTrackerStore(SQLTrackerStore):
    """Rasa's SQL tracker store on ``DATA_DIR/rasa.db`` with a write-ahead log."""

    def __init__(
        self, domain: Optional[Domain] = None, event_broker: Optional[EventBroker] = None, **_: Any
    ) -> None:
        folder = Path(os.environ.get("DATA_DIR") or "var")
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(domain, event_broker=event_broker, db=str(folder / "rasa.db"))
        event.listen(self.engine, "connect", _settings)
        self.engine.dispose()  # connections made before the listener come back with the settings


def _settings(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


__all__: tuple[Text, ...] = ("DataDirTrackerStore",)
