"""The lists of the forms: teams, grades, pay tables; and what a vacancy would pay."""

from typing import Any

from flask import g

from recruit.core import clock
from recruit.core.calendar import london_day, short_date
from recruit.pay import queries as pay
from recruit.pay.models import Grade
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies.models import Vacancy
from recruit.web.fields import choice
from recruit.web.recruiter.part_forms import PartForm, PayForm, PostForm
from recruit.web.vacancy_pay import PayShown, pay_for


def offer(form: PartForm) -> None:
    """Give the lists of a form their choices."""
    if isinstance(form, PostForm):
        form.team_id.choices = [
            choice("", "Select a team"),
            *(choice(str(team.id), team.name) for team in queries.teams_of(g.actor)),
        ]
        form.grade_id.choices = grade_choices()
    if isinstance(form, PayForm):
        form.pay_table_id.choices = table_choices("The one in force when it is approved")


def grade_choices() -> list[Any]:
    """Return every grade, to choose from."""
    return [choice("", "Select a grade"), *(_grade_choice(grade) for grade in pay.grades())]


def table_choices(none: str) -> list[Any]:
    """Return every pay table, to choose from.

    Args:
        none: what it means to choose none.
    """
    tables = pay.pay_tables()
    return [choice("", none), *(choice(str(table.id), f"From {short_date(table.effective_on)}") for table in tables)]


def pay_shown(vacancy: Vacancy, form: PayForm) -> PayShown | None:
    """Return the pay for the vacancy's grade at the pay table and hours that a form holds."""
    table = pay.find_pay_table(form.pay_table_id.kept) or pay.pay_table_in_force(london_day(clock.now()))
    return pay_for(vacancy.grade, table, form.weekly_hours.data, form.paid_weeks.data) if table else None


def _grade_choice(grade: Grade) -> Any:
    return choice(str(grade.id), f"{grade.title} (points {grade.point_min} to {grade.point_max})")
