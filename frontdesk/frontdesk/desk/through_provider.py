"""Signing in through the firm's provider: there, and back with an account that a manager made.

The second factor is then the provider's. What the browser needs on the way back (state, nonce, PKCE
verifier) it carries itself, encrypted, in a cookie of ten minutes: nothing is kept for those who
never come back, and a code that another browser fetched is of no use here.
"""

from __future__ import annotations

import html
import json
from typing import Annotated

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from frontdesk.desk import audit, cookies, people, sessions
from frontdesk.desk.access import PUBLIC, Body, Call, Gate, Nothing
from frontdesk.desk.core import Core
from frontdesk.desk.keys import fresh_token
from frontdesk.desk.models import User
from frontdesk.desk.oidc import Claims, Provider
from frontdesk.desk.refusals import Refused

_PATH = "/desk/api/oidc"
_PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{more}'
    '</head><body><main><h1>{title}</h1><p>{text}</p><p><a href="{to}">{go}</a></p></main></body>'
    "</html>"
)
_Word = Annotated[str, Field(max_length=4000)]


class Back(Body):
    """What the provider sends the browser back with."""

    model_config = {"extra": "ignore", "strict": True}  # providers add words of their own

    code: _Word = ""
    state: _Word = ""
    error: _Word = ""


class ThroughProvider:
    """The two routes of it."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate
        self._provider = Provider(core.settings)

    def routes(self) -> list[Route]:
        """For everybody."""
        return [
            self._gate.route("GET", _PATH + "/start", PUBLIC, self._start, Nothing),
            self._gate.route("GET", _PATH + "/callback", PUBLIC, self._page, Back),
        ]

    async def _start(self, call: Call[Nothing]) -> Response:
        core, (state, nonce, verifier) = self._core, (fresh_token() for _ in range(3))
        back = core.origin(call.request) + _PATH + "/callback"
        try:
            there = await self._provider.address(back, state, nonce, verifier)
        except Refused as refused:
            return _told(refused)
        answer = RedirectResponse(there, 303)
        carried = core.keys.carry(json.dumps([state, nonce, verifier]))
        cookies.give_trip(answer, carried, core.is_https(call.request))
        return answer

    async def _page(self, call: Call[Back]) -> Response:
        https = self._core.is_https(call.request)
        try:
            answer = await self._back(call, https)
        except Refused as refused:
            answer = _told(refused)
        cookies.end_trip(answer, https)
        return answer

    async def _back(self, call: Call[Back], https: bool) -> Response:
        core = self._core
        sealed = cookies.read_trip(call.request, https) or ""
        trip = core.keys.carried(sealed, cookies.TRIP_SECONDS)
        if trip is None or call.body.error or not call.body.code:
            raise Refused("provider_refused")
        state, nonce, verifier = json.loads(trip)
        if not core.keys.same(call.body.state, state):
            raise Refused("provider_refused")
        back = core.origin(call.request) + _PATH + "/callback"
        claims = await self._provider.claims(back, call.body.code, nonce, verifier)

        def work(db: Session) -> str | None:
            user = self._account(db, call, claims)
            if user is None:
                audit.record(
                    db, call.at, "sign_in.failed", user=None, address=call.address, step="provider"
                )
                return None
            if call.who is not None:
                sessions.end(db, call.who.session)
            audit.record(
                db, call.at, "signed_in", user=user.id, address=call.address, factor="provider"
            )
            return sessions.begin(db, user.id, call.at, full=True)

        token = await core.database.run(work)
        if token is None:
            raise Refused("no_account")
        # A page and no redirect: a strict cookie is not sent along on a way that began elsewhere.
        more = '<meta http-equiv="refresh" content="0;url=/desk/sign-in">'
        to = "/desk/sign-in"  # which goes on to the desk
        answer = _filled("You are signed in", "The desk opens.", to, "Open the desk", more)
        cookies.give(answer, token, https)
        return answer

    def _account(self, db: Session, call: Call[Back], claims: Claims) -> User | None:
        """By the provider's subject; at the first time by the e-mail, which is then done with."""
        groups = self._core.settings.desk_groups
        role = _role(groups, claims)
        user = db.scalar(select(User).where(User.subject == claims.subject).with_for_update())
        if user is None and claims.email:
            mine = User.email == people.name_key(claims.email), User.subject.is_(None)
            user = db.scalar(select(User).where(*mine).with_for_update())
        if user is None or user.disabled or (groups and role is None):
            return None
        if user.subject is None:
            user.subject = claims.subject
            audit.record(db, call.at, "account.joined", user=user.id, address=call.address)
        if role is not None and role != user.role:
            try:
                people.set_role(db, user.id, role)
                what = "user.role"
            except (
                Refused
            ):  # the last manager: the provider's groups may not leave the firm without
                what = "user.role_kept"
            audit.record(db, call.at, what, user=None, about=user.id, role=role)
        return user


def _role(groups: dict[str, str], claims: Claims) -> str | None:
    roles = {groups[g] for g in claims.groups & groups.keys()}
    return "manager" if "manager" in roles else "advisor" if roles else None


def _told(refused: Refused) -> Response:
    answer = _filled("Not signed in", refused.message, "/desk/sign-in", "Back to signing in")
    answer.status_code = refused.status
    return answer


def _filled(title: str, text: str, to: str, go: str, more: str = "") -> Response:
    return HTMLResponse(
        _PAGE.format(title=html.escape(title), text=html.escape(text), to=to, go=go, more=more)
    )
