"""What a visitor reads about being sent mail."""

MAIL_OFF = "This page cannot send e-mail. You can save the conversation and the plan here instead."
BAD_ADDRESS = "That is no e-mail address, so nothing was sent. It looks like name@example.com."
CONSENT_FIRST = (
    "Nothing was sent, because you have not agreed that what you tell here is kept. Agree first, then ask "
    "again."
)
NOTHING = (
    "There is nothing to send yet. Ask a question first, or find your payment plan, then ask again."
)
TOO_MANY = "This was sent several times today, so it was not sent again. You can save it here, or ask again tomorrow."
