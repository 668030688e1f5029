"""Where a page of the form stands: which application, and where to go from it."""

from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications import queries
from recruit.applications.completeness import Problem
from recruit.applications.models import Application, Section
from recruit.applications.progress import last_saved
from recruit.applications.saving import is_editable
from recruit.core import clock
from recruit.web.candidate.section_form import Outcome

ENDPOINTS = {
    Section.CONTACT: "candidate.edit_contact_details",
    Section.ELIGIBILITY: "candidate.edit_eligibility",
    Section.REGISTRATION: "candidate.edit_registration",
    Section.QUALIFICATIONS: "candidate.list_qualifications",
    Section.HISTORY: "candidate.list_history",
    Section.EVIDENCE: "candidate.list_evidence",
    Section.REFEREES: "candidate.list_referees",
    Section.SUPPORT: "candidate.edit_interview_support",
    Section.RELATIONSHIPS: "candidate.edit_relationships",
    Section.DECLARATION: "candidate.edit_declaration",
}
CHECK = "check"


def own_draft(reference: str) -> Application:
    """Return the candidate's own draft; lead a reader of one that can no longer be changed to its page."""
    application = queries.own_application(g.actor, reference)
    if request.method == "GET" and not is_editable(application, clock.now()):
        abort(redirect(url_for("candidate.show_application", reference=reference)))
    return application


def onward(application: Application, *, is_finished: bool = True) -> str:
    """Return where a saved section leads: back to checking the answers, if they came from there; else the task list."""
    if request.args.get("from") == CHECK and is_finished:
        return url_for("candidate.check_application", reference=application.reference)
    return url_for("candidate.show_application", reference=application.reference)


def link(endpoint: str, application: Application, **values: Any) -> str:
    """Return an address within the application that remembers where they came from."""
    came_from: dict[str, Any] = {"from": CHECK} if request.args.get("from") == CHECK else {}
    return url_for(endpoint, reference=application.reference, **came_from, **values)


ENTRY_ENDPOINTS = {
    Section.EVIDENCE: ("candidate.edit_evidence", "criterion_id"),
    Section.HISTORY: ("candidate.edit_history_entry", "entry_id"),
    Section.REFEREES: ("candidate.edit_referee", "entry_id"),
}


def mending_link(problem: Problem, application: Application) -> str:
    """Return where a problem of a list is mended: its entry's page, the gap, or where entries are added."""
    if problem.place is not None and problem.section in ENTRY_ENDPOINTS:
        endpoint, name = ENTRY_ENDPOINTS[problem.section]
        return link(endpoint, application, **{name: problem.place})
    return f"#{problem.field or 'add-entry'}"


LINKS = {"link": link, "mending_link": mending_link}


def section_page(template: str, outcome: Outcome, application: Application, **values: Any) -> ResponseReturnValue:
    """Return a page of the form, with where it leads back to unless `back_href` is given."""
    values.setdefault("back_href", onward(application))
    if outcome.elsewhere is not None:
        values["saved"] = last_saved(application, now=clock.now())
    page = render_template(template, application=application, outcome=outcome, **LINKS, **values)
    return page, outcome.status
