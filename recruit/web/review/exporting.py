"""Taking a list of applications out of the service as a file, with a reason that is kept."""

from collections.abc import Sequence
from hashlib import sha256

from flask import Response, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.reading import chapters_of
from recruit.core import clock
from recruit.core.calendar import london_day, long_moment
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.record.disclosures import keep_disclosure, latest_disclosures
from recruit.record.exporting import HEADINGS, applications_to_zip, ids_to_export, rows_to_export
from recruit.record.models import OF_ONE, Disclosure, Taking
from recruit.record.tables import csv_file, xlsx_file
from recruit.review.filters import Filters
from recruit.review.queries import Page
from recruit.rules.lifecycle import STAFF_WORDS
from recruit.web.pdf import can_make_pdf, render_paper, zip_answer
from recruit.web.review.asking import Asked, asked
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import ExportForm
from recruit.web.review.listing import Listing

FILES = {
    Taking.CSV: (csv_file, "text/csv; charset=utf-8"),
    Taking.XLSX: (xlsx_file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""How each kind of file is made, and what it is."""
TAKING_WORDS = {
    Taking.CSV: "CSV file",
    Taking.XLSX: "Excel file",
    Taking.RECORD: "Record for an auditor",
    Taking.PDF: "Record for an auditor, PDF",
    Taking.ZIP: "Zip of PDFs",
    Taking.DOCUMENT: "Document",
}


@blueprint.route("/export", methods=["GET", "POST"])
def export_applications() -> ResponseReturnValue:
    """Say what a file would hold, ask why it is needed, then keep that and hand the file out."""
    question, form, now = asked(), ExportForm(), clock.now()
    if can_make_pdf():
        form.offer_zip()
    ids = ids_to_export(g.actor, question.filters, now=now)
    if request.method == "POST" and form.validate():
        try:
            return _zip(question, form, ids) if form.taking.data == Taking.ZIP else _file(question, form, ids)
        except Incomplete as refusal:
            form.form_errors.append(str(refusal))
    listing = Listing(question, Page((), None, None), "review.export_applications", {}, now)
    return render_template(
        "review/export_applications.html",
        listing=listing,
        content=content_words(question, listing),
        form=form,
        number=len(ids),
        taken=taken_shown(latest_disclosures(g.actor)),
        back_href=url_for("review.list_applications", **question.carry),  # type: ignore[arg-type]
    )


def taken_shown(disclosures: Sequence[Disclosure]) -> list[dict[str, str]]:
    """Return what was taken out, as the timeline wants it."""
    return [
        {
            "title": f"{_taken(one)}: {one.content}",
            "when": long_moment(one.at),
            "iso": one.at.isoformat(timespec="seconds"),
            "who": one.actor.name,
            "note": one.reason,
        }
        for one in disclosures
    ]


def _taken(one: Disclosure) -> str:
    words = TAKING_WORDS[one.taking]
    if one.taking in OF_ONE:
        return words
    return f"{words}, {one.number:,} {'application' if one.number == 1 else 'applications'}"


def content_words(question: Asked, listing: Listing) -> str:
    """Return what is asked for, in words: "To review, all vacancies, not read by me"."""
    filters = [
        chip["text"][:1].lower() + chip["text"][1:]
        for chip in listing.chips()
        if "vacancy" not in chip["text"][:7].lower()
    ]
    shown = _shown(question.filters)
    return ", ".join([shown, listing.scope_words(), *filters])


def _shown(filters: Filters) -> str:
    if filters.status:
        return STAFF_WORDS[filters.status]
    return "Next to do" if filters.waiting else "All that were sent"


def _zip(question: Asked, form: ExportForm, ids: Sequence[int]) -> Response:
    """Keep that applications are taken, then hand them out as PDFs, each made when the one before has gone."""
    now = clock.now()
    template = "review/_application_paper.html"
    papers = [
        (one.reference, render_paper(template, **one._asdict(), chapters=chapters_of(one.content)))
        for one in applications_to_zip(ids)
    ]
    answer = zip_answer(papers, f"applications-{london_day(now).isoformat()}", now=now)
    listing = Listing(question, Page((), None, None), "review.export_applications", {}, now)
    with transaction():
        keep_disclosure(
            g.actor,
            Taking.ZIP,
            ids,
            content=content_words(question, listing),
            reason=form.reason.data or "",
            now=now,
        )
    return answer


def _file(question: Asked, form: ExportForm, ids: Sequence[int]) -> Response:
    """Make the file, keep that it is taken, and only then hand it out."""
    now = clock.now()
    taking = Taking(form.taking.data)
    make, kind = FILES[taking]
    body = make(HEADINGS, rows_to_export(ids))
    listing = Listing(question, Page((), None, None), "review.export_applications", {}, now)
    content = content_words(question, listing)
    with transaction():
        keep_disclosure(
            g.actor,
            taking,
            ids,
            content=content,
            reason=form.reason.data or "",
            file_digest=sha256(body).hexdigest(),
            now=now,
        )
    name = f"applications-{london_day(now).isoformat()}.{taking.value}"
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
