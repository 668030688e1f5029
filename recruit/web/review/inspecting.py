"""The record of one application, as an inspector is shown it: asked for with a reason, kept, then shown."""

from hashlib import sha256
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.record.disclosures import keep_disclosure
from recruit.record.inspection import Inspection, inspect_application
from recruit.record.models import Taking
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.web.pdf import can_make_pdf, make_pdf, pdf_answer, render_paper
from recruit.web.review.applications import address_of, find
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import RecordForm
from recruit.web.review.record_shown import LEFT_OUT, bookings_shown, messages_of, panel_shown, parts_of, sheets_shown

AS_PDF = "pdf"  # what the button for a PDF says


@blueprint.route("/applications/<reference>/record", methods=["GET", "POST"])
def show_record(reference: str) -> ResponseReturnValue:
    """Ask why the record is needed, keep that, and show it.  No address shows it without that."""
    application, form = find(reference), RecordForm()
    shown: dict[str, Any] = {"record": None}
    if request.method == "POST" and form.validate():
        reason = form.reason.data or ""
        if wants_pdf():
            try:
                return _pdf(application, reason)
            except Incomplete as refusal:
                form.form_errors.append(str(refusal))
        else:
            with transaction():
                _keep(Taking.RECORD, application, reason)
            application = find(reference)
            shown = _shown(inspect_application(g.actor, application), reason)
    return render_template(
        "review/show_record.html",
        application=application,
        form=form,
        back_href=address_of(application.reference),
        **shown,
    )


def wants_pdf() -> bool:
    """Say whether the button for a PDF was pressed, where PDFs can be made."""
    return request.form.get("as") == AS_PDF and can_make_pdf()


def _pdf(application: Application, reason: str) -> ResponseReturnValue:
    """Make the PDF, keep that it is taken, and only then hand it out."""
    reference = application.reference
    inspection = inspect_application(g.actor, application)
    made = make_pdf(render_paper("review/_record_paper.html", application=application, **_shown(inspection, reason)))
    with transaction():
        _keep(Taking.PDF, application, reason, sha256(made).hexdigest())
    return pdf_answer(made, f"record-{reference}")


def _keep(taking: Taking, application: Application, reason: str, digest: str = "") -> None:
    content = f"application {application.reference}"
    keep_disclosure(
        g.actor, taking, [application.id], content=content, reason=reason, file_digest=digest, now=clock.now()
    )


def _shown(inspection: Inspection, reason: str) -> dict[str, Any]:
    """Return what the page and the PDF show alike."""
    return {
        "record": inspection,
        "parts": parts_of(inspection),
        "panel": panel_shown(inspection.panel),
        "no_panel": LEFT_OUT if inspection.panel is None else "Nobody is on a panel for this vacancy.",
        "bookings": bookings_shown(inspection.bookings),
        "sheets": sheets_shown(inspection),
        "messages": messages_of(inspection),
        "status_words": STAFF_WORDS[inspection.application.status],
        "made_at": clock.now(),
        "reason": reason,
    }
