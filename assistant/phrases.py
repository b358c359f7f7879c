"""What the assistant says around an answer: kind lines, and what it says when it is not sure.

Once each, here: the actions say them and the evaluation recognises by them what was refused.
"""

from __future__ import annotations

from typing import Sequence

LOW = "low"  # somebody who may be in danger, and may not

# Said once a conversation (the first each time), before an answer, where somebody wrote how they feel.
KIND = {
    LOW: "If it ever gets too heavy to carry: in the US you can call or text 988, at any hour, free and private.",
    "afraid": "I can hear how much this weighs on you. Let's take it one step at a time.",
    "angry": "I understand that this is frustrating. Here is what I can tell you.",
}
# A lien filed, or a final notice had, years ago: said before anything else about it.
PAST_HEARING = (
    "You say that was a while ago. A hearing has to be asked for within {cdp_request_days} of such a "
    "letter, an equivalent hearing within {equivalent_hearing_period}, so that time has probably run "
    "out; the date printed on the letter decides."
)
NOT_CERTAIN = "I'm not certain I read that right. If you are asking “{title}”:"
# Before what is said to something that may have been asked about the answer before.
NOT_CERTAIN_NEXT = "I'm not certain I read that right. If I did:"
UNSURE = (
    "I'm not sure what you mean, and I don't want to guess. {did_you_mean}You can also say it in "
    "other words. I know the CP503 notice, its charges, what can follow, and the payment plans."
)
UNSURE_AGAIN = (
    "I can't answer that one, and I'd rather say so than guess. {did_you_mean}For your own account, the "
    "IRS answers at the phone number printed on your notice. For advice, talk to a person: "
    "{firm_contact}."
)

# To what was told after an answer and asks nothing; then to what is told after that.
TOLD = (
    "Thank you for telling me. It may matter, but I can't judge a single case: what I said is the "
    "general rule. Mention it when you call the number on your notice, or to a tax advisor."
)
TOLD_MORE = (
    "Thank you. Mention that, too, when you call or talk to a tax advisor. If you want to know "
    "something about it, ask me in your own words."
)

# Asked again for what was just answered: its first paragraph, and then that this is all.
IN_SHORT = "In short: {answer}"
THAT_IS_ALL = (
    "That is what I know about it. One of these may help, or a person can: {firm_contact}."
)


def did_you_mean(titles: Sequence[str]) -> str:
    """The likeliest questions in words, as a sentence and a space; empty without any."""
    quoted = [f"“{title}”" for title in titles]
    if not quoted:
        return ""
    if len(quoted) > 1:
        quoted = [", ".join(quoted[:-1]), quoted[-1]]
    return f"Did you mean {' or '.join(quoted)}? "


def refuses(text: str) -> bool:
    """Whether a reply is one of those that answer nothing."""
    return any(
        phrase.split("{")[0] in text
        for phrase in (UNSURE, UNSURE_AGAIN, THAT_IS_ALL, TOLD, TOLD_MORE)
    )


def hedges(text: str) -> bool:
    """Whether a reply says that it may have misread the question."""
    return any(phrase in text for phrase in (NOT_CERTAIN.split("“")[0], NOT_CERTAIN_NEXT))
