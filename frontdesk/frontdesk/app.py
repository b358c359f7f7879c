"""The ASGI application: the page, its socket, and whether everything works."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import socketio
import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk import pages
from frontdesk.brain import Brain
from frontdesk.channels import Channel
from frontdesk.channels.website import Website
from frontdesk.channels.website.papers import Papers
from frontdesk.desk import Core, Desk, record
from frontdesk.forgetting import Forgetting
from frontdesk.handoff import Handoff
from frontdesk.handoff.case_routes import CaseRoutes
from frontdesk.handoff.signed_in import by_cookie
from frontdesk.ledger import Database, Leases, Ledger, Marks, Privacy, address
from frontdesk.ledger.migrate import migrate
from frontdesk.outward import Outward
from frontdesk.settings import Settings
from frontdesk.slack import Slack
from frontdesk.turns import Deliver, Turns

log = structlog.get_logger()

OFF = "off: HANDOFF is false"

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self' ws: wss:; font-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


def make_app(settings: Settings) -> ASGIApp:
    """Everything behind one port."""
    settings.folder.mkdir(parents=True, exist_ok=True)
    url = address(settings.folder, settings.database_url)
    database = Database(url)
    ledger = Ledger(database)
    # A SQLite file has one frontdesk; a PostgreSQL may have several, if only while one is replaced.
    leases = Leases(database) if settings.database_url else None
    brain = Brain(settings)
    marks, privacy = Marks(database), Privacy(database)
    papers = Papers(settings, ledger, marks)
    core = Core.of(settings, database)
    desk = Desk(core)
    forgetting = Forgetting(privacy, brain, settings.keep_days, [desk.trim_audit])
    website = Website(settings, ledger, marks, privacy, forgetting, papers)
    channels: list[Channel] = [website, Slack(settings, database, forgetting, desk)]
    outward = Outward(settings, database, desk)
    website.mail_me = outward.mail_me
    deliver = Deliver.to_all([c.deliver for c in channels])
    handoff = None
    if settings.handoff:
        handoff = Handoff(
            settings, database, website, deliver, forgetting,
            sign_in=by_cookie(desk, settings.desk_origin), audit=outward.noting(record),
            hours=desk.hours, somebody=desk.somebody, elsewhere=outward.chatwoot,
        )  # fmt: skip
        outward.serve(handoff)
    else:
        log.info("hand-over to a person", state=OFF)
    turns = Turns(ledger, brain, deliver, leases, handoff.relay if handoff else None)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await asyncio.to_thread(migrate, url)
        for channel in channels:
            await channel.start(turns, handoff)
        await turns.resume()
        forgetting.start()
        if handoff:
            handoff.start()
        outward.start()
        yield
        await outward.stop()
        if handoff:
            await handoff.stop()
        await forgetting.stop()
        for channel in channels:
            await channel.stop()
        await turns.stop()
        await brain.close()
        await database.close()

    async def health(_: Request) -> Response:
        report: dict[str, Any] = {"frontdesk": "ok", **await brain.health()}
        try:
            await ledger.works()
            report["handoff"] = await handoff.told() if handoff else OFF
        except (SQLAlchemyError, OSError) as error:
            report["frontdesk"] = f"cannot write to its database ({type(error).__name__})"
        with contextlib.suppress(SQLAlchemyError, OSError):  # said above
            # Nobody who talks here is the worse for it, so it changes nothing about the status.
            report |= {"outward": told} if (told := await outward.health()) else {}
        works = all(report[part] == "ok" for part in ("frontdesk", "rasa", "actions"))
        report = {"status": "ok" if works else "not working", **report}
        return JSONResponse(report, 200 if works else 503, {"cache-control": "no-store"})

    async def live(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def ready(_: Request) -> Response:
        """Whether messages can be taken; Rasa may be away, they are kept meanwhile."""
        try:
            await ledger.works()
        except (SQLAlchemyError, OSError):
            return PlainTextResponse("no database", 503)
        return PlainTextResponse("ok")

    starlette = Starlette(
        routes=[
            Route("/health", health),
            Route("/live", live),
            Route("/ready", ready),
            *(route for channel in channels for route in channel.routes()),
            *desk.routes(),
            *outward.routes(),
            *CaseRoutes(core, desk.gate).routes(),
            *pages.routes(settings.web_dir),
        ],
        lifespan=lifespan,
    )
    return _with_headers(socketio.ASGIApp(website.io, other_asgi_app=starlette))


def _with_headers(app: ASGIApp) -> ASGIApp:
    """Security headers on every answer; one that an answer brings itself stays as it is."""
    extra = [(k.encode(), v.encode()) for k, v in _HEADERS.items()]

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = list(message.get("headers", []))
                named = {name.lower() for name, _ in own}
                message["headers"] = [*own, *(e for e in extra if e[0] not in named)]
            await send(message)

        await app(scope, receive, send_more if scope["type"] == "http" else send)

    return wrapped
