"""What the index of public vacancies is made of, read in five statements."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from recruit.core.db import db
from recruit.pay.models import Grade, WelcomeSchemeVersion
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Contract, Criterion, Team, Vacancy


class TeamRow(NamedTuple):
    """A team as lists show it."""

    id: int
    slug: str
    name: str
    service_area: str
    place: str


class GradeRow(NamedTuple):
    """A grade as lists show it."""

    id: int
    code: str
    title: str


class VacancyRow(NamedTuple):
    """A vacancy as lists show it.  Salaries are pence a year for full time, hours are hours a week."""

    id: int
    reference: str
    slug: str
    title: str
    team: TeamRow
    grade: GradeRow
    workplace: str
    full_time: bool
    part_time: bool
    job_share: bool
    weekly_hours: Decimal
    contract: Contract
    opens_at: datetime
    closes_at: datetime
    newly_qualified: bool
    welcome_pence: int | None
    salary_min_pence: int
    salary_max_pence: int


class Texts(NamedTuple):
    """What a vacancy is found by, weightiest first."""

    title: str
    place_and_kind: str
    summary_and_criteria: str
    description: str


class Rows(NamedTuple):
    """Everything that can be searched.  `texts` stands in the order of `vacancies`."""

    teams: tuple[TeamRow, ...]
    grades: tuple[GradeRow, ...]
    vacancies: tuple[VacancyRow, ...]
    texts: tuple[Texts, ...]


def read_rows(now: datetime) -> Rows:
    """Return the vacancies that are open at `now` or will open later, with the teams and grades there are."""
    teams = {row.id: TeamRow(*row) for row in db.session.execute(_TEAMS)}
    grades = {row.id: GradeRow(*row) for row in db.session.execute(_GRADES)}
    welcome: Mapping[int, int] = {row.id: row.amount_pence for row in db.session.execute(_WELCOME)}
    criteria: Mapping[int, str] = {row.vacancy_id: row.texts for row in db.session.execute(_criteria(now))}
    vacancies, texts = [], []
    for row in db.session.execute(_vacancies(now)):
        *facts, team_id, grade_id, welcome_id, summary, description, hybrid = row
        vacancy = _vacancy(facts, teams[team_id], grades[grade_id], welcome.get(welcome_id))
        vacancies.append(vacancy)
        texts.append(
            Texts(
                f"{vacancy.title} {vacancy.reference}",
                _place_and_kind(vacancy),
                f"{summary}\n{criteria.get(vacancy.id, '')}",
                f"{description}\n{hybrid}",
            )
        )
    return Rows(tuple(teams.values()), tuple(grades.values()), tuple(vacancies), tuple(texts))


def _vacancy(facts: list[object], team: TeamRow, grade: GradeRow, welcome_pence: int | None) -> VacancyRow:
    fields = dict(zip(_FACTS, facts, strict=True))
    return VacancyRow(**fields, team=team, grade=grade, welcome_pence=welcome_pence)  # type: ignore[arg-type]  # from _FACTS


def _place_and_kind(row: VacancyRow) -> str:
    said = [row.team.name, row.team.service_area, row.grade.title, row.workplace, row.contract.replace("_", " ")]
    kinds = {"full time": row.full_time, "part time": row.part_time, "job share": row.job_share}
    said += [words for words, is_so in {**kinds, "newly qualified": row.newly_qualified}.items() if is_so]
    return "\n".join(said)


_FACTS = (
    "id", "reference", "slug", "title", "workplace", "full_time", "part_time", "job_share", "weekly_hours", "contract",
    "opens_at", "closes_at", "newly_qualified", "salary_min_pence", "salary_max_pence",
)  # fmt: skip
_TEAMS = select(Team.id, Team.slug, Team.name, Team.service_area, Team.place).order_by(Team.name, Team.id)
_GRADES = select(Grade.id, Grade.code, Grade.title).order_by(Grade.position, Grade.id)
_WELCOME = select(WelcomeSchemeVersion.id, WelcomeSchemeVersion.amount_pence)


def _vacancies(now: datetime) -> Select[tuple[object, ...]]:
    others = (
        Vacancy.team_id, Vacancy.grade_id, Vacancy.welcome_id, Vacancy.summary, Vacancy.description, Vacancy.hybrid,
    )  # fmt: skip
    return select(*(getattr(Vacancy, name) for name in _FACTS), *others).where(*_not_over(now)).order_by(Vacancy.id)


def _criteria(now: datetime) -> Select[tuple[int, str]]:
    texts = func.aggregate_strings(Criterion.text, "\n").label("texts")
    return (
        select(Criterion.vacancy_id, texts)
        .join(Vacancy, Vacancy.id == Criterion.vacancy_id)
        .where(*_not_over(now))
        .group_by(Criterion.vacancy_id)
    )


def _not_over(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.closes_at > now)
