"""The days that matter for a case, from the facts known of it, each with its source.

A day is only as good as what it rests on, and ``basis`` says what that is. What a notice prints
always wins, and where the IRS promises no day there is a range or none. Rules: facts sections 1, 3,
4 and 8 (``notice-intervals``, ``cp14``, ``cp504``, ``cap-timing``, ``cap-vs-cdp``, ``levy-order``,
``failure-to-pay-1``, ``low-income-fee-relief``, ``csed``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from irs.fees import low_income
from irs.figures import Figure, Reference, figure, reference
from irs.penalty import USUAL_DUE_DAY, month_starts
from irs.situation import Situation
from irs.statute import collection_statute
from irs.workdays import add_business_days, add_years

PRINTED, LAW, USUAL, ASSUMED = "printed", "law", "usual", "assumed"
BASES = (PRINTED, LAW, USUAL, ASSUMED)
DAY = timedelta(days=1)
USUAL_DUE_MONTH = 4
_FINAL = "LT11, Letter 1058, CP90 or CP297"


@dataclass(frozen=True)
class Deadline:
    """One day, or range of days, that matters.

    ``on``: the last day to act. ``earliest`` and ``latest``: a range where no single day is set
    (``earliest`` alone: not before). All three ``None``: undated, and ``words`` says where the day
    is found. ``basis``: "printed" (on the notice), "law" (a statute, a regulation or a published
    IRS procedure), "usual" (how it mostly goes; the IRS promises nothing) or "assumed" (stands in
    for a printed day that is not known). ``passed``: the last day lies before the day asked for.
    """

    id: str
    what: str
    on: date | None
    earliest: date | None
    latest: date | None
    basis: str
    passed: bool
    words: str
    references: tuple[Reference, ...]


def deadlines(situation: Situation, as_of: date) -> tuple[Deadline, ...]:
    """Every deadline that the known facts give, by date; undated ones last.

    A range sorts by its first day. An unknown fact is never taken for a yes: what needs it is left
    out, or undated. FigureError where a figure has no value on ``as_of``.
    """
    return tuple(sorted(_Deadlines(situation, as_of).all(), key=_first_day))


def _first_day(found: Deadline) -> date:
    return found.on or found.earliest or date.max


class _Deadlines:
    """The deadlines of one situation on one day."""

    def __init__(self, situation: Situation, as_of: date) -> None:
        self.case = situation
        self.as_of = as_of

    def all(self) -> Iterator[Deadline]:
        yield self._pay_by()
        yield from self._next_notice()
        yield from self._final_notice()
        yield from self._after_cp504()
        yield from self._first_bill()
        yield from self._appeals_program()
        yield from self._hearing()
        yield from self._lien_hearing()
        yield from self._bank_levy()
        yield self._statute()
        yield from self._low_income_fee()

    def _pay_by(self) -> Deadline:
        what = "Pay or arrange a plan"
        now = "It is not too late to pay or arrange a plan: check today's balance and do it now."
        page = [reference("NOTICES-0914")]
        due, sent = self.case.due_date, self.case.notice_date
        if due is not None:
            words = f"Pay in full or arrange a plan by {self._by(due)}, the day on your notice."
            if self.as_of > due:
                words = f"The due date printed on your notice, {_say(due)}, has passed. {now}"
            return self._item("pay_by", what, PRINTED, words, page, on=due)
        if sent is not None:
            wait = self._figure("cp503_default_response_days")
            on = sent + _days(wait)
            words = (
                "The due date printed on your notice counts, so look for it first. If you cannot "
                f"read it, pay or arrange a plan by {self._by(on)}, {wait.text} after the notice."
            )
            if self.as_of > on:
                words = (
                    "The due date printed on your notice counts; by the usual "
                    f"{wait.text} it was {_say(on)}, which has passed. {now}"
                )
            return self._item("pay_by", what, ASSUMED, words, [wait, *page], on=on)
        words = (
            "Your notice has a due date printed on it. Read it, and pay in full or arrange a plan "
            "by that day."
        )
        return self._item("pay_by", what, PRINTED, words, page)

    def _next_notice(self) -> Iterator[Deadline]:
        case = self.case
        if case.levy_notice_date or case.has_final_levy_notice or case.has_levy:
            return  # the next reminder has come already
        low, high = (
            self._figure("notice_interval_weeks"),
            self._figure("notice_interval_weeks_high"),
        )
        earliest = latest = None
        when = f"often about {low.text} after a reminder"
        if case.notice_date is not None:
            earliest = case.notice_date + _weeks(low)
            latest = case.notice_date + _weeks(high)
            if case.due_date is not None:
                earliest = max(earliest, case.due_date)
                latest = max(latest, earliest)
            when = f"often between {_say(earliest)} and {_say(latest)}"
            if earliest == latest:  # the due date lies past the usual time
                when = f"some time after {_say(earliest)}"
        elif case.due_date is not None:
            earliest = case.due_date
            when = f"some time after {_say(earliest)}"
        words = (
            "If nothing is paid or arranged, a CP504 (notice of intent to levy) may come next, "
            f"{when}. The IRS promises no date and may skip notices, so act on the one you have."
        )
        if latest is not None and self.as_of > latest:
            words = (
                "The usual time for the next notice, a CP504 (notice of intent to levy), passed on "
                f"{_say(latest)}; it may have come, and the IRS promises no date. Check your mail "
                "and your IRS account, and pay or arrange a plan now."
            )
        yield self._item(
            "next_notice", "Next notice may come (CP504)", USUAL, words,
            [low, high, reference("CP504-0917")], earliest=earliest, latest=latest,
        )  # fmt: skip

    def _final_notice(self) -> Iterator[Deadline]:
        if self.case.has_final_levy_notice or self.case.has_levy:
            return
        wait = self._figure("cdp_request_days")
        come = "can come only after a CP504"
        if self.case.levy_notice_date:
            come = "can come next, after your CP504"
        words = (
            f"A final notice ({_FINAL}) {come}, and gives {wait.text} to ask for a hearing. "
            "The IRS generally cannot take wages or money in a bank before those days are over."
        )
        yield self._item(
            "final_notice", "Final notice before a levy", LAW, words,
            [wait, reference("GETIRS-LEVY")],
        )  # fmt: skip

    def _after_cp504(self) -> Iterator[Deadline]:
        sent = self.case.levy_notice_date
        if sent is None:
            return
        yield self._item(
            "state_refund_levy", "A state tax refund can be taken", LAW,
            f"After the CP504 dated {_say(sent)}, the IRS can take a state tax refund. The right "
            "to a hearing on that comes afterward, not before.",
            [reference("CP504-0917"), reference("IRS-CDP")], earliest=sent,
        )  # fmt: skip
        case = self.case
        if (case.existing_plan, case.filed_on_time, case.taxpayer) == (
            "in_effect", True, "individual",
        ):  # fmt: skip
            return  # such a plan keeps the lowest rate (facts ``failure-to-pay-1``)
        wait, rate = (
            self._figure("levy_notice_to_1_percent_days"),
            self._figure("ftp_rate_after_levy_notice"),
        )
        begins = self._penalty_month_from(sent + _days(wait))
        agreement = case.filed_on_time is not False and case.taxpayer != "business"
        plan = ", and an installment agreement may lower the rate if you filed on time"
        words = (
            f"From {_say(begins)} the late-payment penalty is {rate.text} a month of the tax still "
            f"unpaid. Paying the tax by {self._by(begins - DAY)} avoids that"
            f"{plan if agreement else ''}."
        )
        if self.as_of >= begins:
            words = (
                f"Since {_say(begins)} the late-payment penalty is {rate.text} a month of the tax "
                "still unpaid; the time to avoid that has passed. It is not too late to make it "
                f"smaller: pay what you can now{plan if agreement else ''}."
            )
        yield self._item(
            "one_percent", "Last day before the late-payment penalty goes up", LAW, words,
            [wait, rate], on=begins - DAY,
        )  # fmt: skip

    def _penalty_month_from(self, day: date) -> date:
        """The first day on or after ``day`` on which a penalty month of the return begins."""
        year = day.year - 1 if self.case.tax_year is None else self.case.tax_year + 1
        due = date(year, USUAL_DUE_MONTH, USUAL_DUE_DAY)
        start = max(day, due + DAY)
        return month_starts(due, start - DAY, start + timedelta(days=31))[0]

    def _first_bill(self) -> Iterator[Deadline]:
        bill, owed = self.case.first_bill_date, self.case.amount_owed
        if bill is None:
            return
        usual = self._figure("ftp_penalty_interest_grace")
        large = self._figure("ftp_penalty_interest_grace_large")
        limit = self._figure("ftp_penalty_interest_large_from")
        days, business_days = bill + _days(usual), add_business_days(bill, int(large.number))
        on = earliest = latest = None
        if owed is None:
            earliest, latest = sorted((days, business_days))
            last = latest
            by = f"{self._by(latest)} ({_say(earliest)} if the bill is {limit.text} or more)"
        else:
            on = last = business_days if owed >= limit.number else days
            by = self._by(on)
        words = (
            f"If the first bill is paid in full by {by}, no more interest is added on it. After "
            "that day interest grows daily on what is unpaid."
        )
        if self.as_of > last:
            words = (
                f"The time to pay the first bill without more interest passed on {_say(last)}. "
                "Interest grows daily on what is unpaid, so paying sooner costs less."
            )
        yield self._item(
            "no_interest_on_first_bill", "Pay the first bill without more interest", LAW, words,
            [usual, large, limit], on=on, earliest=earliest, latest=latest,
        )  # fmt: skip

    def _appeals_program(self) -> Iterator[Deadline]:
        asked, held = self.case.conference_requested, self.case.conference_held
        ask_again = "Call the office that has your case now and ask how you can still appeal."
        if held is not None:
            tell, form = self._figure("cap_conference_days"), self._figure("cap_form_days")
            on = add_business_days(held, int(tell.number))
            words = (
                f"If the manager's answer does not settle it, tell Collection by {self._by(on)} "
                f"that you will appeal. That is {tell.text} after the conference."
            )
            if self.as_of > on:
                words = f"The day to tell Collection that you appeal, {_say(on)}, has passed. "
                words += ask_again
            yield self._item(
                "cap_tell_collection", "Tell Collection you will appeal", LAW, words, [tell], on=on
            )
            on = add_business_days(held, int(form.number))
            words = (
                f"Form 9423 must be postmarked by {self._by(on)}, {form.text} after the "
                "conference. If your notice prints other instructions, follow those."
            )
            if self.as_of > on:
                words = f"The day to mail Form 9423, {_say(on)}, has passed. {ask_again}"
            yield self._item("cap_form", "Mail Form 9423 (appeal)", LAW, words, [form], on=on)
        elif asked is not None:
            wait = self._figure("cap_no_call_days")
            on = add_business_days(asked, int(wait.number))
            words = (
                f"If no manager calls you back, send Form 9423 by {self._by(on)}, {wait.text} "
                "after you asked. If your notice prints other instructions, follow those."
            )
            if self.as_of > on:
                words = (
                    f"If no manager called, the day to send Form 9423 was {_say(on)} and has "
                    f"passed. {ask_again}"
                )
            yield self._item(
                "cap_form_no_call", "Send Form 9423 (appeal) if no manager calls", LAW, words,
                [wait], on=on,
            )  # fmt: skip

    def _hearing(self) -> Iterator[Deadline]:
        what = "Ask for a hearing (Form 12153)"
        wait, year = self._figure("cdp_request_days"), self._figure("equivalent_hearing_period")
        sent = self.case.hearing_notice_date
        if sent is None:
            if self.case.has_final_levy_notice:
                words = (
                    f"Your final notice gives {wait.text} from its date to ask for a hearing with "
                    "Form 12153. Find the last day printed on it today, and ask before it is over."
                )
                yield self._item("hearing_request", what, LAW, words, [wait])
            return
        on, end = sent + _days(wait), add_years(sent, int(year.number))
        words = (
            f"Ask for a hearing with Form 12153 by {self._by(on)}; if your notice prints another "
            "day, that one counts. A request in time stops a levy while it is open."
        )
        if self.as_of > on:
            words = self._late(f"The last day to ask for a hearing, {_say(on)}", end)
        yield self._item("hearing_request", what, LAW, words, [wait], on=on)
        words = (
            f"If the first {wait.text} are over, Form 12153 can still ask for an equivalent "
            f"hearing by {self._by(end)}. No court reviews it, and by law it does not stop a levy."
        )
        if self.as_of > end:
            words = self._late(f"The last day to ask for an equivalent hearing, {_say(end)}", end)
        yield self._item(
            "equivalent_hearing", "Ask for an equivalent hearing (Form 12153)", LAW, words,
            [wait, year], on=end,
        )  # fmt: skip

    def _lien_hearing(self) -> Iterator[Deadline]:
        what = "Ask for a hearing on the lien (Form 12153)"
        wait, year = self._figure("cdp_request_days"), self._figure("equivalent_hearing_period")
        sent = self.case.lien_notice_date
        if sent is None:
            if self.case.has_lien_notice:
                words = (
                    "Your lien letter prints the last day to ask for a hearing with Form 12153. "
                    "Find that day today, and ask before it is over."
                )
                yield self._item("lien_hearing_request", what, PRINTED, words, [wait])
            return
        on = sent + _days(wait)
        words = (
            "The last day printed in your lien letter counts, so look for it first. If you cannot "
            f"read it, ask for a hearing with Form 12153 by {self._by(on)}, {wait.text} after it."
        )
        if self.as_of > on:
            said = f"The last day to ask for a hearing on the lien, by our count {_say(on)}"
            words = self._late(said, add_years(sent, int(year.number)))
        yield self._item("lien_hearing_request", what, ASSUMED, words, [wait], on=on)

    def _late(self, what: str, end: date) -> str:
        """What is left when the day for a hearing has passed; ``end``: of equivalent hearings."""
        if self.as_of > end:
            return (
                f"{what}, has passed, unless your notice prints a later one. Call the "
                "number on it now, and get help from a tax professional or clinic."
            )
        return (
            f"{what}, has passed, unless your notice prints a later one. It is not too late "
            f"to ask for an equivalent hearing with Form 12153, by {self._by(end)}."
        )

    def _bank_levy(self) -> Iterator[Deadline]:
        levied = self.case.bank_levy_date
        if levied is None:
            return
        hold = self._figure("bank_levy_hold_days")
        on = levied + _days(hold)
        words = (
            f"The bank holds the money for {hold.text}, through {self._by(on)}, and then sends it "
            "to the IRS. Call the number on the levy now: a levy that takes the money for basic "
            "living costs must be released."
        )
        if self.as_of > on:
            words = (
                f"The bank's {hold.text} to hold the money passed on {_say(on)}, so it may have "
                "gone to the IRS. It is not too late to call the number on the levy about hardship "
                "and the rest of the balance: do it today."
            )
        yield self._item(
            "bank_levy_release", "The bank sends levied money to the IRS", LAW, words,
            [hold, reference("GETIRS-LEVY")], on=on,
        )  # fmt: skip

    def _statute(self) -> Deadline:
        what = "The IRS's time to collect ends"
        if self.case.assessed_on is None:
            years = self._figure("csed_years")
            words = (
                f"The IRS has {years.text} from each assessment to collect, and more where the "
                "time stood still. The exact date is on your IRS record: ask for a transcript or "
                "call."
            )
            return self._item("collection_statute", what, LAW, words, [years])
        found = collection_statute(self.case.assessed_on, self.case.suspensions, self.as_of)
        return self._item(
            "collection_statute", what, LAW, found.words, found.references, on=found.ends
        )

    def _low_income_fee(self) -> Iterator[Deadline]:
        case = self.case
        low = low_income(case.agi, case.family_size, case.state, self.as_of)
        if low is False or case.taxpayer == "business" or case.days == 0:
            return
        wait = self._figure("form13844_deadline_days")
        opening = "Your income looks low enough" if low else "With low income you may qualify"
        words = (
            f"{opening} for a lower fee on a long-term plan. If the IRS does not give it by "
            f"itself, send Form 13844 within {wait.text} from the letter that accepts the plan."
        )
        yield self._item(
            "low_income_fee", "Ask for the low-income fee (Form 13844)", LAW, words, [wait]
        )

    def _item(
        self,
        id: str,
        what: str,
        basis: str,
        words: str,
        sources: Iterable[Figure | Reference],
        on: date | None = None,
        earliest: date | None = None,
        latest: date | None = None,
    ) -> Deadline:
        last = on or latest
        passed = last is not None and self.as_of > last
        found: dict[str, Reference] = {}
        for source in sources:
            for ref in source.references if isinstance(source, Figure) else (source,):
                found[ref.key] = ref
        return Deadline(id, what, on, earliest, latest, basis, passed, words, tuple(found.values()))

    def _figure(self, name: str) -> Figure:
        return figure(name, self.as_of)

    def _by(self, day: date) -> str:
        return f"{_say(day)} (today)" if day == self.as_of else _say(day)


def _days(wait: Figure) -> timedelta:
    return int(wait.number) * DAY


def _weeks(wait: Figure) -> timedelta:
    return timedelta(weeks=int(wait.number))


def _say(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
