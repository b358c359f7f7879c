"""The result in the dialogue's own layout: ways side by side, steps, what is estimated."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Dict, List, Optional, Sequence, Tuple

from irs.assessment import Assessment, Way
from irs.figures import dollars, whole_dollars_up
from irs.ways import ABOUT_PAYING, still_open

MOST_WAYS = 3
MOST_STEPS = 4
MONTHS_A_YEAR = 12
MOST_PLAIN_MONTHS = 36
# The ways worth showing under a headline, the one that fits first.
_SHOWN: Dict[Optional[str], Sequence[str]] = {
    "pay_in_full": ("in_full",),
    "short_term": ("short_term", "form_pace", "lowest"),
    "long_term": ("part_first", "own_pace", "short_term", "lowest", "form_pace"),
    "partial_payment": ("part_first", "lowest", "form_pace", "short_term"),
    "form_9465_or_call": ("part_first", "own_pace", "short_term"),
    None: ("short_term", "form_pace", "lowest"),
}


def about(amount: Decimal) -> str:
    """An estimate in whole dollars, half up."""
    return dollars(amount.quantize(Decimal(1), ROUND_HALF_UP))


def span(months: int) -> str:
    """A number of months as people say it: "18 months", "74 months (about 6 years)", "10 years"."""
    if months == 1:
        return "1 month"
    years, rest = divmod(months, MONTHS_A_YEAR)
    if not rest:
        return f"{years} year{'' if years == 1 else 's'}"
    if months <= MOST_PLAIN_MONTHS:
        return f"{months} months"
    return f"{months} months (about {round(months / MONTHS_A_YEAR)} years)"


def shown_ways(found: Assessment) -> Tuple[Way, ...]:
    """Two or three ways, the one that fits first; none where the headline is another path."""
    ids = _SHOWN.get(found.plan, ())
    ways = [found.way(id) for id in ids]
    return tuple(way for way in ways if way is not None)[:MOST_WAYS]


def _pay(way: Way) -> str:
    if way.every == "once":
        return f"{about(way.total)} at once"
    if way.payments == 1:
        return f"{about(way.payment)} after {(way.ends - way.schedule.start).days} days"
    every = "a month" if way.every == "month" else f"every {way.every}, {way.payments} times"
    said = f"about {whole_dollars_up(way.payment)} {every}"
    first = way.schedule.rows[0]
    if first.number == 0:
        said = f"{dollars(first.payment)} now, then {said}"
    return f"{said} for {span(way.payments)}" if way.every == "month" else said


def _fee(way: Way, by_debit: Optional[Way]) -> str:
    if not way.fee:
        return "no set-up fee"
    said = f"set-up fee {dollars(way.fee)}"
    if by_debit is not None and by_debit.fee < way.fee:
        said += f" (about {dollars(by_debit.fee)} with direct debit; check irs.gov)"
    return said


def side_by_side(found: Assessment, by_debit: Assessment) -> str:
    """The ways with payment, time, fee and total, then the cheapest and the easiest."""
    ways = shown_ways(found)
    if len(ways) < 2:
        return ""
    lines = ["Side by side:"]
    fees_said = set()
    for way in ways:
        fee = _fee(way, by_debit.way(way.id) if way.fee not in fees_said else None)
        fees_said.add(way.fee)
        lines.append(f"- {way.name}: {_pay(way)}; {fee}; about {about(way.total)} in all.")
    lines.append(_best(ways, still_open(ways, found.options) or ways))
    return "\n".join(lines)


def _best(ways: Sequence[Way], fitting: Sequence[Way]) -> str:
    """The cheapest and the easiest way of those that fit, and a cheaper one that asks for more."""
    cheapest = min(fitting, key=lambda way: way.total)
    easiest = min(fitting, key=lambda way: way.payment)
    overall = min(ways, key=lambda way: way.total)
    if cheapest is easiest:
        said = [f"Cheapest, and easiest on the month: {_named(cheapest)}."]
    else:
        said = [
            f"Cheapest: {_named(cheapest)}.",
            f"Easiest on the month: {_named(easiest)}.",
        ]
    if overall is not cheapest:
        said.append(f"Cheaper still, if you can pay that fast: {_named(overall)}.")
    return " ".join(said)


def _named(way: Way) -> str:
    return way.name[0].lower() + way.name[1:]


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
    if not told:
        return ""
    balance = dollars(told[0].owed - told[0].added)
    return f"On {balance}, waiting adds, as an estimate: {', '.join(costs)}."


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
