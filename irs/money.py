"""Cents. Every amount that is posted is rounded once, half up, to the cent; nothing else is."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal(0)
_SETTLED = Decimal("1E-12")  # far below a cent, far above what 28 digits lose


def cents(amount: Decimal) -> Decimal:
    """An amount in USD rounded half up to the cent.

    A rate such as 0.07 / 365 cannot be written out in full, so an exact half cent would come out a
    hair below itself and be lost; twelve places bring it back first.
    """
    return amount.quantize(_SETTLED).quantize(CENT, ROUND_HALF_UP)


def cents_up(amount: Decimal) -> Decimal:
    """An amount in USD rounded up to the cent: for a payment that must be enough."""
    return amount.quantize(CENT, ROUND_CEILING)
