"""Asking for a change of what a published vacancy promises."""

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import vacancy_posts
from recruit.core import clock
from recruit.core.calendar import closing_moment, london_day, shown_closing
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.pay import queries as pay
from recruit.rules.lifecycle import RevisionStatus
from recruit.vacancies import authoring_queries as queries
from recruit.vacancies import revised_post, revisions
from recruit.vacancies.before_and_after import differences
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.revised_terms import Post, terms_now
from recruit.vacancies.writing_models import VacancyRevision
from recruit.web.forms import VersionedForm
from recruit.web.recruiter.blueprint import blueprint
from recruit.web.recruiter.forms import ChangeForm, ChangePostsForm, SendChangeForm
from recruit.web.recruiter.hours_fields import HoursForm
from recruit.web.recruiter.offering import grade_choices, table_choices
from recruit.web.recruiter.parts import show_findings


@blueprint.post("/vacancies/<reference>/change/start")
def start_change(reference: str) -> ResponseReturnValue:
    """Begin a change, or go on with the one that is there."""
    vacancy = queries.vacancy_of(g.actor, reference)
    with transaction():
        revisions.start_revision(g.actor, vacancy, now=clock.now())
    return redirect(url_for(".show_change", reference=reference))


@blueprint.route("/vacancies/<reference>/change", methods=["GET", "POST"])
def show_change(reference: str) -> ResponseReturnValue:
    """What would change, and sending it for approval."""
    vacancy, revision = _found(reference)
    form, status = SendChangeForm(data={"version": str(revision.version)}), 200
    if form.validate_on_submit():
        try:
            with transaction():
                reason, seen = form.reason.data or "", form.seen_version()
                revisions.send_revision(g.actor, revision, reason, seen_version=seen, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(_found(reference)[1].version)
        else:
            flash("Change sent for approval. The vacancy stays as it is until somebody in HR has approved it.")
            return redirect(url_for(".show_vacancy", reference=reference))
    page = render_template(
        "recruiter/show_change.html",
        vacancy=vacancy,
        revision=revision,
        form=form,
        is_draft=revision.status is RevisionStatus.DRAFT,
        changes=differences(revision),
        has_closed=vacancy.has_closed(clock.now()),
        is_overtaken=revisions.is_overtaken(revision),
    )
    return page, status


@blueprint.route("/vacancies/<reference>/change/terms", methods=["GET", "POST"])
def change_terms(reference: str) -> ResponseReturnValue:
    """Pay, the welcome payment and the closing date of the change."""
    vacancy, revision = _found(reference)
    form, status = ChangeForm(data=_shown(revision)), 200
    form.grade_id.choices = grade_choices()
    form.pay_table_id.choices = table_choices("Select a pay table")
    if form.validate_on_submit():
        try:
            with transaction():
                _keep(revision, form)
        except NotReady as refusal:
            show_findings(form, refusal)
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(_found(reference)[1].version)
        else:
            return redirect(url_for(".show_change", reference=reference))
    return render_template("recruiter/change_terms.html", vacancy=vacancy, form=form), status


@blueprint.route("/vacancies/<reference>/change/post", methods=["GET", "POST"])
def change_post(reference: str) -> ResponseReturnValue:
    """Hours and contract of the change."""
    vacancy, revision = _found(reference)
    post = Post.read({**terms_now(vacancy), **revision.after})
    form, status = HoursForm(data={"version": str(revision.version), **asdict(post)}), 200
    if form.validate_on_submit():
        try:
            with transaction():
                changed = replace(post, **form.hours())
                revised_post.change_post(g.actor, revision, changed, seen_version=form.seen_version())
        except (Conflict, Incomplete) as refusal:
            status = 409 if isinstance(refusal, Conflict) else 200
            form.form_errors.append(str(refusal))
            form.version.data = str(_found(reference)[1].version)
        else:
            return redirect(url_for(".show_change", reference=reference))
    return render_template("recruiter/change_post.html", vacancy=vacancy, form=form), status


@blueprint.route("/vacancies/<reference>/change/posts", methods=["GET", "POST"])
def change_posts(reference: str) -> ResponseReturnValue:
    """How many posts there are after the change."""
    vacancy, revision = _found(reference)
    posts = Post.read({**terms_now(vacancy), **revision.after}).posts
    form, status = ChangePostsForm(data={"version": str(revision.version), "posts": posts}), 200
    if form.validate_on_submit():
        try:
            with transaction():
                vacancy_posts.change_posts(g.actor, revision, form.posts.data, seen_version=form.seen_version())
        except Incomplete as refusal:
            form.posts.errors = [str(refusal)]
        except Conflict as refusal:
            status = 409
            form.form_errors.append(str(refusal))
            form.version.data = str(_found(reference)[1].version)
        else:
            return redirect(url_for(".show_change", reference=reference))
    return render_template("recruiter/change_posts.html", vacancy=vacancy, form=form), status


@blueprint.post("/vacancies/<reference>/change/drop")
def drop_change(reference: str) -> ResponseReturnValue:
    """Ask for the change no more."""
    _, revision = _found(reference)
    form = VersionedForm()
    with transaction():
        revisions.drop_revision(g.actor, revision, seen_version=form.seen_version(), now=clock.now())
    flash("The change is dropped. The vacancy stays as it is.")
    return redirect(url_for(".show_vacancy", reference=reference))


def _found(reference: str) -> tuple[Vacancy, VacancyRevision]:
    vacancy = queries.vacancy_of(g.actor, reference)
    revision = revisions.open_revision(vacancy)
    if revision is None:
        raise Conflict("No change of this vacancy is being written. Begin one from its page.")
    return vacancy, revision


def _shown(revision: VacancyRevision) -> dict[str, Any]:
    after, before = revision.after, revision.before
    welcome = "keep" if after["welcome_id"] == before["welcome_id"] else "current" if after["welcome_id"] else "none"
    return {
        "version": str(revision.version),
        "grade_id": str(after["grade_id"]),
        "pay_table_id": str(after["pay_table_id"]),
        "welcome": welcome,
        "closes_on": london_day(shown_closing(datetime.fromisoformat(after["closes_at"]))),
    }


def _keep(revision: VacancyRevision, form: ChangeForm) -> None:
    grade, table = pay.find_grade(form.grade_id.kept), pay.find_pay_table(form.pay_table_id.kept)
    if grade is None or table is None or form.closes_on.data is None:
        raise Incomplete("Select a grade and a pay table")
    was = datetime.fromisoformat(revision.before["closes_at"])
    is_same = form.closes_on.data == london_day(shown_closing(was))
    revisions.change_terms(
        g.actor,
        revision,
        grade=grade,
        table=table,
        welcome=form.welcome.kept,
        closes_at=was if is_same else closing_moment(form.closes_on.data),
        seen_version=form.seen_version(),
        now=clock.now(),
    )
