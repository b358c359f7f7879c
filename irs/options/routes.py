"""Ways that lead elsewhere: the amount is not right, or the case has left the CP503 path."""

from __future__ import annotations

from irs.assessment import AVAILABLE, PHONE_ONLY, Option
from irs.case import Case
from irs.conditions import Condition, judge, known

PHONE = "the number on your notice"


def disagree(case: Case) -> Option:
    """Call with proof (facts ``disagree-first-step``)."""
    condition = known(
        case.s.disagrees, "disagrees",
        "You disagree with the amount: call at once, with the notice, the return and proof. A call "
        "alone does not stop the next notice.",
        "You agree with the amount.",
        "It depends on whether you agree with the amount.",
    )  # fmt: skip
    return judge(
        case, "disagree", "Disagree with the amount", f"{PHONE}, or a letter with copies",
        [condition], sources=("NOTICES-0914", "TAXAUDIT-503"),
    )  # fmt: skip


def already_paid(case: Case) -> Option:
    """A payment that crossed in the mail or was booked wrongly (``payment-crossed-in-mail``)."""
    condition = known(
        case.s.already_paid, "already_paid",
        "You have paid: check your online account, and call with the proof if it is not there. Ask "
        "whether it went to the right year.",
        "You have not paid it yet.",
        "It depends on whether you have paid it already.",
    )  # fmt: skip
    return judge(
        case, "already_paid", "Already paid", f"your online account at irs.gov, or {PHONE}",
        [condition], sources=("NOTICES-0914", "FORST-503"),
    )  # fmt: skip


def identity_theft(case: Case) -> Option:
    """The income or the return is somebody else's (facts ``identity-theft``)."""
    condition = known(
        case.s.identity_theft, "identity_theft",
        "The income or the return is not yours: call, and send Form 14039 with your answer to the "
        "notice.",
        "The return is yours.",
        "It depends on whether the income and the return are yours.",
    )  # fmt: skip
    return judge(
        case, "identity_theft", "Identity theft", f"{PHONE}, and Form 14039", [condition],
        sources=("NOTICES-0914",),
    )  # fmt: skip


def innocent_spouse(case: Case) -> Option:
    """A joint debt that is the other spouse's doing (``innocent-vs-injured-spouse``)."""
    condition = known(
        case.s.spouse_issue, "spouse_issue",
        "The debt comes from your spouse's part of a joint return: Form 8857 asks for relief. A "
        "CP503 alone does not start its two-year clock.",
        "The debt is not about a spouse.",
        "It depends on whether the debt is your spouse's doing on a joint return.",
    )  # fmt: skip
    return judge(
        case, "innocent_spouse", "Innocent spouse relief", "Form 8857, by mail or fax", [condition],
        sources=("TPAB-INNOC", "IRS-8857"),
    )  # fmt: skip


def _either(
    one: bool | None, other: bool | None, facts: tuple[str, str], words: tuple[str, str, str]
) -> Condition:
    """One or the other: known as soon as one of them is true, or both are false."""
    yes, no, unknown = words
    if one or other:
        return Condition(True, yes)
    missing = tuple(f for f, v in zip(facts, (one, other), strict=True) if v is None)
    return Condition(None, unknown, missing) if missing else Condition(False, no)


def hearing_request(case: Case) -> Option:
    """A notice with a hearing right is in hand: 30 days, Form 12153 (facts ``cap-vs-cdp``)."""
    days = case.text("cdp_request_days")
    condition = _either(
        case.s.has_final_levy_notice, case.s.has_lien_notice, ("final_levy_notice", "lien_notice"),
        (f"You have a notice with a right to a hearing. The request, Form 12153, is due within "
         f"{days} of the notice's date. In time, it stops a levy while it is pending.",
         "You have no notice with a right to a hearing (LT11, Letter 1058, CP90, CP297 or a lien "
         "letter). A CP503 does not carry one.",
         "It depends on whether you also have an LT11, Letter 1058, CP90, CP297 or a lien letter."),
    )  # fmt: skip
    return judge(
        case, "hearing_request", "Hearing (Collection Due Process)",
        "Form 12153, to the address on that notice",
        [Condition(condition.holds, condition.says, condition.facts, ("cdp_request_days",))],
        AVAILABLE, sources=("IRS-CDP", "IRM-5.19.8"),
    )  # fmt: skip


def levy_release(case: Case) -> Option:
    """A levy is in place (facts ``levy-order``)."""
    condition = known(
        case.s.has_levy, "levy_in_place",
        f"A levy is in place. Call today: one that causes economic hardship must be released, and a "
        f"bank holds the money for {case.text('bank_levy_hold_days')} first.",
        "There is no levy.",
        "It depends on whether a levy is in place.",
    )  # fmt: skip
    return judge(
        case, "levy_release", "Release of a levy", "the number on the levy", [condition], PHONE_ONLY,
        sources=("LEVY-SUM", "GETIRS-LEVY"),
    )  # fmt: skip


def revenue_officer(case: Case) -> Option:
    """Field collection: programs by phone and online stop applying (``revenue-officer``)."""
    condition = known(
        case.s.revenue_officer, "revenue_officer",
        "A revenue officer has the case. Plans are then made with that officer, on Form 433-A or "
        "433-B.",
        "No revenue officer has the case.",
        "It depends on whether a revenue officer has the case.",
    )  # fmt: skip
    return judge(
        case, "revenue_officer", "A revenue officer has the case",
        "the revenue officer, best through a professional", [condition], PHONE_ONLY,
        sources=("TAS-SORT", "TAXCURE-NSIA"),
    )  # fmt: skip


def bankruptcy_or_offer(case: Case) -> Option:
    """Out of the normal path (facts ``plans-common-conditions``)."""
    condition = _either(
        case.s.bankruptcy, case.s.offer_pending, ("bankruptcy", "offer_pending"),
        ("A bankruptcy, or an offer in compromise, takes the case out of the normal path. Ask the "
         "attorney or the IRS before any plan.",
         "There is no bankruptcy and no offer in compromise.",
         "It depends on whether a bankruptcy or an offer in compromise is under way."),
    )  # fmt: skip
    return judge(
        case, "bankruptcy_or_offer", "Bankruptcy, or an offer in compromise under way",
        case.text("irs_phone_individual"), [condition], PHONE_ONLY,
        sources=("JUPID-9465", "KENT-CSED"),
    )  # fmt: skip
