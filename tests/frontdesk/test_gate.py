"""What the gate takes out and what it leaves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.gate import Refused, admit
from frontdesk.gate.clean import clean
from frontdesk.gate.masking import mask


@pytest.mark.parametrize(
    "text, masked",
    [
        ("my ssn is 078-05-1120", "my ssn is [SSN removed]"),
        ("000-45-6789", "[SSN removed]"),
        ("078 05 1120", "[SSN removed]"),
        ("078.05.1120", "[SSN removed]"),
        ("078–05–1120", "[SSN removed]"),
        ("my social is 078051120", "my social is [SSN removed]"),
        ("078051120", "[SSN removed]"),
        ("ssn: 078-051120", "ssn: [SSN removed]"),
        ("last four of my social 1120", None),
        ("social security number 1120", "social security number [SSN removed]"),
        ("itin 912-70-1234", "itin [SSN removed]"),
        ("912-70-1234", "[ITIN removed]"),
        ("912701234", "[ITIN removed]"),
        ("our ein is 12-3456789", "our ein is [EIN removed]"),
        ("ein 123456789", "ein [EIN removed]"),
        ("routing 021000021", "routing [routing number removed]"),
        ("account number 12345678901", "account number [account number removed]"),
        ("checking acct 0012 3456 78", "checking acct [account number removed]"),
        ("card 4111 1111 1111 1111 please", "card [card number removed] please"),
        ("4111-1111-1111-1111", "[card number removed]"),
        ("378282246310005", "[card number removed]"),
        ("SSN 078-05-1120 and again 078-05-1120", "SSN [SSN removed] and again [SSN removed]"),
    ],
)
def test_masked(text, masked):
    if masked is not None:
        assert mask(text)[0] == masked


@pytest.mark.parametrize(
    "text",
    [
        "i owe 12,000", "$123,456,789", "i owe $123456789", "50,000.01", "12000", "100000",
        "call 800-829-1040", "1-800-829-1040", "(877) 777-4778", "due 12/05/2026", "2026-11-24",
        "for 2021 and 2022", "Form 9465 and 433-F", "CP503", "zip 60614-1234", "18 months",
        "my account balance is 120000", "the account shows 1,234,567 owed", "i am 67",
        "between 20,000 and 25,000", "4350.75", "tax year 2023: 5500",
    ],
)  # fmt: skip
def test_left_alone(text):
    assert mask(text) == (text, ())


@given(
    st.from_regex(r"[0-9]{3}-[0-9]{2}-[0-9]{4}", fullmatch=True),
    st.sampled_from(["{}", "my ssn is {}", "x {} y", "({})", "{}.", "ssn={}", "a:{};b"]),
)
def test_no_written_ssn_survives(number, around):
    assert number not in mask(around.format(number))[0]


@given(
    st.from_regex(r"[0-9]{9}", fullmatch=True),
    st.sampled_from(["{}", "number {} ok", "my social is {}"]),
)
def test_no_bare_nine_digits_survive(number, around):
    assert number not in mask(around.format(number))[0]


@given(
    st.integers(1, 99_999_999),
    st.sampled_from(["${:,}", "{:,}", "i owe {:,} dollars", "${:,}.50", "i owe {}"]),
)
def test_amounts_survive(amount, form):
    text = form.format(amount)
    assert mask(text)[0] == text


@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_refused(text):
    try:
        passed = admit(text)
    except Refused as refused:
        assert refused.code in ("empty", "too_long") and refused.message
        return
    assert passed.text.strip() and len(passed.text) < 6000
    passed.text.encode("utf-8")
    assert not set(passed.text) & set("\x00\x07\u202e\u200b\u2066")


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_emoji_lines_and_other_scripts_stay():
    text = "👨‍👩‍👧 ok\nsecond line\tهل 你好 ñ"
    assert clean(text) == text


def test_zalgo_is_thinned():
    assert len(clean("a" + "\u0301\u0302\u0303\u0304" * 20)) < 10
