"""Documents that HR asks a candidate for: asking, looking at what came, accepting, asking again."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired, InputRequired

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.transaction import transaction
from recruit.document_requests import service
from recruit.document_requests.models import DocumentRequest
from recruit.document_requests.queries import request_in, requests_of
from recruit.documents.inspecting import size_words
from recruit.record.disclosures import keep_disclosure
from recruit.record.models import Taking
from recruit.rules import limits
from recruit.rules.document_requests import ASKABLE, REQUEST_MOVES, STAFF_WORDS, RequestStatus
from recruit.rules.lifecycle import moves_open_to
from recruit.rules.uploads import KINDS
from recruit.web.fields import DatePartsField
from recruit.web.files import GONE, can_open, handed_out, waits_for_scan
from recruit.web.forms import Form, LineField, ProseField, VersionedForm
from recruit.web.review.applications import address_of, find
from recruit.web.review.blueprint import blueprint

PATH = "/applications/<reference>/documents"
NO_DAY = "Enter the day by which you need it"
TAGS = {
    RequestStatus.ASKED: "info",
    RequestStatus.RECEIVED: "wait",
    RequestStatus.ACCEPTED: "good",
    RequestStatus.CANCELLED: "",
}


class AskForm(Form):
    """What is needed, why and by when."""

    name = LineField(
        "What do you need?",
        [DataRequired("Enter what you need")],
        description="One document, like “Degree certificate”. Not a CV: the form has asked for all of that.",
    )
    reason = ProseField("Why do you need it?", [DataRequired("Say why")], description="The candidate reads it.")
    due_on = DatePartsField("By when?", [InputRequired(NO_DAY)], thing="The day")


class AgainForm(VersionedForm):
    """What is wrong with what was sent."""

    words = ProseField("What should they send instead, and why?", [DataRequired("Say what they should send instead")])
    due_on = DatePartsField("By when?", [InputRequired(NO_DAY)], thing="The day")


@blueprint.get(PATH)
def list_documents(reference: str) -> ResponseReturnValue:
    """What was asked for, and what can be done with each."""
    return _list(find(reference), VersionedForm())


@blueprint.route(f"{PATH}/ask", methods=["GET", "POST"])
def ask_for_document(reference: str) -> ResponseReturnValue:
    """Ask for one document."""
    application, status = find(reference), 200
    form = AskForm(data={"due_on": london_day(clock.now()) + timedelta(days=limits.DOCUMENT_DUE_USUAL)})
    if form.validate_on_submit() and form.due_on.data:
        try:
            with transaction():
                service.ask_for_document(
                    g.actor,
                    application,
                    form.name.data or "",
                    form.reason.data or "",
                    form.due_on.data,
                    now=clock.now(),
                )
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            application, status = find(reference), 409 if isinstance(refusal, Conflict) else 200
        else:
            flash("The candidate is told by email what you need.")
            return redirect(url_for(".list_documents", reference=application.reference))
    page = render_template(
        "review/ask_for_document.html",
        application=application,
        form=form,
        back_href=url_for(".list_documents", reference=application.reference),
    )
    return page, status


@blueprint.post(f"{PATH}/<int:number>/accept")
def accept_document(reference: str, number: int) -> ResponseReturnValue:
    """Say that it is what was asked for."""
    return _decided(reference, number, service.accept_document, "Accepted")


@blueprint.post(f"{PATH}/<int:number>/cancel")
def cancel_request(reference: str, number: int) -> ResponseReturnValue:
    """Say that it is not needed any more."""
    return _decided(reference, number, service.cancel_request, "It is not asked for any more")


@blueprint.route(f"{PATH}/<int:number>/again", methods=["GET", "POST"])
def ask_again(reference: str, number: int) -> ResponseReturnValue:
    """Ask for another one, in words."""
    application, status = find(reference), 200
    request = request_in(application, number)
    due_on = london_day(clock.now()) + timedelta(days=limits.DOCUMENT_DUE_USUAL)
    form = AgainForm(data={"due_on": due_on, "version": str(request.version)})
    if form.validate_on_submit() and form.due_on.data:
        try:
            with transaction():
                seen, words = form.seen_version(), form.words.data or ""
                service.ask_again(g.actor, request, words, form.due_on.data, seen_version=seen, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            application, status = find(reference), 409 if isinstance(refusal, Conflict) else 200
            request = request_in(application, number)
        else:
            flash("The candidate is told by email what you need instead.")
            return redirect(url_for(".list_documents", reference=application.reference))
    page = render_template(
        "review/ask_again.html",
        application=application,
        asked=request,
        form=form,
        back_href=url_for(".list_documents", reference=application.reference),
    )
    return page, status


@blueprint.post(f"{PATH}/<int:number>/file")
def take_document(reference: str, number: int) -> Response:
    """Keep that it is taken out and by whom, then hand it out."""
    application = find(reference)
    request = request_in(application, number)
    document = request.document
    if document is None or not can_open(document):
        raise NotFound(GONE)
    with transaction():
        keep_disclosure(
            g.actor,
            Taking.DOCUMENT,
            [application.id],
            content=f"{request.name} ({request.reference})",
            reason=request.reason,
            file_digest=document.sha256,
            now=clock.now(),
        )
    return handed_out(document, application.reference, request.name)


def _decided(reference: str, number: int, decide: Any, done: str) -> ResponseReturnValue:
    application, form = find(reference), VersionedForm()
    request = request_in(application, number)
    try:
        with transaction():
            decide(g.actor, request, seen_version=form.seen_version(), now=clock.now())
    except Conflict as refusal:
        form.form_errors.append(str(refusal))
        return _list(find(reference), form, 409)
    flash(done)
    return redirect(url_for(".list_documents", reference=application.reference))


def _list(application: Application, form: VersionedForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "review/list_documents.html",
        application=application,
        rows=[_row(request) for request in requests_of(application.id)],
        can_ask=application.status in ASKABLE and application.status_for_candidate() in ASKABLE,
        form=form,
        back_href=address_of(application.reference),
    )
    return page, status


def _row(request: DocumentRequest) -> dict[str, Any]:
    document = request.document
    return {
        "asked": request,
        "words": STAFF_WORDS[request.status],
        "kind": TAGS[request.status],
        "received": long_moment(document.received_at) if document else "",
        "facts": f"{KINDS[document.kind].words}, {size_words(document.size)}" if document else "",
        "can_open": document is not None and can_open(document),
        "waits": document is not None and waits_for_scan(document),
        "moves": {move.target.value for move in moves_open_to(REQUEST_MOVES, g.actor, request)},
    }
