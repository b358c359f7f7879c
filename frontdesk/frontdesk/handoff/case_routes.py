"""What the desk's pages ask about cases beside the live work place: past ones, follow-ups, numbers."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import ADVISOR, Body, Call, Core, Gate, Refused, record
from frontdesk.desk.access import Nothing
from frontdesk.desk.models import Audit
from frontdesk.desk.models import User as Account
from frontdesk.handoff import cases, may, numbers, past, queue
from frontdesk.handoff.models import Case
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.shown import whole
from frontdesk.ledger import Gone

DAYS_AHEAD = 7  # of follow-ups
READ = "case.read"


class Search(Body):
    """What is looked for; everything may be left out."""

    q: str = ""
    state: str = ""
    outcome: str = ""
    advisor: str = ""
    since: str = Field(default="", alias="from")
    until: str = Field(default="", alias="to")
    before: str = ""


class Day(Body):
    """Which day; today when none is given."""

    day: str = ""


class CaseRoutes:
    """The routes."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate
        self._zone = ZoneInfo(core.settings.desk_timezone)

    def routes(self) -> list[Route]:
        """Who sees which case is ``may``'s to say, not the route's."""
        route, path = self._gate.route, "/desk/api/cases"
        return [
            route("GET", path, ADVISOR, self._search, Search),
            route("GET", path + "/{case}", ADVISOR, self._read, Nothing),
            route("POST", path + "/{case}/followed", ADVISOR, self._followed, Nothing),
            route("GET", "/desk/api/follow-ups", ADVISOR, self._due, Nothing),
            route("GET", "/desk/api/numbers", ADVISOR, self._numbers, Day),
        ]

    async def _search(self, call: Call[Search]) -> Response:
        b = call.body
        try:
            what = past.wanted(
                self._zone, b.q, b.state, b.outcome, b.advisor, b.since, b.until, b.before
            )
        except ValueError as error:
            raise Refused("bad_search", what=str(error)) from None
        found = await self._core.database.read(lambda db: past.look(db, call.me, what))
        return JSONResponse(found)

    async def _read(self, call: Call[Nothing]) -> Response:
        """All of one case; who read it stands in the audit log."""
        case = call.request.path_params["case"]

        def work(db: Session) -> dict[str, Any]:
            found = whole(db, call.me, case, 0, call.at)
            record(db, call.at, READ, user=call.me.user, about=case, address=call.address)
            return found | {"moves": _moves(db, case)}

        return JSONResponse(await self._case(call, work))

    async def _followed(self, call: Call[Nothing]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            found = cases.lock(db, call.request.path_params["case"], call.me)
            if not may.change(call.me, found):
                raise Refused("no_case")
            if found.follow_up is None or found.closed_at is None:
                raise Refused("no_follow_up")
            cases.change(
                db, record, found, "case.followed", call.at, call.me.user,
                Case.followed_at.is_(None), followed_at=call.at,
                followed_by=call.me.display_name,
            )  # fmt: skip
            told = {"at": queue.moment(found.followed_at), "by": found.followed_by}
            return {"case": found.id, "followed": told}

        return JSONResponse(await self._case(call, work))

    async def _due(self, call: Call[Nothing]) -> Response:
        today = call.at.astimezone(self._zone).date()
        until = today.fromordinal(today.toordinal() + DAYS_AHEAD)
        found = await self._core.database.run(lambda db: past.due(db, call.me, until))
        return JSONResponse({"today": today.isoformat(), "cases": found})

    async def _numbers(self, call: Call[Day]) -> Response:
        try:
            day = past.day_of(call.body.day) or call.at.astimezone(self._zone).date()
        except ValueError as error:
            raise Refused("bad_day", what=str(error)) from None
        found = await self._core.database.read(
            lambda db: numbers.of_day(db, call.me, day, self._zone)
        )
        return JSONResponse(found)

    async def _case(self, call: Call[Any], work: Any) -> dict[str, Any]:
        try:
            found: dict[str, Any] = await self._core.database.run(work)
            return found
        except (Refusal, Gone):
            raise Refused("no_case") from None


def _moves(db: Session, case: str) -> list[dict[str, Any]]:
    """What happened to a case, in order, by whom."""
    entries = db.execute(
        select(Audit, Account.display_name)
        .outerjoin(Account, Account.id == Audit.user_id)
        .where(Audit.about == case, Audit.what != READ)
        .order_by(Audit.id)
    )
    return [
        {"at": e.at.isoformat(), "what": e.what, "by": name or None, "details": e.details}
        for e, name in entries
    ]
