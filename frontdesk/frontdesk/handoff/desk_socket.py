"""The desk's socket: namespace ``/desk`` beside the website's, for who is signed in at the desk.

Who may still sit here is asked at every event and every few seconds: a session that ended or a role
that changed takes effect at once. What is shown live can always be read again with ``open`` and a
number, so a cut loses nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import socketio
import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.handoff import cases, may, queue
from frontdesk.handoff.cases import Clock
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import WAITING
from frontdesk.ledger import Database, Message

log = structlog.get_logger()

NAMESPACE = "/desk"
EVERYBODY = "everybody"
LAST_WORDS = 0.2  # seconds
# Whoever a connection belongs to; with True, somebody did something: their session is in use.
SignIn = Callable[[dict[str, Any], bool], Awaitable[User | None]]


class DeskSocket:
    """Who is connected, what they look at, and what they are told: the built-in provider."""

    def __init__(
        self,
        io: socketio.AsyncServer,
        database: Database,
        sign_in: SignIn,
        clock: Clock,
        grace: timedelta,
        origin: str = "",
    ) -> None:
        self.grace = grace
        self._io, self._database, self._clock = io, database, clock
        self._sign_in, self._origin = sign_in, origin
        self._here: dict[str, tuple[User, dict[str, Any]]] = {}
        self._open: dict[str, set[str]] = {}  # the cases each browser has open
        io.on("connect", self._connect, namespace=NAMESPACE)
        io.on("disconnect", self._disconnect, namespace=NAMESPACE)

    async def who(self, sid: str, used: bool) -> User | None:
        """Whoever a browser belongs to, if they are signed in still; ``used``: they did something."""
        held = self._here.get(sid)
        user = await self._sign_in(held[1], used) if held else None
        if held and (user is None or user.role not in may.ROLES or user.user != held[0].user):
            self._here.pop(sid, None)
            self._open.pop(sid, None)
            for room in self._io.rooms(sid, namespace=NAMESPACE):
                if room != sid:
                    await self._io.leave_room(sid, room, namespace=NAMESPACE)
            self._io.start_background_task(self._out, sid)
            return None
        if held and user is not None:
            self._here[sid] = (user, held[1])
        return user

    async def _connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        """Only from the desk's own page: the cookie alone would let another site's page in."""
        try:
            user = await self._sign_in(environ, False) if own_page(environ, self._origin) else None
            if user is None or user.role not in may.ROLES:
                raise socketio.exceptions.ConnectionRefusedError("not_signed_in")
            self._here[sid] = (user, environ)
            await self._beat_of([user])
        except (SQLAlchemyError, OSError) as error:
            self._here.pop(sid, None)
            log.error("ledger failed", error=type(error).__name__)
            raise socketio.exceptions.ConnectionRefusedError("not_now") from error
        await self._io.enter_room(sid, EVERYBODY, namespace=NAMESPACE)
        await self._io.enter_room(sid, user.user, namespace=NAMESPACE)

    async def _disconnect(self, sid: str, *_: Any) -> None:
        self._here.pop(sid, None)
        self._open.pop(sid, None)

    async def _out(self, sid: str) -> None:
        await asyncio.sleep(LAST_WORDS)  # what it asked last is still acknowledged
        await self._io.emit("signed_out", {}, to=sid, namespace=NAMESPACE)
        await self._io.disconnect(sid, namespace=NAMESPACE)

    async def beat(self) -> None:
        """Say of everybody connected here that they are there; let go of who is signed out."""
        there: dict[str, User] = {}
        for sid in list(self._here):
            user = await self.who(sid, used=False)
            if user is not None:
                there[user.user] = user
        await self._beat_of(list(there.values()))

    async def _beat_of(self, users: Sequence[User]) -> None:
        at = self._clock()
        ordered = sorted(users, key=lambda user: user.user)  # so that two processes never deadlock

        def work(db: Session) -> None:
            for user in ordered:
                queue.seen(db, user, at)

        if ordered:
            await self._database.run(work)

    async def look(self, sid: str, user: User, case: Case) -> None:
        """From now on show a browser what is said in a case it may see."""
        self._open.setdefault(sid, set()).add(case.id)
        for room in _rooms(user, case):
            await self._io.enter_room(sid, room, namespace=NAMESPACE)

    async def tell(self, event: str, body: dict[str, Any], case: Case) -> None:
        """Send to whoever may see a case as it is now, and has it open."""
        rooms = (_owner_room(case), _managers_room(case))
        # One emit for both rooms: somebody in both gets it once.
        await self._io.emit(event, {"case": case.id, **body}, room=list(rooms), namespace=NAMESPACE)

    # What the hand-over tells (HandoffProvider)

    async def queue_changed(self) -> None:
        waiting = await self._database.run(lambda db: queue.order(db, self._clock()))
        body = {"waiting": [one.shown() for one in waiting]}
        await self._io.emit("queue", body, room=EVERYBODY, namespace=NAMESPACE)

    async def messages(self, case: Case, messages: Sequence[Message]) -> None:
        for message in messages:
            await self.tell("message", {"message": message.public()}, case)

    async def case_changed(self, case: Case) -> None:
        body = {
            "case": case.id, "state": case.state, "advisor": case.advisor_name,
            "advisor_id": case.advisor_id,
        }  # fmt: skip
        # Without a word of the conversation, so everybody who had it open may know.
        await self._io.emit("case", body, room=EVERYBODY, namespace=NAMESPACE)

    async def visitor_typing(self, case: Case, on: bool) -> None:
        await self.tell("typing", {"on": on}, case)

    async def visitor_present(self, conversation: str, on: bool) -> None:
        case = await self._database.run(lambda db: cases.live(db, conversation))
        if case is not None:
            await self.tell("presence", {"visitor": on}, case)

    async def forgotten(self) -> None:
        """Tell browsers which of the cases they have open are gone."""
        for sid, opened in list(self._open.items()):
            ids = list(opened)
            left = await self._database.run(partial(_left, ids=ids))
            for case in set(ids) - left:
                opened.discard(case)
                await self._io.emit("gone", {"case": case}, to=sid, namespace=NAMESPACE)


def own_page(environ: dict[str, Any], origin: str) -> bool:
    """Whether a browser connects from the desk's own page; a program sends no origin."""
    came = environ.get("HTTP_ORIGIN")
    if came is None:
        return True
    asked = environ.get("HTTP_X_FORWARDED_HOST") or environ.get("HTTP_HOST") or ""
    own = asked.split(",")[0].strip()
    return bool(came == origin if origin else urlsplit(came).netloc == own)


def _rooms(user: User, case: Case) -> list[str]:
    """Rooms carry the owner's name, so that nobody hears on after a case went to somebody else."""
    rooms = [_owner_room(case)]
    return [*rooms, _managers_room(case)] if user.role == may.MANAGER else rooms


def _owner_room(case: Case) -> str:
    return f"{case.id}/{WAITING if case.state == WAITING else case.advisor_id}"


def _managers_room(case: Case) -> str:
    return f"{case.id}/managers"


def _left(db: Session, ids: Sequence[str]) -> set[str]:
    return set(db.scalars(select(Case.id).where(Case.id.in_(ids))))
