"""What managers see of the outbox, and can do: look, and have everything tried again."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import MANAGER, Body, Call, Desk, record
from frontdesk.desk.access import Nothing
from frontdesk.ledger import Database
from frontdesk.outward.outbox import Outbox, retry
from frontdesk.outward.sender import Sender
from frontdesk.outward.ways import CHATWOOT, MAIL, WEBHOOK

KINDS = (MAIL, WEBHOOK, CHATWOOT)
STATES = ("waiting", "sending", "sent", "moot", "given_up")


class Which(Body):
    """Of which kind; all where none is named."""

    kind: Literal["mail", "webhook", "chatwoot"] | None = None


class Managing:
    """The routes."""

    def __init__(
        self, desk: Desk, database: Database, outbox: Outbox, sender: Sender, on: frozenset[str]
    ) -> None:
        self._desk, self._database, self._outbox = desk, database, outbox
        self._sender, self._on = sender, on

    def routes(self) -> list[Route]:
        """For managers only."""
        route, path = self._desk.gate.route, "/desk/api/outward"
        return [
            route("GET", path, MANAGER, self._look, Nothing),
            route("POST", path + "/retry", MANAGER, self._retry, Which),
        ]

    async def _look(self, _: Call[Nothing]) -> Response:
        return JSONResponse({"kinds": await shown(self._outbox, self._on)})

    async def _retry(self, call: Call[Which]) -> Response:
        kind = call.body.kind

        def work(db: Session) -> int:
            count = retry(db, kind, call.at)
            record(
                db, call.at, "outward.retried", user=call.me.user, address=call.address,
                kind=kind or "all", count=count,
            )  # fmt: skip
            return count

        count = await self._database.run(work)
        self._sender.wake(rested=True)
        return JSONResponse({"again": count})


async def shown(outbox: Outbox, on: frozenset[str]) -> dict[str, Any]:
    """How it stands with each kind: counts by state, the oldest that waits, the last failure."""
    counts, errors = await outbox.counts(), await outbox.last_errors()
    kinds: dict[str, Any] = {
        kind: {"on": kind in on, **dict.fromkeys(STATES, 0), "oldest": None, "error": None}
        for kind in KINDS
    }
    for kind, state, count, oldest in counts:
        kinds[kind][state] = count
        if state in ("waiting", "sending"):
            since = kinds[kind]["oldest"]
            kinds[kind]["oldest"] = min(filter(None, (since, oldest.isoformat())))
    for kind, (code, at) in errors.items():
        kinds[kind]["error"] = {"code": code, "at": at.isoformat()}
    return kinds


async def health(outbox: Outbox, on: frozenset[str]) -> str:
    """One line for ``/health``: "ok", or what is late or was given up."""
    parts = []
    for kind, one in (await shown(outbox, on)).items():
        if one["given_up"]:
            parts.append(f"{kind}: {one['given_up']} given up")
        if one["error"] and one["waiting"]:
            parts.append(f"{kind}: {one['waiting']} waiting ({one['error']['code']})")
    return "; ".join(parts) or "ok"
