"""What an outcome of interviews needs: an interview that was held, and none that is still to come."""

from datetime import datetime

from recruit.applications.models import Application
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict
from recruit.interviews.queries import bookings_of
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import ApplicationStatus, Move


def refuse_without_interview(application: Application, move: Move[ApplicationStatus], *, now: datetime) -> None:
    """Refuse an outcome that comes too early.  The caller has the application's turn, so that no time is chosen now.

    Somebody who did not come, or never chose a time, can be marked as not appointed; nobody is appointed or put on the
    reserve list unseen (safer recruitment, domain research, 4.5).

    Raises:
        Conflict: no interview was held, or one is still to come.
    """
    if move.source != ApplicationStatus.SHORTLISTED:
        return
    bookings = bookings_of(application.id)
    to_come = next((one.slot for one in bookings if one.slot.ends_at > now), None)
    if to_come is not None:
        raise Conflict(
            f"The {KIND_WORDS[to_come.kind].lower()} at {long_moment(to_come.starts_at)} is not over. Decide after it, "
            "or take the time off on the vacancy’s interviews page."
        )
    if not move.needs_reason and not bookings:
        raise Conflict("Nobody is appointed or put on the reserve list without an interview, and none was held.")
