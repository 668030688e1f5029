"""What HR and a candidate write to each other about an application: HR's side."""

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.conversation import service, templates
from recruit.conversation.queries import messages_of
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.review.filling import filled_message
from recruit.rules.openings import Part
from recruit.web.conversation_shown import MessageForm, conversation_shown
from recruit.web.forms import Form
from recruit.web.openings import note_opening
from recruit.web.review.applications import find
from recruit.web.review.blueprint import blueprint
from recruit.web.row_values import whole_number


@blueprint.route("/applications/<reference>/messages", methods=["GET", "POST"])
def show_messages(reference: str) -> ResponseReturnValue:
    """Read, and write."""
    application, form = find(reference), MessageForm()
    if "use" in request.form:
        _use_template(application, form)
        return _page(application, form)
    if form.validate_on_submit():
        try:
            with transaction():
                service.write_to_candidate(g.actor, application, form.text.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            return _page(find(reference), form, 409 if isinstance(refusal, Conflict) else 200)
        flash("Your message is kept. The candidate is told by email that there is one.")
        return redirect(url_for(".show_messages", reference=application.reference))
    return _page(application, form)


@blueprint.post("/applications/<reference>/messages/dealt-with")
def mark_dealt_with(reference: str) -> ResponseReturnValue:
    """Say that the candidate's message needs no answer."""
    application = find(reference)
    with transaction():
        service.needs_no_answer(g.actor, application)
    flash("The message is marked as dealt with.")
    return redirect(url_for(".show_messages", reference=application.reference))


@blueprint.post("/applications/<reference>/messages/<int:message_id>/again")
def tell_again(reference: str, message_id: int) -> ResponseReturnValue:
    """Send the email about a message once more."""
    application, form = find(reference), Form()
    try:
        with transaction():
            service.tell_again(g.actor, application, whole_number(message_id), now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _page(find(reference), MessageForm(formdata=None), 409, refused=form)
    flash("The email is on its way again.")
    return redirect(url_for(".show_messages", reference=application.reference))


def _use_template(application: Application, form: MessageForm) -> None:
    """Put a template below what was typed, as it reads for this candidate."""
    try:
        template = templates.template_of(whole_number(request.form.get("template", "")))
        form.text.data = templates.put_below(form.text.data or "", filled_message(application, template.text))
    except (Incomplete, NotFound) as refusal:
        form.form_errors.append(str(refusal))


def _page(
    application: Application, form: MessageForm, status: int = 200, *, refused: Any = None
) -> ResponseReturnValue:
    note_opening(Part.CONVERSATION, application.id)
    page = render_template(
        "review/show_messages.html",
        application=application,
        messages=conversation_shown(messages_of(application.id), is_candidate=False),
        templates=templates.message_templates(),
        writing=form,
        form=refused or form,
        back_href=url_for(".show_application", reference=application.reference),
    )
    return page, status
