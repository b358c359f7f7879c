"""The result in the dialogue's own layout: ways side by side, steps, what is estimated."""

from __future__ import annotations

from datetime import date
from typing import List

from irs.assessment import Assessment
from irs.figures import dollars
from irs.showing import about, best, best_words, fees, pay_and_time, said_day, shown_ways
from irs.ways import ABOUT_PAYING

MOST_STEPS = 4
LEAST_BY_THE_MONTH = (
    500  # USD; below it a payment named in passing may have been taken for the balance
)
_PACE = {
    "own_pace": "the pace you named",
    "form_pace": "the paper form's pace",
    "lowest": "the lowest that is done in time",
}


def side_by_side(found: Assessment, by_debit: Assessment) -> str:
    """The ways with payment, time, fee and total, then the cheapest and the easiest."""
    ways = shown_ways(found)
    stand_out = best(ways, found.options)
    if stand_out is None:
        return ""
    lines = ["Side by side:"]
    for way, fee in zip(ways, fees(ways, by_debit)):
        lines.append(f"- {way.name}: {pay_and_time(way)}; {fee}; about {about(way.total)} in all.")
    return "\n".join([*lines, best_words(stand_out)])


def waiting(found: Assessment) -> str:
    """What the first stretch of doing nothing costs, in one sentence."""
    if not found.waiting or not found.waiting[0].added:
        return ""
    first = found.waiting[0]
    return f"Waiting {first.days} days would add about {about(first.added)}."


def waiting_longer(found: Assessment) -> str:
    """What each stretch of doing nothing costs, for somebody who asks; "" where nothing is known."""
    told = [w for w in found.waiting if w.added]
    if not told:
        return ""
    costs = [f"{w.days} days about {about(w.added)}" for w in told]
    balance = dollars(told[0].owed - told[0].added)
    return f"On {balance}, waiting adds, as an estimate: {', '.join(costs)}."


def by_the_month(found: Assessment) -> str:
    """What a plan would be a month, for somebody who asks; "" where no monthly plan is shown."""
    paces = [way for way in map(found.way, _PACE) if way is not None]
    if not paces or paces[0].total - paces[0].added < LEAST_BY_THE_MONTH:
        return ""
    lines = [f"- {pay_and_time(way)}: {_PACE[way.id]}" for way in paces]
    short = found.way("short_term")
    if short is not None and short.payments > 1:
        lines.append(f"- {pay_and_time(short)}: a short-term plan, without a set-up fee")
    balance = dollars(paces[0].total - paces[0].added)
    return "\n".join([f"On {balance} a plan would be, as an estimate:", *lines])


def due_in(due: date, day: date) -> str:
    """How far a due date is, for somebody who told it."""
    left = (due - day).days
    if left < 0:
        ago = "yesterday" if left == -1 else f"{-left} days ago"
        return f"{said_day(due)}, the date you gave, was {ago}. You can still act, and sooner is cheaper."
    if left == 0:
        return f"{said_day(due)}, the date you gave, is today."
    days = "tomorrow" if left == 1 else f"in {left} days"
    return f"{said_day(due)}, the date you gave, is {days}."


def steps(found: Assessment) -> str:
    """The next steps, numbered, with a date where one is known."""
    lines = ["What to do next:"]
    for number, step in enumerate(found.steps[:MOST_STEPS], 1):
        by = (
            f" By {step.by:%B} {step.by.day}, {step.by.year}."
            if step.by and number == 1 and step.by > found.as_of
            else ""
        )
        lines.append(f"{number}. {step.what}{by}")
    if found.papers:
        lines += ["", f"Have ready: {'; '.join(found.papers[:1] + found.papers[3:7])}."]
    return "\n".join(lines)


def explained(found: Assessment) -> List[str]:
    """Why not the others, what was assumed and what is estimated: one or two messages."""
    parts = []
    if found.why_not:
        parts.append("Why not the others:\n" + "\n".join(f"- {why}" for why in found.why_not))
    if found.assumptions:
        parts.append("\n".join(found.assumptions))
    if found.estimates and found.plan in ABOUT_PAYING:
        parts.append(
            "What is estimated:\n" + "\n".join(f"- {estimate}" for estimate in found.estimates)
        )
    return parts
