"""What the index of public vacancies is made of, read in five statements."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select, type_coerce
from sqlalchemy.types import NULLTYPE

from recruit.core.db import db, rows_in_turns
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
    """A vacancy as lists show it.  Salaries are pence a year for full time, hours are hours a week.

    `paid_weeks` are those of a term-time post, None for all of the year.
    """

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
    paid_weeks: Decimal | None = None


class Texts(NamedTuple):
    """What a vacancy is found by, weightiest first."""

    title: str
    place_and_kind: str
    summary_and_criteria: str
    description: str


class Rows(NamedTuple):
    """Everything that can be searched.

    Args:
        teams: every team, by name.
        grades: every grade, from the lowest.
        vacancies: by number.
        marks: for each vacancy what stands for all that it says: the same mark, the same words and facts.
        texts: of the vacancies that say something else than before.
    """

    teams: tuple[TeamRow, ...]
    grades: tuple[GradeRow, ...]
    vacancies: Mapping[int, VacancyRow]
    marks: Mapping[int, int]
    texts: Mapping[int, Texts]


def read_rows(
    now: datetime, before: Rows | None = None, only: Sequence[int] = (), again: Set[int] = frozenset()
) -> Rows:
    """Return the vacancies that are open at `now` or will open later, with the teams and grades there are.

    Args:
        now: the moment, aware, UTC.
        before: what was read before.  A vacancy that says the same still is taken over from it: making the objects
            costs more than reading the rows.
        only: read these vacancies and no others; at most `FEW`.  All when empty.
        again: read the texts of these even if they say the same still.
    """
    teams = {row.id: TeamRow(*row) for row in db.session.execute(_TEAMS)}
    grades = {row.id: GradeRow(*row) for row in db.session.execute(_GRADES)}
    welcome: Mapping[int | None, int] = {row.id: row.amount_pence for row in db.session.execute(_WELCOME)}
    known: Mapping[int, int] = before.marks if before else {}
    marks: dict[int, int] = {}
    said: dict[int, tuple[str, str, str]] = {}
    statement = _said(now).where(_COLUMNS.id.in_(only)) if only else _said(now)
    for row in rows_in_turns(statement, ROWS_AT_ONCE):
        number, team_id, grade_id, welcome_id, *_, summary, description, hybrid, criteria = row
        if team_id not in teams or grade_id not in grades:
            continue  # added since those were read: so was the revision, and all is read again at the next request
        mark = marks[number] = hash((row, teams[team_id], grades[grade_id], welcome.get(welcome_id)))
        if known.get(number) != mark or number in again:
            said[number] = summary, f"{description}\n{hybrid_words(hybrid)}", criteria or ""
    fresh = _vacancies(list(said), now, teams, grades, welcome)
    vacancies = {number: fresh.get(number) or (before and before.vacancies.get(number)) for number in marks}
    return Rows(
        tuple(teams.values()),
        tuple(grades.values()),
        {number: vacancy for number, vacancy in vacancies.items() if vacancy},
        marks,
        {number: _texts(vacancy, *said[number]) for number, vacancy in fresh.items()},
    )


def _vacancies(
    numbers: Sequence[int],
    now: datetime,
    teams: Mapping[int, TeamRow],
    grades: Mapping[int, GradeRow],
    welcome: Mapping[int | None, int],
) -> dict[int, VacancyRow]:
    """The facts of the vacancies `numbers`; one that has gone since is not there."""
    if not numbers:
        return {}
    statement = _facts(now)
    if len(numbers) <= FEW:
        statement = statement.where(_COLUMNS.id.in_(numbers))
    wanted = frozenset(numbers)
    found = {}
    for *facts, team_id, grade_id, welcome_id in db.session.execute(statement):
        fields: dict[str, Any] = dict(zip(_FACTS, facts, strict=True))
        if fields["id"] in wanted and team_id in teams and grade_id in grades:
            found[fields["id"]] = VacancyRow(
                **fields, team=teams[team_id], grade=grades[grade_id], welcome_pence=welcome.get(welcome_id)
            )
    return found


def _texts(row: VacancyRow, summary: str, description: str, criteria: str) -> Texts:
    return Texts(f"{row.title} {row.reference}", _place_and_kind(row), f"{summary}\n{criteria}", description)


def hybrid_words(hybrid: str) -> str:
    """Return what a vacancy's page says of working from home; "" if nothing."""
    return f"Working from home: {hybrid}" if hybrid else ""


def _place_and_kind(row: VacancyRow) -> str:
    said = [row.team.name, row.team.service_area, row.grade.title, row.workplace, row.contract.replace("_", " ")]
    said += ["term time"] if row.paid_weeks is not None else []
    kinds = {"full time": row.full_time, "part time": row.part_time, "job share": row.job_share}
    said += [words for words, is_so in {**kinds, "newly qualified": row.newly_qualified}.items() if is_so]
    return "\n".join(said)


ROWS_AT_ONCE = 1_000  # rows in memory at once of what is only compared
FEW = 500  # vacancies that are asked for by number; of more, all are read
_FACTS = (
    "id", "reference", "slug", "title", "workplace", "full_time", "part_time", "job_share", "weekly_hours", "contract",
    "opens_at", "closes_at", "newly_qualified", "salary_min_pence", "salary_max_pence",
    "paid_weeks",
)  # fmt: skip
_WORDS = ("summary", "description", "hybrid")
_OTHERS = ("team_id", "grade_id", "welcome_id")
_TEAMS = select(Team.id, Team.slug, Team.name, Team.service_area, Team.place).order_by(Team.name, Team.id)
_GRADES = select(Grade.id, Grade.code, Grade.title).order_by(Grade.position, Grade.id)
_WELCOME = select(WelcomeSchemeVersion.id, WelcomeSchemeVersion.amount_pence)
_COLUMNS = Vacancy.__table__.c


def _facts(now: datetime) -> Select[Any]:
    return select(*(_COLUMNS[name] for name in (*_FACTS, *_OTHERS))).where(*_not_over(now))


def _said(now: datetime) -> Select[Any]:
    """All that the vacancies say, as the database writes it: only to see what has changed, and for the words."""
    lines = Criterion.__table__.c
    criteria = (
        select(func.aggregate_strings(lines.text, "\n"))
        .where(lines.vacancy_id == _COLUMNS.id, lines.retired_at.is_(None))
        .scalar_subquery()
    )
    names = ("id", *_OTHERS, *_FACTS[1:], *_WORDS)
    written = (type_coerce(_COLUMNS[name], NULLTYPE) for name in names)
    return select(*written, criteria).where(*_not_over(now))


def _not_over(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (_COLUMNS.status == VacancyStatus.PUBLISHED, _COLUMNS.closes_at > now)
