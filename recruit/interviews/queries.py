"""Reading interviews.  Whose they are is in the WHERE clause."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.personal import SupportAnswer
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.interviews.models import (
    InterviewBooking,
    InterviewCancellation,
    InterviewEvent,
    InterviewInvitation,
    InterviewSlot,
    SlotInterviewer,
)
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.interviews import KIND_WORDS, InterviewKind
from recruit.rules.lifecycle import OUTCOMES, ApplicationStatus

EVENTS_SHOWN = 100  # the newest; a guard, not a policy


@dataclass(frozen=True, slots=True)
class SetSlot:
    """A slot as HR sees it: whose it is, if anybody's, and who interviews."""

    slot: InterviewSlot
    booking: InterviewBooking | None
    interviewers: Sequence[User]


@dataclass(frozen=True, slots=True)
class Shortlisted:
    """Somebody who was put on the shortlist, and since when they are invited."""

    application: Application
    invited_at: datetime | None


def is_invited(application_id: int) -> bool:
    """Say whether the candidate of an application was asked to choose times."""
    return db.session.get(InterviewInvitation, application_id) is not None


class Times(NamedTuple):
    """Whether a candidate was asked to choose times, and those that they have, the earliest first."""

    is_invited: bool
    slots: list[InterviewSlot]


def times_of(application_ids: Collection[int]) -> dict[int, Times]:
    """Return how far the interviews of each of the applications are, in one statement."""
    rows = db.session.execute(
        select(Application.id, InterviewInvitation.application_id, InterviewSlot)
        .outerjoin(InterviewInvitation, InterviewInvitation.application_id == Application.id)
        .outerjoin(InterviewBooking, InterviewBooking.application_id == Application.id)
        .outerjoin(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .where(Application.id.in_(application_ids))
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    )
    found: dict[int, Times] = {}
    for key, invited, slot in rows.tuples():
        times = found.setdefault(key, Times(invited is not None, []))
        times.slots.extend([slot] if slot is not None else [])
    return found


def bookings_of(application_id: int) -> Sequence[InterviewBooking]:
    """Return what an application has, with the slots, the earliest first."""
    return db.session.scalars(
        select(InterviewBooking)
        .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .where(InterviewBooking.application_id == application_id)
        .options(joinedload(InterviewBooking.slot))
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    ).all()


def free_slots(vacancy_id: int, *, now: datetime, limit: timedelta) -> Sequence[InterviewSlot]:
    """Return the slots that can still be chosen, the earliest first.

    Args:
        limit: how long before a slot nobody can choose it any more.
    """
    taken = select(InterviewBooking.id).where(InterviewBooking.slot_id == InterviewSlot.id).exists()
    return db.session.scalars(
        select(InterviewSlot)
        .where(
            InterviewSlot.vacancy_id == vacancy_id,
            InterviewSlot.cancelled_at.is_(None),
            InterviewSlot.starts_at >= now + limit,
            ~taken,
        )
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
        .limit(limits.INTERVIEW_SLOTS)
    ).all()


def interviewers_of(slot_ids: Collection[int]) -> Mapping[int, Sequence[User]]:
    """Return who interviews in each of `slot_ids`, by name."""
    people: dict[int, list[User]] = {slot_id: [] for slot_id in slot_ids}
    rows = db.session.execute(
        select(SlotInterviewer.slot_id, User)
        .join(User, User.id == SlotInterviewer.user_id)
        .where(SlotInterviewer.slot_id.in_(slot_ids))
        .order_by(User.name, User.id)
    )
    for slot_id, user in rows.tuples():
        people[slot_id].append(user)
    return people


def slots_of(vacancy_id: int) -> Sequence[SetSlot]:
    """Return every slot of a vacancy that was not taken off, the earliest first, in two statements."""
    rows = (
        db.session.execute(
            select(InterviewSlot, InterviewBooking)
            .outerjoin(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
            .where(InterviewSlot.vacancy_id == vacancy_id, InterviewSlot.cancelled_at.is_(None))
            .options(joinedload(InterviewBooking.application).joinedload(Application.candidate))
            .order_by(InterviewSlot.starts_at, InterviewSlot.id)
        )
        .tuples()
        .all()
    )
    people = interviewers_of([slot.id for slot, _ in rows])
    return [SetSlot(slot, booking, people[slot.id]) for slot, booking in rows]


def slot_of(vacancy_id: int, slot_id: int) -> SetSlot:
    """Return one slot of a vacancy.

    Raises:
        NotFound: it has none of that id, or it was taken off.
    """
    for one in slots_of(vacancy_id):
        if one.slot.id == slot_id:
            return one
    raise NotFound("There is no such time for interviews of this vacancy.")


def shortlist_of(vacancy_id: int) -> Sequence[Shortlisted]:
    """Return who is on the shortlist of a vacancy and was told so, by reference."""
    return _people(vacancy_id, Application.status == ApplicationStatus.SHORTLISTED, Application.told_status.is_(None))


def ever_shortlisted(vacancy_id: int) -> Sequence[Shortlisted]:
    """Return who is on the shortlist of a vacancy, told or not, or came from there to an outcome, by reference."""
    return _people(vacancy_id, Application.status.in_((ApplicationStatus.SHORTLISTED, *OUTCOMES)))


def _people(vacancy_id: int, *conditions: ColumnElement[bool]) -> Sequence[Shortlisted]:
    rows = db.session.execute(
        select(Application, InterviewInvitation.invited_at)
        .outerjoin(InterviewInvitation, InterviewInvitation.application_id == Application.id)
        .where(Application.vacancy_id == vacancy_id, *conditions)
        .options(joinedload(Application.candidate))
        .order_by(Application.reference)
    )
    return [Shortlisted(application, invited_at) for application, invited_at in rows.tuples()]


def interviews_for(actor: Actor, *, now: datetime) -> Sequence[SetSlot]:
    """Return the slots that `actor` interviews in, the earliest first, in two statements.

    A slot that is over is among them while its candidate waits for the outcome: there are scores and notes to write.
    """
    rows = (
        db.session.execute(
            select(InterviewSlot, InterviewBooking)
            .join(SlotInterviewer, SlotInterviewer.slot_id == InterviewSlot.id)
            .outerjoin(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
            .outerjoin(Application, Application.id == InterviewBooking.application_id)
            .where(
                SlotInterviewer.user_id == actor.user_id,
                InterviewSlot.cancelled_at.is_(None),
                (InterviewSlot.ends_at > now) | (Application.status == ApplicationStatus.SHORTLISTED),
            )
            .options(
                joinedload(InterviewSlot.vacancy),
                joinedload(InterviewBooking.application).joinedload(Application.candidate),
            )
            .order_by(InterviewSlot.starts_at, InterviewSlot.id)
            .limit(limits.INTERVIEW_SLOTS)
        )
        .tuples()
        .all()
    )
    people = interviewers_of([slot.id for slot, _ in rows])
    return [SetSlot(slot, booking, people[slot.id]) for slot, booking in rows]


class Interviewed(NamedTuple):
    """Somebody who chose a time, as HR compares them."""

    slot_id: int
    candidate: str
    status: ApplicationStatus
    starts_at: datetime


def people_interviewed(vacancy_id: int, kind: InterviewKind) -> Mapping[int, Interviewed]:
    """Return who chose a time for one kind of interview of a vacancy, by application."""
    rows = db.session.execute(
        select(Application.id, InterviewBooking.slot_id, User.name, Application.status, InterviewSlot.starts_at)
        .join(InterviewBooking, InterviewBooking.application_id == Application.id)
        .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .join(User, User.id == Application.candidate_id)
        .where(Application.vacancy_id == vacancy_id, InterviewBooking.kind == kind)
    )
    return {key: Interviewed(*row) for key, *row in rows}


class OwnInterview(NamedTuple):
    """An interview as its candidate is told of it."""

    application: str
    kind: str
    starts_at: datetime
    minutes: int
    place: str
    link: str
    is_cancelled: bool


def own_interviews(actor: Actor) -> Sequence[OwnInterview]:
    """Return every time that `actor` has or had as a candidate, with those that were cancelled, the earliest first."""
    rows = db.session.execute(
        select(Application.reference, InterviewSlot)
        .join(InterviewBooking, InterviewBooking.application_id == Application.id)
        .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .where(Application.candidate_id == actor.user_id)
    )
    cancelled = db.session.execute(
        select(Application.reference, InterviewCancellation)
        .join(InterviewCancellation, InterviewCancellation.application_id == Application.id)
        .where(Application.candidate_id == actor.user_id)
    )
    told = {  # one that was told again is one
        OwnInterview(reference, KIND_WORDS[one.kind], one.starts_at, one.minutes, one.place, one.link, is_cancelled)
        for found, is_cancelled in ((rows.tuples().all(), False), (cancelled.tuples().all(), True))
        for reference, one in found
    }
    return sorted(told, key=lambda one: (one.starts_at, one.application, one.is_cancelled, one.kind, one.place))


def support_asked_for(application_ids: Collection[int]) -> Mapping[int, str]:
    """Return what would help at the interview, in the candidate's words, by application: only of those who asked.

    It is for HR and for whoever interviews that person; interview schemes are no part of it.
    """
    rows = db.session.execute(
        select(SupportAnswer.application_id, SupportAnswer.adjustments).where(
            SupportAnswer.application_id.in_(application_ids), SupportAnswer.needs_adjustments.is_(True)
        )
    )
    return dict(rows.tuples().all())


def happenings(vacancy_id: int) -> Sequence[InterviewEvent]:
    """Return what happened with the interviews of a vacancy, the newest first."""
    return (
        db.session.scalars(
            select(InterviewEvent)
            .where(InterviewEvent.vacancy_id == vacancy_id)
            .options(joinedload(InterviewEvent.actor), joinedload(InterviewEvent.application))
            .order_by(InterviewEvent.id.desc())
            .limit(EVENTS_SHOWN)
        )
        .unique()
        .all()
    )


def happenings_of(application_id: int) -> Sequence[InterviewEvent]:
    """Return what happened with the interviews of one application, oldest first."""
    statement = select(InterviewEvent).where(InterviewEvent.application_id == application_id)
    return db.session.scalars(statement.options(joinedload(InterviewEvent.actor)).order_by(InterviewEvent.id)).all()


def slots_booked_by(application_id: int) -> Sequence[SetSlot]:
    """Return the times that one application has, the earliest first, with who interviews; in two statements."""
    bookings = bookings_of(application_id)
    people = interviewers_of([one.slot_id for one in bookings])
    return [SetSlot(one.slot, one, people[one.slot_id]) for one in bookings]
