"""A document that HR asked for: why, by when, and sending it."""

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import queries
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction
from recruit.document_requests import service
from recruit.document_requests.queries import request_in
from recruit.documents.inspecting import size_words
from recruit.documents.models import DocumentState
from recruit.rules.document_requests import RequestStatus
from recruit.rules.lifecycle import OVER
from recruit.rules.uploads import KINDS, OF_CANDIDATE
from recruit.web.candidate.area import blueprint
from recruit.web.files import FileForm, handed_out
from recruit.web.forms import VersionedForm

PATH = "/applications/<reference>/documents/<int:number>"
SENDABLE = (RequestStatus.ASKED, RequestStatus.RECEIVED)


class CandidateFileForm(FileForm, VersionedForm):
    """What was asked for, as the page showed it."""

    kinds = OF_CANDIDATE


@blueprint.route(f"{PATH}/upload", methods=["GET", "POST"])
def send_document(reference: str, number: int) -> ResponseReturnValue:
    """Why it is needed, what we have, and sending it or another instead."""
    application = queries.own_application(g.actor, reference)
    request, form, status = request_in(application, number), CandidateFileForm(), 200
    if form.validate_on_submit() and (kept := form.kept()):
        try:
            with transaction():
                service.send_document(g.actor, request, kept, seen_version=form.seen_version(), now=clock.now())
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            request, status = request_in(application, number), 409
        else:
            flash("We have your document. Thank you.")
            return redirect(url_for(".send_document", reference=reference, number=number))
    document, form.version.data = request.document, str(request.version)  # of what the page shows now
    page = render_template(
        "candidate/send_document.html",
        application=application,
        vacancy=application.vacancy,
        asked=request,
        can_send=request.status in SENDABLE and application.status_for_candidate() not in OVER,
        is_accepted=request.status is RequestStatus.ACCEPTED,
        is_refused=document is not None and document.state is DocumentState.REFUSED,
        received=long_moment(document.received_at) if document else "",
        facts=f"{KINDS[document.kind].words}, {size_words(document.size)}" if document else "",
        form=form,
        back_href=url_for(".show_application", reference=reference),
    )
    return page, status


@blueprint.get(f"{PATH}/file")
def open_document(reference: str, number: int) -> Response:
    """What they have sent themselves."""
    request = request_in(queries.own_application(g.actor, reference), number)
    if request.document is None or request.document.state is DocumentState.REFUSED:
        abort(404)
    return handed_out(request.document, reference, request.name)
