"""Deadlines: cases/deadlines.yml by hand, each border on both sides, and what always holds."""

import re
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from irs.deadlines import BASES, deadlines
from irs.situation import Situation, Suspension

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "cases" / "deadlines.yml").read_text("utf-8")
)
AS_OF = date(2026, 11, 24)
MONEY = ("amount_owed", "agi")
DATES = sorted(f.name for f in fields(Situation) if f.name.endswith(("_date", "_requested")))
DATES += ["assessed_on", "conference_held"]
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
known = st.sampled_from([True, False, None])


def situation(facts):
    told = dict(facts)
    for name in MONEY:
        if name in told:
            told[name] = Decimal(told[name])
    for name in DATES:
        if name in told:
            told[name] = date.fromisoformat(told[name])
    told["suspensions"] = tuple(
        Suspension(kind, date.fromisoformat(began), date.fromisoformat(ended), refused)
        for kind, began, ended, refused in told.get("suspensions", ())
    )
    return Situation(**told)


def maybe_date(case, name):
    return date.fromisoformat(case[name]) if name in case else None


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case):
    as_of = date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF
    found = {d.id: d for d in deadlines(situation(case["input"]), as_of)}
    if case.get("absent"):
        assert case["id"] not in found, case["from"]
        return
    deadline = found[case["id"]]
    for name in ("on", "earliest", "latest"):
        assert getattr(deadline, name) == maybe_date(case, name), (name, case["from"])
    assert deadline.basis == case["basis"]
    assert deadline.passed is case.get("passed", False)
    for words in case.get("says", ()):
        assert words in deadline.words
    for words in case.get("not", ()):
        assert words not in deadline.words


situations = st.builds(
    Situation,
    **{name: st.none() | days for name in DATES},
    amount_owed=st.none() | st.sampled_from([Decimal("8000"), Decimal("100000")]),
    tax_year=st.none() | st.integers(2018, 2025),
    taxpayer=st.sampled_from(["individual", "business", None]),
    existing_plan=st.sampled_from(["none", "in_effect", "defaulted", None]),
    filed_on_time=known,
    final_levy_notice=known,
    lien_notice=known,
    levy_in_place=known,
    days_to_pay=st.none() | st.integers(0, 300),
    agi=st.none() | st.just(Decimal("20000")),
    family_size=st.none() | st.just(3),
)
BANNED = re.compile(
    r"don't worry|do not worry|ignore|guarantee|promise(?!s no)|None|\{|relax|no need|will be fine",
    re.IGNORECASE,
)


@given(situations, days)
@settings(max_examples=400)
def test_every_deadline_is_whole_and_plain(case, as_of):
    found = deadlines(case, as_of)
    assert len({d.id for d in found}) == len(found)
    for d in found:
        assert d.what and d.references and d.basis in BASES
        assert not BANNED.search(d.words), d.words
        assert all(len(s.split()) <= 36 for s in re.split(r"(?<=[.?])\s", d.words)), d.words
        assert len(re.split(r"(?<=[.?])\s", d.words)) <= (3 if d.id == "collection_statute" else 2)
        last = d.on or d.latest
        assert d.passed == (last is not None and last < as_of)
        assert not d.passed or "passed" in d.words
        assert d.passed or "not too late" not in d.words
        assert d.on is None or (d.earliest is None and d.latest is None)
        assert not (d.earliest and d.latest) or d.earliest <= d.latest


@given(situations, days)
def test_they_come_by_date_and_undated_ones_last(case, as_of):
    order = [d.on or d.earliest or date.max for d in deadlines(case, as_of)]
    assert order == sorted(order)


@given(situations, days)
def test_a_printed_due_date_always_wins(case, as_of):
    due = replace(case, due_date=date(2027, 1, 4))
    pay = next(d for d in deadlines(due, as_of) if d.id == "pay_by")
    assert (pay.on, pay.basis) == (date(2027, 1, 4), "printed")
    nxt = [d for d in deadlines(due, as_of) if d.id == "next_notice"]
    assert all(d.earliest >= date(2027, 1, 4) for d in nxt)


@given(situations, days, days)
def test_what_has_passed_stays_passed(case, a, b):
    first, later = sorted((a, b))
    passed = {d.id for d in deadlines(case, first) if d.passed}
    assert passed <= {d.id for d in deadlines(case, later) if d.passed}
