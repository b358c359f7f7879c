"""What the visitor reads about the hand-over: what happens, what is passed on, what comes next."""

from __future__ import annotations

OFFER = {
    "asked": "I can bring in {person}.",
    "misunderstood": "I have not understood you twice now. {Person} can help you better than I can.",
    "case": "Your situation is one to go through with {person}.",
    "same_day": "Something in your case cannot wait: {reason} Please let {person} look at it today.",
    "distress": "You do not have to carry this alone. {Person} can go through it with you.",
}
PASSED_ON = (
    "If you agree, they see this conversation, the facts you gave about your case and what I worked "
    "out from them, and the name and contact you give. Nobody else does. Shall I pass it on?"
)
YES, NO = "Yes, pass it on", "No, go on here"
YES_PAYLOAD, NO_PAYLOAD = "handoff:yes", "handoff:no"

CLOSED_NOW = "Nobody is at the desk right now{opens}."
OPENS = "; it opens {when}"
HOW_TO_REACH = (
    "Please type your name and a phone number or e-mail address, and they call you back. Their "
    "answer also appears here."
)
REACHED_HERE = "Their answer will appear here."
HAVE_CONTACT = "They will call you back with what you gave: your name and contact are kept."
THANKS_CONTACT = "Thank you, your contact is passed on. They will get back to you."
CONTACT_NEEDED = (
    "Nobody is at the desk right now, so please give your name and a phone number or e-mail address "
    "for a call back."
)
BAD_CONTACT = "Please give a phone number or an e-mail address, at most 200 characters."

QUEUED = "Passed on. {place} Until somebody takes it I go on answering here."
PLACE = "You are number {place} of {of} in line."
NEXT = "You are next in line."
REFUSED = (
    "Okay, I pass nothing on. Ask me anything about the notice; you can ask for a person any time."
)
CANCELLED = "Okay, I took it back and passed nothing further on. I go on answering here."
LEFT = "The conversation with {name} has ended. You are back with the assistant (a bot)."
OVERDUE = (
    "Nobody could take your case yet, and I am sorry for the wait. You keep your place in line."
)

JOINED = "{name} of {firm} is here now. From now on a person answers, not the bot."
COMING = "{name} of {firm} has taken your case and is opening it. From now on a person answers, not the bot."
TRANSFERRED = "{before} has handed you over to {name}. They have the whole conversation."
LOST = (
    "{name} has lost the connection. You are back in line, with the time you waited before counted; "
    "what you wrote is kept, and until then the assistant (a bot) answers."
)
NOT_COME = (
    "{name} could not open your case. You are back in line, with the time you waited before counted; what "
    "you wrote is kept, and until then the assistant (a bot) answers."
)
RELEASED = (
    "{name} had to hand your case back. It is in line for a colleague; until then the assistant (a bot) "
    "answers."
)
RETURNED = "You are back with the assistant (a bot). {name} noted: {agreed}"
RETURNED_PLAIN = "You are back with the assistant (a bot)."
CLOSED = "{name} has closed this. You are back with the assistant (a bot), and can ask for a person again."
NO_RESTART = (
    "A person has your case, or will soon, and would answer in this conversation. To start over, first "
    "end that or leave the line."
)
NOT_WAITING = "There is nothing to take back: no person was asked for."
NO_OFFER = "There is no offer to answer any more. You can ask for a person any time."
NOBODY = "I cannot pass this on to anybody here right now. Please call the firm, or the number on your notice."
RATE = "Did the talk with {name} help? Your answer goes to the firm."
RATED = "Thank you. Your answer is passed on to the firm."
RATE_TOO_LATE = "That help cannot be rated any more, so nothing was changed."
FIRM = "the firm"


def person(firm: str) -> str:
    """How a person is spoken of: "a tax advisor of Harbor Tax"."""
    return f"a tax advisor of {firm or FIRM}"


def offer(kind: str, firm: str, reason: str = "") -> str:
    """The offer, with what would be passed on."""
    who = person(firm)
    lead = OFFER[kind].format(person=who, Person=who[0].upper() + who[1:], reason=reason)
    return f"{lead}\n\n{PASSED_ON}"


def place(number: int, of: int) -> str:
    """The place in line."""
    return NEXT if number == 1 else PLACE.format(place=number, of=of)
