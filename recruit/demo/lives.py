"""What became of some of the demo's vacancies after they were published, by the data file."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from recruit.applications.vacancy_life import pause_vacancy
from recruit.applications.vacancy_outcome import record_outcome
from recruit.demo.applications import Applications
from recruit.demo.content import content
from recruit.rules.access import Actor
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies.models import Vacancy


def load_lives(applications: Applications, vacancies: Sequence[Vacancy], recruiter: Actor, *, now: datetime) -> None:
    """Pause what the data file says is paused, and record the outcomes that it has: a day ago, with everybody answered.

    Args:
        applications: what answers the candidates.
        vacancies: those of the data file, in its order.
        recruiter: who does it.
        now: this moment.
    """
    at = now - timedelta(days=1)
    for vacancy, row in zip(vacancies, content("vacancies")["vacancies"], strict=True):
        if "paused" in row:
            pause_vacancy(recruiter, vacancy, row["paused"], seen_version=vacancy.version, now=at)
        elif "filled" in row:
            why = OutcomeReason(row["why"]) if "why" in row else None
            applications.finish(vacancy, at=at - timedelta(days=1))
            seen = vacancy.version
            record_outcome(recruiter, vacancy, row["filled"], row["outcome"], why=why, seen_version=seen, now=at)
