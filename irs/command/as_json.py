"""The output for programs, as ``irs/schema/plan.schema.json`` describes it.

Amounts are text with two decimals, days are ISO dates, and keys come in the order of the schema.
A source is given once, in ``references``; everywhere else its key stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from irs.assessment import Assessment, Way
from irs.command.facts import LISTED
from irs.command.listing import Listed
from irs.command.schedules import Chosen
from irs.deadlines import Deadline
from irs.figures import Conflict, Figure, Parameter, Reference, Unpublished, worded
from irs.schedule import Row
from irs.showing import DISCLAIMER
from irs.situation import Situation
from irs.told import day as _day
from irs.told import money, suspension, value

SCHEMA = Path(__file__).parent.parent / "schema" / "plan.schema.json"


def schema(command: str) -> Mapping[str, Any]:
    """The JSON Schema of a command's output; that of ``plan`` holds the definitions of all."""
    whole: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    if command == "plan":
        return whole
    return {
        "$schema": whole["$schema"],
        "title": f"cp503 {command} --json",
        "$ref": f"#/$defs/{command}_output",
        "$defs": whole["$defs"],
    }


def _keys(references: Iterable[Reference]) -> list[str]:
    return [source.key for source in references]


def _sources(*groups: Iterable[Reference]) -> list[dict[str, Any]]:
    """Every source of some groups once, in the order they come."""
    found = {source.key: source for group in groups for source in group}
    return [
        {"key": s.key, "title": s.title, "url": s.url, "as_of": s.as_of} for s in found.values()
    ]  # fmt: skip


def plan(found: Assessment, situation: Situation) -> dict[str, Any]:
    """An assessment, with the facts it was made from."""
    return {
        "as_of": _day(found.as_of),
        "facts": facts(situation),
        "assumed": [fact.name for fact in LISTED if fact.name in situation.assumed],
        "plan": found.plan,
        "title": found.title,
        "summary": found.summary,
        "reasons": list(found.reasons),
        "why_not": list(found.why_not),
        "notes": list(found.notes),
        "ways": [way(each) for each in found.ways],
        "cheapest": found.cheapest,
        "easiest": found.easiest,
        "waiting": _waiting(found),
        "estimates": list(found.estimates),
        "assumptions": list(found.assumptions),
        "steps": [
            {
                "who": step.who,
                "what": step.what,
                "where": step.where,
                "by": _day(step.by),
                "by_words": step.by_words,
                "have_ready": list(step.have_ready),
                "takes": step.takes,
            }
            for step in found.steps
        ],
        "papers": list(found.papers),
        "options": [
            {
                "id": option.id,
                "name": option.name,
                "verdict": option.verdict,
                "reasons": list(option.reasons),
                "missing": list(option.missing),
                "where": option.where,
                "references": _keys(option.references),
            }
            for option in found.options
        ],
        "deadlines": [_deadline(each) for each in found.deadlines],
        "open_facts": [
            {"fact": fact.fact, "decides": fact.decides, "options": list(fact.options)}
            for fact in found.open_facts
        ],
        "referrals": [
            {"reason": each.reason, "same_day": each.same_day} for each in found.referrals
        ],
        "references": _sources(
            found.references,
            *(option.references for option in found.options),
            *(each.references for each in found.deadlines),
        ),
        "disclaimer": DISCLAIMER,
    }


def facts(situation: Situation) -> dict[str, Any]:
    """Every fact by its name, in the order of the options; null where it is unknown."""
    told = {fact.name: value(getattr(situation, fact.name)) for fact in LISTED}
    return told | {"suspensions": [suspension(each) for each in situation.suspensions]}


def way(found: Way) -> dict[str, Any]:
    """A way to pay, without its rows."""
    return {
        "id": found.id,
        "option": found.option,
        "name": found.name,
        "every": found.every,
        "payment": money(found.payment),
        "payments": found.payments,
        "ends": _day(found.ends),
        "fee": money(found.fee),
        "fee_words": found.fee_words,
        "interest": money(found.interest),
        "penalty": money(found.penalty),
        "added": money(found.added),
        "total": money(found.total),
        "assumed_rate_from": _day(found.schedule.assumed_rate_from),
    }


def _waiting(found: Assessment) -> list[dict[str, Any]]:
    return [
        {
            "days": each.days,
            "on": _day(each.on),
            "added": money(each.added),
            "owed": money(each.owed),
        }
        for each in found.waiting
    ]


def _deadline(found: Deadline) -> dict[str, Any]:
    return {
        "id": found.id,
        "what": found.what,
        "on": _day(found.on),
        "earliest": _day(found.earliest),
        "latest": _day(found.latest),
        "basis": found.basis,
        "passed": found.passed,
        "words": found.words,
        "references": _keys(found.references),
    }


def compare(found: Assessment) -> dict[str, Any]:
    """The ways to pay, and what waiting costs."""
    return {
        "as_of": _day(found.as_of),
        "ways": [way(each) for each in found.ways],
        "cheapest": found.cheapest,
        "easiest": found.easiest,
        "waiting": _waiting(found),
        "estimates": list(found.estimates),
        "assumptions": list(found.assumptions),
        "disclaimer": DISCLAIMER,
    }


def schedule(chosen: Chosen) -> dict[str, Any]:
    """One way to zero, row by row."""
    plan = chosen.schedule
    return {
        "as_of": _day(chosen.as_of),
        "id": chosen.id,
        "name": chosen.name,
        "every": chosen.every,
        "start": _day(plan.start),
        "balance": money(plan.balance),
        "payment": money(plan.regular),
        "payments": plan.payments,
        "ends": _day(plan.ends),
        "fee": money(plan.fee),
        "fee_words": chosen.fee_words,
        "interest": money(plan.interest),
        "penalty": money(plan.penalty),
        "added": money(plan.interest + plan.penalty + plan.fee),
        "total": money(plan.total),
        "assumed_rate_from": _day(plan.assumed_rate_from),
        "rows": [dict(zip(ROW, _row(each))) for each in plan.rows],
        "estimates": list(chosen.estimates),
        "assumptions": list(chosen.assumptions),
        "disclaimer": DISCLAIMER,
    }


ROW = ("number", "date", "opening", "interest", "penalty", "payment", "closing", "tax_left")


def _row(row: Row) -> tuple[int | str, ...]:
    amounts = (row.opening, row.interest, row.penalty, row.payment, row.closing, row.tax)
    return (row.number, row.on.isoformat(), *map(money, amounts))


def csv_rows(chosen: Chosen) -> list[tuple[int | str, ...]]:
    """The head and the rows of a schedule for a table program."""
    return [ROW, *map(_row, chosen.schedule.rows)]


def days(found: tuple[Deadline, ...], as_of: date) -> dict[str, Any]:
    """Deadlines and their sources."""
    return {
        "as_of": _day(as_of),
        "deadlines": [_deadline(each) for each in found],
        "references": _sources(*(each.references for each in found)),
        "disclaimer": DISCLAIMER,
    }


def parameters(found: Iterable[Listed]) -> list[dict[str, Any]]:
    """Figures with where they come from; ``value`` is null where none is published."""
    return [_parameter(each) for each in found]


def _parameter(each: Listed) -> dict[str, Any]:
    parameter, found = each.parameter, each.found
    on = found if isinstance(found, Figure) else None
    one = None if each.rows else on
    standing = on or parameter
    return {
        "name": parameter.name,
        "label": parameter.label,
        "unit": parameter.unit,
        "value": _value(one.value, one.unit) if one else None,
        "text": one.text if one else None,
        "by": parameter.by,
        "table": {row: _value(amount, parameter.unit) for row, amount in each.rows} or None,
        "effective_from": _day(on.effective_from) if on else None,
        "until": _day(on.until) if on else None,
        "unpublished": found.reason if isinstance(found, Unpublished) else None,
        "checked_on": _day(parameter.checked_on),
        "confidence": standing.confidence,
        "confirmed": standing.confirmed,
        "conflicts": [_conflict(each, parameter.unit) for each in on.conflicts] if on else [],
        "note": parameter.note,
        "references": _sources(parameter.references),
    }


def _value(value: Decimal | str, unit: str) -> str:
    if isinstance(value, Decimal):
        return money(value) if unit == "USD" else f"{value:f}"
    return value


def _conflict(found: Conflict, unit: str) -> dict[str, Any]:
    return {
        "value": _value(found.value, unit),
        "text": worded(found.value, unit),
        "note": found.note,
        "references": _sources(found.references),
    }


def stale(found: Iterable[Parameter], as_of: date) -> list[dict[str, Any]]:
    """Parameters that were last checked too long ago, and how long that is."""
    return [
        {
            "name": parameter.name,
            "label": parameter.label,
            "checked_on": _day(parameter.checked_on),
            "age_days": (as_of - parameter.checked_on).days,
        }
        for parameter in found
    ]
