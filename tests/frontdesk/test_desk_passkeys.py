"""Passkeys, with an authenticator in software: real keys and real signatures, one thing wrong at a time."""

import hashlib
import json
import os
import struct

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from desk_stand import ORIGIN, PASSWORD, code_of, play
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url


class Authenticator:
    """A security key: makes an ES256 key without attestation, and signs with it."""

    def __init__(self):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.count = 0

    def make(self, options, origin=ORIGIN, flags=0x45):
        host = options["rp"]["id"]
        numbers = self.key.public_key().public_numbers()
        public = {
            1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big"),
        }  # fmt: skip
        data = self._data(host, flags) + bytes(16) + struct.pack(">H", len(self.id)) + self.id
        attested = {"fmt": "none", "attStmt": {}, "authData": data + cbor2.dumps(public)}
        return self._answer(
            clientDataJSON=self._client("webauthn.create", options["challenge"], origin),
            attestationObject=cbor2.dumps(attested),
        )

    def sign(self, options, origin=ORIGIN, host=None, flags=0x05, kind="webauthn.get", key=None):
        self.count += 1
        data = self._data(host or options["rpId"], flags)
        client = self._client(kind, options["challenge"], origin)
        signed = (key or self.key).sign(
            data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256())
        )
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signed)

    def _data(self, host, flags):
        return hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, self.count)

    @staticmethod
    def _client(kind, challenge, origin):
        return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()

    def _answer(self, **parts):
        name = bytes_to_base64url(self.id)
        response = {key: bytes_to_base64url(value) for key, value in parts.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": response}


@pytest.fixture
def database_url():
    return ""


@pytest.fixture
def desk(tmp_path, database_url):
    return lambda story, **more: play(tmp_path, story, database_url, **more)


async def with_key(stand, name="anna"):
    """Somebody who set up their account with a passkey."""
    browser, key = stand.browser(), Authenticator()
    code = await stand.link(name)
    options = (await browser.post("setup/passkey/options", code=code)).json()
    assert options["rp"]["id"] == "desk.example.com" and options["attestation"] == "none"
    answer = await browser.post(
        "setup/finish", code=code, password=PASSWORD, passkey=key.make(options), label="Key"
    )
    assert answer.status_code == 200, answer.text
    browser.name, browser.recovery = name, answer.json()["recovery"]
    return browser, key


async def asked(browser):
    """The options of a sign-in after the password."""
    assert "passkey" in (await browser.password()).json()["factors"]
    return (await browser.post("second-factor/passkey/options")).json()


async def answer(browser, credential):
    return await browser.post("second-factor/passkey", credential=credential)


def test_set_up_and_sign_in_with_a_passkey(desk):
    async def story(stand):
        anna, key = await with_key(stand)
        options = await asked(anna)
        assert [c["id"] for c in options["allowCredentials"]] == [bytes_to_base64url(key.id)]
        done = await answer(anna, key.sign(options))
        assert done.status_code == 200 and done.json()["signed_in"] == "full"
        assert (await anna.get("me/factors")).json()["passkeys"][0]["label"] == "Key"

    desk(story)


WRONG = {
    "another site": {"origin": "https://desk.example.com.evil.example"},
    "another host": {"host": "example.com"},
    "nobody touched it": {"flags": 0x00},
    "a new key's answer": {"kind": "webauthn.create"},
    "another key": {"key": ec.generate_private_key(ec.SECP256R1())},
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_one_thing_wrong_lets_nobody_in(desk, wrong):
    async def story(stand):
        anna, key = await with_key(stand)
        refused = await answer(anna, key.sign(await asked(anna), **wrong))
        assert code_of(refused) == "wrong_passkey"
        assert (await anna.get("me")).json()["signed_in"] == "half"

    desk(story)


def test_an_answer_counts_once_and_for_its_challenge(desk):
    async def story(stand):
        anna, key = await with_key(stand)
        first = await asked(anna)
        signed = key.sign(first)
        assert (await answer(anna, signed)).status_code == 200
        await asked(anna)
        assert code_of(await answer(anna, signed)) == "wrong_passkey"
        # The failed answer took the challenge with it: the right one comes too late.
        options = await asked(anna)
        assert code_of(await answer(anna, key.sign(first))) == "wrong_passkey"
        assert code_of(await answer(anna, key.sign(options))) == "wrong_passkey"
        assert (await answer(anna, key.sign(await asked(anna)))).status_code == 200

    desk(story)


def test_a_copy_of_a_key_is_found_out_by_its_counter(desk):
    async def story(stand):
        anna, key = await with_key(stand)
        key.count = 41
        assert (await answer(anna, key.sign(await asked(anna)))).status_code == 200
        key.count = 20
        assert code_of(await answer(anna, key.sign(await asked(anna)))) == "wrong_passkey"

    desk(story)


def test_a_key_that_does_not_count_works_again_and_again(desk):
    async def story(stand):
        anna, key = await with_key(stand)
        for _ in range(3):
            key.count = -1
            assert (await answer(anna, key.sign(await asked(anna)))).status_code == 200

    desk(story)


def test_anothers_passkey_does_not_fit(desk):
    async def story(stand):
        anna, _ = await with_key(stand, "anna")
        _, other = await with_key(stand, "bert")
        assert code_of(await answer(anna, other.sign(await asked(anna)))) == "wrong_passkey"

    desk(story)


@pytest.mark.parametrize(
    "credential", [{}, {"id": 1}, {"id": None, "response": []}, {"id": "YQ", "rawId": "YQ"}]
)
def test_nonsense_is_refused_in_the_same_words(desk, credential):
    async def story(stand):
        anna, key = await with_key(stand)
        await asked(anna)
        assert code_of(await answer(anna, credential)) == "wrong_passkey"
        half = {"id": bytes_to_base64url(key.id), "response": {}}
        await asked(anna)
        assert code_of(await answer(anna, half)) == "wrong_passkey"

    desk(story)


def test_a_second_passkey_and_removing_until_the_last(desk):
    async def story(stand):
        anna, key = await with_key(stand)
        second = Authenticator()
        options = (await anna.post("me/passkeys/options", password=PASSWORD)).json()
        assert [c["id"] for c in options["excludeCredentials"]] == [bytes_to_base64url(key.id)]
        evil = second.make(options, origin="https://evil.example")
        assert code_of(await anna.post("me/passkeys", credential=evil)) == "wrong_passkey"
        options = (await anna.post("me/passkeys/options", password=PASSWORD)).json()
        made = second.make(options)
        assert (await anna.post("me/passkeys", credential=made)).status_code == 200
        assert code_of(await anna.post("me/passkeys", credential=made)) == "wrong_passkey"
        ids = [k["id"] for k in (await anna.get("me/factors")).json()["passkeys"]]
        assert {base64url_to_bytes(i) for i in ids} == {key.id, second.id}
        remove = "me/passkeys/remove"
        assert code_of(await anna.post(remove, id=ids[0], password="wrong one")) == "wrong_own_password"  # fmt: skip
        assert (await anna.post(remove, id=ids[0], password=PASSWORD)).status_code == 200
        assert code_of(await anna.post(remove, id=ids[0], password=PASSWORD)) == "no_factor"
        assert code_of(await anna.post(remove, id=ids[1], password=PASSWORD)) == "last_factor"
        assert len((await anna.get("me/factors")).json()["passkeys"]) == 1

    desk(story)


def test_a_signed_challenge_makes_no_new_key(desk):
    async def story(stand):
        anna, _ = await with_key(stand)
        options = await asked(anna)
        fresh = Authenticator().make({"rp": {"id": "desk.example.com"}, **options})
        await anna.post("second-factor/recovery", code=anna.recovery[0])
        assert code_of(await anna.post("me/passkeys", credential=fresh)) == "wrong_passkey"

    desk(story)


def test_the_desk_at_its_own_host_without_a_setting(desk):
    async def story(stand):
        browser, key = stand.browser(origin="http://localhost:8080"), Authenticator()
        code = await stand.link("anna")
        options = (await browser.post("setup/passkey/options", code=code)).json()
        assert options["rp"]["id"] == "localhost"
        made = key.make(options, origin="http://localhost:8080")
        done = await browser.post("setup/finish", code=code, password=PASSWORD, passkey=made)
        assert done.status_code == 200

    desk(story, desk_origin="")
