"""The IRS's fees for setting up or changing a payment plan.

Rules: facts section 3 (``user-fees-table``, ``user-fees-conflict``, ``low-income-fee-relief``).
Where the sources disagree the words say "about" and to check irs.gov.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from irs.figures import Figure, Reference, Unpublished, figure, lookup
from irs.situation import CHANNELS

KINDS = ("short_term", "installment", "payroll_deduction", "revise", "revise_direct_debit")
ONLINE = "online"
_REGIONS = {"AK": "alaska", "HI": "hawaii"}
_CONTIGUOUS = "contiguous"  # the 48 states, DC and the territories
_PAID_BACK = "it may be paid back when the plan is completed, if you cannot use direct debit"


@dataclass(frozen=True)
class Fee:
    """What a plan costs to set up or change, once.

    ``amount``: USD. ``figure``: where it comes from. ``reimbursed``: with low income and no direct
    debit it is paid back when the plan is completed, if direct debit cannot be used. ``words``: one
    sentence for a reader.
    """

    amount: Decimal
    figure: Figure
    reimbursed: bool
    words: str

    @property
    def references(self) -> tuple[Reference, ...]:
        """The sources of the amount."""
        return self.figure.references


def low_income_limit(family_size: int, state: str | None, as_of: date) -> Figure:
    """The adjusted gross income up to which a family counts as low-income, USD a year.

    ``state``: two letters; Alaska and Hawaii have tables of their own, all others and an unknown
    state use that of the 48 states. FigureError where no table is published for ``as_of`` or
    ``family_size`` is below 1.
    """
    return figure(_table(_REGIONS.get(state or "", _CONTIGUOUS)), as_of, family_size)


def low_income(
    agi: Decimal | None, family_size: int | None, state: str | None, as_of: date
) -> bool | None:
    """Whether income is at or below the limit for the lower fees (Form 13844).

    ``agi``: adjusted gross income, USD a year. ``None``: the income or the family is unknown, no
    table is published for ``as_of``, or the state is unknown and would decide.
    """
    if agi is None or family_size is None:
        return None
    regions = (_REGIONS.get(state, _CONTIGUOUS),) if state else (_CONTIGUOUS, *_REGIONS.values())
    answers = set()
    for region in regions:
        limit = lookup(_table(region), as_of, family_size)
        answers.add(None if isinstance(limit, Unpublished) else agi <= limit.number)
    return answers.pop() if len(answers) == 1 else None


def setup_fee(
    kind: str,
    channel: str,
    direct_debit: bool | None,
    is_low_income: bool | None,
    as_of: date,
) -> Fee:
    """The fee for a plan of a kind, asked for by a channel.

    ``kind``: one of :data:`KINDS`; "revise" changes or reinstates a plan, "revise_direct_debit"
    changes one that is already paid by direct debit. ``channel``: one of
    :data:`irs.situation.CHANNELS`. Unknown ``direct_debit`` costs what no direct debit costs, and
    unknown income what a usual income costs. ValueError for another kind or channel; FigureError
    where no fee is published for ``as_of``.
    """
    if kind not in KINDS:
        raise ValueError(f"The kind of a fee must be one of {', '.join(KINDS)}.")
    if channel not in CHANNELS:
        raise ValueError(f"The channel must be one of {', '.join(CHANNELS)}.")
    debit = direct_debit is True
    low = is_low_income is True
    found = figure(_name(kind, channel == ONLINE, debit, low), as_of)
    # Payroll deduction is no direct debit, so a low-income fee is paid back there too.
    bears_debit = debit and kind != "payroll_deduction"
    reimbursed = low and not bears_debit and found.number > 0
    open_debit = direct_debit is None and kind == "installment"
    return Fee(found.number, found, reimbursed, _words(kind, found, low, reimbursed, open_debit))


def _table(region: str) -> str:
    return f"low_income_limit_{region}"


def _name(kind: str, online: bool, debit: bool, low: bool) -> str:
    """The parameter that holds a fee (facts ``user-fees-table``, row by row)."""
    if kind == "short_term":
        return "short_term_setup_fee"
    if kind == "revise_direct_debit":
        return "fee_revise_direct_debit_plan"
    channel = "online" if online else "phone_mail"
    if kind == "revise":
        return f"fee_low_income_revise_{channel}" if low else f"fee_revise_{channel}"
    if kind == "payroll_deduction":
        return "fee_low_income_other" if low else "fee_payroll_deduction"
    paid_by = "direct_debit" if debit else "other"
    return f"fee_low_income_{paid_by}" if low else f"fee_{channel}_{paid_by}"


def _words(kind: str, found: Figure, low: bool, reimbursed: bool, open_debit: bool) -> str:
    """The fee in one sentence."""
    what = "fee to change or restart the plan" if kind.startswith("revise") else "set-up fee"
    if not found.number:
        if low and kind == "installment":
            return f"The {what} is waived with low income and direct debit."
        return f"There is no {what}."
    without = " without direct debit" if open_debit else ""
    back = f" ({_PAID_BACK})" if reimbursed else ""
    if found.confirmed:
        return f"The {what} is {found.text}{without}{back}."
    return f"The {what} is about {found.text}{without}; check irs.gov{back}."
