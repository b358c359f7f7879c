"""The chart of the printed plan as a picture, for places that show no PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
from reportlab.graphics import renderPDF

from frontdesk.documents.chart import chart
from frontdesk.documents.fonts import ONE_AT_A_TIME, register
from frontdesk.documents.plan import computed

WIDTH, HEIGHT = 480, 260  # points
SCALE = 2.5  # pixels a point


def png(facts: Mapping[str, Any], as_of: date | str) -> bytes | None:
    """The balance over time for each way and for doing nothing; ``None`` where there is none."""
    plan = computed(facts, as_of)
    with ONE_AT_A_TIME:
        register()
        drawing = chart(plan, WIDTH, HEIGHT)
        if drawing is None:
            return None
        drawn = pypdfium2.PdfDocument(renderPDF.drawToString(drawing))
        out = BytesIO()
        drawn[0].render(scale=SCALE).to_pil().save(out, "PNG", optimize=True)
        drawn.close()
    return out.getvalue()
