"""A candidate's applications: the list, and each one's own page."""

from flask import g, render_template
from flask.typing import ResponseReturnValue

from recruit.applications import equality, progress, queries
from recruit.conversation.queries import number_unread
from recruit.core import clock
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.interview import has_interviews
from recruit.web.candidate.places import ENDPOINTS


@blueprint.route("/applications")
def list_applications() -> ResponseReturnValue:
    now = clock.now()
    drafts, sent = progress.own_overview(g.actor, now=now)
    return render_template(
        "candidate/list_applications.html",
        drafts=drafts,
        sent=sent,
        sections=len(ENDPOINTS),
        unread=number_unread(g.actor),
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
        standing=None if is_draft else progress.standing_of(application, now=now),
        endpoints=ENDPOINTS,
        unread=0 if is_draft else number_unread(g.actor).get(application.id, 0),
        has_interviews=has_interviews(application),
        equality_stage=equality.stage_to_ask(application),
    )
