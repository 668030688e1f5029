"""Where a page of the details before a start stands: whose, and where to go from it."""

from types import SimpleNamespace
from typing import Any

from flask import abort, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.words import saved_ago
from recruit.appointments.employment_answers import Known
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_queries import Saved, known_of, own_details, saved_part
from recruit.appointments.employment_service import is_conditional_offer
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.rules.employment import PART_WORDS, Part
from recruit.web.candidate.places import CHECK
from recruit.web.candidate.section_form import Outcome

BASE = "/applications/<reference>/before-you-start"
ENDPOINTS = {
    Part.IDENTITY: "candidate.edit_identity",
    Part.ADDRESSES: "candidate.list_addresses",
    Part.DBS: "candidate.edit_dbs_certificate",
    Part.RIGHT_TO_WORK: "candidate.edit_right_to_work",
    Part.ABROAD: "candidate.list_stays",
    Part.HEALTH: "candidate.edit_occupational_health",
    Part.BANK: "candidate.edit_bank_details",
}


def own_open_details(reference: str) -> EmploymentDetails:
    """Return what somebody is asked; lead a reader of what can no longer be changed to its page."""
    details = own_details(g.actor, reference)
    if request.method == "GET" and not (details.is_open and is_conditional_offer(details.application)):
        abort(redirect(url_for("candidate.show_details", reference=reference)))
    return details


def overseas_months() -> int:
    """Return from how many months outside the UK records are asked for there: a setting."""
    return int(current_app.config["OVERSEAS_MONTHS"])


def known_in(details: EmploymentDetails) -> Known:
    """Return what the application says already."""
    return known_of(details.application_id, london_day(clock.now()), overseas_months=overseas_months())


def part_of(details: EmploymentDetails, part: Part, known: Known) -> Saved:
    """Return one part as it stands."""
    return saved_part(details.application_id, part, known)


def as_row(saved: Saved) -> Any:
    """Return answers as the form's fields are named, with the mark that tells one saving from another."""
    return SimpleNamespace(**{**saved.answers, "mark": saved.mark})


def onward(details: EmploymentDetails, *, is_finished: bool = True) -> str:
    """Return where a saved part leads: back to checking, if they came from there; else the list of parts."""
    is_checking = request.args.get("from") == CHECK and is_finished
    endpoint = "candidate.check_details" if is_checking else "candidate.show_details"
    return url_for(endpoint, reference=details.application.reference)


def link(endpoint: str, details: EmploymentDetails, **values: Any) -> str:
    """Return an address within the details that remembers where they came from."""
    came_from: dict[str, Any] = {"from": CHECK} if request.args.get("from") == CHECK else {}
    return url_for(endpoint, reference=details.application.reference, **came_from, **values)


def part_page(
    template: str, outcome: Outcome, details: EmploymentDetails, part: Part, saved: Saved, **values: Any
) -> ResponseReturnValue:
    """Return a page of one part."""
    values.setdefault("back_href", onward(details))
    page = render_template(
        template,
        application=details.application,
        details=details,
        words=PART_WORDS[part],
        outcome=outcome,
        saved=saved_ago(saved.saved_at, clock.now()) if saved.saved_at else "",
        link=link,
        **values,
    )
    return page, outcome.status
