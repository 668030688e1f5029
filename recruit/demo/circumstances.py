"""What the demo's people say of eligibility, relationships and support at interview: mostly nothing unusual."""

from datetime import date, timedelta
from typing import Any

from recruit.applications.models import Registration
from recruit.applications.personal import (
    ContactBy,
    EligibilityAnswer,
    Licence,
    RelationshipAnswer,
    SupportAnswer,
    WorksHere,
)
from recruit.applications.registration import SupportedYear
from recruit.core.db import Model
from recruit.rules.schemes import Scheme

AGENCIES = ("Fernway Social Care", "Brightmoor Locums")
COUNTRIES = ("Ireland", "Zimbabwe", "Canada")
ADJUSTMENTS = (
    "Please send me the questions in writing on the day, and give me ten minutes to read them.",
    "A room on the ground floor, or a lift, and a place to park close by.",
    "I lip-read. I need to see everybody’s face, and one person talking at a time.",
)
RELATIONSHIPS = (
    "My brother-in-law, Rowan Ashdown, is a team manager in the fostering service.",
    "My partner works in the council’s finance team. Her name is Indra Vell.",
)
WHO_WORKS_HERE = {3: WorksHere.EMPLOYEE, 5: WorksHere.AGENCY, 8: WorksHere.AGENCY}  # of each eleven
LICENCES = {4: Licence.NO, 9: Licence.ADJUSTMENT}  # of each thirteen, where the post needs driving
SCHEMES = {
    2: Scheme.DISABILITY_CONFIDENT,
    9: Scheme.DISABILITY_CONFIDENT,
    4: Scheme.ARMED_FORCES,
    13: Scheme.CARE_LEAVERS,
}  # of each fourteen

SUPPORTED_YEARS = {1: SupportedYear.UNDER_WAY, 4: SupportedYear.NOT_FOR_ME}  # of each seven
CONTACT_BY = {0: ContactBy.EMAIL, 2: ContactBy.PHONE, 3: ContactBy.EITHER}  # of each five


def situation_of(number: int, today: date) -> dict[str, Any]:
    """Return how whoever wrote application `number` stands with Social Work England: most are registered.

    Args:
        number: which application.
        today: the day of the demonstration, which what is expected lies after.
    """
    if number % 8 == 3:
        return {"state": Registration.RENEWING, "has_applied": number % 16 == 3}
    waiting = {"number": "", "has_conditions": None, "has_applied": number % 3 != 0}
    if number % 12 == 5:
        qualified, expected = today - timedelta(days=40), today + timedelta(days=35)
        return {"state": Registration.NEWLY_QUALIFIED, **waiting, "qualifies_on": qualified, "expected_on": expected}
    if number % 12 == 8:
        expected = today + timedelta(days=120)
        return {"state": Registration.OVERSEAS, **waiting, "country": COUNTRIES[number % 3], "expected_on": expected}
    if number % 24 == 10:
        left, expected = date(today.year - 4, 11, 1), today + timedelta(days=90)
        returning = {"has_conditions": None, "left_on": left, "has_applied": True, "expected_on": expected}
        return {"state": Registration.RETURNING, **returning}
    year = SUPPORTED_YEARS.get(number % 7, SupportedYear.COMPLETED)
    return {"state": Registration.REGISTERED, "supported_year": year}


def circumstances_of(number: int) -> list[Model]:
    """Return the three answers of application `number`: the same for each number, with no draw that moves others."""
    works_here = WHO_WORKS_HERE.get(number % 11, WorksHere.NO)
    scheme = SCHEMES.get(number % 14)
    has_adjustments, is_related = number % 14 in (2, 7), number % 17 == 6
    needs_sponsorship, licence = number % 19 == 5, LICENCES.get(number % 13, Licence.YES)
    return [
        EligibilityAnswer(
            application_id=number,
            right_to_work=number % 38 != 5,
            needs_sponsorship=needs_sponsorship,
            works_here=works_here,
            agency=AGENCIES[number % 2] if works_here == WorksHere.AGENCY else "",
            team="Children in care team" if works_here == WorksHere.AGENCY else "",
            here_since=date(2026, 3, 1) if works_here == WorksHere.AGENCY else None,
            hours_wanted="30 hours over four days" if number % 9 == 1 else "",
            licence=licence,
            has_vehicle=number % 13 != 6 if licence == Licence.YES else None,
        ),
        SupportAnswer(
            application_id=number,
            needs_adjustments=has_adjustments,
            adjustments=ADJUSTMENTS[number % 3] if has_adjustments else "",
            schemes=[scheme.value] if scheme else [],
        ),
        RelationshipAnswer(
            application_id=number, is_related=is_related, details=RELATIONSHIPS[number % 2] if is_related else ""
        ),
    ]
