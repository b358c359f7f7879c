"""The time to collect: cases/statute.yml by hand, and what always holds."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from irs.situation import SUSPENSIONS, Suspension
from irs.statute import collection_statute, months_left

CASES = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "cases" / "statute.yml").read_text("utf-8")
)
AS_OF = date(2026, 11, 24)
ASSESSED = date(2020, 6, 15)
days = st.dates(date(2018, 1, 1), date(2032, 12, 31))


def suspension(told):
    kind, began, ended, refused = told
    return Suspension(
        kind, date.fromisoformat(began), date.fromisoformat(ended) if ended else None, refused
    )


@st.composite
def suspensions(draw):
    began = draw(days)
    length = draw(st.none() | st.integers(0, 900))
    return Suspension(
        draw(st.sampled_from(SUSPENSIONS)),
        began,
        None if length is None else began + timedelta(days=length),
        draw(st.booleans()),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["name"])
def test_case(case):
    as_of = date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF
    assessed_on = date.fromisoformat(case.get("assessed_on", ASSESSED.isoformat()))
    found = collection_statute(assessed_on, tuple(map(suspension, case["input"])), as_of)
    assert found.ends == date.fromisoformat(case["ends"]), case["from"]
    assert found.added_days == case["added"] == (found.ends - found.base).days
    assert found.running is case.get("running", True)
    assert found.still_suspended is case.get("still", False)
    assert "IRS record" in found.words and str(found.ends.year) in found.words
    assert ("more day" in found.words) == bool(case["added"])
    assert ("can move later" in found.words) == found.still_suspended
    assert ("has passed" in found.words) == (not found.running)
    assert found.references


def test_one_day_is_said_as_one_day():
    words = collection_statute(ASSESSED, [Suspension("offer", ASSESSED, ASSESSED)], AS_OF).words
    assert "1 more day for" in words


@pytest.mark.parametrize(
    "as_of, ends, months",
    [
        ("2026-11-24", "2026-12-24", 1),  # the first payment is a month later
        ("2026-11-24", "2026-12-23", 0),
        ("2026-11-24", "2036-11-24", 120),  # ten years
        ("2026-11-24", "2036-11-23", 119),
        ("2026-11-30", "2026-12-28", 1),  # paid on the 28th at the latest
        ("2026-11-30", "2026-12-27", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-11-24", "2026-11-24", 0),
        ("2026-11-24", "2020-01-01", 0),
    ],
)
def test_months_left(as_of, ends, months):
    assert months_left(date.fromisoformat(ends), date.fromisoformat(as_of)) == months


@given(st.lists(suspensions(), max_size=6), suspensions(), days)
@settings(max_examples=300)
def test_more_suspension_never_shortens(told, one_more, as_of):
    less = collection_statute(ASSESSED, told, as_of)
    more = collection_statute(ASSESSED, [*told, one_more], as_of)
    assert more.ends >= less.ends >= less.base


@given(st.lists(suspensions(), max_size=6), st.randoms(use_true_random=False), days)
def test_order_and_repetition_do_not_matter(told, chance, as_of):
    mixed = told + told
    chance.shuffle(mixed)
    assert collection_statute(ASSESSED, mixed, as_of) == collection_statute(ASSESSED, told, as_of)


@given(
    st.sampled_from(["hearing", "abroad", "offer"]), days, st.integers(0, 900), st.data(), days
)  # kinds without a tail, which could reach past the whole
def test_a_suspension_told_in_two_overlapping_parts_is_one(kind, began, length, data, as_of):
    ended = began + timedelta(days=length)
    middle = began + timedelta(days=data.draw(st.integers(0, length)))
    whole = [Suspension(kind, began, ended)]
    parts = [Suspension(kind, began, middle), Suspension(kind, middle, ended)]
    assert collection_statute(ASSESSED, parts, as_of) == collection_statute(ASSESSED, whole, as_of)


@given(st.lists(st.tuples(days, st.integers(0, 900)), max_size=5))
@settings(max_examples=50)
def test_it_equals_a_count_day_by_day(told):
    """The slow way: every day takes one from the time left, unless it stands still."""
    hearings = [Suspension("hearing", began, began + timedelta(days=n)) for began, n in told]
    standing = {began + timedelta(days=k) for began, n in told for k in range(n + 1)}
    left = (date(2030, 6, 15) - ASSESSED).days + 1
    day = ASSESSED - timedelta(days=1)
    while left:
        day += timedelta(days=1)
        left -= day not in standing
    assert collection_statute(ASSESSED, hearings, AS_OF).ends == day
