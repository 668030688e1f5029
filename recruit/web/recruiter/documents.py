"""The documents of a vacancy: chosen one by one, then called by what they are."""

from functools import partial

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import DataRequired

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.uploads import OF_VACANCY
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import documents
from recruit.vacancies.models import Vacancy
from recruit.vacancies.service import UNCHANGING
from recruit.web.files import FileForm
from recruit.web.forms import Form, LineField
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.ways import back_to_check, coming_back
from recruit.web.vacancy_documents import documents_shown, vacancy_document

PATH = "/vacancies/<reference>/documents"


class VacancyFileForm(FileForm):
    """A file for a vacancy."""

    kinds = OF_VACANCY


class DocumentForm(Form):
    """What a document is."""

    title = LineField(
        "What it is",
        [DataRequired("Enter what the document is")],
        description="Like “Job description” or “Our offer in your first year”. Candidates read it as a link.",
    )


@blueprint.get(PATH)
def list_documents(reference: str) -> ResponseReturnValue:
    """The documents with what can be done to each."""
    vacancy = _changeable(reference)
    return render_template(
        "recruiter/list_documents.html",
        vacancy=vacancy,
        documents=documents_shown(vacancy.documents, partial(_address, ".open_document", vacancy), is_all=True),
        left=limits.VACANCY_DOCUMENTS - len(vacancy.documents),
        back=coming_back(),
        back_href=_back(vacancy),
    )


@blueprint.route(f"{PATH}/upload", methods=["GET", "POST"])
def add_document(reference: str) -> ResponseReturnValue:
    """Choose one more file; what it is called is asked next, so that nothing can lose it."""
    vacancy, form, status = _changeable(reference), VacancyFileForm(), 200
    if form.validate_on_submit() and (kept := form.kept()):
        try:
            with transaction():
                document = documents.add_document(g.actor, vacancy, kept, now=clock.now())
        except Conflict as refusal:
            form.form_errors.append(str(refusal))
            vacancy, status = _changeable(reference), 409
        else:
            flash("We have the file. Now say what it is.")
            return redirect(_address(".edit_document", vacancy, document.key))
    page = render_template(
        "recruiter/add_document.html", vacancy=vacancy, form=form, back_href=_address(".list_documents", vacancy)
    )
    return page, status


@blueprint.route(f"{PATH}/<key>", methods=["GET", "POST"])
def edit_document(reference: str, key: str) -> ResponseReturnValue:
    """Say what a document is."""
    vacancy = _changeable(reference)
    document = documents.document_in(vacancy, key)
    form = DocumentForm(data={"title": document.title})
    if form.validate_on_submit():
        try:
            with transaction():
                documents.name_document(g.actor, vacancy, key, form.title.data or "", now=clock.now())
        except Incomplete as refusal:
            form.title.errors = [str(refusal)]
        else:
            return redirect(_address(".list_documents", vacancy))
    return render_template(
        "recruiter/edit_document.html",
        vacancy=vacancy,
        document=document,
        form=form,
        back_href=_address(".list_documents", vacancy),
    )


@blueprint.post(f"{PATH}/<key>/remove")
def remove_document(reference: str, key: str) -> ResponseReturnValue:
    """Take a document away."""
    vacancy = _changeable(reference)
    with transaction():
        documents.remove_document(g.actor, vacancy, key, now=clock.now())
    flash("Document removed")
    return redirect(_address(".list_documents", vacancy))


@blueprint.get(f"{PATH}/<key>/file")
def open_document(reference: str, key: str) -> Response:
    """The file itself, whether the vacancy is public or not."""
    return vacancy_document(queries.vacancy_of(g.actor, reference), key)


def _changeable(reference: str) -> Vacancy:
    """Return a vacancy of theirs whose documents can be changed now.

    Raises:
        NotFound: it is not one of theirs.
        Conflict: nothing of it can be changed now; the message says why.
    """
    vacancy = queries.vacancy_of(g.actor, reference)
    if vacancy.status in UNCHANGING:
        raise Conflict(UNCHANGING[vacancy.status])
    return vacancy


def _back(vacancy: Vacancy) -> str:
    return back_to_check(vacancy) or url_for(".edit_vacancy", reference=vacancy.reference)


def _address(endpoint: str, vacancy: Vacancy, key: str | None = None) -> str:
    return url_for(endpoint, reference=vacancy.reference, key=key, back=coming_back())
