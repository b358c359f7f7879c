"""What somebody changes of their own account; each change asks for the password once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import audit, factors, passwords, people, sessions, tries
from frontdesk.desk.access import ADVISOR, Body, Call, Gate, Nothing
from frontdesk.desk.core import Core
from frontdesk.desk.letting_in import name_try, signed_in
from frontdesk.desk.models import Passkey
from frontdesk.desk.refusals import Refused
from frontdesk.desk.setting_up import Label
from frontdesk.desk.signing import Answered, OneCode, Password


class Confirmed(Body):
    """The present password."""

    password: Password


class Change(Confirmed):
    """A new password."""

    fresh: Password


class OneKey(Confirmed):
    """One of one's passkeys."""

    id: Annotated[str, Field(max_length=1400)]


class Made(Answered):
    """A new passkey, and what its owner calls it."""

    label: Label = ""


class Own:
    """The routes of one's own account."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate

    def routes(self) -> list[Route]:
        """For everybody who is signed in."""
        route, me = self._gate.route, "/desk/api/me"
        return [
            route("POST", me + "/password", ADVISOR, self._change, Change),
            route("GET", me + "/factors", ADVISOR, self._factors, Nothing),
            route("POST", me + "/totp", ADVISOR, self._offer_totp, Confirmed),
            route("POST", me + "/totp/confirm", ADVISOR, self._confirm_totp, OneCode),
            route("POST", me + "/totp/remove", ADVISOR, self._remove_totp, Confirmed),
            route("POST", me + "/passkeys/options", ADVISOR, self._offer_passkey, Confirmed),
            route("POST", me + "/passkeys", ADVISOR, self._add_passkey, Made),
            route("POST", me + "/passkeys/remove", ADVISOR, self._remove_passkey, OneKey),
            route("POST", me + "/recovery", ADVISOR, self._new_recovery, Confirmed),
        ]

    async def _change(self, call: Call[Change]) -> Response:
        core, me = self._core, call.me
        await self._confirm(call, call.body.password)
        passwords.check(call.body.fresh, me.name, me.display_name)
        kept = await core.passwords.hash(call.body.fresh)

        def work(db: Session) -> str:
            people.get(db, me.user).password_hash = kept
            sessions.end_all(db, me.user)
            self._note(db, call, "password.changed")
            return sessions.begin(db, me.user, call.at, full=True)

        return await signed_in(core, call, me.user, await core.database.run(work))

    async def _factors(self, call: Call[Nothing]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            user = call.me.user
            return {
                "totp": "totp" in factors.kinds(db, user),
                "passkeys": [
                    {"id": k.id, "label": k.label, "created_at": k.created_at.isoformat()}
                    for k in factors.passkeys(db, user)
                ],
                "recovery_left": factors.recovery_left(db, user),
            }

        return JSONResponse(await self._core.database.run(work))

    async def _offer_totp(self, call: Call[Confirmed]) -> Response:
        core, me = self._core, call.me
        firm = core.settings.firm_name or "Desk"
        return await self._confirmed(
            call, lambda db: factors.offer_totp(db, core.keys, me.user, me.name, firm)
        )

    async def _confirm_totp(self, call: Call[OneCode]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            if not factors.confirm_totp(
                db, self._core.keys, call.me.user, call.body.code, call.at
            ):  # fmt: skip
                raise Refused("wrong_code")
            return self._note(db, call, "factor.added", factor="totp")

        return JSONResponse(await self._core.database.run(work))

    async def _remove_totp(self, call: Call[Confirmed]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            people.get(db, call.me.user)  # locked: two removals at once cannot take both
            if not factors.remove_totp(db, call.me.user):
                raise Refused("no_factor")
            return self._removed(db, call, "totp")

        return await self._confirmed(call, work)

    async def _offer_passkey(self, call: Call[Confirmed]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            me, known = call.me, factors.passkeys(db, call.me.user)
            made = self._core.passkeys(call.request).offer(
                me.user, me.name, me.display_name, known
            )  # fmt: skip
            sessions.set_challenge(db, me.session, made[1])
            return made[0]

        return await self._confirmed(call, work)

    async def _add_passkey(self, call: Call[Made]) -> Response:
        core, me, body = self._core, call.me, call.body
        kept = await core.database.run(lambda db: sessions.take_challenge(db, me.session))
        made = core.passkeys(call.request).made(
            body.credential, kept, me.user, body.label, call.at
        )  # fmt: skip

        def work(db: Session) -> dict[str, Any]:
            if db.get(Passkey, made.id) is not None:
                raise Refused("passkey_known")
            db.add(made)
            return self._note(db, call, "factor.added", factor="passkey")

        return JSONResponse(await core.database.run(work))

    async def _remove_passkey(self, call: Call[OneKey]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            people.get(db, call.me.user)
            key = db.get(Passkey, call.body.id)
            if key is None or key.user_id != call.me.user:
                raise Refused("no_factor")
            db.delete(key)
            db.flush()
            return self._removed(db, call, "passkey")

        return await self._confirmed(call, work)

    async def _new_recovery(self, call: Call[Confirmed]) -> Response:
        def work(db: Session) -> dict[str, Any]:
            codes = factors.new_recovery(db, call.me.user)
            return self._note(db, call, "recovery.renewed") | {"recovery": codes}

        return await self._confirmed(call, work)

    def _removed(self, db: Session, call: Call[Any], kind: str) -> dict[str, Any]:
        if not factors.kinds(db, call.me.user):
            raise Refused("last_factor")
        return self._note(db, call, "factor.removed", factor=kind)

    def _note(self, db: Session, call: Call[Any], what: str, **details: str) -> dict[str, Any]:
        me = call.me.user
        audit.record(db, call.at, what, user=me, about=me, address=call.address, **details)
        return {"done": True}

    async def _confirmed(
        self, call: Call[Any], work: Callable[[Session], dict[str, Any]]
    ) -> Response:
        await self._confirm(call, call.body.password)
        return JSONResponse(await self._core.database.run(work))

    async def _confirm(self, call: Call[Any], password: str) -> None:
        """Refused unless it is the caller's password; who found an open browser may not guess on."""
        core, user = self._core, call.me.user
        kept = await core.database.run(lambda db: people.get(db, user).password_hash)
        if kept is None:
            raise Refused("provider_signs_in")
        counted = [name_try(core, call.me.name), "address:" + call.address]
        taken = await core.database.run(lambda db: tries.take(db, counted, call.at))
        if not await core.passwords.fits(kept, password):
            await core.database.run(lambda db: self._note(db, call, "password.failed"))
            raise Refused("wrong_own_password")
        await core.database.run(lambda db: tries.give_back(db, taken))
