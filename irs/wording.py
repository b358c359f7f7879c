"""The headline in words: what fits, each rule with its figure, and why not the others.

Plain and short, for someone under stress. No sentence promises what the IRS will decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from irs import headline
from irs.case import Case
from irs.figures import (
    Figure,
    Reference,
    Unpublished,
    dollars,
    lookup,
    reference,
    whole_dollars_up,
)
from irs.money import CENT

TITLES = {
    "hearing_right": "Another notice with a deadline comes first",
    "revenue_officer": "Talk to the revenue officer first",
    "phone_path": "This goes by phone",
    "file_returns_first": "File the missing returns first",
    "professional": "Talk to a tax professional",
    "existing_plan": "Change the plan you have",
    "pay_in_full": "Pay in full",
    "business_call": "Call about a plan for the business",
    "hardship": "Ask for a pause in collection",
    "short_term": "Short-term payment plan",
    "long_term": "Long-term payment plan (installment agreement)",
    "partial_payment": "A higher payment, or a partial-payment agreement",
    "form_9465_or_call": "Pay down first, Form 9465, or a call",
    None: "It depends on what is still open",
}


@dataclass(frozen=True)
class Said:
    """The headline's words and what they rest on."""

    summary: str
    reasons: tuple[str, ...]
    why_not: tuple[str, ...]
    references: tuple[Reference, ...]


def say(case: Case, plan: str | None) -> Said:
    """The words of a headline; ``None``: what is still open."""
    words = _Words(case)
    summary, reasons, why_not = getattr(words, f"_{plan or 'open'}")()
    return Said(summary, tuple(reasons), tuple(why_not), words.references())


class _Words:
    """Words one headline and remembers the figures it names."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._used: dict[str, Figure] = {}
        self._cited: list[str] = []

    def f(self, name: str) -> str:
        """A figure's text; its references go with the words."""
        self._used[name] = self.case.figure(name)
        return self._used[name].text

    def references(self) -> tuple[Reference, ...]:
        """The sources of the figures named, each once."""
        seen = {key: reference(key) for key in self._cited}
        for used in self._used.values():
            for source in used.references:
                seen.setdefault(source.key, source)
        return tuple(seen.values())

    # Each method below: summary, reasons, why not the others.

    def _hearing_right(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["IRS-CDP"]
        if self.case.s.has_levy:
            self._cited = ["LEVY-SUM", "GETIRS-LEVY"]
            return (
                "A levy is in place. Call the number on it today, before any plan.",
                ["A levy that causes economic hardship must be released.",
                 f"A bank holds the money for {self.f('bank_levy_hold_days')} before it sends it to "
                 "the IRS; a levy on wages goes on until it is released."],
                [],
            )  # fmt: skip
        days = self.f("cdp_request_days")
        return (
            "You have a notice with a right to a hearing. That comes before your CP503: its "
            f"{days} run from the date on that notice.",
            [f"A hearing asked for within {days} (Form 12153) stops a levy while it is pending.",
             f"After that, and up to {self.f('equivalent_hearing_period')}, only an equivalent "
             "hearing is left, which does not stop a levy by law."],
            ["A payment plan can still be asked for, and can be part of the hearing."],
        )  # fmt: skip

    def _revenue_officer(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["TAS-SORT", "TAXCURE-NSIA"]
        return (
            "A revenue officer has your case, so a plan is made with that officer, not online.",
            ["Field cases ask for Form 433-A (433-B for a business)."],
            ["The programs by phone and online stop applying."],
        )

    def _phone_path(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["JUPID-9465"]
        return (
            "With a bankruptcy or an offer in compromise under way, call before any plan: "
            f"{self.f('irs_phone_individual')}.",
            ["The usual plans are not open in a bankruptcy, or while an offer is pending or "
             "accepted."],
            ["A new plan request can even undo a step of the case that is under way."],
        )  # fmt: skip

    def _file_returns_first(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["JUPID-9465", "IRS-SPP"]
        return (
            "File the missing returns first. After that a payment plan is possible.",
            ["The IRS turns down a payment plan while a required return is missing.",
             "A return that comes in late can also change what you owe."],
            [],
        )  # fmt: skip

    def _professional(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["IRS-SPP"]
        return (
            "Talk to a tax professional before anything else: payroll tax has its own rules.",
            ["Payroll tax holds your employees' money in trust, and owners can be made to pay it "
             "themselves.",
             self._business_limit(
                 "simple_plan_limit_business_trust_fund",
                 "A business with payroll tax can ask for a Simple Payment Plan only up to {} of "
                 "assessed balance, and not online.",
             )],
            ["The online plans are for individuals."],
        )  # fmt: skip

    def _business_limit(self, name: str, words: str) -> str:
        """The limit of a business's plan, or that there was none yet on the day."""
        if isinstance(lookup(name, self.case.as_of), Unpublished):
            return "On that date the Simple Payment Plan was not yet open to businesses."
        return words.format(self.f(name))

    def _existing_plan(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["JUPID-9465"]
        if self.case.s.existing_plan == "defaulted":
            return (
                "Your plan has defaulted. Ask to have it reinstated; a second plan is not possible.",
                [f"Changing or reinstating costs {self._revision_fee()}."],
                ["If a CP523 came, you can also appeal by the date in it."],
            )
        return (
            "You have a plan already. Ask to add this balance to it; a second plan is not possible.",
            ["One agreement covers all balances, and a new one can put the plan in default.",
             f"A change costs {self._revision_fee()}."],
            [],
        )  # fmt: skip

    def _revision_fee(self) -> str:
        return (
            f"about {self.f('fee_revise_online')} online (check irs.gov) or "
            f"{self.f('fee_revise_phone_mail')} by phone or mail"
        )

    def _pay_in_full(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["NOTICES-0914", "IRS-TC202"]
        return (
            "Pay in full by the due date on your notice. That is the cheapest way.",
            ["Once the full amount is paid by the due date, no more penalties and interest are "
             "added to it."],
            [],
        )  # fmt: skip

    def _business_call(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["IRS-SPP", "TAXTIMES"]
        return (
            "For a business account, call: the online tool does not take businesses.",
            [self._business_limit(
                "simple_plan_limit_business_no_trust_fund",
                "Without payroll tax, a business can ask for a Simple Payment Plan up to {} of "
                "assessed balance.",
             ),
             "Form 9465 is not for corporations or partnerships."],
            ["The online plans are for individuals; a sole proprietor counts as one."],
        )  # fmt: skip

    def _hardship(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["IRS-DELAY", "IRS-LT39"]
        return (
            "If paying would stop basic living costs, you can ask the IRS to pause collection.",
            ["It asks for your income and costs on Form 433-F.",
             "Penalties and interest go on, refunds are kept, and the IRS looks again later."],
            ["A plan you can't keep would default."],
        )  # fmt: skip

    def _short_term(self) -> tuple[str, list[str], list[str]]:
        assessed = self.case.s.assessed
        reasons = [
            f"You owe {self._amount()}; a short-term plan takes less than "
            f"{self.f('short_term_limit')}.",
            f"{self._within()}; it allows up to {self.f('short_term_max_days')}.",
        ]
        why_not = ["Paying in full by the due date costs least, but you need more time."]
        limit = self.case.number("long_term_online_limit_individual")
        if assessed is not None and assessed > limit:
            text = self.f("long_term_online_limit_individual")
            why_not.append(f"The monthly plan online takes {text} or less.")
        return (
            "A short-term payment plan fits: more time to pay, without a set-up fee.",
            reasons,
            why_not,
        )

    def _long_term(self) -> tuple[str, list[str], list[str]]:
        debit = " with direct debit" if self.case.s.direct_debit else ""
        self._cited = ["JUPID-9465"]
        limit = self.f("simple_plan_limit_individual")
        assessed = self.case.s.assessed_balance
        told = f"You owe {self._amount()}"
        if assessed is not None:
            told = f"Your assessed balance is {dollars(assessed)}"
        reasons = [f"{told}; the limit is {limit} or less in tax, penalties and interest together."]
        days = self.case.s.days_to_pay
        need = self._pace() if days is None else f"you need {time_words(days)}"
        why_not = [f"A short-term plan ends after {self.f('short_term_max_days')}; {need}."]
        return (
            f"A long-term payment plan (installment agreement){debit} fits: monthly payments. The "
            "IRS now calls it the Simple Payment Plan.",
            reasons,
            why_not,
        )

    def _partial_payment(self) -> tuple[str, list[str], list[str]]:
        self._cited = ["JUPID-9465", "IRS-SPP"]
        smallest = self.case.smallest_after_part
        told, part = self.case.s.monthly_payment, self.case.s.pay_now
        pace = f"{dollars(told)} a month" if told is not None else "That pace"
        summary = (
            f"{pace} is too little to pay this off before the IRS's time to collect ends."
            if told is not None
            else f"{pace} is too slow: the IRS's time to collect ends first."
        )
        if smallest is not None:
            opening = "About" if part is None else f"With {dollars(part)} paid now, about"
            payment = whole_dollars_up(smallest)
            summary += (
                f" {opening} {payment} a month or more would be a Simple Payment Plan, online."
            )
        return (
            summary,
            [self.case.statute_words,
             "Less than that is a partial-payment agreement: by phone, with Form 433-F (your "
             "income, costs and assets). The IRS may ask for more later."],
            [f"A short-term plan ends after {self.f('short_term_max_days')}."],
        )  # fmt: skip

    def _form_9465_or_call(self) -> tuple[str, list[str], list[str]]:
        case = self.case
        limit = self.f("long_term_online_limit_individual")
        reasons = [self._gap()]
        reasons.append(
            f"Or mail Form 9465; above {self.f('form433f_required_over')} it goes with Form 433-F. "
            "Or call."
        )
        if case.pace_fits is False:
            reasons[-1] += (
                " At your pace it would not be paid in time: ask about a partial-payment agreement."
            )
        days = case.number("short_term_max_days")
        short = self.f("short_term_limit")
        if case.s.days is not None and case.s.days <= days:
            why_not = [f"A short-term plan takes less than {short}; exactly {short} is too much."]
        else:
            why_not = [f"A short-term plan ends after {self.f('short_term_max_days')}."]
        return (
            f"You owe {self._amount()}. That is over the limit for the plan online in the time you "
            f"need ({limit} or less).",
            reasons,
            why_not,
        )

    def _gap(self) -> str:
        case = self.case
        owed, assessed = case.s.amount_owed, case.s.assessed
        assert owed is not None and assessed is not None
        days = case.number("short_term_max_days")
        if case.s.days is not None and case.s.days <= days:
            gap = owed - case.number("short_term_limit") + CENT
            return (
                f"You can pay down {dollars(gap)} or more first: below "
                f"{self.f('short_term_limit')} a short-term plan of up to "
                f"{self.f('short_term_max_days')} is open."
            )
        gap = assessed - case.number("long_term_online_limit_individual")
        return (
            f"You can pay down {dollars(gap)} first, before you ask: at "
            f"{self.f('long_term_online_limit_individual')} or less the monthly plan is open online."
        )

    def _open(self) -> tuple[str, list[str], list[str]]:
        """What each answer that is still possible would lead to."""
        amount = self.case.s.amount_owed
        possible = headline.ends(self.case)
        opening = f"With {self._amount()}, this" if amount is not None else "This"
        return (
            f"{opening} depends on what is still open.",
            [says for plan, says in self._leads() if plan in possible],
            [],
        )

    def _leads(self) -> list[tuple[str, str]]:
        """For the headlines an open fact can lead to: what each asks for, in one sentence."""
        days, short = self.f("short_term_max_days"), self.f("short_term_limit")
        long = self.f("long_term_online_limit_individual")
        return [
            ("file_returns_first", "If a required return is missing, file it first."),
            ("professional", "With payroll tax, talk to a tax professional first."),
            ("existing_plan", "The plan you have is changed or reinstated; a second one is not "
             "possible."),
            ("pay_in_full", "If you can pay all of it by the due date, that costs least."),
            ("business_call", "A business asks for a plan by phone."),
            ("short_term", f"Short-term plan: you pay within {days} and owe less than {short} in "
             "tax, penalties and interest. No set-up fee."),
            ("long_term", f"Long-term plan (installment agreement): monthly payments, you owe {long} "
             "or less and all required returns are filed. There is a set-up fee."),
            ("form_9465_or_call", f"For monthly payments above {long} you would first pay down to "
             "it, or use Form 9465 or a call."),
        ]  # fmt: skip

    def _amount(self) -> str:
        owed = self.case.s.amount_owed
        return "the amount" if owed is None else dollars(owed)

    def _within(self) -> str:
        """How fast it would be paid, as told."""
        days = self.case.s.days_to_pay
        return self._pace() if days is None else f"You can pay within {time_words(days)}"

    def _pace(self) -> str:
        """The monthly payment told, and the months it takes with what is added."""
        told = self.case.s.monthly_payment
        months = self.case.months_needed or self.case.s.months
        assert told is not None and months is not None
        return f"{dollars(told)} a month takes about {months} month{'' if months == 1 else 's'}"


def time_words(days: int) -> str:
    """A number of days as people say it."""
    if days > 730:
        return f"about {days // 365} years"
    if days > 180 and days % 30 == 0:
        return f"about {days // 30} months"
    return f"{days} day{'' if days == 1 else 's'}"
