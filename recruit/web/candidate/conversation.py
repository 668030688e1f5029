"""What the candidate and HR write to each other about an application: the candidate's side."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import queries
from recruit.conversation import service
from recruit.conversation.queries import messages_of
from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.candidate.area import blueprint
from recruit.web.conversation_shown import MessageForm, conversation_shown


@blueprint.route("/applications/<reference>/messages", methods=["GET", "POST"])
def show_messages(reference: str) -> ResponseReturnValue:
    """Read, and write."""
    application = queries.own_application(g.actor, reference)
    if application.status == ApplicationStatus.DRAFT:
        abort(404)
    form, status = MessageForm(), 200
    if form.validate_on_submit():
        try:
            with transaction():
                service.write_to_hr(g.actor, application, form.text.data or "", now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            status = 409 if isinstance(refusal, Conflict) else 200
        else:
            flash("Your message is sent. We email you when there is an answer.")
            return redirect(url_for(".show_messages", reference=reference))
    page = render_template(
        "candidate/show_messages.html",
        application=application,
        vacancy=application.vacancy,
        messages=conversation_shown(messages_of(application.id), is_candidate=True),
        form=form,
        back_href=url_for(".show_application", reference=reference),
    )
    return page, status
