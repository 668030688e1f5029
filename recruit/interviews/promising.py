"""What a candidate is promised about the outcome of interviews, kept on the application as it changes."""

from datetime import date, datetime

from recruit.applications.models import Application
from recruit.applications.promises import due_after_interview, due_after_invitation, due_day, put_due
from recruit.interviews.queries import bookings_of
from recruit.rules.lifecycle import ApplicationStatus


def promise_outcome(application: Application, *, now: datetime) -> date | None:
    """Let `application` be due after its last interview, or where it has none, when a time should be chosen.

    Returns:
        The day by which its candidate hears the outcome; None where nothing is promised.
    """
    if application.status != ApplicationStatus.SHORTLISTED:
        return None
    ends = [booking.slot.ends_at for booking in bookings_of(application.id)]
    due_at = due_after_interview(max(ends)) if ends else due_after_invitation(now)
    put_due(application, due_at)
    return due_day(due_at) if ends else None
