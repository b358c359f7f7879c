"""What an advisor's browser sends: each event is checked, done, and acknowledged with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.gate import Refused, admit
from frontdesk.handoff import facts, may, queue, saying
from frontdesk.handoff.cases import Clock
from frontdesk.handoff.desk_socket import NAMESPACE, DeskSocket
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import CLOSED, OUTCOMES, WITH_ADVISOR
from frontdesk.handoff.offer import Page, Visitors
from frontdesk.handoff.owning import Changed, Owning
from frontdesk.handoff.refusals import Refusal
from frontdesk.handoff.saying import Saying
from frontdesk.handoff.shown import whole
from frontdesk.handoff.why import REASONS
from frontdesk.ledger import Database
from frontdesk.ledger.models import Conversation

log = structlog.get_logger()

Body = dict[str, Any]
Handler = Callable[[str, User, Body], Coroutine[Any, Any, Body]]
MOST_CLOSED = 50
# What the page does by itself after each cut; an open desk nobody sits at has to end.
BY_ITSELF = ("join", "open")


class DeskActs:
    """The handlers."""

    def __init__(
        self,
        io: Any,
        database: Database,
        desk: DeskSocket,
        owning: Owning,
        saying_: Saying,
        visitors: Visitors,
        page: Page,
        clock: Clock,
        firm: dict[str, str],
    ) -> None:
        self._firm = {"name": firm["name"], "phone": firm["phone"]}
        self._database, self._desk, self._clock = database, desk, clock
        self._owning, self._saying, self._visitors, self._page = owning, saying_, visitors, page
        handlers: dict[str, Handler] = {
            "join": self._join, "open": self._open, "claim": self._claim, "say": self._say,
            "typing": self._typing, "note": self._note, "what_if": self._what_if,
            "correct": self._correct, "transfer": self._transfer, "release": self._release,
            "return": self._return, "close": self._close,
        }  # fmt: skip
        for event, handler in handlers.items():
            used = event not in BY_ITSELF
            io.on(event, self._guarded(handler, used), namespace=NAMESPACE)

    def _guarded(self, handler: Handler, used: bool) -> Callable[..., Coroutine[Any, Any, Body]]:
        async def run(sid: str, *args: Any) -> Body:
            try:
                user = await self._desk.who(sid, used)
                if user is None:
                    raise Refusal("not_signed_in")
                body = args[0] if args else {}
                if not isinstance(body, dict):
                    raise Refusal("bad_request")
                return {"ok": True, **await handler(sid, user, body)}
            except Refusal as refusal:
                return refusal.ack()
            except Refused as refused:
                return {"ok": False, "error": {"code": refused.code, "message": refused.message}}
            except (SQLAlchemyError, OSError) as error:
                log.error("ledger failed", error=type(error).__name__)
                return Refusal("not_now").ack()

        return run

    async def _join(self, sid: str, user: User, body: Body) -> Body:
        """The lists: who waits, one's own cases, colleagues, outcomes."""

        def work(db: Session) -> Body:
            at = self._clock()
            mine = (
                select(Case, Conversation.channel)
                .join(Conversation, Conversation.id == Case.conversation_id)
                .where(Case.consented_at.is_not(None))
                .order_by(Case.claimed_at.desc())
            )
            if user.role != may.MANAGER:
                mine = mine.where(Case.advisor_id == user.user)
            # Every open one: a case held for a week must not slip out of the list.
            found = [
                *db.execute(mine.where(Case.state == WITH_ADVISOR)).all(),
                *db.execute(mine.where(Case.state == CLOSED).limit(MOST_CLOSED)).all(),
            ]
            urgent = queue.urgencies(db, [c for c, _ in found if c.state == WITH_ADVISOR], at)
            return {
                "me": {"id": user.user, "name": user.display_name, "role": user.role},
                "waiting": [one.shown() for one in queue.order(db, at)],
                "cases": [
                    {
                        "case": c.id, "state": c.state, "why": c.why, "why_words": REASONS[c.why],
                        "advisor": c.advisor_name, "advisor_id": c.advisor_id, "name": c.name,
                        "channel": channel, "since": queue.moment(c.claimed_at),
                        "rank": urgent[c.id].rank if c.id in urgent else None,
                        "urgency": urgent[c.id].words if c.id in urgent else "",
                        "outcome": c.outcome, "follow_up": c.follow_up,
                        "closed_at": queue.moment(c.closed_at),
                    }
                    for c, channel in found
                ],
                "colleagues": [
                    {"id": one.user_id, "name": one.display_name}
                    for one in queue.online(db, at, self._desk.grace) if one.user_id != user.user
                ],
                "outcomes": OUTCOMES, "firm": self._firm,
            }  # fmt: skip

        return await self._database.run(work)

    async def _open(self, sid: str, user: User, body: Body) -> Body:
        """All of a case, its messages after a number; what is said from now on comes live."""
        case = _text(body, "case")
        after = body.get("after") if type(body.get("after")) is int else 0
        # Into the room first: what is written meanwhile comes twice rather than not at all.
        found = await self._seen(user, case)
        await self._desk.look(sid, user, found)
        shown = await self._database.run(
            lambda db: whole(db, user, case, after or 0, self._clock())
        )
        return {**shown, "visitor": self._page.here(found.conversation_id)}

    async def _claim(self, sid: str, user: User, body: Body) -> Body:
        changed = await self._owning.claim(user, _text(body, "case"))
        await self._desk.look(sid, user, changed[0])
        return await self._changed(changed)

    async def _say(self, sid: str, user: User, body: Body) -> Body:
        message = await self._saying.say(
            user, _text(body, "case"), _client_id(body), body.get("text")
        )
        await self._visitors.show(message.conversation_id, [message])
        case = await self._seen(user, _text(body, "case"))
        await self._desk.messages(case, [message])
        return {"seq": message.seq, "message": message.public()}

    async def _typing(self, sid: str, user: User, body: Body) -> Body:
        case = await self._own(user, body)
        told = {"on": body.get("on") is True, "by": user.display_name}
        await self._page.tell(case.conversation_id, "typing", told)
        return {}

    async def _note(self, sid: str, user: User, body: Body) -> Body:
        note = await self._saying.note(
            user, _text(body, "case"), _client_id(body), body.get("text")
        )
        case = await self._seen(user, note.case_id)
        await self._desk.tell("note", {"note": saying.shown(note)}, case)
        return {"note": saying.shown(note)}

    async def _what_if(self, sid: str, user: User, body: Body) -> Body:
        case, change = await self._seen(user, _text(body, "case")), _facts(body)

        def work(db: Session) -> Body:
            told = facts.tellings(db, [case.conversation_id]).get(case.conversation_id, [])
            return facts.what_if(told, case.corrections, change, self._clock().date())

        return await self._database.run(work)

    async def _correct(self, sid: str, user: User, body: Body) -> Body:
        changed = await self._owning.correct(user, _text(body, "case"), _facts(body))
        await self._changed(changed)
        return await self._database.run(
            lambda db: whole(db, user, changed[0].id, None, self._clock())
        )

    async def _transfer(self, sid: str, user: User, body: Body) -> Body:
        return await self._changed(
            await self._owning.transfer(user, _text(body, "case"), _text(body, "to"))
        )

    async def _release(self, sid: str, user: User, body: Body) -> Body:
        return await self._changed(await self._owning.release(user, _text(body, "case")))

    async def _return(self, sid: str, user: User, body: Body) -> Body:
        agreed = admit(body["agreed"]).text if body.get("agreed") else ""
        return await self._changed(await self._owning.give_back(user, _text(body, "case"), agreed))

    async def _close(self, sid: str, user: User, body: Body) -> Body:
        follow_up = body.get("follow_up")
        if follow_up is not None and not isinstance(follow_up, str):
            raise Refusal("bad_outcome")
        return await self._changed(
            await self._owning.close(user, _text(body, "case"), str(body.get("outcome")), follow_up)
        )

    async def _changed(self, changed: Changed) -> Body:
        """Everybody is told: the visitor, who has the case open, who looks at the queue."""
        case, told = changed
        await self._visitors.changed(case, told)
        await self._desk.messages(case, told)
        return {"state": case.state, "advisor": case.advisor_name}

    async def _seen(self, user: User, case: str) -> Case:
        found = await self._database.run(lambda db: db.get(Case, case))
        if found is None or not may.see(user, found):
            raise Refusal("no_case")
        return found

    async def _own(self, user: User, body: Body) -> Case:
        found = await self._seen(user, _text(body, "case"))
        if found.state != WITH_ADVISOR or found.advisor_id != user.user:
            raise Refusal("not_with_you")
        return found


def _text(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= 64:
        raise Refusal("bad_request")
    return value


def _client_id(body: Body) -> str:
    value = _text(body, "client_id")
    if not 8 <= len(value) <= 60:
        raise Refusal("bad_request")
    return value


def _facts(body: Body) -> Body:
    value = body.get("facts")
    if not isinstance(value, dict) or not 1 <= len(value) <= 60:
        raise Refusal("bad_request")
    return value
