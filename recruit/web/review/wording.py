"""The letter of one decision: worded by people before it is released, or set aside because they told the candidate."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.errors import Conflict, DomainError, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render, text_of
from recruit.panels.feedback import feedback_from_notes
from recruit.review import letters
from recruit.rules.lifecycle import REFUSALS
from recruit.web.review.applications import find
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import AsideForm, LetterForm
from recruit.web.sender import sender

FROM_NOTES = "notes"


@blueprint.route("/ready/<reference>", methods=["GET", "POST"])
def edit_letter(reference: str) -> ResponseReturnValue:
    """The words of a letter, around the facts that stay; from the panel's notes where somebody asks for that."""
    application, form = find(reference), LetterForm()
    if request.method == "GET":
        draft = _waiting(application)
        form.show(draft)
        for name, words in letters.words_of(application, draft, now=clock.now()).items():
            form[name].data = words
        if request.args.get("from") == FROM_NOTES:
            form.feedback.data = feedback_from_notes(g.actor, application) or draft.feedback
    elif form.validate():
        try:
            with transaction():
                letters.edit_letter(
                    g.actor,
                    application,
                    opening=form.opening.data or "",
                    next_steps=form.next_steps.data or "",
                    feedback=form.feedback.data or "" if application.status in REFUSALS else "",
                    seen=form.seen,
                    now=clock.now(),
                )
        except (Conflict, Incomplete) as refusal:
            return _page(find(reference), form, refusal)
        flash(f"The message to {application.candidate.name} is changed. It is not sent yet.")
        return redirect(url_for(".list_ready", _anchor=application.reference))
    return _page(application, form)


@blueprint.route("/ready/<reference>/told", methods=["GET", "POST"])
def set_aside_letter(reference: str) -> ResponseReturnValue:
    """Let a decision stand without a message, because its candidate was told in another way."""
    application, form, status = find(reference), AsideForm(), 200
    if request.method == "GET":
        form.show(_waiting(application))
    elif form.validate():
        try:
            with transaction():
                letters.set_aside(
                    g.actor,
                    application,
                    form.reason.data or "",
                    seen=form.seen,
                    now=clock.now(),
                )
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            flash(f"No message is sent about {application.reference}. Their page shows the decision now.")
            return redirect(url_for(".list_ready"))
    return render_template("review/set_aside_letter.html", application=find(reference), form=form), status


def _waiting(application: Application) -> LetterDraft:
    draft = letters.draft_of(application)
    if draft is None:
        raise NotFound("No message about this application waits to be released.")
    return draft


def _page(application: Application, form: LetterForm, refusal: DomainError | None = None) -> ResponseReturnValue:
    """Return the page; with what was typed and why it was not saved, where it was refused."""
    if refusal is not None:
        form.form_errors.append(str(refusal))
    draft = letters.draft_of(application)
    mail = render(letters.as_message(application, draft, now=clock.now()), sender(), at=clock.now()) if draft else None
    page = render_template(
        "review/edit_letter.html",
        application=application,
        form=form,
        letter=draft,
        subject=mail["Subject"] if mail else "",
        text=text_of(mail) if mail else "",
        passed=letters.passed_day(application, draft, now=clock.now()) if draft else "",
        is_no=application.status in REFUSALS,
        has_notes=application.status in REFUSALS and bool(feedback_from_notes(g.actor, application)),
        is_from_notes=request.method == "GET" and request.args.get("from") == FROM_NOTES,
    )
    return page, 409 if isinstance(refusal, Conflict) else 200
