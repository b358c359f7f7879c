"""Signing in at the desk: what lets somebody in, and all that must not."""

import asyncio
import hashlib

import pytest
from desk_stand import ORIGIN, PASSWORD, code_of, play
from sqlalchemy import select, text, update

from frontdesk.desk.keys import token_hash
from frontdesk.desk.models import Recovery, SignedIn, Totp, User


@pytest.fixture
def database_url():
    return ""


@pytest.fixture
def desk(tmp_path, database_url):
    return lambda story, **more: play(tmp_path, story, database_url, **more)


def test_set_up_then_password_and_code(desk):
    async def story(stand):
        anna = await stand.person("Anna", "manager")
        me = (await anna.get("me")).json()
        assert me["signed_in"] == "full" and me["user"]["role"] == "manager"
        assert len(anna.recovery) == len(set(anna.recovery)) == 10
        await anna.post("sign-out")
        assert code_of(await anna.get("me")) == "not_signed_in"
        answer = await anna.password(name="ANNA")
        assert answer.json()["signed_in"] == "half"
        assert answer.json()["factors"] == ["totp", "recovery"]
        stand.clock.turn(seconds=30)
        done = await anna.post("second-factor/totp", code=anna.code())
        assert done.json()["user"]["name"] == "Anna"

    desk(story)


def test_the_cookie_is_kept_from_scripts_and_other_sites(desk):
    async def story(stand):
        anna = await stand.person()
        await anna.post("sign-out")
        cookie = (await anna.password()).headers["set-cookie"]
        assert cookie.startswith("__Host-desk=")
        for word in ("HttpOnly", "Secure", "SameSite=strict", "Path=/"):
            assert word in cookie
        assert "Domain" not in cookie

    desk(story)


def test_without_https_the_cookie_has_a_name_browsers_take(desk):
    async def story(stand):
        anna = await stand.person(origin="http://localhost:8080")
        assert anna.token() and "Secure" not in str(anna.http.cookies.jar)

    desk(story, desk_origin="http://localhost:8080")


def test_a_code_is_taken_once(desk):
    async def story(stand):
        anna = await stand.person()
        other = stand.browser()
        other.name, other.secret = anna.name, anna.secret
        await other.password()  # the code of the set-up itself
        assert code_of(await other.post("second-factor/totp", code=anna.code())) == "wrong_code"
        await anna.sign_in()
        await other.password()
        replayed = await other.post("second-factor/totp", code=anna.code())
        assert code_of(replayed) == "wrong_code" and replayed.status_code == 400
        stand.clock.turn(seconds=30)
        assert (await other.post("second-factor/totp", code=anna.code())).status_code == 200

    desk(story)


def test_the_same_code_at_once_lets_one_in(desk):
    async def story(stand):
        anna = await stand.person()
        stand.clock.turn(seconds=30)
        browsers = [stand.browser() for _ in range(4)]
        for b in browsers:
            await b.password(name="anna")
        done = await asyncio.gather(
            *(b.post("second-factor/totp", code=anna.code()) for b in browsers)
        )
        assert sorted(d.status_code for d in done) == [200, 400, 400, 400]

    desk(story)


@pytest.mark.parametrize("shift", [-60, 60])
def test_a_code_of_another_time_is_not_taken(desk, shift):
    async def story(stand):
        anna = await stand.person()
        stand.clock.turn(minutes=30)
        await anna.password()
        stand.clock.turn(seconds=shift)
        code = anna.code()
        stand.clock.turn(seconds=-shift)
        assert code_of(await anna.post("second-factor/totp", code=code)) == "wrong_code"

    desk(story)


def test_a_recovery_code_is_taken_once_however_it_is_typed(desk):
    async def story(stand):
        anna = await stand.person()
        first = anna.recovery[0]
        await anna.password()
        typed = first.upper().replace("-", " ").replace("0", "O").replace("1", "I")
        assert (await anna.post("second-factor/recovery", code=typed)).status_code == 200
        assert (await anna.get("me/factors")).json()["recovery_left"] == 9
        await anna.password()
        assert code_of(await anna.post("second-factor/recovery", code=first)) == "wrong_recovery"

    desk(story)


def test_a_recovery_code_used_at_once_lets_exactly_one_in(desk):
    async def story(stand):
        anna = await stand.person()
        browsers = [stand.browser() for _ in range(4)]
        for b in browsers:
            await b.password(name="anna")
        done = await asyncio.gather(
            *(b.post("second-factor/recovery", code=anna.recovery[0]) for b in browsers)
        )
        assert sorted(d.status_code for d in done) == [200, 400, 400, 400]

    desk(story)


def test_anothers_recovery_code_does_not_fit(desk):
    async def story(stand):
        anna, bert = await stand.person("anna"), await stand.person("bert")
        await bert.password()
        answer = await bert.post("second-factor/recovery", code=anna.recovery[0])
        assert code_of(answer) == "wrong_recovery"

    desk(story)


def test_one_half_session_makes_one_full_session(desk):
    async def story(stand):
        anna = await stand.person()
        await anna.password()
        done = await asyncio.gather(
            *(anna.post("second-factor/recovery", code=c) for c in anna.recovery[:3])
        )
        assert sorted(d.status_code for d in done)[:2] == [200, 401]

    desk(story)


def test_a_session_is_new_after_each_step_and_the_one_before_is_worth_nothing(desk):
    async def story(stand):
        anna = await stand.person()
        full = anna.token()
        stand.clock.turn(seconds=30)
        await anna.password()
        half = anna.token()
        await anna.post("second-factor/totp", code=anna.code())
        assert len({full, half, anna.token()}) == 3
        thief = stand.browser()
        for old in (full, half):
            thief.http.cookies.set("__Host-desk", old)
            assert code_of(await thief.get("me")) == "not_signed_in"

    desk(story)


def test_a_planted_cookie_is_not_taken_over(desk):
    async def story(stand):
        anna = await stand.person()
        planted = "x" * 43
        anna.http.cookies.clear()
        anna.http.cookies.set("__Host-desk", planted)
        answer = await anna.password()
        assert planted not in answer.headers["set-cookie"]
        thief = stand.browser()
        thief.http.cookies.set("__Host-desk", planted)
        assert code_of(await thief.get("me")) == "not_signed_in"

    desk(story)


def test_what_the_database_holds_opens_nothing(desk):
    async def story(stand):
        anna = await stand.person()

        def read(db):
            rows = [
                *db.scalars(select(SignedIn.hash)), *db.scalars(select(Recovery.hash)),
                *db.scalars(select(User.password_hash)), *db.scalars(select(Totp.sealed)),
            ]  # fmt: skip
            return rows, str([tuple(r) for r in db.execute(text("SELECT * FROM desk_audit"))])

        kept, log = await stand.database.run(read)
        everything = " ".join(kept) + log
        for secret in (anna.token(), anna.secret, PASSWORD, *anna.recovery):
            assert secret not in everything
        thief = stand.browser()
        for value in kept:
            thief.http.cookies.set("__Host-desk", value)
            assert code_of(await thief.get("me")) == "not_signed_in"
        assert token_hash(anna.token()) in kept
        assert hashlib.sha256(anna.token().encode()).hexdigest() not in kept

    desk(story)


def test_sessions_end_unused_after_an_hour_and_used_after_twelve(desk):
    async def story(stand):
        anna = await stand.person()
        stand.clock.turn(minutes=61)
        assert code_of(await anna.get("me")) == "not_signed_in"
        await anna.sign_in()
        for _ in range(23):
            stand.clock.turn(minutes=31)
            assert (await anna.get("me")).status_code == 200
        stand.clock.turn(minutes=10)
        assert code_of(await anna.get("me")) == "not_signed_in"

    desk(story)


def test_half_a_session_ends_after_ten_minutes(desk):
    async def story(stand):
        anna = await stand.person()
        await anna.password()
        stand.clock.turn(minutes=11)
        assert code_of(await anna.post("second-factor/totp", code=anna.code())) == "not_signed_in"

    desk(story)


def test_refusals_do_not_say_whether_a_name_exists(desk):
    async def story(stand):
        anna = await stand.person("anna")
        await stand.link("noset")  # has no password yet
        await stand.person("gone")
        boss = await stand.person("boss", "manager")
        users = (await boss.get("users")).json()["users"]
        gone = next(u for u in users if u["name"] == "gone")["id"]
        await boss.post(f"users/{gone}/disabled", disabled=True)
        wrong = [("anna", "wrong words here"), ("nobody", PASSWORD), ("noset", PASSWORD), ("gone", PASSWORD)]  # fmt: skip
        answers = [await anna.password(p, name=n) for n, p in wrong]
        assert len({(a.status_code, a.text) for a in answers}) == 1
        for n, p in wrong:
            for _ in range(5):
                last = await stand.browser(f"10.1.{wrong.index((n, p))}.1").password(p, name=n)
            answers.append(last)
        assert len({a.json()["error"]["message"] for a in answers[4:]}) == 1
        assert {code_of(a) for a in answers[4:]} == {"locked"}

    desk(story)


def test_locked_out_then_freed_each_time_longer(desk):
    async def story(stand):
        anna = await stand.person()
        for _ in range(5):
            assert code_of(await anna.password("not the password")) == "wrong_password"
        waits = []
        for _ in range(8):
            shut = await anna.password()  # though it is right
            assert code_of(shut) == "locked" and shut.status_code == 429
            waits.append(shut.json()["error"]["retry_after"])
            assert shut.headers["retry-after"] == str(waits[-1])
            stand.clock.turn(seconds=waits[-1])
            assert code_of(await anna.password("not the password")) == "wrong_password"
        assert waits == [60, 120, 240, 480, 960, 1920, 3600, 3600]
        stand.clock.turn(hours=1)
        await anna.sign_in()
        assert code_of(await anna.password("not the password")) == "wrong_password"
        assert (await anna.password()).status_code == 200  # forgotten once somebody is in

    desk(story)


def test_the_right_password_does_not_start_the_count_of_the_second_factor_again(desk):
    async def story(stand):
        anna = await stand.person()
        stand.clock.turn(minutes=5)
        seen = []
        for _ in range(8):
            await anna.password()
            seen.append(code_of(await anna.post("second-factor/totp", code="000000")))
        assert seen == ["wrong_code"] * 5 + ["locked"] * 3
        assert code_of(await anna.post("second-factor/recovery", code=anna.recovery[0])) == "locked"

    desk(story)


def test_many_at_once_do_not_slip_past_the_lock(desk):
    async def story(stand):
        await stand.person()
        done = await asyncio.gather(
            *(
                stand.browser(f"10.2.0.{n}").password(f"wrong words {n}", name="anna")
                for n in range(12)
            )
        )
        codes = [code_of(d) for d in done]
        assert codes.count("wrong_password") == 5 and codes.count("locked") == 7

    desk(story)


def test_an_address_that_tries_many_names_is_shut_out_and_others_are_not(desk):
    async def story(stand):
        anna = await stand.person()
        thief = stand.browser("10.9.9.9")
        codes = [code_of(await thief.password(name=f"name{n}")) for n in range(21)]
        assert codes == ["wrong_password"] * 20 + ["locked"]
        assert (await anna.password()).status_code == 200

    desk(story)


def test_the_pace_of_an_address_is_limited(desk):
    async def story(stand):
        browser = stand.browser()
        answers = [await browser.get("ways") for _ in range(6)]
        assert [a.status_code for a in answers] == [200] * 5 + [429]
        assert code_of(answers[-1]) == "too_fast" and int(answers[-1].headers["retry-after"]) > 0
        assert (await stand.browser("10.0.0.2").get("ways")).status_code == 200

    desk(story, per_minute=5)


def test_writes_need_the_header_token_and_our_own_page(desk):
    async def story(stand):
        anna = await stand.person("anna", "manager")
        bert = await stand.person("bert")
        good, body = anna.csrf, {"name": "new"}
        for bad in ("", bert.csrf, good[:-1], good + "0", "é"):
            headers = {"x-desk-token": bad.encode()}
            assert code_of(await anna.post("users", headers=headers, **body)) == "forged"
        for headers in ({"origin": "https://evil.example"}, {"origin": "null"},
                        {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):  # fmt: skip
            assert code_of(await anna.post("users", headers=headers, **body)) == "forged"
            assert code_of(await anna.post("sign-in", headers=headers, name="a", password="b")) == "forged"  # fmt: skip
        assert len((await anna.get("users")).json()["users"]) == 2
        assert (await anna.post("users", **body)).status_code == 201

    desk(story)


def test_bodies_are_json_small_and_nothing_else(desk):
    async def story(stand):
        http = stand.browser().http
        at = "/desk/api/sign-in"
        form = await http.post(at, data={"name": "a", "password": "b"})
        assert code_of(form) == "not_json"
        kind = {"content-type": "application/json"}
        large = await http.post(at, content=b'{"name":"' + b"a" * 40_000, headers=kind)
        assert code_of(large) == "too_large" and large.status_code == 413
        for bad in (b"{", b"[]", b"null", b'{"name":1,"password":"x"}', b'{"name":"a"}', b"\xff",
                    b'{"name":"a","password":"b","more":1}'):  # fmt: skip
            answer = await http.post(at, content=bad, headers=kind)
            assert code_of(answer) == "bad_request", bad
            assert answer.headers["cache-control"] == "no-store"

    desk(story)


def test_a_database_that_is_away_is_a_sentence(desk):
    async def story(stand):
        anna = await stand.person()

        def drop(db):
            db.execute(text("DROP TABLE desk_tries"))

        await stand.database.run(drop)
        answer = await anna.password()
        assert code_of(answer) == "not_now" and answer.status_code == 503
        assert "desk_tries" not in answer.text

    desk(story)


def test_disabled_means_now(desk):
    async def story(stand):
        boss, anna = await stand.person("boss", "manager"), await stand.person("anna")
        user = (await anna.get("me")).json()["user"]["id"]
        await boss.post(f"users/{user}/disabled", disabled=True)
        assert code_of(await anna.get("me")) == "not_signed_in"
        assert await stand.desk.who(anna.token(), True) is None
        await boss.post(f"users/{user}/disabled", disabled=False)
        assert code_of(await anna.get("me")) == "not_signed_in"  # not by the old session
        await anna.sign_in()
        assert (await stand.desk.who(anna.token(), True)).user == user

    desk(story)


def test_a_session_of_a_disabled_account_counts_for_nothing_even_where_one_is_left(desk):
    async def story(stand):
        anna = await stand.person("anna")
        await stand.database.run(lambda db: db.execute(update(User).values(disabled=True)) and None)
        assert code_of(await anna.get("me")) == "not_signed_in"
        assert code_of(await anna.password()) == "wrong_password"

    desk(story)


def test_whose_socket_it_is_needs_both_steps(desk):
    async def story(stand):
        anna = await stand.person()
        assert (await stand.desk.who(anna.token(), True)).name == "anna"
        await anna.password()
        assert await stand.desk.who(anna.token(), True) is None
        assert (
            await stand.desk.who(None, True) is None and await stand.desk.who(ORIGIN, True) is None
        )

    desk(story)
