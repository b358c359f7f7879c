"""The plan as the page gets it: the ``Plan`` of docs/architecture.md."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from frontdesk.documents.dates import has_dates
from frontdesk.documents.plan import KEPT, Plan, computed, of
from irs.assessment import Way
from irs.over_time import NOTHING_PAID, Point, of_way
from irs.showing import DISCLAIMER, about, pay_words, time_words
from irs.situation import Situation
from irs.told import day, money


def card(facts: Mapping[str, Any], as_of: date | str) -> dict[str, Any]:
    """The card of a case as ``irs.told`` has it. Raises as :func:`computed` does."""
    plan = computed(facts, as_of)
    found: dict[str, Any] = json.loads(_text(plan.situation, plan.as_of))
    return found


@lru_cache(maxsize=KEPT)
def _text(situation: Situation, as_of: date) -> str:
    """Kept as text, so that nobody's change to a card is in the next one."""
    return json.dumps(_card(of(situation, as_of)))


def _card(plan: Plan) -> dict[str, Any]:
    found = plan.found
    nothing = {
        "name": NOTHING_PAID,
        "words": plan.nothing_words,
        "balance": _balance(plan.nothing),
    }
    return {
        "as_of": day(plan.as_of),
        "title": found.title,
        "summary": " ".join((found.summary, *found.notes)),
        "ways": [_way(plan, way, fee) for way, fee in zip(plan.ways, plan.fees, strict=True)],
        "nothing": nothing if plan.nothing else None,
        "steps": [
            {
                "what": step.what,
                "where": step.where,
                "by": day(step.by),
                "by_words": step.by_words,
                "takes": step.takes,
            }
            for step in found.steps
        ],
        "papers": list(found.papers),
        "dates": has_dates(plan),
        "estimates": [*found.assumptions, *found.estimates],
        "references": [
            {"title": source.title, "url": source.url, "as_of": source.as_of}
            for source in found.references
            if source.url
        ],
        "disclaimer": DISCLAIMER,
    }


def _way(plan: Plan, way: Way, fee: str) -> dict[str, Any]:
    return {
        "id": way.id,
        "name": way.name,
        "pay_words": pay_words(way),
        "time_words": time_words(way),
        "payment": money(way.payment),
        "payments": way.payments,
        "ends": day(way.ends),
        "fee": money(way.fee),
        "fee_words": fee.removeprefix("set-up fee ").replace("no set-up fee", "none"),
        "total": money(way.total),
        "total_words": f"about {about(way.total)}",
        "best": plan.marks(way),
        "balance": _balance(of_way(way)),
    }


def _balance(points: Iterable[Point]) -> list[tuple[str | None, str]]:
    return [(day(on), money(left)) for on, left in points]
