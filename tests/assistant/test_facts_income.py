"""What a household earns, and how many live on it."""

from datetime import date

import pytest

from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline

NLP = pipeline()
DAY = date(2026, 11, 24)


def facts(text, kind):
    return [f for f in find_facts(NLP(text), DAY) if f.kind == kind]


def values(text, kind):
    return [f.value for f in facts(text, kind)]


def by_role(text):
    return [(f.value, f.extra.get("role")) for f in facts(text, "amount")]


AGI = """
family of four, income 38k = 38000
I make 38k a year = 38000
our income is 52,000 = 52000
I earn 3,000 a month = 36000
i make 600 a week = 31200
we bring home 2,000 every two weeks = 52000
my income is $41,500 = 41500
my salary is 60k = 60000
agi is 38,250 = 38250
my AGI was 44,100.50 = 44100.50
adjusted gross income: 52000 = 52000
household income is about 45k = 45000
our yearly income is 52 thousand = 52000
i only make 1,800 a month = 21600
we make around 70k together = 70000
i'm making 40k a year = 40000
38k a year = 38000
about 52,000 per year = 52000
i owe 12k and make 38k a year = 38000
i get 1,100 a month from social security = 13200
my wages are 35000 a year = 35000
i have an income of 30,000 = 30000
i make 2,500 twice a month = 60000
""".strip().splitlines()


@pytest.mark.parametrize("line", AGI)
def test_income_is_told_by_the_year(line):
    text, _, value = line.rpartition(" = ")
    assert values(text, "agi") == [value]
    assert values(text, "monthly") == []
    owed = [v for v, role in by_role(text) if role in (None, "owed", "now", "payment")]
    assert owed == (["12000"] if "owe" in text else [])


@pytest.mark.parametrize(
    "text",
    [
        "how much do i have to make", "what if i made 38k a year", "if my income is 52,000 do i qualify",
        "is the limit 38k a year?", "my brother makes 38k a year", "i used to make 90k a year",
        "i don't make 38k a year", "what income counts as low", "i make 300 a month payments to the irs",
        "i can pay 300 a month", "i owe 52,000", "my wife makes 30k a year", "i make 15 an hour",
        "i make 2000", "my refund was 3,000", "do i make 38k a year", "i made a payment of 3000",
        "my rent is 1500 a month", "i make too much", "i owe income tax of 12,000",
        "he earns 52,000 a year", "i made 60k in 2019", "would 52,000 a year be too much",
    ],
)  # fmt: skip
def test_no_income(text):
    assert values(text, "agi") == []


FAMILY = """
i support my wife and 3 kids = 5
3 of us = 3
me and two kids = 3
just my wife and i = 2
family of 4 = 4
we're a family of four = 4
household of three = 3
household size is 3 = 3
just me = 1
Just me. = 1
it's just me = 1
me and my wife = 2
just me and my wife = 2
it's my husband and me = 2
my wife and i = 2
just the two of us = 2
there are five of us = 5
4 people in my household = 4
single mom with two kids = 3
i'm a single mom with two kids = 3
single dad of 2 kids = 3
married with 3 kids = 5
married, no kids = 2
single, no kids = 1
me, my wife and two kids = 4
me and my two kids = 3
my wife and i have three children = 5
i have a wife and two kids = 4
me and my daughter = 2
i live alone = 1
single with 1 child = 2
i owe 9k and we are a family of 5 = 5
""".strip().splitlines()


@pytest.mark.parametrize("line", FAMILY)
def test_family_size(line):
    text, _, value = line.rpartition(" = ")
    assert values(text, "family_size") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "is it just me or is this scary", "me and my wife owe 12k", "my wife and i filed jointly",
        "what if we were a family of 4", "is a family of 4 eligible?", "my brother has a family of 4",
        "i have two kids in college", "married filing jointly", "single", "i'm married",
        "my household income is 4000 a month", "does family size matter", "my wife got the letter",
        "just me paying", "let me and my wife think", "two people called me", "family of mine",
        "there are two notices", "me", "if i have a family of 3 what is the limit", "both of us",
        "tell me and my husband more", "house of 300k",
    ],
)  # fmt: skip
def test_no_family_size(text):
    assert values(text, "family_size") == []
