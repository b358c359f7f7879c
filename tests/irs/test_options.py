"""Options and headlines: the cases written from the facts, each against the rules."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from irs.assess import assess
from irs.assessment import VERDICTS
from irs.case import Case
from irs.headline import PLANS, open_facts, plan
from irs.options import RULES, judge_all
from irs.situation import Situation, SituationError
from tests.irs.cases import FOLDER, read

FILES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("options/*.yml"))
OPTIONS = [case for name in FILES for case in read(name)]
HEADLINES = read("plans.yml")
MONEY = {
    "amount_owed", "assessed_balance", "tax", "penalty", "interest", "monthly_payment", "pay_now",
    "agi", "monthly_left", "asset_equity",
}  # fmt: skip


def value(name, told):
    """A told value as the situation takes it: quoted money and quoted dates."""
    if name in MONEY:
        return Decimal(told)
    if isinstance(told, str) and told[:2] in ("19", "20") and told.count("-") == 2:
        return date.fromisoformat(told)
    return told


def case_of(case):
    told = Situation(**{name: value(name, v) for name, v in (case["input"] or {}).items()})
    told = told.with_usual_answers() if case["usual"] else told
    return Case(told, date.fromisoformat(case["as_of"]))


@pytest.mark.parametrize("case", OPTIONS, ids=lambda c: c["name"])
def test_option(case):
    found = next(o for o in judge_all(case_of(case)) if o.id == case["option"])
    assert found.verdict == case["verdict"], (case["from"], found.reasons)
    assert set(found.missing) == set(case.get("missing") or ()), case["from"]
    assert found.reasons and all(reason.endswith(".") for reason in found.reasons)
    assert found.references and found.name and found.where


@pytest.mark.parametrize("case", HEADLINES, ids=lambda c: c["name"])
def test_headline(case):
    judged = case_of(case)
    assert plan(judged) == case["plan"], case["from"]
    if case["plan"] is None:
        assert open_facts(judged)
    if "open" in case:
        assert set(open_facts(judged)) == set(case["open"]), case["from"]
    found = assess(judged.s, judged.as_of)
    assert found.plan == case["plan"] and found.summary and found.steps and found.references


def test_every_case_has_a_name_of_its_own_and_a_source():
    names = [case["name"] for case in OPTIONS + HEADLINES]
    assert len(set(names)) == len(names)
    assert all(case["from"] for case in OPTIONS + HEADLINES)


def test_every_option_and_every_verdict_and_headline_has_a_case():
    ids = {option.id for option in judge_all(Case(Situation(), date(2026, 11, 24)))}
    assert len(ids) == len(RULES)
    assert {case["option"] for case in OPTIONS} == ids
    assert {case["verdict"] for case in OPTIONS} == set(VERDICTS)
    assert {case["plan"] for case in HEADLINES} == {*PLANS, None}


def test_money_of_the_cases_is_read_as_written():
    assert Path(FOLDER, "plans.yml").is_file()
    with pytest.raises(InvalidOperation):
        value("tax", "lots")


def test_a_whole_split_is_the_amount():
    parts = {"tax": Decimal(9000), "penalty": Decimal(600), "interest": Decimal("400.50")}
    assert Situation(**parts).amount_owed == Decimal("10000.50")
    assert assess(Situation(**parts), date(2026, 11, 25)).plan is None  # it used to raise
    with pytest.raises(SituationError, match="all \\$0"):
        Situation(tax=Decimal(0), penalty=Decimal(0), interest=Decimal(0))


def test_a_year_before_the_figures_has_no_costs_and_says_so():
    told = Situation(amount_owed=Decimal(9000), days_to_pay=400, returns_filed=True, tax_year=1999)
    found = assess(told.with_usual_answers(), date(2026, 11, 25))  # it used to raise
    assert found.ways == () and "too long ago" in found.estimates[0]


def test_a_business_before_its_plan_began_is_told_so():
    told = Situation(taxpayer="business", payroll_tax=True, returns_filed=True)
    found = assess(told.with_usual_answers(), date(2025, 9, 27))  # it used to raise
    assert found.plan == "professional" and "not yet open" in " ".join(found.reasons)
