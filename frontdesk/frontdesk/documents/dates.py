"""The dates of a plan as a calendar file (RFC 5545): what is set by law or print, never a guess.

A calendar is often shared. So a title says what is to do and never what is owed, an amount is left
out of the text too, and an event is marked private. The first payment of a plan is no event: the
IRS sets its day when it accepts the plan, and until then nobody knows it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

from frontdesk.documents.plan import Plan, computed
from irs.deadlines import ASSUMED
from irs.showing import DISCLAIMER

PRODUCT = "-//CP503 assistant//Dates of a plan//EN"
REMINDERS = (timedelta(days=7), timedelta(days=1))
_AMOUNT = re.compile(r"\$[0-9][0-9,]*(?:\.[0-9]{2})?")
_NO_AMOUNT = "the amount in your plan"


@dataclass(frozen=True)
class Entry:
    """One day: ``id`` names it and stays the same when the file is made again."""

    id: str
    on: date
    title: str
    words: str


def dates(
    facts: Mapping[str, Any], as_of: date | str, firm: Mapping[str, str] | None = None
) -> bytes | None:
    """The calendar file of a case as ``irs.told`` has it; ``None`` where no date is known.

    ``firm``: name and phone, for questions. Raises as :func:`computed` does.
    """
    plan = computed(facts, as_of)
    entries = _entries(plan)
    if not entries:
        return None
    told = [(firm or {}).get(part, "").strip() for part in ("name", "phone")]
    whom = ", ".join(part for part in told if part)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for entry in entries:
        calendar.add_component(_event(entry, plan.as_of, f"Questions? {whom}" if whom else ""))
    written: bytes = calendar.to_ical()
    return written


def has_dates(plan: Plan) -> bool:
    """Whether there is any date for a calendar."""
    return bool(_entries(plan))


def _entries(plan: Plan) -> tuple[Entry, ...]:
    """Deadlines that have not passed, each with the steps of its day, then other days of steps.

    A day that only stands in for a printed one is left out: a calendar would show it as if it were
    the printed one.
    """
    steps: dict[date, list[str]] = {}
    for step in plan.found.steps:
        if step.by is not None and step.by >= plan.as_of:
            steps.setdefault(step.by, []).append(f"- {step.what} ({step.where})")
    found = []
    for deadline in plan.found.deadlines:
        if deadline.on is None or deadline.passed or deadline.basis == ASSUMED:
            continue
        to_do = steps.pop(deadline.on, [])
        found.append(Entry(deadline.id, deadline.on, deadline.what, _words(deadline.words, to_do)))
    for on, to_do in steps.items():
        found.append(Entry("steps", on, "Next steps for your IRS notice", _words("", to_do)))
    return tuple(sorted(found, key=lambda entry: (entry.on, entry.id)))


def _words(first: str, to_do: list[str]) -> str:
    listed = "\n".join(["To do by this day:", *to_do]) if to_do else ""
    parts = (first, _AMOUNT.sub(_NO_AMOUNT, listed), DISCLAIMER)
    return "\n\n".join(part for part in parts if part)


def _event(entry: Entry, as_of: date, whom: str) -> Event:
    event = Event()
    event.add("uid", _uid(entry))
    event.add("dtstamp", datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC))
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("summary", f"CP503: {entry.title[0].lower()}{entry.title[1:]}")
    event.add("description", "\n\n".join(part for part in (entry.words, whom) if part))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for before in REMINDERS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", event["summary"])
        alarm.add("trigger", -before)
        event.add_component(alarm)
    return event


def _uid(entry: Entry) -> str:
    """The same for the same day of the same kind, made of nothing personal."""
    told = f"{entry.id} {entry.on.isoformat()}"
    return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}@cp503-assistant"
