"""Who of a vacancy applies under an interview scheme, for HR beside a panel's ranking.  No panel member is shown it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.applications.personal import SupportAnswer
from recruit.core.db import db
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.schemes import Scheme


def schemes_asked(vacancy_id: int) -> Mapping[str, Sequence[Scheme]]:
    """Return the schemes of each application that waits for a decision and asks for any, by reference.

    What was sent can no longer be changed, so the answers are what the snapshots hold.  One statement.
    """
    rows = db.session.execute(
        select(Application.reference, SupportAnswer.schemes)
        .join(SupportAnswer, SupportAnswer.application_id == Application.id)
        .where(Application.vacancy_id == vacancy_id, Application.status == ApplicationStatus.SUBMITTED)
        .order_by(Application.reference)
    )
    return {reference: [Scheme(name) for name in names] for reference, names in rows.tuples() if names}
