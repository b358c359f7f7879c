"""Relief from penalties; tax and interest stay (facts, section 6, in that order)."""

from __future__ import annotations

from irs.assessment import Option
from irs.case import Case
from irs.conditions import Condition, judge, known
from irs.figures import Unpublished, lookup

CALL = "the number on your notice; else Form 843 or a letter"


def _clean(case: Case) -> Condition:
    years = case.text("fta_lookback_years")
    condition = known(
        case.s.clean_three_years, "clean_three_years",
        f"The {years} before were filed on time, without a penalty.",
        f"It asks for {years} before it that were filed on time, without a penalty.",
        f"It depends on whether the {years} before were filed on time, without a penalty.",
    )  # fmt: skip
    return Condition(condition.holds, condition.says, condition.facts, ("fta_lookback_years",))


def _some_penalty(case: Case) -> list[Condition]:
    """Relief needs a penalty; one that is not told may well be there."""
    if case.s.penalty == 0:
        return [Condition(False, "There is no penalty in your balance.")]
    return []


def automatic_exemption(case: Case) -> Option:
    """The IRS applies it by itself since summer 2026 (facts ``aep-new-2026``)."""
    name = "aep_first_tax_year"
    first = lookup(name, case.as_of)
    figures: tuple[str, ...] = (name,)
    if isinstance(first, Unpublished):
        year = Condition(False, "This relief did not exist on that date.")
    elif case.s.tax_year is None:
        says = f"It depends on the tax year: it begins with returns for {first.text}."
        year = Condition(None, says, ("tax_year",), figures)
    else:
        new = case.s.tax_year >= first.number
        says = (
            "The IRS applies this by itself and sends a letter. If a penalty is in your balance "
            "all the same, call."
            if new
            else f"It begins with returns for {first.text}."
        )
        year = Condition(new, says, (), figures)
    return judge(
        case, "automatic_exemption", "Automatic Exemption from Penalty", "the number on your notice",
        [year, _clean(case)], sources=("JUPID-843", "AEP-NEWS"),
    )  # fmt: skip


def first_time_abate(case: Case) -> Option:
    """Late filing, payment or deposit penalties of one period (facts ``fta``)."""
    year = known(
        None if case.s.tax_year is None else True, "tax_year",
        "", "", "It depends on the tax year.",
    )  # fmt: skip
    return judge(
        case, "first_time_abate", "First Time Abate", CALL,
        [*_some_penalty(case), year, _clean(case)], sources=("JUPID-843",),
    )  # fmt: skip


def reasonable_cause(case: Case) -> Option:
    """Ordinary care, and an event such as illness or disaster (facts ``reasonable-cause``)."""
    cause = known(
        case.s.reasonable_cause, "reasonable_cause",
        "Something like a fire, a disaster, a death or a serious illness kept you from paying. "
        "Send proof.",
        "It asks for an event such as a fire, a disaster, a death or a serious illness. Lack of "
        "money alone is generally not enough.",
        "It depends on whether something like a disaster, a death or a serious illness kept you "
        "from filing or paying.",
    )  # fmt: skip
    return judge(
        case, "reasonable_cause", "Penalty relief for reasonable cause", CALL,
        [*_some_penalty(case), cause], sources=("JUPID-843",),
    )  # fmt: skip
