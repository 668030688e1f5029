"""What somebody who is to be appointed is asked before they start: the parts, checking them, sending them once."""

from collections.abc import Iterable
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.applications.models import Application
from recruit.applications.words import saved_ago
from recruit.appointments import employment_service as service
from recruit.appointments.employment_completeness import problems_of, unfinished
from recruit.appointments.employment_models import EmploymentDetails
from recruit.appointments.employment_queries import Saved, asked_of, details_of, own_details, saved_parts
from recruit.appointments.employment_reading import AFTER_SENDING, BANK_NUMBERS, part_read
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules.employment import PART_WORDS, Part
from recruit.rules.lifecycle import ApplicationStatus
from recruit.web.candidate.area import blueprint
from recruit.web.candidate.details_places import BASE, ENDPOINTS, known_in, own_open_details
from recruit.web.candidate.places import CHECK
from recruit.web.forms import VersionedForm

SPOKEN_OF = (ApplicationStatus.APPOINTED, ApplicationStatus.WITHDRAWN, ApplicationStatus.VACANCY_CANCELLED)
"""What a candidate reads of an application whose page speaks of the details."""
TAGS = {"Completed": "", "In progress": "wait", "Not started": "info", "There is a problem": "bad"}


@blueprint.get(BASE)
def show_details(reference: str) -> ResponseReturnValue:
    """The parts while they are asked for; a copy afterwards."""
    details = own_details(g.actor, reference)
    parts = saved_parts(details.application_id, known_in(details))
    can_answer = details.is_open and service.is_conditional_offer(details.application)
    return render_template(
        "candidate/show_details.html",
        application=details.application,
        details=details,
        can_answer=can_answer,
        tasks=_tasks(details, parts) if can_answer else [],
        words=PART_WORDS,
        is_ready=not unfinished(service.state_of(parts), london_day(clock.now())),
        saved=_saved(parts),
        read=_read(parts, AFTER_SENDING) if details.is_sent else [],
        change={},
        back_href=url_for(".show_application", reference=reference),
    )


@blueprint.route(f"{BASE}/check", methods=["GET", "POST"])
def check_details(reference: str) -> ResponseReturnValue:
    """Read all of it, and send it."""
    details = own_open_details(reference)
    known, form, status = known_in(details), VersionedForm(), 200
    if details.is_sent:  # a second click: what they wanted is done
        return redirect(url_for(".show_details", reference=reference))
    if form.validate_on_submit():
        try:
            with transaction():
                seen = form.seen_version()
                service.send_details(g.actor, details, known, seen_version=seen, now=clock.now())
        except (Conflict, Incomplete) as refusal:
            flash(str(refusal), "notice")
            details, status = own_details(g.actor, reference), 409 if isinstance(refusal, Conflict) else 200
            if not details.is_open:
                return redirect(url_for(".show_details", reference=reference))
        else:
            flash("We have your details. Thank you.")
            return redirect(url_for(".show_details", reference=reference))
    form.version.data = str(details.version)
    parts = saved_parts(details.application_id, known)
    page = render_template(
        "candidate/check_details.html",
        application=details.application,
        details=details,
        form=form,
        read=_read(parts, BANK_NUMBERS),
        change={part: _address(part, details, **{"from": CHECK}) for part in Part},
        problems=[
            {"text": message, "href": _address(part, details)}
            for part, message in unfinished(service.state_of(parts), london_day(clock.now()))
        ],
        back_href=url_for(".show_details", reference=reference),
    )
    return page, status


def asks_details(applications: Iterable[Application]) -> dict[int, EmploymentDetails]:
    """Return what somebody is to answer now, by application: one query at most, none where nobody is appointed."""
    ids = [one.id for one in applications if service.is_conditional_offer(one)]
    return {key: one for key, one in asked_of(ids).items() if one.is_open}


def details_task(application: Application) -> dict[str, Any] | None:
    """Return what the page of an application says of the details; None where nothing was asked."""
    details = details_of(application.id) if application.status_for_candidate() in SPOKEN_OF else None
    if details is None:
        return None
    return {
        "href": url_for("candidate.show_details", reference=application.reference),
        "is_open": details.is_open and service.is_conditional_offer(application),
        "due_on": details.due_on,
        "again": details.again,
        "is_sent": details.is_sent,
        "is_cleared": details.closed_at is not None and details.cleared_at is not None,
    }


def _tasks(details: EmploymentDetails, parts: dict[Part, Saved]) -> list[dict[str, str]]:
    today = london_day(clock.now())
    tasks = []
    for part, one in parts.items():
        faults = problems_of(part, one.answers, today) if one.is_complete else []
        status = (
            "There is a problem"
            if faults
            else "Completed"
            if one.is_complete
            else "In progress"
            if one.is_saved
            else "Not started"
        )
        tasks.append(
            {
                "text": PART_WORDS[part].title,
                "href": _address(part, details),
                "status": status,
                "kind": TAGS[status],
                "hint": faults[0].message if faults else "",
            }
        )
    return tasks


def _address(part: Part, details: EmploymentDetails, **values: Any) -> str:
    return url_for(ENDPOINTS[part], reference=details.application.reference, **values)


def _read(parts: dict[Part, Saved], hidden: frozenset[str]) -> list[Any]:
    return [part_read(part, one.answers, hidden=hidden) for part, one in parts.items()]


def _saved(parts: dict[Part, Saved]) -> str:
    moments = [one.saved_at for one in parts.values() if one.saved_at]
    return saved_ago(max(moments), clock.now()) if moments else ""
