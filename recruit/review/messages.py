"""What a candidate is told of a decision: facts that stay, and words around them that people change."""

from datetime import date

from recruit.applications.models import Application
from recruit.applications.service import MessageWords, message_words
from recruit.core.calendar import long_date, working_days_after
from recruit.core.targets import targets
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification

CHANGEABLE = ("opening", "next_steps")
"""The parts of a message that people may word: blocks of its template."""


class DecisionWords(MessageWords):
    """What the templates of decisions name besides; "" where there is nothing to say."""

    interview_on: str
    hear_by: str
    criterion: str
    feedback: str
    notice: str
    told_on: str
    back_to: str


def words(
    application: Application,
    criterion: str,
    feedback: str,
    *,
    today: date,
    hear_by: date | None = None,
    told_on: str = "",
) -> DecisionWords:
    """Return what the templates of decisions name.

    A day of interviews that is not to come is none, and the notice that we give is named only while it can be kept.

    Args:
        today: the day on which they are read, in London.
        criterion: the text of the criterion that decided an unsuccessful application.
        feedback: what was missing, in the reviewer's words.
        hear_by: the day by which the candidate hears what follows, where something does.
        told_on: the day of the message that is corrected, in words.
    """
    interview_on, notice = application.vacancy.interview_on, targets().notice
    if interview_on is not None and interview_on <= today:
        interview_on = None
    is_in_time = interview_on is None or working_days_after(today, notice) <= interview_on
    return {
        **message_words(application),
        "interview_on": long_date(interview_on) if interview_on else "",
        "hear_by": long_date(hear_by) if hear_by else "",
        "notice": str(notice) if is_in_time else "",
        "criterion": criterion,
        "feedback": feedback,
        "told_on": told_on,
        "back_to": application.status.value if told_on else "",
    }


def preview(
    notification: Notification, application: Application, criterion: str, feedback: str, *, today: date
) -> OutboxMessage:
    """Return the message as it would be sent, for a look at it.  It is in no outbox."""
    return OutboxMessage(
        key="preview",
        notification=notification,
        recipient=application.candidate.email,
        context=dict(words(application, criterion, feedback, today=today)),
    )
