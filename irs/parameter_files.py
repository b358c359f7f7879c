"""Reading ``irs/parameters``: one dated YAML file a figure, and the sources in ``references.yml``.

Each file is checked as it is read, and what could mislead is refused with the file's name: a figure
without a source, dates that overlap, a value that does not fit its unit, a field nobody reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

MOST_PERCENT = Decimal("250")  # the low-income test, 250% of the poverty guideline, is the highest
FAMILY_SIZES = range(1, 9)  # the sizes Form 13844 prints; a larger family adds "more" a person
COUNTED = frozenset(
    ["days", "weeks", "months", "quarters", "years", "payments"] + ["business days"]
)
UNITS = COUNTED | {"USD", "percent", "year", "date", "phone", "flag"}
CONFIDENCE = ("high", "medium-high", "medium", "low-medium", "low")
BY = ("family_size",)

_NEEDED = {
    "name", "label", "unit", "values", "references", "checked_on", "confidence", "confirmed",
}  # fmt: skip
_FIELDS = _NEEDED | {"by", "until", "conflicts", "note"}
_VALUE_FIELDS = {"from", "value", "confidence", "confirmed"}
_CONFLICT_FIELDS = {"value", "references", "note", "from"}
_REFERENCE_FIELDS = {"title", "url", "as_of"}
_NUMBER = re.compile(r"\d+(\.\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROWS = [str(size) for size in FAMILY_SIZES] + ["more"]


class FigureError(ValueError):
    """A figure is unknown, has no value on the date asked for, or its file is broken."""


@dataclass(frozen=True)
class Reference:
    """A source. ``as_of``: the day, month or year of the copy that was read."""

    key: str
    title: str
    url: str | None
    as_of: str


@dataclass(frozen=True)
class Conflict:
    """Another value that sources print for the same figure, and what speaks for which."""

    value: Decimal | str
    references: tuple[Reference, ...]
    note: str


@dataclass(frozen=True)
class Table:
    """Values by family size: ``rows`` for 1 to 8 persons, ``more`` for each further person."""

    rows: tuple[Decimal, ...]
    more: Decimal

    def at(self, size: int) -> Decimal:
        """The value for a family of ``size`` persons, at least 1."""
        over = max(0, size - len(self.rows))
        return self.rows[size - 1 - over] + over * self.more


@dataclass(frozen=True)
class Entry:
    """One dated value, what is known of it, and what other sources print instead."""

    start: date
    value: Decimal | str | Table
    confidence: str
    confirmed: bool
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True)
class Parameter:
    """A figure's whole history, oldest value first.

    ``by``: what a table is looked up by (``family_size``), else ``None``. ``until``: the last day
    with a published value, for figures that are set period by period. ``confidence`` and
    ``confirmed`` hold for each value that does not say otherwise itself. ``conflicts``: all of
    them; an :class:`Entry` has those that concern it.
    """

    name: str
    label: str
    unit: str
    by: str | None
    entries: tuple[Entry, ...]
    until: date | None
    references: tuple[Reference, ...]
    checked_on: date
    confidence: str
    confirmed: bool
    conflicts: tuple[Conflict, ...]
    note: str | None

    @property
    def values(self) -> tuple[tuple[date, Decimal | str | Table], ...]:
        """The values by the day they took effect."""
        return tuple((entry.start, entry.value) for entry in self.entries)


def read_parameter(path: Path, references: Mapping[str, Reference]) -> Parameter:
    """One parameter file; FigureError names the file and what is wrong with it."""
    raw = _mapping(path)
    return _Reader(path.name, raw, references).parameter(path.stem)


def read_references(path: Path) -> dict[str, Reference]:
    """The sources by key; FigureError names the file, the key and what is wrong with it."""
    found: dict[str, Reference] = {}
    for key, entry in _mapping(path).items():
        where = f"{path.name}: {key}"
        if not isinstance(entry, dict):
            raise FigureError(f"{where} needs a title, a url and the as_of of the copy read.")
        _no_strangers(entry, _REFERENCE_FIELDS, where)
        for field in ("title", "as_of"):
            if not isinstance(entry.get(field), str) or not entry[field].strip():
                raise FigureError(f"{where} needs a quoted {field}.")
        url = entry.get("url")
        if url is not None and not str(url).startswith(("https://", "http://")):
            raise FigureError(
                f"{where} has a url that is no web address; write null if it has none."
            )
        found[key] = Reference(key, entry["title"], url, entry["as_of"])
    return found


def _mapping(path: Path) -> dict[str, Any]:
    try:
        raw: Any = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    except YAMLError as error:
        raise FigureError(f"{path.name}: is not valid YAML.") from error
    if not isinstance(raw, dict):
        raise FigureError(f"{path.name}: is not a YAML mapping.")
    return raw


def _no_strangers(entry: Mapping[str, Any], known: set[str], where: str) -> None:
    strangers = sorted(str(field) for field in set(entry) - known)
    if strangers:
        raise FigureError(f"{where} has the unknown field {', '.join(strangers)}.")


class _Reader:
    """Reads and checks one file's content."""

    def __init__(self, file: str, raw: dict[str, Any], references: Mapping[str, Reference]) -> None:
        self.file, self.raw, self.known = file, raw, references

    def wrong(self, what: str) -> FigureError:
        return FigureError(f"{self.file}: {what}")

    def parameter(self, name: str) -> Parameter:
        raw = self.raw
        missing = _NEEDED - set(raw)
        if missing:
            raise self.wrong(f"lacks {', '.join(sorted(missing))}.")
        _no_strangers(raw, _FIELDS, f"{self.file}:")
        if raw["name"] != name:
            raise self.wrong(f"holds the name {raw['name']}; it must be the file's.")
        if raw["unit"] not in UNITS:
            raise self.wrong(f"has the unit {raw['unit']}; known are {', '.join(sorted(UNITS))}.")
        if raw.get("by") is not None and raw["by"] not in BY:
            raise self.wrong(f"is a table by {raw['by']}; known is {', '.join(BY)}.")
        self.text(raw, "label")
        if raw.get("note") is not None:
            self.text(raw, "note")
        sources = self.references(raw)
        conflicts = self.conflicts()
        entries = self.entries(conflicts)
        if not all(entry.confirmed for entry in entries) and not raw.get("note"):
            raise self.wrong("is not confirmed and needs a note that says why.")
        until = self.day(raw["until"], "until") if raw.get("until") is not None else None
        if until and until < entries[-1].start:
            raise self.wrong("ends before its last value begins.")
        return Parameter(
            name, raw["label"], raw["unit"], raw.get("by"), entries, until, sources,
            self.day(raw["checked_on"], "checked_on"), raw["confidence"], raw["confirmed"],
            tuple(conflict for _, conflict in conflicts), raw.get("note"),
        )  # fmt: skip

    def entries(self, conflicts: list[tuple[date | None, Conflict]]) -> tuple[Entry, ...]:
        """The dated values, each with the conflicts of its time."""
        listed = self.raw["values"]
        if not isinstance(listed, list) or not listed:
            raise self.wrong("has no value.")
        found: list[Entry] = []
        for item in listed:
            if not isinstance(item, dict) or not {"from", "value"} <= set(item):
                raise self.wrong("needs from and value in each of its values.")
            _no_strangers(item, _VALUE_FIELDS, f"{self.file}:")
            start = self.day(item["from"], "from")
            if found and start <= found[-1].start:
                raise self.wrong(f"the dates overlap at {start.isoformat()}; each must be later.")
            confidence, confirmed = self.standing({**self.raw, **item})
            met = tuple(c for since, c in conflicts if since is None or since <= start)
            if met and confirmed:
                raise self.wrong(f"has a conflict at {start.isoformat()}; set confirmed: false.")
            read = self.table if self.raw.get("by") else self.value
            found.append(Entry(start, read(item["value"]), confidence, confirmed, met))
        return tuple(found)

    def standing(self, entry: Mapping[str, Any]) -> tuple[str, bool]:
        """How sure a value is: the level of confidence, and whether it is confirmed."""
        if entry["confidence"] not in CONFIDENCE:
            raise self.wrong(f"needs a confidence of {', '.join(CONFIDENCE)}.")
        if not isinstance(entry["confirmed"], bool):
            raise self.wrong("needs confirmed: true or confirmed: false.")
        return entry["confidence"], entry["confirmed"]

    def conflicts(self) -> list[tuple[date | None, Conflict]]:
        """What other sources print, with the day from which values are in doubt (None: all)."""
        listed = self.raw.get("conflicts", [])
        if not isinstance(listed, list):
            raise self.wrong("needs its conflicts as a list.")
        found: list[tuple[date | None, Conflict]] = []
        for item in listed:
            if not isinstance(item, dict) or "value" not in item:
                raise self.wrong("has a conflict without a value.")
            _no_strangers(item, _CONFLICT_FIELDS, f"{self.file}:")
            since = self.day(item["from"], "from") if "from" in item else None
            sources = self.references(item, "a conflict ")
            self.text(item, "note", "a conflict ")
            found.append((since, Conflict(self.value(item["value"]), sources, item["note"])))
        return found

    def references(self, entry: Mapping[str, Any], where: str = "") -> tuple[Reference, ...]:
        keys = entry.get("references")
        if not isinstance(keys, list) or not keys:
            raise self.wrong(f"{where}has no reference.")
        unknown = [key for key in keys if key not in self.known]
        if unknown:
            raise self.wrong(f"{where}names {unknown[0]}, which is not in references.yml.")
        return tuple(self.known[key] for key in keys)

    def text(self, entry: Mapping[str, Any], field: str, where: str = "") -> None:
        if not isinstance(entry.get(field), str) or not entry[field].strip():
            raise self.wrong(f"{where}needs a {field} in words.")

    def day(self, value: object, field: str) -> date:
        if not isinstance(value, str):
            raise self.wrong(f'{field} must be quoted, as in "2026-11-24".')
        try:
            if _DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self.wrong(f"cannot read {field}: {value}; write a day as 2026-11-24.")

    def table(self, rows: object) -> Table:
        if not isinstance(rows, dict) or set(rows) != set(_ROWS):
            raise self.wrong(f"a table needs the quoted rows {', '.join(_ROWS)} and no other.")
        numbers = [self.number(rows[row]) for row in _ROWS]
        *sizes, more = numbers
        if more <= 0 or any(b <= a for a, b in zip(sizes, sizes[1:])):
            raise self.wrong("a table's rows must rise with each person.")
        return Table(tuple(sizes), more)

    def value(self, value: object) -> Decimal | str:
        """A value that fits the unit: a Decimal, or text for dates, phones and flags."""
        unit = self.raw["unit"]
        if not isinstance(value, str):
            raise self.wrong("values must be quoted, so that no digit is lost.")
        if unit == "date":
            self.day(value, "value")
            return value
        if unit == "phone":
            if not re.fullmatch(r"\d{3}-\d{3}-\d{4}", value):
                raise self.wrong(f"cannot read the phone number {value}; write 800-829-1040.")
            return value
        if unit == "flag":
            if value not in ("yes", "no"):
                raise self.wrong(f'has the flag {value}; write "yes" or "no".')
            return value
        return self.number(value)

    def number(self, value: object) -> Decimal:
        unit = self.raw["unit"]
        if not isinstance(value, str):
            raise self.wrong("values must be quoted, so that no digit is lost.")
        if not _NUMBER.fullmatch(value):
            raise self.wrong(f"cannot read the number {value}; write 0 or more, as in 1234.50.")
        if unit == "year" and not re.fullmatch(r"[12]\d{3}", value):
            raise self.wrong(f"has the year {value}; write four digits.")
        if unit in COUNTED and not value.isdigit():
            raise self.wrong(f"has {value} {unit}; write a whole number.")
        if unit == "USD" and len(value.partition(".")[2]) > 2:
            raise self.wrong(f"has the amount {value}; write at most two decimals.")
        number = Decimal(value)
        if unit == "percent" and number > MOST_PERCENT:
            raise self.wrong(f"has {value} percent; {MOST_PERCENT} is the most.")
        return number
