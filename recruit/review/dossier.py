"""Reading one application as a reviewer."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application, RegistrationAnswer
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.review.models import ApplicationRead, Assignment, ReviewNote
from recruit.review.queries import reviewable_by
from recruit.rules.access import Actor
from recruit.vacancies.models import Vacancy


def application_for(actor: Actor, reference: str) -> Application:
    """Return an application that was sent, with its candidate, vacancy, team and whoever has taken it on.

    Raises:
        NotFound: there is none of that reference, it was never sent, or it is the reviewer's own.
    """
    statement = (
        select(Application)
        .where(Application.reference == reference, reviewable_by(actor))
        .options(
            joinedload(Application.candidate),
            joinedload(Application.assigned_to),
            joinedload(Application.vacancy).joinedload(Vacancy.team),
        )
    )
    application = db.session.scalars(statement).one_or_none()
    if application is None:
        raise NotFound("There is no application with that reference.")
    return application


def is_read_by(actor: Actor, application_id: int) -> bool:
    """Say whether `actor` has read the application."""
    return db.session.get(ApplicationRead, (application_id, actor.user_id)) is not None


def notes_of(application_id: int) -> Sequence[ReviewNote]:
    """Return what reviewers wrote about an application, oldest first."""
    statement = (
        select(ReviewNote)
        .where(ReviewNote.application_id == application_id)
        .options(joinedload(ReviewNote.author))
        .order_by(ReviewNote.id)
    )
    return db.session.scalars(statement).all()


def assignments_of(application_id: int) -> Sequence[Assignment]:
    """Return who gave an application to whom, oldest first."""
    statement = (
        select(Assignment)
        .where(Assignment.application_id == application_id)
        .options(joinedload(Assignment.actor), joinedload(Assignment.assignee))
        .order_by(Assignment.id)
    )
    return db.session.scalars(statement).all()


def same_number_elsewhere(actor: Actor, application: Application, number: str) -> Sequence[str]:
    """Return the references of applications that other accounts sent with the registration number `number`."""
    if not number:
        return []
    statement = (
        select(Application.reference)
        .join(RegistrationAnswer, RegistrationAnswer.application_id == Application.id)
        .where(
            RegistrationAnswer.number == number,
            Application.candidate_id != application.candidate_id,
            reviewable_by(actor),
        )
        .order_by(Application.id)
        .limit(10)
    )
    return db.session.scalars(statement).all()
