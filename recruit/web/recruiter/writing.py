"""Writing a vacancy: a new draft, a copy, changes."""

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import london_day, short_date
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.pay import queries as pay
from recruit.pay.models import Grade
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import service
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.web.fields import choice
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.filling import filled_in, terms, wording
from recruit.web.recruiter.forms import VacancyForm
from recruit.web.recruiter.pay_shown import pay_shown
from recruit.web.vacancy_pay import PayShown

SAVED = "Draft saved"


@blueprint.route("/vacancies/new", methods=["GET", "POST"])
def create_vacancy() -> ResponseReturnValue:
    """A new draft."""
    today = london_day(clock.now())
    form = VacancyForm(data=_first_choices(today))
    _offer(form, today)
    if _is_sent(form) and form.validate():
        try:
            with transaction():
                vacancy = service.create_vacancy(g.actor, wording(form), terms(form), now=clock.now())
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _go_on(vacancy.reference)
    return _page(form)


@blueprint.route("/vacancies/<reference>/edit", methods=["GET", "POST"])
def edit_vacancy(reference: str) -> ResponseReturnValue:
    """All of a draft; the wording of what is published; nothing while it waits for approval."""
    vacancy = queries.vacancy_of(g.actor, reference)
    _refuse_to_open(vacancy)
    form = VacancyForm(data=filled_in(vacancy))
    is_draft = vacancy.published_at is None  # what waits is refused, with what was typed kept
    if is_draft:
        _offer(form, london_day(clock.now()))
    else:
        form.settle()
    status = 200
    if _is_sent(form) and form.validate():
        try:
            with transaction():
                service.edit_vacancy(
                    g.actor,
                    vacancy,
                    wording(form),
                    terms(form) if is_draft else None,
                    seen_version=form.seen_version(),
                    now=clock.now(),
                )
        except NotReady as refusal:
            show_findings(form, refusal)
        except Conflict as refusal:
            status = 409
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.vacancy_of(g.actor, reference).version)
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _go_on(vacancy.reference) if is_draft else _changed(vacancy.reference)
    return _page(form, vacancy, status)


@blueprint.post("/vacancies/<reference>/copy")
def copy_vacancy(reference: str) -> ResponseReturnValue:
    """A new draft from any vacancy of theirs."""
    vacancy = queries.vacancy_of(g.actor, reference)
    with transaction():
        copy = service.copy_vacancy(g.actor, vacancy, now=clock.now())
    flash(f"Copied to a new draft, {copy.reference}. Set its dates, then check it and send it for approval.")
    return redirect(url_for(".edit_vacancy", reference=copy.reference))


def show_findings(form: VacancyForm, refusal: NotReady) -> None:
    """Say what is missing beside the fields; above them where the page has no such field."""
    for finding in refusal.findings:
        if finding.field in form:
            form[finding.field].errors = [*form[finding.field].errors, finding.message]
        else:
            form.form_errors.append(finding.message)


def _refuse_to_open(vacancy: Vacancy) -> None:
    """Say at once that nothing can be changed; what was typed before that was so is refused later, and kept."""
    is_waiting = vacancy.status is VacancyStatus.AWAITING_APPROVAL
    if vacancy.status in service.UNCHANGING and not (is_waiting and request.method == "POST"):
        raise Conflict(service.UNCHANGING[vacancy.status])


def _is_sent(form: VacancyForm) -> bool:
    """Say whether the form was sent to be kept; "add more" and "work out pay" only show the page again."""
    if not form.is_submitted():
        return False
    asked = request.form.get("again", "")
    for name in ("essential", "desirable"):
        if asked == name and name in form:
            form[name].add_rows()
    return asked == ""


def _go_on(reference: str) -> ResponseReturnValue:
    if request.form.get("then") == "stay":
        flash(SAVED)
        return redirect(url_for(".edit_vacancy", reference=reference))
    return redirect(url_for(".send_vacancy", reference=reference))


def _changed(reference: str) -> ResponseReturnValue:
    flash("Vacancy changed")
    return redirect(url_for(".show_vacancy", reference=reference))


def _first_choices(today: date) -> dict[str, Any]:
    """What a new draft starts with: the only team there is, and the pay table in force."""
    teams = queries.teams_of(g.actor)
    return {
        "team_id": str(teams[0].id) if len(teams) == 1 else "",
        "pay_table_id": "",
        "full_time": True,
        "weekly_hours": 37,
        "contract": "permanent",
        "registration_required": True,
    }


def _offer(form: VacancyForm, today: date) -> None:
    """Give the lists their choices."""
    teams, grades, tables = queries.teams_of(g.actor), pay.grades(), pay.pay_tables()
    form.team_id.choices = [
        choice("", "Select a team"),
        *(choice(str(team.id), team.name) for team in teams),
    ]
    form.grade_id.choices = [choice("", "Select a grade"), *(_grade_choice(grade) for grade in grades)]
    form.pay_table_id.choices = [
        choice("", "The one in force when it is approved"),
        *(choice(str(table.id), f"From {short_date(table.effective_on)}") for table in tables),
    ]


def _grade_choice(grade: Grade) -> Any:
    return choice(str(grade.id), f"{grade.title} (points {grade.point_min} to {grade.point_max})")


def _page(form: VacancyForm, vacancy: Vacancy | None = None, status: int = 200) -> ResponseReturnValue:
    shown: PayShown | None = pay_shown(form) if "grade_id" in form else None
    template = "recruiter/edit_vacancy.html" if vacancy else "recruiter/create_vacancy.html"
    return render_template(template, form=form, vacancy=vacancy, pay=shown), status
