"""Why an email did not reach somebody, in words for staff."""

from recruit.notifications.models import OutboxMessage

_CAME_BACK = {
    "notify: permanent-failure": "there is no such address",
    "notify: temporary-failure": "the mailbox took nothing; it may be full",
    "notify: technical-failure": "the mail service had a fault",
    "notify: 400": "the mail service refuses the address",
}


def why_words(message: OutboxMessage) -> str:
    """Return why a message failed or came back, with what joins it to a sentence; "" where nobody said."""
    reason = reason_of(message)
    return f": {reason}" if reason else ""


def reason_of(message: OutboxMessage) -> str:
    """Return why a message failed or came back, to go on a sentence with; "" where nobody said."""
    if message.last_error.startswith("smtp: recipient 5"):
        return "the mail server refuses the address"
    return _CAME_BACK.get(message.last_error, "")
