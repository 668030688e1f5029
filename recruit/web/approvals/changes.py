"""Deciding on changes of published vacancies."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import vacancy_change
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.panels import changing
from recruit.rules.access import Permission, can
from recruit.vacancies import approval_queries as queries
from recruit.vacancies import revisions
from recruit.vacancies.before_and_after import differences
from recruit.vacancies.writing_models import VacancyRevision
from recruit.web.approvals.blueprint import blueprint
from recruit.web.approvals.forms import DeclineForm
from recruit.web.forms import VersionedForm


@blueprint.route("/<reference>/change", methods=["GET", "POST"])
def show_change(reference: str) -> ResponseReturnValue:
    """What would change, before and after, and declining it."""
    revision = revisions.waiting_revision(queries.published_vacancy(reference))
    form, status = DeclineForm(data={"version": str(revision.version)}), 200
    if form.validate_on_submit():
        try:
            with transaction():
                comment, seen = form.comment.data or "", form.seen_version()
                vacancy_change.decline_revision(g.actor, revision, comment, seen_version=seen, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
        else:
            flash("Declined: the vacancy stays as it is.")
            return redirect(url_for(".list_vacancies"))
    return _page(revision, form), status


@blueprint.post("/<reference>/change/approve")
def approve_change(reference: str) -> ResponseReturnValue:
    """Put the change that was read before the public."""
    revision, form = revisions.waiting_revision(queries.published_vacancy(reference)), VersionedForm()
    try:
        with transaction():
            changing.approve_revision(g.actor, revision, seen_version=form.seen_version(), now=clock.now())
    except (Conflict, Incomplete) as refusal:
        again = DeclineForm(formdata=None, data={"version": str(revision.version)})
        again.form_errors.append(str(refusal))
        return _page(revision, again), 409 if isinstance(refusal, Conflict) else 200
    has_closed = revision.vacancy.has_closed(clock.now())
    flash(f"Approved: the vacancy’s page says so now{'' if has_closed else ', and everybody with a draft is told'}.")
    return redirect(url_for(".list_vacancies"))


def _page(revision: VacancyRevision, form: DeclineForm) -> str:
    return render_template(
        "approvals/show_change.html",
        vacancy=revision.vacancy,
        revision=revision,
        form=form,
        changes=differences(revision),
        is_overtaken=revisions.is_overtaken(revision),
        has_closed=revision.vacancy.has_closed(clock.now()),
        sent=long_moment(revision.sent_at) if revision.sent_at else "",
        may_approve=can(g.actor, Permission.VACANCY_APPROVE, revision),
    )
