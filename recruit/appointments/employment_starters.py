"""Everybody who is to start, for HR: whose details wait, whose came, and how far the checks are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.appointments.employment_models import EmploymentCheck, EmploymentDetails
from recruit.appointments.employment_standing import stands
from recruit.core.db import db
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.employment import Check, Finding
from recruit.rules.lifecycle import ApplicationStatus


@dataclass(frozen=True, slots=True)
class Starter:
    """Somebody who is to start: their details, and how many checks are clear, or are not."""

    details: EmploymentDetails
    clear: int
    not_clear: int

    @property
    def is_clear(self) -> bool:
        """Whether every check is clear."""
        return self.clear == len(Check)


def starters(actor: Actor) -> Sequence[Starter]:
    """Return those who are to start, whose details are due first at the top: two statements for any number.

    Args:
        actor: an HR person; their own application is not among it.
    """
    asked = db.session.scalars(
        select(EmploymentDetails)
        .join(Application, Application.id == EmploymentDetails.application_id)
        .where(
            EmploymentDetails.closed_at.is_(None),
            Application.status == ApplicationStatus.APPOINTED,
            Application.candidate_id != actor.user_id,
        )
        .options(
            joinedload(EmploymentDetails.application).joinedload(Application.vacancy),
            joinedload(EmploymentDetails.application).joinedload(Application.candidate),
        )
        .order_by(EmploymentDetails.due_on, EmploymentDetails.application_id)
        .limit(limits.STARTERS_SHOWN)
    ).all()
    standing = _standing([one.application_id for one in asked])
    return [_starter(one, standing) for one in asked]


def _starter(details: EmploymentDetails, standing: dict[tuple[int, Check], Finding]) -> Starter:
    found = [standing.get((details.application_id, kind)) for kind in Check]
    return Starter(details, found.count(Finding.CLEAR), found.count(Finding.NOT_CLEAR))


def _standing(application_ids: Sequence[int]) -> dict[tuple[int, Check], Finding]:
    """Return the finding that stands, by application and check."""
    rows = db.session.execute(
        select(EmploymentCheck.application_id, EmploymentCheck.kind, EmploymentCheck.finding).where(
            EmploymentCheck.application_id.in_(application_ids), stands()
        )
    )
    return {(application_id, kind): finding for application_id, kind, finding in rows}
