"""What a message means in the light of what was asked: the real extractor, the real rules."""

from datetime import date

import pytest

from actions.case import next_question, situation
from actions.understanding import read_message
from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline

NLP = pipeline()
DAY = date(2026, 11, 24)


def read(text, asked=None, intent="inform", topics=(), **slots):
    entities = [
        {"entity": f.kind, "value": f.value, "start": f.start, "end": f.end, **f.extra}
        for f in find_facts(NLP(text), DAY)
    ]
    message = {
        "text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": entities,
        "topics": list(topics),
    }  # fmt: skip
    return read_message(message, slots, asked)


OWES = {"amount_owed": "12000"}


@pytest.mark.parametrize(
    "text, monthly",
    [
        ("every two weeks 100", "216.67"),
        ("every 2 weeks i can do like 120", "260"),
        ("biweekly 150", "325"),
        ("weekly 50", "216.67"),
        ("every paycheck 200", "433.33"),
        ("a month 200 maybe", "200"),
        ("monthly i could pay about 80", "80"),
        ("200 for 3 yrs", "200"),
        ("i can do 300 for 2 years", "300"),
        ("200 starting in march", "200"),
    ],
)
def test_a_pace_in_any_order(text, monthly):
    facts = read(text, "days_to_pay", **OWES).facts
    assert (facts.get("monthly_payment"), facts.get("days_to_pay")) == (monthly, None)


@pytest.mark.parametrize(
    "text",
    [
        "can do 400 by friday",
        "i could send 500 in february",
        "$600 when my refund comes",
        "i have 2k saved up",
        "im gonna have about 4k in march",
        "i get 4k in march from my 401k",
        "i get paid every two weeks 1800",
        "they take out of every check 200",
    ],
)
def test_money_that_comes_once_or_is_earned_is_no_pace_and_no_time(text):
    facts = read(text, "days_to_pay", **OWES).facts
    assert not {"monthly_payment", "days_to_pay", "amount_owed"} & set(facts)


@pytest.mark.parametrize("text", ["i need a month 2 max", "i can pay the 12000 by april"])
def test_a_time_beside_a_number_stays_a_time(text):
    assert read(text, "days_to_pay", **OWES).facts["days_to_pay"] > 0


@pytest.mark.parametrize(
    "text, asked, slots, expected",
    [
        ("12,250", "amount_owed", {}, {"amount_owed": "12250"}),
        ("i owe 12k", None, {}, {"amount_owed": "12000"}),
        ("300", "amount_owed", {}, {"amount_owed": "300"}),
        ("4 months", "days_to_pay", {}, {"days_to_pay": 120}),
        ("yes", "days_to_pay", {}, {"days_to_pay": 0}),
        ("by the due date", "days_to_pay", {}, {"days_to_pay": 0}),
        ("no", "days_to_pay", {}, {"pay_in_full": False}),
        ("i can do 300", "days_to_pay", {"amount_owed": "14500"}, {"monthly_payment": "300"}),
        ("$300", "days_to_pay", {"amount_owed": "14500"}, {"monthly_payment": "300"}),
        ("250 a month", "days_to_pay", {"amount_owed": "14500"}, {"monthly_payment": "250"}),
        ("wait it's 52,000", "days_to_pay", {"amount_owed": "25000"}, {"amount_owed": "52000"}),
        ("yes", "returns_filed", {}, {"returns_filed": True}),
        ("no, 2022 is missing", "returns_filed", {}, {"returns_filed": False}),
        ("not sure", "returns_filed", {}, {"returns_filed": "unknown"}),
        ("i'd rather not say", "amount_owed", {}, {"amount_owed": "unknown"}),
        ("8k for 2021 and 6k for 2022", None, {}, {"amount_owed": "14000", "amount_note": "years"}),
        (
            "plus another 6k for 2022",
            None,
            {"amount_owed": "8000", "amount_parts": {"2021": "8000"}},
            {"amount_owed": "14000"},
        ),
        (
            "ok and can i add another 2,500 for 2023",
            None,
            {"amount_owed": "9000"},
            {"amount_owed": "11500", "amount_note": "added"},
        ),
        ("i also owe 2,500", None, {"amount_owed": "9000"}, {"amount_owed": "11500"}),
        (
            "6k for 2022",
            None,
            {"amount_owed": "8000", "amount_parts": {"2021": "8000"}},
            {"amount_owed": "14000"},
        ),
        ("between 20 and 25k", "amount_owed", {}, {"amount_owed": "25000", "amount_note": "range"}),
        ("52,000 not 25,000", "returns_filed", {"amount_owed": "25000"}, {"amount_owed": "52000"}),
        ("it is due dec 5", None, {}, {"due_date": "2026-12-05"}),
        ("we owe payroll tax", None, {}, {"payroll_tax": True, "taxpayer": "business"}),
        ("i can pay it all by the due date", "days_to_pay", {}, {"days_to_pay": 0}),
    ],
)
def test_facts(text, asked, slots, expected):
    found = read(text, asked, **slots).facts
    assert {k: found.get(k) for k in expected} == expected


@pytest.mark.parametrize(
    "text, slot",
    [
        ("if i send 200 now does it help", "amount_owed"),
        ("i make 4000 a month", "amount_owed"),
        ("i make 4000 a month", "monthly_payment"),
        ("2022", "amount_owed"),
        ("my ssn is 000-45-6789", "amount_owed"),
    ],
)
def test_not_a_fact_of_the_case(text, slot):
    assert slot not in read(text, "amount_owed").facts


@pytest.mark.parametrize(
    "text, told",
    [
        ("what is direct debit good for", False),
        ("does direct debit make it cheaper?", False),
        ("i want to pay by direct debit", True),
        ("I'd do it with automatic payments", True),
    ],
)
def test_direct_debit_asked_about_is_no_wish_for_it(text, told):
    assert ("direct_debit" in read(text, topics=["direct_debit"]).facts) is told


def test_a_deadline_question_is_no_time_to_pay():
    assert (
        "days_to_pay"
        not in read("do i have 30 days to answer?", intent="faq", topics=["how_much_time"]).facts
    )


@pytest.mark.parametrize(
    "text, kind", [("minus 40", "negative"), ("0", "zero"), ("$999,999,999,999", "large")]
)
def test_an_amount_that_cannot_be(text, kind):
    turn = read(text, "amount_owed")
    assert turn.bad_amount == kind and "amount_owed" not in turn.facts


def test_the_next_question_is_never_one_that_decides_nothing():
    assert next_question({}, DAY) == "amount_owed"
    assert next_question({"amount_owed": "9000"}, DAY) == "days_to_pay"
    assert next_question({"amount_owed": "9000", "days_to_pay": 0}, DAY) == "returns_filed"
    assert next_question({"returns_filed": False}, DAY) is None
    assert next_question({"amount_owed": "unknown"}, DAY) is None
    assert (
        next_question({"amount_owed": "9000", "days_to_pay": "unknown", "returns_filed": True}, DAY)
        is None
    )
    assert (
        next_question(
            {
                "amount_owed": "9000",
                "days_to_pay": 90,
                "returns_filed": True,
                "taxpayer": "business",
            },
            DAY,
        )
        == "payroll_tax"
    )


def test_unknown_is_none_in_the_situation():
    found = situation({"amount_owed": "unknown", "returns_filed": "unknown", "days_to_pay": 30})
    assert found.amount_owed is None and found.returns_filed is None and found.days_to_pay == 30


OWED = {"amount_owed": "13330"}


@pytest.mark.parametrize(
    "text, asked, slots, expected",
    [
        ("ok 190", "days_to_pay", OWED, {"monthly_payment": "190"}),
        ("200 ok", "days_to_pay", OWED, {"monthly_payment": "200"}),
        ("idk 350", "days_to_pay", OWED, {"monthly_payment": "350"}),
        ("250 a month", "days_to_pay", OWED, {"monthly_payment": "250"}),
        ("oh just what I can pay. $500", "returns_filed", OWED, {"monthly_payment": "500"}),
        ("50 dollars maybe 60", "returns_filed", {"amount_owed": "3800"}, {"monthly_payment": "50"}),
        ("how long would i be paying at fifty", "returns_filed", {"amount_owed": "1800"}, {"monthly_payment": "50"}),
        ("like 150 in a few months", "days_to_pay", {"amount_owed": "19000"}, {"monthly_payment": "150"}),
        ("13,800 i checked", "days_to_pay", OWED, {"amount_owed": "13800"}),
        ("sorry i owe 2,500", "returns_filed", OWED, {"amount_owed": "2500"}),
        ("one is 4,212 and the other is 6,980", "amount_owed", {}, {"amount_owed": "11192"}),
        ("no like 1200. 1,200.00", "days_to_pay", {"amount_owed": "12000"}, {"amount_owed": "1200"}),
        ("ok longest you got, and is that the same every month", "days_to_pay", OWED, {}),
        ("yeah filed on time just didnt pay", "days_to_pay", OWED, {"returns_filed": True}),
        ("yes i can pay it all by then", "days_to_pay", OWED, {"days_to_pay": 0}),
        ("yeah sure", "days_to_pay", OWED, {"days_to_pay": 0}),
        ("5k... 5,118 exactly", "amount_owed", {}, {"amount_owed": "5118"}),
        ("350.. no sorry 250, forgot daycare is 900", "days_to_pay", {"amount_owed": "19000"}, {"monthly_payment": "250"}),
        ("200 a month.. actually make it 225", "days_to_pay", OWED, {"monthly_payment": "225"}),
        ("Oh yes dear I never missed a year", "returns_filed", OWED, {"returns_filed": True}),
        ("My daughter files for me every spring, she has never missed one", "returns_filed", OWED, {"returns_filed": True}),
        ("Not 2023 yet", "returns_filed", OWED, {"returns_filed": False}),
        ("yes filed, cost me $300 at h&r block", "returns_filed", {**OWED, "monthly_payment": "200"}, {"returns_filed": True}),
        ("lets say 240", "returns_filed", {**OWED, "monthly_payment": "200"}, {"monthly_payment": "240"}),
        ("filed", "returns_filed", OWED, {"returns_filed": True}),
        ("ya filed with turbotax", "returns_filed", OWED, {"returns_filed": True}),
        ("uh huh filed", "returns_filed", OWED, {"returns_filed": True}),
        ("ok. taxes are all in", "returns_filed", OWED, {"returns_filed": True}),
        ("yeah filed on time just didnt pay", "returns_filed", OWED, {"returns_filed": True}),
        ("Filed, yes. 2024 was filed last week", "returns_filed", OWED, {"returns_filed": True}),
        ("filed jointly all years", "returns_filed", OWED, {"returns_filed": True}),
        ("No unfiled returns", "returns_filed", OWED, {"returns_filed": True}),
        ("I have ITIN, I file every year", "returns_filed", OWED, {"returns_filed": True}),
        ("i dont think they're filed", "returns_filed", OWED, {"returns_filed": False}),
        ("have they been filed?", "returns_filed", OWED, {}),
        ("filed all but 2022", "returns_filed", OWED, {}),
    ],
)  # fmt: skip
def test_untidy_answers(text, asked, slots, expected):
    facts = {k: v for k, v in read(text, asked, **slots).facts.items() if v is not None}
    told = ("amount_owed", "monthly_payment", "days_to_pay", "pay_in_full")
    if asked == "returns_filed" and text == "filed all but 2022":
        assert facts.get("returns_filed") is not True
        return
    for slot in (*told, "returns_filed"):
        assert facts.get(slot) == expected.get(slot), slot


@pytest.mark.parametrize(
    "text, slots, found",
    [
        ("well how much a month would that be", OWED, True), ("so what would that be a month", OWED, True),
        ("can I do 18 months. what is that a month", OWED, True), ("thats how much a month??", OWED, True),
        ("What does that come out to each month", OWED, True), ("how much would that be for month", OWED, True),
        ("how much a month", {}, False), ("how much is the fee", OWED, False), ("i can pay 200 a month", OWED, False),
    ],
)  # fmt: skip
def test_what_it_is_a_month_is_asked_of_a_known_balance(text, slots, found):
    turn = read(text, "days_to_pay", intent="faq", topics=["penalty_relief"], **slots)
    assert turn.by_the_month is found
    if found:
        assert turn.topics[0] == "minimum_payment"


def test_a_number_that_may_be_days_is_asked_again():
    assert not read("say 180", "days_to_pay", **OWED).facts
