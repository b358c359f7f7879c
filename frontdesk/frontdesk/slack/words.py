"""The sentences that only Slack needs."""

CONSENT = (
    "Before I ask about your case: I'm a bot, and this is general information, not legal or tax advice. "
    "{firm} keeps this conversation for {days} days. Please don't type Social Security or account "
    "numbers. May I ask about your case?"
)
AGREE, REFUSE = "I agree, go on", "No, general answers only"
THE_FIRM = "The firm"
INVITATION = (
    "That is about your own case, so not here where others read along. Write to me in a direct message "
    "and we go on there."
)
SHARED = (
    "This place is shared with another organization, so I only give general answers here. Please reach "
    "the firm{phone} about your own case."
)
FILES = (
    "I can't read files or pictures, so nobody looked at it and it was not passed on. Please type what the "
    "notice says, without Social Security or account numbers."
)
SENT_FILE = "(sent a file, which was not taken)"
EDITED = "(changed) {text}"
IN_DM = "I answer you in our direct message, where only you can read it."
HELP = (
    "Ask me about an IRS CP503 notice: `/cp503 is this an audit?` I answer in our direct message, where "
    "only you can read it."
)
TOO_LATE = (
    "That button belongs to a conversation that is not there any more. Please write to me anew."
)
TOO_LONG = "That is longer than {most} characters, so I did not take it. Please send it again shorter, or in parts."
TOO_FAST = "That was very fast, so I did not take your last message. Please send it again in {seconds} seconds."
NOT_SAVED = "Your message could not be saved. Please send it again in a minute."
CHOSEN = "You chose: {title}"
FALLBACK_FILES = "Your plan as a picture, a PDF and a calendar file."
HOME_TITLE = "CP503 assistant"
HOME_WHAT = (
    "I explain the IRS notice CP503 and help you find a payment plan. I'm a bot; this is general "
    "information, not legal or tax advice. The date, amount and phone number on your own notice count."
)
HOME_HOW = (
    "*In a direct message* I answer everything. *In a channel* mention me for a general question; about "
    "your own case I only write to you directly. `/cp503 your question` works everywhere."
)
HOME_PRIVACY = (
    "{firm} keeps our conversation for {days} days. Numbers that look like a Social Security or account "
    "number are removed before anything is stored here; Slack itself keeps what you typed."
)
HOME_PLAN = "*My plan*, worked out on {day}"
HOME_NO_PLAN = "*My plan*: none worked out yet."
DELETED = "Everything we wrote is deleted on our side. Slack keeps its own copy of the messages."
START, FORM, DELETE = "Find my payment plan", "Fill in a form", "Delete my conversation"
DELETE_ASK = "Delete everything we wrote, on our side? This cannot be undone."

ADVISOR = "{name}, tax advisor (a person)"
