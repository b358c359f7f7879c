"""Business days and months: a printed calendar in cases/workdays.yml, and what always holds."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from irs import workdays
from irs.workdays import add_business_days, add_months, add_years, is_business_day

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "cases" / "workdays.yml").read_text("utf-8")
)
days = st.dates(date(2000, 1, 1), date(2060, 12, 31))


def as_date(value):
    return date.fromisoformat(value) if isinstance(value, str) else value


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case):
    found = getattr(workdays, case["call"])(*map(as_date, case["input"]))
    assert found == as_date(case["expected"]), case["from"]


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="less than 0"):
        add_business_days(date(2026, 11, 24), -1)


@given(days, st.integers(1, 60))
def test_exactly_n_business_days_lie_after_the_day(day, n):
    end = add_business_days(day, n)
    between = [day + timedelta(days=k) for k in range(1, (end - day).days + 1)]
    assert is_business_day(end) and sum(map(is_business_day, between)) == n


@given(days, st.integers(0, 20), st.integers(0, 20))
def test_business_days_add_up(day, a, b):
    assert add_business_days(add_business_days(day, a), b) == add_business_days(day, a + b)


@given(days, st.integers(-200, 200))
def test_months_keep_the_day_or_clip_it(day, n):
    later = add_months(day, n)
    assert (later.year - day.year) * 12 + later.month - day.month == n
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@given(days, st.integers(0, 30))
def test_years_are_twelve_months(day, n):
    assert add_years(day, n) == add_months(day, 12 * n)
