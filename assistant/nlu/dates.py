"""Dates people state: "Dec 5", "12/05/2026", "next Friday", "three weeks ago", "by summer".

Patterns find candidates, ``dateparser`` reads them: its own search has too many false finds in
running text, and costs more than a whole turn may.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import Any, Dict, Iterator, Optional, Tuple

import dateparser

from assistant.nlu.numbers import value

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
MOST = 20  # dates in a message: reading one costs a millisecond
OPEN_ENDED_DAYS = 1825  # "for years": no number was said; longer than any short-term plan

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
    rf"|\b(?P<day>(?:next|this|last|on)\s+{_WEEKDAY}|(?:(?<=\bby\s)|(?<=\buntil\s)|(?<=\btill\s)|(?<=\bbefore\s)){_WEEKDAY})\b"
    r"|\b(?P<near>yesterday|tomorrow|today|last (?:week|month)|next (?:week|month))\b"
)
_SEASONS = {"spring": (4, 1), "summer": (7, 1), "fall": (10, 1), "autumn": (10, 1),
            "winter": (12, 21), "christmas": (12, 25), "new year": (1, 1), "tax time": (4, 15),
            "tax season": (4, 15)}  # fmt: skip
_ENDS = {"spring": (6, 20), "summer": (9, 22), "fall": (12, 20), "autumn": (12, 20),
         "winter": (3, 19), "year": (12, 31)}  # fmt: skip
_UNTIL = re.compile(
    rf"\b(?P<word>by|until|till|before|in)\s+(?:the\s+)?(?:(?P<end>end\s+of\s+(?:the\s+|this\s+)?|late\s+)|(?P<mid>mid(?:dle\s+of)?[\s-]+)|(?:next|this|early)\s+)?"
    rf"(?P<when>(?:next\s+)?(?:year|month)(?:'?s[\s-]+end|[\s-]+end)?|(?:next\s+)?(?:spring|summer|fall|autumn|winter)|christmas|new year|tax (?:time|season)|{_MONTH}|(?P<nth>\d{{1,2}})(?:st|nd|rd|th))\b"
    r"(?!\s+(?:\d|said|it))"
)
_BY = re.compile(r"\b(by|until|till|before)\s+(?:about\s+|around\s+|like\s+)?(?:on\s+)?$")
_PAYING = re.compile(
    r"\b(pay|paying|payments?|paid off|clear|settle|finish|spread|afford|done|cover|manage|wipe|need|needs|take|takes|time|give me|have it)\b"
)
_HAS_TO = re.compile(
    r"\b(?:(?:have|has|need|needs|supposed)\s+|(?:told|want|wants|ask|asks)\s+(?:me|us)\s+)to\s+(?:pay|be paid)|\bmust\b|\bdue\b|\bdeadline\b|\b(?:notice|letter|irs|they|it)\s+(?:say|want|ask|tell)|\bsays\b"
)
_CANNOT = re.compile(
    r"\b(?:can'?t|cannot|can not|couldn'?t|won'?t|no way|unable|not able|doubt|never|not going to|don'?t think)\b"
)
_NO_PLAN = re.compile(
    r"\b(?:filed|file|filing|lost|got|came|hear|reply|respond|refund|appeal|levy|lien|started|since|(?:i|we|ve|already) paid)\b[^,.?!;\n]{0,30}$"
)
_DUE = re.compile(r"\b(due|pay by|deadline|pay it by|payment by)\b[^.?!;\n]{0,24}$")
_DATED = re.compile(r"\b(dated|letter|notice|from|got it|received|arrived|came)\b[^.?!;\n]{0,24}$")
Found = Tuple[str, str, int, int, Dict[str, Any]]


def find_dates(text: str, today: date) -> Iterator[Found]:
    """(kind, ISO date or days, start, end, extra) of each date in lower-case ``text``.

    "I can pay by March 1" is a time to pay: a ``duration`` with ``from_date``. "By March 1" alone is
    that or a due date, as was asked: both are given, over the same characters.
    """
    for match in islice(_DATE.finditer(text), MOST):
        if match.group("near") == "today":
            continue  # "pay today" is a time to pay, and nobody's due date
        found = read_date(match.group(0), today)
        if found is None:
            continue
        before = text[max(0, match.start() - 90) : match.start()]
        by = _BY.search(before)
        if by and not match.group("ago"):
            alone = len(text[: match.start()].split()) <= 2 and not text[match.end() :].strip(" .!")
            pays = alone or _is_time_to_pay(before, by.group(1))
            when = _ahead(found, match.group(0), today)
            if pays and when > today:
                start = match.start() - len(before) + by.start()
                yield _until(when, today, start, match.end())
                if not alone:
                    continue
        role = "due" if _DUE.search(before) else None
        role = role or ("notice" if _DATED.search(before) and found <= today else None)
        extra = {"role": role, "past": found < today}
        yield "date", found.isoformat(), match.start(), match.end(), extra
    for match in islice(_UNTIL.finditer(text), MOST):
        before = text[max(0, match.start() - 90) : match.start()]
        few = len(text.split()) <= 6
        about = few or (_PAYING.search(before) or _PAYING.search(text[match.end() :][:60]))
        if not about or _NO_PLAN.search(before) or _barred(before, match.group("word")):
            continue
        if match.group("nth") and not _is_time_to_pay(before, match.group("word")):
            continue
        if match.group("word") == "in" and re.search(r"month|year", match.group("when")):
            continue  # "in the next year" says how long, not until when
        when = _named_day(match, today)
        if when is not None and when > today:
            yield _until(when, today, match.start(), match.end())


def _until(when: date, today: date, start: int, end: int) -> Found:
    return "duration", str((when - today).days), start, end, {"from_date": when.isoformat()}


def _barred(before: str, word: str) -> bool:
    """ "Can't pay by summer" names no time to pay; "can't pay until summer" does."""
    clause = re.split(r"[.?!;\n,]|\bbut\b", before)[-1]
    return word in ("by", "in") and _CANNOT.search(clause) is not None


def _is_time_to_pay(before: str, word: str) -> bool:
    """Whether "… by <date>" is when a person will have paid, not when they have to."""
    clause = re.split(r"[.?!;\n]", before)[-1]
    if _HAS_TO.search(clause) or _barred(before, word) or _NO_PLAN.search(clause):
        return False
    return re.search(
        r"\b(?:can|could|will|able|going to|gonna|want|like|plan|planning|hope|hoping|need|take|would|until|"
        r"we'll|i'll|i'd|can'?t|cannot|cant|let me|time)\b", clause,
    ) is not None and _PAYING.search(clause) is not None  # fmt: skip


def _ahead(found: date, said: str, today: date) -> date:
    """A day a person will pay by lies ahead: "by October 1" is next year's when this one's is over."""
    if found > today or re.search(r"20\d\d|/\d\d$|last|yesterday", said):
        return found
    try:
        return found.replace(year=found.year + 1)
    except ValueError:
        return found


def _named_day(match: "re.Match[str]", today: date) -> Optional[date]:
    """The day "by summer", "by the end of the year" or "by the 15th" names."""
    when = match.group("when")
    if match.group("nth"):
        return _next_monthday(int(match.group("nth")), today)
    bare = re.sub(r"^next\s+|'?s?[\s-]+end$", "", when)
    at_end = bool(match.group("end")) or when.endswith("end")
    if bare in ("year", "month"):
        if not at_end:
            return None  # "by next month" could be any day of it
        ahead = 1 if "next" in match.group(0) else 0
        if bare == "year":
            return date(today.year + ahead, 12, 31)
        return _month_end(today.year, today.month + ahead)
    if at_end and bare in _ENDS:
        month, day = _ENDS[bare]
        over = (month, day) <= (today.month, today.day)
        return date(today.year + (1 if over else 0), month, day)
    first = later_day(bare, today)
    if first is None or bare in _SEASONS:
        return first
    if at_end:
        return _month_end(first.year, first.month)
    return first.replace(day=15) if match.group("mid") else first


def _month_end(year: int, month: int) -> date:
    year, month = (year, month) if month <= 12 else (year + 1, month - 12)
    after = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return after - timedelta(days=1)


def _next_monthday(day: int, today: date) -> Optional[date]:
    if not 1 <= day <= 28:
        return None
    this = today.replace(day=day)
    if this > today:
        return this
    return (this.replace(day=1) + timedelta(days=31)).replace(day=day)


@lru_cache(maxsize=512)
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


def _count(text: str) -> Optional[Decimal]:
    if text in ("a", "an"):
        return Decimal(1)
    if text.startswith("half"):
        return Decimal("0.5")
    return value(text)


def duration(m: "re.Match[str]") -> Optional[Tuple[int, Dict[str, Any]]]:
    """Days, and how they were said, of a match of the duration pattern."""
    if m.group("open") or m.group("slow"):
        return OPEN_ENDED_DAYS, {"open_ended": True}
    count = _count(m.group(2))
    if count is None:
        return None
    unit = next(u for u in DAYS if m.group(3).startswith(u[0]))
    if m.group(4):
        count += Decimal("0.5")
    low = value(m.group(1)) if m.group(1) else None
    if unit == "year" and count == Decimal("0.5"):
        unit, count = "month", Decimal(6)  # people mean six months, not 182 days
    extra: Dict[str, Any] = {"unit": unit, "count": float(count)}
    extra["low"] = int(low * DAYS[unit]) if low is not None else None
    return int(count * DAYS[unit]), extra
