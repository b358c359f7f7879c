"""The facts of a case survive the way through JSON, and what is not facts is refused in words."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from irs.situation import FACTS, Situation, SituationError, Suspension
from irs.told import from_json, to_json
from tests.irs.situations import situations


def same(a, b):
    """Equal, and of the same kinds: True is not 1, and a day is not its text."""
    kinds = [(type(getattr(a, name)), type(getattr(b, name))) for name in FACTS]
    return a == b and all(one is other for one, other in kinds)


@given(situations())
def test_the_way_there_and_back_loses_nothing(situation):
    told = json.loads(json.dumps(to_json(situation)))
    assert same(from_json(told), situation)
    assert to_json(from_json(told)) == told
    assert not any(value is None for value in told.values())


def test_only_what_is_known_is_written():
    assert to_json(Situation()) == {}
    told = to_json(Situation(amount_owed=Decimal("12000"), returns_filed=False, days_to_pay=0))
    assert told == {"amount_owed": "12000.00", "days_to_pay": 0, "returns_filed": False}
    assert to_json(Situation().with_usual_answers())["assumed"][0] == "taxpayer"


def test_no_digit_of_an_amount_is_lost():
    situation = Situation(agi=Decimal("40000.125"), monthly_left=Decimal("-80"))
    assert to_json(situation) == {"agi": "40000.125", "monthly_left": "-80.00"}
    assert from_json(to_json(situation)) == situation


def test_suspensions_and_null():
    told = {
        "suspensions": [{"kind": "offer", "began": "2024-03-01", "ended": None, "refused": True}],
        "amount_owed": None,
    }
    assert from_json(told) == Situation(
        suspensions=(Suspension("offer", date(2024, 3, 1), None, True),)
    )
    short = {"suspensions": [{"kind": "abroad", "began": "2024-03-01", "ended": "2024-04-01"}]}
    assert from_json(short).suspensions[0].refused is False


@pytest.mark.parametrize(
    "told, words",
    [
        ([], "object"),
        ({"ssn": "1"}, "no fact named 'ssn'"),
        ({1: "1"}, "no fact named 1"),
        ({"amount_owed": 12000}, "amount_owed must be an amount as text"),
        ({"amount_owed": "NaN"}, "amount_owed must be an amount"),
        ({"amount_owed": "1E+9"}, "amount_owed must be an amount"),
        ({"amount_owed": "-1"}, "more than \\$0"),
        ({"amount_owed": "x" * 500}, "\\.\\.\\.\\.$"),
        ({"due_date": "2026-13-01"}, "due_date must be a day"),
        ({"due_date": "20261207"}, "due_date must be a day"),
        ({"due_date": 7}, "due_date must be a day"),
        ({"days_to_pay": True}, "days_to_pay must be a whole number"),
        ({"days_to_pay": "90"}, "days_to_pay must be a whole number"),
        ({"returns_filed": 1}, "returns_filed must be true or false"),
        ({"state": 5}, "state must be text"),
        ({"state": "tx"}, "state must be two letters"),
        ({"assumed": "taxpayer"}, "assumed must be a list"),
        ({"assumed": ["assumed"]}, "no fact named 'assumed'"),
        ({"assumed": [["taxpayer"]]}, "no fact named \\['taxpayer'\\]"),
        ({"suspensions": {}}, "suspensions must be a list"),
        ({"suspensions": ["offer"]}, "A suspension must be an object"),
        ({"suspensions": [{"kind": "offer", "began": "2024-03-01", "x": 1}]}, "an object of kind"),
        ({"suspensions": [{"kind": "offer"}]}, "must be days, not None"),
        ({"suspensions": [{"kind": "offer", "began": "2024-03-01", "ended": 5}]}, "days, not 5"),
        ({"suspensions": [{"kind": "nap", "began": "2024-03-01"}]}, "kind must be one of"),
        (
            {"suspensions": [{"kind": "offer", "began": "2024-03-01", "refused": "no"}]},
            "refused or not",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(told, words):
    with pytest.raises(SituationError, match=words) as refused:
        from_json(told)
    assert str(refused.value).endswith(".") and "\n" not in str(refused.value)


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.floats(),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from([*FACTS, "suspensions", "assumed", "kind"]), inner, max_size=3),
    max_leaves=8,
))  # fmt: skip
def test_anything_at_all_is_read_or_refused(told):
    try:
        assert isinstance(from_json(told), Situation)
    except SituationError as refused:
        assert str(refused)
