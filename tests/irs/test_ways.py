"""What the ways cost: by hand, and by the independent ledger for what cannot be done by hand."""

from datetime import date
from decimal import ROUND_UP, Decimal

import pytest

from irs.assess import assess
from irs.situation import Situation
from tests.irs.independent import ledger

DAY = date(2026, 11, 25)
D = Decimal
TOLD = ("months", "last_date", "total_interest", "total_penalty")


def ways(**facts):
    return assess(Situation(returns_filed=True, **facts).with_usual_answers(), DAY)


def independent(every="month", **more):
    """The independent ledger's answer for a whole balance as tax that starts on DAY."""
    told = {
        "start": "2026-11-25", "penalty": "0", "interest": "0", "return_due": None,
        "percent_charged": "0", "agreement_from": "2026-11-25", "on_time": None, "individual": True,
        "levy_notice": None, "every": every, "fee": "0", "expected": dict.fromkeys(TOLD), **more,
    }  # fmt: skip
    return ledger.case_result(told)


@pytest.mark.parametrize(
    "facts, fee",
    [
        ({}, "69"), ({"direct_debit": False}, "69"), ({"direct_debit": True}, "29"),
        ({"direct_debit": True, "channel": "phone"}, "107"), ({"channel": "mail"}, "178"),
        ({"agi": D(39900), "family_size": 1, "state": "TX"}, "43"),
        ({"agi": D("39900.01"), "family_size": 1, "state": "TX"}, "69"),
        ({"agi": D(39900), "family_size": 1, "state": "TX", "direct_debit": True}, "0"),
        ({"agi": D(49875), "family_size": 1, "state": "AK"}, "43"),
    ],
)  # fmt: skip
def test_the_set_up_fee_of_a_monthly_plan(facts, fee):
    found = ways(amount_owed=D(12000), days_to_pay=540, **facts).way("own_pace")
    assert found.fee == D(fee)
    assert found.total == D(12000) + found.interest + found.penalty + D(fee)
    assert found.added == found.total - 12000


def test_above_the_limit_the_plan_goes_by_mail_unless_a_part_brings_it_below():
    found = ways(amount_owed=D(61000), monthly_payment=D(900), pay_now=D(11000))
    assert found.way("own_pace").option == "form_9465" and found.way("own_pace").fee == 178
    part = found.way("part_first")
    assert part.option == "pay_down_first" and part.fee == 69
    assert part.schedule.rows[0].payment == 11000 and part.schedule.rows[0].number == 0
    less = ways(amount_owed=D(61000), monthly_payment=D(900), pay_now=D("10999.99"))
    assert less.way("part_first").option == "form_9465" and less.way("part_first").fee == 178
    small = ways(amount_owed=D(20000), monthly_payment=D(900), pay_now=D(500))
    assert small.way("part_first").option == "pay_part_then_plan"


def test_the_pace_told_agrees_with_the_ledger():
    found = ways(amount_owed=D(12000), monthly_payment=D(300)).way("own_pace")
    told = independent(tax="12000", payment="300")
    assert found.payments == told["months"] and str(found.ends) == told["last_date"]
    assert found.interest == D(told["total_interest"]) and found.payment == 300
    assert found.penalty == D(told["total_penalty"])


def test_the_time_told_gives_the_smallest_payment_that_does_it():
    found = ways(amount_owed=D(12000), days_to_pay=540).way("own_pace")
    assert found.payment == D(independent(tax="12000", payments=18)["payment"])
    assert found.payments == 18
    short = ways(amount_owed=D(12000), days_to_pay=90).way("short_term")
    told = independent("30 days", tax="12000", payments=3, agreement_from=None)
    assert short.payment == D(told["payment"]) and short.payments == 3 and short.fee == 0


def test_a_short_time_is_one_payment_on_its_last_day():
    found = ways(amount_owed=D(3000), days_to_pay=20).way("short_term")
    # December 15 is before the month that begins on the 16th: interest alone, 3000 x 0.3842 %.
    assert found.payments == 1 and found.ends == date(2026, 12, 15)
    assert found.penalty == 0 and found.interest == D("11.53")


def test_the_form_divides_by_72_and_rounds_up():
    assert ways(amount_owed=D(7200), days_to_pay=540).way("form_pace").payment == D(100)
    assert ways(amount_owed=D("7200.01"), days_to_pay=540).way("form_pace").payment == D("100.01")


def test_the_lowest_payment_is_done_before_the_time_to_collect_ends():
    told = {"amount_owed": D(12000), "days_to_pay": 540, "assessed_on": date(2021, 6, 1)}
    found = ways(**told).way("lowest")  # ends June 1, 2031: 54 payments fit
    assert found.payments == 54 and found.ends == date(2031, 5, 25)
    assert ways(**told).way("form_pace") is None  # 108 payments do not


def test_which_ways_are_shown():
    def shown(**facts):
        return [way.id for way in ways(**facts).ways]

    monthly = ["form_pace", "lowest"]
    assert shown(amount_owed=D(12000), days_to_pay=0) == ["in_full"]
    assert shown(amount_owed=D(12000), days_to_pay=90) == ["in_full", "short_term", *monthly]
    assert shown(amount_owed=D(12000)) == ["in_full", "short_term", *monthly]
    assert shown(amount_owed=D(100000), days_to_pay=400) == ["in_full", "own_pace"]
    assert shown(amount_owed=D("99999.99"), days_to_pay=400)[1] == "short_term"
    assert shown(amount_owed=D(12000), taxpayer="business", payroll_tax=False) == []
    assert shown(amount_owed=D(12000), bankruptcy=True) == [] == shown()


def test_the_cheapest_and_the_easiest_of_those_that_are_open():
    found = ways(amount_owed=D(12000), days_to_pay=540)
    assert (found.cheapest, found.easiest) == ("own_pace", "lowest")
    found = ways(amount_owed=D(12000), days_to_pay=0)
    assert (found.cheapest, found.easiest) == ("in_full", None)


def test_waiting_is_counted_without_an_agreement():
    found = ways(amount_owed=D(10000), days_to_pay=540).waiting
    # 30 days at 7 % are 57.69, and December 16 adds 0.5 % of 10,000.
    assert [w.days for w in found] == [30, 60, 90]
    assert found[0].added == D("107.69") and found[0].owed == D("10107.69")
    assert found[0].on == date(2026, 12, 25)


def test_a_part_now_saves_what_is_not_added_to_it():
    found = ways(amount_owed=D(12000), monthly_payment=D(300), pay_now=D(2000)).saving
    more, less = (independent(tax=tax, payment="300") for tax in ("12000", "10000"))
    saved = sum(D(more[k]) - D(less[k]) for k in ("total_interest", "total_penalty"))
    assert (found.amount, found.monthly_payment, found.saved) == (2000, 300, saved)
    assert ways(amount_owed=D(12000), monthly_payment=D(300)).saving is None
    assert ways(amount_owed=D(12000), days_to_pay=90, pay_now=D(12000)).saving is None


def test_a_part_now_counts_when_the_pace_is_judged():
    told = {"amount_owed": D(48000), "monthly_payment": D(500)}
    assert ways(**told).plan == "partial_payment"
    found = ways(**told, pay_now=D(10000))  # 38,000 is left
    rest = D(independent(tax="38000", payments=120)["payment"])
    assert rest <= 500 and found.plan == "long_term" and found.option("simple_plan").open
    assert found.way("part_first").payment == 500 and found.way("own_pace") is None


def test_a_payment_still_too_small_after_the_part_names_the_one_that_would_do():
    found = ways(amount_owed=D(48000), monthly_payment=D(450), pay_now=D(10000))
    rest = D(independent(tax="38000", payments=120)["payment"])
    assert found.plan == "partial_payment"
    assert found.way("part_first").payment == rest
    assert (
        "With $10,000 paid now" in found.summary
        and f"${rest.to_integral(ROUND_UP)}" in found.summary
    )


def test_over_the_limit_a_pace_too_slow_is_said():
    slow = ways(amount_owed=D(250000), monthly_payment=D(1000))
    assert slow.plan == "form_9465_or_call" and "partial-payment agreement" in slow.reasons[1]
    fast = ways(amount_owed=D(60000), monthly_payment=D(2000))
    assert "partial-payment" not in " ".join(fast.reasons)
