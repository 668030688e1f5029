"""A vacancy as it would stand if it were published now, for who writes it and who approves it."""

from dataclasses import fields
from datetime import datetime

from recruit.core.errors import Incomplete
from recruit.documents.models import Document
from recruit.pay.queries import range_for
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.details import WORDS, Terms
from recruit.vacancies.models import Criterion, Vacancy
from recruit.vacancies.pricing import table_to_publish, welcome_to_publish
from recruit.vacancies.queries import PublicVacancy

_COPIED = (
    *WORDS,
    *(field.name for field in fields(Terms) if field.name not in ("has_welcome_payment", "criteria", "opens_at")),
    "reference",
    "slug",
    "additions",
)
_OF_DOCUMENT = ("key", "title", "kind", "size", "state", "stored_as")


def as_if_open(vacancy: Vacancy, *, now: datetime) -> PublicVacancy:
    """Return what the public would read of `vacancy` on the day it opens.  Nothing of it is kept.

    Args:
        vacancy: one that is not published, or is scheduled; with its team, grade, pay table and criteria at hand.
        now: the moment of the preview.

    Raises:
        Incomplete: pay or the closing date are not known yet, the closing date has passed, or the welcome payment is
            not for this post.
    """
    if vacancy.closes_at is None:
        raise Incomplete("Enter a closing date: the page shows it first.")
    if vacancy.closes_at <= now:
        raise Incomplete("Enter a closing date in the future.")
    shown = Vacancy(**{name: getattr(vacancy, name) for name in _COPIED})
    shown.status, shown.opens_at, shown.published_at = VacancyStatus.PUBLISHED, now, now
    shown.team, shown.grade, shown.pay_table = vacancy.team, vacancy.grade, table_to_publish(vacancy, now)
    if vacancy.published_at is None:
        shown.point_min, shown.point_max = vacancy.grade.point_min, vacancy.grade.point_max
        shown.salary_min_pence, shown.salary_max_pence = range_for(vacancy.grade, shown.pay_table)
        shown.welcome = welcome_to_publish(vacancy, now=now)
    else:
        shown.point_min, shown.point_max = vacancy.point_min, vacancy.point_max
        shown.salary_min_pence, shown.salary_max_pence = vacancy.salary_min_pence, vacancy.salary_max_pence
        shown.welcome = vacancy.welcome
    shown.criteria = [
        Criterion(
            kind=line.kind, position=line.position, text=line.text, assessed_at=line.assessed_at, weight=line.weight
        )
        for line in vacancy.criteria
    ]
    shown.documents = [Document(**{name: getattr(one, name) for name in _OF_DOCUMENT}) for one in vacancy.documents]
    return PublicVacancy(shown, None)
