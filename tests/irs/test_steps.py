"""What to do next: cases/steps.yml by hand from the facts."""

from datetime import date
from decimal import Decimal

import pytest

from irs import steps
from irs.case import Case
from irs.headline import PLANS, plan
from irs.situation import Situation
from tests.irs.cases import read
from tests.irs.test_options import case_of

CASES = read("steps.yml")
AS_OF = date(2026, 11, 24)
FINANCIAL = "proof of income: pay stubs, benefit letters"
ONLINE = "bank routing and account numbers for direct debit"
RETURNS = "income papers for the missing years (your online account shows wage records)"


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case):
    judged = case_of(case | {"usual": True})
    found = steps.steps(judged, plan(judged))
    assert len(found) == len(case["steps"]), (case["from"], [step.what for step in found])
    for step, (what, where, by, words) in zip(found, case["steps"], strict=True):
        assert what in step.what and where in step.where, (case["from"], step)
        assert (step.by and step.by.isoformat()) == by and words in step.by_words, (step, by)


def test_every_case_has_a_name_of_its_own_and_every_headline_a_case():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 20
    assert {plan(case_of(case | {"usual": True})) for case in CASES} == {*PLANS, None}


@pytest.mark.parametrize("name", [*PLANS, None])
def test_papers_for_each_headline(name):
    papers = steps.papers(Case(Situation(), AS_OF), name)
    assert papers[:3] == steps.PAPERS and len(set(papers)) == len(papers)
    online = ("short_term", "long_term", "existing_plan", "partial_payment", None)
    assert (ONLINE in papers) == (name in online)
    financial = ("partial_payment", "form_9465_or_call", "hardship", "revenue_officer")
    assert (FINANCIAL in papers) == (name in financial)
    assert (RETURNS in papers) == (name == "file_returns_first")


def test_a_business_brings_its_figures_and_acts_itself():
    told = Situation(taxpayer="business", payroll_tax=True, amount_owed=Decimal(9000))
    assert steps.papers(Case(told, AS_OF), "professional")[-1].startswith("the business's income")
    found = steps.steps(Case(told, AS_OF), "professional")
    assert [step.who for step in found] == ["you", "the business", "you", "the business"]
