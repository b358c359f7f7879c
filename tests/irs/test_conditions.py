"""Conditions and how they make a verdict; and what results are: values."""

from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest

from irs import conditions
from irs.account import account
from irs.assessment import AVAILABLE, NEEDS_FACTS, NOT_AVAILABLE, PHONE_ONLY
from irs.case import Case
from irs.conditions import Condition, at_most, judge, known
from irs.deadlines import deadlines
from irs.fees import setup_fee
from irs.interest import rate_spans
from irs.options import agreements, business, hardship, paying, routes
from irs.penalty import Terms
from irs.schedule import pay_off
from irs.situation import Situation
from irs.statute import collection_statute

AS_OF = date(2026, 11, 24)
YES, NO = Condition(True, "Yes."), Condition(False, "No.", ("tax",))
UNKNOWN = Condition(None, "It depends.", ("agi", "state"))


def case(**told):
    told = {n: Decimal(v) if isinstance(v, str) and v[:1].isdigit() else v for n, v in told.items()}
    return Case(Situation(**told), AS_OF)


def judged(*told, verdict=AVAILABLE):
    return judge(case(), "id", "Name", "where", told, verdict, ("IRS-SPP",))


@pytest.mark.parametrize(
    "told, verdict, reasons, missing",
    [
        ((YES,), AVAILABLE, ("Yes.",), ()),
        ((), AVAILABLE, (), ()),
        ((YES, UNKNOWN), NEEDS_FACTS, ("It depends.",), ("agi", "state")),
        ((UNKNOWN, Condition(None, "Also.", ("state", "tax"))), NEEDS_FACTS,
         ("It depends.", "Also."), ("agi", "state", "tax")),
        ((YES, UNKNOWN, NO), NOT_AVAILABLE, ("No.",), ()),
        ((NO, NO, Condition(False, "")), NOT_AVAILABLE, ("No.",), ()),
        ((YES, Condition(True, "")), AVAILABLE, ("Yes.",), ()),
    ],
)  # fmt: skip
def test_one_false_closes_one_unknown_waits(told, verdict, reasons, missing):
    found = judged(*told)
    assert (found.verdict, found.reasons, found.missing) == (verdict, reasons, missing)
    assert (found.id, found.name, found.where) == ("id", "Name", "where")
    assert found.open == (verdict == AVAILABLE)


def test_the_verdict_when_all_hold_can_be_by_phone():
    assert judged(YES, verdict=PHONE_ONLY).open
    assert judged(UNKNOWN, verdict=PHONE_ONLY).verdict == NEEDS_FACTS


def test_sources_come_first_then_those_of_the_figures_each_once():
    told = Condition(True, "Yes.", (), ("simple_plan_limit_individual", "short_term_limit"))
    keys = [source.key for source in judged(told, told).references]
    assert keys == ["IRS-SPP", "NATP-SIA", "IRS-TC201", "JUPID-9465"]
    early = judge(Case(Situation(), date(2025, 3, 4)), "id", "Name", "where", [told])
    assert [source.key for source in early.references] == ["IRS-TC201", "JUPID-9465"]


def test_a_fact_by_itself():
    for value, says in ((True, "y"), (False, "n"), (None, "u")):
        assert known(value, "tax", "y", "n", "u") == Condition(value, says, ("tax",))
    assert Condition(True, "Yes.") == Condition(True, "Yes.", (), ())


@pytest.mark.parametrize(
    "value, holds, says",
    [
        (None, None, "It depends on the amount: the limit is $50,000 or less, all told."),
        ("49999.99", True, "$49,999.99 is within the limit of $50,000, all told."),
        ("50000", True, "$50,000 is within the limit of $50,000, all told."),
        ("50000.01", False, "$50,000.01 is over the limit of $50,000, all told."),
    ],
)
def test_at_most(value, holds, says):
    name = "simple_plan_limit_individual"
    found = at_most(case(), name, value and Decimal(value), "amount_owed", ", all told")
    assert found == Condition(holds, says, ("amount_owed",), (name,))


def test_the_common_conditions_read_their_own_fact():
    told = {"bankruptcy": False, "offer_pending": False, "current_year_paid": True}
    told |= {"returns_filed": True, "taxpayer": "individual", "existing_plan": "none"}
    names = ["returns_filed", "bankruptcy", "offer_pending", "current_year_paid", "taxpayer",
             "existing_plan"]  # fmt: skip
    assert [c.facts for c in conditions.plan_conditions(case())] == [(name,) for name in names]
    assert all(c.holds is None for c in conditions.plan_conditions(case()))
    assert all(c.holds is True for c in conditions.plan_conditions(case(**told)))
    other = {"taxpayer": "business", "existing_plan": "in_effect"}
    for place, name in enumerate(names):
        closed = told | {name: other.get(name, not told[name])}
        held = [c.holds for c in conditions.plan_conditions(case(**closed))]
        assert held == [n != place for n in range(6)], name


def test_the_pace_names_the_payment_it_would_take():
    slow = conditions.pace(case(amount_owed="40000", monthly_payment="1"))
    assert slow.holds is False and slow.says.startswith("At that pace it would not be paid")
    assert "It would take about $" in slow.says
    assert slow.figures == ("simple_plan_max_term", "csed_years")
    ended = {"assessed_on": date(2016, 11, 24), "amount_owed": "900", "days_to_pay": 400}
    assert "It would take" not in conditions.pace(case(**ended)).says
    assert conditions.pace(case(monthly_payment="1")).facts == ("amount_owed",)
    fits = conditions.pace(case())
    assert (fits.holds, fits.says, fits.facts, fits.figures) == (True, "", (), slow.figures)


PLAN = {
    "returns_filed": True, "bankruptcy": False, "offer_pending": False, "current_year_paid": True,
    "taxpayer": "individual", "existing_plan": "none",
}  # fmt: skip


@pytest.mark.parametrize(
    "owed, says, other",
    [
        ("7200", "divides by 72 months: $100 a month", "Above"),
        ("7200.01", "$100.01 a month", "Above"),
        ("25000", "$347.23 a month", "Above"),
        ("25000.01", "Above $25,000 the form may ask for direct debit", "it goes with"),
        ("50000", "may ask for direct debit", "it goes with"),
        ("50000.01", "Above $50,000 it goes with Form 433-F", "direct debit"),
    ],
)
def test_the_lines_of_the_paper_form(owed, says, other):
    found = agreements.form_9465(case(**PLAN, amount_owed=owed))
    assert says in found.reasons[0] and other not in found.reasons[0] and found.open
    assert found.reasons[0].startswith("Its line 10 divides by 72 months: $")


@pytest.mark.parametrize(
    "told, where, verdict",
    [
        ({"amount_owed": "99999.99"}, "irs.gov/OPA", AVAILABLE),
        ({"amount_owed": "100000"}, "the number on your notice", PHONE_ONLY),
        ({"amount_owed": "100000.01"}, "irs.gov/OPA", NOT_AVAILABLE),
        ({"amount_owed": "9000", "taxpayer": "business"}, "the number on your notice", PHONE_ONLY),
    ],
)
def test_where_a_short_term_plan_is_asked_for(told, where, verdict):
    found = paying.short_term(case(**PLAN | {"days_to_pay": 180} | told))
    assert where in found.where and found.verdict == verdict


@pytest.mark.parametrize(
    "told, says",
    [
        ({"amount_owed": "99999.99"}, "You owe $99,999.99; the limit is less than $100,000."),
        ({"amount_owed": "100000"}, "At exactly $100,000, ask by phone."),
        ({"amount_owed": "100000.01"}, "$100,000.01 is too much; it takes less than $100,000."),
        ({"amount_owed": "9000", "taxpayer": "business"}, "takes no business accounts."),
        ({"amount_owed": "9000", "days_to_pay": 181}, "It ends after 180 days"),
        ({"amount_owed": "9000", "days_to_pay": 1}, "You need no more than 180 days."),
    ],
)
def test_why_a_short_term_plan_is_open_or_not(told, says):
    found = paying.short_term(case(**PLAN | {"days_to_pay": 180} | told))
    assert any(says in reason for reason in found.reasons), found.reasons
    person = found.open and told.get("taxpayer") is None
    assert not (person and any("business" in reason for reason in found.reasons))


def test_what_an_unknown_amount_decides_is_said():
    for rule in (agreements.simple_plan, agreements.non_streamlined, agreements.form_9465):
        assert all("It " in reason for reason in rule(case(**PLAN)).reasons)
    assert "It matters only above $50,000." in agreements.non_streamlined(case()).reasons
    assert any("in assessed tax" in r for r in agreements.simple_plan(case()).reasons)


@pytest.mark.parametrize(
    "owed, equity, left, words",
    [
        # 120 months: 1,000 + 100 x 120 = 13,000. In a lump 1,000 + 12 x 100, over time + 24 x 100.
        ("13000.01", "1000", "100", "about $2,200 in a lump sum, or $3,400 over time"),
        ("13000", "1000", "100", "could pay the debt in time"),
        ("1000", "1000", "0", "could pay the debt in time"),
        ("1000.01", "1000", "0", "about $1,000 in a lump sum, or $1,000 over time"),
        ("1001", "1000", "-50", "about $1,000 in a lump sum"),
    ],
)
def test_the_least_offer(owed, equity, left, words):
    told = case(**PLAN, amount_owed=owed, asset_equity=equity, monthly_left=Decimal(left))
    found = hardship.offer_in_compromise(told)
    assert any(words in reason for reason in found.reasons), found.reasons
    assert found.open == ("lump" in words)


def test_assets_that_cover_it_settle_an_offer_whatever_is_left():
    told = case(amount_owed="1000", asset_equity="1000", **PLAN)
    assert hardship.offer_in_compromise(told).verdict == NOT_AVAILABLE
    told = case(amount_owed="1000.01", asset_equity="1000", **PLAN)
    assert hardship.offer_in_compromise(told).missing == ("monthly_left",)


@pytest.mark.parametrize(
    "told, reason",
    [
        ({"amount_owed": "25000", "payroll_tax": None}, "within the limit of $25,000"),
        ({"amount_owed": "50000.01"}, "over the limit of $50,000"),
        ({"amount_owed": "25000.01", "payroll_tax": True, "closed_sole_proprietor": False},
         "over the limit of $25,000"),
        ({"amount_owed": "50000", "payroll_tax": True, "closed_sole_proprietor": True},
         "within the limit of $50,000"),
        ({"amount_owed": "50000", "payroll_tax": False}, "within the limit of $50,000"),
    ],
)  # fmt: skip
def test_the_limit_that_tells_why(told, reason):
    found = business.business_plan(case(**PLAN | {"taxpayer": "business"} | told))
    said = next(said for said in found.reasons if reason in said)
    assert said.endswith(" in assessed tax, penalties and interest.")


def test_either_letter_opens_a_hearing_and_both_unknown_are_missing():
    assert routes.hearing_request(case()).missing == ("final_levy_notice", "lien_notice")
    assert routes.hearing_request(case(final_levy_notice=False)).missing == ("lien_notice",)
    assert routes.hearing_request(case(lien_notice=True)).verdict == AVAILABLE
    both = case(final_levy_notice=False, lien_notice=False)
    assert routes.hearing_request(both).verdict == NOT_AVAILABLE


def test_results_are_values_that_cannot_be_changed():
    owed = account(Situation(amount_owed=Decimal(900)), AS_OF)
    results = [
        owed, Terms(), YES, rate_spans(AS_OF, date(2026, 12, 1))[0], setup_fee(
            "installment", "online", True, None, AS_OF),
        collection_statute(AS_OF, (), AS_OF), pay_off(owed, Terms(), Decimal(900)),
        *deadlines(Situation(), AS_OF), judged(YES), Situation(),
    ]  # fmt: skip
    for result in results:
        assert isinstance(hash(result), int)
        with pytest.raises(FrozenInstanceError):
            result.anything = 1
