"""What the firm's people read in Slack."""

from frontdesk.handoff import why

CLAIM, DESK = "Claim", "Open the desk"
WAITS, BACK = "A case waits", "A case is back in the queue"
WITH = "{name} has this case"
CLOSED = "{name} closed this case"
TAKEN_BACK = "The visitor took this case back"
GIVEN_BACK = "This case is back with the assistant"
ASKED_AGAIN = "This wait is over; the visitor asked again, see the newer card"
GONE = "This case is gone: its conversation was deleted"

WHY, URGENCY = "Why: {why}", "Urgency: {urgency}"
DEADLINES = "Deadlines: {kinds}"
FROM = "From: {channel}"
SINCE = "Waiting since <!date^{seconds}^{{date_short_pretty}} at {{time}}|{plain}>"
CALL_BACK = "A call back is wanted."
CHANNELS = {"website": "the website", "slack": "Slack"}
REASONS = {
    why.ASKED: "The visitor asked for a person",
    why.MISUNDERSTOOD: "The assistant did not understand",
    why.CASE: "The case needs a professional",
    why.DISTRESS: "The visitor may be in distress",
}
RANKS = {
    why.IN_DISTRESS: "now, somebody may be in distress",
    why.HEARING_RUNS: "high, a hearing right runs",
    why.SAME_DAY: "high, it cannot wait a day",
    why.SOON: "a deadline within 30 days",
    why.LATER: "no deadline known",
}

CLAIMED = (
    "You have this case now. <{address}|Open it at the desk>: you answer there. If you are not at the desk "
    "within {minutes} minutes, it goes back to the queue."
)
NOT_LINKED = (
    "I don't know yet which desk account is yours, so nothing was claimed. Sign in at <{address}|the desk>, "
    "make a code under *Slack* in your account, and type `/cp503 link CODE` here. Once is enough."
)
LINKED = "You are linked to the desk account of {name}. You can claim cases from their cards now."
WRONG_CODE = (
    "That code does not fit, was used, or is older than 10 minutes, so nothing was linked. Make a new one at "
    "<{address}|the desk>."
)
ACCOUNT_CLOSED = "Your desk account is closed, so nothing was claimed. Ask a manager of your firm."
NOT_HERE = "Cases are only claimed in the firm's own staff channel, by the firm's own people."
NOT_NOW = "That could not be saved just now, so nothing was changed. Please try again in a minute."
OFF = "Slack is not set up for the firm's people here. Whoever runs the assistant sets SLACK_STAFF_CHANNEL."
