"""Cases as they stand in the database, written without the talk that led to them."""

import itertools
from datetime import timedelta

from frontdesk.handoff.models import Case, Note
from frontdesk.ledger import Message
from frontdesk.ledger.models import Conversation, Visitor

_number = itertools.count(1)


def message(conversation, seq, text, at, author="visitor", data=None):
    """One message."""
    return Message(
        id=f"m-{conversation}-{seq}", conversation_id=conversation, seq=seq, author=author,
        text=text, buttons=[], links=[], masked=[], answered=True, data=data, at=at,
    )  # fmt: skip


def add_case(db, at, said=(), notes=(), *, owner="u-anna", state="closed", closed_seq=None, **more):
    """A case, asked for at ``at``; ``said``: texts of the visitor, from number 1. Returns its id."""
    n = next(_number)
    visitor, conversation, case = f"v-{n}", f"c-{n}", f"h-{n:06}"
    db.add(Visitor(id=visitor, created_at=at))
    db.flush()
    db.add(
        Conversation(
            id=conversation, visitor_id=visitor, channel="website", created_at=at,
            last_seq=len(said),
        )
    )  # fmt: skip
    db.flush()
    db.add_all(message(conversation, seq, text, at) for seq, text in enumerate(said, 1))
    ended = {"closed_at": at + timedelta(minutes=20), "outcome": "answered"}
    held = state in ("closed", "with_advisor")
    values = {
        "id": case, "conversation_id": conversation, "state": state, "why": "asked",
        "live": None if state == "closed" else conversation, "offered": False, "offers": [],
        "corrections": {}, "consented_at": at, "asked_at": at, "created_at": at,
        "advisor_id": owner if held else None, "advisor_name": owner if held else None,
        "closed_seq": closed_seq, **(ended if state == "closed" else {}),
    }  # fmt: skip
    db.add(Case(**{**values, **more}))
    db.flush()
    db.add_all(
        Note(case_id=case, author_id=owner, author_name=owner, client_id=f"n{k}", text=text, at=at)
        for k, text in enumerate(notes)
    )
    return case
