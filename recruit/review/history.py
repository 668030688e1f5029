"""What happened to an application, in words for staff."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.queries import events_of
from recruit.core.calendar import long_moment
from recruit.review.models import Assignment
from recruit.rules.access import Actor
from recruit.rules.lifecycle import OUTCOMES, STAFF_WORDS, ApplicationStatus

_TITLES = {
    ApplicationStatus.SHORTLISTED: "Shortlisted",
    ApplicationStatus.NOT_SHORTLISTED: "Marked as unsuccessful",
    ApplicationStatus.APPOINTED: "To be appointed",
    ApplicationStatus.RESERVE: "Put on the reserve list",
    ApplicationStatus.NOT_APPOINTED: "Marked as not appointed",
    ApplicationStatus.WITHDRAWN: "Withdrawn by the candidate",
}
_DID = {
    ApplicationStatus.SUBMITTED: "undid the decision on this application",
    ApplicationStatus.SHORTLISTED: "shortlisted this application",
    ApplicationStatus.NOT_SHORTLISTED: "marked this application as unsuccessful",
    ApplicationStatus.APPOINTED: "decided to appoint this candidate",
    ApplicationStatus.RESERVE: "put this candidate on the reserve list",
    ApplicationStatus.NOT_APPOINTED: "marked this candidate as not appointed",
    ApplicationStatus.WITHDRAWN: "withdrew this application",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: what, when, who did it, and why."""

    title: str
    at: datetime
    who: str
    note: str = ""


def timeline(events: Iterable[ApplicationEvent], assignments: Iterable[Assignment]) -> Sequence[Happening]:
    """Return all that happened to an application, oldest first."""
    moved = [Happening(_title(event), event.at, _who(event), _why(event)) for event in events]
    given = [
        Happening(
            f"Assigned to {assignment.assignee.name}" if assignment.assignee else "Assigned to nobody",
            assignment.at,
            assignment.actor.name,
        )
        for assignment in assignments
    ]
    return sorted([*moved, *given], key=lambda happening: happening.at)


def what_happened_last(actor: Actor, application: Application) -> str:
    """Return a sentence about the last move after sending, such as "Harper Reed shortlisted this application at …."."""
    last = events_of(application.id)[-1]
    if last.source == ApplicationStatus.DRAFT:
        return ""
    who = "You" if last.actor_id == actor.user_id else _who(last)
    if last.source == last.target:
        return f"{who} sent the decision on this application at {long_moment(last.at)}."
    if last.source in OUTCOMES and last.target in (ApplicationStatus.SHORTLISTED, ApplicationStatus.RESERVE):
        return f"{who} {_DID[ApplicationStatus.SUBMITTED]} at {long_moment(last.at)}."
    return f"{who} {_DID[ApplicationStatus(last.target)]} at {long_moment(last.at)}."


def _title(event: ApplicationEvent) -> str:
    if event.source == event.target:
        return "Message sent before its time"
    if event.target == ApplicationStatus.SUBMITTED:
        return "Sent by the candidate" if event.source == ApplicationStatus.DRAFT else "Decision undone: back to review"
    if event.source in OUTCOMES and event.target in (ApplicationStatus.SHORTLISTED, ApplicationStatus.RESERVE):
        return f"Decision undone: back to {STAFF_WORDS[ApplicationStatus(event.target)].lower()}"
    return _TITLES[ApplicationStatus(event.target)]


def _who(event: ApplicationEvent) -> str:
    if event.target == ApplicationStatus.WITHDRAWN:
        return "The candidate"
    return event.actor.name if event.actor else "An operator of the service"


def _why(event: ApplicationEvent) -> str:
    return ": ".join(part for part in (event.criterion.text if event.criterion else "", event.reason) if part)
