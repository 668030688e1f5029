"""Why an email did not reach somebody, in words for staff."""

from datetime import datetime

from recruit.accounts.undelivered import staff_not_reached
from recruit.core.calendar import long_moment
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.notifications import ACCOUNT_WORDS, STAFF_WORDS

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


def state_words(message: OutboxMessage) -> str:
    """Return how a message to a candidate fares: waits, went, came back, was taken back or given up."""
    if message.returned_at and message.sent_at:
        back = f"came back, as we heard at {long_moment(message.returned_at)}{why_words(message)}"
        return f"Sent to {message.recipient} at {long_moment(message.sent_at)}; {back}."
    if message.sent_at:
        return f"Sent to {message.recipient} at {long_moment(message.sent_at)}."
    if message.cancelled_at:
        return f"Taken back before it was sent, at {long_moment(message.cancelled_at)}. Its words are not kept."
    if message.failed_at:
        given_up = f"given up at {long_moment(message.failed_at)}{why_words(message)}"
        return f"Could not be sent to {message.recipient}; {given_up}."
    return f"Waits to be sent to {message.recipient} from {long_moment(message.due_at)} on."


def what_became(message: OutboxMessage) -> str:
    """Return where a message that did not arrive was sent, when, and why it did not."""
    reason = reason_of(message) or "nobody said why"
    if message.returned_at and message.sent_at:
        sent, heard = long_moment(message.sent_at), long_moment(message.returned_at)
        return f"Sent to {message.recipient} at {sent}. It came back, as we heard at {heard}: {reason}."
    given_up = long_moment(message.failed_at) if message.failed_at else ""
    return f"Could not be delivered to {message.recipient}, given up at {given_up}: {reason}."


def to_colleagues(actor: Actor, now: datetime) -> list[dict[str, str]]:
    """Return the emails to colleagues that did not arrive, as the page shows them that lists them."""
    words = {**STAFF_WORDS, **ACCOUNT_WORDS}
    return [
        {"what": words[one.message.notification], "name": one.name, "became": what_became(one.message)}
        for one in staff_not_reached(actor, now=now)
    ]
