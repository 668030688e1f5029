"""Where a vacancy stands now: what people decided, and what the clock makes of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, case, literal

from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy


class Standing(StrEnum):
    """In the order in which a recruiter's list shows them: what needs somebody first."""

    DRAFT = "draft"
    OPEN = "open"
    SCHEDULED = "scheduled"
    CLOSED = "closed"
    CANCELLED = "cancelled"


ORDER = tuple(Standing)


def standing_of(vacancy: Vacancy, now: datetime) -> Standing:
    """Return where `vacancy` stands at `now`."""
    if vacancy.status is VacancyStatus.DRAFT:
        return Standing.DRAFT
    if vacancy.status is VacancyStatus.CANCELLED:
        return Standing.CANCELLED
    if not vacancy.is_public(now):
        return Standing.SCHEDULED
    return Standing.CLOSED if vacancy.has_closed(now) else Standing.OPEN


def standing_rank(now: datetime) -> ColumnElement[int]:
    """Return the same in SQL, as a place in `ORDER`."""
    place = {standing: literal(number, Integer) for number, standing in enumerate(ORDER)}
    return case(
        (Vacancy.status == VacancyStatus.DRAFT, place[Standing.DRAFT]),
        (Vacancy.status == VacancyStatus.CANCELLED, place[Standing.CANCELLED]),
        (Vacancy.opens_at > now, place[Standing.SCHEDULED]),
        (Vacancy.closes_at <= now, place[Standing.CLOSED]),
        else_=place[Standing.OPEN],
    )
