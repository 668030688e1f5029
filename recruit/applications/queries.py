"""Reading applications.  The actor is in the WHERE clause: what is not theirs does not exist."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.applications.answers import Answers
from recruit.applications.models import (
    Application,
    ApplicationEvent,
    ContactDetails,
    Declaration,
    Evidence,
    HistoryEntry,
    Qualification,
    Referee,
    RegistrationAnswer,
    SectionState,
    Snapshot,
    StageCount,
)
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Criterion, Vacancy


def counts_by_status(scope: str) -> dict[ApplicationStatus, int]:
    """Return how many applications stand where within `scope`, as `applications.stages` names it."""
    rows = db.session.execute(select(StageCount.status, StageCount.number).where(StageCount.scope == scope))
    return dict(rows.tuples())


def received_by_vacancy(vacancy_ids: Collection[int]) -> dict[int, int]:
    """Return how many applications each of `vacancy_ids` has received, withdrawn ones included."""
    scopes = {f"vacancy:{vacancy_id}": vacancy_id for vacancy_id in vacancy_ids}
    rows = db.session.execute(
        select(StageCount.scope, func.sum(StageCount.number))
        .where(StageCount.scope.in_(scopes))
        .group_by(StageCount.scope)
    )
    return {scopes[scope]: int(number) for scope, number in rows.tuples()}


def own_application(actor: Actor, reference: str) -> Application:
    """Return the candidate's own application with its vacancy and team.

    Raises:
        NotFound: there is none of that reference, or it is somebody else's.
    """
    statement = (
        select(Application)
        .where(Application.reference == reference, Application.candidate_id == actor.user_id)
        .options(joinedload(Application.vacancy).joinedload(Vacancy.team), joinedload(Application.candidate))
    )
    application = db.session.scalars(statement).one_or_none()
    if application is None:
        raise NotFound("There is no application with that reference in your account.")
    return application


def is_reference_taken(reference: str) -> bool:
    """Say whether an application has `reference`."""
    return db.session.scalar(select(Application.id).where(Application.reference == reference)) is not None


def live_application(actor: Actor, vacancy_id: int) -> Application | None:
    """Return the candidate's application for a vacancy that was not withdrawn, if there is one."""
    return db.session.scalars(
        select(Application).where(
            Application.candidate_id == actor.user_id,
            Application.vacancy_id == vacancy_id,
            Application.status != ApplicationStatus.WITHDRAWN,
        )
    ).one_or_none()


def own_applications(actor: Actor) -> Sequence[Application]:
    """Return the candidate's applications, newest first, in one query."""
    statement = (
        select(Application)
        .where(Application.candidate_id == actor.user_id)
        .options(joinedload(Application.vacancy).joinedload(Vacancy.team))
        .order_by(Application.created_at.desc(), Application.id.desc())
    )
    return db.session.scalars(statement).all()


def answers_of(application: Application) -> Answers:
    """Return all that was entered for `application`, in a constant number of queries."""
    key = application.id
    evidence = db.session.execute(select(Evidence.criterion_id, Evidence.text).where(Evidence.application_id == key))
    states = db.session.scalars(select(SectionState).where(SectionState.application_id == key))
    return Answers(
        application=application,
        contact=db.session.get(ContactDetails, key),
        registration=db.session.get(RegistrationAnswer, key),
        qualifications=db.session.scalars(
            select(Qualification)
            .where(Qualification.application_id == key)
            .order_by(Qualification.year.desc(), Qualification.id)
        ).all(),
        history=db.session.scalars(
            select(HistoryEntry)
            .where(HistoryEntry.application_id == key)
            .order_by(HistoryEntry.started_month.desc(), HistoryEntry.id.desc())
        ).all(),
        evidence=dict(evidence.tuples()),
        referees=db.session.scalars(select(Referee).where(Referee.application_id == key).order_by(Referee.id)).all(),
        declaration=db.session.get(Declaration, key),
        states={state.section: state for state in states},
        criteria=db.session.scalars(
            select(Criterion).where(Criterion.vacancy_id == application.vacancy_id).order_by(Criterion.position)
        ).all(),
    )


def snapshot_of(application_id: int) -> Snapshot | None:
    """Return what was sent, or None for a draft."""
    return db.session.get(Snapshot, application_id)


def events_of(application_id: int) -> Sequence[ApplicationEvent]:
    """Return the moves of an application, oldest first, with who made them."""
    statement = (
        select(ApplicationEvent)
        .where(ApplicationEvent.application_id == application_id)
        .options(joinedload(ApplicationEvent.actor), joinedload(ApplicationEvent.criterion))
        .order_by(ApplicationEvent.id)
    )
    return db.session.scalars(statement).all()
