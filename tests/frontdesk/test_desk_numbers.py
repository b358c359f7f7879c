"""The day's numbers: counted from what was done, by the firm's clock, also when clocks change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from case_rows import add_case
from desk_stand import code_of, play
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.desk import audit
from frontdesk.handoff.numbers import of_day
from frontdesk.handoff.past import start_of


@pytest.fixture(params=["sqlite", "postgres"])
def desk(tmp_path, request):
    url = ""
    if request.param == "postgres":
        from tools.servers import fresh_database

        url = fresh_database(request.getfixturevalue("postgres"))
    return lambda story, **more: play(tmp_path, story, url, **more)


def log(db, at, what, case, user=None, **details):
    audit.record(db, at, what, user=user, about=case, **details)


def test_a_days_numbers(desk):
    async def story(stand):
        anna, ben = await stand.person("anna"), await stand.person("ben")
        boss = await stand.person("boss", "manager")
        a, b = [(await x.get("me")).json()["user"]["id"] for x in (anna, ben)]
        start = datetime(2026, 11, 24, 14, tzinfo=UTC)  # 9:00 in New York

        def write(db):
            for n, wait in enumerate((10, 20, 30, 400), 1):  # seconds
                case, at = f"h-{n}", start + timedelta(hours=n - 1)
                log(
                    db,
                    at,
                    "case.asked",
                    case,
                    why="asked" if n < 4 else "distress",
                    callback=n == 4,
                )
                log(db, at + timedelta(seconds=wait), "case.claimed", case, a if n < 4 else b)
            # The first is released and waits again, then closed; the fourth closed.
            log(db, start + timedelta(hours=5), "case.released", "h-1", a)
            log(db, start + timedelta(hours=5, seconds=90), "case.claimed", "h-1", b)
            log(
                db,
                start + timedelta(hours=6),
                "case.closed",
                "h-1",
                b,
                outcome="engaged",
                follow_up=None,
            )
            log(
                db,
                start + timedelta(hours=6),
                "case.closed",
                "h-4",
                b,
                outcome="engaged",
                follow_up=None,
            )
            log(db, start, "case.asked", "h-5", why="case", callback=False)
            log(db, start + timedelta(minutes=10), "case.overdue", "h-5")
            log(db, start + timedelta(minutes=11), "case.contact", "h-5")
            log(db, start + timedelta(minutes=12), "case.cancelled", "h-5")
            # Late the evening before and early the next morning in New York.
            for hour in (-10, 15):
                log(
                    db,
                    start + timedelta(hours=hour),
                    "case.asked",
                    f"h-{hour}",
                    why="asked",
                    callback=False,
                )
            add_case(db, start, ["x"], state="waiting")
            add_case(db, start, ["x"], state="with_advisor")

        await stand.database.run(write)
        told = (await boss.get("numbers", day="2026-11-24")).json()
        assert told["hours"] == 24 and told["zone"] == "America/New_York"
        assert (told["waiting_now"], told["with_advisor_now"]) == (1, 1)
        assert (told["asked"], told["claimed"], told["closed"]) == (5, 5, 2)
        assert (told["cancelled"], told["callbacks"]) == (1, 2)
        waits = ("median_wait_seconds", "p90_wait_seconds", "longest_wait_seconds")
        assert [told[name] for name in waits] == [30, 400, 400]  # of 10, 20, 30, 90, 400
        assert told["outcomes"]["engaged"] == 2 and told["outcomes"]["answered"] == 0
        assert told["why"] == {"asked": 3, "misunderstood": 0, "case": 1, "distress": 1}
        assert told["by_hour"][9] == {"hour": 9, "asked": 2, "claimed": 1}
        assert [(p["name"], p["claimed"], p["closed"]) for p in told["by_advisor"]] == [
            ("anna", 3, 0), ("ben", 2, 2)
        ]  # fmt: skip
        own = (await ben.get("numbers", day="2026-11-24")).json()
        assert [p["name"] for p in own["by_advisor"]] == ["ben"] and own["asked"] == 5
        empty = (await boss.get("numbers", day="2026-11-20")).json()
        assert empty["asked"] == 0 and empty["median_wait_seconds"] is None
        assert (await boss.get("numbers")).json()["day"] == "2026-11-24"
        for bad in ("today", "2026-13-01", "0001-01-01"):
            assert code_of(await boss.get("numbers", day=bad)) == "bad_day"

    desk(story)


@pytest.mark.parametrize("day, hours", [("2026-03-08", 23), ("2026-11-01", 25), ("2026-11-02", 24)])
def test_a_day_on_which_clocks_change_has_its_hours(tmp_path, day, hours):
    async def story(stand):
        zone = ZoneInfo("America/Chicago")
        first = datetime.fromisoformat(day).replace(tzinfo=zone).astimezone(UTC)

        def write(db):
            for n in range(-1, hours + 1):  # one of each hour, and one before and after
                at = first + timedelta(hours=n, minutes=30)
                log(db, at, "case.asked", f"h-{n}", why="asked", callback=False)

        await stand.database.run(write)
        boss = await stand.person("boss", "manager")
        told = (await boss.get("numbers", day=day)).json()
        assert told["asked"] == told["hours"] == hours
        assert sum(one["asked"] for one in told["by_hour"]) == hours

    play(tmp_path, story, desk_timezone="America/Chicago")


ZONES = st.sampled_from([
    "America/New_York", "America/Chicago", "America/Phoenix", "America/Havana", "America/Santiago",
    "Pacific/Honolulu", "Asia/Beirut", "Australia/Lord_Howe",
])  # fmt: skip


@given(ZONES, st.datetimes(datetime(2019, 1, 1), datetime(2035, 12, 31), timezones=st.just(UTC)))
def test_every_moment_is_in_the_day_the_firms_clock_shows(zone, moment):
    zone = ZoneInfo(zone)
    day = moment.astimezone(zone).date()
    assert start_of(day, zone) <= moment < start_of(day + timedelta(days=1), zone)


@given(ZONES, st.dates(date(2019, 1, 1), date(2035, 12, 31)))
def test_days_follow_each_other_without_a_gap(zone, day):
    zone = ZoneInfo(zone)
    long = start_of(day + timedelta(days=1), zone) - start_of(day, zone)
    assert timedelta(hours=23) <= long <= timedelta(hours=25)


def test_what_is_not_known_counts_nothing(tmp_path):
    """The entry of the asking was older than the log is kept, or nobody of the desk did it."""

    async def story(stand):
        at = stand.clock.now

        def write(db):
            log(db, at, "case.claimed", "h-1")

            class Boss:
                user, display_name, role = "u-1", "B", "manager"

            return of_day(db, Boss(), at.date(), ZoneInfo("UTC"))

        told = await stand.database.run(write)
        assert told["claimed"] == 1 and told["longest_wait_seconds"] is None
        assert told["by_advisor"] == []

    play(tmp_path, story)
