"""The life of a published vacancy: extend it, end it early, pause and resume it.

Candidates who have started an application are told by mail, in the same transaction, and so is whoever asks for a
change of it that a new closing date has overtaken.
"""

from datetime import date, datetime

from recruit.applications.promises import follow_closing
from recruit.applications.steering import closing, reasoned, steer, tell_drafts
from recruit.applications.vacancy_change import tell_of_overtaken
from recruit.core.errors import Conflict
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import VacancyChange, VacancyStatus
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import note, take
from recruit.vacancies.readiness import Finding, NotReady, is_too_long, wrong_interview
from recruit.vacancies.revisions import open_revision


def extend_vacancy(
    actor: Actor,
    vacancy: Vacancy,
    closes_at: datetime,
    reason: str,
    *,
    interview_on: date | None,
    seen_version: int,
    now: datetime,
) -> None:
    """Give candidates longer.

    Args:
        actor: a recruiter of its team, or HR.
        vacancy: one that is open or scheduled.
        closes_at: the new closing moment, aware, UTC; later than the one it has.
        reason: why; kept in its history.
        interview_on: the day of the interviews, after the new closing day.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it has closed, is not published, or somebody changed it since.
        NotReady: the date is no later, is too late, or the interviews would come before it.
        Incomplete: no reason, or a very long one.
    """
    move = steer(actor, vacancy, VacancyStatus.PUBLISHED, seen_version, VacancyChange.EXTEND)
    if vacancy.has_closed(now):
        raise Conflict(f"{_closed(vacancy)}, so its closing date cannot be extended. You can relist it as a copy.")
    reason = reasoned(reason, "Enter why it is extended")

    before = closing(vacancy)
    _set_closing(vacancy, closes_at, interview_on, now)
    note(actor, vacancy, vacancy.status, now, f"Closing date extended to {closing(vacancy)}, from {before}\n{reason}")
    tell_drafts(move, vacancy, now, closes=closing(vacancy), before=before)
    _tell_of_overtaken(actor, vacancy, before, now)


def end_vacancy(actor: Actor, vacancy: Vacancy, reason: str, *, seen_version: int, now: datetime) -> None:
    """Close `vacancy` at once, before its closing date.

    Args:
        actor: a recruiter of its team, or HR.
        vacancy: one that is open.
        reason: why; kept in its history.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC; it closes then.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not open, or somebody changed it since.
        Incomplete: no reason, or a very long one.
    """
    move = steer(actor, vacancy, VacancyStatus.PUBLISHED, seen_version, VacancyChange.END)
    _refuse_unless_open(vacancy, now, "ended early")
    reason = reasoned(reason, "Enter why it ends early")

    before = closing(vacancy)
    vacancy.closes_at = now
    follow_closing(vacancy)
    note(actor, vacancy, vacancy.status, now, f"Ended early; it was to close at {before}\n{reason}")
    tell_drafts(move, vacancy, now, before=before)
    _tell_of_overtaken(actor, vacancy, before, now)


def pause_vacancy(actor: Actor, vacancy: Vacancy, reason: str, *, seen_version: int, now: datetime) -> None:
    """Take no applications for a while.  Drafts are kept; its page says that it is paused.

    Args:
        actor: a recruiter of its team, or HR.
        vacancy: one that is open.
        reason: why; kept in its history.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not open, or somebody changed it since.
        Incomplete: no reason, or a very long one.
    """
    move = steer(actor, vacancy, VacancyStatus.PAUSED, seen_version)
    _refuse_unless_open(vacancy, now, "paused")
    reason = reasoned(reason, "Enter why it is paused")

    take(move, actor, vacancy, now, reason)
    tell_drafts(move, vacancy, now)


def resume_vacancy(
    actor: Actor,
    vacancy: Vacancy,
    closes_at: datetime | None,
    *,
    interview_on: date | None,
    seen_version: int,
    now: datetime,
) -> None:
    """Take applications again.

    Args:
        actor: a recruiter of its team, or HR.
        vacancy: one that is paused.
        closes_at: a later closing moment, aware, UTC; None to keep the one it has, if that is still to come.
        interview_on: the day of the interviews, after the closing day.
        seen_version: the version that the actor's page showed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: it is another team's.
        Conflict: it is not paused, or somebody changed it since.
        NotReady: its closing date passed while it was paused and no new one is given, or the dates do not fit.
    """
    move = steer(actor, vacancy, VacancyStatus.PUBLISHED, seen_version)
    if vacancy.status is not VacancyStatus.PAUSED:
        raise Conflict("This vacancy is not paused, so it cannot be resumed.")
    if closes_at is None and vacancy.has_closed(now):
        raise NotReady([Finding("closes_at", "Enter a new closing date: the old one passed while it was paused")])

    before = closing(vacancy)
    if closes_at is not None:
        _set_closing(vacancy, closes_at, interview_on, now)
    take(move, actor, vacancy, now, f"It closes at {closing(vacancy)}")
    tell_drafts(move, vacancy, now, closes=closing(vacancy))
    if closes_at is not None:
        _tell_of_overtaken(actor, vacancy, before, now)


def _refuse_unless_open(vacancy: Vacancy, now: datetime, done: str) -> None:
    if vacancy.has_closed(now):
        raise Conflict(f"{_closed(vacancy)}, so it cannot be {done}.")
    if not vacancy.is_open(now):
        raise Conflict(f"This vacancy has not opened yet, so it cannot be {done}. You can cancel it.")


def _set_closing(vacancy: Vacancy, closes_at: datetime, interview_on: date | None, now: datetime) -> None:
    """Put a later closing moment on `vacancy`, and the interviews after it."""
    if closes_at <= now:
        raise NotReady([Finding("closes_at", "The new closing date must be in the future")])
    if vacancy.closes_at is not None and closes_at <= vacancy.closes_at:
        raise NotReady([Finding("closes_at", f"The new closing date must be after {closing(vacancy)}")])
    if vacancy.opens_at is not None and is_too_long(closes_at, vacancy, now):
        longest = f"The new closing date must be at most {limits.MAXIMUM_ADVERT_DAYS} days away"
        raise NotReady([Finding("closes_at", longest)])
    vacancy.closes_at, vacancy.interview_on = closes_at, interview_on
    if findings := list(wrong_interview(vacancy)):
        raise NotReady(findings)
    follow_closing(vacancy)


def _tell_of_overtaken(actor: Actor, vacancy: Vacancy, before: str, now: datetime) -> None:
    what = f"it closes at {closing(vacancy)} now, and closed at {before} before"
    tell_of_overtaken(actor, open_revision(vacancy), what, now=now)


def _closed(vacancy: Vacancy) -> str:
    return f"This vacancy closed at {closing(vacancy)}"
