"""An account written out by hand, one day at a time: the check that shares nothing with `irs`.

The money engine works in Decimal and raises a day's factor to a power. This file works in
fractions.Fraction, multiplies the factor of every single day, keeps whole cents as plain integers,
counts the calendar itself, and has its own rate table typed from the facts (section 4). If both
give the same cents, a slip in one of them is not hidden by the other. Nothing of `irs` is
imported, nor is `datetime`.

Shapes:
    day        (year, month, day); as text "2026-11-25"
    money      text such as "1234.56" outside, integer cents inside
    scenario   a dict, see `scenario()` for its fields
    row        a dict with the keys of COLUMNS, all text

Run `python tests/irs/independent/ledger.py` to rewrite the CSV files beside it from SCENARIOS,
`--check` to compare the CSV files and ../cases/{interest,penalty,schedules}.yml with this file
(PyYAML needed for the latter) and change nothing.
"""

import csv
import io
import sys
from fractions import Fraction
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"

# ---------------------------------------------------------------- calendar


def parse(text):
    """(2026, 11, 25) of "2026-11-25"; ValueError for a day that is not on the calendar."""
    year, month, day = (int(part) for part in text.split("-"))
    if not (1 <= month <= 12 and 1 <= day <= month_length(year, month)):
        raise ValueError(f"no such day: {text}")
    return year, month, day


def show(day):
    return "%04d-%02d-%02d" % day


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year, month):
    if month == 2:
        return 29 if is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def next_day(day):
    year, month, number = day
    if number < month_length(year, month):
        return year, month, number + 1
    if month < 12:
        return year, month + 1, 1
    return year + 1, 1, 1


def days_of(start, end):
    """The days of a stretch: the first is the day after start, the last is end."""
    day = start
    while day < end:
        day = next_day(day)
        yield day


def plus_days(day, count):
    for _ in range(count):
        day = next_day(day)
    return day


def plus_months(day, count, longest=31):
    """The same day `count` months on, clipped to the month's length and to `longest`."""
    year, month, number = day
    month += count
    while month > 12:
        year, month = year + 1, month - 12
    return year, month, min(number, month_length(year, month), longest)


# ---------------------------------------------------------------- rates (facts, section 4)

RATES = {  # year: percent in quarter 1, 2, 3, 4
    2022: (3, 4, 5, 6),
    2023: (7, 7, 7, 8),
    2024: (8, 8, 8, 8),
    2025: (7, 7, 7, 7),
    2026: (7, 6, 7, 7),
}
LAST_RATE = 7  # of 2026 Q4, used for every later day
ASSUMED_FROM = (2027, 1, 1)


def percent_on(day):
    """Yearly interest percent on a day; KeyError before 2022."""
    year, month, _ = day
    if day >= ASSUMED_FROM:
        return LAST_RATE
    return RATES[year][(month - 1) // 3]


def day_factor(day):
    year_days = 366 if is_leap(day[0]) else 365
    return 1 + Fraction(percent_on(day), 100) / year_days


@cache
def growth(start, end):
    """What one dollar grows to over a stretch: the product of its days' factors, never rounded.

    Kept per stretch only so that a search for the smallest payment doesn't multiply the same
    thirty days ten thousand times.
    """
    product = Fraction(1)
    for day in days_of(start, end):
        product *= day_factor(day)
    return product


# ---------------------------------------------------------------- money


def to_cents(text):
    amount = Fraction(text) * 100
    if amount.denominator != 1:
        raise ValueError(f"not whole cents: {text}")
    return amount.numerator


def to_text(cents):
    return f"{cents // 100}.{cents % 100:02d}"


def half_up(amount):
    """Whole cents of a Fraction of cents (never negative here); an exact half goes up."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def percent_text(percent):
    """ "0.5", "0.25", "1", "0.1" of a Fraction of percent."""
    hundredths = percent * 100
    assert hundredths.denominator == 1
    text = to_text(hundredths.numerator)
    return text.rstrip("0").rstrip(".")


# ---------------------------------------------------------------- one stretch


def interest_cents(base, start, end):
    return half_up(base * (growth(start, end) - 1))


def interest(principal, start, end):
    """Interest of one stretch as text. `principal` text, `start` (exclusive), `end` text days."""
    return to_text(interest_cents(to_cents(principal), parse(start), parse(end)))


def month_begins(due, start, end):
    """Days in (start, end] on which a penalty month begins. due None: the 16th of each month."""
    if due is None:
        return [day for day in days_of(start, end) if day[2] == 16]
    begins, k = [], 0
    while True:
        day = next_day(plus_months(due, k))
        if day > end:
            return begins
        if day > start:
            begins.append(day)
        k += 1


def penalty_percent(begin, agreement_from, quarter_rate, levy_notice):
    """Percent of a penalty month beginning that day (facts: failure-to-pay, -025 and -1)."""
    if quarter_rate and agreement_from is not None and begin >= agreement_from:
        return Fraction(1, 4)
    if levy_notice is not None and begin >= plus_days(levy_notice, 10):
        return Fraction(1)
    return Fraction(1, 2)


def penalty_charges(due, start, end, tax, charged, agreement_from, quarter_rate, levy_notice):
    """[(day, percent, cents)] of a stretch and the percent charged after it. tax in cents.

    No line once 25 percent is reached, or when no tax is left; a charge that rounds to no cents
    is a line all the same, as its percent counts.
    """
    charges = []
    for begin in month_begins(due, start, end):
        percent = penalty_percent(begin, agreement_from, quarter_rate, levy_notice)
        percent = min(percent, 25 - charged)
        if percent <= 0 or tax == 0:
            continue
        charges.append((begin, percent, half_up(tax * percent / 100)))
        charged += percent
    return charges, charged


def penalty(
    return_due,
    start,
    end,
    tax,
    percent_charged,
    agreement_from=None,
    on_time=None,
    individual=True,
    levy_notice=None,
):
    """{"charges": [[day, percent, amount], ...], "total": amount}, all text; None is allowed."""
    charges, _ = penalty_charges(
        return_due and parse(return_due),
        parse(start),
        parse(end),
        to_cents(tax),
        Fraction(percent_charged),
        agreement_from and parse(agreement_from),
        individual and on_time is True,
        levy_notice and parse(levy_notice),
    )
    return {
        "charges": [[show(day), percent_text(pc), to_text(cents)] for day, pc, cents in charges],
        "total": to_text(sum(cents for _, _, cents in charges)),
    }


# ---------------------------------------------------------------- a whole account

COLUMNS = ["number", "date", "opening", "interest", "penalty", "payment", "closing", "tax_left"]
RESULTS = [
    "months",
    "last_date",
    "last_payment",
    "total_paid",
    "total_interest",
    "total_penalty",
    "fee",
    "total_cost",
    "left",
    "percent_charged_at_end",
    "assumed_rate_from",
]
LIMIT = 1200  # payments; one that has not cleared by then never will


def scenario(
    start,
    tax,
    penalty="0.00",
    interest="0.00",
    return_due=None,
    percent_charged="0",
    agreement_from=None,
    quarter_rate=False,
    levy_notice=None,
    payment=None,
    every=None,
    payments=None,
    fee="0.00",
    about="",
):
    """One account and how it is paid.

    start            day through which the balance holds every charge
    tax, penalty, interest   the balance; penalty is the billed one, which bears interest
    return_due       due date of the return, None: penalty months begin on the 16th
    percent_charged  penalty percent in the balance already
    quarter_rate     True: individual and filed on time, so 0.25 % while the agreement is in effect
    payment, every   the same amount each "month" or each "30 days" until nothing is left
    payments         or else a list of (day, amount)
    """
    return dict(locals())


def pay_days(inputs):
    """Yields (day, cents) of the payments, without end for a steady payment."""
    start = parse(inputs["start"])
    if inputs["payments"] is not None:
        for day, amount in inputs["payments"]:
            yield parse(day), to_cents(amount)
        return
    amount, day = to_cents(inputs["payment"]), start
    for number in range(1, LIMIT + 1):
        if inputs["every"] == "month":
            day = plus_months(start, number, longest=28)
        elif inputs["every"] == "30 days":
            day = plus_days(day, 30)
        else:
            raise ValueError(f"every what? {inputs['every']}")
        yield day, amount


def run(inputs):
    """(rows, results) of a scenario; rows as COLUMNS, results as RESULTS, all text.

    ValueError when a steady payment does not clear within LIMIT payments.
    """
    day = parse(inputs["start"])
    due = inputs["return_due"] and parse(inputs["return_due"])
    agreement = inputs["agreement_from"] and parse(inputs["agreement_from"])
    levy = inputs["levy_notice"] and parse(inputs["levy_notice"])
    charged = Fraction(inputs["percent_charged"])
    tax = to_cents(inputs["tax"])
    billed = to_cents(inputs["penalty"])
    bearing = to_cents(inputs["interest"])
    added = 0  # penalty charged after the start: bears no interest
    rows, paid, all_interest, all_penalty = [], 0, 0, 0

    for pay_day, amount in pay_days(inputs):
        opening = tax + billed + added + bearing
        if opening == 0:
            break
        new_interest = interest_cents(tax + billed + bearing, day, pay_day)
        charges, charged = penalty_charges(
            due, day, pay_day, tax, charged, agreement, inputs["quarter_rate"], levy
        )
        new_penalty = sum(cents for _, _, cents in charges)
        bearing += new_interest
        added += new_penalty

        payment = min(amount, tax + billed + added + bearing)
        rest = payment
        to_tax = min(rest, tax)
        tax, rest = tax - to_tax, rest - to_tax
        to_billed = min(rest, billed)
        billed, rest = billed - to_billed, rest - to_billed
        to_added = min(rest, added)
        added, rest = added - to_added, rest - to_added
        bearing -= rest

        paid += payment
        all_interest += new_interest
        all_penalty += new_penalty
        closing = tax + billed + added + bearing
        assert closing == opening + new_interest + new_penalty - payment
        cells = (opening, new_interest, new_penalty, payment, closing, tax)
        rows.append(
            dict(zip(COLUMNS, [str(len(rows) + 1), show(pay_day)] + [to_text(c) for c in cells]))
        )
        day = pay_day

    left = tax + billed + added + bearing
    if left and inputs["payments"] is None:
        raise ValueError("this payment never clears the balance")
    fee = to_cents(inputs["fee"])
    results = (
        str(len(rows)),
        show(day),
        rows[-1]["payment"],
        to_text(paid),
        to_text(all_interest),
        to_text(all_penalty),
        to_text(fee),
        to_text(paid + fee),
        to_text(left),
        percent_text(charged),
        show(ASSUMED_FROM) if day >= ASSUMED_FROM else None,
    )
    return rows, dict(zip(RESULTS, results))


def clears(inputs, cents, count):
    """True if `count` payments of `cents` leave nothing."""
    steady = {**inputs, "payment": to_text(cents), "payments": None}
    try:
        rows, _ = run(steady)
    except ValueError:
        return False
    return len(rows) <= count


def smallest(inputs, count):
    """Text of the least payment that clears in `count` payments or fewer.

    Halves the range, then looks at each of the 60 cents below and above, so that a bump made by
    rounding to cents can't pass for the least.
    """
    low, high = 0, 2 * sum(to_cents(inputs[key]) for key in ("tax", "penalty", "interest")) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if clears(inputs, middle, count):
            high = middle
        else:
            low = middle
    below = [c for c in range(max(1, high - 60), high) if clears(inputs, c, count)]
    above = [c for c in range(high, high + 60) if not clears(inputs, c, count)]
    assert not below and not above, (below, above)
    return to_text(high)


# ---------------------------------------------------------------- stored scenarios

SCENARIOS = {
    "rates_2022_lump": scenario(
        "2022-01-31",
        "12345.67",
        return_due="2021-04-15",
        percent_charged="5",
        payments=[("2023-03-15", "20000.00")],
        about="one stretch over 3, 4, 5, 6 and 7 percent; 14 penalty months in one posting",
    ),
    "rates_2022_borders": scenario(
        "2022-03-30",
        "10000.00",
        "500.00",
        "250.00",
        return_due="2021-04-15",
        percent_charged="6",
        payments=[
            ("2022-03-31", "10.00"),
            ("2022-04-01", "10.00"),
            ("2022-06-30", "10.00"),
            ("2022-07-01", "10.00"),
            ("2022-09-30", "10.00"),
            ("2022-10-01", "10.00"),
            ("2022-12-31", "10.00"),
            ("2023-01-01", "10.00"),
        ],
        about="the last day of a quarter and the first of the next, each its own posting",
    ),
    "rate_8_percent_2023": scenario(
        "2023-08-20",
        "8000.00",
        "320.00",
        "411.19",
        return_due="2022-04-15",
        percent_charged="8.5",
        payment="900.00",
        every="month",
        about="2023-10-01 to 8 percent inside the second stretch; New Year into a leap year",
    ),
    "leap_february_2024": scenario(
        "2024-02-27",
        "30000.00",
        "0.00",
        "1500.00",
        return_due="2023-04-15",
        percent_charged="5.5",
        payments=[
            ("2024-02-28", "100.00"),
            ("2024-02-29", "100.00"),
            ("2024-03-01", "100.00"),
            ("2024-03-31", "100.00"),
        ],
        about="February 28, 29 and March 1 of a leap year, a posting each",
    ),
    "new_years_2023_2025": scenario(
        "2023-12-15",
        "54321.09",
        "1086.42",
        "3210.98",
        return_due="2023-04-15",
        percent_charged="4",
        payments=[
            ("2024-01-15", "1000.00"),
            ("2024-12-20", "1000.00"),
            ("2025-01-10", "1000.00"),
        ],
        about="365 to 366 at 8 percent, then 366 at 8 to 365 at 7 percent",
    ),
    "agreement_quarter_rate": scenario(
        "2024-06-20",
        "18000.00",
        "1260.00",
        "1777.77",
        return_due="2023-04-15",
        percent_charged="7.5",
        agreement_from="2024-09-16",
        quarter_rate=True,
        payment="650.00",
        every="month",
        fee="69.00",
        about="0.5 percent until the agreement, 0.25 from the month beginning that very day",
    ),
    "agreement_filed_late": scenario(
        "2024-06-20",
        "18000.00",
        "1260.00",
        "1777.77",
        return_due="2023-04-15",
        percent_charged="7.5",
        agreement_from="2024-09-16",
        quarter_rate=False,
        payment="650.00",
        every="month",
        fee="178.00",
        about="the same account with a return filed late: 0.5 percent throughout",
    ),
    "one_percent_after_cp504": scenario(
        "2025-07-01",
        "15000.00",
        "1125.00",
        "900.00",
        return_due="2024-04-15",
        percent_charged="7.5",
        levy_notice="2025-07-10",
        payment="1200.00",
        every="month",
        about="July 16 is before the 10th day (July 20), August 16 is the first month at 1 percent",
    ),
    "cap_reached_and_cut": scenario(
        "2025-12-20",
        "7777.77",
        "1808.33",
        "1500.01",
        return_due="2021-10-15",
        percent_charged="23.25",
        levy_notice="2025-10-01",
        payment="400.00",
        every="month",
        about="1 percent, then the last 0.75 of the 25, then nothing",
    ),
    "split_balance": scenario(
        "2026-01-05",
        "4000.00",
        "1800.55",
        "1200.45",
        return_due="2024-04-15",
        percent_charged="10.5",
        payment="350.00",
        every="month",
        about="tax first, then billed penalty, added penalty, interest; 7, 6 and 7 percent of 2026",
    ),
    "whole_balance_as_tax": scenario(
        "2026-01-05",
        "7001.00",
        payment="350.00",
        every="month",
        about="the same sum with nothing known of its parts: all tax, months on the 16th",
    ),
    "short_term_30_days": scenario(
        "2026-11-25",
        "12000.00",
        payment="2100.00",
        every="30 days",
        about="six payments within 180 days, past the last published rate",
    ),
    "short_term_over_leap_day": scenario(
        "2023-12-01",
        "9876.54",
        "123.45",
        "67.89",
        return_due="2023-10-15",
        percent_charged="1",
        payment="1750.00",
        every="30 days",
        about="30-day payments over New Year and February 29, 2024",
    ),
    "sixty_months_2022_2026": scenario(
        "2022-01-10",
        "24000.00",
        "1080.00",
        "540.00",
        return_due="2021-04-15",
        percent_charged="4.5",
        agreement_from="2022-01-10",
        quarter_rate=True,
        payment="530.00",
        every="month",
        fee="31.00",
        about="59 months over every published rate, none assumed",
    ),
    "seventy_two_months_from_2026": scenario(
        "2026-11-25",
        "41000.00",
        "3500.00",
        "3300.00",
        return_due="2025-04-15",
        percent_charged="10",
        agreement_from="2026-11-25",
        quarter_rate=True,
        payment="820.00",
        every="month",
        fee="29.00",
        about="a plan that runs years past 2026-12-31 at the last published rate; cap not reached",
    ),
    "single_lump_45_days": scenario(
        "2026-11-24",
        "6543.21",
        "196.30",
        "260.49",
        return_due="2026-04-15",
        percent_charged="4",
        payments=[("2027-01-08", "10000.00")],
        about="one payment of all that is left after 45 days; the assumed rate inside the stretch",
    ),
    "pay_day_is_month_begin": scenario(
        "2026-02-16",
        "5000.00",
        return_due="2025-04-15",
        percent_charged="5.5",
        payment="600.00",
        every="month",
        about="the charge of the 16th is on the tax before the payment of the 16th",
    ),
    "day_31_start": scenario(
        "2025-10-31",
        "3333.33",
        "33.33",
        "3.33",
        return_due="2025-01-31",
        percent_charged="5",
        payment="300.00",
        every="month",
        about="payments on the 28th; penalty months on the 1st, and March 1 after February 28",
    ),
    "cents_heavy": scenario(
        "2024-11-11",
        "1234.57",
        "98.73",
        "87.59",
        return_due="2023-04-15",
        percent_charged="9.5",
        payment="77.77",
        every="month",
        about="odd cents everywhere",
    ),
    "tiny_balance": scenario(
        "2026-03-20",
        "0.37",
        return_due="2025-04-15",
        percent_charged="6",
        payments=[("2026-06-20", "0.10"), ("2026-12-20", "0.30")],
        about="37 cents: charges that round to nothing",
    ),
    "big_balance": scenario(
        "2025-02-14",
        "200000.00",
        "20000.00",
        "29999.99",
        return_due="2023-04-15",
        percent_charged="11",
        agreement_from="2025-03-16",
        quarter_rate=True,
        levy_notice="2025-02-20",
        payment="7500.00",
        every="month",
        fee="107.00",
        about="$249,999.99; a CP504 and an agreement in one account: the agreement's rate holds",
    ),
    "pay_part_at_the_start": scenario(
        "2026-05-29",
        "9000.00",
        "360.00",
        "240.00",
        return_due="2025-04-15",
        percent_charged="7",
        payments=[
            ("2026-05-29", "4000.00"),
            ("2026-06-29", "1000.00"),
            ("2026-06-30", "1000.00"),
            ("2026-07-01", "1000.00"),
            ("2026-12-31", "4000.00"),
        ],
        about="a payment on the starting day bears nothing; 6 to 7 percent on 2026-07-01",
    ),
}


def write_csv(name):
    """The text of one CSV file: the inputs and results as comment lines, then the rows."""
    inputs = SCENARIOS[name]
    rows, results = run(inputs)
    out = io.StringIO()
    out.write(f"# {name}: {inputs['about']}\n")
    for key, value in inputs.items():
        if key == "payments" and value is not None:
            value = " ".join(f"{day}={amount}" for day, amount in value)
        if key != "about":
            out.write(f"# input {key}: {'null' if value is None else value}\n")
    for key, value in results.items():
        out.write(f"# result {key}: {'null' if value is None else value}\n")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def read_csv(path):
    """(inputs, results, rows) of a stored CSV file, in the shapes of `scenario` and `run`."""
    inputs, results, table = {}, {}, []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            table.append(line)
            continue
        for mark, found in (("# input ", inputs), ("# result ", results)):
            if line.startswith(mark):
                key, _, value = line[len(mark) :].partition(": ")
                found[key] = {"null": None, "True": True, "False": False}.get(value, value)
    if inputs["payments"]:
        inputs["payments"] = [tuple(pair.split("=")) for pair in inputs["payments"].split()]
    return inputs, results, list(csv.DictReader(table))


# ---------------------------------------------------------------- the case files


def case_scenario(case):
    """A scenario of a case of schedules.yml."""
    own = ("name", "individual", "on_time", "payments", "expected", "from")
    return scenario(
        quarter_rate=case["individual"] and case["on_time"] is True,
        **{key: value for key, value in case.items() if key not in own},
    )


def case_result(case):
    """What this file expects of a case of schedules.yml, in the shape of its `expected`."""
    inputs = case_scenario(case)
    if "payments" in case:
        return {"payment": smallest(inputs, case["payments"])}
    _, results = run(inputs)
    results["months"] = int(results["months"])
    return {key: results[key] for key in case["expected"]}


def check_cases():
    """Lines that say which stored expectation differs from this file; empty when none does."""
    import yaml

    def load(name):
        return yaml.safe_load((CASES / name).read_text(encoding="utf-8"))

    wrong = []

    def compare(name, stored, found):
        if stored != found:
            wrong.append(f"{name}: stored {stored}, found {found}")

    for case in load("interest.yml"):
        found = interest(case["principal"], case["start"], case["end"])
        compare(case["name"], case["interest"], found)
    for case in load("penalty.yml"):
        inputs = {k: v for k, v in case.items() if k not in ("name", "expected", "from")}
        compare(case["name"], case["expected"], penalty(**inputs))
    for case in load("schedules.yml"):
        compare(case["name"], case["expected"], case_result(case))
    return wrong


def main(arguments):
    wrong = []
    for name in SCENARIOS:
        path = HERE / f"{name}.csv"
        if "--check" not in arguments:
            path.write_text(write_csv(name), encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != write_csv(name):
            wrong.append(f"{path.name} is not what ledger.py writes")
    if "--check" in arguments:
        wrong += check_cases()
    print("\n".join(wrong) or "ok")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
