"""From interest to an application: nobody types a second time what they told us."""

from datetime import datetime

from recruit.accounts.models import User
from recruit.applications import service
from recruit.applications.models import Application, RegistrationAnswer, Section, SectionState
from recruit.applications.personal import EligibilityAnswer
from recruit.core.db import db
from recruit.interest.models import Interest
from recruit.interest.queries import interest_of
from recruit.rules.access import Actor
from recruit.vacancies.models import Vacancy


def start_application(actor: Actor, candidate: User, vacancy: Vacancy, *, now: datetime) -> Application:
    """Start an application as `applications.service` does, and fill in from the interest what it leaves empty.

    What an earlier application fills in comes first: it says more.  Each section is still to be checked.

    Raises:
        NotAllowed, Conflict: as `applications.service.start_application`.
    """
    application = service.start_application(actor, candidate, vacancy, now=now)
    interest = interest_of(candidate.id, now=now)
    if interest is not None:
        _fill(application, interest)
    return application


def _fill(application: Application, interest: Interest) -> None:
    key = application.id
    if db.session.get(RegistrationAnswer, key) is None:
        db.session.add(
            RegistrationAnswer(
                application_id=key, state=interest.state, number=interest.number, expected_on=interest.expected_on
            )
        )
        _to_check(application, Section.REGISTRATION)
    if db.session.get(EligibilityAnswer, key) is None:
        db.session.add(
            EligibilityAnswer(
                application_id=key,
                right_to_work=interest.right_to_work,
                needs_sponsorship=interest.needs_sponsorship,
                hours_wanted=interest.hours_wanted,
            )
        )
        _to_check(application, Section.ELIGIBILITY)


def _to_check(application: Application, section: Section) -> None:
    db.session.add(
        SectionState(
            application_id=application.id, section=section, saved_at=application.created_at, is_from_interest=True
        )
    )
