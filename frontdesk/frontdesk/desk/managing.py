"""What managers do: accounts of the others, and reading the audit log."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import audit, factors, people
from frontdesk.desk.access import MANAGER, Body, Call, Gate, Nothing
from frontdesk.desk.core import Core
from frontdesk.desk.models import Audit, User
from frontdesk.desk.setting_up import link

Role = Literal["advisor", "manager"]


class NewUser(Body):
    """An account to make; the e-mail is how the firm's sign-in provider names them."""

    name: Annotated[str, Field(max_length=64)]
    display_name: Annotated[str, Field(max_length=80)] = ""
    role: Role = "advisor"
    email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")] | None = None


class ForRole(Body):
    """Which role."""

    role: Role


class Closed(Body):
    """Whether the account is closed."""

    disabled: bool


class Page(Body):
    """Which entries of the audit log."""

    before: int | None = None
    user: str | None = None
    about: str | None = None


class Managing:
    """The routes of managers."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate

    def routes(self) -> list[Route]:
        """For managers only."""
        route, users = self._gate.route, "/desk/api/users"
        return [
            route("GET", users, MANAGER, self._users, Nothing),
            route("POST", users, MANAGER, self._create, NewUser),
            route("POST", users + "/{user}/disabled", MANAGER, self._disable, Closed),
            route("POST", users + "/{user}/role", MANAGER, self._role, ForRole),
            route("POST", users + "/{user}/reset", MANAGER, self._reset, Nothing),
            route("GET", "/desk/api/audit", MANAGER, self._audit, Page),
        ]

    async def _users(self, _: Call[Nothing]) -> Response:
        def work(db: Session) -> list[dict[str, Any]]:
            return [_shown(db, user) for user in people.everybody(db)]

        return JSONResponse({"users": await self._core.database.run(work)})

    async def _create(self, call: Call[NewUser]) -> Response:
        body = call.body

        def work(db: Session) -> tuple[dict[str, Any], str]:
            made = people.create(
                db, body.name, body.display_name, body.role, body.email, call.at
            )  # fmt: skip
            self._note(db, call, "user.created", made.id, role=made.role)
            return _shown(db, made), people.invite(db, made.id, call.at)

        user, code = await self._core.database.run(work)
        return JSONResponse({"user": user, "link": link(self._core, call.request, code)}, 201)

    async def _disable(self, call: Call[Closed]) -> Response:
        def work(db: Session, user: str) -> None:
            people.set_disabled(db, user, call.body.disabled)
            what = "user.disabled" if call.body.disabled else "user.enabled"
            self._note(db, call, what, user)

        return await self._change(call, work)

    async def _role(self, call: Call[ForRole]) -> Response:
        def work(db: Session, user: str) -> None:
            people.set_role(db, user, call.body.role)
            self._note(db, call, "user.role", user, role=call.body.role)

        return await self._change(call, work)

    async def _reset(self, call: Call[Nothing]) -> Response:
        def work(db: Session) -> str:
            user = people.get(db, call.request.path_params["user"]).id
            people.keep_a_manager(db, user)
            self._note(db, call, "user.reset", user)
            return people.reset(db, user, call.at)

        code = await self._core.database.run(work)
        return JSONResponse({"link": link(self._core, call.request, code)})

    async def _change(self, call: Call[Any], change: Any) -> Response:
        def work(db: Session) -> dict[str, Any]:
            user = call.request.path_params["user"]
            change(db, user)
            return _shown(db, people.get(db, user))

        return JSONResponse({"user": await self._core.database.run(work)})

    async def _audit(self, call: Call[Page]) -> Response:
        page = call.body

        def work(db: Session) -> dict[str, Any]:
            found = audit.read(db, page.before, page.user, page.about)
            more = found[-1].id if len(found) == audit.PAGE else None
            return {"entries": [_entry(e) for e in found], "before": more}

        return JSONResponse(await self._core.database.run(work))

    def _note(self, db: Session, call: Call[Any], what: str, about: str, **details: str) -> None:
        audit.record(
            db, call.at, what, user=call.me.user, about=about, address=call.address, **details
        )


def _shown(db: Session, user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "display_name": user.display_name,
        "role": user.role,
        "email": user.email,
        "disabled": user.disabled,
        "set_up": user.password_hash is not None or user.subject is not None,
        "factors": factors.kinds(db, user.id),
        "created_at": user.created_at.isoformat(),
    }


def _entry(entry: Audit) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "user": entry.user_id,
        "what": entry.what,
        "about": entry.about,
        "address": entry.address,
        "details": entry.details,
    }
