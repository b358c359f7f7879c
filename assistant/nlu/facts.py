"""The facts people state: amounts, time, dates, years, filed or not, yes or no.

``find_facts(doc, today)`` reads a text in a fixed order, most specific first, and never reads the
same characters twice: what is a Social Security number, a phone number, a notice's name or a date
can then not become an amount. What a fact means in the dialogue ("is 300 the balance?") is not
decided here but in actions/understanding.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import islice
from typing import Any, Callable, Dict, List, Match, Optional, Tuple

from spacy.tokens import Doc, Span

from assistant.nlu import fact_patterns as p
from assistant.nlu.dates import duration, find_dates
from assistant.nlu.numbers import plain, value
from assistant.nlu.statements import (
    SPANS,
    amount_bound,
    amount_role,
    find_circumstances,
    find_family,
    is_asked,
    short_answers,
    told,
)

MOST = 30  # facts of one kind in a message; more is a wall of numbers
NEAR = 90  # characters on either side that may say what an amount is
PERIODS = {"week2": (26, "two weeks"), "half": (24, "half a month"), "week": (52, "week"),
           "month": (12, "month"), "year": (1, "year")}  # fmt: skip
SCALES = re.compile(r"^(?:hundreds?|thousands?|thous?|million|grand|mill?)$")  # alone: no number
PARTS = {"t": "tax", "p": "penalty", "i": "interest"}


@dataclass(frozen=True)
class Fact:
    """A stated fact: ``text[start:end]`` says that ``kind`` is ``value``."""

    kind: str
    value: str
    start: int
    end: int
    extra: Dict[str, Any] = field(default_factory=dict)


class _Reader:
    """Facts found so far, and the text with what was read blanked out."""

    def __init__(self, doc: Doc, today: date) -> None:
        self.text = doc.text
        self.doc = doc
        self.left = doc.text.lower().replace("’", "'")
        if len(self.left) != len(self.text):  # a letter whose lower case is longer
            self.left = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        self.whole = self.left
        self.limit_asked = bool(p.LIMIT_QUESTION.search(self.left))
        corrects = p.CORRECTS.search(self.left)
        self.corrected = corrects.end() - 1 if corrects else len(self.left)
        self.parts: Dict[int, str] = {}  # where an amount stands -> the part of the bill it is
        self.today = today
        self.found: List[Fact] = []

    def add(self, kind: str, fact: Any, start: int, end: int, **extra: Any) -> None:
        self.found.append(
            Fact(kind, str(fact), start, end, {k: v for k, v in extra.items() if v is not None})
        )

    def take(
        self, pattern: "re.Pattern[str]", use: Callable[[Match[str]], bool | None], hint: str = ""
    ) -> None:
        """Give each match to ``use``; unless it returns False, no later pattern sees it."""
        if hint and not p.HINTS[hint].search(self.left):
            return
        for match in islice(pattern.finditer(self.left), MOST):
            if "\0" in match.group(0):
                continue
            if use(match) is not False:
                self.blank(match.start(), match.end())

    def blank(self, start: int, end: int) -> None:
        self.left = self.left[:start] + "\0" * (end - start) + self.left[end:]


def find_facts(doc: Doc, today: date) -> List[Fact]:
    """All facts of a processed text (see statements.pipeline), in the order they stand."""
    reader = _Reader(doc, today)
    _names(reader)
    _family(reader)
    for kind, found, start, end, extra in find_dates(reader.left, today):
        again = reader.found and reader.found[-1].extra.get("from_date") == found
        if "\0" not in reader.left[start:end] or again:  # "by March 1" is both
            reader.add(kind, found, start, end, **extra)
            reader.blank(start, end)
    reader.take(p.RATIO, lambda m: None)  # "24/7": what was a date was read as one
    _income(reader)
    _paces(reader)
    _durations(reader)
    _years(reader)
    _split(reader)
    _amounts(reader)
    _statements(reader)
    for kind, found, start, end in find_circumstances(reader.whole, today):
        reader.add(kind, found, start, end)
    for kind, start, end in short_answers(reader.left):
        reader.add(kind, "true", start, end)
    return sorted(reader.found, key=lambda f: (f.start, f.end))


def _names(r: _Reader) -> None:
    """Numbers that name something and are never money."""
    r.take(p.SSN, lambda m: r.add("ssn_like", "x", m.start(), m.end()))
    r.take(p.PHONE, lambda m: None)

    def notice(m: Match[str]) -> None:
        name = f"{m.group(1)}{m.group(2)}".upper() if m.group(1) else ""
        name = name or (f"Letter {m.group(3)}" if m.group(3) else f"CP{m.group(4)}")
        r.add("notice", name, m.start(), m.end())

    r.take(p.NOTICE, notice)
    r.take(p.FORM, lambda m: r.add("form", (m.group(1) or m.group(2)).upper(), m.start(), m.end()))
    nameless = (
        p.RUN,
        p.RETIREMENT,
        p.CASE_NUMBER,
        p.ZIP,
        p.STREET,
        p.BROKEN,
        p.PERCENT,
        p.CLOCK,
        p.AGE,
        p.LIST,
    )
    for pattern in nameless:
        r.take(pattern, lambda m: None)


def _income(r: _Reader) -> None:
    """What they earn, as USD a year. It is neither a balance nor a payment, whatever it is."""
    partner = p.PARTNER_EARNS.search(r.left)

    def add(m: Match[str]) -> bool | None:
        number = value(m.group(1))
        if number is None or number < 0:
            return False
        named = m.groupdict()
        times, per = next((PERIODS[k] for k in PERIODS if named.get(k)), (1, None))
        if per is None and number < 5000:
            return False  # "I make 3,000": a week, a month?
        rest = r.left[m.end() : m.end() + 16]
        before = re.search(r"\b(?:in|for)\s+((?:19|20)\d\d)\b", rest)
        old = before is not None and int(before.group(1)) < r.today.year - 1
        if not partner and not old and told(r.left, m.start(), m.end()):
            r.add("agi", plain(number * times), m.start(), m.end(), per=per)
        return None

    for pattern in (p.EARNS, p.BENEFIT, p.YEARLY_ALONE):
        r.take(pattern, add, "earn")
    r.take(p.BENEFIT_FIRST, add)
    r.take(p.HOURLY, lambda m: None, "hour")


def _family(r: _Reader) -> None:
    if not p.HINTS["kin"].search(r.left):
        return
    for size, start, end in find_family(r.left):
        if "\0" not in r.left[start:end]:
            r.add("family_size", size, start, end)
            r.blank(start, end)


_WEEKLY = re.compile(
    r"\bweekly\b(?<!bi-weekly)(?<!biweekly)|\b(?:every|each|a) (?:single )?(?:week|friday|fri)\b"
)


def _paces(r: _Reader) -> None:
    """Payments by the month (or the week, turned into months)."""

    def add(m: Match[str], amount: str, times: Decimal, per: Optional[str]) -> bool | None:
        number = value(amount)
        before = r.left[max(0, m.start() - NEAR) : m.start()]
        if number is None or number <= 0 or p.INCOME.search(before):
            return None  # an income is not a payment, and not a balance either
        monthly = (number * times).quantize(Decimal("0.01"), ROUND_HALF_UP)
        r.add("monthly", plain(monthly), m.start(), m.end(), per=per)
        return None

    r.take(p.MONTHLY, lambda m: add(m, m.group(2) or m.group(3), Decimal(1), None), "month")

    def weekly(m: Match[str]) -> bool | None:
        often = m.group("two") or m.group("bi")
        if m.group("check"):  # a check comes every two weeks, unless they say otherwise
            often = not _WEEKLY.search(r.whole)
        times = Decimal(26 if often else 52) / 12
        return add(m, m.group(1), times, "two weeks" if times < 3 else "week")

    r.take(p.BY_WEEK, weekly, "week")

    def time_first(m: Match[str]) -> bool | None:
        number = value(m.group(4))
        if number is None or not p.PACES_FIRST[0] <= number <= p.PACES_FIRST[1]:
            return False
        times, per = (
            (Decimal(26) / 12, "two weeks") if m.group("two") else (Decimal(52) / 12, "week")
        )
        return add(m, m.group(4), *((Decimal(1), None) if m.group("month") else (times, per)))

    r.take(p.PACE_FIRST, time_first)


def _durations(r: _Reader) -> None:
    def add(m: Match[str]) -> bool | None:
        found = duration(m)
        if found is None:
            return False
        before = r.left[: m.start()]
        if p.EACH_BEFORE.search(before):
            return None  # "every two weeks" is how often, not how long
        one = m.group(2) in ("a", "an") and not p.TIME_BEFORE.search(before)
        if one and p.PACE_BEFORE.search(before):
            return None  # "how much is that a month"
        days, extra = found
        r.add("duration", days, m.start(), m.end(), **extra)
        return None

    r.take(p.DURATION, add, "time")


def _years(r: _Reader) -> None:
    def add(m: Match[str]) -> bool | None:
        year = int(m.group(1)) if m.group(1) else 2000 + int(m.group(2))
        if not 1985 <= year <= r.today.year + 1:
            return False
        r.add("tax_year", year, m.start(), m.end())
        return None

    r.take(p.YEAR, add)


def _amounts(r: _Reader) -> None:
    def span(m: Match[str]) -> bool | None:
        low, high = value(m.group("low")), value(m.group("high"))
        if low is None or high is None:
            return False
        if re.search(r"[a-z]-[a-z]", m.group(0)):
            return False  # "ninety-nine thousand" is one number
        # "20 to 25k": the thousand belongs to both.
        if low < high / 100 and re.search(r"[a-z]$", m.group("high")):
            low *= 1000
        if not 0 < low < high or (high < 100 and not m.group("between")):
            return False
        return _amount(r, m.start(), m.end(), high, bare=False, low=low)

    r.take(p.RANGE, span)

    def single(m: Match[str]) -> bool | None:
        number = value(m.group("n"))
        if number is None:
            return False
        if p.MEASURED.match(r.left[m.end() :]):
            return False  # "190 thousand miles"
        signed = bool(m.group("sign") or m.group("unit"))
        worded = re.search(r"[a-z]", m.group("n")) is not None
        bare = m.group("n").strip()
        if worded and not signed and bare != "zero" and p.BARE_WORDS.match(bare):
            return False  # "one", "two", "a couple": hardly ever money
        if SCALES.match(bare):
            return False
        counts = number < 20 and "." not in m.group("n")
        if not signed and not worded and counts and r.text.strip(" .!") != m.group(0).strip():
            return False  # "1) … 2) …", "2 years behind", "3 notices": counts, not money
        if m.group("minus"):
            number = -number
        return _amount(
            r, m.start(), m.end(), number, bare=not signed and not worded, at=m.start("n")
        )

    r.take(p.AMOUNT, single)


def _split(r: _Reader) -> None:
    """The amounts of a bill that a person splits: "8,000 tax, 900 penalty and 400 interest"."""
    if not re.search(r"\b(?:penalt|interest)", r.left):
        return
    found_all = islice(p.AMOUNT.finditer(r.left), MOST)
    matches = [m for m in found_all if "\0" not in m.group(0)]
    sides: List[Dict[int, str]] = [{}, {}]
    for m in matches:
        after = p.PART_AFTER.match(r.left[m.end() : m.end() + NEAR])
        before = p.PART_BEFORE.search(r.left[max(0, m.start() - NEAR) : m.start()])
        for side, found in enumerate((after, before)):
            if found:
                sides[side][m.start("n")] = PARTS[found.group("part")[0]]
    first = min((m.start() for m in matches), default=0)
    named = re.search(r"\b(?:tax|penalt|interest)", r.left)
    by_after = bool(named and first < named.start())  # "8,000 tax", not "tax 8,000"
    best = max(sides, key=lambda s: (len(set(s.values())), (s is sides[0]) == by_after))
    several = len(set(best.values())) > 1
    if several or (len(matches) > 1 and p.PART_OF.search(r.left)):
        r.parts = {at: part for at, part in best.items() if several or part != "tax"}


def _amount(
    r: _Reader, start: int, end: int, number: Decimal, bare: bool, low: Optional[Decimal] = None,
    at: int = -1,
) -> bool:  # fmt: skip
    before, after = r.left[max(0, start - NEAR) : start], r.left[end : end + NEAR]
    if re.search(r"#\s?$", before):
        return False
    part = r.parts.get(at)
    role, bound = amount_role(r.left, before, after, start, end), None
    role = "other" if role is None and r.limit_asked else role
    if part and role != "paid":
        role = "part"
    if role in (None, "owed"):
        bound = amount_bound(before, after)
        asks = role is None and not told(r.left, start, end)  # "automatic above 25,000?"
        if bound and (asks or (bare and number < 1000)):  # "over 65", "spread over 24"
            role, bound = "other", None
    denied = bool(p.DENIED.search(before)) or None
    corrects = (r.corrected < start or _denied_after(after) or None) if not denied else None
    year = _year_beside(r, start, end)
    r.add(
        "amount", plain(number), start, end, role=role, low=plain(low) if low else None,
        bare=True if bare else None, denied=denied, corrects=corrects, tax_year=year,
        approx=True if p.APPROX.search(before) else None, bound=bound,
        part=part if role == "part" else None,
        once=True if p.ONCE_AFTER.match(r.whole[end : end + NEAR]) else None,
    )  # fmt: skip
    return True


def _denied_after(after: str) -> bool:
    return bool(re.match(r"\s*,?\s*not\s+\$?\s?\d", after))


def _year_beside(r: _Reader, start: int, end: int) -> Optional[int]:
    """The tax year an amount is for: "8k for 2021", "2021: 8k", "for 2022 i owe 9,000"."""
    years = [
        f for f in r.found if f.kind == "tax_year" and f.end > start - 40 and f.start < end + 40
    ]
    for fact in years:
        if fact.start >= end and re.match(
            r"^\s*(?:dollars\s*)?(?:for|from|in|on|of|\()?\s*(?:the\s+)?(?:tax\s+year\s+|year\s+)?\(?$",
            r.left[end : fact.start].replace("\0", ""),
        ):
            return int(fact.value)
    for fact in years:
        if fact.end <= start and re.match(
            r"^\s*[:,=\-]?\s*(?:is|was|it'?s|i owe|we owe|owe|about)?\s*\$?$",
            r.left[fact.end : start].replace("\0", ""),
        ):
            return int(fact.value)
    return None


def _within(one: Span, other: Span) -> bool:
    """Whether a span stands in a longer one about the same: "unfiled returns" in "no unfiled returns"."""
    same = one.label_.partition("=")[0] == other.label_.partition("=")[0]
    return same and other.start <= one.start and one.end <= other.end and len(other) > len(one)


def _statements(r: _Reader) -> None:
    """The ruler's spans: a "not" before a "yes", none within a longer one of its kind."""
    every = list(r.doc.spans.get(SPANS, []))
    spans = sorted(
        (s for s in every if not any(_within(s, other) for other in every)),
        key=lambda s: (not s.label_.endswith("=false"), -(s.end_char - s.start_char)),
    )
    in_part = any(f.extra.get("role") == "now" for f in r.found)
    taken: List[Tuple[str, int, int]] = []
    for span in spans:
        kind, _, found = span.label_.partition("=")
        if any(k == kind and span.start_char < e and b < span.end_char for k, b, e in taken):
            continue
        if kind in ("returns_filed", "pay_in_full") and is_asked(
            r.text, span.start_char, span.end_char
        ):
            continue
        if span.label_ == "pay_in_full=true" and p.NO_WAY.search(r.whole[: span.start_char]):
            found = "false"  # "no way I can pay that by then"
        if span.label_ == "pay_in_full=true" and in_part and not p.ALL.search(span.text):
            continue  # "I have 5k I can pay today"
        taken.append((kind, span.start_char, span.end_char))
        r.add(kind, found, span.start_char, span.end_char)
