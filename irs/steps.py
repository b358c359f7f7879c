"""What to do next: who does what, where, by when, with what in hand, and how long it takes.

The number and the date on the person's own notice come first everywhere.
"""

from __future__ import annotations

from datetime import date, timedelta

from irs.assessment import Referral, Step
from irs.case import Case
from irs.figures import dollars
from irs.money import CENT
from irs.options.paying import ONLINE, PAY

YOU = "you"
NOTICE_NUMBER = "the number on your notice"
THE_NOTICE = "the notice"
INCOME_AND_COSTS = "your income and monthly costs"
PAPERS = (
    "all pages of the notice, with its payment stub",
    "the tax return for the year on the notice",
    "proof of payments you made (bank records, checks, confirmations)",
)
ONLINE_PAPERS = (
    "your IRS online account (signing up asks for photo identification)",
    "bank routing and account numbers for direct debit",
)
FINANCIAL_PAPERS = (
    "proof of income: pay stubs, benefit letters",
    "monthly costs: rent, food, health, transport",
    "what you own and owe: accounts, home, vehicles, loans",
)
RETURN_PAPERS = ("income papers for the missing years (your online account shows wage records)",)


def steps(case: Case, plan: str | None) -> tuple[Step, ...]:
    """The steps of a headline, in order; what cannot wait comes first."""
    if plan in ("hearing_right", "revenue_officer"):
        return (*_STEPS[plan](case), *_dispute(case))
    return (*_dispute(case), _read_notice(case), *_STEPS[plan](case))


def _due(case: Case) -> tuple[date | None, str]:
    """By when: the printed date, or that it is printed."""
    due = case.s.due_date
    if due is None:
        return None, "by the due date printed on your notice"
    said = f"{due:%B} {due.day}, {due.year}"
    if due < case.as_of:
        return None, f"now: the due date, {said}, has passed, and it is not too late"
    return due, f"by {said}, the due date on your notice"


def _step(
    case: Case,
    what: str,
    where: str,
    takes: str,
    have_ready: tuple[str, ...] = (THE_NOTICE,),
    by: tuple[date | None, str] | None = None,
    who: str = YOU,
) -> Step:
    on, words = by or _due(case)
    return Step(who, what, where, on, words, have_ready, takes)


def _dispute(case: Case) -> list[Step]:
    """The call about an amount that is not right; none where nothing is disputed."""
    if case.s.identity_theft:
        what = "Call: the income or the return is not yours. Form 14039 reports it."
    elif case.s.already_paid:
        what = "Call about the payment you made, before you pay again."
    elif case.s.disagrees:
        what = "Call about the amount you disagree with."
    else:
        return []
    papers = (THE_NOTICE, *PAPERS[1:])
    return [_step(case, what, NOTICE_NUMBER, "one call, with waiting", papers)]


def _read_notice(case: Case) -> Step:
    return _step(
        case, "Read your notice: confirm its due date, and that the balance matches your records.",
        "your notice and your online account at irs.gov", "a quarter of an hour",
    )  # fmt: skip


def _pay_now(case: Case) -> Step:
    return _step(
        case, "Pay what you can now: penalties and interest go on until all is paid.", PAY,
        "minutes; keep the confirmation",
    )  # fmt: skip


def _apply_online(case: Case) -> Step:
    what = "Apply with the IRS Online Payment Agreement tool; it answers at once."
    return _step(case, what, f"{ONLINE}, or {NOTICE_NUMBER}", "about half an hour", ONLINE_PAPERS)


def _professional(case: Case, what: str, by: tuple[date | None, str] | None = None) -> Step:
    where = "an attorney, CPA or enrolled agent"
    return _step(case, what, where, "one meeting to begin", by=by)


def _today(case: Case) -> tuple[date, str]:
    return case.as_of, "today"


def _hearing_day(case: Case) -> tuple[date | None, str]:
    """The next last day to ask for a hearing that has not passed, by the dates that were told."""
    wait = timedelta(days=int(case.number("cdp_request_days")))
    sent = (case.s.hearing_notice_date, case.s.lien_notice_date)
    left = [day + wait for day in sent if day is not None and day + wait >= case.as_of]
    if left:
        last = min(left)
        said = f"{last:%B} {last.day}, {last.year}"
        return last, f"by {said}, or the day printed on that notice"
    return None, "by the day printed on that notice; if it has passed, ask today all the same"


def _pay_in_full(case: Case) -> list[Step]:
    return [
        _step(case, "Pay the whole amount.", PAY, "minutes; keep the confirmation"),
        _step(
            case, "Check that the payment was posted.", "your online account at irs.gov",
            "a few days online, some weeks for a mailed check", (), (None, "afterwards"),
        ),
    ]  # fmt: skip


def _short_term(case: Case) -> list[Step]:
    return [_apply_online(case), _pay_now(case)]


def _long_term(case: Case) -> list[Step]:
    apply = _apply_online(case)
    mail = (
        f"Without the tool, mail Form 9465 (answered usually within "
        f"{case.text('plan_paper_answer_days')}) or call."
    )
    return [
        apply,
        _step(case, mail, f"the form's own address, or {NOTICE_NUMBER}", "about an hour"),
        _step(
            case, "Choose direct debit if you can, and a payment you can keep up.", ONLINE, "",
            ONLINE_PAPERS[1:], (None, "when you apply"),
        ),
        _pay_now(case),
    ]  # fmt: skip


def _partial_payment(case: Case) -> list[Step]:
    return [
        _step(
            case, "See whether you can reach the higher payment; then apply online.", ONLINE,
            "about half an hour", (INCOME_AND_COSTS,),
        ),
        _step(
            case, "If you can't, call and ask for a partial-payment agreement with Form 433-F.",
            NOTICE_NUMBER, "one call, then weeks for the review", FINANCIAL_PAPERS,
        ),
        _pay_now(case),
    ]  # fmt: skip


def _form_9465_or_call(case: Case) -> list[Step]:
    owed, assessed = case.s.amount_owed, case.s.assessed
    assert owed is not None and assessed is not None
    days = case.number("short_term_max_days")
    if case.s.days is not None and case.s.days <= days:
        gap = owed - case.number("short_term_limit") + CENT
        what = f"Pay down {dollars(gap)} or more first, if you can. Then ask for a short-term plan."
    else:
        gap = assessed - case.number("long_term_online_limit_individual")
        what = f"Pay down {dollars(gap)} first, if you can. Then apply for the monthly plan online."
    return [
        _step(case, what, PAY, "minutes; keep the confirmation"),
        _step(
            case, "If you can't, mail Form 9465 with Form 433-F, or call.",
            f"the form's own address, or {NOTICE_NUMBER}",
            f"an answer usually within {case.text('plan_paper_answer_days')}", FINANCIAL_PAPERS,
        ),
        _professional(
            case, "Talk to a tax professional before you send the figures: at this amount it pays "
            "off.",
        ),
    ]  # fmt: skip


def _file_returns_first(case: Case) -> list[Step]:
    if case.s.days == 0:
        first = "Pay this notice by its due date anyway: that does not wait for the returns."
    else:
        first = "Pay what you can on this notice now; it lowers what is added."
    return [
        _step(case, first, PAY, "minutes; keep the confirmation"),
        _step(
            case, "File the missing returns, even if you can't pay what they show.",
            "electronically where the year allows, else by mail", "days to weeks", RETURN_PAPERS,
            (None, "as soon as you can"),
        ),
        _step(
            case, "Then ask for the payment plan. If time is short, call and say which returns are "
            "coming.", NOTICE_NUMBER, "one call",
        ),
    ]  # fmt: skip


def _professional_first(case: Case) -> list[Step]:
    return [
        _step(
            case, "Make this period's payroll deposits on time; a plan depends on it.", "EFTPS",
            "minutes", ("payroll records",), (None, "on each deposit date"), "the business",
        ),
        _professional(case, "Take the notice to a professional, soon and before the due date."),
        _step(
            case, "Or call about a plan yourself.",
            f"{NOTICE_NUMBER}, or {case.text('irs_phone_business')}", "one call, with waiting",
            ("the notice", "payroll returns and deposits", "the business's income and expenses"),
            None, "the business",
        ),
    ]  # fmt: skip


def _business_call(case: Case) -> list[Step]:
    return [
        _step(
            case, "Call and ask for a Simple Payment Plan for the business.",
            f"{NOTICE_NUMBER}, or {case.text('irs_phone_business')}", "one call, with waiting",
            ("the notice", "the business's tax number, to hand but never in this chat",
             "its income and expenses"), None, "the business",
        ),
        _professional(
            case, "Talk to a tax professional first if the balance is higher or more years are open.",
        ),
    ]  # fmt: skip


def _existing_plan(case: Case) -> list[Step]:
    what = (
        "Ask to reinstate the plan; if a CP523 came, do it before the date in it."
        if case.s.existing_plan == "defaulted"
        else "Ask to add this balance to your plan, with a payment you can keep up."
    )
    return [
        _step(case, what, f"{ONLINE}, or {NOTICE_NUMBER}", "about half an hour", ONLINE_PAPERS),
        _step(case, "Keep paying the plan as it is until you hear.", PAY, "", (),
              (None, "each month")),
    ]  # fmt: skip


def _hardship(case: Case) -> list[Step]:
    return [
        _step(
            case, "Call, say that you can't pay without going short of basics, and ask to be "
            "reported currently not collectible.", NOTICE_NUMBER, "one call, then proof by mail or "
            "fax", FINANCIAL_PAPERS,
        ),
        _step(
            case, "Get free help if your income is low: a Low Income Taxpayer Clinic, or the "
            "Taxpayer Advocate.", f"the Taxpayer Advocate Service, {case.text('tas_phone')}",
            "one call", (THE_NOTICE,),
        ),
        _step(
            case, "File every return and keep this year's tax paid, also while nothing is collected.",
            "irs.gov", "", (), (None, "all along"),
        ),
    ]  # fmt: skip


def _hearing_right(case: Case) -> list[Step]:
    if case.s.has_levy:
        return [
            _step(
                case, "Call today and ask for a release if the levy takes what you live on.",
                "the number on the levy", "one call, with waiting", FINANCIAL_PAPERS, _today(case),
            ),
            _professional(
                case, "Take the levy to a professional or to the Taxpayer Advocate "
                f"({case.text('tas_phone')}).", _today(case),
            ),
        ]  # fmt: skip
    return [
        _step(
            case, f"Send Form 12153 within {case.text('cdp_request_days')} of that notice's date.",
            "the address on that notice; keep proof of mailing", "an hour", ("that notice",),
            _hearing_day(case),
        ),
        _professional(case, "Show both notices to a professional.", _today(case)),
        _step(case, "Answer the CP503 as well: pay, arrange, or call.", NOTICE_NUMBER, "one call"),
    ]  # fmt: skip


def _revenue_officer(case: Case) -> list[Step]:
    return [
        _professional(case, "Have a professional speak with the revenue officer for you "
                      "(Form 2848)."),
        _step(case, "Answer by the date the officer gave you.", "the revenue officer",
              "", FINANCIAL_PAPERS, (None, "by the officer's date")),
    ]  # fmt: skip


def _phone_path(case: Case) -> list[Step]:
    who = "your bankruptcy attorney" if case.s.bankruptcy else "whoever filed the offer for you"
    return [
        _step(case, f"Show the notice to {who} first.", "their office", "one call",
              (THE_NOTICE,)),
        _step(
            case, "Then call the IRS and ask how this notice fits into the case.",
            f"{NOTICE_NUMBER}, or {case.text('irs_phone_individual')}", "one call, with waiting",
            (THE_NOTICE, "the case or offer number"),
        ),
    ]  # fmt: skip


def _open(case: Case) -> list[Step]:
    return [
        _step(case, "If you can, pay in full by the due date. That costs least.", PAY, "minutes"),
        _step(
            case, "If a required return is missing, file it first: no plan is approved without it.",
            "electronically where the year allows, else by mail", "days to weeks", RETURN_PAPERS,
            (None, "as soon as you can"),
        ),
        _step(
            case, "Otherwise apply with the IRS Online Payment Agreement tool, or call.",
            f"{ONLINE}, or {NOTICE_NUMBER}", "about half an hour", ONLINE_PAPERS,
        ),
    ]  # fmt: skip


_STEPS = {
    "hearing_right": _hearing_right,
    "revenue_officer": _revenue_officer,
    "phone_path": _phone_path,
    "file_returns_first": _file_returns_first,
    "professional": _professional_first,
    "existing_plan": _existing_plan,
    "pay_in_full": _pay_in_full,
    "business_call": _business_call,
    "hardship": _hardship,
    "short_term": _short_term,
    "long_term": _long_term,
    "partial_payment": _partial_payment,
    "form_9465_or_call": _form_9465_or_call,
    None: _open,
}
_NEEDS_FINANCIALS = ("partial_payment", "form_9465_or_call", "hardship", "revenue_officer")


def papers(case: Case, plan: str | None) -> tuple[str, ...]:
    """What to gather, each once."""
    found = [*PAPERS]
    if plan in ("short_term", "long_term", "existing_plan", "partial_payment", None):
        found += ONLINE_PAPERS
    if plan in _NEEDS_FINANCIALS:
        found += FINANCIAL_PAPERS
    if plan == "file_returns_first":
        found += RETURN_PAPERS
    if case.s.taxpayer == "business":
        found.append("the business's income and expenses")
    return tuple(found)


def referrals(case: Case) -> tuple[Referral, ...]:
    """When to get a professional or a clinic, and why (facts ``when-to-refer``)."""
    s = case.s
    limit = case.number("simple_plan_limit_individual")
    said: list[tuple[bool | None, str, bool]] = [
        (s.has_final_levy_notice, "A final notice of intent to levy gives you "
         f"{case.text('cdp_request_days')} to ask for a hearing.", True),
        (s.has_lien_notice, "A lien letter gives you a right to a hearing that runs out.", True),
        (s.has_levy, "A levy is in place.", True),
        (s.revenue_officer, "A revenue officer has the case.", False),
        (s.bankruptcy, "A bankruptcy changes what the IRS may do and what you should.", False),
        (s.assessed is not None and s.assessed > limit,
         f"The balance is over {case.text('simple_plan_limit_individual')}.", False),
        (s.returns_filed is False, "A required return is not filed.", False),
        (s.payroll_tax, "Payroll tax can become the owner's own debt.", False),
        (s.disagrees, "You dispute the tax.", False),
        (s.identity_theft, "Somebody may have used your identity.", False),
        (s.spouse_issue, "The debt is about your spouse's part of a joint return.", False),
        (s.existing_plan == "defaulted", "An earlier plan has defaulted.", False),
        (s.offer_pending, "An offer in compromise is under way.", False),
        (s.hardship, "Paying would leave you without basics; clinics help for free or a small fee.",
         False),
        (s.assessed_on is not None and case.payments_left < 12,
         "The time to collect is close to its end.", False),
    ]  # fmt: skip
    return tuple(Referral(reason, same_day) for true, reason, same_day in said if true)
