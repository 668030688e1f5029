"""A message with fields, as it reads for each candidate.  Who has to choose a time first is promised no day."""

from collections.abc import Callable, Iterable

from recruit.applications.models import Application
from recruit.conversation.templates import filled_for
from recruit.interviews.queries import times_of
from recruit.rules.lifecycle import ApplicationStatus


def filler(applications: Iterable[Application], text: str) -> Callable[[Application], str]:
    """Return what fills in `text` for each of the applications; one statement for all days on the shortlist.

    It raises `Incomplete` as `filled_for` does.
    """
    to_choose = _to_choose(applications) if "{hear_by}" in text else frozenset()

    def fill(application: Application) -> str:
        return filled_for(application, text, hears=application.id not in to_choose)

    return fill


def filled_message(application: Application, text: str) -> str:
    """Return `text` as it reads for one application.

    Raises:
        Incomplete: as `filled_for`.
    """
    return filler([application], text)(application)


def _to_choose(applications: Iterable[Application]) -> frozenset[int]:
    """Return the ids of those where the day that is kept is the candidate's own: to choose a time by."""
    listed = [one.id for one in applications if one.status_for_candidate() == ApplicationStatus.SHORTLISTED]
    found = times_of(listed) if listed else {}
    return frozenset(key for key, times in found.items() if times.is_invited and not times.slots)
