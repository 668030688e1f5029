"""Saying no to an application, with the criterion that decided it and the feedback that its candidate is sent."""

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.interviews.outcomes import refuse_leaving
from recruit.notifications.delivery import render
from recruit.panels.deciding import ScoresMissing, decide, lacks_scores
from recruit.review import messages, service
from recruit.review.history import what_happened_last
from recruit.review.reading import Sent, reading_of_sent
from recruit.rules.lifecycle import OUTCOMES, STAFF_WORDS, ApplicationStatus
from recruit.rules.notifications import Notification
from recruit.rules.openings import Part
from recruit.vacancies.models import Assessment, Criterion
from recruit.web.openings import note_opening
from recruit.web.review.application_forms import outcomes_of
from recruit.web.review.applications import address_of, find, go_on, place_of, scores_first
from recruit.web.review.asking import carried
from recruit.web.review.blueprint import blueprint
from recruit.web.review.decisions import say_decided
from recruit.web.review.forms import NotAppointedForm, UnsuccessfulForm
from recruit.web.row_values import whole_number
from recruit.web.sender import sender


@blueprint.route("/applications/<reference>/unsuccessful", methods=["GET", "POST"])
def decline_application(reference: str) -> ResponseReturnValue:
    """Ask for the criterion and the feedback, show the message, then mark as unsuccessful and go on to the next."""
    application = find(reference)
    is_later = _no_to(application) == ApplicationStatus.NOT_APPOINTED
    form, place = NotAppointedForm() if is_later else UnsuccessfulForm(), place_of(application)
    form.offer(service.criteria_to_decide(application))
    if request.method == "GET":
        form.version.data = str(application.version)
        return _decline_page(application, form)
    if clash := _happened_since(application, form):
        form.form_errors.append(f"{clash} Nothing of yours was saved.")
        return _decline_page(application, form, 409)
    if not form.validate():
        return _decline_page(application, form)
    if "change" in request.form or "send" not in request.form:
        return _decline_page(application, form, is_checked="change" not in request.form)
    try:
        with transaction():
            decide(
                g.actor,
                application,
                _no_to(application),
                needs_scores=scores_first(),
                without_scores=form.without_scores.data or "",
                seen_version=whole_number(form.version.data),
                reason=form.reason.data or "",
                criterion_id=whole_number(form.criterion.data),
                now=clock.now(),
            )
    except ScoresMissing as refusal:
        form.without_scores.errors = [str(refusal)]
        return _decline_page(find(reference), form, 409)
    except (Conflict, Incomplete) as refusal:
        form.form_errors.append(str(refusal))
        return _decline_page(find(reference), form, 409 if isinstance(refusal, Conflict) else 200)
    say_decided(application, f"marked as {STAFF_WORDS[application.status].lower()}")
    return go_on(place)


def _happened_since(application: Application, form: UnsuccessfulForm) -> str:
    """Return what somebody did since the page was made: what a no is called may be another thing by now."""
    if application.version == whole_number(form.version.data):
        return ""
    return what_happened_last(g.actor, application)


def _decline_page(
    application: Application, form: UnsuccessfulForm, status: int = 200, *, is_checked: bool = False
) -> ResponseReturnValue:
    problem = _why_not_now(application)
    preview = _preview(application, form) if is_checked and not problem else None
    is_asked = not (preview or problem)
    if is_asked:
        note_opening(Part.APPLICATION, application.id)  # what the candidate wrote stands beside the question
    page = render_template(
        "review/decline_application.html",
        application=application,
        form=form,
        preview=preview,
        hints={str(line.id): _place_of(line) for line in service.criteria_to_decide(application)},
        answers=reading_of_sent(Sent.of(application)).answers if is_asked else (),
        is_later=_no_to(application) == ApplicationStatus.NOT_APPOINTED,
        lacks_scores=lacks_scores(application, needs_scores=scores_first()),
        problem=problem,
        is_gone=status == 409 and bool(_happened_since(application, form)),
        verb=_VERBS[_no_to(application)],
        back_href=address_of(application.reference),
        carry=carried(),
    )
    return page, status


def _place_of(line: Criterion) -> str:
    """Return whether a criterion is essential, and where it is judged if that is not in the application."""
    return f"{line.kind.value.capitalize()}{_JUDGED[line.assessed_at]}"


_JUDGED = {
    Assessment.APPLICATION: "",
    Assessment.INTERVIEW: ", judged at the interview",
    Assessment.CHECK: ", checked before the start",
}


def _why_not_now(application: Application) -> str:
    """Return why nothing can be said no to, as the application stands; "" where it can."""
    if application.told_status is not None:
        return service.UNTOLD
    if application.status != ApplicationStatus.SUBMITTED and not outcomes_of(application):
        return f"This application is not waiting for a decision: {STAFF_WORDS[application.status].lower()}."
    try:
        refuse_leaving(application, _no_to(application), now=clock.now())
    except Conflict as refusal:
        return str(refusal)
    return ""


def _preview(application: Application, form: UnsuccessfulForm) -> tuple[str, str]:
    """Return the subject and the text of the message as the candidate would read it."""
    criterion = next(line.text for line in application.vacancy.criteria if str(line.id) == form.criterion.data)
    now, kind = clock.now(), _MESSAGES[_no_to(application)]
    message = messages.preview(kind, application, criterion, form.reason.data or "", today=london_day(now))
    mail = render(message, sender(), at=now)
    return mail["Subject"], mail.get_content()


def _no_to(application: Application) -> ApplicationStatus:
    """Return what a no to this application is called: after interviews it is another decision."""
    is_later = application.status in (ApplicationStatus.SHORTLISTED, *OUTCOMES)
    return ApplicationStatus.NOT_APPOINTED if is_later else ApplicationStatus.NOT_SHORTLISTED


_VERBS = {
    ApplicationStatus.NOT_SHORTLISTED: "Mark as unsuccessful",
    ApplicationStatus.NOT_APPOINTED: "Mark as not appointed",
}
_MESSAGES = {
    ApplicationStatus.NOT_SHORTLISTED: Notification.APPLICATION_NOT_SHORTLISTED,
    ApplicationStatus.NOT_APPOINTED: Notification.APPLICATION_NOT_APPOINTED,
}
