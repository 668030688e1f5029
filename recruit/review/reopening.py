"""Going back from a decision that its candidate knows of, with a reason and a letter that puts it right."""

from datetime import datetime

from sqlalchemy import delete

from recruit.applications import moves
from recruit.applications.cancelling import is_cancelled
from recruit.applications.models import Application
from recruit.applications.queries import events_of
from recruit.appointments.employment_opening import close_details
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.interviews.models import InterviewInvitation
from recruit.interviews.outcomes import refuse_leaving
from recruit.review import letters
from recruit.review.service import mark_read, refuse_what_was_not_seen
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import APPLICATION_REOPENINGS, ApplicationStatus, permit
from recruit.rules.reasons import needed_reason

REOPENED = frozenset(move.source for move in APPLICATION_REOPENINGS if not move.is_undo)
"""The statuses that a decision leads to."""


def is_reopenable(application: Application) -> bool:
    """Say whether the last decision on `application` is one that the candidate knows of."""
    return application.told_status is None and application.status in REOPENED


def reopen_application(
    actor: Actor, application: Application, reason: str, *, seen_version: int, now: datetime
) -> None:
    """Put `application` back to where it was before the last decision, and draft a letter that says so.

    The candidate reads what they were told until a person has worded and released that letter.

    Args:
        actor: an HR person; not the candidate.
        reason: why; for the record, not for the candidate.
        seen_version: the application's version on the page that this was decided on.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: somebody moved it since, the candidate was not told, or interviews are set.
        Incomplete: no reason, or a very long one.
    """
    authorise(actor, Permission.APPLICATION_REOPEN, application)
    refuse_what_was_not_seen(actor, application, seen_version)
    if application.told_status is not None:
        raise Conflict("The candidate does not know of the last decision, so it can be undone, and nothing is sent.")
    move = permit(APPLICATION_REOPENINGS, actor, application, _before(application))
    if move.is_undo or move.notification is None:
        raise Conflict("No decision was made on this application, so there is none to reopen.")
    if is_cancelled(application):
        raise Conflict("The vacancy was cancelled, so no decision about it can be reopened.")
    refuse_leaving(application, move.target, now=now)
    reason = needed_reason(reason, missing="Enter why it is reopened")

    if move.source == ApplicationStatus.SHORTLISTED:  # on the shortlist again, they are asked again to choose times
        db.session.execute(delete(InterviewInvitation).where(InterviewInvitation.application_id == application.id))
    event_id = moves.take(move, actor, application, now=now, is_untold=True, reason=reason)
    if move.source == ApplicationStatus.APPOINTED:
        close_details(actor, [application.id], now=now)
    db.session.flush()
    letters.draft_letter(move.notification, application, event_id)
    mark_read(actor, application, now=now)


def _before(application: Application) -> ApplicationStatus:
    """Return where the application stood before the decision that it stands at now.

    Decisions lead on and never round: what comes to a status again went back to it, undone or reopened.
    """
    path: list[str] = []
    for event in events_of(application.id):
        if event.target in path:
            del path[path.index(event.target) + 1 :]
        else:
            path.append(event.target)
    return ApplicationStatus(path[-2]) if len(path) > 1 else ApplicationStatus.SUBMITTED
