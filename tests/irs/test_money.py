"""The money engine against figures from an independent, day-by-day computation."""

import csv
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from irs import interest, penalty, schedule
from irs.account import Account
from irs.money import cents, cents_up
from irs.penalty import Terms
from tests.irs.cases import read

INDEPENDENT = Path(__file__).parent / "independent"


def day(text):
    return date.fromisoformat(text) if text else None


def return_due(case, start):
    """The due date penalty months count from; the 15th of the month before where none is told."""
    if case["return_due"]:
        return day(case["return_due"])
    return (
        date(start.year - 1, 12, 15) if start.month == 1 else date(start.year, start.month - 1, 15)
    )


def terms(case):
    return Terms(
        day(case["agreement_from"]),
        bool(case["individual"] and case["on_time"]),
        day(case["levy_notice"]),
    )


def account(case):
    start = day(case["start"])
    return Account(
        start, *(Decimal(case[part]) for part in ("tax", "penalty", "interest")),
        return_due(case, start), Decimal(case["percent_charged"]),
    )  # fmt: skip


def rhythm(case):
    return {"month": schedule.monthly, "30 days": schedule.every_30_days}[case["every"]]


@pytest.mark.parametrize("case", read("interest.yml"), ids=lambda c: c["name"])
def test_interest(case):
    found = interest.interest(Decimal(case["principal"]), day(case["start"]), day(case["end"]))
    assert found == Decimal(case["interest"]), case["from"]


@pytest.mark.parametrize("case", read("penalty.yml"), ids=lambda c: c["name"])
def test_penalty(case):
    start, expected = day(case["start"]), case["expected"]
    found = penalty.charges(
        Decimal(case["tax"]), return_due(case, start), start, day(case["end"]),
        Decimal(case["percent_charged"]), terms(case),
    )  # fmt: skip
    charged = [[c.on.isoformat(), c.percent, c.amount] for c in found]
    assert charged == [[d, Decimal(p), Decimal(a)] for d, p, a in expected["charges"]], case["from"]
    assert sum(c.amount for c in found) == Decimal(expected["total"])


@pytest.mark.parametrize("case", read("schedules.yml"), ids=lambda c: c["name"])
def test_schedule(case):
    expected = case["expected"]
    if "payments" in case:
        found = schedule.smallest_payment(
            account(case), terms(case), int(case["payments"]), rhythm(case)
        )
        assert found == Decimal(expected["payment"]), case["from"]
        return
    found = schedule.pay_off(
        account(case), terms(case), Decimal(case["payment"]), rhythm(case), Decimal(case["fee"])
    )
    assert {
        "months": found.payments,
        "last_date": found.ends.isoformat(),
        "last_payment": found.rows[-1].payment,
        "total_paid": found.paid,
        "total_interest": found.interest,
        "total_penalty": found.penalty,
        "total_cost": found.total,
        "assumed_rate_from": found.assumed_rate_from and found.assumed_rate_from.isoformat(),
    } == {
        key: Decimal(value) if key.startswith("total") or key == "last_payment" else value
        for key, value in expected.items()
    }, case["from"]


def stored(path):
    """(inputs, rows) of a stored ledger."""
    lines = path.read_text("utf-8").splitlines()
    inputs = dict(
        line.removeprefix("# input ").split(": ", 1)
        for line in lines
        if line.startswith("# input ")
    )
    return inputs, list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("path", sorted(INDEPENDENT.glob("*.csv")), ids=lambda p: p.stem)
def test_a_ledger_computed_apart_agrees_to_the_cent(path):
    inputs, rows = stored(path)
    case = {k: None if v == "null" else v for k, v in inputs.items()}
    case |= {"individual": True, "on_time": case["quarter_rate"] == "True"}
    if case["payments"]:
        told = [part.split("=") for part in case["payments"].split()]
        ledger = schedule.Ledger(account(case), terms(case))
        found = [ledger.step(n, day(d), Decimal(p)) for n, (d, p) in enumerate(told, 1)]
    else:
        found = schedule.pay_off(
            account(case), terms(case), Decimal(case["payment"]), rhythm(case)
        ).rows
    assert [
        [str(r.number), r.on.isoformat(), r.opening, r.interest, r.penalty, r.payment, r.closing, r.tax]
        for r in found
    ] == [
        [row["number"], row["date"], *(Decimal(row[c]) for c in (
            "opening", "interest", "penalty", "payment", "closing", "tax_left"))]
        for row in rows
    ]  # fmt: skip


def test_there_are_enough_independent_ledgers():
    paths = list(INDEPENDENT.glob("*.csv"))
    years = {line["date"][:4] for path in paths for line in stored(path)[1]}
    assert len(paths) >= 12 and {"2022", "2023", "2024", "2025", "2026"} <= years


# What must hold for every balance.

START = date(2026, 11, 25)
money = st.decimals(Decimal("0.01"), Decimal("250000"), places=2)
share = st.decimals(Decimal("0.02"), Decimal("1"), places=3)
days = st.dates(date(2022, 1, 1), date(2027, 6, 30))
all_terms = st.builds(
    Terms,
    agreement_from=st.none() | days,
    quarter_rate=st.booleans(),
    levy_notice_date=st.none() | days,
)


@st.composite
def accounts(draw):
    tax, other, third = draw(money), draw(money), draw(money)
    return Account(
        draw(days), tax, draw(st.sampled_from([Decimal(0), other])),
        draw(st.sampled_from([Decimal(0), third])), date(2021, 4, 15),
        draw(st.sampled_from([Decimal(0), Decimal("9.5"), Decimal("24.9"), Decimal(25)])),
    )  # fmt: skip


@given(accounts(), all_terms, st.integers(0, 1500), st.integers(0, 1500))
def test_more_days_never_cost_less(owed, on_terms, a, b):
    few, many = sorted((a, b))
    on = owed.on
    later = [schedule.owed_on(owed, on_terms, on + n * schedule.DAY) for n in (few, many)]
    assert owed.total <= later[0] <= later[1]


@given(accounts(), all_terms, share, share)
@settings(max_examples=60)
def test_paying_more_never_lengthens_and_never_costs_more(owed, on_terms, a, b):
    less, more = sorted((cents_up(owed.total * a), cents_up(owed.total * b)))
    slow, fast = (schedule.pay_off(owed, on_terms, p) for p in (less, more))
    assert fast.payments <= slow.payments
    # Each charge is rounded to the cent, so a month may cost half a cent more or less.
    assert fast.paid <= slow.paid + schedule.CENT * slow.payments


@given(accounts(), all_terms, share)
@settings(max_examples=60)
def test_a_schedule_ends_at_zero_and_adds_up(owed, on_terms, part):
    fee = Decimal("29")
    found = schedule.pay_off(owed, on_terms, cents_up(owed.total * part), fee=fee)
    assert found.rows[-1].closing == 0 and found.rows[-1].tax == 0
    assert found.total == owed.total + found.interest + found.penalty + fee
    assert found.rows[0].opening == owed.total
    for before, row in zip(found.rows, found.rows[1:], strict=False):
        assert row.opening == before.closing and row.on > before.on
        assert row.tax <= before.tax and row.payment <= before.payment
    for row in found.rows:
        assert row.closing == row.opening + row.interest + row.penalty - row.payment
        assert row.payment == cents(row.payment) and row.interest == cents(row.interest)


@given(accounts(), all_terms, st.integers(1, 130))
@settings(max_examples=60)
def test_the_smallest_payment_is_the_smallest(owed, on_terms, number):
    payment = schedule.smallest_payment(owed, on_terms, number)
    assert schedule.pay_off(owed, on_terms, payment).payments <= number
    if payment > schedule.CENT:
        try:
            shorter = schedule.pay_off(owed, on_terms, payment - schedule.CENT).payments
        except schedule.NeverClears:
            return
        assert shorter > number


@given(accounts(), all_terms, st.integers(0, 1200), st.integers(0, 1200))
def test_the_penalty_stops_at_a_quarter_of_the_tax(owed, on_terms, a, b):
    found = penalty.charges(
        owed.tax, owed.return_due, owed.on, owed.on + a * schedule.DAY, Decimal(0), on_terms
    )
    assert sum((c.percent for c in found), Decimal(0)) <= 25
    assert sum((c.amount for c in found), Decimal(0)) <= owed.tax / 4 + schedule.CENT * len(found)


@given(days, days)
def test_growth_is_never_negative_and_chains(a, b):
    start, end = sorted((a, b))
    middle = start + (end - start) / 2
    whole = 1 + interest.growth(start, end)
    parts = (1 + interest.growth(start, middle)) * (1 + interest.growth(middle, end))
    assert whole >= 1 and abs(whole - parts) < Decimal("1E-20")


def test_a_payment_that_never_clears_is_said():
    owed = Account(START, Decimal(10000), Decimal(0), Decimal(0), date(2025, 4, 15), Decimal(0))
    with pytest.raises(schedule.NeverClears, match=r"\$20.00 does not pay the balance off"):
        schedule.pay_off(owed, Terms(), Decimal(20))


def test_smallest_payment_needs_a_payment():
    owed = Account(START, Decimal(100), Decimal(0), Decimal(0), date(2025, 4, 15), Decimal(0))
    with pytest.raises(ValueError, match="At least one payment"):
        schedule.smallest_payment(owed, Terms(), 0)


def test_a_lump_by_the_due_date_adds_nothing_and_a_later_one_does():
    owed = Account(START, Decimal(9000), Decimal(100), Decimal(50), date(2025, 4, 15), Decimal(0))
    for on in (START, START - schedule.DAY):
        found = schedule.lump(owed, Terms(), on)
        assert found.total == found.regular == Decimal(9150) and found.ends == START
    later = schedule.lump(owed, Terms(), START + 30 * schedule.DAY)
    assert later.payments == 1 and later.total == Decimal(9150) + later.interest + later.penalty
    assert later.penalty == Decimal(45)  # December 16: 0.5 % of 9,000


def test_what_is_paid_goes_to_tax_then_penalty_then_interest():
    owed = Account(START, Decimal(100), Decimal(30), Decimal(20), date(2025, 4, 15), Decimal(0))
    for amount, left in (
        ("60", "40 30 20"),
        ("110", "0 20 20"),
        ("135", "0 0 15"),
        ("999", "0 0 0"),
    ):
        after = schedule.after_paying(owed, Decimal(amount))
        assert [after.tax, after.penalty, after.interest] == [Decimal(x) for x in left.split()]


def test_bringing_an_account_forward_bills_what_was_added():
    owed = Account(START, Decimal(9000), Decimal(0), Decimal(0), date(2025, 4, 15), Decimal("9.5"))
    assert schedule.brought_to(owed, Terms(), START) is owed
    later = schedule.brought_to(owed, Terms(), date(2026, 12, 25))
    assert later.penalty == Decimal(45) and later.percent_charged == Decimal(10)
    assert later.total == schedule.owed_on(owed, Terms(), date(2026, 12, 25))


def test_a_rate_that_is_not_published_is_named():
    assert interest.assumed_from(date(2026, 12, 1), date(2026, 12, 31)) is None
    assert interest.assumed_from(date(2026, 12, 1), date(2027, 1, 1)) == date(2027, 1, 1)
    words = interest.rate_words(date(2027, 1, 1))
    assert "through December 31, 2026" in words and "7% a year" in words
    assert interest.references(date(2027, 5, 1)) == interest.references(date(2026, 12, 31)) != ()


def test_no_interest_before_the_first_rate():
    with pytest.raises(ValueError, match="before 2022-01-01"):
        interest.growth(date(2021, 12, 1), date(2022, 2, 1))
    assert interest.references(date(2021, 5, 1)) == ()


def test_the_terms_of_an_account_do_not_reach_back():
    owed = Account(START, Decimal(9000), Decimal(0), Decimal(0), date(2025, 4, 15), Decimal(0))
    assert replace(owed, tax=Decimal(0)).total == 0
