"""What a candidate sent, to read, print and keep."""

from typing import Any

from flask import g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import queries
from recruit.applications.models import Application
from recruit.applications.reading import chapters_of
from recruit.applications.reading_vacancy import pay_lines
from recruit.applications.snapshot import snapshot_of
from recruit.core.errors import NotFound
from recruit.web.candidate.area import blueprint
from recruit.web.pdf import can_make_pdf, make_pdf, pdf_answer, render_paper


@blueprint.route("/applications/<reference>/copy")
def show_copy(reference: str) -> ResponseReturnValue:
    """What was sent, to read and print; of a draft, what is saved so far."""
    application = queries.own_application(g.actor, reference)
    snapshot = queries.snapshot_of(application.id)
    content = snapshot.content if snapshot else snapshot_of(queries.answers_of(application))
    return render_template(
        "candidate/show_copy.html",
        **_document(application, content),
        back_href=url_for(".show_application", reference=reference),
    )


@blueprint.route("/applications/<reference>/copy.pdf")
def download_copy(reference: str) -> ResponseReturnValue:
    """What was sent, as a PDF; the page to print where none can be made here."""
    application = queries.own_application(g.actor, reference)
    snapshot = queries.snapshot_of(application.id)
    if snapshot is None:
        raise NotFound("There is a PDF of an application once it is sent. Until then you can print what you wrote.")
    if not can_make_pdf():
        return redirect(url_for(".show_copy", reference=reference))
    markup = render_paper("candidate/download_copy.html", **_document(application, snapshot.content))
    return pdf_answer(make_pdf(markup), f"application-{application.reference}")


def _document(application: Application, content: dict[str, Any]) -> dict[str, Any]:
    vacancy = content["vacancy"]
    return {
        "application": application,
        "vacancy": vacancy,
        "pay": pay_lines(vacancy),
        "chapters": chapters_of(content),
    }
