"""Fees: the printed tables in cases/fees.yml, cell by cell, and what always holds."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from irs.fees import KINDS, low_income, low_income_limit, setup_fee
from irs.figures import FigureError
from irs.situation import CHANNELS, STATES

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "cases" / "fees.yml").read_text("utf-8")
)
AS_OF = date(2026, 11, 24)
maybe = st.sampled_from([True, False, None])
sizes = st.integers(1, 30)
states = st.none() | st.sampled_from(sorted(STATES))
money = st.decimals(Decimal("0"), Decimal("600000"), places=2)


def day(case):
    return date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF


@pytest.mark.parametrize("case", CASES["fees"], ids=lambda c: c["name"])
def test_fee(case):
    found = setup_fee(*case["input"], day(case))
    assert found.amount == Decimal(case["amount"]), case["from"]
    assert found.reimbursed is case.get("back", False)
    assert case["says"] in found.words
    assert found.references and found.words.endswith(".")
    assert ("about" in found.words) == (not found.figure.confirmed)


@pytest.mark.parametrize("case", CASES["low_income"], ids=lambda c: c["name"])
def test_low_income(case):
    agi, size, state = case["input"]
    income = None if agi is None else Decimal(agi)
    assert low_income(income, size, state, day(case)) is case["expected"], case["from"]


@pytest.mark.parametrize(
    "size, state, limit",
    [(1, "CA", "39900"), (1, None, "39900"), (5, "AK", "120875"), (7, "HI", "143850")],
)
def test_limit(size, state, limit):
    found = low_income_limit(size, state, AS_OF)
    assert found.number == Decimal(limit) and found.references


def test_no_table_is_an_error_with_a_sentence():
    with pytest.raises(FigureError):
        low_income_limit(1, "TX", date(2018, 4, 9))
    with pytest.raises(FigureError):
        low_income_limit(0, "TX", AS_OF)


@pytest.mark.parametrize("kind, channel", [("lease", "online"), ("installment", "fax")])
def test_an_unknown_kind_or_channel_is_refused(kind, channel):
    with pytest.raises(ValueError, match="must be one of"):
        setup_fee(kind, channel, None, None, AS_OF)


@given(st.sampled_from(KINDS), st.sampled_from(CHANNELS), maybe, maybe)
def test_low_income_and_direct_debit_never_cost_more(kind, channel, debit, low):
    fee = setup_fee(kind, channel, debit, low, AS_OF)
    assert setup_fee(kind, channel, debit, True, AS_OF).amount <= fee.amount
    assert setup_fee(kind, channel, True, low, AS_OF).amount <= fee.amount
    assert setup_fee(kind, "online", debit, low, AS_OF).amount <= fee.amount
    assert "None" not in fee.words and len(fee.words.split()) <= 32
    assert not fee.reimbursed or (low is True and fee.amount > 0)


@given(money, sizes, states)
def test_more_persons_never_lose_the_lower_fee(agi, size, state):
    if low_income(agi, size, state, AS_OF):
        assert low_income(agi, size + 1, state, AS_OF)


@given(money, sizes)
def test_an_unknown_state_says_yes_or_no_only_where_all_agree(agi, size):
    answers = {low_income(agi, size, state, AS_OF) for state in STATES}
    known = low_income(agi, size, None, AS_OF)
    assert answers == {known} if known is not None else answers == {True, False}
