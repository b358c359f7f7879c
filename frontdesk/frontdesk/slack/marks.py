"""Slack's way of writing text, read as a person meant it and written so that nothing becomes a mark."""

from __future__ import annotations

import re
from html import unescape

import emoji

_MARK = re.compile(r"<([^<>]*)>")
_SMART = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2026": "...",
        "\u00a0": " ",
    }
)


def read(text: str) -> str:
    """A message as typed: ``<tel:…|800-829-1040>`` is its label, ``&amp;`` an ampersand, mentions go."""
    return (
        unescape(emoji.emojize(_MARK.sub(_meant, text), language="alias")).translate(_SMART).strip()
    )


def _meant(match: re.Match[str]) -> str:
    target, _, label = match.group(1).partition("|")
    if target.startswith("@"):
        return ""  # the mention of us; of others it says nothing either
    if target.startswith("!"):
        return label or ""  # @here and the like
    if target.startswith("#"):
        return f"#{label}" if label else ""
    return label or re.sub(r"^(?:tel|mailto):", "", target)


def write(text: str) -> str:
    """Our text as Slack shows it plainly: no character of it is a mark."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
