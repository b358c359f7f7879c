"""What people state, in any form: properties, and the longest messages."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline

NLP = pipeline()
DAY = date(2026, 11, 24)


def facts(text, kind=None):
    found = find_facts(NLP(text), DAY)
    return [f for f in found if kind is None or f.kind == kind]


def values(text, kind):
    return [f.value for f in facts(text, kind)]


money = st.decimals(Decimal("1"), Decimal("9999999"), places=2)


@given(
    money,
    st.sampled_from(
        ["${:,.2f}", "{:,.2f} dollars", "i owe ${:.2f}", "the total is {:,.2f}", "USD {:.2f}"]
    ),
)
def test_written_amounts_are_read_back_exactly(amount, form):
    assert [Decimal(v) for v in values(form.format(amount), "amount")] == [amount]


@given(
    st.integers(1, 9999),
    st.sampled_from(
        ["{} a month", "${}/month", "{} per month", "i can do {} each month", "{:,} monthly"]
    ),
)
def test_so_much_a_month_is_never_the_balance(amount, form):
    text = form.format(amount)
    assert values(text, "amount") == [] and values(text, "monthly") == [str(amount)]


@given(
    st.from_regex(r"[0-9]{3}([-. ]?)[0-9]{2}\1[0-9]{4}", fullmatch=True),
    st.sampled_from(["{}", "my social is {}", "ssn {} thanks"]),
)
def test_a_social_security_number_is_never_an_amount(number, form):
    assert values(form.format(number), "amount") == []


@given(st.text(max_size=400))
def test_any_text_is_read_without_error_and_spans_fit(text):
    for fact in facts(text):
        assert 0 <= fact.start < fact.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 1000,
        "a hundred " * 200,
        "between " * 250,
        "12,345 " * 280,
        "not " * 500,
        "$" * 2000,
        "5 to " * 400,
    ],
)
def test_the_longest_messages_are_read(text):
    facts(text[:2000])
