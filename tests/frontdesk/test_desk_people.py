"""Accounts: set-up links, passwords, managers, one's own account, the audit log."""

import asyncio
import base64
import itertools
from datetime import UTC, datetime, timedelta

import pytest
from desk_stand import PASSWORD, code_of, play
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from frontdesk.desk import Refused, audit, passwords, people
from frontdesk.desk.keys import Keys, fresh_recovery, recovery_hash
from frontdesk.desk.models import Audit


@pytest.fixture
def database_url():
    return ""


@pytest.fixture
def desk(tmp_path, database_url):
    return lambda story, **more: play(tmp_path, story, database_url, **more)


async def everybody(boss):
    return {u["name"]: u for u in (await boss.get("users")).json()["users"]}


def test_a_link_is_for_once_and_for_a_day(desk):
    async def story(stand):
        code = await stand.link("anna")
        browser = stand.browser()
        assert (await browser.post("setup", code=code)).json()["name"] == "anna"
        await browser.set_up(code, "anna")
        for path in ("setup", "setup/totp", "setup/passkey/options"):
            assert code_of(await browser.post(path, code=code)) == "old_link"
        late = await stand.link("bert")
        stand.clock.turn(hours=24, seconds=1)
        assert code_of(await browser.post("setup", code=late)) == "old_link"
        again = await stand.link("bert", reset=True)
        newer = await stand.link("bert", reset=True)
        assert code_of(await browser.post("setup", code=again)) == "old_link"
        assert (await browser.post("setup", code=newer)).status_code == 200

    desk(story)


def test_a_link_used_at_once_sets_up_once(desk):
    async def story(stand):
        code = await stand.link("anna")
        browser = stand.browser()
        browser.secret = (await browser.post("setup/totp", code=code)).json()["secret"]
        done = await asyncio.gather(
            *(
                stand.browser().post(
                    "setup/finish", code=code, password=PASSWORD, totp=browser.code()
                )
                for _ in range(3)
            )
        )
        assert sorted(code_of(d) for d in done) == ["", "old_link", "old_link"]

    desk(story)


def test_nothing_changes_until_the_last_step_is_right(desk):
    async def story(stand):
        code = await stand.link("anna")
        browser = stand.browser()
        shown = (await browser.post("setup/totp", code=code)).json()
        browser.secret = shown["secret"]
        assert shown["qr"].startswith("data:image/svg+xml") and "secret=" in shown["uri"]
        finish = {"code": code, "password": PASSWORD}
        assert code_of(await browser.post("setup/finish", **finish)) == "bad_request"
        assert code_of(await browser.post("setup/finish", **finish, totp="000000")) == "wrong_code"
        weak = await browser.post("setup/finish", code=code, password="short", totp=browser.code())
        assert code_of(weak) == "weak_password"
        browser.name = "anna"
        assert code_of(await browser.password()) == "wrong_password"
        await browser.set_up(code, "anna")

    desk(story)


def test_the_command_line_resets_and_takes_everything_away(desk):
    async def story(stand):
        anna = await stand.person("anna", "manager")
        code = await stand.link("ANNA", "manager", reset=True)
        assert code_of(await anna.get("me")) == "not_signed_in"
        assert code_of(await anna.password()) == "wrong_password"
        before = anna.recovery
        await anna.set_up(code, "anna", "other green lamps")
        await anna.password("other green lamps")
        assert code_of(await anna.post("second-factor/recovery", code=before[0])) == "wrong_recovery"  # fmt: skip

    desk(story)


def test_managers_make_change_and_close_accounts(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        made = await boss.post(
            "users", name="Carla", display_name="Carla C.", email="C@firm.example"
        )
        link, user = made.json()["link"], made.json()["user"]
        assert made.status_code == 201 and user["email"] == "c@firm.example" and not user["set_up"]
        assert link.startswith("https://desk.example.com/desk/setup#")
        carla = stand.browser()
        await carla.set_up(link.partition("#")[2], "carla")
        assert code_of(await carla.get("users")) == "not_allowed"
        at = "users/" + user["id"]
        await boss.post(at + "/role", role="manager")
        assert (await carla.get("users")).status_code == 200  # with the session she has
        await boss.post(at + "/role", role="advisor")
        assert code_of(await carla.get("users")) == "not_allowed"
        again = (await boss.post(at + "/reset")).json()["link"]
        assert code_of(await carla.get("me")) == "not_signed_in"
        await boss.post(at + "/disabled", disabled=True)
        assert code_of(await carla.post("setup", code=again.partition("#")[2])) == "old_link"
        for bad in ({"name": "CARLA"}, {"name": "dora", "email": "c@FIRM.example"}):
            assert code_of(await boss.post("users", **bad)) == "name_taken"
        for bad in (
            {"name": "a b"},
            {"name": "x"},
            {"name": "dora", "role": "owner"},
            {"name": "<b>"},
        ):
            assert code_of(await boss.post("users", **bad)) == "bad_request"
        for path, body in (
            ("disabled", {"disabled": True}),
            ("role", {"role": "manager"}),
            ("reset", {}),
        ):
            assert code_of(await boss.post(f"users/u-none/{path}", **body)) == "no_user"

    desk(story)


def test_the_last_manager_stays(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        await boss.post("users", name="paper", role="manager")  # never set up: opens nothing
        own = "users/" + (await everybody(boss))["boss"]["id"]
        for path, body in (
            ("/disabled", {"disabled": True}),
            ("/role", {"role": "advisor"}),
            ("/reset", {}),
        ):
            assert code_of(await boss.post(own + path, **body)) == "last_manager"
        await stand.person("second", "manager")
        assert (await boss.post(own + "/role", role="advisor")).status_code == 200

    desk(story)


def test_two_managers_who_remove_each_other_leave_one(desk):
    async def story(stand):
        for n in range(4):
            one, two = [await stand.person(f"m{n}{x}", "manager") for x in "ab"]
            ids = await everybody(one)
            for name, user in ids.items():
                if name not in (one.name, two.name) and not user["disabled"]:
                    await one.post(f"users/{user['id']}/disabled", disabled=True)
            done = await asyncio.gather(
                one.post(f"users/{ids[two.name]['id']}/role", role="advisor"),
                two.post(f"users/{ids[one.name]['id']}/role", role="advisor"),
            )
            assert sorted(d.status_code for d in done) in ([200, 403], [200, 409])

    desk(story)


def test_a_password_is_changed_with_the_old_one_and_ends_other_sessions(desk):
    async def story(stand):
        anna = await stand.person()
        other = stand.browser()
        other.name, other.secret = anna.name, anna.secret
        await other.sign_in()
        before = anna.token()
        change = {"password": "wrong old one", "fresh": "nine blue chairs"}
        assert code_of(await anna.post("me/password", **change)) == "wrong_own_password"
        weak = await anna.post("me/password", password=PASSWORD, fresh="annaannaanna")
        assert code_of(weak) == "weak_password"
        change["password"] = PASSWORD
        assert (await anna.post("me/password", **change)).status_code == 200
        assert anna.token() != before and (await anna.get("me")).status_code == 200
        assert code_of(await other.get("me")) == "not_signed_in"
        assert code_of(await other.password()) == "wrong_password"
        await anna.sign_in("nine blue chairs")

    desk(story)


def test_who_finds_an_open_browser_may_not_guess_the_password(desk):
    async def story(stand):
        anna = await stand.person()
        seen = [code_of(await anna.post("me/recovery", password=f"guess {n}")) for n in range(6)]
        assert seen == ["wrong_own_password"] * 5 + ["locked"]

    desk(story)


def test_another_app_counts_only_once_it_is_confirmed(desk):
    async def story(stand):
        anna = await stand.person()
        old = anna.secret
        fresh = (await anna.post("me/totp", password=PASSWORD)).json()["secret"]
        assert code_of(await anna.post("me/totp/confirm", code=anna.code())) == "wrong_code"
        await anna.sign_in()  # still with the old one
        anna.secret = fresh
        assert (await anna.post("me/totp/confirm", code=anna.code())).status_code == 200
        await anna.sign_in()
        anna.secret = old
        await anna.password()
        stand.clock.turn(seconds=30)
        assert code_of(await anna.post("second-factor/totp", code=anna.code())) == "wrong_code"
        anna.secret = fresh
        await anna.sign_in()
        assert code_of(await anna.post("me/totp/remove", password=PASSWORD)) == "last_factor"
        codes = (await anna.post("me/recovery", password=PASSWORD)).json()["recovery"]
        assert not set(codes) & set(anna.recovery)
        await anna.password()
        assert code_of(await anna.post("second-factor/recovery", code=anna.recovery[1])) == "wrong_recovery"  # fmt: skip
        assert (await anna.post("second-factor/recovery", code=codes[0])).status_code == 200

    desk(story)


def test_the_audit_log_tells_who_did_what_and_in_nobodys_words(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        await boss.post("users", name="secretname", display_name="Some Body", email="x@y.example")
        user = (await everybody(boss))["secretname"]["id"]
        await boss.post(f"users/{user}/role", role="manager")
        await boss.post(f"users/{user}/disabled", disabled=True)
        await stand.browser().password("typed in the wrong place", name="and so was this")
        entries = (await boss.get("audit")).json()["entries"]
        assert [e["what"] for e in entries][:4] == [
            "sign_in.failed", "user.disabled", "user.role", "user.created",
        ]  # fmt: skip
        assert entries[2]["details"] == {"role": "manager"} and entries[2]["about"] == user
        assert entries[2]["user"] == (await everybody(boss))["boss"]["id"]
        everything = str(entries)
        for word in ("secretname", "Some Body", "y.example", "wrong place", "so was", "10.0.0.1"):
            assert word not in everything
        about = (await boss.get("audit", about=user)).json()["entries"]
        assert {e["about"] for e in about} == {user} and len(about) == 3
        older = (await boss.get("audit", before=entries[1]["id"])).json()["entries"]
        assert older == entries[2:]
        assert code_of(await boss.get("audit", before="x")) == "bad_request"

    desk(story)


def test_the_audit_log_goes_only_for_its_age(desk):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        young = [e["what"] for e in (await boss.get("audit")).json()["entries"]]
        real = datetime.now(UTC)

        def write(db):
            for days in (800, 731, 729, 31):
                audit.record(db, real - timedelta(days=days), f"test.d{days}", user=None)

        await stand.database.run(write)
        stand.clock.now = real
        assert await stand.desk.trim_audit() == 2
        await boss.sign_in()
        left = [e["what"] for e in (await boss.get("audit")).json()["entries"]]
        assert {"test.d729", "test.d31", "audit.trimmed", *young} <= set(left)
        assert not {"test.d800", "test.d731"} & set(left)
        assert await stand.desk.trim_audit() == 0
        stand.clock.turn(days=5000)  # a clock that is wrong, or a setting: the young ones stay
        with pytest.raises(DatabaseError, match="only ever added to"):
            await stand.desk.trim_audit()

    desk(story)


@pytest.mark.parametrize("change", ["UPDATE desk_audit SET what = 'x'", "DELETE FROM desk_audit"])
def test_the_database_keeps_the_audit_log(desk, change):
    async def story(stand):
        boss = await stand.person("boss", "manager")
        with pytest.raises(DatabaseError, match="only ever added to"):
            await stand.database.run(lambda db: db.execute(text(change)))
        assert (await boss.get("audit")).json()["entries"]

    desk(story)


class Nowhere:
    """A database that takes down what it is given."""

    def __init__(self):
        self.added = []

    def add(self, row):
        self.added.append(row)


@given(words=st.text(max_size=100), number=st.integers())
def test_no_sentence_gets_into_the_audit_log(words, number):
    from datetime import UTC, datetime

    db, at = Nowhere(), datetime.now(UTC)
    try:
        audit.record(db, at, "case.taken", user="u-1", about=words, seq=number, kind=words)
    except ValueError:
        assert not db.added
        return
    (row,) = db.added
    assert isinstance(row, Audit) and " " not in words and words.isascii() and len(words) <= 80


def refuses(password, *names):
    try:
        passwords.check(password, *names)
    except Refused as refused:
        assert refused.code == "weak_password"
        return True
    return False


@pytest.mark.parametrize(
    "password",
    ["", "short", "elevenchars", "Password1234", "PASSWORD!!!!!", "123456789012", "qwertyuiop12",
     "aaaaaaaaaaaa", "abababababab", "letmein123456", "anna.kowalski", "Annakowalski1", "ANNA-anna-anna",
     "x" * 201, "ｐａｓｓｗｏｒｄ１２３４", "iloveyou12345", "changeme2026!", "            "],
)  # fmt: skip
def test_weak_passwords(password):
    assert refuses(password, "anna", "Anna Kowalski")


@pytest.mark.parametrize(
    "password",
    ["seven green lamps", "correct banana 9 roof", "Zażółć gęślą jaźń", "the anna in the garden"],
)
def test_good_passwords(password):
    assert not refuses(password, "anna", "Anna Kowalski")


@given(st.text(max_size=11))
def test_nothing_short_is_a_password(password):
    import unicodedata

    assert refuses(password, "anna") or len(unicodedata.normalize("NFKC", password)) >= 12


@given(st.text(min_size=1, max_size=40))
def test_a_name_is_the_same_however_it_is_written(name):
    key = people.name_key(name)
    assert people.name_key(key) == people.name_key(f" {name} ") == key
    if name.isascii():
        assert people.name_key(name.upper()) == people.name_key(name.lower()) == key


@given(code=st.text("0123456789abcdefghjkmnpqrstvwxyz-", min_size=1, max_size=19), data=st.data())
def test_recovery_codes_forgive_how_they_are_typed(code, data):
    swaps = {"0": "0oO", "1": "1iIlL", "-": ["", " ", "-", "--"]}
    typed = "".join(data.draw(st.sampled_from(swaps.get(c, [c, c.upper()]))) for c in code)
    assert recovery_hash("u-1", typed) == recovery_hash("u-1", code) != recovery_hash("u-2", code)


def test_recovery_codes_do_not_repeat():
    codes = {fresh_recovery() for _ in range(500)}
    assert len(codes) == 500 and {len(c) for c in codes} == {19}


def test_keys_are_of_one_purpose_and_one_secret():
    one, two = Keys("one"), Keys("two")
    sealed = one.seal("JBSWY3DP")
    assert one.unseal(sealed) == "JBSWY3DP" and two.unseal(sealed) is None
    assert one.carried(sealed, 600) is None and one.unseal(one.carry("x")) is None
    assert "JBSWY3DP" not in sealed and "JBSWY3DP" not in str(base64.urlsafe_b64decode(sealed))
    values = [k.about(kind, "a") for k, kind in itertools.product((one, two), ("name", "address"))]
    assert len({*values, one.csrf("a"), two.csrf("a")}) == 6


def test_the_command_line_asks_before_it_resets(tmp_path, capsys):
    from desk_stand import settings_of

    from frontdesk.desk.making import run

    settings = settings_of(tmp_path / "fresh", desk_origin="")
    assert asyncio.run(run(settings, "anna", "manager", False)) == 0
    first = capsys.readouterr().out
    assert "http://localhost:8080/desk/setup#" in first and "anna, manager" in first
    assert asyncio.run(run(settings, "Anna", None, False)) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert asyncio.run(run(settings, "anna", None, True)) == 0
    assert capsys.readouterr().out != first
    assert asyncio.run(run(settings, "an na", None, False)) == 2
