"""What is derived from the shared secret, and the hashes under which tokens and codes are kept."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from cryptography.fernet import Fernet, InvalidToken

# No letters that look like digits: recovery codes are read from paper.
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_LOOKS_LIKE = str.maketrans("oil", "011")
_GROUPS, _GROUP = 4, 4  # 80 bits: no list of hashes can be tried through


class Keys:
    """One key for each purpose, so that no value of one is of use for another."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(self._key("desk totp")))
        self._cookies = Fernet(base64.urlsafe_b64encode(self._key("desk oidc")))

    def seal(self, text: str) -> str:
        """Encrypt an authenticator's secret for the database."""
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str | None:
        """What was sealed; None when it was under another CP503_SECRET."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

    def carry(self, text: str) -> str:
        """Encrypt what a browser carries to the provider and back."""
        return self._cookies.encrypt(text.encode()).decode()

    def carried(self, sealed: str, seconds: int) -> str | None:
        """What was carried, if it is ours and not older than that."""
        try:
            return self._cookies.decrypt(sealed.encode(), ttl=seconds).decode()
        except (InvalidToken, UnicodeEncodeError):
            return None

    def csrf(self, token: str) -> str:
        """The header token of a session. Derived, so that it is kept nowhere."""
        return hmac.new(self._key("desk csrf"), token.encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def same(given: str, right: str) -> bool:
        """Whether two are the same, in the same time wherever they differ."""
        return hmac.compare_digest(given.encode(), right.encode())

    def about(self, kind: str, text: str) -> str:
        """A keyed hash of something that may not be stored: an address, a typed name."""
        digest = hmac.new(self._key("desk " + kind), text.encode(), hashlib.sha256)
        return digest.hexdigest()[:24]

    def _key(self, purpose: str) -> bytes:
        return hmac.new(self._secret, purpose.encode(), hashlib.sha256).digest()


def fresh_token() -> str:
    """A random token of 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Under which a token is kept: who reads the database cannot use it."""
    return hashlib.sha256(b"desk token\0" + token.encode()).hexdigest()


def fresh_recovery() -> str:
    """A recovery code, like 7kq2-m9xa-04ct-hw3p."""
    letters = [secrets.choice(_ALPHABET) for _ in range(_GROUPS * _GROUP)]
    return "-".join("".join(letters[n : n + _GROUP]) for n in range(0, len(letters), _GROUP))


def recovery_hash(user: str, code: str) -> str:
    """Under which a user's recovery code is kept; forgives case, spaces, hyphens and look-alikes."""
    plain = "".join(c for c in code.lower() if c not in " -").translate(_LOOKS_LIKE)
    return hashlib.sha256(f"desk recovery\0{user}\0{plain}".encode()).hexdigest()
