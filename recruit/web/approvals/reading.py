"""What waits for approval, and one vacancy as whoever approves it reads it."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.core import clock
from recruit.core.calendar import closing_words, days_ago, long_date, long_moment, short_date, shown_closing
from recruit.core.errors import Incomplete
from recruit.core.money import pounds
from recruit.pay.additions import additions_of
from recruit.rules.access import Permission, can
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import approval_queries as queries
from recruit.vacancies.approval import IN_TALKS
from recruit.vacancies.authoring_queries import comments_of, events_of
from recruit.vacancies.documents import in_words
from recruit.vacancies.models import Vacancy
from recruit.vacancies.presentation import contract_words, hours_words
from recruit.vacancies.pricing import older_table, settlement, welcome_to_publish
from recruit.vacancies.readiness import missing_to_approve, opening_moment, worth_a_look_before_approval
from recruit.vacancies.revisions import revisions_to_approve
from recruit.web.approvals.blueprint import blueprint
from recruit.web.approvals.forms import ApproveForm, ChangesForm
from recruit.web.forms import Form
from recruit.web.vacancy_documents import vacancy_document
from recruit.web.vacancy_pay import PayShown, pay_to_publish
from recruit.web.vacancy_preview import preview_of
from recruit.web.vacancy_thread import CommentForm, comments_shown, in_short


@dataclass
class Forms:
    """The forms on a vacancy's page: fresh ones, but for the one that was refused."""

    approve: ApproveForm
    changes: ChangesForm
    comment: CommentForm


@blueprint.get("")
def list_vacancies() -> ResponseReturnValue:
    """What waits, the longest first."""
    now, waiting = clock.now(), queries.vacancies_to_approve()
    rows = [
        {
            "href": url_for(".show_vacancy", reference=vacancy.reference),
            "vacancy": vacancy,
            "sent": days_ago(vacancy.sent_at, now) if vacancy.sent_at else "",
            "closes": short_date(shown_closing(vacancy.closes_at)) if vacancy.closes_at else "",
            "is_own": not can(g.actor, Permission.VACANCY_APPROVE, vacancy),
        }
        for vacancy in waiting
    ]
    changes = [
        {"revision": one, "sent": days_ago(one.sent_at, now) if one.sent_at else ""} for one in revisions_to_approve()
    ]
    number = queries.number_to_approve()
    return render_template("approvals/list_vacancies.html", rows=rows, number=number, changes=changes)


@blueprint.get("/<reference>")
def show_vacancy(reference: str) -> ResponseReturnValue:
    """What candidates will read, what deserves a look, what was said, and the decision."""
    return vacancy_page(queries.vacancy_for_approval(reference))


@blueprint.get("/<reference>/preview")
def preview_vacancy(reference: str) -> ResponseReturnValue:
    """The page that the public would read on the day it opens."""
    vacancy, now = queries.vacancy_for_approval(reference), clock.now()
    if vacancy.published_at is not None:
        return redirect(url_for(".show_vacancy", reference=vacancy.reference))
    try:
        shown = preview_of(
            vacancy, lambda key: url_for(".open_document", reference=vacancy.reference, key=key), now=now
        )
    except Incomplete as refusal:
        flash(f"There is no preview. {refusal}", "notice")
        return redirect(url_for(".show_vacancy", reference=vacancy.reference))
    return render_template("approvals/preview_vacancy.html", **shown)


@blueprint.get("/<reference>/documents/<key>")
def open_document(reference: str, key: str) -> Response:
    """A file that candidates will be able to read."""
    return vacancy_document(queries.vacancy_for_approval(reference), key)


def vacancy_page(vacancy: Vacancy, status: int = 200, *, refused: Form | None = None) -> ResponseReturnValue:
    """Return the page of a vacancy that was sent for approval.

    Args:
        status: of the answer.
        refused: the form that was sent and not taken; it keeps what was typed.
    """
    now = clock.now()
    version = {"version": str(vacancy.version)}
    seen = {**version, "pay": pay_mark(vacancy)}
    forms = Forms(ApproveForm(formdata=None, data=seen), ChangesForm(formdata=None, data=version), CommentForm(None))
    for name, kind in (("approve", ApproveForm), ("changes", ChangesForm), ("comment", CommentForm)):
        if isinstance(refused, kind):
            setattr(forms, name, refused)
    waits = vacancy.status is VacancyStatus.AWAITING_APPROVAL
    missing = [finding.message for finding in missing_to_approve(vacancy, now=now)] if waits else []
    pay = pay_to_publish(vacancy, now)
    if waits and pay.fault:
        missing.append(pay.fault)
    return render_template(
        "approvals/show_vacancy.html",
        vacancy=vacancy,
        facts=_facts(vacancy, pay, now),
        standing=vacancy.status.value,
        waits=waits,
        may_approve=can(g.actor, Permission.VACANCY_APPROVE, vacancy),
        missing=missing,
        doubts=_doubts(vacancy, now) if waits else [],
        forms=forms,
        form=refused,
        in_talks=vacancy.status in IN_TALKS,
        comments=comments_shown(comments_of(vacancy)),
        events=in_short(events_of(vacancy)),
    ), status


def _doubts(vacancy: Vacancy, now: datetime) -> list[str]:
    doubts = [finding.message for finding in worth_a_look_before_approval(vacancy, now=now)]
    older = older_table(vacancy, now)
    return [*doubts, older] if older else doubts


def pay_mark(vacancy: Vacancy) -> str:
    """Return the mark of what approving a waiting vacancy now would settle; "" if it cannot be approved."""
    if vacancy.status is not VacancyStatus.AWAITING_APPROVAL:
        return ""
    try:
        return settlement(vacancy, now=clock.now()).mark
    except Incomplete:
        return ""


def _welcome(vacancy: Vacancy, now: datetime) -> str:
    """The welcome payment it keeps or, before publication, would get."""
    if vacancy.welcome_id is None:
        return "No"
    try:
        version = vacancy.welcome if vacancy.published_at else welcome_to_publish(vacancy, now=now)
    except Incomplete as refusal:
        return f"Yes, but: {refusal}"
    if version is None:
        return "No"
    return f"{pounds(version.amount_pence)}, {version.scheme.name}, terms number {version.number}"


def _facts(vacancy: Vacancy, pay: PayShown, now: datetime) -> list[dict[str, str]]:
    """Return what approval settles, as rows."""
    opens_at = vacancy.opens_at
    if opens_at is not None and vacancy.published_at is None:
        opens_at = opening_moment(vacancy, now)
    opens = long_moment(opens_at) if opens_at else "As soon as it is approved"
    beside = additions_of(vacancy.additions)
    rows = [
        ("Sent", f"{long_moment(vacancy.sent_at)}" if vacancy.sent_at else ""),
        ("Sent by", vacancy.sent_by.name if vacancy.sent_by else ""),
        ("Author", vacancy.author.name),
        ("Grade", vacancy.grade.title),
        ("Pay", pay.amount),
        ("How it is worked out", pay.basis),
        ("Hours", hours_words(vacancy)),
        *(
            (one.name, f"{one.amount}{f', {one.until}' if one.until else ''}. {one.conditions}".strip())
            for one in beside
        ),
        ("Contract", contract_words(vacancy.contract, vacancy.fixed_term_months)),
        ("Welcome payment", _welcome(vacancy, now)),
        ("Posts", str(vacancy.posts)),
        ("Opens", opens),
        ("Closes", closing_words(vacancy.closes_at) if vacancy.closes_at else ""),
        ("Interviews", long_date(vacancy.interview_on) if vacancy.interview_on else "To be agreed"),
        ("Documents", "; ".join(in_words(document) for document in vacancy.documents) or "None"),
    ]
    return [{"key": key, "value": value} for key, value in rows]
