"""The cases in tests/irs/cases: name, date, input, expectation, and where it comes from."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from irs.figures import FigureError, figure, figures_text
from irs.plans import Situation, assess

CASES = Path(__file__).parent / "cases"


def cases(name):
    return YAML(typ="safe", pure=True).load((CASES / name).read_text("utf-8"))


def situation(facts):
    money = {k: Decimal(v) for k, v in facts.items() if k in ("amount_owed", "monthly_payment")}
    return replace(Situation(**{k: v for k, v in facts.items() if k not in money}), **money)


@pytest.mark.parametrize("case", cases("plans.yml"), ids=lambda c: c["name"])
def test_plan(case):
    found = assess(situation(case["input"] or {}), date.fromisoformat(case["as_of"]))
    assert found.plan == case["plan"], case["why"]
    assert found.next_steps and found.references and found.summary


@pytest.mark.parametrize("case", cases("figures.yml"), ids=lambda c: f"{c['name']}@{c['as_of']}")
def test_figure(case):
    assert figure(case["name"], date.fromisoformat(case["as_of"])).text == case["text"]


def test_no_value_after_the_last_published_quarter():
    with pytest.raises(FigureError, match="2027-01-01.*ends on 2026-12-31"):
        figure("interest_rate", date(2027, 1, 1))
    assert "not published" in figures_text(date(2027, 1, 1))["interest_rate"]


def test_no_value_before_the_first():
    with pytest.raises(FigureError, match="before 2025-03-05"):
        figure("simple_plan_limit_individual", date(2025, 3, 4))


def test_conflicting_fees_are_marked_unconfirmed():
    for name in ("fee_online_direct_debit", "fee_revise_online"):
        found = figure(name, date(2026, 11, 24))
        assert not found.confirmed and found.note and len(found.references) > 1
