"""Opening hours: against a minute-by-minute look at the clock on the wall, days of DST included."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from desk_stand import code_of, play
from hypothesis import example, given, settings
from hypothesis import strategies as st

from frontdesk.desk.hours import Opening, next_opening, open_at, parse, usual, written

NEW_YORK = ZoneInfo("America/New_York")
ZONES = [NEW_YORK, ZoneInfo("America/Phoenix"), ZoneInfo("America/Los_Angeles"), ZoneInfo("UTC"),
         ZoneInfo("Australia/Lord_Howe")]  # fmt: skip
CHANGES = [date(2026, 3, 8), date(2026, 11, 1), date(2026, 4, 5), date(2026, 10, 4)]


@st.composite
def days(draw):
    marks = sorted(draw(st.sets(st.integers(0, 96), max_size=6)))
    return tuple((a * 15, b * 15) for a, b in zip(marks[::2], marks[1::2], strict=False))


@st.composite
def openings(draw):
    weekly = tuple(draw(st.lists(days(), min_size=7, max_size=7)))
    start = date(2026, 10, 25)
    closed = draw(st.sets(st.integers(0, 14), max_size=4))
    return Opening(
        draw(st.sampled_from(ZONES)), weekly, draw(st.booleans()),
        frozenset(start + timedelta(days=n) for n in closed),
    )  # fmt: skip


def moments():
    near = st.builds(
        lambda day, minutes: datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minutes),
        st.sampled_from(CHANGES), st.integers(-1500, 3000),
    )  # fmt: skip
    return near | st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 10), timezones=st.just(UTC))


@given(openings(), moments())
@settings(max_examples=300, deadline=None)
@example(
    Opening(NEW_YORK, ((), (), (), (), (), (), ((120, 180),))), datetime(2026, 3, 8, 5, tzinfo=UTC)
)
@example(
    Opening(NEW_YORK, ((), (), (), (), (), (), ((90, 180),))),
    datetime(2026, 11, 1, 5, 59, tzinfo=UTC),
)
@example(
    Opening(NEW_YORK, ((), (), (), (), (), (), ((150, 240),))), datetime(2026, 3, 8, 5, tzinfo=UTC)
)
@example(Opening(NEW_YORK, ((),) * 6 + (((90, 180),),)), datetime(2026, 11, 1, 6, 5, tzinfo=UTC))
def test_the_next_opening_is_the_first_open_minute(opening, moment):
    found = next_opening(opening, moment)
    if found is None:
        assert not any(opening.weekly)
        return
    found = found.astimezone(UTC)
    assert found >= moment and open_at(opening, found)
    if found == moment:
        return
    assert found.second == 0
    look = moment
    end = min(found, moment + timedelta(days=3))
    while look < end:
        assert not open_at(opening, look), look
        look = (look + timedelta(minutes=1)).replace(second=0, microsecond=0)
    assert not open_at(opening, found - timedelta(seconds=1))


@given(openings(), moments())
def test_open_is_what_the_wall_says(opening, moment):
    wall = moment.astimezone(opening.zone)
    minute = wall.hour * 60 + wall.minute
    if wall.date() in opening.closed:
        assert not open_at(opening, moment)
    elif not opening.holidays:
        spans = opening.weekly[wall.weekday()]
        assert open_at(opening, moment) == any(a <= minute < b for a, b in spans)
    elsewhere = moment.astimezone(ZoneInfo("Asia/Tokyo"))
    assert open_at(opening, elsewhere) == open_at(opening, moment)


@given(openings())
def test_hours_are_read_back_as_they_were_written(opening):
    weekly, closed = written(opening)
    assert parse(opening.zone, weekly, opening.holidays, closed) == opening


def at(*words):
    return datetime(*words, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    "moment, then",
    [
        (at(2026, 11, 25, 17), at(2026, 11, 27, 9)),  # over Thanksgiving
        (at(2026, 7, 2, 18), at(2026, 7, 6, 9)),  # July 4 is a Saturday: observed on Friday
        (at(2026, 12, 31, 17), at(2027, 1, 4, 9)),  # over New Year's Day, a Friday
        (at(2026, 11, 24, 16, 59), at(2026, 11, 24, 16, 59)),
        (at(2026, 11, 24, 8, 59), at(2026, 11, 24, 9)),
        (at(2026, 10, 31, 12), at(2026, 11, 2, 9)),  # over the night with 25 hours
    ],
)
def test_the_usual_hours(moment, then):
    assert next_opening(usual(NEW_YORK), moment) == then
    assert open_at(usual(NEW_YORK), moment) == (moment == then)


def test_an_hour_that_comes_twice_is_open_twice_and_one_that_is_skipped_never():
    sunday = Opening(NEW_YORK, ((),) * 6 + (((60, 120),),), holidays=False)
    for hour in (5, 6):  # 1:30 EDT and 1:30 EST
        assert open_at(sunday, datetime(2026, 11, 1, hour, 30, tzinfo=UTC))
    skipped = Opening(NEW_YORK, ((),) * 6 + (((120, 180),),), holidays=False)
    found = next_opening(skipped, datetime(2026, 3, 8, 5, tzinfo=UTC))
    assert found == at(2026, 3, 15, 2)  # a week later


def test_one_day_a_week_with_a_year_of_them_closed():
    mondays = frozenset(date(2026, 1, 5) + timedelta(days=7 * n) for n in range(366))
    opening = Opening(NEW_YORK, (((540, 600),), (), (), (), (), (), ()), False, mondays)
    assert next_opening(opening, at(2026, 1, 1)) == at(2033, 1, 10, 9)


def test_a_moment_without_a_zone_is_no_moment():
    for ask in (open_at, next_opening):
        with pytest.raises(ValueError, match="time zone"):
            ask(usual(NEW_YORK), datetime(2026, 1, 1))


WEEK = [[["09:00", "12:00"], ["13:00", "17:30"]]] * 5 + [[], []]


def test_managers_write_hours_and_advisors_read_them(tmp_path):
    async def story(stand):
        boss, anna = await stand.person("boss", "manager"), await stand.person("anna")
        before = (await anna.get("hours")).json()
        assert before["weekly"][0] == [["09:00", "17:00"]] and before["zone"] == "America/Chicago"
        hours = {"weekly": WEEK, "holidays": False, "closed": ["2026-11-27"]}
        assert code_of(await anna.post("hours", method="PUT", **hours)) == "not_allowed"
        told = (await boss.post("hours", method="PUT", **hours)).json()
        assert told["weekly"] == WEEK and told["closed"] == ["2026-11-27"] and not told["holidays"]
        assert (await anna.get("hours")).json() == told
        for moment, is_open in ((at(2026, 11, 26, 11), True), (at(2026, 11, 27, 11), False)):
            assert await stand.desk.hours.open_at(moment) is is_open
        assert (await stand.desk.hours.next_opening(at(2026, 11, 27, 11))) == at(2026, 11, 30, 10)
        bad = [
            {"weekly": WEEK[:6]}, {"weekly": [[["9:00", "17:00"]]] + WEEK[1:]},
            {"weekly": [[["17:00", "09:00"]]] + WEEK[1:]}, {"weekly": [[["09:00"]]] + WEEK[1:]},
            {"weekly": [[["09:00", "12:00"], ["11:00", "13:00"]]] + WEEK[1:]},
            {"weekly": [[["09:00", "24:30"]]] + WEEK[1:]}, {"weekly": WEEK, "closed": ["Dec 24"]},
        ]  # fmt: skip
        for body in bad:
            refused = await boss.post("hours", method="PUT", **body)
            assert code_of(refused) == "bad_hours", body
        assert (await anna.get("hours")).json() == told
        assert (await boss.get("audit")).json()["entries"][0]["what"] == "hours.changed"

    play(tmp_path, story, desk_timezone="America/Chicago")
