"""What is written into Chatwoot: notes for its agents, which never reach the visitor."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from frontdesk.documents import telling
from frontdesk.handoff import facts, queue
from frontdesk.handoff.models import Case
from frontdesk.handoff.why import REASONS
from frontdesk.ledger import Message
from frontdesk.ledger.models import Conversation
from irs.situation import SituationError
from irs.told import from_json

MOST = 20_000  # characters of one note
VISITOR = "Visitor"
WAITS = """A visitor of the CP503 assistant asks for a person and agreed to pass this on.

Why: {why}
Urgency: {urgency}
Came by: {channel}
Name: {name}
Contact: {contact}
{callback}{facts}
Assign the conversation to take the case. What you write here as a reply reaches the visitor; private notes
do not. Resolve it when you are done; set it to pending to give the visitor back to the assistant."""
CONTACT = "How to reach the visitor:\nName: {name}\nContact: {contact}"
CALLBACK = "A call back was offered: nobody was there, or they waited long.\n"
FACTS = "\nWhat they told about the case:\n{lines}\n"
SO_FAR = "The conversation so far:\n\n{said}"
NONE = "not given"
NOT_PRESSING = "nothing in it is pressing"
ENDED = {
    "taken_back": "The visitor took the case back. Nothing you write here reaches them.",
    "returned": "The visitor is back with the assistant. Nothing you write here reaches them.",
    "closed": "The case is closed here. Nothing you write here reaches the visitor.",
}
UNDELIVERED = (
    "This was not passed on, because the visitor is not with you (any more): “{start}”. They can ask for a "
    "person again."
)
ELSEWHERE = (
    "{name} has this case at the firm's own desk. Nothing you write here reaches the visitor."
)
NO_FILES = "Files cannot be passed on to the visitor. Please write what is in them."
NOBODY = "Our team"
AUTHORS = {"assistant": "Assistant (a bot)", "notice": "Notice", "visitor": VISITOR}


def summary(db: Session, case: Case, at: datetime) -> str:
    """What an agent must know first. Numbers that identify were masked before anything was stored."""
    messages = facts.tellings(db, [case.conversation_id]).get(case.conversation_id, [])
    urgent = queue.urgencies(db, [case], at)[case.id]
    channel = db.get_one(Conversation, case.conversation_id).channel
    lines = _facts(facts.corrected(messages, case.corrections))
    return WAITS.format(
        why=REASONS[case.why], urgency=urgent.words or NOT_PRESSING, channel=channel,
        name=case.name or NONE, contact=case.contact or NONE,
        callback=CALLBACK if case.callback_at else "", facts=lines,
    )  # fmt: skip


def _facts(told: dict[str, object]) -> str:
    try:
        listed = telling.told(from_json(told)) if told else []
    except (SituationError, ValueError):  # facts that an older version wrote
        return ""
    lines = "\n".join(f"- {label}: {value}" for label, value in listed)
    return FACTS.format(lines=lines) if lines else ""


def so_far(messages: list[Message]) -> str:
    """The conversation in one note; of a long one its end."""
    said = "\n\n".join(f"{_author(m)}: {m.text}" for m in messages if m.author in _SAID)
    if len(said) > MOST:
        said = "… " + said[-MOST:]
    return SO_FAR.format(said=said) if said else ""


_SAID = (*AUTHORS, "advisor")


def _author(message: Message) -> str:
    if message.author == "advisor" and isinstance(message.data, dict):
        return f"{message.data.get('by')} (advisor)"
    return AUTHORS[message.author]


def aside(message: Message) -> str | None:
    """A note of what others than the visitor said; ``None`` where there is nothing to note."""
    data = message.data if isinstance(message.data, dict) else {}
    if message.author == "assistant":
        return f"{_author(message)}: {message.text}"
    if message.author == "advisor" and not str(data.get("by_id", "")).startswith("chatwoot:"):
        return f"{_author(message)}: {message.text}"
    return None
