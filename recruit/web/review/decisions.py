"""Deciding on an application, and taking a decision back."""

from typing import Any

from flask import flash, g, redirect
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.panels.deciding import PromptsOpen, ScoresMissing, decide
from recruit.review import service
from recruit.rules.lifecycle import STAFF_WORDS, ApplicationStatus
from recruit.web.review.application_forms import outcomes_of
from recruit.web.review.applications import (
    address_of,
    application_page,
    find,
    go_on,
    place_of,
    scores_first,
)
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import OutcomeForm, ShortlistForm, UndoForm
from recruit.web.row_values import whole_number


@blueprint.post("/applications/<reference>/shortlist")
def shortlist_application(reference: str) -> ResponseReturnValue:
    """Shortlist, then go on to the next."""
    application = find(reference)
    form, place = ShortlistForm(), place_of(application)
    if not form.validate():
        return _refused(application, form)
    try:
        with transaction():
            decide(
                g.actor,
                application,
                ApplicationStatus.SHORTLISTED,
                needs_scores=scores_first(),
                without_scores=form.without_scores.data or "",
                seen_version=whole_number(form.version.data),
                reason=form.reason.data or "",
                now=clock.now(),
            )
    except ScoresMissing as refusal:
        form.without_scores.errors = [str(refusal)]
        return application_page(reference, 409, refused=form)
    except Conflict as refusal:
        return application_page(reference, 409, refused=form, sentence=str(refusal))
    say_decided(application, "shortlisted")
    return go_on(place)


@blueprint.post("/applications/<reference>/outcome")
def decide_outcome(reference: str) -> ResponseReturnValue:
    """Appoint or put on the reserve list, then go on to the next."""
    application = find(reference)
    form, place = OutcomeForm(), place_of(application)
    form.offer(outcomes_of(application))
    if not form.validate():
        return _refused(application, form)
    target = ApplicationStatus(form.outcome.data)
    try:
        with transaction():
            decide(
                g.actor,
                application,
                target,
                needs_scores=scores_first(),
                unexplained=form.unexplained.data or "",
                seen_version=whole_number(form.version.data),
                reason=form.outcome_reason.data or "",
                now=clock.now(),
            )
    except PromptsOpen as refusal:
        form.unexplained.errors = [str(refusal)]
        return application_page(reference, 409, refused=form)
    except Conflict as refusal:
        return application_page(reference, 409, refused=form, sentence=str(refusal))
    say_decided(application, STAFF_WORDS[target].lower().replace("reserve list", "on the reserve list"))
    return go_on(place)


@blueprint.post("/applications/<reference>/undo")
def undo_decision(reference: str) -> ResponseReturnValue:
    """Take back a decision that the candidate has not been told of."""
    application = find(reference)
    form = UndoForm()
    try:
        with transaction():
            service.undo_move(g.actor, application, seen_version=whole_number(form.version.data), now=clock.now())
    except Conflict as refusal:
        return application_page(reference, 409, refused=form, sentence=str(refusal))
    told = STAFF_WORDS[application.status].lower()
    before = "" if application.status == ApplicationStatus.SUBMITTED else f" What they were told before stands: {told}."
    flash(f"The decision on {application.reference} is undone. The candidate was not told of it.{before}")
    return redirect(address_of(reference))


def _refused(application: Application, form: Any) -> ResponseReturnValue:
    """Return the page with a form that is faulty.

    Of an application that was moved meanwhile that alone is told: what is faulty may not be there any more.
    """
    moved = service.moved_since(g.actor, application, whole_number(form.version.data))
    if not moved:
        return application_page(application.reference, refused=form)
    for field in form:
        field.errors = []
    return application_page(application.reference, 409, refused=form, sentence=moved)


def say_decided(application: Application, done: str) -> None:
    """Say what was decided, and that the candidate does not know of it yet."""
    link = Markup('<a class="govuk-notification-banner__link" href="{}">{}</a>').format(
        address_of(application.reference), application.reference
    )
    ready = Markup('<a class="govuk-notification-banner__link" href="/review/ready">release the message</a>')
    flash(Markup("{} is {}. The candidate is not told until you {}.").format(link, done, ready))
