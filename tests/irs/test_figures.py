"""Figures by date: the cases, what is not published, tables, conflicts, and what grew old."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from irs import figures
from irs.figures import (
    Figure,
    FigureError,
    Unpublished,
    dollars,
    figure,
    figures_text,
    lookup,
    parameters,
    reference,
    stale,
    worded,
)

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "cases" / "figures.yml").read_text("utf-8")
)
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def named(case):
    key = f"[{case['key']}]" if "key" in case else ""
    return f"{case['name']}{key}@{case['as_of']}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_figure(case):
    found = lookup(case["name"], date.fromisoformat(case["as_of"]), case.get("key"))
    if case.get("unpublished"):
        assert isinstance(found, Unpublished), case["from"]
    else:
        assert isinstance(found, Figure), case["from"]
        assert found.text == case["text"], case["from"]


def test_every_case_says_where_it_is_printed_and_is_told_once():
    assert all(case["from"].startswith("facts ") for case in CASES)
    assert len({named(case) for case in CASES}) == len(CASES) > 150


def test_every_value_has_a_case_on_both_sides_of_its_start():
    told = {(case["name"], date.fromisoformat(case["as_of"])) for case in CASES}
    lacking = [
        f"{name} on {day}"
        for name, parameter in parameters().items()
        for start, _ in parameter.values
        for day in (start, start - DAY)
        if (name, day) not in told
    ]
    assert not lacking
    ends = [(n, p.until + DAY) for n, p in parameters().items() if p.until]
    assert ends and told.issuperset(ends)
    assert {name for name, _ in told} == set(parameters())


def test_every_size_of_a_table_has_a_case():
    told = {(case["name"], case["key"]) for case in CASES if "text" in case and "key" in case}
    tables = [name for name, parameter in parameters().items() if parameter.by]
    assert len(tables) == 3
    assert told.issuperset((name, size) for name in tables for size in range(1, 10))


def test_no_value_after_the_last_published_quarter():
    found = lookup("interest_rate", date(2027, 1, 1))
    assert isinstance(found, Unpublished)
    assert found.reason == (
        "Interest on underpayments a year, compounded daily: no value is published for "
        "2027-01-01; the last published one, 7%, ends on 2026-12-31."
    )
    assert found.last is not None and found.last.text == "7%"
    assert found.last.effective_from == date(2026, 10, 1)
    assert found.known_from is None and found.as_of == date(2027, 1, 1)
    with pytest.raises(FigureError, match="2027-01-01.*ends on 2026-12-31"):
        figure("interest_rate", date(2027, 1, 1))


def test_no_value_before_the_first():
    found = lookup("simple_plan_limit_individual", date(2025, 3, 4))
    assert isinstance(found, Unpublished)
    assert found.known_from == date(2025, 3, 5) and found.last is None
    assert found.reason.endswith(": no value is known before 2025-03-05.")
    assert found.label in found.reason
    with pytest.raises(FigureError, match="before 2025-03-05"):
        figure("simple_plan_limit_individual", date(2025, 3, 4))


def test_until_is_the_day_before_the_next_value():
    assert figure("fee_online_other", date(2024, 6, 30)).until == date(2024, 6, 30)
    assert figure("fee_online_other", TODAY).until is None
    assert figure("interest_rate", date(2026, 5, 1)).until == date(2026, 6, 30)
    assert figure("interest_rate", TODAY).until == date(2026, 12, 31)


def test_every_quarter_of_interest_follows_the_one_before():
    starts = [start for start, _ in parameters()["interest_rate"].values]
    quarters = [date(year, month, 1) for year in range(2022, 2027) for month in (1, 4, 7, 10)]
    assert starts == quarters


def test_an_unknown_name_is_an_error():
    with pytest.raises(FigureError, match="no parameter named nothing"):
        lookup("nothing", TODAY)


def test_a_table_is_asked_for_by_the_persons_of_a_family():
    nine = figure("low_income_limit_contiguous", TODAY, key=9)
    assert nine.number == Decimal("139300") + Decimal("14200")
    assert nine.key == 9 and nine.label.endswith("48 states, DC and territories, family of 9")
    for key in (None, 0):
        with pytest.raises(FigureError, match="is a table: give the persons"):
            lookup("low_income_limit_contiguous", TODAY, key)
    with pytest.raises(FigureError, match="takes no key"):
        lookup("short_term_limit", TODAY, 1)
    early = lookup("low_income_limit_alaska", date(2026, 1, 14), 2)
    assert isinstance(early, Unpublished) and "family of 2" in early.reason


def test_words_for_answers():
    words = figures_text(TODAY)
    assert words["low_income_limit_contiguous_1"] == "$39,900"
    assert words["low_income_limit_alaska_8"] == "$174,125"
    assert words["low_income_limit_hawaii_more"] == "$16,325"
    assert words["paper_check_accepted"] == "yes"
    assert "low_income_limit_hawaii" not in words
    assert not [name for name, text in words.items() if text.startswith("(")]


def test_words_for_what_is_not_published():
    later, earlier = figures_text(date(2027, 1, 1)), figures_text(date(1990, 1, 1))
    assert later["interest_rate"] == "(not published yet; see irs.gov)"
    assert earlier["interest_rate"] == "(not known for that date; see irs.gov)"
    assert earlier["low_income_limit_alaska_more"] == earlier["interest_rate"]
    assert set(later) == set(earlier) == set(figures_text(TODAY))


@pytest.mark.parametrize(
    "name, day, others",
    [
        ("fee_online_direct_debit", TODAY, ("$22",)),
        ("fee_online_direct_debit", date(2026, 3, 2), ()),
        ("fee_revise_online", TODAY, ("$10",)),
        ("fee_revise_online", date(2026, 3, 2), ()),
        ("fee_low_income_revise_online", TODAY, ("$10",)),
        ("passport_threshold", TODAY, ("$65,000",)),
        ("passport_threshold", date(2025, 12, 31), ()),
        ("card_fee_credit_low", TODAY, ("1.87%",)),
        ("card_fee_credit_high", TODAY, ("1.98%",)),
        ("card_fee_debit_low", TODAY, ("$2.20",)),
        ("card_fee_debit_high", TODAY, ("$2.50",)),
        ("simple_plan_max_term_business", TODAY, ("24 months",)),
        ("cp504_response_days", TODAY, ("30 days",)),
    ],
)
def test_conflicting_sources_are_both_told(name, day, others):
    found = figure(name, day)
    assert found.others == others
    assert found.confirmed is not bool(others)
    assert all(conflict.references and conflict.note for conflict in found.conflicts)


def test_no_other_parameter_has_conflicts():
    assert sum(bool(parameter.conflicts) for parameter in parameters().values()) == 10


def test_what_is_not_confirmed_says_why():
    for parameter in parameters().values():
        for entry in parameter.entries:
            assert entry.confirmed or parameter.note, parameter.name


@pytest.mark.parametrize(
    "name, day, level",
    [
        ("short_term_limit", TODAY, "high"),
        ("fee_online_direct_debit", TODAY, "medium"),
        ("fee_online_direct_debit", date(2026, 3, 2), "high"),
        ("fee_revise_online", TODAY, "low-medium"),
        ("nonstreamlined_no_financials_limit", TODAY, "low-medium"),
        ("passport_threshold", date(2025, 6, 1), "high"),
        ("passport_threshold", TODAY, "medium-high"),
        ("paper_check_accepted", TODAY, "medium-high"),
        ("simple_plan_paydown_first", TODAY, "medium-high"),
        ("card_fee_debit_low", TODAY, "medium-high"),
        ("notice_interval_weeks", TODAY, "low-medium"),
        ("cp504_response_days", TODAY, "low"),
        ("ftf_minimum_over_60_days", TODAY, "medium"),
    ],
)
def test_confidence_is_the_facts_own(name, day, level):
    assert figure(name, day).confidence == level


def test_the_kinds_of_values():
    assert figure("paper_check_accepted", TODAY).flag is True
    assert figure("short_term_limit", TODAY).number == 100000
    with pytest.raises(FigureError, match="tas_phone is not a number"):
        _ = figure("tas_phone", TODAY).number
    with pytest.raises(FigureError, match="short_term_limit is not a yes or no"):
        _ = figure("short_term_limit", TODAY).flag


@pytest.mark.parametrize(
    "value, unit, text",
    [
        (Decimal("1"), "years", "1 year"),
        (Decimal("10"), "business days", "10 business days"),
        (Decimal("1"), "business days", "1 business day"),
        (Decimal("0.50"), "percent", "0.5%"),
        (Decimal("250"), "percent", "250%"),
        (Decimal("2025"), "year", "2025"),
        (Decimal("2.1"), "USD", "$2.10"),
        (Decimal("0"), "USD", "$0"),
        ("2025-10-07", "date", "October 7, 2025"),
        ("no", "flag", "no"),
    ],
)
def test_values_in_words(value, unit, text):
    assert worded(value, unit) == text


def test_dollars():
    assert dollars(Decimal("1234567.8")) == "$1,234,567.80"


def test_a_reference_by_its_key():
    assert reference("IRS-SPP").url.startswith("https://www.irs.gov/")
    with pytest.raises(KeyError):
        reference("NOBODY")


def test_what_was_checked_long_ago_is_stale():
    assert stale(30, TODAY) == ()
    assert stale(30, TODAY + 30 * DAY) == ()
    old = stale(30, TODAY + 31 * DAY)
    assert [p.name for p in old] == sorted(parameters())


def test_the_oldest_check_comes_first(monkeypatch):
    some = parameters()["oic_fee"]
    mixed = {
        "b": replace(some, name="b", checked_on=date(2026, 1, 2)),
        "c": replace(some, name="c", checked_on=date(2026, 1, 1)),
        "a": replace(some, name="a", checked_on=date(2026, 1, 2)),
    }
    monkeypatch.setattr(figures, "parameters", lambda: mixed)
    assert [p.name for p in stale(0, date(2026, 1, 3))] == ["c", "a", "b"]
    assert [p.name for p in stale(0, date(2026, 1, 2))] == ["c"]


def test_look_ups_are_remembered():
    assert lookup("oic_fee", TODAY) is lookup("oic_fee", TODAY)
