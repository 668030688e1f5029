"""How far interviews are, as the statements of the queue ask and say it (see `rules.interview_stages`)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Exists, String, Subquery, and_, bindparam, case, exists, literal_column

from recruit.applications.models import Application
from recruit.core.db import UTCDateTime, table_of
from recruit.interviews.models import InterviewBooking, InterviewInvitation, InterviewSlot
from recruit.rules.interview_stages import InterviewStage
from recruit.rules.lifecycle import ApplicationStatus

_INVITATION, _BOOKING, _SLOT = table_of(InterviewInvitation), table_of(InterviewBooking), table_of(InterviewSlot)


def _is_invited(key: ColumnElement[int]) -> Exists:
    return exists().where(_INVITATION.c.application_id == key)


def _has_time(key: ColumnElement[int]) -> Exists:
    return exists().where(_BOOKING.c.application_id == key)


def _is_to_come(key: ColumnElement[int]) -> Exists:
    return exists().where(
        _BOOKING.c.application_id == key,
        _SLOT.c.id == _BOOKING.c.slot_id,
        _SLOT.c.ends_at > bindparam("now", type_=UTCDateTime()),
    )


_KEY = table_of(Application).c.id
_IS_TOLD = table_of(Application).c.untold_since.is_(None)
STAGE_CONDITIONS: Mapping[InterviewStage, Sequence[ColumnElement[bool]]] = {
    InterviewStage.TO_INVITE: (_IS_TOLD, ~_is_invited(_KEY), ~_has_time(_KEY)),
    InterviewStage.INVITED: (_IS_TOLD, _is_invited(_KEY), ~_has_time(_KEY)),
    InterviewStage.BOOKED: (_IS_TOLD, _is_to_come(_KEY)),
    InterviewStage.INTERVIEWED: (_IS_TOLD, _has_time(_KEY), ~_is_to_come(_KEY)),
}
"""What each stage of interviews asks of an application on the shortlist: rows that are passed over, no other index."""
_STAGES = {stage: literal_column(f"'{stage.value}'", String) for stage in InterviewStage}


def stage_of_row(found: Subquery) -> ColumnElement[str | None]:
    """Return the stage of a row, as `interview_stages.stage_of` has it.

    Nothing is read for it off the shortlist, nor before the candidate knows that they are on it.
    """
    stage = case(
        (_is_to_come(found.c.id), _STAGES[InterviewStage.BOOKED]),
        (_has_time(found.c.id), _STAGES[InterviewStage.INTERVIEWED]),
        (_is_invited(found.c.id), _STAGES[InterviewStage.INVITED]),
        else_=_STAGES[InterviewStage.TO_INVITE],
    )
    return case((and_(found.c.status == ApplicationStatus.SHORTLISTED, found.c.untold_since.is_(None)), stage))
