"""A vacancy in the words of its page: the public one, and the preview of those who write it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import chain, islice

from recruit.applications import effort
from recruit.applications.service import hear_by_day
from recruit.core.calendar import (
    closing_words,
    london_day,
    long_date,
    short_date,
    shown_closing,
    time_left,
)
from recruit.core.money import pounds, pounds_range
from recruit.vacancies.finder_rows import VacancyRow
from recruit.vacancies.models import Criterion, CriterionKind, Vacancy
from recruit.vacancies.presentation import contract_words, hours_words, pro_rata_words
from recruit.vacancies.queries import PublicVacancy
from recruit.vacancies.shown import ShownCriterion, ShownPublicly, ShownVacancy

SIMILAR = 4  # vacancies shown beside one that has closed


class VacancyPage:
    """What the page of one vacancy says at a moment.

    Args:
        public: the vacancy, with when it was cancelled.
        now: the moment, aware, UTC.
    """

    def __init__(self, public: PublicVacancy | ShownPublicly, now: datetime) -> None:
        self.vacancy: Vacancy | ShownVacancy = public.vacancy
        self.cancelled_at, self._now = public.cancelled_at, now
        vacancy = public.vacancy
        if vacancy.closes_at is None or vacancy.salary_min_pence is None or vacancy.salary_max_pence is None:
            raise ValueError(f"{vacancy.reference} was never published")  # the database refuses it: published_is_whole
        self._closes_at = vacancy.closes_at
        self._low, self._high = vacancy.salary_min_pence, vacancy.salary_max_pence

    @property
    def is_open(self) -> bool:
        """Say whether candidates can apply."""
        return self.vacancy.is_open(self._now)

    @property
    def next_boundary(self) -> datetime | None:
        """When the clock changes this page: it closes."""
        return self._closes_at if self.is_open else None

    @property
    def pay(self) -> str:
        """Full-time pay: "£28,672 to £36,922"."""
        return pounds_range(self._low, self._high)

    @property
    def pro_rata(self) -> str:
        """What part-time hours pay, or ""."""
        return pro_rata_words(self._low, self._high, self.vacancy.weekly_hours)

    @property
    def pay_basis(self) -> str:
        """How the pay was worked out: points, and the date of the pay table."""
        vacancy = self.vacancy
        one = vacancy.point_min == vacancy.point_max
        points = f"Point {vacancy.point_min}" if one else f"Points {vacancy.point_min} to {vacancy.point_max}"
        table = f", rates from {short_date(vacancy.pay_table.effective_on)}" if vacancy.pay_table else ""
        return f"{points} of the national (NJC) pay spine{table}"

    @property
    def welcome_payment(self) -> str:
        """The amount, or ""."""
        return pounds(self.vacancy.welcome.amount_pence) if self.vacancy.welcome else ""

    @property
    def hours(self) -> str:
        return hours_words(self.vacancy)

    @property
    def contract(self) -> str:
        return contract_words(self.vacancy.contract, self.vacancy.fixed_term_months)

    @property
    def caseload(self) -> str:
        """What is typical and the most: "15 children, at most 18"; "" where there is none."""
        typical, most = self.vacancy.caseload_typical, self.vacancy.caseload_maximum
        if typical is None:
            return ""
        words = f"{typical} {self.vacancy.caseload_of}"
        return f"{words}, at most {most}" if most else words

    @property
    def closes(self) -> str:
        """When it closes: "11:59pm on Sunday 29 May 2022"."""
        return closing_words(self._closes_at)

    @property
    def closes_on(self) -> str:
        """The same for machines, ISO 8601."""
        return shown_closing(self._closes_at).isoformat(timespec="minutes")

    @property
    def time_left(self) -> str:
        """ "closes in 5 hours" on the last day, else ""."""
        return time_left(self._closes_at, self._now) or ""

    @property
    def closed_on(self) -> str:
        """The day it closed."""
        return long_date(shown_closing(self._closes_at))

    @property
    def hear_by(self) -> str:
        """The day by which everybody hears about the shortlist."""
        return long_date(self._hear_by)

    @property
    def is_being_read(self) -> bool:
        """Say whether the day by which everybody hears is still to come, or today."""
        return london_day(self._now) <= self._hear_by

    @property
    def _hear_by(self) -> date:
        return hear_by_day(self._closes_at, self._now)

    @property
    def opened(self) -> str:
        return long_date(self.vacancy.opens_at) if self.vacancy.opens_at else ""

    @cached_property
    def essential(self) -> Sequence[Criterion | ShownCriterion]:
        return [criterion for criterion in self.vacancy.criteria if criterion.kind == CriterionKind.ESSENTIAL]

    @property
    def effort(self) -> str:
        """How long to allow for the form: "2 hours"."""
        return effort.words_to_apply(len(self.essential))

    @cached_property
    def desirable(self) -> Sequence[Criterion | ShownCriterion]:
        return [criterion for criterion in self.vacancy.criteria if criterion.kind == CriterionKind.DESIRABLE]

    def similar(self, rows: Iterable[VacancyRow]) -> list[VacancyRow]:
        """Return at most `SIMILAR` of `rows`: of the same team first, then of the same grade."""
        rows = list(rows)
        team_id, grade_id = self.vacancy.team_id, self.vacancy.grade_id
        team = (row for row in rows if row.team.id == team_id)
        grade = (row for row in rows if row.grade.id == grade_id and row.team.id != team_id)
        return list(islice(chain(team, grade), SIMILAR))
