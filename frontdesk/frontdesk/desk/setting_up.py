"""Setting an account up through its link: a password, a second factor, and recovery codes.

The code of the link stands behind the # of its address, so no server or proxy writes it into a log.
Until the last step nothing changes: who breaks off can begin again with the same link.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import audit, factors, passwords, people, sessions, tries
from frontdesk.desk.access import PUBLIC, Body, Call, Gate
from frontdesk.desk.core import Core
from frontdesk.desk.letting_in import name_try, signed_in
from frontdesk.desk.models import Passkey
from frontdesk.desk.refusals import Refused
from frontdesk.desk.signing import Code, Password

Label = Annotated[str, Field(max_length=60)]


class Link(Body):
    """The link's code."""

    code: Annotated[str, Field(max_length=100)]


class Finish(Link):
    """All that was chosen: a first code of the app, or the passkey just made."""

    password: Password
    totp: Code | None = None
    passkey: dict[str, Any] | None = None
    label: Label = ""


def link(core: Core, request: Request, code: str) -> str:
    """The address to hand to whoever sets their account up."""
    return f"{core.origin(request)}/desk/setup#{code}"


class SettingUp:
    """The routes behind a set-up link."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate

    def routes(self) -> list[Route]:
        """For whoever holds the link."""
        route = self._gate.route
        return [
            route("POST", "/desk/api/setup", PUBLIC, self._look, Link),
            route("POST", "/desk/api/setup/totp", PUBLIC, self._totp, Link),
            route("POST", "/desk/api/setup/passkey/options", PUBLIC, self._passkey, Link),
            route("POST", "/desk/api/setup/finish", PUBLIC, self._finish, Finish),
        ]

    async def _look(self, call: Call[Link]) -> Response:
        user = await self._core.database.run(
            lambda db: people.invited(db, call.body.code, call.at)
        )  # fmt: skip
        told = {"name": user.name, "display_name": user.display_name, "role": user.role}
        return JSONResponse(told | {"least": passwords.LEAST})

    async def _totp(self, call: Call[Link]) -> Response:
        core = self._core

        def work(db: Session) -> dict[str, str]:
            user = people.invited(db, call.body.code, call.at)
            firm = core.settings.firm_name or "Desk"
            return factors.offer_totp(db, core.keys, user.id, user.name, firm)

        return JSONResponse(await core.database.run(work))

    async def _passkey(self, call: Call[Link]) -> Response:
        core = self._core

        def work(db: Session) -> dict[str, Any]:
            user = people.invited(db, call.body.code, call.at)
            made = core.passkeys(call.request).offer(user.id, user.name, user.display_name, [])
            people.set_invitation_challenge(db, call.body.code, made[1])
            return made[0]

        return JSONResponse(await core.database.run(work))

    async def _finish(self, call: Call[Finish]) -> Response:
        core, body, at = self._core, call.body, call.at
        if (body.totp is None) == (body.passkey is None):
            raise Refused(
                "bad_request", what="a code of an app or a passkey belongs to it, not both"
            )
        user = await core.database.run(lambda db: people.invited(db, body.code, at))
        passwords.check(body.password, user.name, user.display_name)
        kept = await core.passwords.hash(body.password)

        def work(db: Session) -> tuple[str, list[str]]:
            now = people.get(db, people.invited(db, body.code, at).id)
            challenge = people.set_invitation_challenge(db, body.code, None)
            people.take_invitation(db, body.code)
            if body.passkey is not None:
                made = core.passkeys(call.request).made(
                    body.passkey, challenge, now.id, body.label, at
                )  # fmt: skip
                if db.get(Passkey, made.id) is not None:
                    raise Refused("passkey_known")
                db.add(made)
            elif not factors.confirm_totp(db, core.keys, now.id, body.totp or "", at):
                raise Refused("wrong_code")
            now.password_hash = kept
            sessions.end_all(db, now.id)
            tries.clear(db, [name_try(core, now.name), "factor:" + now.id])
            kind = "totp" if body.passkey is None else "passkey"
            audit.record(
                db, at, "account.set_up", user=now.id, about=now.id, address=call.address,
                factor=kind,
            )  # fmt: skip
            token = sessions.begin(db, now.id, at, full=True)
            return token, factors.new_recovery(db, now.id)

        token, codes = await core.database.run(work)
        return await signed_in(core, call, user.id, token, recovery=codes)
