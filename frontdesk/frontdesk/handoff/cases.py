"""A case's moves in the database: each is one conditional UPDATE, its audit entry and its notice.

All in one transaction, so there is no change without its entry and none that the visitor is not told
of. Whoever changes a case locks its conversation first, as everything that writes there does; whether
the change was allowed still hangs on the UPDATE alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from frontdesk.handoff import may
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import MOVES
from frontdesk.handoff.refusals import Refusal
from frontdesk.ledger import Message
from frontdesk.ledger.store import new_id, queue_posts, take_numbers


class Audit(Protocol):
    """The desk's audit log (``frontdesk.desk.record``)."""

    def __call__(
        self,
        db: Session,
        at: datetime,
        what: str,
        *,
        user: str | None,
        about: str | None = None,
        address: str | None = None,
        **details: str | int | bool | None,
    ) -> None: ...


def live(db: Session, conversation: str) -> Case | None:
    """The case of a conversation that is not closed."""
    return db.scalar(select(Case).where(Case.live == conversation))


def begin(db: Session, conversation: str, why: str, at: datetime) -> Case:
    """A case that begins with the assistant; the caller has locked the conversation."""
    case = Case(
        id=new_id("h"), conversation_id=conversation, live=conversation, state="bot", why=why,
        offered=False, offers=[], corrections={}, created_at=at,
    )  # fmt: skip
    db.add(case)
    db.flush()
    return case


def lock(db: Session, case: str, user: User | None = None) -> Case:
    """A case, its conversation locked; Refusal where there is none that this user may see."""
    conversation = db.scalar(select(Case.conversation_id).where(Case.id == case))
    if conversation is None:
        raise Refusal("no_case")
    take_numbers(db, conversation, 0)
    found = db.get(Case, case, populate_existing=True)
    if found is None or (user is not None and not may.see(user, found)):
        raise Refusal("no_case")
    return found


def move(
    db: Session,
    audit: Audit,
    case: Case,
    name: str,
    at: datetime,
    /,
    *where: Any,
    user: str | None = None,
    details: dict[str, Any] | None = None,
    **values: Any,
) -> bool:
    """Make a move if it is still allowed; whether it was made. Nothing else changes a state."""
    to = MOVES[name]
    change = update(Case).where(Case.id == case.id, Case.state == to.start, *where)
    if to.end == "closed":
        values["live"] = None
    done = db.execute(
        change.values(state=to.end, **values).execution_options(synchronize_session=False)
    )
    if getattr(done, "rowcount", 0) != 1:
        return False
    audit(db, at, to.audit, user=user, about=case.id, **(details or {}))
    db.refresh(case)
    return True


def change(
    db: Session, audit: Audit, case: Case, what: str, at: datetime, user: str | None, *where: Any,
    details: dict[str, Any] | None = None, **values: Any,
) -> bool:  # fmt: skip
    """Change something of a case other than its state, under the same rule."""
    done = db.execute(
        update(Case)
        .where(Case.id == case.id, *where)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if getattr(done, "rowcount", 0) != 1:
        return False
    audit(db, at, what, user=user, about=case.id, **(details or {}))
    db.refresh(case)
    return True


def write(
    db: Session,
    conversation: str,
    text: str,
    at: datetime,
    author: str = "notice",
    buttons: Sequence[dict[str, str]] = (),
    client_id: str | None = None,
    data: dict[str, Any] | None = None,
) -> Message:
    """A message to the visitor, in the same transaction as what it tells of."""
    message = Message(
        id=new_id("m"), conversation_id=conversation, seq=take_numbers(db, conversation, 1),
        author=author, text=text, buttons=list(buttons), links=[], client_id=client_id, data=data,
        answered=True, at=at,
    )  # fmt: skip
    db.add(message)
    queue_posts(db, conversation, [message])
    db.flush()
    return message


Clock = Callable[[], datetime]
