"""Levies, liens, final notices and revenue officers: said of oneself as a fact, or not read."""

from datetime import date

import pytest

from assistant.nlu.facts import find_facts
from assistant.nlu.statements import pipeline

NLP = pipeline()
DAY = date(2026, 11, 24)


def values(text, kind):
    return [f.value for f in find_facts(NLP(text), DAY) if f.kind == kind]


def lines(block):
    return [line for line in block.strip().splitlines() if line.strip()]


# kind: what says so (= its value, "true" where none is written) / what only sounds like it.
SAID = {
    "final_levy_notice": """
I also got an LT11
have a letter 1058
there's a CP90 too
i got a cp503 and an LT11
I received an LT 11 yesterday
they sent me a CP90
we have a CP297
also got a letter 1058
an LT11 came last week
i have an LT11, what now?
I got a final notice of intent to levy
i have a lt11
""",
    "levy_in_place": """
my bank account is frozen
they took money from my bank account
IRS is garnishing my wages
the irs is garnishing my wages
my paycheck is being levied
my wages are being garnished
they levied my bank account
the IRS froze my bank account
they already took 900 from my checking account
they're taking money out of my paycheck
my bank account was levied
i have a levy on my wages
the irs took 500 from my account
they're garnishing my social security
""",
    "lien_notice": """
got a letter 3172
i got a letter 3172
they filed a lien on me
the IRS filed a federal tax lien
there's a lien on my house
i have a tax lien
they put a lien on my house
I received a notice of federal tax lien
we have a federal tax lien
a lien was filed against me
the irs has filed a lien
""",
    "revenue_officer": """
a revenue officer came by
a revenue officer is assigned
I have a revenue officer
my revenue officer wants the forms
revenue officer called me yesterday
a revenue officer left a card
my case was assigned to a revenue officer
an IRS revenue officer visited us
i spoke with a revenue officer
""",
    "closed_sole_proprietor": """
it was a sole prop and i closed it last year
I closed the business, it was a sole proprietorship
we closed our shop. it was a sole proprietorship
my sole proprietorship is closed
i shut down my sole prop in 2022
I closed my sole proprietorship
it was a sole proprietorship, i closed it
i was a sole proprietor and the business is closed
i'm out of business, it was a sole prop
""",
}

NOT_SAID = {
    "final_levy_notice": """
what if I had an LT11
what if I get an LT11
is LT11 next
i got a cp503, is an LT11 next
what is a letter 1058
i haven't gotten an LT11
I don't have an LT11
no LT11 yet
my friend got an LT11
will they send me an LT11
when does the CP90 come
i have 30 days after an LT11
did I get an LT11?
i got a cp503 not an lt11
i got a cp503 but no lt11
i have a question about an LT11
do i have a letter 1058?
i got a cp504
if they sent me a CP90
how long until they send the LT11
""",
    "levy_in_place": """
can they take money from my bank account
will the IRS garnish my wages
can the irs garnish my wages?
what if they levied my bank account
they will take money from my account
they might levy my paycheck
is the irs garnishing my wages?
they took my refund
they haven't taken money from my bank account
my brother's wages are being garnished
they garnished my friend's wages
what is a levy
i don't want them to take money from my bank account
how do i stop them garnishing my wages
my wages are being garnished for child support
i'm afraid they took money from my account
i took money from my bank account
they released the levy, they had levied my account
could my paycheck be levied
they can garnish my wages
""",
    "lien_notice": """
can they file a lien
will they put a lien on my house
what is a lien
is there a lien on my house?
what if they filed a lien on me
they haven't filed a lien
no lien yet
my brother got a letter 3172
i don't have a tax lien
do i have a lien?
is there a federal tax lien on me
the lien was released, they filed a lien on me before
i'm worried they filed a lien
how do i know if they filed a lien
when does the irs file a lien
the bank has a lien on my car loan
i got a letter 31
will i get a letter 3172
""",
    "revenue_officer": """
what is a revenue officer
will a revenue officer come to my house
can a revenue officer come by
what if a revenue officer came by
my neighbor has a revenue officer
i don't have a revenue officer
no revenue officer came
when does a revenue officer get assigned
is a revenue officer assigned to me?
revenue officer or call center
if a revenue officer called me
do i have a revenue officer?
""",
    "closed_sole_proprietor": """
is it a sole prop if i closed it
I'm a sole proprietor
should i close my sole proprietorship
i closed my LLC
I closed the business
i closed my bank account, i'm a sole proprietor
what if i closed the business, it's a sole proprietorship
it wasn't a sole proprietorship, we closed the business
i have a sole proprietorship
can i close a sole proprietorship
if i closed my sole proprietorship would that help
my friend closed his business, a sole proprietorship
is my sole proprietorship closed?
""",
}

RARE = set(SAID) | {"filed_on_time", "hardship", "existing_plan", "bankruptcy", "offer_pending"}


@pytest.mark.parametrize(
    "kind, line", [(kind, line) for kind, block in SAID.items() for line in lines(block)]
)
def test_said(kind, line):
    text, _, value = line.partition(" = ")
    assert values(text, kind) == [value or "true"]


@pytest.mark.parametrize(
    "kind, text", [(kind, line) for kind, block in NOT_SAID.items() for line in lines(block)]
)
def test_not_said(kind, text):
    assert values(text, kind) == []


@pytest.mark.parametrize("kind", sorted(SAID))
def test_there_are_as_many_near_misses(kind):
    assert len(lines(NOT_SAID[kind])) >= len(lines(SAID[kind]))


@pytest.mark.parametrize(
    "text",
    [
        "Could I pay all of it by the due date?", "Find my payment plan", "What is a CP503?",
        "I'm not sure", "Yes, all filed", "No, one is missing", "i owe 12,000", "18 months", "yes",
        "no", "why do you ask?", "i can pay 300 a month",
    ],
)  # fmt: skip
def test_the_usual_answers_tell_nothing_rare(text):
    found = {f.kind for f in find_facts(NLP(text), DAY)}
    assert not found & (RARE | {"agi", "family_size"})


def test_several_at_once():
    text = "I'm in chapter 13, they filed a lien on me, and I also got an LT11. What now?"
    found = {f.kind: f.value for f in find_facts(NLP(text), DAY)}
    assert found["bankruptcy"] == found["lien_notice"] == found["final_levy_notice"] == "true"
    assert found["notice"] == "LT11"


@pytest.mark.parametrize(
    "text",
    [
        "does this mess w my credit and can they take my check",
        "what is a lien and will the irs take money from my bank account",
        "how long before they take my wages",
    ],
)
def test_a_levy_asked_about_in_mid_message_is_not_told(text):
    assert not values(text, "levy_in_place")


@pytest.mark.parametrize(
    "text",
    [
        "they put a lien on me in 2020",
        "in 2021 they filed a federal tax lien",
        "I got an LT11 back in 2019",
        "there's a lien on my house since 2022",
        "they filed a lien on me three years ago",
        "the irs filed a lien against me last year",
        "they sent me a CP90 on 3/14/2023",
    ],
)
def test_a_hearing_right_of_years_ago_has_run_out(text):
    assert values(text, "past_hearing") in (["lien_notice"], ["final_levy_notice"])
    assert not values(text, "lien_notice") and not values(text, "final_levy_notice")


@pytest.mark.parametrize(
    "text",
    [
        "they filed a lien on me",
        "they filed a lien on me for my 2020 taxes",
        "the irs filed a lien against me for 2020",
        "I got an LT11 last week",
        "they put a lien on me in 2026",
        "they filed a lien last month",
    ],
)
def test_a_year_that_is_only_the_taxes_runs_nothing_out(text):
    assert not values(text, "past_hearing")
    assert values(text, "lien_notice") or values(text, "final_levy_notice")


def test_december_of_last_year_may_still_be_open_in_january():
    def kinds(today):
        return {f.kind for f in find_facts(NLP("they filed a lien on me in 2025"), today)}

    assert "lien_notice" in kinds(date(2026, 1, 20))
    assert "past_hearing" in kinds(date(2026, 2, 10))


@pytest.mark.parametrize(
    "text, kind",
    [
        ("owe 85k can i do payments and will they put a lien", "lien_notice"),
        ("can i pay monthly and can they put a lien on it", "lien_notice"),
        ("can i do payments and are they taking money from my account", "levy_in_place"),
    ],
)
def test_a_second_question_without_a_mark_tells_nothing(text, kind):
    assert values(text, kind) == []
    told = (
        text.replace("will they", "they")
        .replace("can they", "they")
        .replace("are they", "they are")
    )
    assert values(told, kind) == ["true"]
