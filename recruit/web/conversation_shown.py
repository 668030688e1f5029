"""A conversation as both sides see it, and the form to write to it."""

from collections.abc import Iterable
from typing import Any

from wtforms.validators import DataRequired

from recruit.conversation.models import ConversationMessage
from recruit.core.calendar import long_moment
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.web.delivery_words import why_words
from recruit.web.forms import Form, MaxCharacters, ProseField


class MessageForm(Form):
    """One message."""

    text = ProseField(
        "Your message", [DataRequired("Enter a message"), MaxCharacters(limits.CONVERSATION_CHARACTERS, "Your message")]
    )


def conversation_shown(messages: Iterable[ConversationMessage], *, is_candidate: bool) -> list[dict[str, Any]]:
    """Return messages as the page wants them.

    Args:
        is_candidate: whether the candidate reads it; how an email fared is for HR.
    """
    return [
        {
            "id": one.id,
            "who": "You" if is_candidate and one.is_by_candidate else one.author.name,
            "is_by_candidate": one.is_by_candidate,
            "when": long_moment(one.at),
            "iso": one.at.isoformat(timespec="seconds"),
            "text": one.text,
            "is_new": is_candidate and not one.is_by_candidate and one.read_at is None,
            "notice": "" if is_candidate or one.notice is None else _state(one.notice),
            "has_failed": not is_candidate and one.notice is not None and one.notice.unsettled_since is not None,
        }
        for one in messages
    ]


def _state(notice: OutboxMessage) -> str:
    """Return how the email that told of a message fares, in words."""
    if notice.returned_at:
        return f"The email about it came back, as we heard at {long_moment(notice.returned_at)}{why_words(notice)}."
    if notice.sent_at:
        return f"The email about it was sent at {long_moment(notice.sent_at)}."
    if notice.failed_at:
        given_up = f"given up at {long_moment(notice.failed_at)}{why_words(notice)}"
        return f"The email about it could not be delivered: {given_up}."
    return "The email about it waits to be sent." if not notice.attempts else "The email about it is tried again."
