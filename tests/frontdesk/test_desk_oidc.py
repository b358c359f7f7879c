"""Sign-in through a provider: a real little one beside the desk, which can be told to misbehave."""

import base64
import hashlib
import time
from urllib.parse import parse_qs, urlsplit

import pytest
from brain_stand_in import _free, serving
from desk_stand import ORIGIN, code_of, play
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

CLIENT, CLIENT_SECRET = "the-desk", "known to both"


class Provider:
    """Signs in whoever ``claims`` names."""

    def __init__(self):
        self.port = _free()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.keys = [RSAKey.generate_key(2048, {"kid": "k0", "use": "sig"}, private=True)]
        self.signs_with = None
        self.header = {}
        self.claims = {"sub": "p-1", "email": "Anna@firm.example", "email_verified": True}
        self.without = ()
        self.asked = {}  # code: what the browser was sent with
        self.status = 200

    def app(self):
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self.about),
                Route("/keys", self.published),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def about(self, _):
        return JSONResponse(
            {
                "issuer": self.issuer, "authorization_endpoint": self.issuer + "/authorize?tenant=1",
                "token_endpoint": self.issuer + "/token", "jwks_uri": self.issuer + "/keys",
            }
        )  # fmt: skip

    async def published(self, _):
        return JSONResponse({"keys": [k.as_dict(private=False) for k in self.keys]})

    def authorize(self, address):
        """What the provider's page does once the person has signed in: a code for the browser."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code" and asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256" and "openid" in asked["scope"].split()
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return code, asked["state"]

    async def token(self, request):
        if self.status != 200:
            return JSONResponse({"error": "x"}, self.status)
        form = {k: v[0] for k, v in parse_qs((await request.body()).decode()).items()}
        asked = self.asked.pop(form["code"], None)
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        right = (
            asked is not None
            and request.headers.get("authorization") == "Basic " + basic
            and form["redirect_uri"] == asked["redirect_uri"] == ORIGIN + "/desk/api/oidc/callback"
            and asked["code_challenge"] == _s256(form["code_verifier"])
        )
        if not right:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": asked["nonce"],
        } | self.claims  # fmt: skip
        claims = {k: v for k, v in claims.items() if k not in self.without}
        key = self.signs_with or self.keys[0]
        header = {"alg": "RS256", "kid": self.keys[0].kid} | self.header
        token = jwt.encode(header, claims, key, algorithms=[header["alg"]])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": token})


def _s256(verifier):
    return (
        base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    )


@pytest.fixture
def provider():
    made = Provider()
    with serving(made.app(), made.port):
        yield made


@pytest.fixture
def desk(tmp_path, provider):
    def run(story, **more):
        return play(
            tmp_path, story, desk_oidc_issuer=provider.issuer, desk_oidc_client_id=CLIENT,
            desk_oidc_client_secret=CLIENT_SECRET, **more,
        )  # fmt: skip

    return run


async def account(stand, name="anna", email="anna@firm.example", role="advisor"):
    boss = await stand.person("boss-of-" + name, "manager")
    made = await boss.post("users", name=name, email=email, role=role)
    return boss, made.json()["user"]["id"]


async def go(browser, provider):
    """There and back."""
    there = await browser.get("oidc/start")
    assert there.status_code == 303
    code, state = provider.authorize(there.headers["location"])
    return await browser.get("oidc/callback", code=code, state=state, session_state="more")


async def is_in(browser):
    return (await browser.get("me")).status_code == 200


def test_who_has_an_account_gets_in_and_the_second_factor_is_the_providers(desk, provider):
    async def story(stand):
        boss, user = await account(stand)
        anna = stand.browser()
        assert (await anna.get("ways")).json() == {"password": True, "oidc": True}
        back = await go(anna, provider)
        assert back.status_code == 200 and "url=/desk/sign-in" in back.text
        me = (await anna.get("me")).json()
        assert me["signed_in"] == "full" and me["user"]["id"] == user
        assert (await stand.desk.who(anna.token(), True)).role == "advisor"
        assert code_of(await anna.post("me/totp", password="x")) == "provider_signs_in"
        entries = (await boss.get("audit", user=user)).json()["entries"]
        assert [e["what"] for e in entries] == ["signed_in", "account.joined"]
        assert entries[0]["details"] == {"factor": "provider"}

    desk(story)


def test_later_the_subject_counts_and_no_longer_the_email(desk, provider):
    async def story(stand):
        _, user = await account(stand)
        await go(stand.browser(), provider)
        provider.claims = {"sub": "p-1", "email": "married@firm.example", "email_verified": True}
        again = stand.browser()
        await go(again, provider)
        assert (await again.get("me")).json()["user"]["id"] == user
        provider.claims = {"sub": "p-2", "email": "anna@firm.example", "email_verified": True}
        other = stand.browser()
        assert "No desk account" in (await go(other, provider)).text and not await is_in(other)

    desk(story)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "p-1", "email": "anna@firm.example", "email_verified": False},
        {"sub": "p-1", "email": "anna@firm.example"},
        {"sub": "p-1", "email": "anna@firm.example", "email_verified": "true"},
        {"sub": "p-1", "email": "other@firm.example", "email_verified": True},
        {"sub": "p-1"},
    ],
)
def test_without_an_account_or_a_verified_address_nobody_gets_in(desk, provider, claims):
    async def story(stand):
        await account(stand)
        provider.claims = claims
        browser = stand.browser()
        answer = await go(browser, provider)
        assert answer.status_code == 400 and "No desk account" in answer.text
        assert not await is_in(browser) and "anna" not in answer.text

    desk(story)


STRANGER = RSAKey.generate_key(2048, {"kid": "k0"}, private=True)
BAD_TOKENS = {
    "another key": {"signs_with": STRANGER},
    "another issuer": {"claims": {"iss": "https://evil.example"}},
    "for somebody else": {"claims": {"aud": "another"}},
    "for several, by nobody": {"claims": {"aud": [CLIENT, "another"]}},
    "asked for by another": {"claims": {"azp": "another"}},
    "of another sign-in": {"claims": {"nonce": "another"}},
    "over": {"claims": {"exp": int(time.time()) - 120}},
    "of tomorrow": {"claims": {"iat": int(time.time()) + 86_400}},
    "without a nonce": {"without": ("nonce",)},
    "without an end": {"without": ("exp",)},
    "without a subject": {"without": ("sub",)},
    "without an issuer": {"without": ("iss",)},
    "signed with the secret": {"signs_with": OctKey.import_key(CLIENT_SECRET * 3), "header": {"alg": "HS256"}},
}  # fmt: skip


@pytest.mark.parametrize("bad", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_a_token_with_one_thing_wrong_is_not_believed(desk, provider, bad):
    async def story(stand):
        await account(stand)
        for name, value in bad.items():
            merged = provider.claims | value if name == "claims" else value
            setattr(provider, name, merged)
        browser = stand.browser()
        answer = await go(browser, provider)
        assert answer.status_code == 400 and "did not work" in answer.text
        assert not await is_in(browser)

    desk(story)


def test_an_unsigned_token_is_not_believed(desk, provider):
    async def story(stand):
        await account(stand)
        real = jwt.encode

        def unsigned(header, claims, key, algorithms):
            parts = real(header, claims, key, algorithms=algorithms).split(".")
            none = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
            return f"{none}.{parts[1]}."

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(jwt, "encode", unsigned)
            browser = stand.browser()
            assert "did not work" in (await go(browser, provider)).text
            assert not await is_in(browser)

    desk(story)


def test_state_and_browser_must_be_those_that_left(desk, provider):
    async def story(stand):
        await account(stand)
        mine, theirs = stand.browser(), stand.browser()
        code, state = provider.authorize((await mine.get("oidc/start")).headers["location"])
        await theirs.get("oidc/start")
        for browser, words in (
            (theirs, {"code": code, "state": state}),  # an answer planted on somebody else
            (stand.browser(), {"code": code, "state": state}),  # who never left
            (mine, {"code": code, "state": "other"}),
            (mine, {"error": "access_denied", "state": state}),
        ):
            answer = await browser.get("oidc/callback", **words)
            assert answer.status_code == 400 and not await is_in(browser)
        # Each refusal ended the trip: the right answer comes too late.
        assert (await mine.get("oidc/callback", code=code, state=state)).status_code == 400

    desk(story)


def test_an_answer_to_another_question_is_not_taken(desk, provider):
    async def story(stand):
        await account(stand)
        for state in ("other", "", "\u00e9"):
            mine = stand.browser()
            code, _ = provider.authorize((await mine.get("oidc/start")).headers["location"])
            answer = await mine.get("oidc/callback", code=code, state=state)
            assert answer.status_code == 400 and not await is_in(mine)

    desk(story)


def test_a_code_is_good_once(desk, provider):
    async def story(stand):
        await account(stand)
        browser = stand.browser()
        there = (await browser.get("oidc/start")).headers["location"]
        carried = browser.http.cookies.get("__Host-desk-oidc")
        code, state = provider.authorize(there)
        assert (await browser.get("oidc/callback", code=code, state=state)).status_code == 200
        thief = stand.browser()
        thief.http.cookies.set("__Host-desk-oidc", carried)
        assert (await thief.get("oidc/callback", code=code, state=state)).status_code == 400
        assert not await is_in(thief)

    desk(story)


def test_new_keys_of_the_provider_are_fetched(desk, provider, monkeypatch):
    async def story(stand):
        await account(stand)
        await go(stand.browser(), provider)
        provider.keys = [RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}, private=True)]
        monkeypatch.setattr("frontdesk.desk.oidc._AGAIN_SECONDS", 0)
        browser = stand.browser()
        await go(browser, provider)
        assert await is_in(browser)

    desk(story)


def test_groups_give_the_role_and_without_one_nobody_gets_in(desk, provider):
    async def story(stand):
        boss, user = await account(stand)
        browser = stand.browser()
        assert "No desk account" in (await go(browser, provider)).text
        provider.claims["groups"] = ["staff", "leads"]
        await go(browser, provider)
        assert (await browser.get("me")).json()["user"]["role"] == "manager"
        provider.claims["groups"] = ["tax"]
        await go(browser, provider)
        assert (await browser.get("me")).json()["user"]["role"] == "advisor"
        changes = [e["details"] for e in (await boss.get("audit", about=user)).json()["entries"] if e["what"] == "user.role"]  # fmt: skip
        assert changes == [{"role": "advisor"}, {"role": "manager"}]

    desk(story, desk_oidc_groups="tax=advisor, leads=manager")


def test_a_disabled_account_stays_out(desk, provider):
    async def story(stand):
        boss, user = await account(stand)
        await boss.post(f"users/{user}/disabled", disabled=True)
        browser = stand.browser()
        assert "No desk account" in (await go(browser, provider)).text
        assert not await is_in(browser)

    desk(story)


def test_a_provider_that_is_away_is_a_sentence(desk, provider):
    async def story(stand):
        await account(stand)
        provider.status = 503
        answer = await go(stand.browser(), provider)
        assert answer.status_code == 502 and "does not answer" in answer.text
        provider.status = 400
        assert "did not work" in (await go(stand.browser(), provider)).text

    desk(story)


def test_without_a_provider_the_routes_say_so(tmp_path):
    async def story(stand):
        answer = await stand.browser().get("oidc/start")
        assert answer.status_code == 404 and "has not set up" in answer.text
        assert (await stand.browser().get("ways")).json()["oidc"] is False

    play(tmp_path, story)
