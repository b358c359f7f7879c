"""The figures: one dated YAML file each in ``irs/parameters``, with where they come from.

A figure is looked up by date. What has no published value on that date is said in a sentence
(:class:`Unpublished`, or an error), never answered with the nearest value in silence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from pathlib import Path

from irs.parameter_files import (
    CONFIDENCE,
    COUNTED,
    FAMILY_SIZES,
    UNITS,
    Conflict,
    FigureError,
    Parameter,
    Reference,
    Table,
    read_parameter,
    read_references,
)

__all__ = [
    "CONFIDENCE", "FOLDER", "UNITS", "Conflict", "Figure", "FigureError", "Parameter", "Reference",
    "Table", "Unpublished", "dollars", "figure", "figures_text", "lookup", "parameters",
    "read_parameter", "read_references", "reference", "references", "stale", "whole_dollars_up",
    "worded",
]  # fmt: skip

FOLDER = Path(__file__).parent / "parameters"
NOT_YET = "(not published yet; see irs.gov)"
NOT_KNOWN = "(not known for that date; see irs.gov)"
_DAY = timedelta(days=1)


def dollars(amount: Decimal) -> str:
    """An amount in US dollars: cents only where there are any."""
    whole = amount == amount.to_integral_value()
    return f"${amount:,.0f}" if whole else f"${amount:,.2f}"


def whole_dollars_up(amount: Decimal) -> str:
    """An amount in whole dollars, rounded up: for a payment that must be enough."""
    return dollars(amount.quantize(Decimal(1), ROUND_CEILING))


def worded(value: Decimal | str, unit: str) -> str:
    """A value as a person reads it: "$50,000", "180 days", "0.5%", "July 21, 2026"."""
    if not isinstance(value, Decimal):
        if unit == "date":
            day = date.fromisoformat(value)
            return f"{day:%B} {day.day}, {day.year}"
        return value
    if unit == "USD":
        return dollars(value)
    plain = f"{value.normalize():f}"
    if unit == "percent":
        return f"{plain}%"
    if unit in COUNTED:
        return f"{plain} {unit[:-1] if value == 1 else unit}"
    return plain


@dataclass(frozen=True)
class Figure:
    """A value on a date, with its provenance.

    ``value``: a Decimal, or text (dates, phone numbers, flags). ``key``: the family size of a
    table's entry. ``until``: the last day this value is known to hold, ``None`` while no later one
    is known. ``confirmed`` False: sources disagree or it was not read again; ``note`` says why and
    ``conflicts`` has the other values.
    """

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
    until: date | None = None
    conflicts: tuple[Conflict, ...] = ()
    key: int | None = None

    @property
    def number(self) -> Decimal:
        """The value of a numeric figure."""
        if not isinstance(self.value, Decimal):
            raise FigureError(f"{self.name} is not a number.")
        return self.value

    @property
    def flag(self) -> bool:
        """The value of a yes or no."""
        if self.unit != "flag":
            raise FigureError(f"{self.name} is not a yes or no.")
        return self.value == "yes"

    @property
    def text(self) -> str:
        """The value as a person reads it; what conflicts with it is in :attr:`others`."""
        return worded(self.value, self.unit)

    @property
    def others(self) -> tuple[str, ...]:
        """What other sources print, as a person reads it."""
        return tuple(worded(conflict.value, self.unit) for conflict in self.conflicts)


@dataclass(frozen=True)
class Unpublished:
    """No value is published for a day.

    ``reason``: one sentence for a reader. ``last``: the last value published before that day.
    ``known_from``: the first day with a value, where the day asked for lies before it.
    """

    name: str
    label: str
    as_of: date
    reason: str
    last: Figure | None
    known_from: date | None


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


@lru_cache(maxsize=4096)  # an assessment asks for the same few figures hundreds of times
def lookup(name: str, as_of: date, key: int | None = None) -> Figure | Unpublished:
    """A figure on a day, or that none is published for it.

    ``key``: the persons of the family, for a table, and only then. FigureError where the question
    itself is wrong: no such parameter, a table without a key, a key without a table.
    """
    if name not in parameters():
        raise FigureError(f"There is no parameter named {name}.")
    parameter = parameters()[name]
    if parameter.by and (key is None or key < 1):
        raise FigureError(f"{name} is a table: give the persons of the family, 1 or more, as key.")
    if not parameter.by and key is not None:
        raise FigureError(f"{name} is one value and takes no key.")
    return _on(parameter, as_of, key)


def _on(parameter: Parameter, as_of: date, key: int | None) -> Figure | Unpublished:
    label = parameter.label if key is None else f"{parameter.label}, family of {key}"
    held = [place for place, entry in enumerate(parameter.entries) if entry.start <= as_of]
    if not held:
        first = parameter.entries[0].start
        reason = f"{label}: no value is known before {first.isoformat()}."
        return Unpublished(parameter.name, label, as_of, reason, None, first)
    entry = parameter.entries[held[-1]]
    later = parameter.entries[held[-1] + 1 : held[-1] + 2]
    found = Figure(
        parameter.name, label, parameter.unit,
        entry.value.at(key or 1) if isinstance(entry.value, Table) else entry.value,
        entry.start, parameter.references, parameter.checked_on, entry.confidence, entry.confirmed,
        parameter.note, later[0].start - _DAY if later else parameter.until, entry.conflicts, key,
    )  # fmt: skip
    if found.until and as_of > found.until:
        reason = (
            f"{label}: no value is published for {as_of.isoformat()}; the last published one, "
            f"{found.text}, ends on {found.until.isoformat()}."
        )
        return Unpublished(parameter.name, label, as_of, reason, found, None)
    return found


def figure(name: str, as_of: date, key: int | None = None) -> Figure:
    """A figure on a day; FigureError when it is unknown or has no value then."""
    found = lookup(name, as_of, key)
    if isinstance(found, Unpublished):
        raise FigureError(found.reason)
    return found


@lru_cache(maxsize=8)
def figures_text(as_of: date) -> Mapping[str, str]:
    """Every figure on a day, worded; for filling ``{names}`` in answers.

    A table gives ``{name_1}`` to ``{name_8}`` and ``{name_more}``, what each further person adds.
    """
    found: dict[str, str] = {}
    for name, parameter in parameters().items():
        if not parameter.by:
            found[name] = _text(lookup(name, as_of))
            continue
        for size in FAMILY_SIZES:
            found[f"{name}_{size}"] = _text(lookup(name, as_of, size))
        last = lookup(name, as_of, FAMILY_SIZES[-1])
        if isinstance(last, Figure):
            more = figure(name, as_of, FAMILY_SIZES[-1] + 1)
            last = replace(more, value=more.number - last.number)
        found[f"{name}_more"] = _text(last)
    return found


def _text(found: Figure | Unpublished) -> str:
    if isinstance(found, Figure):
        return found.text
    return NOT_YET if found.known_from is None else NOT_KNOWN


def stale(days: int, as_of: date) -> tuple[Parameter, ...]:
    """The parameters last checked more than ``days`` days before ``as_of``, oldest first."""
    limit = as_of - timedelta(days=days)
    old = [parameter for parameter in parameters().values() if parameter.checked_on < limit]
    return tuple(sorted(old, key=lambda parameter: (parameter.checked_on, parameter.name)))
