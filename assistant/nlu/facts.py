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
from typing import Any, Callable, Dict, List, Match, Optional, Tuple

from spacy.tokens import Doc

from assistant.nlu import fact_patterns as p
from assistant.nlu.dates import find_dates
from assistant.nlu.numbers import value
from assistant.nlu.statements import SPANS

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
OPEN_ENDED_DAYS = 1825  # "for years": no number was said; longer than any short-term plan


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
        self.today = today
        self.found: List[Fact] = []

    def add(self, kind: str, fact: Any, start: int, end: int, **extra: Any) -> None:
        self.found.append(
            Fact(kind, str(fact), start, end, {k: v for k, v in extra.items() if v is not None})
        )

    def take(self, pattern: "re.Pattern[str]", use: Callable[[Match[str]], bool | None]) -> None:
        """Give each match to ``use``; unless it returns False, no later pattern sees it."""
        for match in list(pattern.finditer(self.left)):
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
    for kind, found, start, end, extra in find_dates(reader.left, today):
        if "\0" not in reader.left[start:end]:
            reader.add(kind, found, start, end, **extra)
            reader.blank(start, end)
    reader.take(p.RATIO, lambda m: None)  # "24/7": what was a date was read as one
    _paces(reader)
    _durations(reader)
    _years(reader)
    _amounts(reader)
    _statements(reader)
    _short_answers(reader)
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
    for pattern in (p.PERCENT, p.CLOCK, p.AGE, p.LIST):
        r.take(pattern, lambda m: None)


def _paces(r: _Reader) -> None:
    """Payments by the month (or the week, turned into months)."""

    def add(m: Match[str], amount: str, times: Decimal, per: Optional[str]) -> bool | None:
        number = value(amount)
        if number is None or number <= 0 or p.INCOME.search(r.left[: m.start()]):
            return None  # an income is not a payment, and not a balance either
        monthly = (number * times).quantize(Decimal("0.01"), ROUND_HALF_UP)
        r.add("monthly", _plain(monthly), m.start(), m.end(), per=per)
        return None

    r.take(p.MONTHLY, lambda m: add(m, m.group(2) or m.group(3), Decimal(1), None))

    def weekly(m: Match[str]) -> bool | None:
        times = Decimal(26 if m.group("two") or m.group("bi") else 52) / 12
        return add(m, m.group(1), times, "two weeks" if times < 3 else "week")

    r.take(p.BY_WEEK, weekly)


def _durations(r: _Reader) -> None:
    def add(m: Match[str]) -> bool | None:
        if m.group("open") or m.group("slow"):
            r.add("duration", OPEN_ENDED_DAYS, m.start(), m.end(), open_ended=True)
            return None
        count = _count(m.group(2))
        if count is None:
            return False
        unit = next(u for u in DAYS if m.group(3).startswith(u[0]) and _is_unit(m.group(3), u))
        if m.group(4):
            count += Decimal("0.5")
        low = value(m.group(1)) if m.group(1) else None
        if unit == "year" and count == Decimal("0.5"):
            unit, count = "month", Decimal(6)  # people mean six months, not 182 days
        r.add(
            "duration", int(count * DAYS[unit]), m.start(), m.end(), unit=unit, count=float(count),
            low=int(low * DAYS[unit]) if low is not None else None,
        )  # fmt: skip
        return None

    r.take(p.DURATION, add)


def _is_unit(word: str, unit: str) -> bool:
    return word[0] == unit[0] and (unit != "month" or word[0] == "m")


def _count(text: str) -> Optional[Decimal]:
    if text in ("a", "an"):
        return Decimal(1)
    if text.startswith("half"):
        return Decimal("0.5")
    return value(text)


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
        signed = bool(m.group("sign") or m.group("unit"))
        worded = re.search(r"[a-z]", m.group("n")) is not None
        bare = m.group("n").strip()
        if worded and not signed and bare != "zero" and p.BARE_WORDS.match(bare):
            return False  # "one", "two", "a couple": hardly ever money
        if m.group("n").strip() in (
            "hundred",
            "thousand",
            "million",
            "hundreds",
            "thousands",
            "grand",
            "mil",
            "mill",
        ):
            return False
        counts = number < 20 and "." not in m.group("n")
        if not signed and not worded and counts and r.text.strip(" .!") != m.group(0).strip():
            return False  # "1) … 2) …", "2 years behind", "3 notices": counts, not money
        if m.group("minus"):
            number = -number
        return _amount(r, m.start(), m.end(), number, bare=not signed and not worded)

    r.take(p.AMOUNT, single)


def _amount(
    r: _Reader, start: int, end: int, number: Decimal, bare: bool, low: Optional[Decimal] = None
) -> bool:
    before, after = r.left[:start], r.left[end:]
    if re.search(r"#\s?$", before):
        return False
    role = None
    if p.OWED_BEFORE.search(before) or p.OWED_AFTER.match(after):
        role = "owed"
    elif p.PAY_BEFORE.search(before):
        role = "payment"
    elif p.OTHER_BEFORE.search(before) or p.LIMIT_QUESTION.search(r.left):
        role = "other"
    denied = bool(p.DENIED.search(before)) or None
    corrects = (
        (bool(p.CORRECTS.search(before)) or _denied_after(after) or None) if not denied else None
    )
    year = _year_beside(r, start, end)
    r.add(
        "amount", _plain(number), start, end, role=role, low=_plain(low) if low else None,
        bare=True if bare else None, denied=denied, corrects=corrects, tax_year=year,
        approx=True if p.APPROX.search(before) else None,
    )  # fmt: skip
    return True


def _denied_after(after: str) -> bool:
    return bool(re.match(r"\s*,?\s*not\s+\$?\s?\d", after))


def _year_beside(r: _Reader, start: int, end: int) -> Optional[int]:
    """The tax year an amount is for: "8k for 2021", "2021: 8k", "for 2022 i owe 9,000"."""
    years = [f for f in r.found if f.kind == "tax_year"]
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


def _statements(r: _Reader) -> None:
    """The ruler's spans: of overlapping ones the longest, and a "not" before a "yes"."""
    spans = sorted(
        r.doc.spans.get(SPANS, []),
        key=lambda s: (not s.label_.endswith("=false"), -(s.end_char - s.start_char)),
    )
    taken: List[Tuple[str, int, int]] = []
    for span in spans:
        kind, _, found = span.label_.partition("=")
        if any(k == kind and span.start_char < e and b < span.end_char for k, b, e in taken):
            continue
        if kind in ("returns_filed", "pay_in_full") and _is_asked(
            r.text, span.start_char, span.end_char
        ):
            continue
        taken.append((kind, span.start_char, span.end_char))
        r.add(kind, found, span.start_char, span.end_char)


def _is_asked(text: str, start: int, end: int) -> bool:
    """Whether a statement stands inside a question ("do I have to file …?", "can I pay it all?")."""
    clause = re.split(r"[.?!;\n]", text[:start])[-1]
    return bool(p.ASKED.search(clause + " " + text[start:end].split()[0])) or bool(
        p.ASKED.search(clause)
    )


def _short_answers(r: _Reader) -> None:
    """Yes, no, not sure, rather not: only where the message reads as an answer."""
    text = r.left
    unsure, refusal = p.UNSURE.search(text), p.REFUSAL.search(text)
    asks = "?" in text
    if unsure and not asks and len(text.split()) <= 12:
        r.add("unsure", "true", unsure.start(), unsure.end())
    if refusal and len(text.split()) <= 14:
        r.add("refusal", "true", refusal.start(), refusal.end())
    if unsure or refusal:
        return
    for kind, pattern in (("no", p.NO), ("yes", p.YES)):
        match = pattern.search(text)
        if match:
            r.add(kind, "true", match.start(), match.end())
            return


def _plain(number: Decimal) -> str:
    """A decimal string without exponent; cents only where there are any."""
    number = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:.2f}"
