"""Taking a published vacancy from the public, by HR."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.cancelling import applications_that_end
from recruit.appointments import leaving
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import approval_queries as queries
from recruit.web.approvals.blueprint import blueprint
from recruit.web.approvals.forms import CancelForm
from recruit.web.told import told_words


@blueprint.route("/<reference>/cancel", methods=["GET", "POST"])
def cancel_vacancy(reference: str) -> ResponseReturnValue:
    """Take a vacancy of any team from the public, with a reason."""
    vacancy, status = queries.published_vacancy(reference), 200
    if vacancy.status is VacancyStatus.CANCELLED:
        raise Conflict("This vacancy has been cancelled already.")
    form = CancelForm(data={"version": str(vacancy.version)})
    if form.validate_on_submit():
        try:
            with transaction():
                told = leaving.cancel_vacancy(
                    g.actor,
                    vacancy,
                    form.reason.data or "",
                    why=form.why.kept,
                    seen_version=form.seen_version(),
                    now=clock.now(),
                )
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.published_vacancy(reference).version)
        else:
            flash(f"Vacancy cancelled. Its page now says so.{told_words(told)}")
            return redirect(url_for("review.show_vacancy", reference=vacancy.reference))
    return render_template(
        "approvals/cancel_vacancy.html", vacancy=vacancy, form=form, told=applications_that_end(vacancy)
    ), status
