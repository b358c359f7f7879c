"""Passkeys (WebAuthn), as a second factor. The library checks; what it has to expect stands here.

A challenge names what it is for: one that asks for a signature cannot be answered with a new key.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import and_, literal, or_, update
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from frontdesk.desk.models import Passkey
from frontdesk.desk.refusals import Refused

# A password came before: touching the key is enough, a fingerprint is welcome.
_VERIFICATION = UserVerificationRequirement.PREFERRED
_NEW, _KNOWN = "new:", "known:"


class Passkeys:
    """For the desk at one origin, like https://desk.example.com."""

    def __init__(self, origin: str, firm: str) -> None:
        self._origin = origin
        self._host = urlsplit(origin).hostname or ""
        self._firm = firm or "Desk"

    def offer(
        self, user: str, name: str, display_name: str, known: Sequence[Passkey]
    ) -> tuple[dict[str, Any], str]:
        """Options for navigator.credentials.create, and the challenge to keep."""
        options = webauthn.generate_registration_options(
            rp_id=self._host, rp_name=self._firm, user_name=name, user_id=user.encode(),
            user_display_name=display_name, exclude_credentials=_described(known),
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=_VERIFICATION
            ),
        )  # fmt: skip
        return _json(options), _NEW + bytes_to_base64url(options.challenge)

    def made(
        self, credential: dict[str, Any], kept: str | None, user: str, label: str, at: datetime
    ) -> Passkey:
        """The new passkey a browser made; Refused when it cannot be confirmed."""
        try:
            verified = webauthn.verify_registration_response(
                credential=credential, expected_challenge=_challenge(kept, _NEW),
                expected_rp_id=self._host, expected_origin=self._origin,
            )  # fmt: skip
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise Refused("wrong_passkey") from error
        return Passkey(
            id=bytes_to_base64url(verified.credential_id), user_id=user,
            public_key=bytes_to_base64url(verified.credential_public_key),
            sign_count=verified.sign_count, label=label.strip() or "Passkey", created_at=at,
        )  # fmt: skip

    def ask(self, known: Sequence[Passkey]) -> tuple[dict[str, Any], str]:
        """Options for navigator.credentials.get, and the challenge to keep."""
        options = webauthn.generate_authentication_options(
            rp_id=self._host, allow_credentials=_described(known), user_verification=_VERIFICATION
        )
        return _json(options), _KNOWN + bytes_to_base64url(options.challenge)

    def take(self, db: Session, credential: dict[str, Any], kept: str | None, user: str) -> bool:
        """Whether one of the user's passkeys signed the challenge just now."""
        key = db.get(Passkey, str(credential.get("id")))
        if key is None or key.user_id != user:
            return False
        try:
            verified = webauthn.verify_authentication_response(
                credential=credential, expected_challenge=_challenge(kept, _KNOWN),
                expected_rp_id=self._host, expected_origin=self._origin,
                credential_public_key=base64url_to_bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
            )  # fmt: skip
        except (WebAuthnException, ValueError, KeyError, TypeError):
            return False
        count = verified.new_sign_count
        # A key that counts only ever counts on: a copy of it is found out, also by two at once.
        on = or_(Passkey.sign_count < count, and_(Passkey.sign_count == 0, literal(count == 0)))
        done = db.execute(update(Passkey).where(Passkey.id == key.id, on).values(sign_count=count))
        return bool(getattr(done, "rowcount", 0))


def _described(keys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(k.id)) for k in keys]


def _challenge(kept: str | None, purpose: str) -> bytes:
    if kept is None or not kept.startswith(purpose):
        raise ValueError("no such challenge")
    return base64url_to_bytes(kept.removeprefix(purpose))


def _json(options: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return made
