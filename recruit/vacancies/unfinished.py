"""Which page of a vacancy mends what, and what was typed on one but not saved yet."""

from collections.abc import Mapping

from sqlalchemy import select

from recruit.core.db import db
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import Finding
from recruit.vacancies.writing_models import Part, VacancyPart

PART_TITLES: Mapping[Part, str] = {
    Part.POST: "The post and its team",
    Part.PAY: "Pay and hours",
    Part.WORK: "About the work",
    Part.CRITERIA: "Person specification",
    Part.DATES: "Dates and contact",
}
_PARTS: Mapping[str, Part] = {
    **dict.fromkeys(("title", "team_id", "grade_id", "posts", "workplace", "hybrid"), Part.POST),
    **dict.fromkeys(("pay_table_id", "weekly_hours", "has_welcome_payment", "additions"), Part.PAY),
    "criteria": Part.CRITERIA,
    **dict.fromkeys(("opens_at", "closes_at", "interview_on", "contact_role", "contact_email"), Part.DATES),
}


def part_of(field: str) -> Part:
    """Return the part that holds what a finding is about."""
    if field.startswith("part-"):
        return Part(field.removeprefix("part-"))
    return _PARTS.get(field, Part.WORK)


def left_typed(vacancy: Vacancy) -> list[Finding]:
    """Return the parts on which something was typed that is not saved yet: HR would not read it."""
    statement = select(VacancyPart.part).where(VacancyPart.vacancy_id == vacancy.id, VacancyPart.typed.is_not(None))
    found = set(db.session.scalars(statement))
    return [Finding(f"part-{part.value}", f"Finish “{PART_TITLES[part]}”") for part in Part if part in found]
