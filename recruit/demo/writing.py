"""What helps to write in the demonstration: how far its drafts are, sets of criteria, a template."""

from collections.abc import Sequence
from datetime import datetime

from recruit.core.db import db
from recruit.rules.access import Actor
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.criteria_sets import keep_set
from recruit.vacancies.models import Vacancy
from recruit.vacancies.service import text_of
from recruit.vacancies.templates import keep_template
from recruit.vacancies.writing_models import Part, VacancyPart

WRITTEN = {
    VacancyStatus.DRAFT: (Part.POST, Part.PAY, Part.WORK),
    VacancyStatus.AWAITING_APPROVAL: tuple(Part),
    VacancyStatus.CHANGES_REQUESTED: tuple(Part),
}
"""The parts that are finished, by where a vacancy stands."""


def load_writing(vacancies: Sequence[Vacancy], recruiter: Actor, *, now: datetime) -> None:
    """Mark the parts of what is not published yet, and keep two sets of criteria and a template from the first.

    Args:
        vacancies: those of the data file.
        recruiter: who wrote them.
        now: this moment.
    """
    for vacancy in vacancies:
        for part in WRITTEN.get(vacancy.status, ()):
            db.session.add(VacancyPart(vacancy=vacancy, part=part, is_finished=True, saved_at=now))
    first, second = vacancies[0], vacancies[1]
    usual = [text_of(criterion) for criterion in first.criteria]
    keep_set(recruiter, first.team, "Social worker: the usual criteria", usual, is_shared=True, now=now)
    newly = [text_of(criterion) for criterion in second.criteria]
    keep_set(recruiter, second.team, "Newly qualified social worker", newly, is_shared=False, now=now)
    keep_template(recruiter, first, "Social worker, full or part time", now=now)
