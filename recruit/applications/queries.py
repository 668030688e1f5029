"""Reading applications.  The actor is in the WHERE clause: what is not theirs does not exist."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import NAME_OF_USER
from recruit.applications import answer_rows
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
from recruit.core.found import Query
from recruit.core.joined import Linked, Listed
from recruit.core.remembered import Remembered
from recruit.notifications.models import HOW_IT_FARED
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Assessment, Criterion, Vacancy

SENT_KEPT: Final = 64  # applications of which a process keeps what was sent, of some 60 kilobytes each
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
        raise NotFound(answer_rows.NOT_YOURS)
    return application


# Made once, not for each page.
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
    """Return all that was entered for `application`, in six queries, as rows of the tables."""
    if db.session.registry.has():
        db.session.flush()  # rows are what the database has
    key = application.id
    contact, registration, eligibility, relationships, support, declaration = answer_rows.ones_of(key)
    criteria = answer_rows.criteria_of(key, application.vacancy_id)
    is_asked = [row.assessed_at == Assessment.APPLICATION and row.retired_at is None for row in criteria]
    return Answers(
        application=application,
        contact=contact,
        registration=registration,
        eligibility=eligibility,
        relationships=relationships,
        support=support,
        qualifications=answer_rows.qualifications_of(key),
        history=answer_rows.history_of(key),
        evidence={row.id: row.evidence for row in criteria if row.evidence is not None},
        referees=answer_rows.referees_of(key),
        declaration=declaration,
        states={row.section: row for row in answer_rows.states_of(key)},
        criteria=[row for row, is_one in zip(criteria, is_asked, strict=True) if is_one],
        unasked=[row for row, is_one in zip(criteria, is_asked, strict=True) if not is_one],
    )


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
    """Return what was sent, to be read and not to be changed; None for a draft."""
    found = _FROZEN.rows(_SNAPSHOT, application_id=application_id)
    return found[0] if found else None


def sent_content(application_id: int, reference: str) -> Mapping[str, Any]:
    """Return what was frozen when an application was sent, to be read and not to be changed.

    It stays as it is, and is shown again after each thing that is done about it: so it is kept.

    Raises:
        NotFound: it was not sent.
    """
    content = _SENT_CONTENT.get((application_id, reference))
    if content is None:
        snapshot = snapshot_of(application_id)
        if snapshot is None:
            raise NotFound("There is nothing that was sent.")
        content = snapshot.content
        _SENT_CONTENT.note((application_id, reference), content)
    return content


_SENT_CONTENT: Remembered[tuple[int, str], Mapping[str, Any]] = Remembered(SENT_KEPT)


def sent_content_query(reference: str) -> Query[None]:
    """Return the query for what was frozen of an application, which `sent_content` then need not ask for."""
    return Query(_SNAPSHOT_OF_REFERENCE, {"reference": reference}, partial(_keep_content, reference))


def _keep_content(reference: str, rows: Sequence[Any]) -> None:
    for row in rows:
        _SENT_CONTENT.note((row.application_id, reference), row.content)


_FROZEN = Linked(table_of(Snapshot))
_SNAPSHOT = _FROZEN.statement.where(table_of(Snapshot).c.application_id == bindparam("application_id", type_=BigInt))
_SNAPSHOT_OF_REFERENCE = _FROZEN.statement.join(
    table_of(Application), table_of(Application).c.id == table_of(Snapshot).c.application_id
).where(table_of(Application).c.reference == bindparam("reference"))


def events_of(application_id: int) -> Sequence[ApplicationEvent]:
    """Return the moves of an application, oldest first, with who made them, to be read and not to be changed."""
    return EVENTS.rows(application_id=application_id)


_MOVE, _CRITERION = table_of(ApplicationEvent), table_of(Criterion).c
_MOVES = Linked(_MOVE, actor=NAME_OF_USER, criterion=(_CRITERION.id, _CRITERION.text), message=HOW_IT_FARED)
EVENTS = Listed(
    _MOVES,
    _MOVES.statement.where(_MOVE.c.application_id == bindparam("application_id", type_=BigInt)).order_by(_MOVE.c.id),
)
"""The moves of an application, to be read with other lists."""
