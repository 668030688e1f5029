"""What a candidate is told of a decision."""

from datetime import date

from recruit.applications.models import Application
from recruit.applications.service import MessageWords, message_words
from recruit.core.calendar import long_date
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification


class DecisionWords(MessageWords):
    """What the templates of both decisions name besides; "" where there is nothing to say."""

    interview_on: str
    hear_by: str
    criterion: str
    feedback: str


def words(application: Application, criterion: str, feedback: str, hear_by: date | None = None) -> DecisionWords:
    """Return what the templates of both decisions name.

    Args:
        criterion: the text of the criterion that decided an unsuccessful application.
        feedback: what was missing, in the reviewer's words.
        hear_by: the day by which the candidate hears what follows, where something does.
    """
    vacancy = application.vacancy
    return {
        **message_words(application),
        "interview_on": long_date(vacancy.interview_on) if vacancy.interview_on else "",
        "hear_by": long_date(hear_by) if hear_by else "",
        "criterion": criterion,
        "feedback": feedback,
    }


def draft(
    notification: Notification, application: Application, criterion: str = "", feedback: str = ""
) -> OutboxMessage:
    """Return the message as it would be sent, for a look at it.  It is in no outbox."""
    return OutboxMessage(
        key="preview",
        notification=notification,
        recipient=application.candidate.email,
        context=dict(words(application, criterion, feedback)),
    )
