"""What a vacancy pays beside salary: one page for each kind of payment."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, NotFound
from recruit.core.transaction import transaction
from recruit.pay.additions import KIND_WORDS, Addition, Kind, additions_of
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import beside_salary
from recruit.vacancies.models import Vacancy
from recruit.vacancies.service import refuse_settled
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.pay_fields import AdditionForm, filled_in_addition

ABOUT = {
    Kind.MARKET_SUPPLEMENT: "A time-limited payment on top of the grade, for posts that are hard to fill. It needs"
    " evidence, and a date on which it is reviewed or ends.",
    Kind.RETENTION: "A payment for staying, each month or once after some time.",
    Kind.RELOCATION: "Help with the cost of moving here. It is named apart and counted in no total.",
}


@blueprint.get("/vacancies/<reference>/beside-salary")
def list_payments(reference: str) -> ResponseReturnValue:
    """Every kind of payment, with what the vacancy has of it."""
    vacancy = _written(reference)
    kept = {one.kind: one for one in additions_of(vacancy.additions)}
    rows = [(kind, KIND_WORDS[kind], kept.get(kind)) for kind in Kind]
    return render_template("recruiter/list_payments.html", vacancy=vacancy, rows=rows)


@blueprint.route("/vacancies/<reference>/beside-salary/<kind>", methods=["GET", "POST"])
def edit_payment(reference: str, kind: str) -> ResponseReturnValue:
    """Write one payment, new or there already."""
    wanted = _kind(kind)
    vacancy = _written(reference)
    kept = _kept(vacancy, wanted)
    form = AdditionForm(data={"version": str(vacancy.version)} | (filled_in_addition(kept) if kept else {}))
    form.kind, status = wanted, 200
    if form.validate_on_submit():
        try:
            with transaction():
                beside_salary.set_addition(
                    g.actor, vacancy, form.addition(), seen_version=form.seen_version(), now=clock.now()
                )
        except Conflict as refusal:
            status = 409
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.vacancy_of(g.actor, reference).version)
        else:
            flash(f"{KIND_WORDS[wanted]} saved")
            return redirect(url_for(".list_payments", reference=reference))
    page = render_template(
        "recruiter/edit_payment.html",
        vacancy=vacancy,
        form=form,
        kind=wanted,
        name=KIND_WORDS[wanted],
        about=ABOUT[wanted],
        is_kept=kept is not None,
    )
    return page, status


@blueprint.post("/vacancies/<reference>/beside-salary/<kind>/remove")
def remove_payment(reference: str, kind: str) -> ResponseReturnValue:
    """Take one payment away."""
    wanted, vacancy, form = _kind(kind), queries.vacancy_of(g.actor, reference), VersionedForm()
    with transaction():
        beside_salary.remove_addition(g.actor, vacancy, wanted, seen_version=form.seen_version(), now=clock.now())
    flash(f"{KIND_WORDS[wanted]} removed")
    return redirect(url_for(".list_payments", reference=reference))


def _written(reference: str) -> Vacancy:
    """Return a vacancy of theirs that can be written.

    Raises:
        Conflict: approval has settled it, or it waits for that.
    """
    vacancy = queries.vacancy_of(g.actor, reference)
    refuse_settled(vacancy)
    return vacancy


def _kind(name: str) -> Kind:
    if name not in list(Kind):
        raise NotFound("There is no such kind of payment.")
    return Kind(name)


def _kept(vacancy: Vacancy, kind: Kind) -> Addition | None:
    return next((one for one in additions_of(vacancy.additions) if one.kind is kind), None)
