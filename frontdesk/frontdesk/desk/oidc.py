"""OpenID Connect: the exchange with the firm's provider, and what its ID token must be.

Authorization code with PKCE; the token is checked against the provider's published keys. Nothing of
an answer is trusted before its signature, issuer, audience, nonce and time are.
"""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from frontdesk.desk.refusals import Refused
from frontdesk.settings import Settings

# Public-key algorithms only: with others the client's secret, or nothing, would sign.
ALGORITHMS = ["RS256", "PS256", "ES256"]
_FRESH_SECONDS = 3600  # so long the provider's description and keys are kept
_AGAIN_SECONDS = 30  # a token with an unknown key makes us ask again, but not more often
_LEEWAY_SECONDS = 60


@dataclass(frozen=True)
class Claims:
    """Who the provider says it is."""

    subject: str
    email: str | None  # only one the provider has verified
    groups: frozenset[str]


def challenge(verifier: str) -> str:
    """PKCE, S256."""
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Provider:
    """The firm's provider, as the settings name it."""

    def __init__(self, settings: Settings) -> None:
        self._issuer = settings.desk_oidc_issuer
        self._client = settings.desk_oidc_client_id
        self._secret = settings.desk_oidc_client_secret
        self._described: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, KeySet] | None = None

    async def address(self, redirect: str, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes to sign in."""
        found = await self._about()
        asked = {
            "response_type": "code", "client_id": self._client, "redirect_uri": redirect,
            "scope": "openid email profile", "state": state, "nonce": nonce,
            "code_challenge": challenge(verifier), "code_challenge_method": "S256",
        }  # fmt: skip
        at = str(found["authorization_endpoint"])
        return at + ("&" if "?" in at else "?") + urlencode(asked)

    async def claims(self, redirect: str, code: str, nonce: str, verifier: str) -> Claims:
        """Who comes back with this code; Refused when the provider says no or is not believed."""
        found = await self._about()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirect,
            "client_id": self._client, "code_verifier": verifier,
        }  # fmt: skip
        ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        auth = None
        if self._secret and "client_secret_basic" in ways:
            auth = httpx.BasicAuth(self._client, self._secret)
        elif self._secret:
            form["client_secret"] = self._secret
        told = await _json("POST", found["token_endpoint"], data=form, auth=auth)
        return await self._checked(told.get("id_token"), nonce)

    async def _checked(self, token: Any, nonce: str) -> Claims:
        if not isinstance(token, str):
            raise Refused("provider_refused")
        must = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": self._client},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True}, iat={"essential": True}, sub={"essential": True},
        )  # fmt: skip
        try:
            claims = (await self._verified(token)).claims
            must.validate(claims)
        except (JoseError, ValueError) as error:
            raise Refused("provider_refused") from error
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else self._client) != self._client:
            raise Refused("provider_refused")
        email, groups = claims.get("email"), claims.get("groups")
        verified = claims.get("email_verified") is True and isinstance(email, str)
        return Claims(
            str(claims["sub"]), email if verified else None,
            frozenset(g for g in groups if isinstance(g, str)) if isinstance(groups, list) else frozenset(),
        )  # fmt: skip

    async def _verified(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, await self._published(_FRESH_SECONDS), algorithms=ALGORITHMS)
        except (JoseError, ValueError):  # perhaps the provider has new keys
            keys = await self._published(_AGAIN_SECONDS)
            return jwt.decode(token, keys, algorithms=ALGORITHMS)

    async def _published(self, seconds: float) -> KeySet:
        if self._keys is None or self._keys[0] < time.monotonic() - seconds:
            told = await _json("GET", (await self._about())["jwks_uri"])
            try:
                self._keys = time.monotonic(), KeySet.import_key_set(told)  # type: ignore[arg-type]
            except (JoseError, ValueError, KeyError) as error:
                raise Refused("provider_away") from error
        return self._keys[1]

    async def _about(self) -> dict[str, Any]:
        if not self._issuer:
            raise Refused("no_provider")
        if self._described is None or self._described[0] < time.monotonic() - _FRESH_SECONDS:
            place = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
            told = await _json("GET", place)
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if told.get("issuer") != self._issuer or any(
                not isinstance(told.get(n), str) for n in needed
            ):
                raise Refused("provider_away")
            self._described = time.monotonic(), told
        return self._described[1]


async def _json(method: str, url: str, **more: Any) -> dict[str, Any]:
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.request(method, url, **more)
        told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise Refused("provider_away") from error
    if answer.status_code >= 500:
        raise Refused("provider_away")
    if answer.status_code != 200 or not isinstance(told, dict):
        raise Refused("provider_refused")
    return told
