"""From a draft to HR: preview, check and send for approval, take back, and what is written about it."""

from collections.abc import Iterable

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import WRITABLE, VacancyStatus
from recruit.vacancies import approval
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies.documents import in_words
from recruit.vacancies.models import Vacancy
from recruit.vacancies.pricing import welcome_to_publish
from recruit.vacancies.readiness import Finding, missing_to_send, worth_a_look
from recruit.vacancies.unfinished import left_typed, part_of
from recruit.vacancies.writing_models import Part
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.forms import SendForm
from recruit.web.recruiter.listing import vacancy_page
from recruit.web.recruiter.parts_read import parts_read
from recruit.web.recruiter.ways import CHECK, address_of, anchor_of
from recruit.web.vacancy_pay import pay_to_publish
from recruit.web.vacancy_preview import preview_of
from recruit.web.vacancy_thread import CommentForm


@blueprint.route("/vacancies/<reference>/send", methods=["GET", "POST"])
def send_vacancy(reference: str) -> ResponseReturnValue:
    """What is missing, what deserves a look, and the button."""
    vacancy = queries.vacancy_of(g.actor, reference)
    if vacancy.status is VacancyStatus.CANCELLED:
        raise Conflict("This vacancy has been cancelled, so it cannot be sent. You can copy it to a new draft.")
    form = SendForm(data={"version": str(vacancy.version)})
    if vacancy.status in WRITABLE and form.validate_on_submit():
        try:
            with transaction():
                approval.send_for_approval(
                    g.actor, vacancy, form.comment.data or "", seen_version=form.seen_version(), now=clock.now()
                )
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            vacancy = queries.vacancy_of(g.actor, reference)
            form.version.data = str(vacancy.version)
        else:
            flash("Sent for approval. You get an email when HR has decided.")
            return redirect(url_for(".show_vacancy", reference=vacancy.reference))
    if vacancy.status not in WRITABLE:
        done = "sent for approval" if vacancy.status is VacancyStatus.AWAITING_APPROVAL else "approved"
        already = Conflict(f"{vacancy.title} has been {done} already.")
        return _refused_comment(reference, form.comment.data or "", already)
    return _check_page(vacancy, form)


@blueprint.post("/vacancies/<reference>/take-back")
def take_back_vacancy(reference: str) -> ResponseReturnValue:
    """Make a vacancy that waits for approval a draft again."""
    vacancy = queries.vacancy_of(g.actor, reference)
    form = VersionedForm()
    with transaction():
        approval.take_back(g.actor, vacancy, seen_version=form.seen_version(), now=clock.now())
    flash("Taken back. It is a draft again: change it, then send it for approval.")
    return redirect(url_for(".show_vacancy", reference=vacancy.reference))


@blueprint.post("/vacancies/<reference>/comments")
def add_comment(reference: str) -> ResponseReturnValue:
    """Write to HR about a vacancy."""
    vacancy = queries.vacancy_of(g.actor, reference)
    form = CommentForm()
    if not form.validate():
        return vacancy_page(vacancy, form)
    try:
        with transaction():
            approval.add_comment(g.actor, vacancy, form.text.data or "", now=clock.now())
    except (Conflict, Incomplete) as refusal:
        return _refused_comment(reference, form.text.data or "", refusal)
    flash("Comment added")
    return redirect(url_for(".show_vacancy", reference=vacancy.reference))


@blueprint.get("/vacancies/<reference>/preview")
def preview_vacancy(reference: str) -> ResponseReturnValue:
    """The page that the public would read on the day it opens; what has opened is shown by the public page itself."""
    vacancy = queries.vacancy_of(g.actor, reference)
    now = clock.now()
    if vacancy.is_public(now):
        return redirect(f"/jobs/{vacancy.slug}")
    try:
        shown = preview_of(
            vacancy, lambda key: url_for(".open_document", reference=vacancy.reference, key=key), now=now
        )
    except Incomplete as refusal:
        flash(f"There is no preview yet. {refusal}", "notice")
        end = ".edit_vacancy" if vacancy.status in WRITABLE else ".show_vacancy"
        return redirect(url_for(end, reference=vacancy.reference))
    return render_template("recruiter/preview_vacancy.html", **shown)


def _refused_comment(reference: str, typed: str, refusal: Conflict | Incomplete) -> ResponseReturnValue:
    """Return where the vacancy stands now, why it went no further, and what was typed, so that it can be copied."""
    if not typed:
        raise refusal
    form = CommentForm(formdata=None, data={"text": typed})
    form.form_errors.append(str(refusal))
    return vacancy_page(queries.vacancy_of(g.actor, reference), form, status=409)


def _check_page(vacancy: Vacancy, form: SendForm) -> ResponseReturnValue:
    now = clock.now()
    pay = pay_to_publish(vacancy, now)
    missing = _shown(vacancy, [*left_typed(vacancy), *missing_to_send(vacancy, now=now)])
    if pay.fault:
        missing.append({"text": pay.fault, "href": address_of(Part.PAY, vacancy, back=CHECK, anchor="pay_table_id")})
    try:
        welcome_to_publish(vacancy, now=now)
    except Incomplete as refusal:
        anchor = "has_welcome_payment"
        missing.append({"text": str(refusal), "href": address_of(Part.PAY, vacancy, back=CHECK, anchor=anchor)})
    return render_template(
        "recruiter/send_vacancy.html",
        vacancy=vacancy,
        form=form,
        pay=pay,
        missing=missing,
        doubts=_shown(vacancy, worth_a_look(vacancy, now=now)),
        parts=parts_read(vacancy, pay, now),
        documents=[in_words(document) for document in vacancy.documents],
        documents_href=url_for(".list_documents", reference=vacancy.reference, back=CHECK),
    )


def _shown(vacancy: Vacancy, findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"text": found.message, "href": _mends(vacancy, found.field)} for found in findings]


def _mends(vacancy: Vacancy, field: str) -> str:
    """Return where the part is that mends what a finding names, from where the writer comes back here."""
    if field == "additions":
        return url_for(".list_payments", reference=vacancy.reference)
    anchor = None if field == "criteria" or field.startswith("part-") else anchor_of(field)
    return address_of(part_of(field), vacancy, back=CHECK, anchor=anchor)
