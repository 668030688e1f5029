"""New terms of the welcome payment: written by one administrator, read as the public will, approved by another."""

from datetime import date
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.pay import queries as pay
from recruit.pay import welcome_drafts as service
from recruit.pay.models import TermsEvent, WelcomeSchemeVersion
from recruit.rules.lifecycle import moves_open_to
from recruit.rules.terms import TERMS_MOVES, TERMS_WORDS, TermsStatus
from recruit.vacancies.teams import is_welcome_version_used, team_names
from recruit.web.admin.blueprint import blueprint
from recruit.web.admin.terms_form import TermsForm, filled_in_terms
from recruit.web.fields import choice
from recruit.web.forms import VersionedForm
from recruit.web.welcome_page import WelcomePage

LARGEST_ID = 2**63  # what a column of ids holds
DONE = {TermsStatus.APPROVED: "Terms approved", TermsStatus.DISCARDED: "Draft deleted"}


@blueprint.route("/welcome-payment/new", methods=["GET", "POST"])
def create_terms() -> ResponseReturnValue:
    """New terms: the next version of a scheme, from its newest, or of a new scheme."""
    newest = _newest(request.args.get("after", ""))
    shown = filled_in_terms(newest) if newest else {"rejoin_after_months": 0, "permanent": True}
    form = _form(shown | {"valid_from": None, "valid_until": None})
    if newest:
        del form.name
    if form.validate_on_submit():
        scheme, name = (newest.scheme, "") if newest else (None, form.name.data or "")
        try:
            with transaction():
                version = service.draft_terms(g.actor, scheme, name, form.entry(), now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash("Draft saved. Read it as the public will; another administrator approves it.")
            return redirect(url_for(".show_terms", terms_id=version.id))
    return render_template("admin/create_terms.html", form=form, newest=newest)


@blueprint.route("/welcome-payment/<int:terms_id>/edit", methods=["GET", "POST"])
def edit_terms(terms_id: int) -> ResponseReturnValue:
    """Change a draft."""
    version = _terms(terms_id)
    if version.status is not TermsStatus.DRAFT:
        raise Conflict(service.SETTLED)
    form, status = _form(filled_in_terms(version)), 200
    del form.name
    if form.validate_on_submit():
        try:
            with transaction():
                service.edit_terms(g.actor, version, form.entry(), seen_version=form.seen_version(), now=clock.now())
        except Conflict as refusal:
            status = 409
            form.form_errors.append(str(refusal))
            form.version.data = str(_terms(terms_id).version)
        else:
            flash("Draft saved")
            return redirect(url_for(".show_terms", terms_id=terms_id))
    return render_template("admin/edit_terms.html", form=form, version=version), status


@blueprint.get("/welcome-payment/<int:terms_id>")
def show_terms(terms_id: int) -> ResponseReturnValue:
    """One version as the public reads it or will, where it stands, and what was done to it."""
    version = _terms(terms_id)
    return render_template(
        "admin/show_terms.html",
        version=version,
        page=WelcomePage(version),
        word=TERMS_WORDS[version.status],
        is_used=is_welcome_version_used(version),
        moves={move.target.value for move in moves_open_to(TERMS_MOVES, g.actor, version)},
        events=[_happened(event) for event in pay.terms_events(version)],
    )


@blueprint.post("/welcome-payment/<int:terms_id>/approve")
def approve_terms(terms_id: int) -> ResponseReturnValue:
    """Make a draft hold from its first day on: by somebody who did not write it."""
    return _move(terms_id, TermsStatus.APPROVED)


@blueprint.post("/welcome-payment/<int:terms_id>/discard")
def discard_terms(terms_id: int) -> ResponseReturnValue:
    """Delete a draft."""
    return _move(terms_id, TermsStatus.DISCARDED)


def _move(terms_id: int, target: TermsStatus) -> ResponseReturnValue:
    version, form = _terms(terms_id), VersionedForm()
    with transaction():
        service.move_terms(g.actor, version, target, seen_version=form.seen_version(), now=clock.now())
    flash(DONE[target])
    return redirect(url_for(".list_welcome_payments"))


def _form(shown: dict[str, Any]) -> TermsForm:
    form = TermsForm(data=shown)
    form.grades.choices = [choice(grade.code, grade.title) for grade in pay.grades()]
    form.teams.choices = [choice(slug, name) for slug, name in team_names().items()]
    return form


def _terms(key: int) -> WelcomeSchemeVersion:
    version = pay.terms_of(key) if key < LARGEST_ID else None
    if version is None or version.status is TermsStatus.DISCARDED:
        raise NotFound("There are no such terms.")
    return version


def _newest(code: str) -> WelcomeSchemeVersion | None:
    """Return the newest approved version of the scheme that is to have a next one; None for a new scheme."""
    if not code:
        return None
    listed = [one for one in pay.welcome_versions() if one.scheme.code == code]
    approved = [one for one in listed if one.status is TermsStatus.APPROVED]
    if not approved:
        raise NotFound("There is no such welcome payment.")
    return max(approved, key=lambda one: (one.number, one.valid_from or date.min))


def _happened(event: TermsEvent) -> dict[str, str]:
    title = event.reason or TERMS_WORDS[TermsStatus(event.target)]
    iso = event.at.isoformat(timespec="seconds")
    return {"title": title, "who": event.actor.name, "when": long_moment(event.at), "iso": iso}
