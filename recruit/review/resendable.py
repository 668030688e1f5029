"""Whether what did not arrive can still be sent again, as far as a list can tell: who sends looks more closely."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from recruit.applications.models import Application
from recruit.interviews.queries import times_of
from recruit.review.undelivered import Undelivered
from recruit.rules.lifecycle import OVER, ApplicationStatus
from recruit.rules.notifications import Notification

A, N = ApplicationStatus, Notification
CLOSED: Final = "The candidate has closed their account, so there is no address to send it to."
NO_TIME: Final = "The candidate has no interview to come, so there is no time to send again."
_CHANGED = "This is no longer where the application stands, so the letter is not sent again."
_REOPENED = "The application has been reopened since, so this is not sent again."
_NOT_ASKED = "The self-disclosure is not asked for any more, so this is not sent again."

TRUE_WHILE: Final[Mapping[Notification, tuple[frozenset[ApplicationStatus], str]]] = {
    N.APPLICATION_SUBMITTED: (
        frozenset({A.SUBMITTED}),
        "The application has been decided since, so its confirmation is not sent again.",
    ),
    N.APPLICATION_SHORTLISTED: (frozenset({A.SHORTLISTED}), _CHANGED),
    N.APPLICATION_NOT_SHORTLISTED: (frozenset({A.NOT_SHORTLISTED}), _CHANGED),
    N.APPLICATION_APPOINTED: (frozenset({A.APPOINTED}), _CHANGED),
    N.APPLICATION_RESERVE: (frozenset({A.RESERVE}), _CHANGED),
    N.APPLICATION_NOT_APPOINTED: (frozenset({A.NOT_APPOINTED}), _CHANGED),
    N.APPLICATION_WITHDRAWN: (frozenset(OVER), _REOPENED),
    N.APPLICATION_VACANCY_CANCELLED: (frozenset(OVER), _REOPENED),
    N.INTERVIEW_INVITED: (
        frozenset({A.SHORTLISTED}),
        "The candidate is not asked to choose a time any more, so the invitation is not sent again.",
    ),
    N.INTERVIEW_BOOKED: (frozenset({A.SHORTLISTED}), NO_TIME),
    N.SELF_DISCLOSURE_ASKED: (frozenset({A.SHORTLISTED}), _NOT_ASKED),
    N.SELF_DISCLOSURE_REMINDER: (frozenset({A.SHORTLISTED}), _NOT_ASKED),
}
"""Where the candidate must know the application to stand for a message to be true, and what is said where it is not."""


def no_longer_true(application: Application, notification: Notification) -> str:
    """Return why a message says what is no longer so, by where the candidate knows the application to stand; or ""."""
    statuses, sentence = TRUE_WHILE.get(notification, (None, ""))
    return sentence if statuses is not None and application.status_for_candidate() not in statuses else ""


def not_to_send(rows: Sequence[Undelivered], *, now: datetime) -> dict[int, str]:
    """Return why some of these messages are not to be sent again, by their ids.

    One statement, where any of them told of the time of an interview; else none.
    """
    found = {}
    for one in rows:
        closed = CLOSED if one.application.candidate.closed_at is not None else ""
        if sentence := closed or no_longer_true(one.application, one.message.notification):
            found[one.message.id] = sentence
    told = [one for one in rows if one.message.notification == N.INTERVIEW_BOOKED and one.message.id not in found]
    times = times_of([one.application.id for one in told]) if told else {}
    for one in told:
        if not any(slot.starts_at > now for slot in times[one.application.id].slots):
            found[one.message.id] = NO_TIME
    return found
