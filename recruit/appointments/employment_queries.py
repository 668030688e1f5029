"""Reading somebody's details before the start.  Who asks is in the WHERE clause of the application they belong to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.applications.queries import snapshot_of
from recruit.appointments.employment_answers import Answers, Known, first_answers, known_from, unpacked
from recruit.appointments.employment_models import EmploymentDetails, EmploymentEvent, EmploymentPart
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.rules.access import Actor
from recruit.rules.employment import Part
from recruit.vacancies.models import Vacancy

NOT_FOUND = "Nothing is asked before a start at this address."


@dataclass(frozen=True, slots=True)
class Saved:
    """A part as it stands: what was answered, or what it begins with where nothing was saved.

    Args:
        mark: changes with every saving; "" before the first.
    """

    answers: Answers
    is_complete: bool = False
    is_saved: bool = False
    mark: str = ""
    saved_at: datetime | None = None


def details_of(application_id: int) -> EmploymentDetails | None:
    """Return what is asked on one application that the reader may see, if anything is."""
    return db.session.get(EmploymentDetails, application_id)


def own_details(actor: Actor, reference: str) -> EmploymentDetails:
    """Return what `actor` is asked on their application of that reference.

    Raises:
        NotFound: they have no such application, or nothing is asked on it.
    """
    statement = (
        select(EmploymentDetails)
        .join(Application, Application.id == EmploymentDetails.application_id)
        .where(Application.reference == reference, Application.candidate_id == actor.user_id)
        .options(joinedload(EmploymentDetails.application).joinedload(Application.vacancy).joinedload(Vacancy.team))
    )
    found = db.session.scalars(statement).one_or_none()
    if found is None:
        raise NotFound(NOT_FOUND)
    return found


def asked_of(application_ids: Collection[int]) -> Mapping[int, EmploymentDetails]:
    """Return what is asked, by application: one statement for all, none for none."""
    if not application_ids:
        return {}
    rows = db.session.scalars(select(EmploymentDetails).where(EmploymentDetails.application_id.in_(application_ids)))
    return {row.application_id: row for row in rows}


def known_of(application_id: int, today: date, *, overseas_months: int) -> Known:
    """Return what the application says already."""
    snapshot = snapshot_of(application_id)
    return known_from(snapshot.content, today, overseas_months=overseas_months) if snapshot else Known()


def saved_parts(application_id: int, known: Known) -> dict[Part, Saved]:
    """Return every part as it stands, opened with the service's key."""
    found = answered_on([application_id]).get(application_id, {})
    return {part: found.get(part) or Saved(first_answers(part, known)) for part in Part}


def answered_on(application_ids: Collection[int]) -> Mapping[int, Mapping[Part, Saved]]:
    """Return the parts in which something was saved, by application: one statement for all, opened likewise."""
    rows = db.session.scalars(
        select(EmploymentPart)
        .where(EmploymentPart.application_id.in_(application_ids))
        .execution_options(populate_existing=True)
    )
    found: dict[int, dict[Part, Saved]] = {}
    for row in rows:
        found.setdefault(row.application_id, {})[row.part] = saved(row)
    return found


def saved_part(application_id: int, part: Part, known: Known) -> Saved:
    """Return one part as it stands."""
    row = db.session.get(EmploymentPart, (application_id, part), populate_existing=True)
    return saved(row) if row else Saved(first_answers(part, known))


def saved(row: EmploymentPart) -> Saved:
    """Return what is in a row."""
    return Saved(unpacked(row.answers), row.is_complete, is_saved=True, mark=str(row.version), saved_at=row.saved_at)


def number_finished(application_id: int) -> int:
    """Return how many parts were said to be finished: all that HR sees before they are sent."""
    statement = select(func.count()).where(
        EmploymentPart.application_id == application_id, EmploymentPart.is_complete.is_(True)
    )
    return db.session.scalar(statement) or 0


def events_of(application_id: int) -> Sequence[EmploymentEvent]:
    """Return what was done about the details of an application, oldest first, with who did it."""
    statement = (
        select(EmploymentEvent)
        .where(EmploymentEvent.application_id == application_id)
        .options(joinedload(EmploymentEvent.actor))
        .order_by(EmploymentEvent.id)
    )
    return db.session.scalars(statement).all()
