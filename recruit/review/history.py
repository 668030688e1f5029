"""What happened to an application, in words for staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recruit.accounts.models import User
from recruit.applications.deliveries import DeliveryEvent
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.queries import events_of
from recruit.core.calendar import long_moment
from recruit.notifications.models import OutboxMessage
from recruit.review.dossier import Happened
from recruit.rules.access import Actor
from recruit.rules.lifecycle import APPLICATION_MOVES, STAFF_WORDS, ApplicationStatus
from recruit.rules.notifications import MESSAGE_WORDS

A = ApplicationStatus
_TITLES = {
    ApplicationStatus.SHORTLISTED: "Shortlisted",
    ApplicationStatus.NOT_SHORTLISTED: "Marked as unsuccessful",
    ApplicationStatus.APPOINTED: "To be appointed",
    ApplicationStatus.RESERVE: "Put on the reserve list",
    ApplicationStatus.NOT_APPOINTED: "Marked as not appointed",
    ApplicationStatus.WITHDRAWN: "Withdrawn by the candidate",
    ApplicationStatus.VACANCY_CANCELLED: "Ended with its vacancy, which was cancelled",
}
_DID = {
    ApplicationStatus.SHORTLISTED: "shortlisted this application",
    ApplicationStatus.NOT_SHORTLISTED: "marked this application as unsuccessful",
    ApplicationStatus.APPOINTED: "decided to appoint this candidate",
    ApplicationStatus.RESERVE: "put this candidate on the reserve list",
    ApplicationStatus.NOT_APPOINTED: "marked this candidate as not appointed",
    ApplicationStatus.WITHDRAWN: "withdrew this application",
    ApplicationStatus.VACANCY_CANCELLED: "cancelled the vacancy of this application",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: what, when, who did it, why, and the message that told the candidate, if one did."""

    title: str
    at: datetime
    who: str
    note: str = ""
    message: OutboxMessage | None = None


def timeline(happened: Happened) -> Sequence[Happening]:
    """Return all that happened to an application but what was written about it, oldest first."""
    moved = [happening_of(event, event.message) for event in happened.events]
    given = [
        Happening(
            f"Assigned to {assignment.assignee.name}" if assignment.assignee else "Assigned to nobody",
            assignment.at,
            assignment.actor.name,
        )
        for assignment in happened.assignments
    ]
    labelled = [
        Happening(f"Label ‘{one.label.name}’ {'put on' if one.is_on else 'taken off'}", one.at, one.actor.name)
        for one in happened.labels
    ]
    mended = [
        Happening(
            "Message sent again" if one.again_id else "Told in another way",
            one.at,
            one.actor.name,
            _mended(one),
            one.again,
        )
        for one in happened.deliveries
    ]
    return sorted([*moved, *given, *labelled, *mended], key=lambda happening: happening.at)


def happening_of(event: ApplicationEvent, message: OutboxMessage | None = None) -> Happening:
    """Return one move in words, with the message that told of it where that is to be shown."""
    return Happening(_title(event), event.at, _who(event), _why(event), message)


def _mended(event: DeliveryEvent) -> str:
    """Return what did not arrive, and how the candidate was told instead."""
    did_not = f"{MESSAGE_WORDS[event.message.notification]} to {event.message.recipient} did not arrive"
    return f"{did_not}. {f'It went to {event.again.recipient}.' if event.again else event.reason}"


def what_happened_last(actor: Actor, application: Application) -> str:
    """Return a sentence about the last move after sending, such as "Harper Reed shortlisted this application at …."."""
    last = events_of(application.id)[-1]
    if last.source == ApplicationStatus.DRAFT:
        return ""
    is_candidate = last.target == ApplicationStatus.WITHDRAWN and last.actor_id != actor.user_id
    who = "The candidate" if is_candidate else who_else(actor, last.actor)
    return f"{who} {_did(last)} at {long_moment(last.at)}."


def who_else(actor: Actor, user: User | None) -> str:
    """Return who did something, at the start of a sentence, to whoever reads it: "You", or a name."""
    if user is None:
        return "An operator of the service"
    return "You" if user.id == actor.user_id else user.name


def _did(event: ApplicationEvent) -> str:
    if event.source == event.target:
        how = "released the message about" if event.message_id else "set aside the message about"
        return f"{how} the decision on this application"
    if _goes_back(event):
        return "reopened this application" if event.reason else "undid the decision on this application"
    return _DID[ApplicationStatus(event.target)]


_BACK = {(move.source.value, move.target.value) for move in APPLICATION_MOVES if move.is_undo}


def _goes_back(event: ApplicationEvent) -> bool:
    """Say whether an event goes back to where the application was: undone without a reason, or reopened with one."""
    return (event.source, event.target) in _BACK


def _title(event: ApplicationEvent) -> str:
    if event.source == event.target:
        return "Message to the candidate released" if event.message_id else "Candidate told without a message"
    if event.source == ApplicationStatus.DRAFT:
        return "Sent by the candidate"
    if _goes_back(event):
        done = "Reopened" if event.reason else "Decision undone"
        back = "review" if event.target == ApplicationStatus.SUBMITTED else STAFF_WORDS[A(event.target)].lower()
        return f"{done}: back to {back}"
    return _TITLES[ApplicationStatus(event.target)]


def _who(event: ApplicationEvent) -> str:
    if event.target == ApplicationStatus.WITHDRAWN:
        return "The candidate"
    return event.actor.name if event.actor else "An operator of the service"


def _why(event: ApplicationEvent) -> str:
    return ": ".join(part for part in (event.criterion.text if event.criterion else "", event.reason) if part)
