"""What is owed on a day, split as far as it is known, and what was assumed where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from irs.money import ZERO
from irs.penalty import USUAL_DUE_DAY, Terms, percent_charged
from irs.situation import Situation


@dataclass(frozen=True)
class Account:
    """A balance with all charges through ``on``. USD.

    ``return_due``: the day the penalty months are counted from. ``percent_charged``: percent of the
    tax charged as failure-to-pay penalty so far. ``assumptions``: sentences for a reader.
    """

    on: date
    tax: Decimal
    penalty: Decimal
    interest: Decimal
    return_due: date
    percent_charged: Decimal
    assumptions: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """All of it."""
        return self.tax + self.penalty + self.interest


def terms_of(situation: Situation, agreement_from: date | None) -> Terms:
    """How the penalty is counted for a situation, with an agreement from a day on or without."""
    return Terms(
        agreement_from,
        situation.taxpayer == "individual" and situation.filed_on_time is True,
        situation.levy_notice_date,
    )


def account(situation: Situation, as_of: date) -> Account | None:
    """The account of a situation; ``None`` when the amount is unknown.

    The balance is taken to hold all charges through the due date on the notice, else ``as_of``.
    """
    owed = situation.amount_owed
    if owed is None:
        return None
    on = situation.due_date or as_of
    said = []
    tax, penalty, interest = _split(situation, owed)
    if situation.tax is None:
        said.append(
            "I counted all of it as tax, the part that draws the late-payment penalty, so the true "
            "cost is a little lower."
        )
    if situation.tax_year is not None:
        return_due = date(situation.tax_year + 1, 4, USUAL_DUE_DAY)
        charged = percent_charged(return_due, on, terms_of(situation, None))
    else:
        month = on.month - 1 or 12
        return_due = date(on.year if on.month > 1 else on.year - 1, month, USUAL_DUE_DAY)
        charged = ZERO
    return Account(on, tax, penalty, interest, return_due, charged, tuple(said))


def _split(situation: Situation, owed: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Tax, billed penalty, interest: what is not told for itself counts with the interest.

    Both bear interest alike, so only the tax makes a difference from here on.
    """
    if situation.tax is None:
        return owed, ZERO, ZERO
    rest = owed - situation.tax
    penalty = situation.penalty or ZERO
    if situation.penalty is None and situation.interest is not None:
        penalty = rest - situation.interest
    return situation.tax, penalty, rest - penalty
