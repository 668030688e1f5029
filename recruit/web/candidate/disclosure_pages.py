"""What the pages of a self-disclosure share: whose it is, by when it is needed, and how answers are shown."""

from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import queries
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import london_day, long_date
from recruit.rules import limits
from recruit.self_disclosures.disclosing import Own, own_disclosure
from recruit.self_disclosures.standing import first_interviews, needed_by
from recruit.web.candidate.section_form import Outcome

PATH = "/applications/<reference>/self-disclosure"
LONG = limits.DISCLOSURE_CHARACTERS


def to_write(reference: str) -> tuple[Application, Own]:
    """Return the candidate's application and answers; lead a reader of what was sent to its page."""
    application = queries.own_application(g.actor, reference)
    own = own_disclosure(application)
    if own.is_sent and request.method == "GET":  # a form is refused, with what was typed
        abort(redirect(url_for(".show_self_disclosure", reference=reference)))
    return application, own


def frame_of(application: Application, own: Own) -> dict[str, Any]:
    """Return what each page says of it."""
    interview_at = first_interviews([application.id]).get(application.id)
    asked_at = own.disclosure.asked_at if own.disclosure else clock.now()
    by, now = needed_by(asked_at, interview_at), clock.now()
    return {
        "application": application,
        "own": own,
        "interview": long_date(interview_at) if interview_at and interview_at > now else "",
        "by": long_date(by),
        "is_late": by < london_day(now),
    }


def disclosure_page(
    template: str, outcome: Outcome, application: Application, own: Own, **values: Any
) -> ResponseReturnValue:
    """Return one of the pages before it is sent."""
    values.setdefault("back_href", url_for(".show_self_disclosure", reference=application.reference))
    frame = frame_of(application, own)
    page = render_template(template, outcome=outcome, saved="a moment ago", **frame, **values)
    return page, outcome.status
