"""Everything the rules say about a situation on a day, put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from irs import headline, steps, ways
from irs.assessment import NEEDS_FACTS, Assessment, OpenFact, Option, Way
from irs.case import Case
from irs.deadlines import deadlines
from irs.figures import FigureError, Reference, Unpublished, dollars, lookup
from irs.interest import rate_words
from irs.interest import references as rate_references
from irs.options import judge_all
from irs.situation import Situation
from irs.wording import TITLES, say

# Facts that change only what a plan costs, in the order of how much; see _cost_facts.
FIRST_DAY_FIGURE = "simple_plan_limit_individual"
_ASSUMED = {"taxpayer": "a personal account", "current_year_paid": "this year's tax paid on time"}
_ASSUMED_NO = {
    "existing_plan": "other plan with the IRS",
    "bankruptcy": "bankruptcy",
    "offer_pending": "offer in compromise",
    "final_levy_notice": "final levy notice",
    "lien_notice": "lien letter",
    "levy_in_place": "levy",
    "revenue_officer": "revenue officer",
}


def assess(situation: Situation, as_of: date) -> Assessment:
    """The assessment of a situation as it stands on a day.

    Unknown facts stay unknown: call :meth:`irs.situation.Situation.with_usual_answers` first to set
    what is rare to its usual answer. Raises FigureError for a day before the rules held here began.
    """
    first = lookup(FIRST_DAY_FIGURE, as_of)
    if isinstance(first, Unpublished):
        raise FigureError(
            f"The rules held here begin on {first.known_from}; {as_of.isoformat()} is before that."
        )
    case = Case(situation, as_of)
    plan = headline.plan(case)
    said = say(case, plan)
    options = judge_all(case)
    found = ways.ways(case, plan)
    return Assessment(
        as_of=as_of,
        plan=plan,
        title=TITLES[plan],
        summary=said.summary,
        reasons=said.reasons,
        why_not=said.why_not,
        options=options,
        ways=found,
        cheapest=ways.cheapest(found, options),
        easiest=ways.easiest(found, options),
        waiting=ways.waiting(case),
        saving=ways.saving(case),
        steps=steps.steps(case, plan),
        papers=steps.papers(case, plan),
        referrals=steps.referrals(case),
        deadlines=deadlines(situation, as_of),
        open_facts=_open_facts(case, options, found),
        assumptions=_assumptions(situation),
        estimates=_estimates(case, found),
        notes=_notes(case),
        references=_references(said.references, options, found, as_of),
    )


def _open_facts(
    case: Case, options: tuple[Option, ...], found: tuple[Way, ...]
) -> tuple[OpenFact, ...]:
    """What is worth asking: first what changes the headline, then options, then only figures."""
    decided: dict[str, list[str]] = {}
    for option in options:
        for fact in option.missing if option.verdict == NEEDS_FACTS else ():
            decided.setdefault(fact, []).append(option.id)
    first = _asked_first(headline.open_facts(case))
    rest = sorted((f for f in decided if f not in first), key=lambda f: -len(decided[f]))
    cost = [f for f in _cost_facts(case, found) if f not in first and f not in decided]
    return tuple(
        OpenFact(fact, decides, tuple(decided.get(fact, ())))
        for facts, decides in ((first, "plan"), (rest, "option"), (cost, "cost"))
        for fact in facts
    )


def _asked_first(facts: Iterable[str]) -> list[str]:
    """The facts of the headline, the one that opens or closes most first.

    The amount decides every limit and every figure, the time the kind of plan; a person can answer
    both from the notice. Then the rest in the order the rules read them.
    """
    order = ("amount_owed", "days_to_pay", "returns_filed", "taxpayer", "payroll_tax")
    return sorted(facts, key=lambda f: order.index(f) if f in order else len(order))


def _cost_facts(case: Case, found: tuple[Way, ...]) -> list[str]:
    """Unknown facts that change only what a way to pay costs."""
    s = case.s
    agreement = any(way.every == "month" for way in found)
    asked: list[tuple[str, bool]] = [
        ("due_date", bool(found)),
        ("direct_debit", agreement),
        ("filed_on_time", agreement and s.taxpayer == "individual"),
        ("agi", agreement),
        ("family_size", agreement),
        ("tax", bool(found)),
        ("tax_year", bool(found)),
        ("assessed_on", agreement),
    ]
    return [fact for fact, matters in asked if matters and getattr(s, fact) is None]


def assumed_words(situation: Situation) -> str:
    """What was taken as usual, listed; "" where nothing was."""
    said = [words for fact, words in _ASSUMED.items() if fact in situation.assumed]
    none = [words for fact, words in _ASSUMED_NO.items() if fact in situation.assumed]
    if none:
        said.append("no " + (f"{', '.join(none[:-1])} or {none[-1]}" if none[1:] else none[0]))
    return f"{', '.join(said[:-1])} and {said[-1]}" if said[1:] else "".join(said)


def _assumptions(situation: Situation) -> tuple[str, ...]:
    """What was taken as usual, in one sentence."""
    listed = assumed_words(situation)
    return (f"I assumed {listed}. Tell me if that is not so.",) if listed else ()


def _estimates(case: Case, found: tuple[Way, ...]) -> tuple[str, ...]:
    """What the figures rest on, in sentences."""
    if case.too_old:
        return ("The due date is too long ago for the interest rates held here, so no costs.",)
    if not found or case.account is None:
        return ()
    said = ["All amounts are estimates; the IRS computes the real ones."]
    days = [d for way in found if (d := way.schedule.assumed_rate_from) is not None]
    if days:
        said.append(rate_words(min(days)))
    since = case.account.total - (case.s.amount_owed or case.account.total)
    if since:
        said.append(f"Since the due date about {dollars(since)} has been added, by my count.")
    said += case.account.assumptions
    if case.s.due_date is None:
        said.append("I counted from today, because the due date is not known.")
    if any(way.every == "month" for way in found):
        if case.s.filed_on_time is None:
            said.append(
                "I counted the full late-payment penalty. It is half as much during the plan if "
                "that year's return was filed on time."
            )
        if any(way.id == "lowest" for way in found):
            said.append(case.statute_words)
    said.append(
        "Payments count toward tax, then penalty, then interest. Each charge is rounded to the cent "
        "once, and penalty added on the way bears no interest."
    )
    return tuple(said)


def _notes(case: Case) -> tuple[str, ...]:
    due = case.s.due_date
    if due is not None and due < case.as_of:
        return (
            f"The due date you gave, {due:%B} {due.day}, {due.year}, has passed. It is not too "
            "late: pay or arrange a plan now. More penalty and interest may have been added, so "
            "check today's balance first.",
        )
    return ()


def _references(
    first: tuple[Reference, ...], options: tuple[Option, ...], found: tuple[Way, ...], as_of: date
) -> tuple[Reference, ...]:
    """The sources, each once: of the headline, of the figures, then of the options that are open."""
    sources = [*first]
    if found:
        sources += rate_references(as_of)
    for option in options:
        if option.open:
            sources += option.references
    return tuple({source.key: source for source in sources}.values())
