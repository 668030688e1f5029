"""Pay tables: what is kept, and importing a file in two steps: look, then keep."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, NotFound
from recruit.core.money import pounds_range
from recruit.core.transaction import transaction
from recruit.pay import queries as pay
from recruit.pay import service
from recruit.pay.import_table import read_spines
from recruit.pay.models import PayTable
from recruit.pay.service import Change, Import
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import authoring_queries as vacancies
from recruit.vacancies.awards import raises
from recruit.vacancies.models import Vacancy
from recruit.web.admin.blueprint import blueprint
from recruit.web.admin.forms import ConfirmPayTablesForm, ImportPayTablesForm
from recruit.web.pay_points import point_rows

LOOK_LIVES = 60 * 60  # seconds between the preview and its confirmation

LARGEST_ID = 2**63  # what a column of ids holds
STATUS_WORDS = {
    VacancyStatus.DRAFT: "Draft",
    VacancyStatus.AWAITING_APPROVAL: "Waiting for approval",
    VacancyStatus.CHANGES_REQUESTED: "Changes requested",
    VacancyStatus.PUBLISHED: "Published",
    VacancyStatus.PAUSED: "Paused",
    VacancyStatus.FILLED: "Filled",
    VacancyStatus.PART_FILLED: "Part filled",
    VacancyStatus.UNFILLED: "Unfilled",
    VacancyStatus.CANCELLED: "Cancelled",
}
CHANGE_WORDS = {
    Change.NEW: "New",
    Change.CHANGED: "Will change",
    Change.SAME: "No change",
    Change.IN_USE: "Cannot change: vacancies use it",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """A pay table and what stands on it."""

    table: PayTable
    points: str
    vacancies: int


@blueprint.get("/pay-tables")
def list_pay_tables() -> ResponseReturnValue:
    """Every pay table, the newest first."""
    used = vacancies.vacancies_by_pay_table()
    tables = [Kept(table, _points(table), used.get(table.id, 0)) for table in pay.pay_tables_with_points()]
    return render_template("admin/list_pay_tables.html", tables=tables)


@blueprint.route("/pay-tables/import", methods=["GET", "POST"])
def import_pay_tables() -> ResponseReturnValue:
    """Choose a file and see what it would change.  Nothing is kept."""
    form = ImportPayTablesForm()
    if not form.validate_on_submit():
        return render_template("admin/import_pay_tables.html", form=form)
    compared = service.compare_pay_tables(form.spines, is_used=vacancies.is_pay_table_used)
    confirm = ConfirmPayTablesForm(formdata=None)
    looked_at = [form.content.decode("utf-8-sig"), form.source.data, service.seen_of(compared)]
    confirm.signed.data = _signer().dumps(looked_at)
    return _look(confirm, compared)


@blueprint.post("/pay-tables/confirm")
def confirm_pay_tables() -> ResponseReturnValue:
    """Keep the tables of the file that was looked at."""
    form = ConfirmPayTablesForm()
    try:
        text, source, seen = _signer().loads(form.signed.data or "", max_age=LOOK_LIVES)
    except (BadData, ValueError, TypeError):
        raise Conflict("The preview is more than an hour old, or not yours. Choose the file again.") from None
    spines = read_spines(text.encode())
    with transaction():
        done = service.import_pay_tables(
            g.actor, spines, source=source, is_used=vacancies.is_pay_table_used, seen=seen, now=clock.now()
        )
    kept = sum(item.change is not Change.SAME for item in done)
    flash("1 pay table imported" if kept == 1 else f"{kept} pay tables imported")
    return redirect(url_for(".list_pay_tables"))


@blueprint.get("/pay-tables/<int:table_id>")
def show_pay_table(table_id: int) -> ResponseReturnValue:
    """One pay table: what each point pays, and the vacancies that stand on it."""
    table = pay.find_pay_table(table_id) if table_id < LARGEST_ID else None
    if table is None:
        raise NotFound("There is no such pay table.")
    users = vacancies.vacancies_on(table)
    rows = [
        (vacancy.reference, vacancy.title, vacancy.team.name, STATUS_WORDS[vacancy.status], _range(vacancy))
        for vacancy in users
    ]
    more = max(0, vacancies.vacancies_by_pay_table().get(table.id, 0) - len(rows))
    return render_template("admin/show_pay_table.html", table=table, rows=point_rows(table), users=rows, more=more)


def _range(vacancy: Vacancy) -> str:
    if vacancy.salary_min_pence is None or vacancy.salary_max_pence is None:
        return "Not settled yet"
    return pounds_range(vacancy.salary_min_pence, vacancy.salary_max_pence)


def _look(form: ConfirmPayTablesForm, compared: list[Import]) -> ResponseReturnValue:
    changes = {item.change for item in compared}
    rows: list[dict[str, Any]] = [
        {
            "day": item.spine.effective_on,
            "points": _span(list(item.spine.points)),
            "change": CHANGE_WORDS[item.change],
            "differing": item.points if item.change is not Change.NEW else 0,
        }
        for item in compared
    ]
    return render_template(
        "admin/confirm_pay_tables.html",
        form=form,
        rows=rows,
        raised=_raised(compared),
        is_refused=Change.IN_USE in changes,
        has_changes=changes != {Change.SAME},
    )


def _raised(compared: list[Import]) -> list[tuple[str, str, str, str]]:
    """Return what the newest of the tables in force would change: vacancy, pay now, pay with it, team.

    Nothing, if the file cannot be kept.
    """
    if any(one.change is Change.IN_USE for one in compared):
        return []
    now = clock.now()
    current = pay.pay_table_in_force(london_day(now))
    newest = max(
        (one.spine.effective_on for one in compared if one.spine.effective_on <= london_day(now)), default=None
    )
    if newest is None or (current and newest < current.effective_on):
        return []
    points = next(one.spine.points for one in compared if one.spine.effective_on == newest)
    return [
        (f"{one.vacancy.reference}, {one.vacancy.title}", one.before, one.after or one.fault, one.vacancy.team.name)
        for one in raises(newest, points, now=now)
    ]


def _signer() -> URLSafeTimedSerializer:
    """What a preview is signed by: for this administrator only."""
    return URLSafeTimedSerializer(current_app.secret_key or "", salt=f"pay-tables-{g.actor.user_id}")


def _points(table: PayTable) -> str:
    return _span([point.point for point in table.points])


def _span(points: list[int]) -> str:
    """Return points in words: "43 (1 to 43)"."""
    return f"{len(points)} ({points[0]} to {points[-1]})" if points else "0"
