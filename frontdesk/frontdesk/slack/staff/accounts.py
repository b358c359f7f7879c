"""Which desk account somebody in Slack has: proved once, by a code that is made at the desk.

The code goes from a signed-in browser to Slack. So whoever may claim has passed the desk's two factors,
and has this Slack account; neither names nor mail addresses have to agree.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from frontdesk.desk import ADVISOR, Body, Call, Desk, record
from frontdesk.desk.keys import fresh_recovery, recovery_hash
from frontdesk.ledger import Database
from frontdesk.ledger.store import now
from frontdesk.slack.staff import words
from frontdesk.slack.staff.models import Account, Code

LASTS = timedelta(minutes=10)
PATH = "/desk/api/me/slack"


class Nothing(Body):
    """These routes take nothing."""


class Accounts:
    """Codes, links, and the routes with which somebody at the desk makes and removes their own."""

    def __init__(self, database: Database, desk: Desk, on: bool) -> None:
        self._database, self._desk, self._on = database, desk, on

    def routes(self) -> list[BaseRoute]:
        """For everybody at the desk."""
        route = self._desk.gate.route
        return [
            route("GET", PATH, ADVISOR, self._show, Nothing),
            route("POST", PATH, ADVISOR, self._make, Nothing),
            route("POST", PATH + "/remove", ADVISOR, self._remove, Nothing),
        ]

    async def user(self, key: str) -> str | None:
        """The desk account of somebody in Slack."""
        found = select(Account.user_id).where(Account.key == key)
        return await self._database.run(lambda db: db.scalar(found))

    async def link(self, key: str, typed: str) -> str | None:
        """Link with a code; the account's id, ``None`` where the code does not fit."""

        def work(db: Session) -> str | None:
            at = now()
            mine = select(Code.user_id).where(Code.hash == _hash(typed), Code.ends_at > at)
            user = db.scalar(mine)
            taken = db.execute(delete(Code).where(Code.hash == _hash(typed)))
            if user is None or not getattr(taken, "rowcount", 0):
                return None  # of two who type it at once, one gets it
            db.execute(delete(Account).where(or_(Account.key == key, Account.user_id == user)))
            db.add(Account(key=key, user_id=user, linked_at=at))
            record(db, at, "slack.linked", user=user, about=user)
            return user

        return await self._database.run(work)

    async def _show(self, call: Call[Nothing]) -> Response:
        def work(db: Session) -> datetime | None:
            return db.scalar(select(Account.linked_at).where(Account.user_id == call.me.user))

        linked = await self._database.run(work)
        told: dict[str, Any] = {"on": self._on, "linked": linked is not None}
        return JSONResponse(told | {"linked_at": linked.isoformat() if linked else None})

    async def _make(self, call: Call[Nothing]) -> Response:
        if not self._on:
            error = {"code": "not_set_up", "message": words.OFF}
            return JSONResponse({"error": error}, 404)
        code, user = fresh_recovery(), call.me.user

        def work(db: Session) -> None:
            db.execute(delete(Code).where(or_(Code.user_id == user, Code.ends_at <= call.at)))
            db.add(Code(hash=_hash(code), user_id=user, ends_at=call.at + LASTS))
            record(
                db, call.at, "slack.code_made", user=user, about=user, address=call.address
            )  # fmt: skip

        await self._database.run(work)
        minutes = int(LASTS.total_seconds()) // 60
        return JSONResponse({"code": code, "type": f"/cp503 link {code}", "minutes": minutes})

    async def _remove(self, call: Call[Nothing]) -> Response:
        def work(db: Session) -> None:
            user = call.me.user
            db.execute(delete(Code).where(Code.user_id == user))
            gone = db.execute(delete(Account).where(Account.user_id == user))
            if getattr(gone, "rowcount", 0):
                record(
                    db, call.at, "slack.unlinked", user=user, about=user, address=call.address
                )  # fmt: skip

        await self._database.run(work)
        return JSONResponse({"linked": False})


def _hash(code: str) -> str:
    return recovery_hash("link", code)
