"""What cannot be true is refused with a sentence; what follows from the facts is told right."""

from datetime import date
from decimal import Decimal

import pytest

from irs.case import Case
from irs.figures import FigureError
from irs.situation import USUAL, Situation, SituationError, Suspension
from irs.ways import payment_for
from irs.wording import time_words

DAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "facts, sentence",
    [
        ({"amount_owed": Decimal(0)}, "amount_owed must be more than"),
        ({"amount_owed": Decimal("-5")}, "amount_owed must be more than"),
        ({"amount_owed": Decimal("NaN")}, "amount_owed must be more than"),
        ({"amount_owed": Decimal("Infinity")}, "amount_owed must be more than"),
        ({"amount_owed": Decimal(1_000_000_000)}, "amount_owed must be more than"),
        ({"monthly_payment": Decimal(0)}, "monthly_payment must be more than"),
        ({"pay_now": Decimal(0)}, "pay_now must be more than"),
        ({"tax": Decimal(-1)}, "tax must be \\$0 or more"),
        ({"agi": Decimal("NaN")}, "agi must be \\$0 or more"),
        ({"monthly_left": Decimal("NaN")}, "monthly_left must be an amount"),
        ({"days_to_pay": -1}, "0 or more whole days"),
        ({"family_size": 0}, "family_size must be"),
        ({"family_size": 31}, "family_size must be"),
        ({"tax_year": 1989}, "tax_year must be"),
        ({"tax_year": 2101}, "tax_year must be"),
        ({"taxpayer": "alien"}, "individual or business"),
        ({"channel": "fax"}, "online or phone or mail or in_person"),
        ({"existing_plan": "maybe"}, "none or in_effect or defaulted"),
        ({"state": "tx"}, "two letters in capitals"),
        ({"amount_owed": Decimal(10), "pay_now": Decimal("10.01")}, "pay_now is more than"),
        ({"amount_owed": Decimal(10), "assessed_balance": Decimal("10.01")}, "assessed_balance is"),
        ({"amount_owed": Decimal(10), "tax": Decimal("10.01")}, "add up to \\$10.01"),
        (
            {"amount_owed": Decimal(10), "tax": Decimal(5), "penalty": Decimal(3),
             "interest": Decimal(1)},
            "add up to \\$9.00",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_true_is_refused(facts, sentence):
    with pytest.raises(SituationError, match=sentence):
        Situation(**facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"amount_owed": Decimal("0.01")}, {"amount_owed": Decimal("999999999.99")},
        {"tax": Decimal(0)}, {"monthly_left": Decimal(-80)}, {"days_to_pay": 0},
        {"family_size": 1}, {"family_size": 30}, {"tax_year": 1990}, {"tax_year": 2100},
        {"amount_owed": Decimal(10), "pay_now": Decimal(10), "assessed_balance": Decimal(10)},
        {"amount_owed": Decimal(10), "tax": Decimal(6), "penalty": Decimal(3),
         "interest": Decimal(1)},
    ],
)  # fmt: skip
def test_what_can_be_true_is_taken(facts):
    assert all(getattr(Situation(**facts), name) == value for name, value in facts.items())


def test_a_suspension_has_a_kind_and_an_order():
    with pytest.raises(SituationError, match="kind must be one of"):
        Suspension("holiday", DAY)
    with pytest.raises(SituationError, match="cannot end before"):
        Suspension("offer", DAY, date(2026, 11, 24))
    assert Suspension("offer", DAY, DAY).ended == DAY


def test_usual_answers_leave_what_was_told_and_remember_what_was_not():
    told = Situation(taxpayer="business", bankruptcy=True).with_usual_answers()
    assert told.taxpayer == "business" and told.bankruptcy is True and told.levy_in_place is False
    assert told.assumed == frozenset(USUAL) - {"taxpayer", "bankruptcy"}


def test_a_date_says_that_the_thing_is_there():
    told = Situation(hearing_notice_date=DAY, lien_notice_date=DAY, bank_levy_date=DAY)
    usual = told.with_usual_answers()
    assert usual.has_final_levy_notice and usual.has_lien_notice and usual.has_levy
    assert not {"final_levy_notice", "lien_notice", "levy_in_place"} & usual.assumed


@pytest.mark.parametrize(
    "owed, monthly, days, expected",
    [("1200", "100", None, 360), ("1200.01", "100", None, 390), ("1200", "100", 90, 90),
     (None, "100", None, None), ("1200", None, None, None)],
)  # fmt: skip
def test_days_follow_from_the_payment(owed, monthly, days, expected):
    told = Situation(
        amount_owed=owed and Decimal(owed), monthly_payment=monthly and Decimal(monthly),
        days_to_pay=days,
    )  # fmt: skip
    assert told.days == expected


def test_a_pace_is_judged_without_costs_where_the_rates_begin_later():
    old = {"amount_owed": Decimal(12000), "due_date": date(2019, 5, 1)}
    assert Case(Situation(**old, monthly_payment=Decimal(101)), DAY).pace_fits is True
    assert Case(Situation(**old, monthly_payment=Decimal(100)), DAY).pace_fits is False
    assert Case(Situation(**old, monthly_payment=Decimal(101)), DAY).months_needed is None
    with pytest.raises(FigureError, match="no payment can be computed"):
        payment_for(Case(Situation(**old), DAY), 12)


def test_a_payment_below_what_is_added_never_clears():
    case = Case(Situation(amount_owed=Decimal(40000), monthly_payment=Decimal(200)), DAY)
    assert case.pace_fits is False and case.months_needed is None


@pytest.mark.parametrize(
    "days, words",
    [(1, "1 day"), (180, "180 days"), (181, "181 days"), (540, "about 18 months"),
     (730, "730 days"), (1460, "about 4 years")],
)  # fmt: skip
def test_days_as_people_say_them(days, words):
    assert time_words(days) == words
