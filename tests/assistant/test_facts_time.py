"""Until when they will have paid, and whether all at once; and who is a business."""

from datetime import date

import pytest

from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline

NLP = pipeline()
DAY = date(2026, 11, 24)


def facts(text, kind):
    return [f for f in find_facts(NLP(text), DAY) if f.kind == kind]


UNTIL = """
i want to pay by march 1 = 2027-03-01
i can pay it by March 1 = 2027-03-01
i can pay all of it by friday = 2026-11-27
i need until monday to pay = 2026-11-30
i can pay it before thursday = 2026-11-26
can pay all of it by jan 15 = 2027-01-15
we could have it paid off by 3/1/2027 = 2027-03-01
i'll be able to pay by next friday = 2026-11-27
i need until March 1 to pay = 2027-03-01
i will pay it before february 10 = 2027-02-10
by March 1 = 2027-03-01
until march 1 = 2027-03-01
i could pay it by October 1 = 2027-10-01
i can pay by the end of the year = 2026-12-31
by the end of the year = 2026-12-31
by year end = 2026-12-31
i can pay it by the end of next year = 2027-12-31
i could clear it by the end of march = 2027-03-31
i can pay it off by the end of the month = 2026-11-30
by the end of next month = 2026-12-31
until summer = 2027-07-01
i need until summer = 2027-07-01
i can't pay until summer = 2027-07-01
i can pay it all by mid march = 2027-03-15
i can pay by the 15th = 2026-12-15
give me until christmas = 2026-12-25
""".strip().splitlines()


@pytest.mark.parametrize("line", UNTIL)
def test_until_when(line):
    text, _, day = line.rpartition(" = ")
    (found,) = facts(text, "duration")
    assert found.extra["from_date"] == day
    assert int(found.value) == (date.fromisoformat(day) - DAY).days


@pytest.mark.parametrize(
    "text",
    [
        "the notice says pay by Dec 5", "they told me to pay by Dec 5", "i need to pay by dec 5", "i have to pay by Dec 5", "it is due by march 1", "due Dec 5",
        "i filed by March 1", "they want me to pay by december 5", "will they levy by march 1",
        "i filed for bankruptcy in march", "i lost my job in march", "no way i can pay by march 1",
        "i can't pay it by summer", "i can't pay by the end of the year", "the letter came on nov 3",
        "i paid it in may", "when do i hear back from them, is it by summer", "before you said it",
        "what is due by the end of the year", "i started a new job this summer in may",
    ],
)  # fmt: skip
def test_no_time_to_pay(text):
    assert facts(text, "duration") == []


@pytest.mark.parametrize(
    "text",
    ["pay by Dec 5 it says", "due by Dec 5", "the notice says pay by Dec 5", "deadline is Dec 5"],
)
def test_still_the_due_date(text):
    (found,) = facts(text, "date")
    assert (found.value, found.extra["role"]) == ("2026-12-05", "due")


def test_by_a_day_alone_is_a_date_too():
    assert [f.value for f in facts("by March 1", "date")] == ["2027-03-01"]
    assert facts("i can pay by March 1", "date") == []


ALL_AT_ONCE = """
no way i can pay that by then = false
there's no way i can pay it all now = false
i don't think i can pay it by the due date = false
i doubt i can pay this in full = false
i wish i could pay it all now = false
i never said i can pay it in full = false
no, but i can pay in full = true
yes i can pay it by then = true
not rich, but i can pay it in full = true
i can pay that by then = true
""".strip().splitlines()


@pytest.mark.parametrize("line", ALL_AT_ONCE)
def test_all_at_once(line):
    text, _, value = line.rpartition(" = ")
    assert [f.value for f in facts(text, "pay_in_full")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "not a business", "this is not a business account", "it's not business taxes", "it's not a business", "it isn't a business", "i don't have a business",
        "no business, just me", "not for a business", "not my business, my own taxes", "personal, not a company",
    ],
)  # fmt: skip
def test_not_a_business(text):
    assert {f.value for f in facts(text, "taxpayer")} == {"individual"}


@pytest.mark.parametrize(
    "text", ["it's a business", "my business owes", "our company got it", "business taxes"]
)
def test_a_business(text):
    assert {f.value for f in facts(text, "taxpayer")} == {"business"}


@pytest.mark.parametrize("text", ["i have 5k i can pay today", "i can pay 5000 now"])
def test_a_part_now_is_not_all(text):
    assert facts(text, "pay_in_full") == []


@pytest.mark.parametrize("text", ["i can pay everything now", "i can pay it in full, 12,000 today"])
def test_all_now(text):
    assert [f.value for f in facts(text, "pay_in_full")] == ["true"]


@pytest.mark.parametrize(
    "text",
    [
        "how much a month", "how much is that a month", "whats the lowest i can pay a month", "what would i pay a month?",
        "how much would it be a month", "so what's the payment a month", "what is the minimum a month", "how low can i go a month",
        "can i pay a little a month", "i can pay a bit a month", "i could do something a month", "what do i have to pay a month",
        "how much would that come to a year", "i owe 8400. what are the payments a month",
    ],
)  # fmt: skip
def test_a_pace_is_no_time(text):
    assert facts(text, "duration") == []


@pytest.mark.parametrize(
    "text",
    [
        "a month", "i need a month", "give me a month", "in a month", "about a month", "how much more if i take a month",
        "what if i need a month", "i can pay it within a month", "i could pay in a month", "maybe a month", "can i have a month to pay",
        "i can pay all of it in a month", "a month or so", "how much is it if i pay in a month",
    ],
)  # fmt: skip
def test_a_month_is_a_time(text):
    (found,) = facts(text, "duration")
    assert found.value in (30, "30")
