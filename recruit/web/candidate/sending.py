"""Checking the answers, sending them once, and having them to read afterwards."""

from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField

from recruit.applications import queries, submitting
from recruit.applications.answer_rows import application_to_read
from recruit.applications.answers import Answers
from recruit.applications.completeness import SECTION_TITLES, all_problems
from recruit.applications.confirming import unchecked_sections
from recruit.applications.equality import stage_to_ask
from recruit.applications.models import Application, Section
from recruit.applications.progress import draft_of
from recruit.applications.reading import chapters_of
from recruit.applications.saving import closed_words, is_editable
from recruit.applications.snapshot import snapshot_of
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction_of_rows
from recruit.interviews.standing import standing_of
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.places import CHECK, ENDPOINTS
from recruit.web.forms import Form

ONE_FORM = (
    Section.CONTACT,
    Section.ELIGIBILITY,
    Section.REGISTRATION,
    Section.SUPPORT,
    Section.RELATIONSHIPS,
    Section.DECLARATION,
)


class SendForm(Form):
    """What was read, so that nothing else is sent."""

    seen = HiddenField()


@blueprint.route("/applications/<reference>/check", methods=["GET", "POST"])
def check_application(reference: str) -> ResponseReturnValue:
    if request.method == "POST":  # its token was checked before it came here
        try:
            application = application_to_read(g.actor, reference)
            seen = request.form.get("seen", "")
            checked = submitting.check_application(g.actor, application, seen_mark=seen, now=clock.now())
            with transaction_of_rows():
                submitting.submit_application(g.actor, checked, now=clock.now())
        except Incomplete:
            flash("This application is not ready to be sent. What is left to do is below.", "notice")
        except Conflict as refusal:
            return _refused(reference, refusal)
        else:
            return redirect(url_for(".show_confirmation", reference=reference))
    return _answers_to_check(queries.own_application(g.actor, reference))


def _answers_to_check(application: Application) -> ResponseReturnValue:
    if application.status != ApplicationStatus.DRAFT:
        return redirect(url_for(".show_confirmation", reference=application.reference))
    answers = queries.answers_of(application)
    now, form = clock.now(), SendForm()
    form.seen.data = submitting.mark_of(application)
    return render_template(
        "candidate/check_application.html",
        form=form,
        application=application,
        chapters=chapters_of(snapshot_of(answers)),
        change=_change_links(answers),
        problems=all_problems(answers, london_day(now)),
        unchecked=[SECTION_TITLES[section] for section in unchecked_sections(answers)],
        closed="" if is_editable(application, now) else closed_words(application),
        endpoints=ENDPOINTS,
        back_href=url_for(".show_application", reference=application.reference),
    )


def _refused(reference: str, refusal: Conflict) -> ResponseReturnValue:
    """Answer whoever could not send.

    It was sent before, which is what they wanted; or it has changed since it was checked, and they check it as it is
    now; or the vacancy has closed.
    """
    application = queries.own_application(g.actor, reference)
    if application.status != ApplicationStatus.DRAFT:
        return redirect(url_for(".show_confirmation", reference=reference))
    if is_editable(application, clock.now()):
        flash(f"This application has not been sent. {refusal}", "notice")
        return make_response(_answers_to_check(application), 409)
    page = render_template(
        "candidate/show_application.html",
        application=application,
        vacancy=application.vacancy,
        draft=draft_of(application, now=clock.now()),
        standing=None,
        endpoints=ENDPOINTS,
    )
    return page, 409


def _change_links(answers: Answers) -> dict[tuple[Section, int], str]:
    """Return where each part of the document is changed, by section and the part's key."""
    reference = answers.application.reference

    def to(endpoint: str, **values: Any) -> str:
        values["from"] = CHECK
        return url_for(endpoint, reference=reference, **values)

    links = {(section, 0): to(ENDPOINTS[section]) for section in ONE_FORM}
    links[Section.HISTORY, -1] = to("candidate.edit_history_start")
    for place, qualification in enumerate(answers.qualifications):
        links[Section.QUALIFICATIONS, place] = to("candidate.edit_qualification", entry_id=qualification.id)
    for place, entry in enumerate(answers.history):
        links[Section.HISTORY, place] = to("candidate.edit_history_entry", entry_id=entry.id)
    for place, referee in enumerate(answers.referees):
        links[Section.REFEREES, place] = to("candidate.edit_referee", entry_id=referee.id)
    for criterion in answers.criteria:
        links[Section.EVIDENCE, criterion.id] = to("candidate.edit_evidence", criterion_id=criterion.id)
    return links


@blueprint.route("/applications/<reference>/confirmation")
def show_confirmation(reference: str) -> ResponseReturnValue:
    application = queries.own_application(g.actor, reference)
    if application.status == ApplicationStatus.DRAFT:
        return redirect(url_for(".show_application", reference=reference))
    return render_template(
        "candidate/show_confirmation.html",
        application=application,
        vacancy=application.vacancy,
        standing=standing_of(application, now=clock.now()),
        asks_equality=stage_to_ask(application) is not None,
    )
