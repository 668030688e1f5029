"""Leaving the shortlist: an outcome needs an interview that was held, and none that is still to come."""

from collections.abc import Sequence
from datetime import datetime

from recruit.applications.models import Application
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict
from recruit.interviews.models import InterviewBooking
from recruit.interviews.queries import bookings_of, is_invited
from recruit.rules.interview_stages import LEAVINGS, InterviewStage, stage_of
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import ApplicationStatus


def stage_on_shortlist(application: Application, *, now: datetime) -> InterviewStage | None:
    """Return how far the interviews of an application are, where that says what can come of it; else None."""
    if application.status != ApplicationStatus.SHORTLISTED:
        return None
    return _stage(application, bookings_of(application.id), now)


def refuse_leaving(application: Application, target: ApplicationStatus, *, now: datetime) -> None:
    """Refuse to take an application off the shortlist at a stage from which it cannot go there.

    The caller has the application's turn, so that no time is chosen now.

    Raises:
        Conflict: no interview was held, one is still to come, or for a reopening, there is a time at all.
    """
    if application.status != ApplicationStatus.SHORTLISTED:
        return
    bookings = bookings_of(application.id)
    stage = _stage(application, bookings, now)
    if stage in LEAVINGS[target]:
        return
    if target == ApplicationStatus.SUBMITTED:
        raise Conflict("The candidate has an interview time. Take it off on the vacancy’s interviews page first.")
    if stage == InterviewStage.BOOKED:
        slot = next(one.slot for one in bookings if one.slot.ends_at > now)
        raise Conflict(
            f"The {KIND_WORDS[slot.kind].lower()} at {long_moment(slot.starts_at)} is not over. Decide after it, "
            "or take the time off on the vacancy’s interviews page."
        )
    raise Conflict("Nobody is appointed or put on the reserve list without an interview, and none was held.")


def _stage(application: Application, bookings: Sequence[InterviewBooking], now: datetime) -> InterviewStage:
    ends = [one.slot.ends_at for one in bookings]
    return stage_of(ends, is_invited=is_invited(application.id), now=now)
