"""Every option of someone with a balance due, each judged on its own."""

from __future__ import annotations

from collections.abc import Callable

from irs.assessment import Option
from irs.case import Case
from irs.options import agreements, business, hardship, paying, relief, routes

RULES: tuple[Callable[[Case], Option], ...] = (
    paying.pay_in_full,
    paying.pay_part_then_plan,
    paying.short_term,
    agreements.simple_plan,
    agreements.guaranteed,
    agreements.form_9465,
    paying.pay_down_first,
    agreements.non_streamlined,
    agreements.partial_payment,
    hardship.not_collectible,
    hardship.offer_in_compromise,
    relief.automatic_exemption,
    relief.first_time_abate,
    relief.reasonable_cause,
    business.business_plan,
    agreements.revise_plan,
    agreements.reinstate_plan,
    routes.disagree,
    routes.already_paid,
    routes.identity_theft,
    routes.innocent_spouse,
    routes.hearing_request,
    routes.levy_release,
    routes.revenue_officer,
    routes.bankruptcy_or_offer,
)


def judge_all(case: Case) -> tuple[Option, ...]:
    """All options, in a fixed order."""
    return tuple(rule(case) for rule in RULES)
