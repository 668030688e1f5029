"""Where a vacancy stands now: what people decided, and what the clock makes of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, case, literal

from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy


class Standing(StrEnum):
    """In the order in which a recruiter's list shows them: what needs somebody first."""

    CHANGES_REQUESTED = "changes_requested"
    DRAFT = "draft"
    AWAITING_APPROVAL = "awaiting_approval"
    OPEN = "open"
    PAUSED = "paused"
    SCHEDULED = "scheduled"
    CLOSED = "closed"
    FILLED = "filled"
    PART_FILLED = "part_filled"
    UNFILLED = "unfilled"
    CANCELLED = "cancelled"


ORDER = tuple(Standing)
_SAID = tuple(status for status in VacancyStatus if status is not VacancyStatus.PUBLISHED)


def standing_of(vacancy: Vacancy, now: datetime) -> Standing:
    """Return where `vacancy` stands at `now`."""
    if vacancy.status is not VacancyStatus.PUBLISHED:
        return Standing(vacancy.status.value)
    if not vacancy.is_public(now):
        return Standing.SCHEDULED
    return Standing.CLOSED if vacancy.has_closed(now) else Standing.OPEN


def standing_rank(now: datetime) -> ColumnElement[int]:
    """Return the same in SQL, as a place in `ORDER`."""
    place = {standing: literal(number, Integer) for number, standing in enumerate(ORDER)}
    return case(
        *((Vacancy.status == status, place[Standing(status.value)]) for status in _SAID),
        (Vacancy.opens_at > now, place[Standing.SCHEDULED]),
        (Vacancy.closes_at <= now, place[Standing.CLOSED]),
        else_=place[Standing.OPEN],
    )
