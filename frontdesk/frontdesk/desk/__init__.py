"""The desk, where advisors take over: its people. Who they are, what they may, when they are there."""

from __future__ import annotations

from starlette.routing import BaseRoute

from frontdesk.desk import people
from frontdesk.desk.access import ADVISOR, HALF, MANAGER, PUBLIC, Body, Call, Gate, current_user
from frontdesk.desk.audit import record, trim
from frontdesk.desk.core import Core
from frontdesk.desk.entry import Entry
from frontdesk.desk.front import Front
from frontdesk.desk.managing import Managing
from frontdesk.desk.models import User
from frontdesk.desk.open_hours import OpenHours
from frontdesk.desk.own import Own
from frontdesk.desk.refusals import Refused
from frontdesk.desk.replies import Replies
from frontdesk.desk.sessions import Who, find
from frontdesk.desk.setting_up import SettingUp
from frontdesk.desk.signing import SignIn
from frontdesk.desk.through_provider import ThroughProvider

__all__ = [
    "ADVISOR", "HALF", "MANAGER", "PUBLIC", "Body", "Call", "Core", "Desk", "Gate", "Refused", "Who",
    "current_user", "record",
]  # fmt: skip


class Desk:
    """Everything under /desk. Further parts make their routes with ``gate``."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self.gate = Gate(core)
        self.hours = OpenHours(core, self.gate)
        self._parts = (
            SignIn(core, self.gate), SettingUp(core, self.gate), Own(core, self.gate),
            Managing(core, self.gate), self.hours, ThroughProvider(core, self.gate),
            Replies(core, self.gate), Entry(self.gate), Front(core, self.gate),
        )  # fmt: skip

    def routes(self) -> list[BaseRoute]:
        """All routes of the desk's people."""
        return [route for part in self._parts for route in part.routes()]

    async def somebody(self) -> bool:
        """Whether anybody could sign in and take a case."""
        return await self._core.database.run(people.somebody)

    async def person(self, user: str) -> Who | None:
        """Whoever has this account, while it is open: for what they do elsewhere."""
        found = await self._core.database.run(lambda db: db.get(User, user))
        if found is None or found.disabled:
            return None
        return Who(found.id, found.name, found.display_name, found.role, True, "")

    async def trim_audit(self) -> int:
        """Delete what is older than AUDIT_DAYS from the audit log; how many entries that were."""
        at, days = self._core.clock(), self._core.settings.audit_days
        return await self._core.database.run(lambda db: trim(db, at, days))

    async def who(self, token: str | None, used: bool) -> Who | None:
        """Whoever is fully signed in with this cookie's value: for a socket, which has no route.

        ``used``: whether they did something, or the socket only looks whether they are still in.
        """
        if not token:
            return None
        at = self._core.clock()
        found = await self._core.database.run(lambda db: find(db, token, at, used))
        return found if found is not None and found.full else None
