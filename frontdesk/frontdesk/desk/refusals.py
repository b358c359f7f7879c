"""What the desk says when it says no: each refusal has a code for programs and a sentence for people.

The sentences of sign-in are the same whether or not a name exists, a password was set or an account
is disabled: they may not tell a stranger who works here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sentence:
    """A refusal before it happens: HTTP status and words."""

    status: int
    message: str


SENTENCES = {
    "not_signed_in": Sentence(401, "You are not signed in, or your session has ended. Sign in again."),
    "half_signed_in": Sentence(403, "Your second factor is still missing. Finish signing in first."),
    "not_allowed": Sentence(403, "Only a manager may do that. Ask a manager of your firm."),
    "forged": Sentence(
        403, "This did not come from the desk's own page, so nothing was done. Reload the desk."
    ),
    "bad_request": Sentence(400, "That could not be read, so nothing was done: {what}."),
    "not_json": Sentence(415, "The desk takes JSON only, so nothing was done."),
    "too_large": Sentence(413, "That is longer than the desk takes, so nothing was done."),
    "too_fast": Sentence(
        429, "That was very often in a short time. Wait {wait} and try again. Nothing is lost."
    ),
    "locked": Sentence(
        429,
        "Too many tries did not fit, so sign-in is closed here for {wait}. Then try again, or ask "
        "a manager of your firm for a new set-up link.",
    ),
    "wrong_password": Sentence(400, "That name and password do not fit together."),
    "wrong_own_password": Sentence(400, "That is not your present password, so nothing was changed."),
    "wrong_code": Sentence(
        400, "That code does not fit, or was used before. Wait for the next one and try again."
    ),
    "wrong_recovery": Sentence(400, "That recovery code does not fit, or was used before."),
    "wrong_passkey": Sentence(
        400, "That passkey could not be confirmed. Start again, or use another second factor."
    ),
    "passkey_known": Sentence(409, "That passkey is set up already."),
    "weak_password": Sentence(400, "{what}"),
    "old_link": Sentence(
        400,
        "This set-up link was used, replaced, or is older than 24 hours. Ask a manager for a new one.",
    ),
    "signed_in_already": Sentence(409, "You are signed in already."),
    "no_second_factor": Sentence(
        409, "This account has no second factor. Ask a manager of your firm for a new set-up link."
    ),
    "last_factor": Sentence(409, "That is your last second factor. Set another one up first."),
    "no_factor": Sentence(404, "There is no such second factor on your account."),
    "provider_signs_in": Sentence(
        409, "You sign in through your firm's provider: passwords and second factors are kept there."
    ),
    "name_taken": Sentence(409, "There is an account with that name, e-mail or passkey already."),
    "no_user": Sentence(404, "There is no such account."),
    "last_manager": Sentence(
        409, "That is the last manager who can sign in. Make somebody else a manager first."
    ),
    "bad_hours": Sentence(400, "Those opening hours were not saved: {what}"),
    "no_reply": Sentence(404, "There is no such reply. Somebody may have removed it."),
    "bad_reply": Sentence(400, "This reply was not saved: {what}"),
    "no_case": Sentence(
        404, "There is no such case here. Its visitor may have deleted it, or taken it back."
    ),
    "no_follow_up": Sentence(409, "Nobody has to come back to this case, so nothing was changed."),
    "bad_search": Sentence(400, "That could not be searched for: {what}"),
    "bad_day": Sentence(400, "There are no numbers of that day: {what}"),
    "no_provider": Sentence(404, "This firm has not set up sign-in through a provider."),
    "provider_away": Sentence(
        502, "Your firm's sign-in provider does not answer. Try again in a minute."
    ),
    "provider_refused": Sentence(
        400, "Sign-in through your firm's provider did not work. Start again from the sign-in page."
    ),
    "no_account": Sentence(
        400, "No desk account fits that sign-in. Ask a manager of your firm to make one."
    ),
    "not_now": Sentence(
        503, "The desk cannot reach its database, so nothing was done. Try again in a minute."
    ),
}  # fmt: skip


class Refused(Exception):  # noqa: N818  # a plain word, as elsewhere in the frontdesk
    """A refusal on its way to whoever asked."""

    def __init__(self, code: str, *, wait: int | None = None, what: str = "") -> None:
        super().__init__(code)
        sentence = SENTENCES[code]
        self.code = code
        self.status = sentence.status
        self.wait = wait
        self.message = sentence.message.format(wait=_long(wait or 0), what=what)

    def body(self) -> dict[str, object]:
        """As JSON for the page."""
        told: dict[str, object] = {"code": self.code, "message": self.message}
        if self.wait is not None:
            told["retry_after"] = self.wait
        return {"error": told}


def _long(seconds: int) -> str:
    """How long, in words: rounded up, never "0 minutes"."""
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
