"""The figures: one dated YAML file each in ``irs/parameters``, with where they come from.

A figure is looked up by date. What has no published value on that date is an error with a sentence,
never the nearest value in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parent / "parameters"
UNITS = frozenset(
    ["USD", "percent", "days", "weeks", "months", "years", "year", "date", "phone"]
    + ["business days"]
)
CONFIDENCE = frozenset(("high", "medium", "low"))
_NUMBERS = UNITS - {"date", "phone"}


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
class Figure:
    """A value on a date, with its provenance. ``value`` is a Decimal, or text (dates, phones)."""

    name: str
    label: str
    unit: str
    value: Decimal | str
    effective_from: date
    references: tuple[Reference, ...]
    checked_on: date
    confidence: str
    confirmed: bool
    note: str | None

    @property
    def number(self) -> Decimal:
        """The value of a numeric figure."""
        if not isinstance(self.value, Decimal):
            raise FigureError(f"{self.name} is not a number.")
        return self.value

    @property
    def text(self) -> str:
        """The value as a person reads it: "$50,000", "180 days", "0.5%"."""
        if not isinstance(self.value, Decimal):
            if self.unit == "date":
                day = date.fromisoformat(self.value)
                return f"{day:%B} {day.day}, {day.year}"
            return self.value
        if self.unit == "USD":
            return dollars(self.value)
        plain = f"{self.value.normalize():f}"
        if self.unit == "percent":
            return f"{plain}%"
        if self.unit == "year":
            return plain
        return f"{plain} {self.unit[:-1] if self.value == 1 else self.unit}"


def dollars(amount: Decimal) -> str:
    """An amount in US dollars: cents only where there are any."""
    whole = amount == amount.to_integral_value()
    return f"${amount:,.0f}" if whole else f"${amount:,.2f}"


@dataclass(frozen=True)
class Parameter:
    """A figure's whole history: values by the day they took effect, oldest first."""

    name: str
    label: str
    unit: str
    values: tuple[tuple[date, Decimal | str], ...]
    until: date | None  # the last day with a published value, for figures set period by period
    references: tuple[Reference, ...]
    checked_on: date
    confidence: str
    confirmed: bool
    note: str | None

    def on(self, as_of: date) -> Figure:
        """The value on a day; FigureError where none is published."""
        if self.until and as_of > self.until:
            raise FigureError(
                f"{self.label}: no value is published here for {as_of.isoformat()} "
                f"(the last one ends on {self.until.isoformat()})."
            )
        held = [(start, value) for start, value in self.values if start <= as_of]
        if not held:
            raise FigureError(
                f"{self.label}: no value is known before {self.values[0][0].isoformat()}."
            )
        start, value = held[-1]
        return Figure(
            self.name, self.label, self.unit, value, start, self.references, self.checked_on,
            self.confidence, self.confirmed, self.note,
        )  # fmt: skip


def read_parameter(path: Path, references: Mapping[str, Reference]) -> Parameter:
    """One parameter file; FigureError names the file and what is wrong with it."""

    def wrong(what: str) -> FigureError:
        return FigureError(f"{path.name}: {what}")

    raw: Any = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    if not isinstance(raw, dict):
        raise wrong("is not a YAML mapping.")
    missing = {
        "name", "label", "unit", "values", "references", "checked_on", "confidence", "confirmed",
    } - set(raw)  # fmt: skip
    if missing:
        raise wrong(f"lacks {', '.join(sorted(missing))}.")
    if raw["name"] != path.stem:
        raise wrong(f"holds the name {raw['name']}; it must be the file's.")
    if raw["unit"] not in UNITS:
        raise wrong(f"has the unit {raw['unit']}; known are {', '.join(sorted(UNITS))}.")
    if raw["confidence"] not in CONFIDENCE:
        raise wrong("needs the confidence high, medium or low.")
    if not raw["references"]:
        raise wrong("has no reference.")
    unknown = [key for key in raw["references"] if key not in references]
    if unknown:
        raise wrong(f"names {unknown[0]}, which is not in references.yml.")
    values: list[tuple[date, Decimal | str]] = []
    for entry in raw["values"]:
        if not isinstance(entry.get("value"), str) or not isinstance(entry.get("from"), str):
            raise wrong("values and dates must be quoted, so that no digit is lost.")
        try:
            start = date.fromisoformat(entry["from"])
            value = Decimal(entry["value"]) if raw["unit"] in _NUMBERS else entry["value"]
        except (ValueError, ArithmeticError) as error:
            raise wrong(f"cannot read {entry['from']}: {entry['value']}.") from error
        if values and start <= values[-1][0]:
            raise wrong(f"the dates overlap at {start.isoformat()}; each must be later.")
        values.append((start, value))
    if not values:
        raise wrong("has no value.")
    until = date.fromisoformat(raw["until"]) if raw.get("until") else None
    if until and until < values[-1][0]:
        raise wrong("ends before its last value begins.")
    return Parameter(
        raw["name"], raw["label"], raw["unit"], tuple(values), until,
        tuple(references[key] for key in raw["references"]),
        date.fromisoformat(raw["checked_on"]), raw["confidence"], bool(raw["confirmed"]),
        raw.get("note"),
    )  # fmt: skip


def read_references(path: Path) -> dict[str, Reference]:
    """The sources by key."""
    raw: Any = YAML(typ="safe", pure=True).load(path.read_text("utf-8"))
    return {
        key: Reference(key, entry["title"], entry.get("url"), entry["as_of"])
        for key, entry in raw.items()
    }


@lru_cache(maxsize=1)
def references() -> dict[str, Reference]:
    """All sources of the package, read once."""
    return read_references(FOLDER / "references.yml")


@lru_cache(maxsize=1)
def parameters() -> dict[str, Parameter]:
    """All parameters of the package by name, read once."""
    paths = sorted(p for p in FOLDER.glob("*.yml") if p.stem != "references")
    return {path.stem: read_parameter(path, references()) for path in paths}


def reference(key: str) -> Reference:
    """A source by its key; KeyError when there is none."""
    return references()[key]


def figure(name: str, as_of: date) -> Figure:
    """A figure on a day; FigureError when it is unknown or has no value then."""
    if name not in parameters():
        raise FigureError(f"There is no parameter named {name}.")
    return parameters()[name].on(as_of)


@lru_cache(maxsize=8)
def figures_text(as_of: date) -> Mapping[str, str]:
    """Every figure that has a value on a day, worded; for filling ``{names}`` in answers."""
    found: dict[str, str] = {}
    for name, parameter in parameters().items():
        try:
            found[name] = parameter.on(as_of).text
        except FigureError:
            found[name] = "(not published yet; see irs.gov)"
    return found
