"""Reading one application as a reviewer.  Its statements are made once: the page of an application sends them all."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import NAME_OF_USER
from recruit.applications.answer_rows import APPLICATIONS, HAS_NUMBER, application_of
from recruit.applications.models import Application, RegistrationAnswer
from recruit.core.db import BigInt, db, rows_at_once, table_of
from recruit.core.errors import NotFound
from recruit.core.joined import Linked
from recruit.notifications.models import OutboxMessage
from recruit.review.models import ApplicationRead, Assignment, ReviewNote
from recruit.review.queries import reviewable_by
from recruit.rules.access import Actor
from recruit.vacancies.models import Vacancy

NOT_FOUND = "There is no application with that reference."
_KEY = bindparam("application_id", type_=BigInt)
_READER = bindparam("reader", type_=BigInt)


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
    .where(Application.reference == bindparam("reference"), reviewable_by(_READER))
    .options(
        joinedload(Application.candidate, innerjoin=True),
        joinedload(Application.assigned_to),
        joinedload(Application.vacancy, innerjoin=True).joinedload(Vacancy.team, innerjoin=True),
    )
)


def application_to_read(actor: Actor, reference: str) -> Application:
    """Return what `application_for` does, as rows: to be read and not to be changed.

    Raises:
        NotFound: as `application_for`.
    """
    found = rows_at_once(_ROW, reference=reference, reader=actor.user_id)
    if not found:
        raise NotFound(NOT_FOUND)
    return application_of(found[0])


_ROW = APPLICATIONS.where(reviewable_by(_READER))


class Standing(NamedTuple):
    """Whether the reader has read an application, and how many messages to its candidate did not arrive."""

    is_read: bool
    undelivered: int


def standing_for(actor: Actor, application: Application) -> Standing:
    """Return what the reader is told of beside an application, in one statement."""
    values = {"application_id": application.id, "reference": application.reference, "reader": actor.user_id}
    return Standing(*rows_at_once(_STANDING, **values)[0])


_STANDING = select(
    exists().where(ApplicationRead.application_id == _KEY, ApplicationRead.user_id == _READER),
    select(func.count())
    .where(OutboxMessage.unsettled_since.is_not(None), OutboxMessage.about == bindparam("reference"))
    .scalar_subquery(),
)


def notes_of(application_id: int) -> Sequence[ReviewNote]:
    """Return what reviewers wrote about an application, oldest first."""
    return _WRITTEN.rows(_NOTES, application_id=application_id)


_NOTE = table_of(ReviewNote)
_WRITTEN = Linked(_NOTE, author=NAME_OF_USER)
_NOTES = _WRITTEN.statement.where(_NOTE.c.application_id == _KEY).order_by(_NOTE.c.id)


def assignments_of(application_id: int) -> Sequence[Assignment]:
    """Return who gave an application to whom, oldest first."""
    return _GIVEN.rows(_ASSIGNMENTS, application_id=application_id)


_ASSIGNMENT = table_of(Assignment)
_GIVEN = Linked(_ASSIGNMENT, actor=NAME_OF_USER, assignee=NAME_OF_USER)
_ASSIGNMENTS = _GIVEN.statement.where(_ASSIGNMENT.c.application_id == _KEY).order_by(_ASSIGNMENT.c.id)


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
        reviewable_by(_READER),
    )
    .order_by(Application.id)
    .limit(10)
)
