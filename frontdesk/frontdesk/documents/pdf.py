"""The plan on paper: two or three pages to print, tick off and take to the phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from reportlab.platypus import PageBreak

from frontdesk.documents.doing import Doing
from frontdesk.documents.fonts import ONE_AT_A_TIME, register
from frontdesk.documents.front import Front
from frontdesk.documents.paper import Firm, Styles, build
from frontdesk.documents.plan import Plan, computed

MOST_PAGES = 3
# Text size in points, sources listed, and whether parts begin pages of their own: from roomy to
# tight, and the first that fits is taken.
FITS = (
    (10.0, 14, True), (9.5, 12, True), (9.0, 10, True), (9.0, 10, False), (8.5, 8, False),
    (8.0, 6, False), (7.0, 4, False),
)  # fmt: skip


def pdf(facts: Mapping[str, Any], as_of: date | str, firm: Mapping[str, str]) -> bytes:
    """The printed plan of a case as ``irs.told`` has it.

    ``firm``: name, phone, email and hours, each may be empty. Raises as
    :func:`frontdesk.documents.plan.computed` does.
    """
    plan = computed(facts, as_of)
    with ONE_AT_A_TIME:
        register()
        for size, sources, apart in FITS:
            story = _story(plan, Styles(size), sources, apart)
            written, pages = build(story, Firm.of(firm), plan.as_of)
            if pages <= MOST_PAGES:
                break
    return written


def _story(plan: Plan, styles: Styles, sources: int, apart: bool) -> list[Any]:
    """What to do and what to say each begin a page, to be laid on a table; where there is nothing
    to compare, what to do follows at once."""
    doing = Doing(plan, styles)
    first = [PageBreak()] if apart and plan.ways else []
    second = [PageBreak()] if apart else []
    return [
        *Front(plan, styles).story(), *first, *doing.steps(), *second, *doing.call(sources),
    ]  # fmt: skip
