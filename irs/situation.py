"""The facts of a case. What is not known is ``None``, and is never taken for a no."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

DAYS_A_MONTH = 30  # a told number of days and a number of monthly payments are compared by this
MOST_MONEY = Decimal("1000000000")
TAXPAYERS = ("individual", "business")
CHANNELS = ("online", "phone", "mail", "in_person")
EXISTING_PLANS = ("none", "in_effect", "defaulted")
SUSPENSIONS = (
    "plan_request", "offer", "bankruptcy", "hearing", "innocent_spouse", "abroad", "appeal",
)  # fmt: skip
STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "DC",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "AS",
        "GU",
        "MP",
        "PR",
        "VI",
    ]
)

# What someone who holds a CP503 and says nothing of it usually answers. Only what is rare is here:
# how much, how long and whether all returns are filed is asked of everybody.
USUAL: dict[str, object] = {
    "taxpayer": "individual",
    "current_year_paid": True,
    "existing_plan": "none",
    "bankruptcy": False,
    "offer_pending": False,
    "final_levy_notice": False,
    "lien_notice": False,
    "levy_in_place": False,
    "revenue_officer": False,
}


class SituationError(ValueError):
    """A fact cannot be true; the message says which and what is accepted."""


@dataclass(frozen=True)
class Suspension:
    """A time in which the collection statute stood still. ``ended`` ``None``: it still does.

    ``kind``: one of :data:`SUSPENSIONS`. ``refused``: a plan request or offer that was rejected (or
    an agreement that was terminated), which adds days of its own (facts ``csed``).
    """

    kind: str
    began: date
    ended: date | None = None
    refused: bool = False

    def __post_init__(self) -> None:
        if self.kind not in SUSPENSIONS:
            raise SituationError(f"A suspension's kind must be one of {', '.join(SUSPENSIONS)}.")
        if self.ended is not None and self.ended < self.began:
            raise SituationError("A suspension cannot end before it began.")


@dataclass(frozen=True)
class Situation:
    """What is known of a case; every fact may be ``None``, unknown.

    Amounts are ``Decimal`` US dollars. ``amount_owed``: tax, penalties and interest together, as
    the notice shows it. ``assessed_balance``: only what is posted to the account already; the
    notice's total stands in for it (facts ``combined-vs-assessed``). ``tax``, ``penalty``,
    ``interest``: the split of ``amount_owed``; all three told give the amount. ``tax_year``: of the return, the oldest if several.
    ``days_to_pay``: whole days until all is paid, 0 = all by the due date. ``monthly_payment``: USD
    a month. ``pay_now``: USD that can be paid at once. ``payroll_tax``: a business with employment
    (trust-fund) tax. ``agi``: adjusted gross income a year. ``state``: two letters.
    ``monthly_left``: income less necessary living costs, USD a month. ``asset_equity``: USD.
    ``clean_five_years`` / ``clean_three_years``: filed, paid and without agreement for five years /
    filed on time and without penalty for the three years before. ``hardship``: paying would stop
    basic living costs. ``levy_notice_date``: of a CP504. ``hearing_notice_date``: of an LT11,
    Letter 1058, CP90 or CP297. ``lien_notice_date``: of a Letter 3172. ``assumed``: facts that
    were not told but set to their usual answer (:meth:`with_usual_answers`).
    """

    amount_owed: Decimal | None = None
    assessed_balance: Decimal | None = None
    tax: Decimal | None = None
    penalty: Decimal | None = None
    interest: Decimal | None = None
    tax_year: int | None = None
    notice_date: date | None = None
    due_date: date | None = None
    first_bill_date: date | None = None
    days_to_pay: int | None = None
    monthly_payment: Decimal | None = None
    pay_now: Decimal | None = None
    taxpayer: str | None = None
    payroll_tax: bool | None = None
    closed_sole_proprietor: bool | None = None
    returns_filed: bool | None = None
    filed_on_time: bool | None = None
    current_year_paid: bool | None = None
    direct_debit: bool | None = None
    channel: str | None = None
    agi: Decimal | None = None
    family_size: int | None = None
    state: str | None = None
    clean_five_years: bool | None = None
    clean_three_years: bool | None = None
    reasonable_cause: bool | None = None
    hardship: bool | None = None
    monthly_left: Decimal | None = None
    asset_equity: Decimal | None = None
    existing_plan: str | None = None
    bankruptcy: bool | None = None
    offer_pending: bool | None = None
    final_levy_notice: bool | None = None
    lien_notice: bool | None = None
    levy_in_place: bool | None = None
    revenue_officer: bool | None = None
    disagrees: bool | None = None
    already_paid: bool | None = None
    identity_theft: bool | None = None
    spouse_issue: bool | None = None
    assessed_on: date | None = None
    suspensions: tuple[Suspension, ...] = ()
    levy_notice_date: date | None = None
    hearing_notice_date: date | None = None
    lien_notice_date: date | None = None
    conference_requested: date | None = None
    conference_held: date | None = None
    bank_levy_date: date | None = None
    assumed: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in ("amount_owed", "assessed_balance", "monthly_payment", "pay_now"):
            _more_than_zero(name, getattr(self, name))
        for name in ("tax", "penalty", "interest", "agi", "asset_equity"):
            _not_below_zero(name, getattr(self, name))
        left = self.monthly_left
        if left is not None and not (left.is_finite() and abs(left) < MOST_MONEY):
            raise SituationError("monthly_left must be an amount, for example 150 or -80.")
        if self.days_to_pay is not None and self.days_to_pay < 0:
            raise SituationError("days_to_pay must be 0 or more whole days.")
        if self.family_size is not None and not 1 <= self.family_size <= 30:
            raise SituationError("family_size must be a whole number from 1 to 30.")
        if self.tax_year is not None and not 1990 <= self.tax_year <= 2100:
            raise SituationError("tax_year must be a year of a return, for example 2023.")
        _one_of("taxpayer", self.taxpayer, TAXPAYERS)
        _one_of("channel", self.channel, CHANNELS)
        _one_of("existing_plan", self.existing_plan, EXISTING_PLANS)
        if self.state is not None and self.state not in STATES:
            raise SituationError("state must be two letters in capitals, for example TX.")
        self._check_split()

    def _check_split(self) -> None:
        whole = None not in (self.tax, self.penalty, self.interest)
        total = self.told_parts
        if whole and self.amount_owed is None:
            if not total:
                raise SituationError("tax, penalty and interest are all $0; tell what is owed.")
            object.__setattr__(self, "amount_owed", total)  # the whole split is the amount
        if self.amount_owed is None:
            return
        if total > self.amount_owed or (whole and total != self.amount_owed):
            raise SituationError(
                f"tax, penalty and interest add up to ${total:,.2f}, but amount_owed is "
                f"${self.amount_owed:,.2f}; mend the one that is off."
            )
        if self.assessed_balance is not None and self.assessed_balance > self.amount_owed:
            raise SituationError(
                "assessed_balance is more than amount_owed, which also holds what is not posted yet."
            )
        if self.pay_now is not None and self.pay_now > self.amount_owed:
            raise SituationError(
                "pay_now is more than amount_owed; to pay all of it, say days_to_pay 0."
            )

    def with_usual_answers(self) -> Situation:
        """The situation with unknown rare facts set to their usual answer, and noted as assumed."""
        answers = {name: v for name, v in USUAL.items() if getattr(self, name) is None}
        if self.hearing_notice_date is not None:
            answers.pop("final_levy_notice", None)
        if self.lien_notice_date is not None:
            answers.pop("lien_notice", None)
        if self.bank_levy_date is not None:
            answers.pop("levy_in_place", None)
        return replace(self, **answers, assumed=self.assumed | frozenset(answers))  # type: ignore[arg-type]

    @property
    def told_parts(self) -> Decimal:
        """What the told parts of the split come to."""
        return sum(
            (part for part in (self.tax, self.penalty, self.interest) if part is not None),
            Decimal(0),
        )

    @property
    def has_final_levy_notice(self) -> bool | None:
        """Whether an LT11, Letter 1058, CP90 or CP297 came; its date says so too."""
        return True if self.hearing_notice_date is not None else self.final_levy_notice

    @property
    def has_lien_notice(self) -> bool | None:
        """Whether a lien letter (Letter 3172) came; its date says so too."""
        return True if self.lien_notice_date is not None else self.lien_notice

    @property
    def has_levy(self) -> bool | None:
        """Whether a levy is in place; the date of a bank levy says so too."""
        return True if self.bank_levy_date is not None else self.levy_in_place

    @property
    def assessed(self) -> Decimal | None:
        """The assessed balance, or the notice's total, which is a little higher at most."""
        return self.amount_owed if self.assessed_balance is None else self.assessed_balance

    @property
    def days(self) -> int | None:
        """Days until all is paid, as told or as the monthly payment gives it."""
        if self.days_to_pay is not None:
            return self.days_to_pay
        months = self.months
        return None if months is None else months * DAYS_A_MONTH

    @property
    def months(self) -> int | None:
        """Whole months the monthly payment needs, charges that still accrue left out."""
        if self.amount_owed is None or self.monthly_payment is None:
            return None
        whole = (self.amount_owed / self.monthly_payment).to_integral_value(ROUND_CEILING)
        return int(whole)


FACTS = tuple(f.name for f in fields(Situation) if f.name not in ("suspensions", "assumed"))


def _more_than_zero(name: str, value: Decimal | None) -> None:
    if value is not None and not (value.is_finite() and 0 < value < MOST_MONEY):
        raise SituationError(f"{name} must be more than $0, for example 12000 or 4350.75.")


def _not_below_zero(name: str, value: Decimal | None) -> None:
    if value is not None and not (value.is_finite() and 0 <= value < MOST_MONEY):
        raise SituationError(f"{name} must be $0 or more, for example 0 or 850.40.")


def _one_of(name: str, value: str | None, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise SituationError(f"{name} must be {' or '.join(known)}.")
