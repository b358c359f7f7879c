"""The firm's opening hours in the database, and their routes."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import audit, hours
from frontdesk.desk.access import ADVISOR, MANAGER, Body, Call, Gate, Nothing
from frontdesk.desk.core import Core
from frontdesk.desk.hours import Opening
from frontdesk.desk.models import Hours
from frontdesk.desk.refusals import Refused

_ONE = 1  # the row


class Written(Body):
    """Hours as a manager writes them; Monday first: [["09:00", "12:00"], ["13:00", "17:00"]]."""

    weekly: Annotated[list[Annotated[list[list[str]], Field(max_length=12)]], Field(max_length=7)]
    holidays: bool = True
    closed: Annotated[list[str], Field(max_length=366)] = []


class OpenHours:
    """What the rest of the frontdesk asks, and the routes."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate
        self._zone = ZoneInfo(core.settings.desk_timezone)

    def routes(self) -> list[Route]:
        """Advisors read, managers write."""
        path = "/desk/api/hours"
        return [
            self._gate.route("GET", path, ADVISOR, self._show, Nothing),
            self._gate.route("PUT", path, MANAGER, self._change, Written),
        ]

    async def opening(self) -> Opening:
        """The firm's hours."""
        return await self._core.database.run(self._read)

    async def open_at(self, moment: datetime) -> bool:
        """Whether the desk is open then."""
        return hours.open_at(await self.opening(), moment)

    async def next_opening(self, moment: datetime) -> datetime | None:
        """When it is open next: ``moment`` while it is open, None if never."""
        return hours.next_opening(await self.opening(), moment)

    def _read(self, db: Session) -> Opening:
        row = db.get(Hours, _ONE)
        if row is None:
            return hours.usual(self._zone)
        return hours.parse(self._zone, row.weekly, row.holidays, row.closed)

    async def _show(self, call: Call[Nothing]) -> Response:
        return JSONResponse(self._told(await self.opening(), call.at))

    async def _change(self, call: Call[Written]) -> Response:
        body = call.body
        try:
            opening = hours.parse(self._zone, body.weekly, body.holidays, body.closed)
        except ValueError as error:
            raise Refused("bad_hours", what=str(error)) from None
        weekly, closed = hours.written(opening)

        def work(db: Session) -> None:
            db.merge(Hours(id=_ONE, weekly=weekly, holidays=opening.holidays, closed=closed))
            audit.record(db, call.at, "hours.changed", user=call.me.user, address=call.address)

        await self._core.database.run(work)
        return JSONResponse(self._told(opening, call.at))

    def _told(self, opening: Opening, at: datetime) -> dict[str, Any]:
        weekly, closed = hours.written(opening)
        after = hours.next_opening(opening, at)
        return {
            "zone": opening.zone.key,
            "weekly": weekly,
            "holidays": opening.holidays,
            "closed": closed,
            "open": hours.open_at(opening, at),
            "next": after.isoformat() if after is not None else None,
        }
