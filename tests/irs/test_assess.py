"""The whole assessment: cases/assessments.yml by hand."""

from datetime import date

import pytest

from irs.assess import assess
from irs.figures import FigureError
from irs.situation import Situation
from tests.irs.cases import read
from tests.irs.test_options import case_of

CASES = read("assessments.yml")


def said(told, found):
    """Each of some words is in one of some sentences."""
    return [words for words in told if not any(words in sentence for sentence in found)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case):
    judged = case_of({"usual": True} | case)
    found, expected = assess(judged.s, judged.as_of), case["expected"]
    assert found.plan == expected.get("plan", found.plan), case["from"]
    asked = [[fact.fact, fact.decides] for fact in found.open_facts]
    if "open" in expected:
        assert [fact for fact in asked if fact[1] == "plan"] == expected["open"], case["from"]
    assert not {fact for fact, _ in asked} & set(expected.get("not_open", ())), case["from"]
    if "costs" in expected:
        assert [fact for fact, decides in asked if decides == "cost"] == expected["costs"]
    for id, verdict in expected.get("options", {}).items():
        assert found.option(id).verdict == verdict, (case["from"], id)
    if "referrals" in expected:
        reasons = [referral.reason for referral in found.referrals]
        assert len(reasons) == len(expected["referrals"]), (case["from"], reasons)
        assert all(w in r for w, r in zip(expected["referrals"], reasons, strict=True)), reasons
    if "same_day" in expected:
        assert sum(r.same_day for r in found.referrals) == expected["same_day"], case["from"]
    sentences = {"assumed": found.assumptions, "estimates": found.estimates, "notes": found.notes}
    for name in sentences.keys() & expected.keys():
        assert not said(expected[name], sentences[name]), (case["from"], sentences[name])
        assert expected[name] or not sentences[name], (case["from"], sentences[name])
    every = " ".join(found.assumptions + found.estimates + found.notes)
    assert not [words for words in expected.get("not_said", ()) if words in every], case["from"]


def test_every_case_has_a_name_of_its_own_and_a_source():
    assert len({case["name"] for case in CASES}) == len(CASES) >= 20
    assert all(case["from"] for case in CASES)


def test_before_the_first_day_of_the_rules_there_is_a_sentence():
    assert assess(Situation(), date(2025, 3, 5)).plan is None
    with pytest.raises(FigureError, match="begin on 2025-03-05; 2025-03-04 is before that"):
        assess(Situation(), date(2025, 3, 4))


def test_options_and_ways_are_found_by_their_ids():
    found = assess(Situation(), date(2026, 11, 24))
    assert found.option("short_term").id == "short_term" and found.way("in_full") is None
    assert found.way(None) is None
    with pytest.raises(KeyError):
        found.option("none_such")


def test_each_source_is_named_once():
    case = case_of({"usual": True} | CASES[10])
    keys = [source.key for source in assess(case.s, case.as_of).references]
    assert len(set(keys)) == len(keys) and {"QIR-A", "IRS-SPP"} <= set(keys)
