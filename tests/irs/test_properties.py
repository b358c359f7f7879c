"""What must hold for every situation."""

from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irs.plans import PLANS, Situation, SituationError, assess, open_facts, verdict

DAY = date(2026, 11, 24)
money = st.decimals(Decimal("0.01"), Decimal("300000"), places=2)
known = st.sampled_from([True, False])


def maybe(strategy):
    return st.none() | strategy


situations = st.builds(
    Situation,
    amount_owed=maybe(money),
    days_to_pay=maybe(st.integers(0, 4000)),
    monthly_payment=maybe(money),
    returns_filed=maybe(known),
    taxpayer=maybe(st.sampled_from(["individual", "business"])),
    payroll_tax=maybe(known),
    direct_debit=maybe(known),
    due_date=maybe(st.dates(date(2026, 1, 1), date(2027, 12, 31))),
)


@given(situations)
@settings(max_examples=300)
def test_every_situation_gets_a_whole_answer(situation):
    found = assess(situation, DAY)
    assert found.plan in (*PLANS, None)
    assert found.title and found.summary and found.reasons and found.next_steps
    assert found.references and all(r.title and r.as_of for r in found.references)
    words = " ".join([found.summary, *found.reasons, *found.why_not, *found.next_steps])
    assert "None" not in words and "{" not in words
    assert all(len(reason.split()) <= 40 for reason in found.reasons)


@given(situations, st.sampled_from(["amount_owed", "days_to_pay", "returns_filed"]), st.data())
@settings(max_examples=300)
def test_a_fact_that_is_not_open_cannot_change_the_plan(situation, fact, data):
    situation = replace(situation, **{fact: None})
    if fact == "days_to_pay":
        situation = replace(situation, monthly_payment=None)
    if fact in open_facts(situation, DAY):
        return
    answers = {
        "amount_owed": money,
        "days_to_pay": st.integers(0, 4000),
        "returns_filed": known,
    }[fact]
    one, other = (
        replace(situation, **{fact: data.draw(answers)}),
        replace(situation, **{fact: data.draw(answers)}),
    )
    assert verdict(one, DAY) == verdict(other, DAY)


@given(situations)
@settings(max_examples=300)
def test_an_undecided_plan_always_names_what_to_ask(situation):
    if verdict(situation, DAY) is None:
        assert open_facts(situation, DAY)
    else:
        # A verdict stands: no unknown fact but a missing return could overturn it.
        assert set(open_facts(situation, DAY)) <= {"returns_filed", "amount_owed"}


@given(money, st.integers(1, 4000), st.integers(1, 4000))
def test_more_time_never_turns_a_long_plan_into_a_short_one(amount, a, b):
    short, long = sorted((a, b))
    case = Situation(amount_owed=amount, returns_filed=True)
    if verdict(replace(case, days_to_pay=long), DAY) == "short_term":
        assert verdict(replace(case, days_to_pay=short), DAY) == "short_term"


@given(money, money, st.integers(0, 4000))
def test_owing_less_never_loses_a_plan(a, b, days):
    less, more = sorted((a, b))
    online = {"pay_in_full", "short_term", "long_term"}
    case = Situation(returns_filed=True, days_to_pay=days)
    if verdict(replace(case, amount_owed=more), DAY) in online:
        assert verdict(replace(case, amount_owed=less), DAY) in online


@given(situations)
def test_an_unknown_return_never_gets_a_plan(situation):
    assert verdict(replace(situation, returns_filed=None), DAY) is None


@given(situations)
def test_the_result_is_a_value(situation):
    assert asdict(assess(situation, DAY)) == asdict(assess(situation, DAY))


@given(st.decimals(Decimal("50000.01"), Decimal("300000"), places=2))
def test_the_pay_down_reaches_the_limit_to_the_cent(amount):
    found = assess(Situation(amount_owed=amount, days_to_pay=1000, returns_filed=True), DAY)
    gap = amount - 50000
    shown = f"${gap:,.0f}" if gap == gap.to_integral_value() else f"${gap:,.2f}"
    assert any(f"Pay down {shown} first" in step for step in found.next_steps)


@pytest.mark.parametrize(
    "facts, sentence",
    [
        ({"amount_owed": Decimal("0")}, "more than \\$0"),
        ({"amount_owed": Decimal("-5")}, "more than \\$0"),
        ({"amount_owed": Decimal("NaN")}, "more than \\$0"),
        ({"amount_owed": Decimal("Infinity")}, "more than \\$0"),
        ({"monthly_payment": Decimal("0")}, "more than \\$0"),
        ({"days_to_pay": -1}, "0 or more"),
        ({"taxpayer": "alien"}, "individual or business"),
    ],
)
def test_what_cannot_be_true_is_refused(facts, sentence):
    with pytest.raises(SituationError, match=sentence):
        Situation(**facts)


def test_a_passed_due_date_is_not_too_late():
    case = Situation(amount_owed=Decimal(9000), days_to_pay=90, returns_filed=True)
    passed = assess(replace(case, due_date=date(2026, 11, 23)), DAY)
    assert any("not too late" in note for note in passed.notes) and passed.plan == "short_term"
    assert not assess(replace(case, due_date=DAY), DAY).notes


def test_unfiled_but_payable_says_to_pay_anyway():
    found = assess(Situation(days_to_pay=0, returns_filed=False), DAY)
    assert found.plan == "file_returns_first"
    assert any("Pay this notice by its due date anyway" in step for step in found.next_steps)
