"""The rarer, graver facts: said of oneself as a fact, or not read at all."""

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
    "filed_on_time": """
I filed on time = true
i filed my 2023 return on time = true
we filed everything on time = true
I always file on time = true
filed by the deadline = true
we sent it in, my return was filed on time = true
filed in October after an extension = true
I filed in october with an extension = true
we got an extension and filed in September = true
i filed before the due date = true
yes, filed on time = true
i filed by april 15 = true
my returns were filed on time = true
filed late = false
I filed late = false
filed that return two years late = false
i filed it 3 months late = false
we filed our taxes late = false
my 2021 return was filed late = false
the return was late and now they want penalties = false
I filed after the deadline = false
i didn't file on time = false
never filed on time = false
i was late filing my return = false
""",
    "hardship": """
paying this would mean no food
can't pay rent if I pay this
I can't pay my rent if i pay this
I'm on disability and barely get by
can't afford groceries
i can't even afford groceries right now
we can barely make ends meet
i can't make ends meet
if I pay this I can't buy food
if i pay it i won't be able to pay the mortgage
if I pay this we'll be homeless
I can't afford my meds
we are behind on rent
paying that leaves me no money for food
i barely get by
I'm about to be evicted
we live paycheck to paycheck
i have to choose between food and rent
it would be a hardship
I'm in financial hardship
i owe 12k, i'm on ssi and can barely feed my kids
""",
    "existing_plan": """
my plan defaulted = defaulted
i stopped paying my installment agreement = in_effect
i'm already on a monthly plan with the irs = in_effect
my notice is a cp503 and i'm on a payment plan = in_effect
I already have a payment plan = in_effect
I'm on an installment agreement with the IRS = in_effect
im on a payment plan = in_effect
we're already in an installment agreement = in_effect
i have a payment plan with the irs = in_effect
I set up a payment plan last year = in_effect
I've been on a payment plan since 2024 = in_effect
my installment agreement is still active = in_effect
i already have an installment plan, why this letter? = in_effect
i missed a payment on my plan = in_effect
I missed payments and my plan was cancelled = defaulted
got a CP523 = defaulted
i got a cp523 last month = defaulted
I defaulted on my payment plan = defaulted
they cancelled my installment agreement = defaulted
my payment plan was terminated = defaulted
my agreement is in default = defaulted
i have a CP 523 too = defaulted
""",
    "bankruptcy": """
I'm in chapter 13
im in chapter 7
filed for bankruptcy in March
I filed for bankruptcy
we filed chapter 13 last month
i've already filed for bankruptcy
we're in bankruptcy
my bankruptcy is still open
I have an open bankruptcy case
my wife and i filed for bankruptcy in october
what do i do i'm in chapter 13
i declared bankruptcy this year
i owe 12k and i'm in chapter 11
""",
    "offer_pending": """
I sent in an offer in compromise last month
i submitted an offer in compromise
we mailed our offer in compromise
my offer in compromise is pending
my OIC is still under review
I have a pending offer in compromise
i applied for an offer in compromise in june
I'm still waiting on my offer in compromise
i sent form 656 last month
I filed an OIC already
""",
}

NOT_SAID = {
    "filed_on_time": """
did I file on time?
did we file on time
would it matter if we filed by the deadline
my accountant says you can file late
can you file late
the extension was denied
how do i get an extension
was my return late?
my sister filed two years late
i paid on time
i want to file on time
does it matter if I filed late
what if i filed late
what happens when you file late
i paid late
i'll file on time next year
what is the penalty for filing late
haven't filed yet
my brother filed late
i filed the appeal late
i got an extension
is it too late to file
the notice came late
if i had filed on time would it be less
can i still get a plan if i filed after the deadline
i'm late on my payment
should i file on time even if i can't pay
""",
    "hardship": """
I can't pay it all
is paycheck to paycheck a reason
my mom barely gets by
do they care if i can't pay rent
i can't pay this
i can't afford the full amount
can't pay the bill
what is hardship status
do i qualify for hardship?
what if I can't afford groceries
I lost my job
i'm on disability
i'm on social security
my brother can't pay his rent
how do i prove hardship
i pay rent of 1500
is there help with groceries
my rent is 1500 a month
i can't pay my credit card
what if paying would mean no food
i can pay my rent
it is not a hardship
it's hard to pay
""",
    "existing_plan": """
is my notice about a payment plan?
what if my plan defaulted
my plan is to pay monthly
should i stop paying my installment agreement
can i get on a payment plan
set up a payment plan for me
Find my payment plan
i want a payment plan
if i have a payment plan will they stop
i don't have a payment plan
I never had a payment plan
what if I already have a payment plan?
how do i set up a payment plan
i need an installment agreement
can they cancel my payment plan?
i have a payment plan question
I have a payment plan with my dentist
i have a payment plan with the hospital
my brother is on a payment plan
what is a CP523
what happens if i get a cp523
will my plan be cancelled if i miss payments
i'd like to be on a payment plan
what if i defaulted on my payment plan
do i already have a payment plan?
i applied for a payment plan
i paid off my payment plan in 2019, i was on a payment plan
am i on an installment agreement?
""",
    "bankruptcy": """
thinking about bankruptcy
I'm thinking about filing for bankruptcy
should i file for bankruptcy
can i file chapter 13
what if i filed for bankruptcy
would chapter 7 wipe this out
my brother is in chapter 13
my ex filed for bankruptcy
i'm not in bankruptcy
i never filed for bankruptcy
i don't want to declare bankruptcy
if I'm in chapter 13, can they levy
I filed for bankruptcy in 2015
my bankruptcy was discharged
i filed for bankruptcy years ago
does bankruptcy clear taxes
am i in chapter 13?
he filed for bankruptcy
chapter 13 of the guide
""",
    "offer_pending": """
can i send in an offer in compromise
should I submit an offer in compromise
what is an offer in compromise
i want to make an offer in compromise
how do i apply for an offer in compromise
thinking of an offer in compromise
my offer in compromise was rejected
i sent in an offer in compromise and they turned it down
if i sent in an offer in compromise would they stop
i haven't sent an offer in compromise
my friend submitted an offer in compromise
what if I submitted an offer in compromise
i made an offer on a house
i got an offer
""",
}


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
