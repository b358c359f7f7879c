"""How to reach the firm that runs the assistant: from settings, worded for a reader."""

from __future__ import annotations

import os
from typing import Dict


def words() -> Dict[str, str]:
    """The names an answer may use: ``firm_name``, ``firm_contact``.

    Sources: ``FIRM_NAME``, ``FIRM_PHONE``, ``FIRM_EMAIL``, ``FIRM_HOURS`` (see ``.env.example``).
    """
    name = os.environ.get("FIRM_NAME", "").strip() or "the tax firm that runs this page"
    ways = []
    if os.environ.get("FIRM_PHONE", "").strip():
        ways.append("call " + os.environ["FIRM_PHONE"].strip())
    if os.environ.get("FIRM_EMAIL", "").strip():
        ways.append("write to " + os.environ["FIRM_EMAIL"].strip())
    contact = f"{name}: {' or '.join(ways)}" if ways else f"{name}, in the way you usually do"
    hours = os.environ.get("FIRM_HOURS", "").strip()
    return {"firm_name": name, "firm_contact": contact + (f" ({hours})" if hours else "")}
