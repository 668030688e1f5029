"""What helps to write in the demonstration: how far its drafts are, sets of criteria, a template, a change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from recruit.core.db import db
from recruit.rules.access import Actor
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.criteria import changed
from recruit.vacancies.criteria_sets import keep_set
from recruit.vacancies.models import Vacancy
from recruit.vacancies.revisions import change_criteria, lines_of, send_revision, start_revision
from recruit.vacancies.service import text_of
from recruit.vacancies.templates import keep_template
from recruit.vacancies.writing_models import Part, VacancyPart

LONG = timedelta(days=10)
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
    _ask_for_change(vacancies, recruiter, now=now)
    keep_template(recruiter, first, "Social worker, full or part time", now=now)


def _ask_for_change(vacancies: Sequence[Vacancy], recruiter: Actor, *, now: datetime) -> None:
    """Ask that a criterion of one that stays open for long counts more: it waits for HR."""
    at = now - timedelta(hours=5)
    one = next(vacancy for vacancy in vacancies if vacancy.is_open(at) and not vacancy.has_closed(now + LONG))
    revision = start_revision(recruiter, one, now=at)
    db.session.flush()  # its version is the database's
    lines = lines_of(revision)
    more = changed(lines, 1, replace(lines[1], weight=3))
    change_criteria(recruiter, revision, more, seen_version=revision.version)
    db.session.flush()  # as above
    reason = "The team has agreed that this matters most."
    send_revision(recruiter, revision, reason, seen_version=revision.version, now=at)
