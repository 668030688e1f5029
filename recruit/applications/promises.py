"""By when somebody hears of an application: what candidates are told, and the moment that HR's queue is ordered by.

`Application.due_at` is the first moment at which the promise on an application is broken, put there with each move,
so that the queue reads it and computes nothing.  A day that is promised lasts to its end, as a closing day does.
"""

from datetime import UTC, date, datetime

from sqlalchemy import bindparam, update
from sqlalchemy.orm.attributes import set_committed_value

from recruit.applications.models import Application
from recruit.core.calendar import closing_moment, london_day, shown_closing, working_days_after
from recruit.core.db import db, table_of
from recruit.core.targets import targets
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy

NOTHING_DUE = datetime(2999, 12, 31, tzinfo=UTC)
"""What stands where nobody waits for us: after all that is promised, so that one index orders both."""


def due_after(
    status: ApplicationStatus, *, closes_at: datetime | None, sent_at: datetime, told_at: datetime
) -> datetime:
    """Return the moment until which an application that has come to `status` keeps its promise.

    Args:
        closes_at: when its vacancy closes, if it does; None where each application is read as it arrives.
        sent_at: when it was sent.
        told_at: when the candidate is told of the status.
    """
    if status == ApplicationStatus.SUBMITTED:
        return closing_moment(hear_by_day(closes_at, sent_at))
    if status == ApplicationStatus.SHORTLISTED:
        return _end_of(london_day(told_at), targets().invite)
    return NOTHING_DUE


def next_day(application: Application, status: ApplicationStatus, *, told_at: datetime) -> date | None:
    """Return the day that a candidate is told with a move to `status`; None where nothing follows that we promise."""
    sent_at = application.submitted_at or told_at
    return due_day(due_after(status, closes_at=application.vacancy.read_from_at, sent_at=sent_at, told_at=told_at))


def is_told_after(day: date, by: date) -> bool:
    """Say whether who is promised an invitation by `by` was told of the shortlist only after `day`."""
    return by > working_days_after(day, targets().invite)


def due_after_invitation(now: datetime) -> datetime:
    """Return until when a candidate who was asked to choose times at `now` is to have chosen: HR asks them then."""
    return _end_of(london_day(now), targets().choose)


def due_after_interview(ends_at: datetime) -> datetime:
    """Return until when a candidate is promised to hear what came of interviews of which the last ends at `ends_at`."""
    return _end_of(london_day(ends_at), targets().outcome)


def due_day(due_at: datetime | None) -> date | None:
    """Return the day that was promised; None where nothing was."""
    return None if due_at is None or due_at == NOTHING_DUE else london_day(shown_closing(due_at))


def hear_by(application: Application) -> date:
    """Return the day by which the candidate was promised to hear about shortlisting, as they were told it."""
    if application.status == ApplicationStatus.SUBMITTED and (told := due_day(application.due_at)):
        return told
    return hear_by_day(application.vacancy.read_from_at, application.submitted_at or application.created_at)


def hear_by_day(closes_at: datetime | None, sent_at: datetime) -> date:
    """Return the day of that promise for a vacancy that closes at `closes_at`, if it closes, else from the sending.

    Where applications are read as they arrive, too, it is counted from the sending: give no `closes_at`.
    A vacancy that closes at 11:59pm is kept as closing at the midnight after: its last day counts, not the next.
    """
    last_day = london_day(shown_closing(closes_at)) if closes_at else london_day(sent_at)
    return working_days_after(last_day, targets().shortlist)


def promise(application: Application, *, told_at: datetime) -> None:
    """Put on `application` what its candidate may expect who is told at `told_at` where it stands."""
    application.due_at = due_after(
        application.status,
        closes_at=application.vacancy.read_from_at,
        sent_at=application.submitted_at or told_at,
        told_at=told_at,
    )


def put_due(application: Application, due_at: datetime) -> None:
    """Put another promise on `application`.  Its version stays: it is no part of what two people could decide."""
    db.session.execute(_PUT, {"key": application.id, "at": due_at})
    set_committed_value(application, "due_at", due_at)


def follow_closing(vacancy: Vacancy) -> None:
    """Let what waits for a first answer be due after `vacancy` closes as it does now, unless it is rolling."""
    if vacancy.read_from_at is not None:
        at = closing_moment(hear_by_day(vacancy.read_from_at, vacancy.read_from_at))
        db.session.execute(_FOLLOW, {"vacancy": vacancy.id, "at": at})


def _end_of(day: date, working_days: int) -> datetime:
    return closing_moment(working_days_after(day, working_days))


_APPLICATION = table_of(Application)
_PUT = update(_APPLICATION).where(_APPLICATION.c.id == bindparam("key")).values(due_at=bindparam("at"))
_FOLLOW = (
    update(_APPLICATION)
    .where(_APPLICATION.c.vacancy_id == bindparam("vacancy"), _APPLICATION.c.status == ApplicationStatus.SUBMITTED)
    .values(due_at=bindparam("at"))
)
