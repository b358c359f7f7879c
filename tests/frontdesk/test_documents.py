"""The card and the calendar file: what the rules say, nothing more, and valid for who reads it."""

import copy
import re
from datetime import date, timedelta
from decimal import Decimal
from time import perf_counter

import pytest
from document_cases import DAY, HEADLINES, USUAL, case, examples
from hypothesis import given
from icalendar import Calendar

from frontdesk.documents import card, dates
from irs.assess import assess
from irs.deadlines import ASSUMED
from irs.headline import PLANS
from irs.showing import DISCLAIMER, about, shown_ways
from irs.situation import Situation, SituationError
from irs.told import money, to_json
from tests.irs.situations import as_ofs, situations

FIRM = {"name": "Harbor Tax", "phone": "555-0142", "email": "", "hours": ""}


def of(**facts):
    return to_json(Situation(**{**USUAL, **facts}).with_usual_answers())


def test_there_is_a_case_for_every_headline():
    assert set(HEADLINES) == {*PLANS, None}
    for plan in HEADLINES:
        assert assess(case(plan), DAY).plan == plan


@pytest.mark.parametrize("plan", HEADLINES, ids=str)
def test_the_card_says_what_the_rules_say(plan):
    check(case(plan), DAY)


@examples(60)
@given(situations(), as_ofs)
def test_any_card_says_what_the_rules_say(situation, as_of):
    check(situation, as_of)


def check(situation, as_of):
    found, made = assess(situation, as_of), card.card(to_json(situation), as_of)
    assert set(made) == {
        "as_of", "title", "summary", "ways", "nothing", "steps", "papers", "dates", "estimates",
        "references", "disclaimer",
    }  # fmt: skip
    assert (made["as_of"], made["title"]) == (as_of.isoformat(), found.title)
    assert made["summary"].startswith(found.summary) and made["disclaimer"] == DISCLAIMER
    ways = shown_ways(found)
    assert [way["id"] for way in made["ways"]] == [way.id for way in ways]
    for shown, way in zip(made["ways"], ways, strict=True):
        assert shown["payment"] == money(way.payment) and shown["total"] == money(way.total)
        assert shown["fee"] == money(way.fee) and shown["payments"] == way.payments
        assert shown["ends"] == way.ends.isoformat() and shown["total_words"].endswith(
            about(way.total)
        )
        assert shown["balance"][0][1] == money(way.schedule.balance)
        assert shown["balance"][-1] == [way.ends.isoformat(), "0.00"]
        assert len(shown["balance"]) == len(way.schedule.rows) + 1
        paid = sum(row.payment for row in way.schedule.rows)
        assert Decimal(shown["total"]) == paid + Decimal(shown["fee"])
        assert shown["pay_words"] and shown["time_words"] and shown["fee_words"]
    best = [name for way in made["ways"] for name in way["best"]]
    assert sorted(best) == (["cheapest", "easiest"] if len(ways) > 1 else [])
    if found.cheapest in {way.id for way in ways} and len(ways) > 1:
        (cheapest,) = [way for way in made["ways"] if "cheapest" in way["best"]]
        assert Decimal(cheapest["total"]) == found.way(found.cheapest).total
    assert (made["nothing"] is None) == (not ways)
    if ways:
        assert made["nothing"]["balance"][0][1] == made["ways"][0]["balance"][0][1]
        assert "estimate" in made["nothing"]["words"] and len(made["nothing"]["balance"]) <= 121
    assert [step["what"] for step in made["steps"]] == [step.what for step in found.steps]
    assert made["dates"] == (dates.dates(to_json(situation), as_of) is not None)
    assert all(source["url"].startswith("http") for source in made["references"])


def test_a_card_is_nobodys_to_change():
    first = card.card(of(), DAY)
    kept = copy.deepcopy(first)
    first["ways"].clear()
    assert card.card(of(), "2026-11-28") == kept


def test_facts_that_cannot_be_read_are_refused():
    with pytest.raises(SituationError):
        card.card({"amount_owed": 5}, DAY)
    with pytest.raises(ValueError):
        card.card({}, "soon")
    with pytest.raises(ValueError):  # before the rules began
        card.card({}, date(2020, 1, 1))
    with pytest.raises(SituationError, match="no calendar"):
        card.card(of(days_to_pay=10**9), DAY)


def test_a_card_that_nobody_asked_for_yet_is_quick():
    card.card(of(amount_owed=Decimal(11999)), DAY)  # the first reads the figures
    took = []
    for amount in range(12000, 12005):
        begun = perf_counter()
        card.card(of(amount_owed=Decimal(amount)), DAY)
        took.append(perf_counter() - begun)
    assert min(took) < 0.1, took


def events(written):
    return Calendar.from_ical(written).walk("VEVENT")


@examples(60)
@given(situations(), as_ofs)
def test_any_calendar_is_valid_and_says_no_more_than_the_rules(situation, as_of):
    written = dates.dates(to_json(situation), as_of, FIRM)
    found = assess(situation, as_of)
    known = {d.on for d in found.deadlines if d.on and not d.passed and d.basis != ASSUMED}
    days = known | {step.by for step in found.steps if step.by is not None}
    if written is None:
        assert not days
        return
    valid(written)
    made = events(written)
    assert {event.decoded("dtstart") for event in made} == days
    for event in made:
        on = event.decoded("dtstart")
        assert on >= as_of and event.decoded("dtend") == on + timedelta(days=1)
        triggers = [a.decoded("trigger") for a in event.walk("VALARM")]
        assert triggers == [timedelta(days=-7), timedelta(days=-1)]
        for text in (str(event["summary"]), str(event["uid"])):
            assert "$" not in text and str(situation.amount_owed) not in text
        assert "Harbor Tax, 555-0142" in event["description"] and DISCLAIMER in event["description"]
    assert len({str(event["uid"]) for event in made}) == len(made)
    for step in found.steps:
        if step.by is not None:
            (said,) = [e for e in made if e.decoded("dtstart") == step.by
                       and step.what.split("$")[0] in e["description"]]  # fmt: skip
            assert step.where in said["description"]
    assert dates.dates(to_json(situation), as_of, FIRM) == written


def valid(written):
    """RFC 5545: CRLF at every end, no line of more than 75 bytes, what must be there."""
    assert written.startswith(b"BEGIN:VCALENDAR\r\n") and written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"") and b"\r" not in written.replace(b"\r\n", b"")
    for line in written.split(b"\r\n"):
        assert len(line) <= 75, line
        line.decode("utf-8")
    calendar = Calendar.from_ical(written)
    assert calendar["version"] == "2.0" and calendar["prodid"]
    for event in calendar.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= set(event) and not event.errors
    assert Calendar.from_ical(calendar.to_ical()).to_ical() == calendar.to_ical()


def test_no_date_is_made_up():
    assert dates.dates(of(), DAY) is None and card.card(of(), DAY)["dates"] is False
    # The usual days after a notice only stand in for the printed day: no event.
    assert dates.dates(of(notice_date=date(2026, 11, 16)), DAY) is None
    # The first payment of a plan has no day until the IRS accepts the plan.
    (event,) = events(dates.dates(of(due_date=date(2026, 12, 7)), DAY))
    assert event.decoded("dtstart") == date(2026, 12, 7)


def test_a_day_that_has_passed_is_no_event():
    assert dates.dates(of(due_date=date(2026, 11, 27)), DAY) is None
    assert dates.dates(of(due_date=DAY), DAY) is not None


def test_the_due_date_holds_what_is_to_do_by_then_and_no_amount():
    due = {"amount_owed": Decimal("75000.01"), "due_date": date(2026, 12, 7)}
    (event,) = events(dates.dates(of(**due), DAY, FIRM))
    assert event["summary"] == "CP503: pay or arrange a plan" and event["class"] == "PRIVATE"
    assert "Pay down the amount in your plan first" in event["description"]
    assert not re.search(r"\$|75,?000", event["description"])


def test_the_same_date_keeps_its_name_and_another_gets_its_own():
    def uid(**facts):
        return str(events(dates.dates(of(**facts), DAY))[0]["uid"])

    due = date(2026, 12, 7)
    assert uid(due_date=due) == uid(due_date=due, amount_owed=Decimal(900))
    assert uid(due_date=due) != uid(due_date=due + timedelta(days=1))
