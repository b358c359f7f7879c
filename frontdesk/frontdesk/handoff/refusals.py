"""What the desk is told when something cannot be done: a code for the page, a sentence for the person."""

from __future__ import annotations

SENTENCES = {
    "not_signed_in": "You are not signed in any more. Please sign in again; nothing is lost.",
    "no_case": "There is no such case here. Its visitor may have deleted it, or taken it back.",
    "not_yours": "This case is not yours, so nothing was changed.",
    "taken": "{name} has this case already.",
    "not_waiting": "This case does not wait any more.",
    "not_with_you": "This case is not with you any more, so nothing was sent.",
    "no_colleague": "There is nobody of that name at the desk right now.",
    "bad_facts": "These facts cannot be used: {what}",
    "bad_request": "That could not be read, so nothing was done. Please reload the page.",
    "bad_outcome": "Please say how the case ended, and write a follow-up day like 2026-12-24.",
    "not_now": "The database does not answer, so nothing was saved. Please try again in a minute.",
}


class Refusal(Exception):
    """Something that was not done, and why."""

    def __init__(self, code: str, **words: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = SENTENCES[code].format(**words)

    def ack(self) -> dict[str, object]:
        """As an acknowledgement."""
        return {"ok": False, "error": {"code": self.code, "message": self.message}}
