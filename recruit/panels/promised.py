"""By when candidates were promised an answer, for those who score: HR decides once their scores are in."""

from datetime import date, datetime

from recruit.applications.promises import due_day
from recruit.core.calendar import london_day, long_date
from recruit.vacancies.models import Vacancy


def promised_day(vacancy: Vacancy, due_at: datetime | None) -> date | None:
    """Return the day by which somebody was promised an answer who waits until `due_at`.

    None where nothing was promised, and of a vacancy whose applications are read as they arrive: there the day is
    counted from when each was sent, which a panel does not know (ADR 17).
    """
    return None if vacancy.is_rolling else due_day(due_at)


def promise_words(vacancy: Vacancy, due_at: datetime | None, *, now: datetime) -> str:
    """Return in a sentence by when the first of those who are to be scored expect an answer; "" where none is known.

    Args:
        due_at: until when that one waits.
    """
    day = promised_day(vacancy, due_at)
    if day is None:
        return ""
    promised = f"The first candidates were promised an answer by {long_date(day)}"
    return f"{promised}. Please score now." if day <= london_day(now) else f"{promised}. Please score before that day."
