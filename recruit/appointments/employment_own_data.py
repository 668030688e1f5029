"""Details before a start as whoever gave them reads them on a page, and takes them all away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_queries import Saved, answered_on
from recruit.appointments.employment_reading import NOTHING, part_read
from recruit.core.db import db
from recruit.rules.access import Actor
from recruit.rules.employment import Part


@dataclass(frozen=True, slots=True)
class OwnDetails:
    """What was asked and answered on one application: question and answer by part, in the order of the form."""

    application: str
    asked_at: datetime
    sent_at: datetime | None
    parts: dict[str, list[dict[str, str]]]


def own_employment_details(actor: Actor, *, hidden: frozenset[str] = NOTHING) -> list[OwnDetails]:
    """Return what `actor` entered before a start, on every application, the oldest first.

    Args:
        hidden: names of answers of which only the last characters are shown.
    """
    rows = db.session.scalars(
        select(EmploymentDetails)
        .join(Application, Application.id == EmploymentDetails.application_id)
        .where(Application.candidate_id == actor.user_id)
        .options(joinedload(EmploymentDetails.application))
        .order_by(EmploymentDetails.application_id)
    ).all()
    answered = answered_on([one.application_id for one in rows]) if rows else {}
    return [
        OwnDetails(
            one.application.reference, one.asked_at, one.sent_at, _read(answered.get(one.application_id, {}), hidden)
        )
        for one in rows
    ]


def _read(answered: Mapping[Part, Saved], hidden: frozenset[str]) -> dict[str, list[dict[str, str]]]:
    found = {}
    for part in Part:
        if part in answered:
            read = part_read(part, answered[part].answers, hidden=hidden)
            found[read.title] = [*read.rows, *(row for entry in read.entries for row in entry)]
    return found
