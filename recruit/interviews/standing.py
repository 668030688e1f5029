"""Where a sent application is in its candidate's words, with how far its interviews are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from recruit.applications import progress
from recruit.applications.models import Application
from recruit.applications.progress import Overview, Standing, late_words
from recruit.applications.promises import due_day
from recruit.core.calendar import london_day, long_date, long_moment
from recruit.interviews.models import InterviewSlot
from recruit.interviews.queries import Times, times_of
from recruit.rules.access import Actor
from recruit.rules.interview_stages import InterviewStage, stage_of
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus


def standing_of(application: Application, *, now: datetime) -> Standing:
    """Return where an application is, as `applications.progress` does; one statement more on the shortlist."""
    times = times_of([application.id]) if _is_on_shortlist(application) else {}
    return _with_interviews(progress.standing_of(application, now=now), application, times.get(application.id), now)


def own_overview(actor: Actor, *, now: datetime) -> tuple[list[Overview], list[Overview]]:
    """Return the candidate's applications as `applications.progress` does; one statement more for any shortlist."""
    drafts, sent = progress.own_overview(actor, now=now)
    listed = [line.application.id for line in sent if _is_on_shortlist(line.application)]
    times = times_of(listed) if listed else {}
    return drafts, [_told(line, times.get(line.application.id), now) for line in sent]


def _told(line: Overview, times: Times | None, now: datetime) -> Overview:
    assert line.standing is not None  # noqa: S101  what was sent stands somewhere
    return replace(line, standing=_with_interviews(line.standing, line.application, times, now))


def _is_on_shortlist(application: Application) -> bool:
    """Say whether the candidate knows it to be there: also while what came of interviews waits to be released."""
    return application.status_for_candidate() == ApplicationStatus.SHORTLISTED


def _with_interviews(standing: Standing, application: Application, times: Times | None, now: datetime) -> Standing:
    if times is None or application.vacancy.status == VacancyStatus.CANCELLED:
        return standing
    stage = stage_of([slot.ends_at for slot in times.slots], is_invited=times.is_invited, now=now)
    if stage == InterviewStage.TO_INVITE:
        return standing
    where, next_ = _SENTENCES[stage](application, times.slots, now)
    return replace(standing, where=where, next=next_, has_interviews=times.is_invited)


def _invited(application: Application, _slots: Sequence[InterviewSlot], now: datetime) -> tuple[str, str]:
    by = due_day(application.due_at)
    where = "You are on the shortlist. We would like to meet you."
    if by is None:
        return where, "Choose a time for your interview. If none suits you, tell us: we will find another."
    if by < london_day(now):
        return where, f"We asked you to choose a time by {long_date(by)}. Choose one now, or tell us if none suits you."
    return (
        where,
        f"Choose a time for your interview by {long_date(by)}. If you have not chosen by then, we ask you about it.",
    )


def _booked(application: Application, slots: Sequence[InterviewSlot], now: datetime) -> tuple[str, str]:
    named = [f"{KIND_WORDS[one.kind].lower()} is at {long_moment(one.starts_at)}" for one in slots if one.ends_at > now]
    by = due_day(application.due_at)
    hear = f" You will hear from us by {long_date(by)} what came of it." if by else ""
    return "You have a time to meet us.", f"Your {', and your '.join(named)}.{hear}"


def _interviewed(application: Application, slots: Sequence[InterviewSlot], now: datetime) -> tuple[str, str]:
    by, last = due_day(application.due_at), max(slot.ends_at for slot in slots)
    where = f"Your {'interview was' if len(slots) == 1 else 'last interview was'} on {long_date(last)}."
    if by is None:
        return where, "We will write to you about what came of it."
    if by < london_day(now):
        return where, late_words(by)
    return where, f"You will hear from us by {long_date(by)} what came of it."


_SENTENCES = {
    InterviewStage.INVITED: _invited,
    InterviewStage.BOOKED: _booked,
    InterviewStage.INTERVIEWED: _interviewed,
}
