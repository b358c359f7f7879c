"""Numbers that identify a person or an account, taken out before anything is stored.

Formats and checksums (python-stdnum for cards and routing numbers) keep the rest readable: amounts,
years, dates, phone numbers and form numbers stay. Where a bare nine-digit number could be either,
it is masked: a lost order number costs less than a leaked Social Security number.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import luhn
from stdnum.us import rtn

_GAP = r"[\s.\-–—_/]?"
_CARD = re.compile(rf"(?<![\d$])\d(?:{_GAP}\d){{12,18}}(?!\d)")
_SSN = re.compile(r"(?<![\d$.,])(\d{3})([\s.\-–—_/]{1,3})(\d{2})[\s.\-–—_/]{1,3}(\d{4})(?!\d)")
_NINE = re.compile(r"(?<![\d$.,\-])\d{9}(?![\d]|[.,]\d|-\d)")
_SPLIT_NINE = re.compile(r"(?<![\d$.,\-])\d{3} ?\d{3} ?\d{3}(?![\d]|[.,]\d|-\d)")
_EIN = re.compile(r"(?<![\d$.,\-])\d{2}\s?[-–—]\s?\d{7}(?![\d\-])")
_ACCOUNT = re.compile(
    r"(?P<words>\b(?:acc(?:oun)?t|checking|savings?|iban)\b[^\d\n$]{0,24}?)(?<![\d$])"
    r"(?P<number>\d(?:[\s\-]?\d){5,16})(?![\d,]|\.\d)",
    re.IGNORECASE,
)
_LAST_FOUR = re.compile(
    r"(?P<words>\b(?:ssn|social(?: security)?(?: number| num| no\.?)?|itin)\b(?:\s+(?:is|was|#|:|number))*"
    r"\s*[:#]?\s*)(?P<number>\d[\d\s.\-]{2,14}\d)",
    re.IGNORECASE,
)
_EIN_WORDS = re.compile(r"\b(?:ein|employer id\w*)\b[^\d\n]{0,16}$", re.IGNORECASE)
_ROUTING_WORDS = re.compile(r"\b(?:routing|aba|rtn)\b[^\d\n]{0,24}$", re.IGNORECASE)
_AMOUNT_WORDS = re.compile(r"(?:\$|\busd|\bowe[sd]?|\bbalance(?: is| of)?)\s*$", re.IGNORECASE)


def mask(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with such numbers replaced ("[SSN removed]"), and the kinds found, in order."""
    kinds: list[str] = []

    def put(kind: str) -> str:
        kinds.append(kind)
        return f"[{kind} removed]"

    def each(
        pattern: re.Pattern[str], decide: Callable[[re.Match[str], str], str | None], text: str
    ) -> str:
        def one(match: re.Match[str]) -> str:
            kind = decide(match, text[: match.start()])
            if kind is None:
                return match.group(0)
            kept = match.group("words") if "words" in match.re.groupindex else ""
            return kept + put(kind)

        return pattern.sub(one, text)

    text = each(_CARD, lambda m, _: "card number" if _is_card(m.group(0)) else None, text)
    text = each(_LAST_FOUR, lambda m, _: "SSN" if _looks_social(m.group("number")) else None, text)
    text = each(_SSN, lambda m, _: _person(m.group(1), m.group(3)), text)
    text = each(_EIN, lambda m, _: "EIN", text)
    text = each(_NINE, _nine, text)
    text = each(_ACCOUNT, lambda m, _: _account(m), text)
    text = each(_SPLIT_NINE, _nine, text)
    return text, tuple(kinds)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_card(text: str) -> bool:
    return luhn.is_valid(_digits(text))


def _looks_social(text: str) -> bool:
    return len(_digits(text)) in (4, 9)


def _person(area: str, group: str) -> str:
    """IRS: an ITIN begins with 9 and has 50-65, 70-88, 90-92 or 94-99 in the middle."""
    middle = int(group)
    itin = area[0] == "9" and (
        50 <= middle <= 65 or 70 <= middle <= 88 or 90 <= middle <= 92 or 94 <= middle <= 99
    )
    return "ITIN" if itin else "SSN"


def _nine(match: re.Match[str], before: str) -> str | None:
    digits = _digits(match.group(0))
    if " " in match.group(0) and not (
        _ROUTING_WORDS.search(before) or _EIN_WORDS.search(before) or " " in match.group(0).strip()
    ):
        return None
    if _AMOUNT_WORDS.search(before):
        return None
    if _ROUTING_WORDS.search(before):
        return "routing number"
    if _EIN_WORDS.search(before):
        return "EIN"
    kind = _person(digits[:3], digits[3:5])
    return "routing number" if kind == "SSN" and _bank(before) and rtn.is_valid(digits) else kind


def _bank(before: str) -> bool:
    return re.search(r"\bbank\b", before, re.IGNORECASE) is not None


def _account(match: re.Match[str]) -> str | None:
    digits = _digits(match.group("number"))
    # "account balance is 120000": an amount, not an account.
    if re.search(r"balance|owe|total|\bhas\b|\bhave\b", match.group("words"), re.IGNORECASE):
        return None
    return "account number" if 6 <= len(digits) <= 17 else None
