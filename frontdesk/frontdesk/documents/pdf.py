"""The plan on paper: two or three pages to print, tick off and take to the phone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from threading import Lock
from typing import Any

from frontdesk.documents.fonts import register
from frontdesk.documents.paper import Firm, Styles, build
from frontdesk.documents.plan import computed
from frontdesk.documents.sections import Sections

MOST_PAGES = 3
# Text size in points and sources listed, from roomy to tight: the first that fits is taken.
FITS = ((10.0, 14), (9.5, 12), (9.0, 10), (8.5, 8), (8.0, 6), (7.5, 4))
_one_at_a_time = Lock()  # ReportLab keeps fonts and their subsets in one place for all threads


def pdf(facts: Mapping[str, Any], as_of: date | str, firm: Mapping[str, str]) -> bytes:
    """The printed plan of a case as ``irs.told`` has it.

    ``firm``: name, phone, email and hours, each may be empty. Raises as
    :func:`frontdesk.documents.plan.computed` does.
    """
    plan = computed(facts, as_of)
    with _one_at_a_time:
        register()
        for size, sources in FITS:
            sections = Sections(plan, Styles(size), sources)
            written, pages = build(sections.story(), Firm.of(firm), plan.as_of)
            if pages <= MOST_PAGES:
                break
    return written
