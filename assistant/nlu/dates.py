"""Dates people state: "Dec 5", "12/05/2026", "next Friday", "three weeks ago", "by summer".

Patterns find candidates, ``dateparser`` reads them: its own search has too many false finds in
running text, and costs more than a whole turn may.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any, Dict, Iterator, Optional, Tuple

import dateparser

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|"
    r"sat(?:urday)?|sun(?:day)?)"
)
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|a couple(?: of)?|a few)"
_DATE = re.compile(
    rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:20)\d\d)?\b(?!,?\d)"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+20\d\d)?\b"
    r"|\b20\d\d-\d\d-\d\d\b"
    r"|(?<![\d/$.,])\b(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?:/(?:20)?\d\d)?\b(?!/)"
    rf"|\b(?P<ago>{_COUNT}\s+(?:days?|weeks?|months?|years?)\s+ago)\b"
    rf"|\b(?P<day>(?:next|this|last|on|by)\s+{_WEEKDAY})\b"
    r"|\b(?P<near>yesterday|tomorrow|today|last (?:week|month)|next (?:week|month))\b"
)
_SEASONS = {"spring": (4, 1), "summer": (7, 1), "fall": (10, 1), "autumn": (10, 1),
            "winter": (12, 21), "christmas": (12, 25), "new year": (1, 1), "tax time": (4, 15),
            "tax season": (4, 15)}  # fmt: skip
_UNTIL = re.compile(
    rf"\b(?:by|until|till|before|in)\s+(?:the\s+)?(?:(?:end of|next|this)\s+)?"
    rf"(?P<when>spring|summer|fall|autumn|winter|christmas|new year|tax (?:time|season)|{_MONTH})\b"
    r"(?!\s+(?:\d|said|it))"
)
_DUE = re.compile(r"\b(due|pay by|deadline|pay it by|payment by)\b[^.?!;\n]{0,24}$")
_DATED = re.compile(r"\b(dated|letter|notice|from|got it|received|arrived|came)\b[^.?!;\n]{0,24}$")
Found = Tuple[str, str, int, int, Dict[str, Any]]


def find_dates(text: str, today: date) -> Iterator[Found]:
    """(kind, ISO date or days, start, end, extra) of each date in lower-case ``text``."""
    for match in _DATE.finditer(text):
        if match.group("near") == "today":
            continue  # "pay today" is a time to pay, and nobody's due date
        found = read_date(match.group(0), today)
        if found is None:
            continue
        before = text[: match.start()]
        role = "due" if _DUE.search(before) else None
        role = role or ("notice" if _DATED.search(before) and found <= today else None)
        extra = {"role": role, "past": found < today}
        yield "date", found.isoformat(), match.start(), match.end(), extra
    for match in _UNTIL.finditer(text):
        when = later_day(match.group("when"), today)
        if when is not None and when > today:
            extra = {"from_date": when.isoformat()}
            yield "duration", str((when - today).days), match.start(), match.end(), extra


def read_date(text: str, today: date) -> Optional[date]:
    """One date as a person wrote it, seen from ``today``; None when it is none."""
    text = re.sub(r"^(?:on|by|this)\s+", "", text)
    forward = not re.search(r"\bago\b|\blast\b|yesterday", text)
    text = re.sub(r"\ba couple(?: of)?\b", "2", text)
    text = re.sub(r"\ba few\b", "3", text)
    text = re.sub(
        r"^next\s+(?=[a-z]+day|mon|tue|wed|thu|fri|sat|sun)|^last\s+(?=[a-z]+day|mon|tue|wed|thu|fri|sat|sun)",
        "",
        text,
    )
    base = datetime(today.year, today.month, today.day, 12)
    found = dateparser.parse(
        text,
        languages=["en"],
        settings={
            "RELATIVE_BASE": base,
            "PREFER_DATES_FROM": "future" if forward else "past",
            "DATE_ORDER": "MDY",
        },
    )
    if found is None:
        return None
    day = found.date()
    # A month and day without a year: the nearest, for a notice is weeks old at most.
    if forward and not re.search(r"20\d\d|/\d\d$", text) and day - today > timedelta(days=270):
        try:
            day = day.replace(year=day.year - 1)
        except ValueError:
            return None
    return day


def later_day(when: str, today: date) -> Optional[date]:
    """The next day a season or a month's name begins (for a month: its first day)."""
    if when in _SEASONS:
        month, day = _SEASONS[when]
    else:
        found = dateparser.parse(f"{when} 1", languages=["en"])
        if found is None:
            return None
        month, day = found.month, 1
    year = today.year if (month, day) > (today.month, today.day) else today.year + 1
    return date(year, month, day)
