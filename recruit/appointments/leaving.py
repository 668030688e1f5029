"""What becomes of what was asked before a start when somebody withdraws, closes their account, or the vacancy ends."""

from datetime import datetime

from sqlalchemy import select

from recruit.accounts.attempts import Try
from recruit.accounts.models import User
from recruit.accounts.signing_in import Check
from recruit.applications import closing
from recruit.applications.models import Application
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_opening import close_details
from recruit.core.db import db
from recruit.interviews import cancelling, leaving
from recruit.rules.access import Actor
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies.models import Vacancy


def withdraw_application(actor: Actor, application: Application, *, reason: str, now: datetime) -> None:
    """Withdraw as `interviews.leaving` does; what was not sent of the details before the start is deleted.

    Raises:
        NotAllowed, Conflict, Incomplete: as `interviews.leaving.withdraw_application`.
    """
    leaving.withdraw_application(actor, application, reason=reason, now=now)
    close_details(actor, [application.id], now=now)


def close_account(actor: Actor, user: User, checked: Check, attempt: Try, *, now: datetime) -> None:
    """Close an account as `interviews.leaving` does; what was not sent of the details before a start is deleted.

    Raises:
        NotAllowed, Conflict: as `interviews.leaving.close_account`.
    """
    live = [one.id for one in closing.holdings_of(actor, now=now).live]
    leaving.close_account(actor, user, checked, attempt, now=now)
    close_details(actor, live, now=now)


def cancel_vacancy(
    actor: Actor,
    vacancy: Vacancy,
    reason: str = "",
    *,
    why: OutcomeReason = OutcomeReason.OTHER,
    seen_version: int | None = None,
    now: datetime,
) -> int:
    """Cancel as `interviews.cancelling` does; nobody of that vacancy is asked for details any more.

    Returns:
        How many candidates were told.

    Raises:
        NotAllowed, Conflict, Incomplete: as `vacancies.service.cancel_vacancy`.
    """
    told = cancelling.cancel_vacancy(actor, vacancy, reason, why=why, seen_version=seen_version, now=now)
    asked = select(EmploymentDetails.application_id).join(
        Application, Application.id == EmploymentDetails.application_id
    )
    close_details(actor, db.session.scalars(asked.where(Application.vacancy_id == vacancy.id)).all(), now=now)
    return told
