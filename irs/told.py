"""The facts of a case as JSON and back: what carries a case from one process to another.

Only what is known is written, so a fact that is not there is unknown. Amounts are text, days ISO
8601, and reading gives back the very same :class:`~irs.situation.Situation`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from irs.money import CENT
from irs.situation import FACTS, Situation, SituationError, Suspension

_AMOUNT = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 40  # characters of a wrong value or name that its sentence repeats
_PARTS = ("kind", "began", "ended", "refused")


def money(amount: Decimal) -> str:
    """USD with two decimals, without signs: "1200.50"."""
    return f"{amount:.2f}"


def day(told: date | None) -> str | None:
    """A day as ISO 8601 has it."""
    return None if told is None else told.isoformat()


def value(told: object) -> object:
    """A fact as JSON has it: an amount is text with its cents, and with all its digits if more."""
    if isinstance(told, Decimal):
        return money(told) if told == told.quantize(CENT) else f"{told:f}"
    return day(told) if isinstance(told, date) else told


def suspension(told: Suspension) -> dict[str, Any]:
    """A suspension as JSON has it."""
    return {
        "kind": told.kind,
        "began": day(told.began),
        "ended": day(told.ended),
        "refused": told.refused,
    }


def to_json(situation: Situation) -> dict[str, Any]:
    """The known facts by name; ``suspensions`` and ``assumed`` only where there are any."""
    told = {name: getattr(situation, name) for name in FACTS}
    found = {name: value(fact) for name, fact in told.items() if fact is not None}
    if situation.suspensions:
        found["suspensions"] = [suspension(each) for each in situation.suspensions]
    if situation.assumed:
        found["assumed"] = [name for name in FACTS if name in situation.assumed]
    return found


def from_json(told: Mapping[str, Any]) -> Situation:
    """The situation that :func:`to_json` wrote. SituationError says what cannot be read."""
    if not isinstance(told, Mapping):
        raise SituationError("The facts must be an object of names and values.")
    found: dict[str, Any] = {}
    for name, given in told.items():
        if name == "suspensions":
            found[name] = tuple(_suspension(each) for each in _listed(name, given))
        elif name == "assumed":
            found[name] = frozenset(_known(each) for each in _listed(name, given))
        else:
            found[name] = _fact(_known(name), given)
    return Situation(**found)


def _amount(given: Any) -> Decimal | None:
    return Decimal(given) if isinstance(given, str) and _AMOUNT.fullmatch(given) else None


def _day(given: Any) -> date | None:
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _whole(given: Any) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _answer(given: Any) -> bool | None:
    return given if isinstance(given, bool) else None


def _text(given: Any) -> str | None:
    return given if isinstance(given, str) else None


_READ: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "Decimal | None": ('an amount as text, such as "12000.00"', _amount),
    "date | None": ('a day as text, such as "2026-12-07"', _day),
    "int | None": ("a whole number", _whole),
    "bool | None": ("true or false", _answer),
    "str | None": ("text", _text),
}
_KIND = {field.name: _READ[str(field.type)] for field in fields(Situation) if field.name in FACTS}


def _fact(name: str, given: Any) -> Any:
    if given is None:
        return None
    accepts, read = _KIND[name]
    found = read(given)
    if found is None:
        raise SituationError(f"{name} must be {accepts}, not {_short(given)}.")
    return found


def _known(name: Any) -> str:
    if not isinstance(name, str) or name not in _KIND:
        raise SituationError(f"There is no fact named {_short(name)}.")
    return name


def _listed(name: str, given: Any) -> Iterable[Any]:
    if not isinstance(given, list):
        raise SituationError(f"{name} must be a list, not {_short(given)}.")
    return given


def _suspension(given: Any) -> Suspension:
    if not isinstance(given, Mapping) or set(given) - set(_PARTS):
        raise SituationError(f"A suspension must be an object of {', '.join(_PARTS)}.")
    began, ended, refused = (given.get(part) for part in _PARTS[1:])
    first = _day(began)
    last = None if ended is None else _day(ended)
    if first is None or (ended is not None and last is None):
        wrong = began if first is None else ended
        raise SituationError(f"A suspension's days must be days, not {_short(wrong)}.")
    if not isinstance(refused, bool | None):
        raise SituationError(f"A suspension is refused or not, not {_short(refused)}.")
    return Suspension(str(given.get("kind")), first, last, bool(refused))


def _short(given: Any) -> str:
    """A wrong value as its sentence repeats it: on one line and not too long."""
    text = repr(given)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
