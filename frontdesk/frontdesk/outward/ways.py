"""A way to tell something elsewhere, and how it fails."""

from __future__ import annotations

from typing import Protocol

from frontdesk.outward.outbox import Errand

MAIL, WEBHOOK, CHATWOOT = "mail", "webhook", "chatwoot"
PAPERS = "visitor.papers"  # a visitor's transcript and plan, by mail to themselves
CASE = "case"  # a case kept up to date in Chatwoot


class Away(Exception):  # noqa: N818  # said as a sentence: the other side is away
    """It did not work now and may work later. ``code``: the kind of failure, without anybody's words.

    ``retry_after``: seconds, where the other side said so. ``whole``: all of its kind would fail, too.
    """

    def __init__(self, code: str, retry_after: float | None = None, whole: bool = True) -> None:
        super().__init__(code)
        self.code, self.retry_after, self.whole = code[:40], retry_after, whole


class Never(Exception):  # noqa: N818
    """It will never work. ``code`` as above."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code[:40]


class Moot(Exception):  # noqa: N818
    """There is nothing to tell any more."""


class Way(Protocol):
    """Mail, the webhook, Chatwoot."""

    @property
    def kind(self) -> str:
        """MAIL, WEBHOOK or CHATWOOT."""

    async def send(self, errand: Errand) -> None:
        """Tell it. Raises Away, Never or Moot; SQLAlchemyError or OSError when the ledger is away."""

    async def look(self) -> None:
        """Called every few seconds: what the way has to see to beside its errands."""

    async def close(self) -> None:
        """Let go of connections."""
