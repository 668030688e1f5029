"""All that the service keeps about how one vacancy was filled, for whoever has to answer for it.

Applications stand in it by their references: it names staff, and no candidate.  Answers about equality are not in it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application, ApplicationEvent
from recruit.core.db import db
from recruit.interviews.models import InterviewEvent
from recruit.panels.composition import Member, members_of
from recruit.panels.models import InterviewQuestion, Sift, SiftEvent
from recruit.panels.questions import questions_of
from recruit.panels.reading import happenings, panel_for_hr
from recruit.panels.standings import Standing, standings_of
from recruit.record.inspection import last_seal
from recruit.record.models import DisclosedApplication, Disclosure, Seal
from recruit.record.readers import Readings, readers_of
from recruit.review.history import Happening, happening_of
from recruit.review.models import ApplicationRead
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.interviews import InterviewKind
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import Round
from recruit.vacancies.before_and_after import differences
from recruit.vacancies.models import Criterion, Vacancy, VacancyComment, VacancyEvent
from recruit.vacancies.writing_models import VacancyRevision


class Listed(NamedTuple):
    """One application, by its reference."""

    id: int
    reference: str
    status: ApplicationStatus
    submitted_at: datetime


class Change(NamedTuple):
    """A change that was asked for after publication: the part, as it was, as it was to be."""

    revision: VacancyRevision
    rows: Sequence[tuple[str, str, str]]


class InterviewRound(NamedTuple):
    """What one kind of interview asks every candidate, and what was scored: only of whom all scores are in."""

    kind: InterviewKind
    questions: Sequence[InterviewQuestion]
    scored: Sequence[Standing]


@dataclass(frozen=True, slots=True)
class VacancyInspection:
    """One vacancy with all that was done with it.

    Args:
        events: its moves, oldest first; `comments` what its team and HR wrote to each other.
        changes: what was asked to be changed after it was published.
        criteria: those, too, that a change took away.
        sift: None where no panel was set up; `sift_events` what was done with the panel.
        applications: by reference, at most `limits.RECORD_APPLICATIONS`; `of_all` says whether these are all.
        standings: what the panel scored, by the application's reference.
        decisions: what people decided, by the application's reference, oldest first.
        interviews: what was done about times and who has them, oldest first.
        rounds: what each kind of interview asks, and what its interviewers scored, of kinds that have questions.
        openings: who opened which application; `reads` who marked one as read, and when first.
        taken: what was taken out with applications of it.
    """

    vacancy: Vacancy
    events: Sequence[VacancyEvent]
    comments: Sequence[VacancyComment]
    changes: Sequence[Change]
    criteria: Sequence[Criterion]
    panel: Sequence[Member]
    sift: Sift | None
    sift_events: Sequence[SiftEvent]
    applications: Sequence[Listed]
    of_all: bool
    standings: Mapping[str, Standing]
    decisions: Sequence[tuple[str, Happening]]
    interviews: Sequence[InterviewEvent]
    rounds: Sequence[InterviewRound]
    openings: Sequence[Readings]
    reads: Sequence[tuple[str, str, datetime]]
    taken: Sequence[Disclosure]
    sealed: Seal | None


def vacancy_to_inspect(actor: Actor, reference: str) -> tuple[Vacancy, Sift | None]:
    """Return a vacancy that was published, and its sift.

    Raises:
        NotAllowed: not HR.
        NotFound: there is none of that reference, or the reader applied for it.
    """
    authorise(actor, Permission.APPLICATION_EXPORT)
    panel, sift = panel_for_hr(actor, reference)
    return panel.vacancy, sift


def inspect_vacancy(vacancy: Vacancy, sift: Sift | None) -> VacancyInspection:
    """Return all that is kept about what `vacancy_to_inspect` found."""
    listed = listed_applications(vacancy.id)
    shown = listed[: limits.RECORD_APPLICATIONS]
    ids = [one.id for one in shown]
    return VacancyInspection(
        vacancy=vacancy,
        events=_events(vacancy.id),
        comments=_comments(vacancy.id),
        changes=_changes(vacancy.id),
        criteria=_criteria(vacancy.id),
        panel=members_of(vacancy.id),
        sift=sift,
        sift_events=happenings(vacancy.id),
        applications=shown,
        of_all=len(listed) == len(shown),
        standings={one.reference: one for one in standings_of(vacancy.id, vacancy.asked, decided=True)},
        decisions=_decisions(shown),
        interviews=_interviews(vacancy.id),
        rounds=_rounds(vacancy.id),
        openings=readers_of(ids),
        reads=_reads(ids),
        taken=_taken(ids),
        sealed=last_seal(),
    )


def listed_applications(vacancy_id: int) -> Sequence[Listed]:
    """Return the applications that were sent, by reference; one more than a record shows where there are more."""
    rows = db.session.execute(
        select(Application.id, Application.reference, Application.status, Application.submitted_at)
        .where(Application.vacancy_id == vacancy_id, Application.submitted_at.is_not(None))
        .order_by(Application.reference)
        .limit(limits.RECORD_APPLICATIONS + 1)
    )
    return [Listed(*row) for row in rows]


def _events(vacancy_id: int) -> Sequence[VacancyEvent]:
    statement = select(VacancyEvent).where(VacancyEvent.vacancy_id == vacancy_id)
    return db.session.scalars(statement.options(joinedload(VacancyEvent.actor)).order_by(VacancyEvent.id)).all()


def _comments(vacancy_id: int) -> Sequence[VacancyComment]:
    statement = select(VacancyComment).where(VacancyComment.vacancy_id == vacancy_id)
    return db.session.scalars(statement.options(joinedload(VacancyComment.author)).order_by(VacancyComment.id)).all()


def _changes(vacancy_id: int) -> Sequence[Change]:
    statement = (
        select(VacancyRevision)
        .where(VacancyRevision.vacancy_id == vacancy_id, VacancyRevision.sent_at.is_not(None))
        .options(joinedload(VacancyRevision.author), joinedload(VacancyRevision.sent_by))
        .order_by(VacancyRevision.id)
    )
    return [Change(one, differences(one)) for one in db.session.scalars(statement)]


def _criteria(vacancy_id: int) -> Sequence[Criterion]:
    statement = select(Criterion).where(Criterion.vacancy_id == vacancy_id)
    return db.session.scalars(statement.order_by(Criterion.position, Criterion.id)).all()


def _decisions(listed: Sequence[Listed]) -> Sequence[tuple[str, Happening]]:
    """Return every move of applications but their sending, with who made it and why."""
    references = {one.id: one.reference for one in listed}
    events = db.session.scalars(
        select(ApplicationEvent)
        .where(ApplicationEvent.application_id.in_(references), ApplicationEvent.source != ApplicationStatus.DRAFT)
        .options(joinedload(ApplicationEvent.actor), joinedload(ApplicationEvent.criterion))
        .order_by(ApplicationEvent.at, ApplicationEvent.id)
    ).all()
    return [(references[event.application_id], happening_of(event)) for event in events]


def _interviews(vacancy_id: int) -> Sequence[InterviewEvent]:
    statement = (
        select(InterviewEvent)
        .where(InterviewEvent.vacancy_id == vacancy_id)
        .options(joinedload(InterviewEvent.actor), joinedload(InterviewEvent.application))
        .order_by(InterviewEvent.id)
    )
    return db.session.scalars(statement).all()


def _rounds(vacancy_id: int) -> Sequence[InterviewRound]:
    asked, found = questions_of(vacancy_id), []
    for kind in InterviewKind:
        questions = [one for one in asked if one.kind == kind]
        if questions:
            standings = standings_of(vacancy_id, questions, round_=Round(kind.value), decided=True)
            found.append(InterviewRound(kind, questions, [one for one in standings if one.both_in]))
    return found


def _reads(ids: Sequence[int]) -> Sequence[tuple[str, str, datetime]]:
    rows = db.session.execute(
        select(Application.reference, User.name, ApplicationRead.at)
        .join(ApplicationRead, ApplicationRead.application_id == Application.id)
        .join(User, User.id == ApplicationRead.user_id)
        .where(Application.id.in_(ids))
        .order_by(Application.reference, ApplicationRead.at, ApplicationRead.id)
    )
    return list(rows.tuples())


def _taken(ids: Sequence[int]) -> Sequence[Disclosure]:
    inside = select(DisclosedApplication.disclosure_id).where(DisclosedApplication.application_id.in_(ids))
    statement = select(Disclosure).where(Disclosure.id.in_(inside)).options(joinedload(Disclosure.actor))
    return db.session.scalars(statement.order_by(Disclosure.id)).all()
