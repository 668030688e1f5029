"""The record of one vacancy: asked for with a reason, kept, then to read or as a PDF."""

from hashlib import sha256
from typing import Any

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Incomplete, NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.core.transaction import transaction
from recruit.panels.models import Sift
from recruit.record.disclosures import keep_disclosure
from recruit.record.models import Taking
from recruit.record.vacancy_inspection import inspect_vacancy, listed_applications, vacancy_to_inspect
from recruit.rules import limits
from recruit.vacancies.models import Vacancy
from recruit.web.pdf import make_pdf, pdf_answer, render_paper
from recruit.web.review.blueprint import blueprint
from recruit.web.review.forms import RecordForm
from recruit.web.review.inspecting import wants_pdf
from recruit.web.review.vacancy_record_shown import shown


@blueprint.route("/vacancies/<reference>/record", methods=["GET", "POST"])
def show_vacancy_record(reference: str) -> ResponseReturnValue:
    """Ask why the record is needed, keep that, and show it.  No address shows it without that."""
    vacancy, sift = _find(reference)
    form = RecordForm()
    values: dict[str, Any] = {"record": None}
    if request.method == "POST" and form.validate():
        reason = form.reason.data or ""
        if wants_pdf():
            try:
                return _pdf(vacancy, sift, reason)
            except Incomplete as refusal:
                form.form_errors.append(str(refusal))
        else:
            with transaction():
                _keep(Taking.RECORD, vacancy, reason)
            vacancy, sift = _find(reference)
            values = shown(inspect_vacancy(vacancy, sift), reason)
    return render_template(
        "review/show_vacancy_record.html",
        vacancy=vacancy,
        form=form,
        back_href=url_for(".show_vacancy", reference=vacancy.reference),
        **values,
    )


def _find(reference: str) -> tuple[Vacancy, Sift | None]:
    found = normalise_vacancy_reference(reference)
    if found is None:
        raise NotFound("There is no published vacancy with that reference.")
    return vacancy_to_inspect(g.actor, found)


def _pdf(vacancy: Vacancy, sift: Sift | None, reason: str) -> ResponseReturnValue:
    """Make the PDF, keep that it is taken, and only then hand it out."""
    reference = vacancy.reference
    values = shown(inspect_vacancy(vacancy, sift), reason)
    made = make_pdf(render_paper("review/_vacancy_record_paper.html", vacancy=vacancy, **values))
    with transaction():
        _keep(Taking.PDF, vacancy, reason, sha256(made).hexdigest())
    return pdf_answer(made, f"record-{reference}")


def _keep(taking: Taking, vacancy: Vacancy, reason: str, digest: str = "") -> None:
    keep_disclosure(
        g.actor,
        taking,
        [one.id for one in listed_applications(vacancy.id)[: limits.RECORD_APPLICATIONS]],
        content=f"vacancy {vacancy.reference}",
        reason=reason,
        file_digest=digest,
        now=clock.now(),
    )
