"""A day's numbers, from the audit log: so a visitor who deletes what they said changes no count."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.desk.models import Audit
from frontdesk.desk.models import User as Account
from frontdesk.handoff import may
from frontdesk.handoff.may import User
from frontdesk.handoff.models import Case
from frontdesk.handoff.moves import MOVES, OUTCOMES, WAITING, WITH_ADVISOR
from frontdesk.handoff.past import start_of
from frontdesk.handoff.why import REASONS

ASKED, CLAIMED, CLOSED = (MOVES[name].audit for name in ("ask", "claim", "close"))
LEFT = {MOVES["cancel"].audit, MOVES["leave"].audit}
# From when a case waits (again).
WAITS = {ASKED, MOVES["release"].audit, MOVES["lose"].audit}
CALLBACK = {"case.overdue", "case.contact"}


def of_day(db: Session, user: User, day: date, zone: ZoneInfo) -> dict[str, Any]:
    """The numbers of a day by the firm's clock; an advisor gets of the people only themselves."""
    begins, ends = start_of(day, zone), start_of(day + timedelta(days=1), zone)
    kinds = {ASKED, CLAIMED, CLOSED, *LEFT, *CALLBACK}
    entries = db.scalars(
        select(Audit).where(Audit.at >= begins, Audit.at < ends, Audit.what.in_(kinds))
    ).all()
    asked = [e for e in entries if e.what == ASKED]
    claimed = [e for e in entries if e.what == CLAIMED]
    closed = [e for e in entries if e.what == CLOSED]
    back = {e.about for e in entries if e.what in CALLBACK or e.details.get("callback")}
    waited = sorted(_waits(db, claimed))
    return {
        "day": day.isoformat(), "zone": zone.key, "hours": round((ends - begins).seconds / 3600)
        + 24 * (ends - begins).days,
        "waiting_now": _now(db, WAITING), "with_advisor_now": _now(db, WITH_ADVISOR),
        "asked": len(asked), "claimed": len(claimed), "closed": len(closed),
        "cancelled": sum(e.what in LEFT for e in entries), "callbacks": len(back),
        "median_wait_seconds": round(statistics.median(waited)) if waited else None,
        "p90_wait_seconds": waited[math.ceil(0.9 * len(waited)) - 1] if waited else None,
        "longest_wait_seconds": waited[-1] if waited else None,
        "outcomes": _counted([e.details.get("outcome") for e in closed], OUTCOMES),
        "outcome_words": OUTCOMES, "why": _counted([e.details.get("why") for e in asked], REASONS),
        "by_hour": _by_hour(asked, claimed, zone),
        "by_advisor": _by_advisor(db, user, claimed, closed),
    }  # fmt: skip


def _now(db: Session, state: str) -> int:
    return db.scalar(select(func.count()).where(Case.state == state)) or 0


def _waits(db: Session, claimed: Sequence[Audit]) -> list[int]:
    """Seconds each claimed case had waited, since it asked or came back into the queue."""
    cases = {e.about for e in claimed}
    begun = select(Audit).where(Audit.about.in_(cases), Audit.what.in_(WAITS)).order_by(Audit.id)
    starts: dict[str | None, list[Audit]] = {}
    for entry in db.scalars(begun):
        starts.setdefault(entry.about, []).append(entry)
    found = []
    for claim in claimed:
        before = [e for e in starts.get(claim.about, ()) if e.id < claim.id]
        if before:  # else that entry was older than the log is kept
            found.append(max(0, round((claim.at - before[-1].at).total_seconds())))
    return found


def _counted(found: Sequence[Any], words: dict[str, str]) -> dict[str, int]:
    """How often each kind there is came, none left out."""
    counts = Counter(found)
    return {kind: counts[kind] for kind in words}


def _by_hour(asked: Sequence[Audit], claimed: Sequence[Audit], zone: ZoneInfo) -> list[Any]:
    """By the hour on the firm's wall; an hour that comes twice counts both times."""
    came = Counter(e.at.astimezone(zone).hour for e in asked)
    taken = Counter(e.at.astimezone(zone).hour for e in claimed)
    return [{"hour": hour, "asked": came[hour], "claimed": taken[hour]} for hour in range(24)]


def _by_advisor(
    db: Session, user: User, claimed: Sequence[Audit], closed: Sequence[Audit]
) -> list[dict[str, Any]]:
    took, ended = Counter(e.user_id for e in claimed), Counter(e.user_id for e in closed)
    people = {one for one in {*took, *ended} if one}
    if user.role != may.MANAGER:
        people = {user.user}
    named = select(Account.id, Account.display_name).where(Account.id.in_(people))
    names = {account.id: account.display_name for account in db.execute(named)}
    rows = [
        {"id": one, "name": names.get(one, one), "claimed": took[one], "closed": ended[one]}
        for one in people
    ]
    return sorted(rows, key=lambda one: (-one["claimed"], str(one["name"]), one["id"]))
