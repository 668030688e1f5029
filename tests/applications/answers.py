"""Whole applications for tests: every section answered and finished, with nothing left to mend."""

from datetime import date, datetime, timedelta
from typing import Any

from recruit.applications.models import (
    Activity,
    Application,
    ContactDetails,
    Declaration,
    Evidence,
    HistoryEntry,
    Qualification,
    Referee,
    Registration,
    RegistrationAnswer,
    Section,
    SectionState,
)
from recruit.applications.personal import EligibilityAnswer, Licence, RelationshipAnswer, SupportAnswer, WorksHere
from recruit.applications.referees import Relationship
from recruit.core.db import db
from recruit.vacancies.models import Vacancy
from tests import factories
from tests.factories import NOW

CONTACT = {
    "full_name": "Sam Taylor",
    "email": "sam@people.example",
    "phone": "01632 960 001",
    "address_line_1": "1 Albert Road",
    "town": "Middlesbrough",
    "postcode": "TS1 2PA",
}


def open_vacancy(**changes: Any) -> Vacancy:
    """Return a vacancy that is open at NOW."""
    moments = {"opens_at": NOW - timedelta(days=1), "closes_at": NOW + timedelta(days=9)}
    return factories.VacancyFactory(published=True, **{**moments, **changes})


def referee_values(**changes: Any) -> dict[str, Any]:
    """Return every column of a referee that the rules accept alone but for their number."""
    return {
        "name": "Jo Khan",
        "job_title": "Team manager",
        "organisation": "Northshire Council",
        "relationship_": Relationship.LINE_MANAGER,
        "email": "jo.khan@northshire.example",
        "phone": "",
        "known_from": date(2014, 9, 1),
        "known_until": None,
        "is_most_recent_employer": True,
        "from_work_with_children": True,
        "contact_before_interview": True,
        **changes,
    }


def work_values(**changes: Any) -> dict[str, Any]:
    """Return every column of a post that goes on."""
    return {
        "activity": Activity.PAID,
        "title": "Social worker",
        "organisation": "Northshire Council",
        "started_month": date(2014, 9, 1),
        "ended_month": None,
        "with_children": True,
        "duties": "Assessments, plans and court work.",
        "reason_for_leaving": "To work nearer to home",
        **changes,
    }


def qualification_values(**changes: Any) -> dict[str, Any]:
    """Return every column of a social work degree."""
    return {
        "award": "BA Social Work",
        "institution": "Northshire University",
        "country": "",
        "year": 2014,
        "is_social_work": True,
        **changes,
    }


def complete_application(application: Application, *, at: datetime = NOW) -> Application:
    """Fill in every section of a draft and say that each is finished, so that it can be sent."""
    key = application.id
    application.history_since = date(2011, 7, 1)
    db.session.add_all(
        [
            ContactDetails(application_id=key, **CONTACT),
            RegistrationAnswer(
                application_id=key, state=Registration.REGISTERED, number="SW123456", has_conditions=False
            ),
            EligibilityAnswer(
                application_id=key,
                right_to_work=True,
                needs_sponsorship=False,
                works_here=WorksHere.NO,
                licence=Licence.YES,  # frozen only where the post needs driving
                has_vehicle=True,
            ),
            SupportAnswer(application_id=key, needs_adjustments=False),
            RelationshipAnswer(application_id=key, is_related=False),
            Qualification(application_id=key, **qualification_values()),
            HistoryEntry(application_id=key, **work_values()),
            HistoryEntry(
                application_id=key,
                activity=Activity.EDUCATION,
                title="BA Social Work",
                organisation="Northshire University",
                started_month=date(2011, 7, 1),
                ended_month=date(2014, 8, 1),
            ),
            *(
                Evidence(application_id=key, criterion_id=criterion.id, text=f"How I show it: {criterion.text}")
                for criterion in application.vacancy.criteria
            ),
            Referee(application_id=key, **referee_values()),
            Referee(
                application_id=key,
                **referee_values(
                    name="Ali Reid", email="ali.reid@northshire.example", relationship_=Relationship.COLLEAGUE
                ),
            ),
            Declaration(application_id=key, declared_at=at),
            *(SectionState(application_id=key, section=section, is_complete=True, saved_at=at) for section in Section),
        ]
    )
    db.session.commit()
    return application
