"""What ``cp503 parameters`` lists: each figure on a day, or that none is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from irs.command.facts import InputError, nearest, shown
from irs.figures import Figure, FigureError, Parameter, Unpublished, figure, lookup, parameters
from irs.parameter_files import FAMILY_SIZES

MORE = "more"


@dataclass(frozen=True)
class Listed:
    """A parameter on a day. ``rows``: a table's amounts by family size, and for each one more."""

    parameter: Parameter
    found: Figure | Unpublished
    rows: tuple[tuple[str, Decimal], ...] = ()


def listed(name: str | None, as_of: date) -> tuple[Listed, ...]:
    """All parameters on a day, or one.

    InputError when there is none of that name; FigureError when the one asked for has no value on
    that day (in the list it is said in words).
    """
    if name is None:
        return tuple(_listed(parameter, as_of) for parameter in parameters().values())
    if name not in parameters():
        near = nearest(name, parameters())
        raise InputError(
            f"there is no parameter named {shown(name)}"
            f"{near or '; cp503 parameters lists all of them'}"
        )
    one = _listed(parameters()[name], as_of)
    if isinstance(one.found, Unpublished):
        raise FigureError(one.found.reason)
    return (one,)


def _listed(parameter: Parameter, as_of: date) -> Listed:
    if not parameter.by:
        return Listed(parameter, lookup(parameter.name, as_of))
    first = lookup(parameter.name, as_of, FAMILY_SIZES[0])
    if isinstance(first, Unpublished):
        return Listed(parameter, first)
    sizes = (*FAMILY_SIZES, FAMILY_SIZES[-1] + 1)
    *amounts, beyond = [figure(parameter.name, as_of, size).number for size in sizes]
    rows = [(str(size), amount) for size, amount in zip(FAMILY_SIZES, amounts)]
    return Listed(parameter, first, (*rows, (MORE, beyond - amounts[-1])))
