"""The printed plan's font, embedded in the file, and texts made fit for it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from html import escape
from pathlib import Path
from threading import Lock

import font_source_sans_pro
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "SourceSans", "SourceSans-Semibold"
_FILES = {PLAIN: "SourceSansPro-Regular.ttf", BOLD: "SourceSansPro-Semibold.ttf"}
_MISSING = "?"
ONE_AT_A_TIME = Lock()  # ReportLab keeps fonts and their subsets in one place for all threads


@lru_cache(maxsize=1)
def register() -> frozenset[int]:
    """Make the fonts known to ReportLab; returns the characters both can print."""
    folder = Path(str(font_source_sans_pro.font_directory))
    fonts = [TTFont(name, str(folder / file)) for name, file in _FILES.items()]
    for font in fonts:
        pdfmetrics.registerFont(font)
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)
    return frozenset.intersection(*(frozenset(font.face.charToGlyph) for font in fonts))


def printable(text: str) -> str:
    """A text on one line of characters that the font holds; what it lacks becomes "?"."""
    known = register()
    joined = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(c if ord(c) in known else _plainer(c, known) for c in joined)


def _plainer(character: str, known: frozenset[int]) -> str:
    """What a character is made of, as far as the font has that (a ligature, a wide letter)."""
    if not character.isprintable():
        return ""
    parts = unicodedata.normalize("NFKD", character)
    found = "".join(c for c in parts if ord(c) in known and not unicodedata.combining(c))
    return found or _MISSING


def markup(text: str) -> str:
    """A printable text as ReportLab's paragraphs take it: nothing in it is read as markup."""
    return escape(printable(text), quote=False)
