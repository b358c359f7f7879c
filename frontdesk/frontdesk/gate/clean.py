"""What a message may be: readable characters, not empty, not too long, nothing that identifies."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from frontdesk import notices
from frontdesk.gate.masking import mask

MOST_CHARACTERS = 2000
MOST_MARKS = 3  # combining marks on one letter; more is "zalgo" text that spills over the page
_KEEP = {"\n", "\t", "\u200d", "\ufe0f"}  # joiner and selector hold an emoji together


@dataclass(frozen=True)
class Passed:
    """A message as it may be stored: its text, and the kinds of number masked in it."""

    text: str
    masked: tuple[str, ...]


class Refused(Exception):
    """A message that was not taken: the page gets the code, the visitor the sentence."""

    def __init__(self, code: str, message: str, retry_after: float | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.retry_after = retry_after


def admit(text: object) -> Passed:
    """The message ready to store; raises :class:`Refused`."""
    if not isinstance(text, str):
        raise Refused("bad_request", notices.BAD_REQUEST)
    cleaned = clean(text)
    if not cleaned:
        raise Refused("empty", notices.EMPTY)
    if len(cleaned) > MOST_CHARACTERS:
        raise Refused("too_long", notices.TOO_LONG.format(most=f"{MOST_CHARACTERS:,}"))
    return Passed(*mask(cleaned))


def clean(text: str) -> str:
    """Without control and direction-changing characters, lone surrogates and piled-up marks."""
    out: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        kind = unicodedata.category(char)
        if char not in _KEEP and kind in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        marks = marks + 1 if kind in ("Mn", "Me") and char not in _KEEP else 0
        if marks <= MOST_MARKS:
            out.append(char)
    return "".join(out).strip()
