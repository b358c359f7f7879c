"""Passwords: argon2id, in two threads of their own, and what one has to be like."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.desk.refusals import Refused

T = TypeVar("T")

LEAST, MOST = 12, 200
_LEFT = 8  # characters that must be left without the name
_DIFFERENT = 5
_AT_ONCE = 2  # each takes 64 MB: a burst of sign-ins waits instead of filling the memory

# The commonest of twelve characters and more; digits and marks at the end do not make them rarer.
_WORDS = """
abcabcabcabc abcd abcdefgh abcdefghij abcdefghijkl adminadmin administrator asdfghjkl asdfghjklqwerty
autumn baseball batman changeit changeme changemenow changemeplease computer correcthorsebattery
correcthorsebatterystaple december defaultpassword dragon football iloveyou iloveyouforever incometax
internalrevenue internet january letmein letmeinnow letmeinplease michelle monkey motdepasse
mypassword newpassword password passwordpassword passwort princess qazwsx qazwsxedc qazwsxedcrfv
qwerty qwertyasdfgh qwertyqwerty qwertyuiop qwertyuiopasdf secret secretpassword spring starwars summer
sunshine superman taxadvisor taxes taxseason thisismypassword trustno welcome welcometo welcomewelcome
whatever winter zxcvbnm
"""
_COMMON = frozenset(["", *_WORDS.split()])


class Passwords:
    """Hashes and checks; both slow on purpose."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._threads = ThreadPoolExecutor(_AT_ONCE, "passwords")
        # Checked where there is no account, so that the answer takes as long as where there is one.
        self._nobody = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        """For the database."""
        return await self._do(self._hasher.hash, _same(password))

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; takes as long with none kept."""
        right = await self._do(self._verify, kept or self._nobody, _same(password))
        return right and kept is not None

    def is_dated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _do(self, work: Callable[..., T], *given: str) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)


def check(password: str, *names: str) -> None:
    """Refuse a password that is short, common or made of the name."""
    same = _same(password)
    if not LEAST <= len(same) <= MOST:
        what = f"Take {LEAST} to {MOST} characters for the password: a few words are best."
        raise Refused("weak_password", what=what)
    folded = rest = same.casefold()
    if len(set(folded)) < _DIFFERENT or folded.strip("0123456789 !?.,_-#*@$") in _COMMON:
        what = "That password is among the first a stranger tries. Take a few words of your own."
        raise Refused("weak_password", what=what)
    for name in names:
        for word in [name, *name.split()]:
            rest = rest.replace(_same(word).casefold(), "") if word.strip() else rest
    if len(rest) < min(_LEFT, len(folded)) and rest != folded:
        raise Refused("weak_password", what="The password may not be made of your name.")


def _same(password: str) -> str:
    """One form for what two keyboards write differently."""
    return unicodedata.normalize("NFKC", password)
