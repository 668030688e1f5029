"""A message with fields, as it reads for one candidate.  Who has to choose a time first is promised no day."""

from recruit.applications.models import Application
from recruit.conversation.templates import filled_for
from recruit.interviews.queries import times_of
from recruit.rules.lifecycle import ApplicationStatus


def filled_message(application: Application, text: str) -> str:
    """Return `text` as it reads for `application`; one statement more for a day on the shortlist.

    Raises:
        Incomplete: as `filled_for`.
    """
    return filled_for(application, text, hears="{hear_by}" not in text or not _is_to_choose(application))


def _is_to_choose(application: Application) -> bool:
    """Say whether the day that is kept is the candidate's own: to choose a time by."""
    if application.status_for_candidate() != ApplicationStatus.SHORTLISTED:
        return False
    times = times_of([application.id])[application.id]
    return times.is_invited and not times.slots
