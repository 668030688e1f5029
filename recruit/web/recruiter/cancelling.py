"""Taking a vacancy from the public, or deleting a draft."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.cancelling import applications_that_end
from recruit.appointments import leaving
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import WRITABLE, VacancyStatus
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies import authoring_queries as queries
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.forms import CancelForm
from recruit.web.told import told_words


@blueprint.route("/vacancies/<reference>/cancel", methods=["GET", "POST"])
def cancel_vacancy(reference: str) -> ResponseReturnValue:
    """Take a vacancy from the public, or delete a draft."""
    vacancy = queries.vacancy_of(g.actor, reference)
    if vacancy.status is VacancyStatus.CANCELLED:
        raise Conflict("This vacancy has been cancelled already.")
    if vacancy.status is VacancyStatus.AWAITING_APPROVAL:
        raise Conflict("This vacancy is waiting for approval. Take it back first, then delete the draft.")
    is_draft = vacancy.status in WRITABLE
    form = CancelForm(data={"version": str(vacancy.version)})
    if is_draft:
        del form.reason, form.why
    if form.validate_on_submit():
        reason = form.reason.data or "" if "reason" in form else ""
        why = form.why.kept if "why" in form else OutcomeReason.OTHER
        try:
            with transaction():
                told = leaving.cancel_vacancy(
                    g.actor, vacancy, reason, why=why, seen_version=form.seen_version(), now=clock.now()
                )
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.vacancy_of(g.actor, reference).version)
        else:
            flash("Draft deleted" if is_draft else f"Vacancy cancelled. Its page now says so.{told_words(told)}")
            return redirect(url_for(".list_vacancies"))
    told = 0 if is_draft else applications_that_end(vacancy)
    return render_template("recruiter/cancel_vacancy.html", vacancy=vacancy, form=form, is_draft=is_draft, told=told)
