"""The sentences the frontdesk itself says: what happened, what was kept, what to do next."""

from __future__ import annotations

from collections.abc import Iterable

_KINDS = {
    "SSN": "a Social Security number",
    "ITIN": "a taxpayer number (ITIN)",
    "EIN": "an employer number (EIN)",
    "card number": "a card number",
    "routing number": "a bank routing number",
    "account number": "a bank account number",
}

SLOW = (
    "The assistant is not answering right now. Your message is saved, and the answer will appear "
    "here as soon as it is back. If your due date is close, call the phone number on your notice."
)
FAILED = (
    "That message could not be answered. It is saved. Please try other words, or call the phone "
    "number on your notice."
)
TOO_LONG = (
    "That is longer than {most} characters, so it was not sent. It is still in the box: please "
    "shorten it, or send it in parts."
)
EMPTY = "There was nothing to send. Type a question, for example: how long do I have?"
TOO_FAST = (
    "That was very fast. Your message was not sent yet: it goes out again in {seconds} seconds."
)
NO_BUTTON = "That button is not there any more. Please type your question."
BAD_REQUEST = "That could not be read, so nothing was sent. Please reload the page and try again."
NOT_SAVED = (
    "Your message could not be saved, so it was not sent. It is still in the box: please try again "
    "in a minute, or call the phone number on your notice."
)

DELETED = "This conversation was deleted, so nothing was sent. You can start a new one."
NO_PLAN = "There is no plan in that message any more. Ask for your plan again to see it."
CONSENT_REFUSED = "No, general answers only"  # in the visitor's name: what they tapped
GENERAL_ONLY = (
    "Okay, general answers only. I dropped the result. You can ask anything about the notice, and "
    "find your plan later. Your notice's due date still counts."
)
OLD_LINK = (
    "This link has run out or its conversation was deleted. Go back to the chat and tap again."
)


def masked(kinds: Iterable[str]) -> str:
    """Told right after a message something was masked in."""
    named = [_KINDS[k] for k in dict.fromkeys(kinds)]
    what = " and ".join(named)
    return (
        f"I removed what looked like {what} from your message. It was not stored or passed on. "
        "You never need it here: please leave such numbers out."
    )
