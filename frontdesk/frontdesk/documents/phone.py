"""What to say on the phone: a short script from the facts of a case. No number of a person in it."""

from __future__ import annotations

from dataclasses import dataclass

from frontdesk.documents.plan import Plan
from irs.figures import dollars
from irs.showing import pay_words, said_day, time_words

_OWN_LETTER = "the number on the other notice, the one with the hearing right or the levy"
_NUMBER = "the number on your notice"
# Whom to call, and what is wanted, under each headline.
_CALLS: dict[str | None, tuple[str, str]] = {
    "hearing_right": (
        _OWN_LETTER,
        "I have another notice, with a right to a hearing or about a levy. I want to know the last "
        "day to ask for a hearing, and what can be done about a levy today.",
    ),
    "revenue_officer": (
        "the revenue officer who has your case",
        "I got a CP503 as well, and want to know how it fits into what we are working on.",
    ),
    "phone_path": (
        _NUMBER,
        "I have a bankruptcy or an offer in compromise under way. I want to know how this notice "
        "fits into that, before I do anything else.",
    ),
    "file_returns_first": (
        _NUMBER,
        "I have a return still to file and am getting it ready. I want to ask for time, and for a "
        "payment plan once it is in.",
    ),
    "professional": (
        _NUMBER,
        "It is about payroll tax of a business. I want to know what has to be paid and filed before "
        "a plan is possible.",
    ),
    "existing_plan": (
        _NUMBER,
        "I have a payment plan already. I want this balance added to it, or the plan reinstated, "
        "with a payment I can keep up.",
    ),
    "pay_in_full": (
        _NUMBER,
        "I want to pay all of it, and to know the exact amount to the day I pay.",
    ),
    "business_call": (_NUMBER, "I want to ask for a Simple Payment Plan for a business."),
    "hardship": (
        _NUMBER,
        "I can't pay without going short of basics. I want to ask to be reported currently not "
        "collectible.",
    ),
    "short_term": (_NUMBER, "I want to ask for a short-term payment plan."),
    "long_term": (_NUMBER, "I want to ask for a monthly payment plan."),
    "partial_payment": (
        _NUMBER,
        "I want to ask for a monthly plan. If I can't pay enough a month, I want to ask for a "
        "partial-payment agreement.",
    ),
    "form_9465_or_call": (
        _NUMBER,
        "I want to know how much to pay down to get a plan online, or which forms you need for one "
        "at this balance.",
    ),
    None: (_NUMBER, "I want to know which payment plans are open to me."),
}
_QUESTIONS = (
    "What is the whole balance today, with penalties and interest?",
    "Are all my returns in? Is anything else missing?",
    "Can a penalty be taken off?",
)
_ABOUT_A_PLAN = (
    "What does the plan cost to set up, and is it less by direct debit or with low income?",
    "When is the first payment due, how much is it, and how do I pay?",
    "What happens if I can't make a payment?",
)
WRITE_DOWN = (
    "Date and time of the call",
    "Name and ID number of the person",
    "What was agreed",
    "First payment: day and amount",
    "What I must send, where, by when",
)
CARE = (
    "The IRS will ask for your Social Security number to know that it is you. Say it only on a call "
    "that you made to a number printed on an IRS notice."
)
_NO_PLAN_YET = ("hearing_right", "phone_path", "pay_in_full", "revenue_officer")


@dataclass(frozen=True)
class Script:
    """``call``: whom. ``say``: sentences to read out. ``ask``: questions to put."""

    call: str
    say: tuple[str, ...]
    ask: tuple[str, ...]


def script(plan: Plan) -> Script:
    """What to say, for a case."""
    call, want = _CALLS[plan.found.plan]
    said = [_opening(plan), want]
    if plan.found.plan in ("short_term", "long_term") and plan.ways:
        first = plan.ways[0]
        within = f", so that all is paid in {time_words(first)}" if first.payments > 1 else ""
        said.append(f"I could pay {pay_words(first)}{within}.")
    asked = _QUESTIONS if plan.found.plan in _NO_PLAN_YET else (*_QUESTIONS, *_ABOUT_A_PLAN)
    return Script(call, tuple(said), asked)


def _opening(plan: Plan) -> str:
    """Why I call: the notice, with what is known of it."""
    s = plan.situation
    said = "Hello. I am calling about a notice CP503"
    if s.notice_date is not None:
        said += f" dated {said_day(s.notice_date)}"
    if s.tax_year is not None:
        said += f", for tax year {s.tax_year}"
    if s.amount_owed is not None:
        said += f". It asks for {dollars(s.amount_owed)}"
        if s.due_date is not None:
            said += f" by {said_day(s.due_date)}"
    return f"{said}."
