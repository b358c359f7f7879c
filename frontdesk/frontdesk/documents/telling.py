"""What a person told, as a table of the printed plan: a label and a value for each known fact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from irs.figures import dollars
from irs.showing import said_day, span
from irs.situation import DAYS_A_MONTH, FACTS, Situation

LABELS = {
    "amount_owed": "Total on the notice",
    "assessed_balance": "Posted to the account so far",
    "tax": "Tax in it",
    "penalty": "Penalties in it",
    "interest": "Interest in it",
    "tax_year": "Tax year",
    "notice_date": "Date of the notice",
    "due_date": "Due date on the notice",
    "first_bill_date": "Date of the first bill (CP14)",
    "days_to_pay": "Time needed to pay all of it",
    "monthly_payment": "Can pay a month",
    "pay_now": "Can pay now",
    "taxpayer": "Whose tax it is",
    "payroll_tax": "Payroll tax",
    "closed_sole_proprietor": "Sole proprietor, business closed",
    "returns_filed": "All required returns filed",
    "filed_on_time": "This return filed on time",
    "current_year_paid": "This year's tax paid as it falls due",
    "direct_debit": "Payments by direct debit",
    "channel": "How the plan is asked for",
    "agi": "Adjusted gross income a year",
    "family_size": "People in the family",
    "state": "State",
    "clean_five_years": "Five years without a plan or late payment",
    "clean_three_years": "Three years without a penalty",
    "reasonable_cause": "Something serious kept you from paying",
    "hardship": "Paying would stop basic living costs",
    "monthly_left": "Left each month after living costs",
    "asset_equity": "Value of what is owned, less loans",
    "existing_plan": "Plan with the IRS already",
    "bankruptcy": "Bankruptcy case open",
    "offer_pending": "Offer in compromise under way",
    "final_levy_notice": "Final levy notice (LT11 or the like)",
    "lien_notice": "Lien letter (Letter 3172)",
    "levy_in_place": "Levy in place",
    "revenue_officer": "Revenue officer on the case",
    "disagrees": "The amount looks wrong",
    "already_paid": "Paid already",
    "identity_theft": "Identity theft suspected",
    "spouse_issue": "From a spouse's part of a joint return",
    "assessed_on": "Tax assessed on",
    "levy_notice_date": "Date of the CP504",
    "hearing_notice_date": "Date of the final levy notice",
    "lien_notice_date": "Date of the lien letter",
    "conference_requested": "Manager's conference asked for on",
    "conference_held": "Manager's conference held on",
    "bank_levy_date": "Bank account frozen on",
}


def told(situation: Situation) -> list[tuple[str, str]]:
    """(label, value) of each fact that was told, not taken as usual, in the order of the facts."""
    names = [name for name in FACTS if name not in situation.assumed]
    found = [
        (LABELS[name], _value(name, value))
        for name in names
        if (value := getattr(situation, name)) is not None
    ]
    if situation.suspensions:
        found.append(("Times the IRS could not collect", str(len(situation.suspensions))))
    return found


def _value(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"{'-' if value < 0 else ''}{dollars(abs(value))}"
    if isinstance(value, date):
        return f"{said_day(value)}"
    if name == "days_to_pay" and isinstance(value, int):
        return _time(value)
    said = str(value).replace("_", " ")
    return said[:1].upper() + said[1:]


def _time(days: int) -> str:
    if not days:
        return "All by the due date"
    said = f"{days} day{'' if days == 1 else 's'}"
    months, rest = divmod(days, DAYS_A_MONTH)
    return f"{said} ({span(months)})" if months > 6 and not rest else said
