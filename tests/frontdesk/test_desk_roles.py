"""Who may call which route of the desk: a row for every route there is, called as everybody there is.

A route without a row fails, and so does one that was not made by the desk's gate.
"""

import asyncio
import re

import httpx
import pytest
from brain_stand_in import serving
from desk_stand import PASSWORD, Stand, settings_of
from itsdangerous import URLSafeSerializer

import frontdesk.app
from frontdesk.desk.making import make
from frontdesk.ledger import Database, address
from frontdesk.ledger.migrate import migrate
from frontdesk.ledger.store import now

WHO = ("nobody", "visitor", "half", "advisor", "manager")
IN = "in"  # past the gate: whatever the route says then, it is not "you may not"
PUBLIC = (IN, IN, IN, IN, IN)
HALF = (401, 401, IN, IN, IN)
ADVISOR = (401, 401, 403, IN, IN)
MANAGER = (401, 401, 403, 403, IN)

ROWS = {
    ("GET", "/desk"): PUBLIC,  # who is not in is sent to sign in: see test_desk_front.py
    ("GET", "/desk/sign-in"): PUBLIC,
    ("GET", "/desk/setup"): PUBLIC,
    ("GET", "/desk/pages/people.css"): PUBLIC,
    ("GET", "/desk/pages/people.js"): PUBLIC,
    ("GET", "/desk/pages/sign-in.js"): PUBLIC,
    ("GET", "/desk/pages/setup.js"): PUBLIC,
    ("GET", "/desk/api/ways"): PUBLIC,
    ("POST", "/desk/api/sign-in"): PUBLIC,
    ("GET", "/desk/api/oidc/start"): PUBLIC,
    ("GET", "/desk/api/oidc/callback"): PUBLIC,
    ("POST", "/desk/api/setup"): PUBLIC,
    ("POST", "/desk/api/setup/totp"): PUBLIC,
    ("POST", "/desk/api/setup/passkey/options"): PUBLIC,
    ("POST", "/desk/api/setup/finish"): PUBLIC,
    ("GET", "/desk/api/me"): HALF,
    ("POST", "/desk/api/sign-out"): HALF,
    ("POST", "/desk/api/second-factor/totp"): HALF,
    ("POST", "/desk/api/second-factor/recovery"): HALF,
    ("POST", "/desk/api/second-factor/passkey/options"): HALF,
    ("POST", "/desk/api/second-factor/passkey"): HALF,
    ("POST", "/desk/api/me/password"): ADVISOR,
    ("GET", "/desk/api/me/factors"): ADVISOR,
    ("POST", "/desk/api/me/totp"): ADVISOR,
    ("POST", "/desk/api/me/totp/confirm"): ADVISOR,
    ("POST", "/desk/api/me/totp/remove"): ADVISOR,
    ("POST", "/desk/api/me/passkeys/options"): ADVISOR,
    ("POST", "/desk/api/me/passkeys"): ADVISOR,
    ("POST", "/desk/api/me/passkeys/remove"): ADVISOR,
    ("POST", "/desk/api/me/recovery"): ADVISOR,
    ("GET", "/desk/api/me/slack"): ADVISOR,
    ("POST", "/desk/api/me/slack"): ADVISOR,
    ("POST", "/desk/api/me/slack/remove"): ADVISOR,
    ("GET", "/desk/api/hours"): ADVISOR,
    ("PUT", "/desk/api/hours"): MANAGER,
    ("GET", "/desk/api/users"): MANAGER,
    ("POST", "/desk/api/users"): MANAGER,
    ("POST", "/desk/api/users/{user}/disabled"): MANAGER,
    ("POST", "/desk/api/users/{user}/role"): MANAGER,
    ("POST", "/desk/api/users/{user}/reset"): MANAGER,
    ("GET", "/desk/api/audit"): MANAGER,
    ("GET", "/desk/api/outward"): MANAGER,
    ("POST", "/desk/api/outward/retry"): MANAGER,
    ("GET", "/desk/api/cases"): ADVISOR,
    ("GET", "/desk/api/cases/{case}"): ADVISOR,
    ("POST", "/desk/api/cases/{case}/followed"): ADVISOR,
    ("GET", "/desk/api/follow-ups"): ADVISOR,
    ("GET", "/desk/api/numbers"): ADVISOR,
    ("GET", "/desk/api/replies"): ADVISOR,
    ("POST", "/desk/api/replies"): MANAGER,
    ("PUT", "/desk/api/replies/{reply}"): MANAGER,
    ("POST", "/desk/api/replies/{reply}/remove"): MANAGER,
}
DECLARED = {PUBLIC: "public", HALF: "half", ADVISOR: "advisor", MANAGER: "manager"}


@pytest.fixture
def routes(settings, monkeypatch):
    """All routes of the whole application under /desk, however they came there."""
    made = []
    real = frontdesk.app.Starlette

    def keep(*words, **more):
        made.append(real(*words, **more))
        return made[-1]

    monkeypatch.setattr(frontdesk.app, "Starlette", keep)
    frontdesk.app.make_app(settings)
    (app,) = made
    return [r for r in app.routes if getattr(r, "path", "").startswith("/desk")]


def test_every_route_has_a_row_and_every_row_a_route(routes):
    found = set()
    for route in routes:
        methods = getattr(route, "methods", None)
        assert methods, f"{route.path} is no route of the desk's gate"
        found |= {(method, route.path) for method in methods - {"HEAD"}}
    assert found == set(ROWS)


def test_every_route_declares_who_may(routes):
    for route in routes:
        for method in route.methods - {"HEAD"}:
            assert route.endpoint.who == DECLARED[ROWS[method, route.path]], route.path


async def _cookies(settings):
    """{who: (cookie, header token)} of real sessions in the database of the running desk."""
    url = address(settings.folder, settings.database_url)
    await asyncio.to_thread(migrate, url)
    database = Database(url)
    stand = Stand(settings, database, url)
    stand.clock.now = now()
    try:
        found = {"nobody": ("", "")}
        visitor = URLSafeSerializer(settings.cp503_secret, salt="visitor").dumps("v-1")
        found["visitor"] = (visitor, visitor)
        for who in WHO[2:]:
            browser = stand.browser(origin="http://127.0.0.1")
            code = (
                await make(stand.core, who, "manager" if who == "manager" else "advisor", False)
            )[2]
            await browser.set_up(code, who)
            if who == "half":
                await browser.password(PASSWORD)
            found[who] = (browser.token(), browser.csrf)
            await browser.http.aclose()
        return found
    finally:
        await database.close()


@pytest.fixture
def desk_settings(settings):
    settings.web_dir.mkdir(exist_ok=True)
    (settings.web_dir / "desk.html").write_text("the desk's page, built")
    return settings.model_copy(update={"desk_origin": ""})


def test_who_may_call_what(desk_settings):
    cookies = asyncio.run(_cookies(desk_settings))
    with serving(frontdesk.app.make_app(desk_settings), desk_settings.port) as url:
        for (method, path), row in ROWS.items():
            for who, expected in zip(WHO, row, strict=True):
                if path == "/desk/api/sign-out" and expected is IN:
                    continue  # it would end the session of the rows to come; see below
                assert _called(url, method, path, *cookies[who]) == expected, (method, path, who)
        for who in WHO[2:]:
            assert _called(url, "POST", "/desk/api/sign-out", *cookies[who]) == IN
            assert _called(url, "GET", "/desk/api/me", *cookies[who]) == 401


def _called(url, method, path, cookie, csrf):
    headers = {"x-desk-token": csrf}
    if cookie:
        headers["authorization"] = f"Bearer {cookie}"
        headers["cookie"] = f"desk={cookie}; __Host-desk={cookie}; token={cookie}"
    at = url + re.sub(r"{\w+}", "u-nobody", path)
    body = None if method == "GET" else {}
    answer = httpx.request(method, at, json=body, headers=headers)
    assert answer.status_code < 500 and answer.headers["cache-control"] == "no-store"
    assert "content-security-policy" in answer.headers
    return answer.status_code if answer.status_code in (401, 403) else IN


def test_a_session_of_another_secret_or_database_is_nobodys(tmp_path, desk_settings):
    elsewhere = settings_of(tmp_path / "other", desk_origin="")
    elsewhere.folder.mkdir()
    cookies = asyncio.run(_cookies(elsewhere))
    with serving(frontdesk.app.make_app(desk_settings), desk_settings.port) as url:
        assert _called(url, "GET", "/desk/api/users", *cookies["manager"]) == 401
