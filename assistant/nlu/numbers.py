"""Numbers as people write them: "12,345.67", "12 grand", "twelve hundred", "a couple thousand"."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Optional

from word2number import w2n

_UNITS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|fou?rty|fifty|sixty|seventy|"
    "eighty|ninety"
)
_SCALES = r"hundred|th?ou?s?[ae]?nds?|thous?|grand|million|mill?"
# Every repeat is bounded: a pattern that may run on to the end is tried from each place it could
# start, and 2,000 characters of digits or number words then take seconds.
DIGITS = (
    r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,3}(?: \d{3}){1,4}(?!\d)(?:\.\d{1,6})?"
    r"|\d{1,15}(?:\.\d{1,6})?|\.\d{1,6}"
)
WORD = rf"(?:{_UNITS}|{_SCALES})"
WORDS = (
    rf"(?:half\s+a\s+(?:million|grand|thousand)"
    rf"|(?:(?:a|one)\s+)?(?:couple|few)(?:\s+of)?(?:\s+(?:{_SCALES}))?"
    rf"|(?:a\s+|an\s+)?{WORD}(?:(?:\s+|-|\s+and\s+){WORD}){{0,9}}(?:\s+and\s+a\s+half|\s?-?k)?)"
)
SUFFIX = r"(?:\s?(?:k|m|mm|thousand|thosand|thous?|grand|million|mil|hundred))?(?![a-z])"
# "7 thousand 950", "15 thousand 8 hundred": what follows is the rest of the number, not "200 a month".
_PARTS = (
    r"\d{1,3} (?:thousand|grand) (?:and )?(?:\d{3}|\d hundred(?: (?:and )?\d{1,2})?)(?![\d,.]\d|\w)"
    r"(?! ?(?:/|a |an |per |each |every |monthly|weekly|months?|days?|years?|weeks?|now|down|up ?front|%))"
)
NUMBER = rf"(?:{_PARTS}|(?:{DIGITS}){SUFFIX}|\b{WORDS}\b)"

_TIMES = {"k": 1000, "thousand": 1000, "thosand": 1000, "thou": 1000, "thous": 1000,
          "grand": 1000, "hundred": 100, "m": 10**6, "mm": 10**6, "million": 10**6, "mil": 10**6}  # fmt: skip
_IN_PARTS = re.compile(
    r"^(?P<t>\d{1,3}) (?:thousand|grand) (?:and )?(?:(?P<h>\d) hundred)?(?: ?(?:and )?(?P<r>\d{1,3}))?$"
)
# "Eighty-four hundred": w2n adds and multiplies this one wrongly.
_TENS = {
    word: 10 * n
    for n, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2
    )
}
_ONES = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], 1
    )
}
_BY_HUNDREDS = re.compile(
    rf"^(?P<tens>{'|'.join(_TENS)})(?: (?P<ones>{'|'.join(_ONES)}))? hundred(?: (?:and )?(?P<rest>.+))?$"
)
_DIGITS_FIRST = re.compile(rf"^({DIGITS})\s?([a-z]*)$")


def value(text: str) -> Optional[Decimal]:
    """The value of a number's text, or None when it is not one."""
    text = re.sub(r"\s+", " ", text.lower().strip())
    parts = _IN_PARTS.match(text)
    if parts:
        thousands, hundreds, rest = (int(parts.group(n) or 0) for n in ("t", "h", "r"))
        return Decimal(1000 * thousands + 100 * hundreds + rest)
    match = _DIGITS_FIRST.match(text)
    if match:
        try:
            plain = Decimal(match.group(1).replace(",", "").replace(" ", ""))
        except InvalidOperation:
            return None
        return plain * _TIMES.get(match.group(2), 1)
    return _from_words(text)


def _from_words(text: str) -> Optional[Decimal]:
    half = text.startswith("half a ")
    plus_half = text.endswith(" and a half")
    text = re.sub(r"^half a | and a half$", "", text)
    text = re.sub(r"\b(?:a|one)? ?couple(?: of)?\b", "two", text)
    text = re.sub(r"\b(?:a )?few(?: of)?\b", "three", text)
    text = re.sub(r"\bth?ou?s?[ae]?nds?\b|\bthous?\b|\bgrand\b", "thousand", text)
    text = re.sub(r"(?<=[a-z])[ -]?\bk$", " thousand", text)
    text = re.sub(r"\bmill?\b", "million", text).replace("fourty", "forty").replace("-", " ")
    text = re.sub(r"^an? ", "one ", text).strip()
    if re.match(r"^(hundred|thousand|million)", text):
        text = "one " + text
    hundreds = _BY_HUNDREDS.match(text)
    if hundreds:
        rest = _from_words(hundreds.group("rest")) if hundreds.group("rest") else Decimal(0)
        count = _TENS[hundreds.group("tens")] + _ONES.get(hundreds.group("ones") or "", 0)
        return None if rest is None or rest >= 100 else Decimal(100 * count) + rest
    try:
        found = Decimal(str(w2n.word_to_num(text)))
    except (ValueError, IndexError):
        return None
    if half:
        return found / 2
    return found + Decimal("0.5") if plus_half else found


def plain(number: Decimal) -> str:
    """A decimal string without exponent; cents only where there are any."""
    number = number.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{number:.0f}" if number == number.to_integral_value() else f"{number:.2f}"
