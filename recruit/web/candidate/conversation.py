"""What the candidate and HR write to each other about an application: the candidate's side."""

import re

from flask import Response, abort, flash, g, redirect, render_template, request, url_for
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

_NUMBER = re.compile(r"[0-9]{1,18}")  # fits 64 bits


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
    messages = conversation_shown(messages_of(application.id), is_candidate=True)
    page = render_template(
        "candidate/show_messages.html",
        application=application,
        vacancy=application.vacancy,
        messages=messages,
        last_new=max((one["id"] for one in messages if one["is_new"]), default=None),
        form=form,
        back_href=url_for(".show_application", reference=reference),
    )
    return page, status


@blueprint.post("/applications/<reference>/messages/read")
def mark_messages_read(reference: str) -> ResponseReturnValue:
    """Mark what was on the page as read: by a script when it is opened, or by a button."""
    application, last = queries.own_application(g.actor, reference), request.form.get("last", "")
    if not _NUMBER.fullmatch(last):
        abort(400)
    with transaction():
        service.mark_read(g.actor, application, last=int(last), now=clock.now())
    if request.form.get("quietly"):
        return Response(status=204, mimetype="text/plain")
    return redirect(url_for(".show_messages", reference=reference))
