"""Reading applications.  The actor is in the WHERE clause: what is not theirs does not exist."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from recruit.applications.answers import Answers
from recruit.applications.counts import StageCount
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
    Section,
    SectionState,
    Snapshot,
)
from recruit.applications.personal import EligibilityAnswer, RelationshipAnswer, SupportAnswer
from recruit.core.db import BigInt, db, rows_at_once, table_of
from recruit.core.errors import Conflict, NotFound
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Assessment, Criterion, Vacancy

Entry = TypeVar("Entry", Qualification, HistoryEntry, Referee)
Personal = TypeVar("Personal", EligibilityAnswer, RelationshipAnswer, SupportAnswer)


def counts_by_status(scope: str) -> dict[ApplicationStatus, int]:
    """Return how many applications stand where within `scope`, as `applications.stages` names it."""
    return {status: number for status, number in rows_at_once(_COUNTS, scope=scope)}  # noqa: C416  rows are no pairs to mypy


_COUNT = table_of(StageCount).c  # rows of tables, not of models: quicker, and asked for every page of the queue
_COUNTS = select(_COUNT.status, _COUNT.number).where(_COUNT.scope == bindparam("scope"))


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
    """Return the candidate's own application with its vacancy, team and candidate, in one query.

    Args:
        actor: who asks.
        reference: as we write it.

    Raises:
        NotFound: there is none of that reference, or it is somebody else's.
    """
    values = {"reference": reference, "candidate_id": actor.user_id}
    application = db.session.scalars(_OWN, values).one_or_none()
    if application is None:
        raise NotFound("There is no application with that reference in your account.")
    return application


# Made once, not for each page: sending an application reads them all.
_OWN = (
    select(Application)
    .where(Application.reference == bindparam("reference"), Application.candidate_id == bindparam("candidate_id"))
    .options(
        joinedload(Application.vacancy, innerjoin=True).joinedload(Vacancy.team, innerjoin=True),
        joinedload(Application.candidate, innerjoin=True),
    )
)


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
    """Return all that was entered for `application`, in six queries.

    Where there are many of a kind they are rows of its table, not objects that could be changed: sending an
    application reads them all, and objects took half of that time.
    """
    db.session.flush()  # rows are what the database has
    key = {"application_id": application.id}
    singles = db.session.execute(_SINGLES, key).one_or_none()
    contact, registration, eligibility, relationships, support, declaration = singles or (None,) * 6
    criteria = _rows(_CRITERIA, {**key, "vacancy_id": application.vacancy_id})
    asked = [row for row in criteria if row.assessed_at == Assessment.APPLICATION and row.retired_at is None]
    return Answers(
        application=application,
        contact=contact,
        registration=registration,
        eligibility=eligibility,
        relationships=relationships,
        support=support,
        qualifications=_rows(_QUALIFICATIONS, key),
        history=_rows(_HISTORY, key),
        evidence={row.id: row.evidence for row in criteria if row.evidence is not None},
        referees=_rows(_REFEREES, key),
        declaration=declaration,
        states={row.section: row for row in _rows(_STATES, key)},
        criteria=asked,
        unasked=[row for row in criteria if row not in asked],
    )


def _rows(statement: Select[Any], values: Mapping[str, int]) -> Sequence[Any]:
    return db.session.execute(statement, values).all()


def _named(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a referee's column by the name that it has in the model."""
    return column.label("relationship_") if column.key == "relationship" else column


_KEY = bindparam("application_id", type_=BigInt)
_SINGLES = (  # the answers of which there is one each
    select(ContactDetails, RegistrationAnswer, EligibilityAnswer, RelationshipAnswer, SupportAnswer, Declaration)
    .select_from(Application)
    .outerjoin(ContactDetails, ContactDetails.application_id == Application.id)
    .outerjoin(RegistrationAnswer, RegistrationAnswer.application_id == Application.id)
    .outerjoin(EligibilityAnswer, EligibilityAnswer.application_id == Application.id)
    .outerjoin(RelationshipAnswer, RelationshipAnswer.application_id == Application.id)
    .outerjoin(SupportAnswer, SupportAnswer.application_id == Application.id)
    .outerjoin(Declaration, Declaration.application_id == Application.id)
    .where(Application.id == _KEY)
)
_CRITERION, _EVIDENCE = table_of(Criterion), table_of(Evidence)
_CRITERIA = (
    select(*_CRITERION.c, _EVIDENCE.c.text.label("evidence"))
    .outerjoin_from(
        _CRITERION, _EVIDENCE, and_(_EVIDENCE.c.criterion_id == _CRITERION.c.id, _EVIDENCE.c.application_id == _KEY)
    )
    .where(
        _CRITERION.c.vacancy_id == bindparam("vacancy_id"),
        or_(
            and_(_CRITERION.c.assessed_at == Assessment.APPLICATION, _CRITERION.c.retired_at.is_(None)),
            _EVIDENCE.c.text != "",
        ),
    )
    .order_by(_CRITERION.c.position, _CRITERION.c.id)
)
_QUALIFICATION, _ENTRY = table_of(Qualification), table_of(HistoryEntry)
_REFEREE, _STATE = table_of(Referee), table_of(SectionState)
_QUALIFICATIONS = (
    select(_QUALIFICATION)
    .where(_QUALIFICATION.c.application_id == _KEY)
    .order_by(_QUALIFICATION.c.year.desc(), _QUALIFICATION.c.id)
)
_HISTORY = (
    select(_ENTRY).where(_ENTRY.c.application_id == _KEY).order_by(_ENTRY.c.started_month.desc(), _ENTRY.c.id.desc())
)
_REFEREES = (
    select(*(_named(column) for column in _REFEREE.c)).where(_REFEREE.c.application_id == _KEY).order_by(_REFEREE.c.id)
)
_STATES = select(_STATE).where(_STATE.c.application_id == _KEY).order_by(_STATE.c.section)


def contact_details_of(application: Application) -> ContactDetails | None:
    """Return the contact details, if there are any."""
    return db.session.get(ContactDetails, application.id)


def registration_of(application: Application) -> RegistrationAnswer | None:
    """Return the answer about Social Work England, if it was given."""
    return db.session.get(RegistrationAnswer, application.id)


def personal_of(application: Application, model: type[Personal]) -> Personal | None:
    """Return what was answered about eligibility, relationships or support at interview, if anything was."""
    return db.session.get(model, application.id)


def evidence_of(application: Application, criterion_id: int) -> Evidence | None:
    """Return what was written for one criterion, if anything was."""
    return db.session.get(Evidence, (application.id, criterion_id))


def declaration_of(application: Application) -> Declaration | None:
    """Return the declaration, if it was made."""
    return db.session.get(Declaration, application.id)


def state_of(application: Application, section: Section) -> SectionState | None:
    """Return what the candidate said of a section, or None if it was never saved."""
    return db.session.get(SectionState, (application.id, section))


def criterion_of(application: Application, criterion_id: int) -> Criterion:
    """Return one criterion of the vacancy that evidence is asked for.

    Raises:
        NotFound: the vacancy has no such criterion.
        Conflict: it was answered, but the vacancy was changed and it is not asked for any more.
    """
    for criterion in application.vacancy.asked:
        if criterion.id == criterion_id:  # compared here: a number from an address may be too long for the database
            return criterion
    if any(row.id == criterion_id for row in answers_of(application).unasked):
        raise Conflict(
            "This vacancy was changed, and we do not ask about this any more."
            " What you saved can be read on the page of the criteria until you send your application."
        )
    raise NotFound("This vacancy has no such criterion.")


def entries_of(application: Application, model: type[Entry]) -> Sequence[Entry]:
    """Return the qualifications, history entries or referees of `application`, in the order they were added."""
    statement = select(model).where(model.application_id == application.id).order_by(model.id)
    return db.session.scalars(statement).all()


def entry_of(application: Application, model: type[Entry], entry_id: int) -> Entry:
    """Return one entry of a list of `application`.

    Raises:
        NotFound: it has no such entry, or not any more.
    """
    for entry in entries_of(application, model):
        if entry.id == entry_id:  # compared here, because a number from an address may be too long for the database
            return entry
    raise NotFound("This entry is not in your application.")


def section_states(application_ids: Collection[int]) -> dict[int, dict[Section, SectionState]]:
    """Return what candidates said of the sections they have saved, by application, in one query."""
    found: dict[int, dict[Section, SectionState]] = {}
    rows = db.session.scalars(
        select(SectionState)
        .where(SectionState.application_id.in_(application_ids))
        .order_by(SectionState.application_id, SectionState.section)
    )
    for state in rows:
        found.setdefault(state.application_id, {})[state.section] = state
    return found


def snapshot_of(application_id: int) -> Snapshot | None:
    """Return what was sent, or None for a draft."""
    return db.session.get(Snapshot, application_id)


def events_of(application_id: int) -> Sequence[ApplicationEvent]:
    """Return the moves of an application, oldest first, with who made them."""
    return db.session.scalars(_EVENTS, {"application_id": application_id}).all()


_EVENTS = (
    select(ApplicationEvent)
    .where(ApplicationEvent.application_id == _KEY)
    .options(joinedload(ApplicationEvent.actor), joinedload(ApplicationEvent.criterion))
    .order_by(ApplicationEvent.id)
)
