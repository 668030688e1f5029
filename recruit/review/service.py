"""What a reviewer does with an application: decide, take back, hand over, note, read."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, text, update

from recruit.applications import moves
from recruit.applications.cancelling import is_cancelled
from recruit.applications.models import Application
from recruit.applications.service import drop_draft
from recruit.appointments.employment_opening import open_details
from recruit.core.db import BigInt, UTCDateTime, db
from recruit.core.errors import Conflict, Incomplete
from recruit.interviews.outcomes import refuse_leaving
from recruit.review import letters
from recruit.review.choices import hr_people
from recruit.review.history import what_happened_last
from recruit.review.models import Assignment, ReviewNote
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import (
    APPLICATION_MOVES,
    APPLICATION_REOPENINGS,
    OUTCOMES,
    ApplicationStatus,
    VacancyStatus,
    permit,
)
from recruit.rules.notifications import Notification
from recruit.rules.reasons import needed_reason, refuse_long
from recruit.vacancies.models import Criterion

_READ = text(
    "INSERT INTO application_read (application_id, user_id, at) VALUES (:application_id, :user_id, :at)"
    " ON CONFLICT (application_id, user_id) DO NOTHING"
).bindparams(
    bindparam("application_id", type_=BigInt), bindparam("user_id", type_=BigInt), bindparam("at", type_=UTCDateTime())
)

UNTOLD = "The candidate has not been told of the last decision. Release its message, or undo it first."
REOPENING_UNDONE = "The reopening was undone: the decision before it stands."

_NEED_A_VACANCY = {
    ApplicationStatus.SHORTLISTED: "shortlisted for it",
    ApplicationStatus.APPOINTED: "appointed",
    ApplicationStatus.RESERVE: "put on its reserve list",
}


def move_application(
    actor: Actor,
    application: Application,
    target: ApplicationStatus,
    *,
    seen_version: int,
    reason: str = "",
    criterion_id: int | None = None,
    now: datetime,
) -> None:
    """Decide on `application`.  The candidate reads and is sent nothing of it until a person releases its letter.

    Args:
        actor: an HR person; not the candidate.
        target: shortlisted, not shortlisted, or what came of the interviews.
        seen_version: the application's version on the page that the decision was made from.
        reason: for an unsuccessful application, the feedback that the candidate is sent; else a note for the record.
        criterion_id: the criterion of the vacancy that decided an unsuccessful application.
        now: the moment of the decision, aware, UTC.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: somebody moved it since the page was made, it cannot go there from where it stands, or the
            candidate does not know of the last decision yet.
        Incomplete: the reason or the criterion is missing, not the vacancy's, or too long.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    refuse_what_was_not_seen(actor, application, seen_version)
    move = permit(APPLICATION_MOVES, actor, application, target)
    if move.is_undo or move.notification is None:
        raise Conflict("A decision is taken back with ‘Undo’.")
    if application.told_status is not None:
        raise Conflict(UNTOLD)
    if target in _NEED_A_VACANCY and application.vacancy.status == VacancyStatus.CANCELLED:
        raise Conflict(f"The vacancy was cancelled, so nobody can be {_NEED_A_VACANCY[target]}.")
    if target in OUTCOMES:
        refuse_leaving(application, target, now=now)
    criterion = next((line for line in criteria_to_decide(application) if line.id == criterion_id), None)
    if move.needs_reason and criterion is None:
        raise Incomplete("Select the criterion that decided it")
    if move.needs_reason and not reason.strip():
        raise Incomplete("Enter what you would have liked to read")
    refuse_long(reason)

    event_id = moves.take(
        move,
        actor,
        application,
        now=now,
        is_untold=True,
        reason=reason,
        criterion_id=criterion.id if criterion and move.needs_reason else None,
    )
    letters.draft_letter(move.notification, application, event_id)
    _mark_read(actor, application, now)


def criteria_to_decide(application: Application) -> list[Criterion]:
    """Return the criteria that a refusal can name: before an interview only those that the application answers."""
    is_before = application.status == ApplicationStatus.SUBMITTED
    return application.vacancy.asked if is_before else list(application.vacancy.criteria)


def undo_move(actor: Actor, application: Application, *, seen_version: int, now: datetime) -> None:
    """Take back the last step on `application`, a decision or a reopening, while the candidate does not know of it.

    Nothing of it is left for the candidate: its letter is gone, and they read what they read before.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: somebody moved it since the page was made, it is not decided, the candidate has been told, or the
            vacancy was cancelled: it would stand open for ever.
    """
    authorise(actor, Permission.APPLICATION_REVIEW, application)
    refuse_what_was_not_seen(actor, application, seen_version)
    if application.told_status is None:
        raise Conflict("The candidate knows of the decision, or there is none, so nothing can be undone.")
    if is_cancelled(application):
        raise Conflict("The vacancy was cancelled, so the decision can no longer be undone. Release its message.")
    draft = letters.draft_of(application)
    is_reopened = draft is not None and draft.notification == Notification.APPLICATION_CORRECTED
    moves_back = APPLICATION_REOPENINGS if is_reopened else APPLICATION_MOVES
    move = permit(moves_back, actor, application, application.told_status)

    drop_draft(application.id)
    moves.take(move, actor, application, now=now, reason=REOPENING_UNDONE if is_reopened else "")
    open_details(actor, [application], now=now)
    _mark_read(actor, application, now)


def assign_application(
    actor: Actor,
    application: Application,
    assignee_id: int | None,
    *,
    seen_assignee_id: int | None,
    people: Collection[int] | None = None,
    is_open: bool = True,
    now: datetime,
) -> None:
    """Give `application` to one person of HR, or to nobody.  Does nothing where they have it.

    One UPDATE decides between two people.  The version stays: who has an application is no part of a decision.

    Args:
        actor: an HR person; not the candidate.
        assignee_id: who takes it on; None is nobody.
        seen_assignee_id: who had it on the page that this was chosen on.
        people: who can take one on, where that was asked for many at once.
        is_open: whether it was given on its own page, and so read.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: it was given to somebody else since.
        Incomplete: there is no such person in HR, or they are the candidate.
    """
    authorise(actor, Permission.APPLICATION_ASSIGN, application)
    if application.status == ApplicationStatus.DRAFT:
        raise Conflict("This application has not been sent.")
    people = [person.id for person in hr_people()] if people is None else people
    if assignee_id is not None and (assignee_id not in people or assignee_id == application.candidate_id):
        raise Incomplete("Select a person from the list")
    if assignee_id == application.assigned_to_id:
        return

    given = db.session.execute(
        update(Application)
        .where(Application.id == application.id, Application.assigned_to_id.is_not_distinct_from(seen_assignee_id))
        .values(assigned_to_id=assignee_id)
        .execution_options(synchronize_session=False)
    )
    db.session.expire(application, ["assigned_to_id", "assigned_to"])
    if given.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE gives a cursor's result
        has_it = application.assigned_to.name if application.assigned_to else "nobody"
        raise Conflict(f"This was reassigned while you were looking at it: {has_it} has it now. Nothing was changed.")
    db.session.add(Assignment(application_id=application.id, actor_id=actor.user_id, assignee_id=assignee_id, at=now))
    if is_open:
        _mark_read(actor, application, now)


def add_note(actor: Actor, application: Application, written: str, *, now: datetime) -> None:
    """Keep a note for the others in HR.  The candidate never sees it here, but could ask for it by law.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: the application was never sent.
        Incomplete: the note is empty or too long.
    """
    authorise(actor, Permission.APPLICATION_NOTE, application)
    if application.status == ApplicationStatus.DRAFT:
        raise Conflict("This application has not been sent.")
    written = needed_reason(written, missing="Enter a note", thing="Your note")

    db.session.add(ReviewNote(application_id=application.id, author_id=actor.user_id, text=written, at=now))
    _mark_read(actor, application, now)


def mark_read(actor: Actor, application: Application, *, now: datetime) -> None:
    """Keep that `actor` has read `application`: for them, not for others.  Doing it twice keeps the first moment.

    Raises:
        NotAllowed: not HR, or their own application.
    """
    authorise(actor, Permission.APPLICATION_READ, application)
    _mark_read(actor, application, now)


def _mark_read(actor: Actor, application: Application, now: datetime) -> None:
    db.session.execute(_READ, {"application_id": application.id, "user_id": actor.user_id, "at": now})


def refuse_what_was_not_seen(actor: Actor, application: Application, seen_version: int) -> None:
    """Wait for the application's row, and refuse if it was moved since the page with `seen_version` was made.

    A version also grows when the candidate answers the equality questions; that is nothing to refuse for.
    """
    # Its row alone, not what it was loaded with; who only names it in a row of their own need not wait.
    db.session.refresh(application, with_for_update={"of": Application, "key_share": True})
    if moved := moved_since(actor, application, seen_version):
        raise Conflict(moved)


def moved_since(actor: Actor, application: Application, seen_version: int) -> str:
    """Return in words who moved an application since the page with `seen_version` was made; "" if nobody did."""
    happened = what_happened_last(actor, application) if application.version != seen_version else ""
    return f"{happened} Nothing of yours was saved." if happened else ""
