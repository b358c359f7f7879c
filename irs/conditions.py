"""What options ask for: one condition a rule, true, false or not known, with its sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from irs.assessment import AVAILABLE, NEEDS_FACTS, NOT_AVAILABLE, Option
from irs.case import Case
from irs.figures import Reference, Unpublished, dollars, lookup, reference, whole_dollars_up


@dataclass(frozen=True)
class Condition:
    """``holds``: ``None`` while one of ``facts`` is unknown. ``says``: why, for a reader.

    ``figures``: names of the figures the rule rests on.
    """

    holds: bool | None
    says: str
    facts: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


def known(value: bool | None, fact: str, yes: str, no: str, unknown: str) -> Condition:
    """A condition that is a fact by itself."""
    return Condition(value, {True: yes, False: no, None: unknown}[value], (fact,))


def judge(
    case: Case,
    id: str,
    name: str,
    where: str,
    conditions: Sequence[Condition],
    verdict: str = AVAILABLE,
    sources: Sequence[str] = (),
) -> Option:
    """The option: closed by one false condition, open when all hold, else waiting for facts.

    ``verdict``: what it is when all hold. ``sources``: keys of references beside the figures'.
    """
    failing = [c for c in conditions if c.holds is False]
    waiting = [c for c in conditions if c.holds is None]
    if failing:
        verdict, said = NOT_AVAILABLE, failing
    elif waiting:
        verdict, said = NEEDS_FACTS, waiting
    else:
        said = list(conditions)
    missing = dict.fromkeys(fact for c in waiting for fact in c.facts if not failing)
    return Option(
        id, name, verdict, tuple(dict.fromkeys(c.says for c in said if c.says)), tuple(missing),
        where, _references(case, conditions, sources),
    )  # fmt: skip


def _references(
    case: Case, conditions: Sequence[Condition], sources: Sequence[str]
) -> tuple[Reference, ...]:
    found = {key: reference(key) for key in sources}
    for condition in conditions:
        for name in condition.figures:
            used = lookup(name, case.as_of)
            # A rule can be younger than the figures it is explained by.
            for source in () if isinstance(used, Unpublished) else used.references:
                found.setdefault(source.key, source)
    return tuple(found.values())


# What every plan asks for (facts ``plans-common-conditions``).


def returns_filed(case: Case) -> Condition:
    """All required returns are in."""
    return known(
        case.s.returns_filed, "returns_filed",
        "All required returns are filed.",
        "A required return is missing; no plan is approved before it is filed.",
        "It depends on whether all required returns are filed.",
    )  # fmt: skip


def not_bankrupt(case: Case) -> Condition:
    """No bankruptcy case is open."""
    value = case.s.bankruptcy
    return known(
        None if value is None else not value, "bankruptcy",
        "",
        f"In a bankruptcy the case goes another way: call {case.text('irs_phone_individual')}, and "
        "talk to the bankruptcy attorney first.",
        "It depends on whether a bankruptcy case is open.",
    )  # fmt: skip


def no_offer(case: Case) -> Condition:
    """No offer in compromise is pending or accepted."""
    value = case.s.offer_pending
    return known(
        None if value is None else not value, "offer_pending",
        "",
        "With an offer in compromise pending or accepted, the case goes by phone: "
        f"{case.text('irs_phone_individual')}.",
        "It depends on whether an offer in compromise is pending or accepted.",
    )  # fmt: skip


def current_year(case: Case) -> Condition:
    """This year's withholding, estimated tax or deposits are on track."""
    return known(
        case.s.current_year_paid, "current_year_paid",
        "",
        "This year's tax is not being paid on time. The IRS wants withholding, estimated tax or "
        "deposits on track first.",
        "It depends on whether this year's withholding, estimated tax or deposits are on track.",
    )  # fmt: skip


def common(case: Case) -> list[Condition]:
    """All four."""
    return [returns_filed(case), not_bankrupt(case), no_offer(case), current_year(case)]


def individual(case: Case) -> Condition:
    """A personal account; sole proprietors and contractors count as one."""
    value = case.s.taxpayer
    return known(
        None if value is None else value == "individual", "taxpayer",
        "",
        "This is for personal accounts; a business asks by phone.",
        "It depends on whether this is a personal or a business account.",
    )  # fmt: skip


def no_other_plan(case: Case) -> Condition:
    """There is no agreement yet: one agreement covers all balances (``existing-plan-rules``)."""
    value = case.s.existing_plan
    return known(
        None if value is None else value == "none", "existing_plan",
        "",
        "One agreement covers all balances, so the plan you have is changed or reinstated instead.",
        "It depends on whether you already have a plan with the IRS.",
    )  # fmt: skip


def plan_conditions(case: Case) -> list[Condition]:
    """What every plan of a person asks for."""
    return [*common(case), individual(case), no_other_plan(case)]


def at_most(case: Case, limit_name: str, value: Decimal | None, fact: str, what: str) -> Condition:
    """An amount up to and including a limit."""
    limit = case.text(limit_name)
    if value is None:
        return Condition(
            None, f"It depends on the amount: the limit is {limit} or less{what}.", (fact,),
            (limit_name,),
        )  # fmt: skip
    if value <= case.number(limit_name):
        says = f"{dollars(value)} is within the limit of {limit}{what}."
    else:
        says = f"{dollars(value)} is over the limit of {limit}{what}."
    return Condition(value <= case.number(limit_name), says, (fact,), (limit_name,))


def pace(case: Case) -> Condition:
    """What was told of the pace clears the balance before the time to collect ends."""
    fits, figures = case.pace_fits, ("simple_plan_max_term", "csed_years")
    if fits is None:
        return Condition(None, "It depends on the amount.", ("amount_owed",), figures)
    if fits:
        return Condition(True, "", (), figures)
    says = "At that pace it would not be paid before the IRS's time to collect ends."
    if case.smallest_after_part is not None:
        payment = whole_dollars_up(case.smallest_after_part)
        says += f" It would take about {payment} a month or more."
    return Condition(False, says, (), figures)
