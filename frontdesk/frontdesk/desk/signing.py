"""Signing in: a password, then a second factor; who am I; signing out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk.desk import audit, cookies, factors, people, sessions, tries
from frontdesk.desk.access import HALF, PUBLIC, Body, Call, Gate, Nothing
from frontdesk.desk.core import Core
from frontdesk.desk.letting_in import name_try, public, signed_in, with_session
from frontdesk.desk.passwords import MOST
from frontdesk.desk.refusals import Refused
from frontdesk.desk.sessions import Who

Password = Annotated[str, Field(max_length=4 * MOST)]
Code = Annotated[str, Field(max_length=64)]


class NameAndPassword(Body):
    """The first step."""

    name: Annotated[str, Field(max_length=254)]
    password: Password


class OneCode(Body):
    """Of an authenticator app, or a recovery code."""

    code: Code


class Answered(Body):
    """What navigator.credentials gave, as JSON."""

    credential: dict[str, Any]


class SignIn:
    """The routes of signing in."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate

    def routes(self) -> list[Route]:
        """For everybody, and for those who gave their password."""
        route, second = self._gate.route, "/desk/api/second-factor"
        return [
            route("GET", "/desk/api/ways", PUBLIC, self._ways, Nothing),
            route("POST", "/desk/api/sign-in", PUBLIC, self._password, NameAndPassword),
            route("GET", "/desk/api/me", HALF, self._me, Nothing),
            route("POST", "/desk/api/sign-out", HALF, self._sign_out, Nothing),
            route("POST", second + "/totp", HALF, self._totp, OneCode),
            route("POST", second + "/recovery", HALF, self._recovery, OneCode),
            route("POST", second + "/passkey/options", HALF, self._passkey_options, Nothing),
            route("POST", second + "/passkey", HALF, self._passkey, Answered),
        ]

    async def _ways(self, _: Call[Nothing]) -> Response:
        return JSONResponse({"password": True, "oidc": bool(self._core.settings.desk_oidc_issuer)})

    async def _password(self, call: Call[NameAndPassword]) -> Response:
        core, at = self._core, call.at
        name = name_try(core, call.body.name)
        counted = [name, "address:" + call.address]
        taken = await core.database.run(lambda db: tries.take(db, counted, at))
        user = await core.database.run(lambda db: people.named(db, call.body.name))
        kept = user.password_hash if user is not None and not user.disabled else None
        if not await core.passwords.fits(kept, call.body.password) or user is None or kept is None:
            known = user.id if user is not None else None
            await self._failed(call, known, "password", name in taken and taken[name] is not None)
            raise Refused("wrong_password")
        better = None
        if core.passwords.is_dated(kept):
            better = await core.passwords.hash(call.body.password)

        def work(db: Session) -> tuple[str, list[str]]:
            now = people.get(db, user.id)
            if now.password_hash != kept or now.disabled:  # changed while it was being checked
                raise Refused("wrong_password")
            now.password_hash = better or kept
            tries.give_back(db, taken)
            if call.who is not None:
                sessions.end(db, call.who.session)
            found = factors.kinds(db, user.id)
            if not found:
                raise Refused("no_second_factor")
            return sessions.begin(db, user.id, at, full=False), found

        token, found = await core.database.run(work)
        told = {"signed_in": "half", "factors": found, "csrf": core.keys.csrf(token)}
        return with_session(core, call, told, token)

    async def _totp(self, call: Call[OneCode]) -> Response:
        keys, user, code = self._core.keys, call.me.user, call.body.code
        return await self._second(
            call, "totp", lambda db: factors.take_totp(db, keys, user, code, call.at), "wrong_code"
        )

    async def _recovery(self, call: Call[OneCode]) -> Response:
        user, code = call.me.user, call.body.code
        return await self._second(
            call,
            "recovery",
            lambda db: factors.take_recovery(db, user, code, call.at),
            "wrong_recovery",
        )

    async def _passkey_options(self, call: Call[Nothing]) -> Response:
        core, me = self._core, _half(call)

        def work(db: Session) -> dict[str, Any]:
            known = factors.passkeys(db, me.user)
            if not known:
                raise Refused("no_factor")
            options, challenge = core.passkeys(call.request).ask(known)
            sessions.set_challenge(db, me.session, challenge)
            return options

        return JSONResponse(await core.database.run(work))

    async def _passkey(self, call: Call[Answered]) -> Response:
        core, me = self._core, _half(call)
        passkeys = core.passkeys(call.request)
        kept = await core.database.run(lambda db: sessions.take_challenge(db, me.session))

        def check(db: Session) -> bool:
            return passkeys.take(db, call.body.credential, kept, me.user)

        return await self._second(call, "passkey", check, "wrong_passkey")

    async def _second(
        self, call: Call[Any], kind: str, check: Callable[[Session], bool], code: str
    ) -> Response:
        core, me, at = self._core, _half(call), call.at
        own, address = "factor:" + me.user, "address:" + call.address
        taken = await core.database.run(lambda db: tries.take(db, [own, address], at))

        def work(db: Session) -> str | None:
            if not check(db):
                return None
            if not sessions.end(db, me.session):
                raise Refused("not_signed_in")
            tries.give_back(db, taken)
            tries.clear(db, [own, name_try(core, me.name)])
            tries.tidy(db, at)
            audit.record(
                db, at, "signed_in", user=me.user, address=call.address, factor=kind
            )  # fmt: skip
            return sessions.begin(db, me.user, at, full=True)

        token = await core.database.run(work)
        if token is None:
            await self._failed(call, me.user, kind, taken[own] is not None)
            raise Refused(code)
        return await signed_in(core, call, me.user, token)

    async def _failed(self, call: Call[Any], user: str | None, kind: str, closed: bool) -> None:
        """Note it; of a name without an account only that there was one."""
        await self._core.database.run(
            lambda db: audit.record(
                db, call.at, "sign_in.failed", user=user, address=call.address, step=kind,
                closed=closed,
            )
        )  # fmt: skip

    async def _me(self, call: Call[Nothing]) -> Response:
        core, me = self._core, call.me
        token = cookies.read(call.request, core.is_https(call.request)) or ""
        told: dict[str, Any] = {"csrf": core.keys.csrf(token)}
        if me.full:
            told |= {"signed_in": "full", "user": public(me)}
        else:
            found = await core.database.run(lambda db: factors.kinds(db, me.user))
            told |= {"signed_in": "half", "factors": found}
        return JSONResponse(told)

    async def _sign_out(self, call: Call[Nothing]) -> Response:
        me = call.me

        def work(db: Session) -> None:
            sessions.end(db, me.session)
            audit.record(db, call.at, "signed_out", user=me.user, address=call.address)

        await self._core.database.run(work)
        answer = JSONResponse({"signed_in": None})
        cookies.take_away(answer, self._core.is_https(call.request))
        return answer


def _half(call: Call[Any]) -> Who:
    if call.me.full:
        raise Refused("signed_in_already")
    return call.me
