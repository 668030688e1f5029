"""A candidate's applications: the list, and each one's own page."""

from datetime import datetime
from typing import Any

from flask import g, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import equality, progress, queries
from recruit.applications.models import Application
from recruit.conversation.queries import number_unread
from recruit.core import clock
from recruit.core.calendar import london_day, long_date, short_date
from recruit.document_requests.models import DocumentRequest
from recruit.document_requests.queries import requests_of
from recruit.documents.models import DocumentState
from recruit.interviews.standing import own_overview, standing_of
from recruit.rules.document_requests import CANDIDATE_WORDS, RequestStatus
from recruit.rules.lifecycle import OVER, ApplicationStatus
from recruit.rules.self_disclosure import ASKABLE, UNSENT
from recruit.self_disclosures.standing import disclosure_of, first_interviews, is_open_to, needed_by, to_send
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.details import asks_details, details_task
from recruit.web.candidate.places import ENDPOINTS


@blueprint.route("/applications")
def list_applications() -> ResponseReturnValue:
    now = clock.now()
    drafts, sent = own_overview(g.actor, now=now)
    return render_template(
        "candidate/list_applications.html",
        drafts=drafts,
        sent=sent,
        sections=len(ENDPOINTS),
        unread=number_unread(g.actor),
        asked=asks_details(line.application for line in sent),
        disclosures=to_send([line.application for line in sent]),
    )


@blueprint.route("/applications/<reference>")
def show_application(reference: str) -> ResponseReturnValue:
    now = clock.now()
    application = queries.own_application(g.actor, reference)
    is_draft = application.status == ApplicationStatus.DRAFT
    return render_template(
        "candidate/show_application.html",
        application=application,
        vacancy=application.vacancy,
        draft=progress.draft_of(application, now=now) if is_draft else None,
        standing=None if is_draft else standing_of(application, now=now),
        endpoints=ENDPOINTS,
        unread=0 if is_draft else number_unread(g.actor).get(application.id, 0),
        equality_stage=equality.stage_to_ask(application),
        documents=[] if is_draft else _documents(application),
        before_start=None if is_draft else details_task(application),
        disclosure=_disclosure(application, now),
    )


def _documents(application: Application) -> list[dict[str, Any]]:
    """Return what HR asked for, as the task list wants it; what is not needed any more is left out."""
    is_over = application.status_for_candidate() in OVER
    return [
        {
            "text": one.name,
            "href": url_for(".send_document", reference=application.reference, number=one.number),
            "status": "Send it again" if _is_refused(one) else CANDIDATE_WORDS[one.status],
            "hint": f"By {long_date(one.due_on)}" if one.status is RequestStatus.ASKED else "",
            "kind": "bad" if _is_refused(one) else "wait" if one.status is RequestStatus.ASKED else "",
        }
        for one in requests_of(application.id)
        if one.status is not RequestStatus.CANCELLED and (one.document is not None or not is_over)
    ]


def _disclosure(application: Application, now: datetime) -> dict[str, Any] | None:
    """Return the self-disclosure as the task list wants it; None where there is none."""
    if application.status_for_candidate() not in (*ASKABLE, *OVER):
        return None
    found = disclosure_of(application.id)
    task = {
        "text": "Your self-disclosure",
        "href": url_for(".show_self_disclosure", reference=application.reference),
    }
    if found is not None and found.status not in UNSENT and found.sent_at:
        return task | {"status": f"Sent on {short_date(found.sent_at)}", "kind": ""}
    if not is_open_to(application, found):
        return None
    interview_at = first_interviews([application.id]).get(application.id)
    by = needed_by(found.asked_at if found else now, interview_at)
    return task | {
        "hint": f"By {long_date(by)}" if by >= london_day(now) else f"It was needed by {long_date(by)}",
        "status": "To do",
        "kind": "wait",
    }


def _is_refused(request: DocumentRequest) -> bool:
    """Say whether a virus was found in what was sent."""
    return request.document is not None and request.document.state is DocumentState.REFUSED
