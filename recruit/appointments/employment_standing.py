"""What is told outside HR of the checks before a start: clear, or under review, and nothing else."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from recruit.applications.models import Application
from recruit.appointments.employment_models import EmploymentCheck, EmploymentDetails
from recruit.core.db import db
from recruit.rules.employment import FINDING_WORDS, Finding, overall


def stands() -> ColumnElement[bool]:
    """Return the condition of a finding that stands: of its check no later one was written down."""
    later = aliased(EmploymentCheck)
    return ~exists().where(
        later.application_id == EmploymentCheck.application_id,
        later.kind == EmploymentCheck.kind,
        later.number > EmploymentCheck.number,
    ).correlate(EmploymentCheck)


def overall_on(application_ids: Collection[int]) -> Mapping[int, Finding]:
    """Return how all checks together stand, by application; one that nothing is asked on is not in it."""
    if not application_ids:
        return {}
    asked = db.session.execute(
        select(EmploymentDetails.application_id, EmploymentCheck.finding)
        .outerjoin(EmploymentCheck, (EmploymentCheck.application_id == EmploymentDetails.application_id) & stands())
        .where(EmploymentDetails.application_id.in_(application_ids), EmploymentDetails.closed_at.is_(None))
    )
    found: dict[int, list[Finding]] = {}
    for application_id, finding in asked:
        of_it = found.setdefault(application_id, [])
        if finding is not None:
            of_it.append(finding)
    return {application_id: overall(of_it) for application_id, of_it in found.items()}


def checks_in_words(vacancy_id: int) -> str:
    """Return how the checks of a vacancy's people stand: "1 clear, 2 under review"; "" where nobody is checked."""
    asked = db.session.scalars(
        select(EmploymentDetails.application_id)
        .join(Application, Application.id == EmploymentDetails.application_id)
        .where(Application.vacancy_id == vacancy_id)
    ).all()
    found = list(overall_on(asked).values())
    told = (Finding.CLEAR, Finding.UNDER_REVIEW)
    numbers = [(found.count(finding), FINDING_WORDS[finding].lower()) for finding in told]
    return ", ".join(f"{number} {words}" for number, words in numbers if number)
