"""Canned replies: what advisors send again and again. Managers write them, advisors use them.

A text names what differs from case to case in braces; the desk's page fills it in and shows it before
anything is sent. Which names there are is checked here, so that nobody meets ``{amout}`` in a chat.
"""

from __future__ import annotations

import re
import uuid
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from frontdesk import gate
from frontdesk.desk import audit
from frontdesk.desk.access import ADVISOR, MANAGER, Body, Call, Gate, Nothing
from frontdesk.desk.core import Core
from frontdesk.desk.models import Reply
from frontdesk.desk.refusals import Refused

PLACEHOLDERS = ("visitor", "advisor", "firm", "phone", "amount", "due_date", "plan")
MOST = 200  # replies; more nobody finds his way in
MOST_TITLE = 80
_BRACES = re.compile(r"\{([^{}]*)\}")


class Written(Body):
    """A reply as a manager writes it."""

    title: Annotated[str, Field(max_length=400)]
    text: Annotated[str, Field(max_length=10_000)]


class Replies:
    """Their routes."""

    def __init__(self, core: Core, gate: Gate) -> None:
        self._core, self._gate = core, gate

    def routes(self) -> list[Route]:
        """Advisors read, managers write."""
        route, path = self._gate.route, "/desk/api/replies"
        return [
            route("GET", path, ADVISOR, self._list, Nothing),
            route("POST", path, MANAGER, self._create, Written),
            route("PUT", path + "/{reply}", MANAGER, self._change, Written),
            route("POST", path + "/{reply}/remove", MANAGER, self._remove, Nothing),
        ]

    async def _list(self, _: Call[Nothing]) -> Response:
        """With what the page cannot know else: the firm's own name and phone number."""

        def work(db: Session) -> list[dict[str, Any]]:
            found = db.scalars(select(Reply).order_by(Reply.title, Reply.id))
            return [_shown(reply) for reply in found]

        firm = self._core.settings.firm
        return JSONResponse({
            "replies": await self._core.database.run(work), "placeholders": list(PLACEHOLDERS),
            "firm": {"name": firm["name"], "phone": firm["phone"]},
        })  # fmt: skip

    async def _create(self, call: Call[Written]) -> Response:
        title, text = _checked(call.body)

        def work(db: Session) -> dict[str, Any]:
            if len(db.scalars(select(Reply.id)).all()) >= MOST:
                raise Refused("bad_reply", what=f"there are {MOST} already. Remove one first.")
            reply = Reply(id="r-" + uuid.uuid4().hex)
            db.add(reply)
            return self._write(db, call, reply, title, text, "reply.created")

        return JSONResponse({"reply": await self._core.database.run(work)}, 201)

    async def _change(self, call: Call[Written]) -> Response:
        title, text = _checked(call.body)

        def work(db: Session) -> dict[str, Any]:
            return self._write(db, call, _get(db, call), title, text, "reply.changed")

        return JSONResponse({"reply": await self._core.database.run(work)})

    async def _remove(self, call: Call[Nothing]) -> Response:
        def work(db: Session) -> None:
            reply = _get(db, call)
            self._note(db, call, "reply.removed", reply.id)
            db.delete(reply)

        await self._core.database.run(work)
        return JSONResponse({"done": True})

    def _write(
        self, db: Session, call: Call[Written], reply: Reply, title: str, text: str, what: str
    ) -> dict[str, Any]:
        reply.title, reply.text, reply.at = title, text, call.at
        reply.by_id, reply.by_name = call.me.user, call.me.display_name
        self._note(db, call, what, reply.id)
        return _shown(reply)

    def _note(self, db: Session, call: Call[Any], what: str, about: str) -> None:
        audit.record(db, call.at, what, user=call.me.user, about=about, address=call.address)


def _get(db: Session, call: Call[Any]) -> Reply:
    found = db.get(Reply, call.request.path_params["reply"], with_for_update=True)
    if found is None:
        raise Refused("no_reply")
    return found


def _checked(written: Written) -> tuple[str, str]:
    """Title and text as they may be kept; Refused with a sentence."""
    title = " ".join(gate.clean(written.title).split())
    if not 1 <= len(title) <= MOST_TITLE:
        raise Refused("bad_reply", what=f"a title has 1 to {MOST_TITLE} characters.")
    try:
        passed = gate.admit(written.text)
    except gate.Refused as refused:
        most = f"{gate.MOST_CHARACTERS:,}"
        what = {"empty": "its text is empty.", "too_long": f"a text has {most} characters at most."}
        raise Refused("bad_reply", what=what.get(refused.code, "it is no text.")) from None
    if passed.masked:
        raise Refused("bad_reply", what="a number in it looks like one that identifies somebody.")
    unknown = [name for name in _BRACES.findall(passed.text) if name not in PLACEHOLDERS]
    names = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
    if unknown:
        first = gate.clean(unknown[0])[:40]
        raise Refused("bad_reply", what=f"there is no {{{first}}}. There are {names}.")
    if set("{}") & set(_BRACES.sub("", passed.text)):
        raise Refused("bad_reply", what=f"a brace stands alone. Braces are for {names}.")
    return title, passed.text


def _shown(reply: Reply) -> dict[str, Any]:
    return {
        "id": reply.id, "title": reply.title, "text": reply.text, "by": reply.by_name,
        "at": reply.at.isoformat(),
    }  # fmt: skip
