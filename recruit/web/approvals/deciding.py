"""Approving a vacancy, asking for changes, and writing about it."""

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.vacancies import approval
from recruit.vacancies import approval_queries as queries
from recruit.vacancies.models import Vacancy
from recruit.web.approvals.blueprint import blueprint
from recruit.web.approvals.forms import ApproveForm, ChangesForm
from recruit.web.approvals.reading import pay_mark, vacancy_page
from recruit.web.forms import Form, VersionedForm
from recruit.web.vacancy_thread import CommentForm


@blueprint.post("/<reference>/approve")
def approve_vacancy(reference: str) -> ResponseReturnValue:
    """Put the vacancy that was read before the public."""
    vacancy = queries.vacancy_for_approval(reference)
    form = ApproveForm()
    if not form.validate():
        return vacancy_page(vacancy, refused=form)
    try:
        with transaction():
            approval.approve_vacancy(
                g.actor, vacancy, seen_version=form.seen_version(), seen_pay=form.pay.data or "", now=clock.now()
            )
    except (Conflict, Incomplete) as refusal:
        return _refused(reference, form, refusal)
    flash(_approved(vacancy))
    return redirect(url_for(".list_vacancies"))


@blueprint.post("/<reference>/changes")
def request_changes(reference: str) -> ResponseReturnValue:
    """Give the vacancy back to its team."""
    vacancy = queries.vacancy_for_approval(reference)
    form = ChangesForm()
    if not form.validate():
        return vacancy_page(vacancy, refused=form)
    try:
        with transaction():
            approval.request_changes(
                g.actor, vacancy, form.comment.data or "", seen_version=form.seen_version(), now=clock.now()
            )
    except (Conflict, Incomplete) as refusal:
        return _refused(reference, form, refusal)
    flash(f"{vacancy.title} is back with its team.")
    return redirect(url_for(".list_vacancies"))


@blueprint.post("/<reference>/comments")
def add_comment(reference: str) -> ResponseReturnValue:
    """Write to the team about a vacancy."""
    vacancy = queries.vacancy_for_approval(reference)
    form = CommentForm()
    if not form.validate():
        return vacancy_page(vacancy, refused=form)
    try:
        with transaction():
            approval.add_comment(g.actor, vacancy, form.text.data or "", now=clock.now())
    except (Conflict, Incomplete) as refusal:
        return _refused(reference, form, refusal)
    flash("Comment added")
    return redirect(url_for(".show_vacancy", reference=vacancy.reference, _anchor="comments"))


def _refused(reference: str, form: Form, refusal: Conflict | Incomplete) -> ResponseReturnValue:
    """Show the vacancy as it is now, with why nothing was done and what was typed."""
    vacancy = queries.vacancy_for_approval(reference)
    form.form_errors.append(str(refusal))
    if isinstance(form, ApproveForm):
        form.pay.data = pay_mark(vacancy)
    if isinstance(form, VersionedForm):
        form.version.data = str(vacancy.version)
    return vacancy_page(vacancy, 409 if isinstance(refusal, Conflict) else 200, refused=form)


def _approved(vacancy: Vacancy) -> str:
    if vacancy.is_public(clock.now()) or vacancy.opens_at is None:
        return f"Approved: candidates can apply for {vacancy.title} now."
    return f"Approved: candidates can apply for {vacancy.title} from {long_moment(vacancy.opens_at)}."
