"""Looking for a case again: by words in what was said, noted or left as a contact, and by its ends.

Plain LIKE on the masked texts, of the cases a user may see and of nothing else: measured with 10,000
cases (docs/handoff.md) it needs no index of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from frontdesk.gate import clean
from frontdesk.handoff import may, queue
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case, Note
from frontdesk.handoff.moves import CLOSED, OUTCOMES, STATES
from frontdesk.handoff.why import REASONS
from frontdesk.ledger import Message
from frontdesk.ledger.models import Conversation

PAGE = 25
MOST_CHARACTERS, MOST_WORDS = 200, 8
AROUND = 60  # characters of a snippet on each side of the word
_WORD = re.compile(r'"([^"]+)"|([^\s"]+)')


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty means anything. ``since`` and ``until``: when it was asked, UTC."""

    words: tuple[str, ...] = ()
    state: str = ""
    outcome: str = ""
    advisor: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, str] | None = None


def wanted(
    zone: ZoneInfo, q: str, state: str, outcome: str, advisor: str, since: str, until: str,
    before: str,
) -> Wanted:  # fmt: skip
    """From what the page sent; ValueError with a sentence where it cannot be looked for.

    Words are looked for each by itself, "several in quotes" together.
    """
    text = clean(q)
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"a search has {MOST_CHARACTERS} characters at most.")
    words = tuple(a.strip() or b for a, b in _WORD.findall(text) if a.strip() or b)
    if len(words) > MOST_WORDS:
        raise ValueError(f"a search has {MOST_WORDS} words at most.")
    if state and state not in STATES[1:]:
        raise ValueError("a case is waiting, with_advisor or closed.")
    if outcome and outcome not in OUTCOMES:
        raise ValueError("there is no such outcome.")
    first, last = day_of(since), day_of(until)
    if first and last and first > last:
        raise ValueError("the first day comes after the last.")
    return Wanted(
        words,
        state,
        outcome,
        advisor,
        start_of(first, zone) if first else None,
        start_of(last + timedelta(days=1), zone) if last else None,
        _place(before),
    )  # fmt: skip


def day_of(text: str) -> date | None:
    """A day as the page writes it; ValueError with a sentence."""
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        found = date.min
    if found is not None and not 2000 <= found.year <= 2999:
        raise ValueError("a day is written like 2026-12-24.")
    return found


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins by the firm's clock, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _place(before: str) -> tuple[datetime, str] | None:
    if not before:
        return None
    at, _, case = before.partition("~")
    try:
        return datetime.fromisoformat(at).astimezone(UTC), case
    except ValueError:
        raise ValueError("that page of the list does not exist. Please search again.") from None


def look(db: Session, user: User, what: Wanted) -> dict[str, Any]:
    """A page of cases, those asked last first: {"cases", "next"}, and what can be chosen."""
    found = list(db.execute(_query(user, what).limit(PAGE + 1)))
    shown = [row(case, channel) | _match(db, case, what.words) for case, channel in found[:PAGE]]
    last = found[PAGE - 1][0] if len(found) > PAGE else None
    more = f"{queue.moment(last.asked_at)}~{last.id}" if last is not None else None
    return {"cases": shown, "next": more, "outcomes": OUTCOMES, "advisors": _owners(db, user)}


def _owners(db: Session, user: User) -> list[dict[str, str | None]]:
    """Whose cases a manager can choose from."""
    if user.role != may.MANAGER:
        return []
    theirs = (
        select(Case.advisor_id, func.max(Case.advisor_name))
        .where(may.seen_by(user), Case.advisor_id.is_not(None))
        .group_by(Case.advisor_id)
    )
    owners = [{"id": id, "name": name} for id, name in db.execute(theirs)]
    return sorted(owners, key=lambda one: (str(one["name"]), str(one["id"])))


def _query(user: User, what: Wanted) -> Select[tuple[Case, str]]:
    found = (
        select(Case, Conversation.channel)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(may.seen_by(user), *(_said(word) for word in what.words))
        .order_by(Case.asked_at.desc(), Case.id.desc())
    )
    if what.state:
        found = found.where(Case.state == what.state)
    if what.outcome:
        found = found.where(Case.outcome == what.outcome)
    if what.advisor:
        found = found.where(Case.advisor_id == what.advisor)
    if what.since:
        found = found.where(Case.asked_at >= what.since)
    if what.until:
        found = found.where(Case.asked_at < what.until)
    if what.before:
        at, case = what.before
        later = and_(Case.asked_at == at, Case.id < case)
        found = found.where(or_(Case.asked_at < at, later))
    return found


def belongs() -> ColumnElement[bool]:
    """Messages of a case: nothing held back, and nothing said after it was closed."""
    within = or_(Case.closed_seq.is_(None), Message.seq <= Case.closed_seq)
    return and_(Message.conversation_id == Case.conversation_id, Message.seq > 0, within)


def _said(word: str) -> ColumnElement[bool]:
    """Cases with a word in them, anywhere."""
    ended = [  # by its whole words: who looks for a lien is not after every client
        code for code, words in OUTCOMES.items() if f" {word.lower()} " in f" {words.lower()} "
    ]
    return or_(
        _like(Case.name, word), _like(Case.contact, word), _like(Case.advisor_name, word),
        Case.outcome.in_(ended),
        exists().where(Note.case_id == Case.id, _like(Note.text, word)),
        exists().where(belongs(), _like(Message.text, word)),
    )  # fmt: skip


def _like(column: InstrumentedAttribute[Any], word: str) -> ColumnElement[bool]:
    """Whether a text has a word in it, however it is written.

    SQLite knows capitals of ASCII only, so others are looked for in each usual writing.
    """
    writings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    return or_(*(column.icontains(one, autoescape=True) for one in sorted(writings)))


def row(case: Case, channel: str) -> dict[str, Any]:
    """A case in a list."""
    return {
        "case": case.id, "state": case.state, "why": case.why, "why_words": REASONS[case.why],
        "channel": channel, "name": case.name, "advisor": case.advisor_name,
        "advisor_id": case.advisor_id, "asked_at": queue.moment(case.asked_at),
        "closed_at": queue.moment(case.closed_at), "outcome": case.outcome,
        "outcome_words": OUTCOMES.get(case.outcome or ""), "follow_up": case.follow_up,
        "followed_at": queue.moment(case.followed_at), "followed_by": case.followed_by,
    }  # fmt: skip


def _match(db: Session, case: Case, words: Sequence[str]) -> dict[str, Any]:
    """Where the first word is that can be shown, and the words around it."""
    for word in words:
        said = select(Message.text).join(Case, belongs()).where(Case.id == case.id)
        noted = select(Note.text).where(Note.case_id == case.id)
        for where, texts in (
            ("conversation", said.where(_like(Message.text, word)).order_by(Message.seq)),
            ("note", noted.where(_like(Note.text, word)).order_by(Note.id)),
        ):
            text = db.scalar(texts.limit(1))
            if text is not None:
                return {"matched": snippet(text, word), "matched_in": where}
        for text in (case.name, case.contact):
            if text and word.casefold() in text.casefold():
                return {"matched": snippet(text, word), "matched_in": "contact"}
    return {"matched": None, "matched_in": None}


def snippet(text: str, word: str) -> str:
    """Some words of a text around one of them, on one line."""
    line = " ".join(text.split())
    at = max(0, line.lower().find(" ".join(word.split()).lower()))
    first, last = max(0, at - AROUND), at + len(word) + AROUND
    return f"{'…' if first else ''}{line[first:last].strip()}{'…' if last < len(line) else ''}"


def due(db: Session, user: User, until: date) -> list[dict[str, Any]]:
    """Closed cases somebody has to come back to until a day, the earliest first."""
    found = (
        select(Case, Conversation.channel)
        .join(Conversation, Conversation.id == Case.conversation_id)
        .where(
            may.seen_by(user), Case.state == CLOSED,
            Case.follow_up <= until.isoformat(), Case.followed_at.is_(None),
        )
        .order_by(Case.follow_up, Case.closed_at, Case.id)
    )  # fmt: skip
    return [row(case, channel) | {"contact": case.contact} for case, channel in db.execute(found)]
