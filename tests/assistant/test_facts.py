"""What people state: phrases and the facts in them."""

from datetime import date

import pytest

from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline

NLP = pipeline()
DAY = date(2026, 11, 24)


def facts(text, kind=None):
    found = find_facts(NLP(text), DAY)
    return [f for f in found if kind is None or f.kind == kind]


def values(text, kind):
    return [f.value for f in facts(text, kind)]


AMOUNTS = """
$12,345.67 = 12345.67
12,345 = 12345
12k = 12000
12.5k = 12500
12 grand = 12000
50K = 50000
twelve hundred bucks = 1200
a hundred thousand = 100000
eleven thousand five hundred = 11500
half a million = 500000
1.2m = 1200000
$ 6400 = 6400
6400 dollars = 6400
USD 500 = 500
12 000 = 12000
around ten thousand = 10000
just under 50k = 50000
a couple thousand = 2000
$50,000.01 = 50000.01
minus 40 = -40
-40 = -40
0 = 0
zero = 0
i owe 8 thousand = 8000
i owe five thousand two hundred and twelve dollars = 5212
it's more like 9 grand = 9000
the bill is 7,312.88 = 7312.88
CP503 says $3,204.11 = 3204.11
i'm 67 and owe $7,312.88 = 7312.88
twenty-five thousand = 25000
ninety-nine thousand = 99000
thirty-two thousand five hundred = 32500
three hundred dollars = 300
fourty thousand = 40000
ten thosand = 10000
between 20 and 25k = 25000
20-25k = 25000
20 to 25k = 25000
between $3,000 and $4,500 = 4500
fifteen hundred = 1500
4350.75 = 4350.75
i owe like 14k lol = 14000
""".strip().splitlines()


@pytest.mark.parametrize("line", AMOUNTS)
def test_amount(line):
    text, _, value = line.rpartition(" = ")
    assert values(text, "amount") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "CP503", "cp 504", "form 9465", "9465", "433-F", "LT11", "letter 1058", "2022", "tax year 2021",
        "call 800-829-1040", "000-45-6789", "000456789", "[SSN removed]", "Dec 5", "12/05/2026",
        "next Friday", "three weeks ago", "7%", "i'm 67 years old", "at 3:30 pm", "2 years behind",
        "one of those", "a couple of questions", "this one", "300 a month", "18 months", "no idea",
        "two letters came", "1) is it an audit 2) how long", "i make 4000 a month", "1099", "my w-2",
        "thousands of people", "thank you", "24/7",
    ],
)  # fmt: skip
def test_not_an_amount(text):
    assert values(text, "amount") == []


MONTHLY = """
300 a month = 300
$250/mo = 250
250 monthly = 250
250 per month = 250
could do 4 hundred each month = 400
i can pay 1,200.50 every month = 1200.50
200 every two weeks = 433.33
$100 a week = 433.33
three hundred a month = 300
monthly payments of 350 = 350
15k owed and i can do like 350/mo = 350
""".strip().splitlines()


@pytest.mark.parametrize("line", MONTHLY)
def test_monthly(line):
    text, _, value = line.rpartition(" = ")
    assert values(text, "monthly") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "i make 4000 a month",
        "i earn 900 a week",
        "my rent is 1500 a month",
        "social security 1,100 a month",
        "can i pay monthly",
    ],
)
def test_an_income_is_no_payment(text):
    assert values(text, "monthly") == []


DURATIONS = """
3 months = 90
two months = 60
18 months = 540
about 4 years = 1460
180 days = 180
six weeks = 42
a couple years = 730
a few months = 90
half a year = 180
a year and a half = 547
5 yrs = 1825
five years or so = 1825
in 90 days = 90
3 to 5 months = 150
12-18 months = 540
monthly for years = 1825
a year = 365
10 mos = 300
one day = 1
we can clear it by summer = 219
by march = 97
""".strip().splitlines()


@pytest.mark.parametrize("line", DURATIONS)
def test_duration(line):
    text, _, value = line.rpartition(" = ")
    assert values(text, "duration") == [value]


@pytest.mark.parametrize(
    "text",
    ["three weeks ago", "i'm 40 years old", "2 months late", "5 months behind", "next month"],
)
def test_not_a_duration(text):
    assert values(text, "duration") == []


DATES = """
Dec 5 = 2026-12-05
due December 5th, 2026 = 2026-12-05
12/5 = 2026-12-05
11/15/2026 = 2026-11-15
2026-12-01 = 2026-12-01
next Friday = 2026-11-27
three weeks ago = 2026-11-03
yesterday = 2026-11-23
tomorrow = 2026-11-25
Nov 2 = 2026-11-02
5th of January = 2027-01-05
""".strip().splitlines()


@pytest.mark.parametrize("line", DATES)
def test_date(line):
    text, _, value = line.rpartition(" = ")
    assert values(text, "date") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "i may owe",
        "march on",
        "can i pay",
        "sun is out",
        "may I ask",
        "wed be fine",
        "24/7 support",
    ],
)
def test_no_false_date(text):
    assert values(text, "date") == []


STATEMENTS = """
all filed | returns_filed = true
yes filed | returns_filed = true
filed them all | returns_filed = true
all returns are in | returns_filed = true
i filed everything | returns_filed = true
all of them are filed | returns_filed = true
i'm up to date with my returns | returns_filed = true
i'm current on my filings | returns_filed = true
no, 2022 is missing | returns_filed = false
haven't filed 2021 | returns_filed = false
havent filed 2021 | returns_filed = false
i didn't file last year | returns_filed = false
never filed 2019 | returns_filed = false
behind on my returns | returns_filed = false
i still have to file 2020 | returns_filed = false
all but 2021 | returns_filed = false
i have unfiled returns | returns_filed = false
i can pay it all by the due date | pay_in_full = true
i can pay in full | pay_in_full = true
can pay everything now | pay_in_full = true
i can't pay in full | pay_in_full = false
cant pay it all at once | pay_in_full = false
i cannot pay the whole amount in full | pay_in_full = false
by direct debit | direct_debit = true
automatic payments are fine | direct_debit = true
autopay | direct_debit = true
no direct debit please | direct_debit = false
my LLC got a letter | taxpayer = business
it's for our company | taxpayer = business
just me | taxpayer = individual
i'm self-employed | taxpayer = individual
we owe payroll tax | payroll_tax = true
we have 5 employees | payroll_tax = true
no employees | payroll_tax = false
""".strip().splitlines()


@pytest.mark.parametrize("line", STATEMENTS)
def test_statement(line):
    text, _, rest = line.partition(" | ")
    kind, _, value = rest.partition(" = ")
    assert values(text, kind) == [value]


@pytest.mark.parametrize(
    "text, kind",
    [
        ("do i have to file old returns first?", "returns_filed"),
        ("should i pay in full?", "pay_in_full"),
        ("can i pay it all now?", "pay_in_full"),
        ("what if i haven't filed", "direct_debit"),
        ("is direct deposit ok", "direct_debit"),
    ],
)
def test_a_question_states_nothing(text, kind):
    assert values(text, kind) == []


@pytest.mark.parametrize(
    "text",
    ["yes", "yep", "yeah sure", "yes all of them", "sure did", "correct", "of course", "Yes.", "y"],
)
def test_yes(text):
    assert values(text, "yes") and not values(text, "no")


@pytest.mark.parametrize(
    "text", ["no", "nope", "nah", "not yet", "no i haven't", "i don't", "Not all", "never"]
)
def test_no(text):
    assert values(text, "no") and not values(text, "yes")


@pytest.mark.parametrize(
    "text", ["no idea", "not sure", "i don't know", "idk", "dunno", "i'd have to check", "no clue"]
)
def test_unsure_is_not_no(text):
    assert values(text, "unsure") and not values(text, "no")


@pytest.mark.parametrize(
    "text",
    [
        "i'd rather not say",
        "none of your business",
        "skip",
        "i don't want to tell you",
        "prefer not to say",
    ],
)
def test_refusal(text):
    assert values(text, "refusal") and not values(text, "no")


def test_two_years():
    found = facts("8k for 2021 and 6k for 2022", "amount")
    assert [(f.value, f.extra["tax_year"]) for f in found] == [("8000", 2021), ("6000", 2022)]
    found = facts("2021: 8,000 and for 2022 i owe 6,000", "amount")
    assert {f.extra.get("tax_year"): f.value for f in found} == {2021: "8000", 2022: "6000"}


def test_a_correction_denies_the_old_amount():
    found = facts("wait, it's 52,000 not 25,000", "amount")
    assert [
        (f.value, bool(f.extra.get("corrects")), bool(f.extra.get("denied"))) for f in found
    ] == [
        ("52000", True, False),
        ("25000", False, True),
    ]


def test_roles():
    assert facts("if i send 200 now", "amount")[0].extra["role"] == "payment"
    assert facts("i owe 12000", "amount")[0].extra["role"] == "owed"
    assert facts("61k with penalties", "amount")[0].extra["role"] == "owed"


def test_due_and_notice_dates():
    assert facts("it is due Dec 5", "date")[0].extra["role"] == "due"
    assert facts("my notice is dated Nov 3", "date")[0].extra["role"] == "notice"


@pytest.mark.parametrize(
    "text, filed",
    [("No unfiled returns", "true"), ("no missing years", "true"), ("2022 is not filed", "false"), ("2022 isn't filed", "false"),
     ("2022 is missing", "false")],
)  # fmt: skip
def test_whether_returns_are_filed(text, filed):
    assert {f.value for f in find_facts(NLP(text), DAY) if f.kind == "returns_filed"} == {filed}


def test_a_year_that_was_filed_is_not_missing():
    found = find_facts(NLP("Filed, yes. 2024 was filed last week"), DAY)
    assert "false" not in {f.value for f in found if f.kind == "returns_filed"}
