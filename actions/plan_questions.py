"""The questions of the plan form: each with its words, its buttons, and why it is asked."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Callable, Dict, List

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Button, Events, Safe, say_with_links, today
from actions.plan_result import ExplainResult
from actions.replies import followed
from actions.understanding import read_turn
from assistant.topics import PLAN
from irs.figures import figure

WHY_BUTTON = {"title": "Why do you ask?", "payload": "/why_ask"}
REFUSE_BUTTON = {"title": "I'd rather not say", "payload": "/refuse"}
UNSURE_BUTTON = {"title": "I'm not sure", "payload": "/dont_know"}

TRY_AGAIN = {
    "amount_owed": "I couldn't read that as an amount. For example: 12,000 or $4,350.75.",
    "days_to_pay": "I couldn't read that as a time. For example: 90 days, 3 years, or 300 a month.",
    "returns_filed": 'I didn\'t catch whether all are filed. A yes, a no or "not sure" is enough.',
    "payroll_tax": 'I didn\'t catch that. A yes, a no or "not sure" is enough.',
    "due_date": "I couldn't read that as a date. For example: December 7, or 12/7/2026.",
    "direct_debit": 'I didn\'t catch that. A yes, a no or "not sure" is enough.',
    "filed_on_time": 'I didn\'t catch that. A yes, a no or "not sure" is enough.',
    "agi": "I couldn't read that as a yearly income. For example: 38,000.",
    "family_size": "I couldn't read that as a number of people. For example: 3.",
}


def asks(slot: str) -> Dict[str, str]:
    """The data of a reply that asks for a fact of the person's case."""
    return {"asks": slot}


def _yes_no(slot: str, yes: str, no: str) -> List[Button]:
    return [
        {"title": yes, "payload": f'/inform{{"{slot}": "true"}}'},
        {"title": no, "payload": f'/inform{{"{slot}": "false"}}'},
        UNSURE_BUTTON,
        WHY_BUTTON,
    ]


def _reaches_a_person(tracker: Tracker) -> bool:
    """Whether an answer of this turn hands over to a person."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        custom = (event.get("data") or {}).get("custom") if event.get("event") == "bot" else None
        if ((custom or {}).get("data") or {}).get("handoff"):
            return True
    return False


class _Question(Safe):
    """A question of the form, with its buttons."""

    slot = ""

    def name(self) -> str:
        return f"action_ask_plan_form_{self.slot}"

    @abstractmethod
    def words(self, tracker: Tracker) -> str:
        """The question as it is put now."""

    def buttons(self, tracker: Tracker) -> List[Button]:
        """Answers to tap."""
        return [REFUSE_BUTTON, WHY_BUTTON]

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        if _reaches_a_person(tracker):
            return []  # they are about to be asked who they are; the question waits for the next turn
        # Every question of the form is uttered here, also when it is put again.
        say_with_links(say, self.words(tracker), self.buttons(tracker), data=asks(self.slot))
        return []


class AskAmount(_Question):
    """How much is owed."""

    slot = "amount_owed"

    def words(self, tracker: Tracker) -> str:
        return (
            "How much is the total on your notice? That is tax, penalties and interest together. "
            "About is fine."
        )


class AskTime(_Question):
    """How long until all is paid."""

    slot = "days_to_pay"

    def words(self, tracker: Tracker) -> str:
        if tracker.get_slot("pay_in_full") is False:
            return "How long would you need to pay all of it, or how much could you pay a month?"
        return (
            "Could you pay all of it by the due date on your notice? If not, how long would you "
            "need, or how much could you pay a month?"
        )

    def buttons(self, tracker: Tracker) -> List[Button]:
        days = figure("short_term_max_days", today(tracker))
        return [
            {"title": "All by the due date", "payload": '/inform{"pay_in_full": "true"}'},
            {
                "title": f"Within {days.text}",
                "payload": f'/inform{{"duration": "{int(days.number)}"}}',
            },
            UNSURE_BUTTON,
            WHY_BUTTON,
        ]


class AskReturns(_Question):
    """Whether all required returns are filed."""

    slot = "returns_filed"

    def words(self, tracker: Tracker) -> str:
        return "Have you filed all the tax returns you had to file, also for other years?"

    def buttons(self, tracker: Tracker) -> List[Button]:
        return _yes_no(self.slot, "Yes, all filed", "No, one is missing")


class AskPayroll(_Question):
    """Whether a business owes payroll tax; asked only where a business was named."""

    slot = "payroll_tax"

    def words(self, tracker: Tracker) -> str:
        return "Does the business have employees, so that the notice is about payroll tax?"

    def buttons(self, tracker: Tracker) -> List[Button]:
        return _yes_no(self.slot, "Yes, payroll tax", "No payroll tax")


class AskDueDate(_Question):
    """The date printed on the notice: everything is counted from it."""

    slot = "due_date"

    def words(self, tracker: Tracker) -> str:
        return "What is the due date printed on your notice?"

    def buttons(self, tracker: Tracker) -> List[Button]:
        return [UNSURE_BUTTON, WHY_BUTTON]


class AskDirectDebit(_Question):
    """Whether the payments would come out of a bank account by themselves."""

    slot = "direct_debit"

    def words(self, tracker: Tracker) -> str:
        return (
            "Would you pay by direct debit, so that it comes out of your bank account each month?"
        )

    def buttons(self, tracker: Tracker) -> List[Button]:
        return _yes_no(self.slot, "Yes, direct debit", "No direct debit")


class AskFiledOnTime(_Question):
    """Whether the return of the notice was in on time."""

    slot = "filed_on_time"

    def words(self, tracker: Tracker) -> str:
        return "Was the return for the year on your notice filed on time, extensions included?"

    def buttons(self, tracker: Tracker) -> List[Button]:
        return _yes_no(self.slot, "Yes, on time", "No, late")


class AskIncome(_Question):
    """Adjusted gross income: below a limit the fee is lower or waived."""

    slot = "agi"

    def words(self, tracker: Tracker) -> str:
        return (
            "About how much is your income in a year (adjusted gross income on your last return)?"
        )


class AskFamily(_Question):
    """How many people live on that income."""

    slot = "family_size"

    def words(self, tracker: Tracker) -> str:
        return "How many people are in your family, you included?"


_WHY: Dict[str, Callable[[date], str]] = {
    "amount_owed": lambda day: (
        "The amount decides which plans are open: a short-term plan needs "
        f"less than {figure('short_term_limit', day).text}, a long-term plan "
        f"{figure('long_term_online_limit_individual', day).text} or less. A rough figure is enough, "
        "and you don't have to say."
    ),
    "days_to_pay": lambda day: (
        "The time decides the kind of plan: up to "
        f"{figure('short_term_max_days', day).text} is a short-term plan without a set-up fee; longer "
        "is a monthly plan."
    ),
    "returns_filed": lambda day: (
        "The IRS turns down a payment plan while a required return is "
        "missing, so this decides what comes first."
    ),
    "payroll_tax": lambda day: (
        "Payroll tax has stricter rules, so a business that owes it should "
        "talk to a professional before it asks for a plan."
    ),
    "due_date": lambda day: (
        "Interest and penalty are counted from that date, and it is the day to act by."
    ),
    "direct_debit": lambda day: (
        "With direct debit a plan set up online costs about "
        f"{figure('fee_online_direct_debit', day).text} (check irs.gov) instead of "
        f"{figure('fee_online_other', day).text}, and no payment is forgotten."
    ),
    "filed_on_time": lambda day: (
        "If that return was on time, the late-payment penalty during a "
        f"monthly plan is {figure('ftp_rate_installment', day).text} a month instead of "
        f"{figure('ftp_rate_standard', day).text}."
    ),
    "agi": lambda day: (
        "With low income the set-up fee is lower, or waived with direct debit. You "
        "don't have to say."
    ),
    "family_size": lambda day: (
        "The income limit for the lower fee depends on the size of the family."
    ),
}


class ExplainQuestion(Safe):
    """Why a question is asked; the form asks it again right after."""

    def name(self) -> str:
        return "action_explain_question"

    async def act(self, say: CollectingDispatcher, tracker: Tracker) -> Events:
        asked = tracker.get_slot("requested_slot") if tracker.active_loop.get("name") else None
        if asked is None and PLAN in (tracker.get_slot("last_topics") or ()):
            # Not as a follow-up action: no rule would know what comes after it.
            return await ExplainResult().act(say, tracker)
        follow_up = None if asked else followed(say, tracker, read_turn(tracker))
        if follow_up is not None:
            return follow_up
        if asked in _WHY:
            text = _WHY[asked](today(tracker))
        else:
            text = (
                "I only ask for what decides which payment plan fits: how much, how long, and "
                "whether all returns are filed. You can leave out anything you like."
            )
        say.utter_message(text=text)
        return []
