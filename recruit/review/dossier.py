"""Reading one application as a reviewer.  Its statements are made once: the page of an application sends them all."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import NAME_OF_USER, User
from recruit.applications.answer_rows import APPLICATIONS, HAS_NUMBER, application_of
from recruit.applications.deliveries import DELIVERIES, DeliveryEvent
from recruit.applications.labels import LabelEvent
from recruit.applications.models import Application, ApplicationEvent, RegistrationAnswer
from recruit.applications.queries import EVENTS
from recruit.core.db import BigInt, db, rows_at_once, table_of
from recruit.core.errors import NotFound
from recruit.core.found import Query, found, found_together
from recruit.core.joined import Joined, Linked, Listed, Several
from recruit.core.presumed import Presumed
from recruit.notifications.models import OutboxMessage
from recruit.review.choices import LABELS, PEOPLE, Offered, offered
from recruit.review.labels import LABEL_EVENTS
from recruit.review.models import ApplicationRead, Assignment, ReviewNote
from recruit.review.queries import reviewable_by
from recruit.rules.access import Actor
from recruit.vacancies.models import Team, Vacancy

NOT_FOUND = "There is no application with that reference."
_KEY = bindparam("application_id", type_=BigInt)
READER = bindparam("reader", type_=BigInt)


def application_for(actor: Actor, reference: str) -> Application:
    """Return an application that was sent, with its candidate, vacancy, team and whoever has taken it on.

    Raises:
        NotFound: there is none of that reference, it was never sent, or it is the reviewer's own.
    """
    application = db.session.scalars(_APPLICATION, {"reference": reference, "reader": actor.user_id}).one_or_none()
    if application is None:
        raise NotFound(NOT_FOUND)
    return application


_APPLICATION = (
    select(Application)
    .where(Application.reference == bindparam("reference"), reviewable_by(READER))
    .options(
        joinedload(Application.candidate, innerjoin=True),
        joinedload(Application.assigned_to),
        joinedload(Application.vacancy, innerjoin=True).joinedload(Vacancy.team, innerjoin=True),
    )
)


class Opened(NamedTuple):
    """An application as its page shows it, to be read and not to be changed.

    Args:
        application: with its candidate, vacancy and team, and of each what the page shows or asks about.
        is_read: whether the reader has read it.
        undelivered: how many messages to its candidate did not arrive.
        has_same_number: whether other accounts sent applications with the registration number of this one.
        row: all that was found of it. Two that are equal are of the same application as it stands.
        happened: what happened to it.
        offer: what can be chosen for it.
    """

    application: Application
    is_read: bool
    undelivered: int
    has_same_number: bool
    row: Any
    happened: "Happened"
    offer: Offered


def application_to_read(actor: Actor, reference: str, statement: Select[Any] | None = None) -> Opened:
    """Return an application that was sent, with what its reader is told of beside it, in two statements.

    They are sent in one turn to the server where this process has read the application before.

    Args:
        statement: made once of `ROW`, with columns for what packages above this one know; they are in the row.

    Raises:
        NotFound: as `application_for`.
    """
    if db.session.registry.has():
        db.session.flush()  # rows are what the database has
    asked = Query(ROW if statement is None else statement, {"reference": reference, "reader": actor.user_id}, _only_one)
    presumed = _IDS.get(reference)
    if presumed is None:
        row, listed = found(asked), None
    else:
        row, listed = found_together(asked, _BESIDE.query(application_id=presumed))
    application = application_of(row, _SHOWN)
    if listed is None or application.id != presumed:
        listed = found(_BESIDE.query(application_id=application.id))
    _IDS.note(reference, application.id)
    *happened, people, labels = listed
    return Opened(
        application,
        row.is_read,
        row.undelivered,
        row.has_same_number,
        row,
        Happened(*happened),
        offered(people, labels),
    )


def _only_one(rows: Sequence[Any]) -> Any:
    if not rows:
        raise NotFound(NOT_FOUND)
    return rows[0]


_IDS: Presumed[str, int] = Presumed(4096)
"""The ids of applications, by reference."""


_SENT, _VACANCY, _TEAM, _USER = table_of(Application).c, table_of(Vacancy).c, table_of(Team).c, table_of(User).c
_SHOWN = Joined(
    [
        _SENT.id, _SENT.reference, _SENT.candidate_id, _SENT.vacancy_id, _SENT.assigned_to_id, _SENT.status,
        _SENT.told_status, _SENT.submitted_at, _SENT.due_at, _SENT.message_waits, _SENT.version,
    ],
    [_VACANCY.id, _VACANCY.reference, _VACANCY.title, _VACANCY.status, _VACANCY.scores_first],
    [_TEAM.id, _TEAM.name],
    [_USER.id, _USER.name],
)  # fmt: skip
_OWN_NUMBER, _NUMBER = table_of(RegistrationAnswer).alias("own_number").c, table_of(RegistrationAnswer).c
_OTHER = table_of(Application).alias("other").c
ROW = APPLICATIONS.with_only_columns(
    *_SHOWN.columns,
    exists().where(ApplicationRead.application_id == _SENT.id, ApplicationRead.user_id == READER).label("is_read"),
    select(func.count())
    .where(OutboxMessage.unsettled_since.is_not(None), OutboxMessage.about == bindparam("reference"))
    .scalar_subquery()
    .label("undelivered"),
    exists()
    .where(
        _NUMBER.number
        == select(_OWN_NUMBER.number)
        .where(_OWN_NUMBER.application_id == _SENT.id, _OWN_NUMBER.number != "")
        .correlate(table_of(Application))
        .scalar_subquery(),
        HAS_NUMBER,
        _OTHER.id == _NUMBER.application_id,
        _OTHER.candidate_id != _SENT.candidate_id,
        _OTHER.candidate_id != READER,
        _OTHER.submitted_at.is_not(None),
    )
    .label("has_same_number"),
).where(reviewable_by(READER))


class Happened(NamedTuple):
    """What happened to an application since it was begun, each oldest first, to be read and not to be changed.

    Args:
        events: its moves.
        assignments: who gave it to whom.
        labels: what was put on it and taken off.
        deliveries: what was done about messages that did not arrive.
        notes: what reviewers wrote about it.
    """

    events: Sequence[ApplicationEvent]
    assignments: Sequence[Assignment]
    labels: Sequence[LabelEvent]
    deliveries: Sequence[DeliveryEvent]
    notes: Sequence[ReviewNote]


def happened_to(application_id: int) -> Happened:
    """Return what happened to an application, in one statement."""
    return Happened(*_HAPPENED.rows(application_id=application_id))


_NOTE, _ASSIGNMENT = table_of(ReviewNote), table_of(Assignment)
_WRITTEN, _GIVEN = Linked(_NOTE, author=NAME_OF_USER), Linked(_ASSIGNMENT, actor=NAME_OF_USER, assignee=NAME_OF_USER)
_OF_HISTORY = (
    EVENTS,
    Listed(_GIVEN, _GIVEN.statement.where(_ASSIGNMENT.c.application_id == _KEY)),
    LABEL_EVENTS,
    DELIVERIES,
    Listed(_WRITTEN, _WRITTEN.statement.where(_NOTE.c.application_id == _KEY)),
)
_HAPPENED, _BESIDE = Several(*_OF_HISTORY), Several(*_OF_HISTORY, PEOPLE, LABELS)


def same_number_elsewhere(actor: Actor, application: Application, number: str) -> Sequence[str]:
    """Return the references of applications that other accounts sent with the registration number `number`."""
    if not number:
        return []
    values = {"number": number, "candidate_id": application.candidate_id, "reader": actor.user_id}
    return [row.reference for row in rows_at_once(_SAME_NUMBER, **values)]


_SAME_NUMBER = (
    select(Application.reference)
    .join(RegistrationAnswer, RegistrationAnswer.application_id == Application.id)
    .where(
        RegistrationAnswer.number == bindparam("number"),
        HAS_NUMBER,
        Application.candidate_id != bindparam("candidate_id"),
        reviewable_by(READER),
    )
    .order_by(Application.id)
    .limit(10)
)
