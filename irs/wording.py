"""The result in words: one place for every sentence an assessment says.

Plain and short, for someone under stress: the plan first, then each rule with its figure, then what
to do. No sentence promises what the IRS will decide.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from irs import rules
from irs.figures import Figure, Reference, dollars, figure, reference

if TYPE_CHECKING:
    from irs.plans import Assessment, Situation

_TITLES = {
    "pay_in_full": "Pay in full",
    "short_term": "Short-term payment plan",
    "long_term": "Long-term payment plan (installment agreement)",
    "form_9465_or_call": "Pay down first, Form 9465, or a call",
    "file_returns_first": "File the missing returns first",
    "professional": "Talk to a tax professional",
    None: "More than one plan is possible",
}
_CHECK = "Read your notice: confirm its due date, and that the balance matches your records."
_PERSONAL = (
    "I took this as a personal account. If it is for a business with employees, other limits apply."
)


class Words:
    """Words the assessment of one situation."""

    def __init__(self, situation: Situation, plan: str | None, as_of: date) -> None:
        self.case = situation
        self.plan = plan
        self.as_of = as_of
        self._used: dict[str, Figure] = {}
        self._cited: list[str] = []

    def f(self, name: str) -> str:
        """A figure's text; its references go into the assessment."""
        self._used[name] = figure(name, self.as_of)
        return self._used[name].text

    def assessment(self, open_facts: tuple[str, ...]) -> Assessment:
        """The whole assessment."""
        from irs.plans import Assessment

        summary, reasons, why_not, steps, ready = getattr(self, f"_{self.plan or 'open'}")()
        personal = self.plan in ("short_term", "long_term", "form_9465_or_call")
        return Assessment(
            plan=self.plan,
            title=_TITLES[self.plan],
            summary=summary,
            reasons=tuple(reasons),
            why_not=tuple(why_not),
            next_steps=tuple(steps),
            have_ready=tuple(ready),
            references=self._references(),
            open_facts=open_facts,
            assumptions=(_PERSONAL,) if personal and self.case.taxpayer is None else (),
            notes=tuple(self._notes()),
            as_of=self.as_of,
        )

    # Each method below: summary, reasons, why not the others, next steps, what to have ready.

    def _pay_in_full(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        self._cited = ["NOTICES-0914", "IRS-TC202"]
        return (
            "Pay in full by the due date on your notice. That is the cheapest way.",
            ["Once the full amount is paid by the due date, no more penalties and interest are "
             "added to it."],
            ["A payment plan is for balances you can't pay by the due date: penalties and interest "
             "go on during it."],
            [_CHECK,
             "Pay from your bank account at irs.gov/payments (Direct Pay or your online account), "
             "by card, or by check with the notice's payment stub.",
             "Keep the confirmation number with the notice."],
            ["the notice", "your bank account details"],
        )  # fmt: skip

    def _short_term(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        days, limit = self.f("short_term_max_days"), self.f("short_term_limit")
        reasons = [
            f"You owe {self._amount()}; a short-term plan takes less than {limit} in tax, "
            "penalties and interest together.",
            f"You need {self._time()}; a short-term plan runs up to {days}.",
            f"Setting it up costs {self.f('short_term_setup_fee')}.",
        ]
        assert self.case.amount_owed is not None
        if rules.long_term_fits(self.case.amount_owed, self.as_of):
            other = "A long-term plan would also be open to you, but it has a set-up fee."
        else:
            other = (
                "The long-term plan online takes "
                f"{self.f('long_term_online_limit_individual')} or less."
            )
        return (
            "A short-term payment plan fits: more time to pay, without a set-up fee.",
            reasons,
            ["Paying in full by the due date costs least, but you need more time.", other],
            [_CHECK,
             "Apply with the IRS Online Payment Agreement tool; it answers at once. Or call the "
             "number on your notice.",
             "Pay what you can now: penalties and interest go on until all is paid."],
            self._papers(),
        )  # fmt: skip

    def _long_term(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        debit = " with direct debit" if self.case.direct_debit else ""
        limit = self.f("long_term_online_limit_individual")
        self.f("simple_plan_limit_individual")
        fee = self.f("fee_online_direct_debit")
        reasons = [
            f"You owe {self._amount()}; the limit is {limit} or less in tax, penalties and "
            "interest together.",
            "All required returns are filed.",
            f"Direct debit makes a missed payment less likely and is cheapest to set up online: "
            f"about {fee} (check irs.gov), {self.f('fee_online_other')} without it. With low "
            "income it can be waived.",
        ]
        reasons += self._pace()
        return (
            f"A long-term payment plan (installment agreement){debit} fits: monthly payments. "
            "The IRS now calls it the Simple Payment Plan.",
            reasons,
            [f"A short-term plan ends after {self.f('short_term_max_days')}; you need "
             f"{self._time()}."],
            [_CHECK,
             "Apply with the IRS Online Payment Agreement tool; it answers at once. Without it, "
             "mail Form 9465 or call the number on your notice.",
             "Choose direct debit if you can, and a payment you can keep up.",
             "Pay what you can now: penalties and interest go on until all is paid."],
            self._papers(),
        )  # fmt: skip

    def _form_9465_or_call(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        if self.case.taxpayer == "business":
            return self._business_call()
        amount = self.case.amount_owed
        assert amount is not None and self.case.days is not None
        limit = figure("long_term_online_limit_individual", self.as_of).number
        long, short = (
            self.f("long_term_online_limit_individual"),
            self.f("short_term_limit"),
        )
        days = figure("short_term_max_days", self.as_of)
        steps = [_CHECK]
        if self.case.days <= days.number:
            gap = amount - figure("short_term_limit", self.as_of).number + rules.CENT
            steps.append(
                f"Pay down {dollars(gap)} or more first, if you can: below {short} a short-term "
                f"plan of up to {self.f('short_term_max_days')} is open."
            )
            why_not = [f"A short-term plan takes less than {short}; exactly {short} is too much."]
        else:
            steps.append(
                f"Pay down {dollars(amount - limit)} first, if you can: at {long} or less you can "
                "apply for a long-term plan online."
            )
            why_not = [f"A short-term plan ends after {self.f('short_term_max_days')}."]
        steps += [
            "If you can't pay it down, mail Form 9465 with Form 433-F (your income, expenses and "
            "assets), or call the number on your notice.",
            "Talk to a tax professional before you send the figures: at this amount it pays off.",
        ]
        return (
            f"You owe {self._amount()}. That is over the limit for the online plan in the time "
            "you need, so there are three ways: pay down, Form 9465, or a call.",
            [f"The long-term plan online takes {long} or less in tax, penalties and interest.",
             f"Above {self.f('form433f_required_over')}, Form 9465 also asks for Form 433-F."],
            why_not,
            steps,
            ["the notice", "your income and monthly expenses", "what you own and owe"],
        )  # fmt: skip

    def _business_call(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        return (
            "For a business account, call: the online tool does not take businesses.",
            [f"Without payroll tax, a business can ask for a Simple Payment Plan up to "
             f"{self.f('simple_plan_limit_business_no_trust_fund')} of assessed balance.",
             "Form 9465 is not for corporations or partnerships."],
            ["The online plans are for individuals; a sole proprietor counts as one."],
            [_CHECK,
             f"Call the number on your notice, or {self.f('irs_phone_business')}.",
             "Talk to a tax professional first if the balance is higher or more years are open."],
            ["the notice", "the business's tax number, to hand but never in this chat",
             "its income and expenses"],
        )  # fmt: skip

    def _file_returns_first(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        steps = [_CHECK, "File the missing returns, even if you can't pay what they show."]
        if self.case.days == 0:
            steps.insert(
                1, "Pay this notice by its due date anyway: that does not wait for the returns."
            )
        else:
            steps.insert(1, "Pay what you can on this notice now; it lowers what is added.")
        steps.append("Then ask for the payment plan. Call the number on your notice if time is "
                     "short, and say which returns are coming.")  # fmt: skip
        self.f("long_term_online_limit_individual")
        return (
            "File the missing returns first. After that a payment plan is possible.",
            ["The IRS turns down a payment plan while a required return is missing.",
             "A return that comes in late can also change what you owe."],
            ["No plan can be approved before the returns are filed."],
            steps,
            ["the notice", "income papers for the missing years",
             "your online account at irs.gov, for wage records"],
        )  # fmt: skip

    def _professional(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        return (
            "Talk to a tax professional before anything else: payroll tax has its own rules.",
            ["Payroll tax holds your employees' money in trust, and owners can be made to pay it "
             "themselves.",
             f"A business with payroll tax can ask for a Simple Payment Plan only up to "
             f"{self.f('simple_plan_limit_business_trust_fund')} of assessed balance, and not "
             "online."],
            ["The online plans are for individuals."],
            [_CHECK,
             "Make this period's payroll deposits on time; a plan depends on it.",
             "Take the notice to an attorney, CPA or enrolled agent, soon and before the due date.",
             f"Or call the number on your notice, or {self.f('irs_phone_business')}."],
            ["the notice", "payroll returns and deposits", "the business's income and expenses"],
        )  # fmt: skip

    def _open(self) -> tuple[str, list[str], list[str], list[str], list[str]]:
        amount = self.case.amount_owed
        days, short, long = (
            self.f("short_term_max_days"),
            self.f("short_term_limit"),
            self.f("long_term_online_limit_individual"),
        )
        reasons = []
        if amount is None or amount < figure("short_term_limit", self.as_of).number:
            reasons.append(
                f"Short-term plan: you pay within {days} and owe less than {short} in tax, "
                "penalties and interest. No set-up fee."
            )
        if amount is None or rules.long_term_fits(amount, self.as_of):
            reasons.append(
                f"Long-term plan (installment agreement): monthly payments, you owe {long} or less "
                "and all required returns are filed. There is a set-up fee."
            )
        else:
            reasons.append(
                f"For monthly payments you would first pay down to {long}, or use Form 9465 or a "
                "call."
            )
        opening = f"With {self._amount()}, this" if amount is not None else "This"
        return (
            f"{opening} depends on what is still open. Here is what each plan asks for.",
            reasons,
            [],
            [_CHECK,
             "If you can, pay in full by the due date. That costs least.",
             "If a required return is missing, file it first: no plan is approved without it.",
             "Otherwise apply with the IRS Online Payment Agreement tool, or call the number on "
             "your notice."],
            self._papers(),
        )  # fmt: skip

    def _amount(self) -> str:
        return dollars(self.case.amount_owed) if self.case.amount_owed is not None else "the amount"

    def _time(self) -> str:
        if self.case.days_to_pay is None and self.case.months is not None:
            assert self.case.monthly_payment is not None
            return (
                f"about {self.case.months} months at {dollars(self.case.monthly_payment)} a month"
            )
        days = self.case.days or 0
        if days > 730:
            return f"about {days // 365} years"
        if days > 180 and days % 30 == 0:
            return f"about {days // 30} months"
        return f"{days} day{'' if days == 1 else 's'}"

    def _pace(self) -> list[str]:
        """What a month costs: as told, or as the paper form would have it."""
        amount, months = self.case.amount_owed, self.case.months
        assert amount is not None
        if months is not None and self.case.monthly_payment is not None:
            told = (
                f"At {dollars(self.case.monthly_payment)} a month it takes about {months} months, "
                "and longer with the interest and penalties that go on."
            )
            if months > figure("simple_plan_max_term", self.as_of).number:
                told += (
                    " That is too slow: it must be paid before the time to collect runs out, at "
                    f"most about {self.f('simple_plan_max_term')}."
                )
            return [told]
        over = figure("form9465_divisor_months", self.as_of)
        share = (amount / over.number).quantize(Decimal("1"), ROUND_CEILING)
        return [
            f"As a yardstick: the paper form divides by {self.f('form9465_divisor_months')}, about "
            f"{dollars(share)} a month here."
        ]

    def _papers(self) -> list[str]:
        return [
            "your IRS online account (it asks for photo identification)",
            "bank routing and account numbers for direct debit",
            "the balance and the tax years",
        ]

    def _notes(self) -> list[str]:
        due = self.case.due_date
        if due is not None and due < self.as_of:
            return [
                f"The due date you gave, {due:%B} {due.day}, {due.year}, has passed. It is not too "
                "late: pay or arrange a plan now. More penalty and interest may have been added, "
                "so check today's balance first."
            ]
        return []

    def _references(self) -> tuple[Reference, ...]:
        """The sources of the figures used, each once, the most used first."""
        seen: dict[str, Reference] = {key: reference(key) for key in self._cited}
        for used in self._used.values():
            for source in used.references:
                seen.setdefault(source.key, source)
        return tuple(seen.values())
