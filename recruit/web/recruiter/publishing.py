"""From a draft to the public and back: preview, check and publish, cancel."""

from collections.abc import Iterable

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import closing_words, long_moment
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import service
from recruit.vacancies.models import Vacancy
from recruit.vacancies.preview import as_if_open
from recruit.vacancies.readiness import Finding, missing_to_publish, opening_moment, worth_a_look
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.forms import CancelForm, VersionedForm
from recruit.web.recruiter.pay_shown import PayShown, pay_for
from recruit.web.vacancy_page import VacancyPage
from recruit.web.vacancy_words import VacancyWords

ANCHORS = {
    "criteria": "essential-0",
    "opens_at": "opens_on-day",
    "closes_at": "closes_on-day",
    "promise_as_of": "promise_as_of-day",
    "interview_on": "interview_on-day",
}
"""Where the form mends what a finding names, when the control is called otherwise."""


@blueprint.route("/vacancies/<reference>/publish", methods=["GET", "POST"])
def publish_vacancy(reference: str) -> ResponseReturnValue:
    """What is missing, what deserves a look, and the button."""
    vacancy = queries.vacancy_of(g.actor, reference)
    if vacancy.status is VacancyStatus.CANCELLED:
        raise Conflict("This vacancy has been cancelled, so it cannot be published. You can copy it to a new draft.")
    form = VersionedForm(data={"version": str(vacancy.version)})
    if vacancy.status is VacancyStatus.DRAFT and form.validate_on_submit():
        try:
            with transaction():
                service.publish_vacancy(g.actor, vacancy, seen_version=form.seen_version(), now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            vacancy = queries.vacancy_of(g.actor, reference)
            form.version.data = str(vacancy.version)
        else:
            flash(_published(vacancy))
            return redirect(url_for(".show_vacancy", reference=vacancy.reference))
    if vacancy.status is not VacancyStatus.DRAFT:
        raise Conflict(f"{vacancy.title} has been published already.")
    return _check_page(vacancy, form)


@blueprint.get("/vacancies/<reference>/preview")
def preview_vacancy(reference: str) -> ResponseReturnValue:
    """The page that the public would read on the day it opens; what has opened is shown by the public page itself."""
    vacancy = queries.vacancy_of(g.actor, reference)
    now = clock.now()
    if vacancy.is_public(now):
        return redirect(f"/jobs/{vacancy.slug}")
    try:
        page = VacancyPage(VacancyWords(as_if_open(vacancy, now=now)), now)
    except Incomplete as refusal:
        flash(f"There is no preview yet. {refusal}", "notice")
        return redirect(url_for(".edit_vacancy", reference=vacancy.reference))
    return render_template(
        "recruiter/preview_vacancy.html",
        reference=vacancy.reference,
        page=page,
        vacancy=page.vacancy,
        similar=[],
        now=now,
        heading=3,
    )


@blueprint.route("/vacancies/<reference>/cancel", methods=["GET", "POST"])
def cancel_vacancy(reference: str) -> ResponseReturnValue:
    """Take a vacancy from the public, or delete a draft."""
    vacancy = queries.vacancy_of(g.actor, reference)
    if vacancy.status is VacancyStatus.CANCELLED:
        raise Conflict("This vacancy has been cancelled already.")
    is_draft = vacancy.status is VacancyStatus.DRAFT
    form = CancelForm(data={"version": str(vacancy.version)})
    if is_draft:
        del form.reason
    if form.validate_on_submit():
        reason = form.reason.data or "" if "reason" in form else ""
        try:
            with transaction():
                service.cancel_vacancy(g.actor, vacancy, reason, seen_version=form.seen_version(), now=clock.now())
        except (Conflict, Incomplete) as refusal:
            form.form_errors.append(str(refusal))
            form.version.data = str(queries.vacancy_of(g.actor, reference).version)
        else:
            flash("Draft deleted" if is_draft else "Vacancy cancelled. Its page now says so.")
            return redirect(url_for(".list_vacancies"))
    return render_template("recruiter/cancel_vacancy.html", vacancy=vacancy, form=form, is_draft=is_draft)


def _check_page(vacancy: Vacancy, form: VersionedForm) -> ResponseReturnValue:
    now = clock.now()
    pay: PayShown | None = None
    if vacancy.pay_table is not None:
        pay = pay_for(vacancy.grade, vacancy.pay_table, vacancy.weekly_hours)
    missing = _shown(missing_to_publish(vacancy, now=now))
    if pay is not None and pay.fault:
        missing.append({"text": pay.fault, "anchor": "pay_table_id"})
    return render_template(
        "recruiter/publish_vacancy.html",
        vacancy=vacancy,
        form=form,
        pay=pay,
        missing=missing,
        doubts=_shown(worth_a_look(vacancy, now=now)),
        opens=long_moment(opening_moment(vacancy, now)) if vacancy.opens_at else "",
        closes=closing_words(vacancy.closes_at) if vacancy.closes_at else "",
    )


def _published(vacancy: Vacancy) -> str:
    if vacancy.is_public(clock.now()):
        return "Published. Candidates can apply now."
    return (
        f"Published. Candidates can apply from {long_moment(vacancy.opens_at)}." if vacancy.opens_at else "Published."
    )


def _shown(findings: Iterable[Finding]) -> list[dict[str, str]]:
    return [{"text": found.message, "anchor": ANCHORS.get(found.field, found.field)} for found in findings]
