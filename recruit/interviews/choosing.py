"""What a candidate does with the times they are offered: choose one, change it, give it up.

Rows are always taken in one order, application, slots by id, diaries by person, so that two never wait for each other.
"""

import secrets
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.calendar import long_moment, span_words
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.interviews import diaries, telling
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.interviews.promising import promise_outcome
from recruit.interviews.queries import interviewers_of, is_invited
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.interview_stages import Guard, InterviewAct, check, permit_act, stage_of
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus

KEY_BYTES = 16  # random bytes of a booking's key: 32 hexadecimal digits, the column's width
NOT_OFFERED = "That time is not offered any more. Choose another one."


def choose_slot(actor: Actor, application: Application, slot_id: int, *, limit: timedelta, now: datetime) -> None:
    """Give `application` a slot; a slot of the same kind that it has is given back in the same step.

    Choosing the slot that it has does nothing.

    Args:
        limit: how long before an interview it can no longer be chosen, changed or given up.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it is not invited; the slot is gone, taken or too near; the one that it has is too near; or the
            candidate is in another interview then.  What it had before stands.
    """
    authorise(actor, Permission.INTERVIEW_CHOOSE, application)
    _take_turn(application)
    wanted = db.session.get(InterviewSlot, slot_id)
    if wanted is None or wanted.vacancy_id != application.vacancy_id:
        raise Conflict(NOT_OFFERED)
    own = _booking(application, kind=wanted.kind)
    slots = _take_slots({wanted.id, *([own.slot_id] if own else [])})
    has = slots[own.slot_id] if own else wanted
    act = InterviewAct.CHANGE if own else InterviewAct.CHOOSE
    stage = stage_of([has.ends_at] if own else [], is_invited=is_invited(application.id), now=now)
    move = permit_act(act, actor, application, stage)
    if own and own.slot_id == wanted.id:
        return
    stands = f" Your time at {long_moment(has.starts_at)} stands." if own else ""
    checks = {
        Guard.VACANCY_STANDS: partial(_refuse_cancelled, application),
        Guard.ON_SHORTLIST: partial(_refuse_unless_shortlisted, application),
        Guard.OFFERED: partial(_refuse_taken_off, wanted, stands),
        Guard.FREE: partial(_refuse_taken, wanted, stands),
        Guard.NOTICE: partial(_refuse_too_near, wanted, stands, limit, now),
        Guard.CHANGEABLE: partial(_refuse_too_late, has, limit, now),
        Guard.NO_CLASH: partial(_refuse_clash, application, wanted, own),
    }
    check(move, checks)
    if own:
        _change(actor, application, own, has, wanted, limit, now)
    else:
        _book(actor, application, wanted, limit, now)


def give_up_slot(actor: Actor, application: Application, slot_id: int, *, limit: timedelta, now: datetime) -> None:
    """Give back a slot that `application` has.  Its candidate can choose another one.

    Args:
        slot_id: the slot that its page showed.
        limit: as in `choose_slot`.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it does not have that slot any more, or the interview is too near.
    """
    authorise(actor, Permission.INTERVIEW_CHOOSE, application)
    _take_turn(application)
    own = db.session.scalars(
        select(InterviewBooking).where(
            InterviewBooking.application_id == application.id, InterviewBooking.slot_id == slot_id
        )
    ).one_or_none()
    if own is None:
        raise Conflict("You do not have that time any more. Here is how it stands now.")
    slot = _take_slots({slot_id})[slot_id]
    move = permit_act(InterviewAct.GIVE_UP, actor, application, stage_of([slot.ends_at], is_invited=True, now=now))
    check(move, {Guard.CHANGEABLE: partial(_refuse_too_late, slot, limit, now)})
    what = f"{KIND_WORDS[slot.kind]} at {long_moment(slot.starts_at)} given up"
    let_go(actor, own, slot, what, now=now, by_us=False)


def let_go(
    actor: Actor,
    booking: InterviewBooking,
    slot: InterviewSlot,
    what: str,
    *,
    now: datetime,
    by_us: bool,
    tells_candidate: bool = True,
) -> None:
    """Take a slot from whoever has it, and tell both sides.  The caller has its application's and its slot's turn.

    Args:
        what: for the history.
        by_us: whether HR did it; the message to the candidate differs.
        tells_candidate: not where another message tells them.
    """
    booking.sequence += 1
    if tells_candidate:
        telling.tell_time_cancelled(booking, slot, by_us=by_us, now=now)
    telling.tell_interviewers_cancelled(booking, slot, interviewers_of([slot.id])[slot.id], now=now)
    telling.record(actor, slot.vacancy_id, what, now=now, application_id=booking.application_id)
    diaries.free(slot.id, booking.application.candidate_id)
    db.session.delete(booking)
    db.session.flush()
    promise_outcome(booking.application, now=now)


def _book(actor: Actor, application: Application, slot: InterviewSlot, limit: timedelta, now: datetime) -> None:
    booking = InterviewBooking(
        key=secrets.token_hex(KEY_BYTES),
        slot=slot,
        application=application,
        kind=slot.kind,
        sequence=0,
        booked_at=now,
    )
    db.session.add(booking)
    db.session.flush()  # the database refuses a slot that is taken
    diaries.occupy(slot.id, [application.candidate_id], slot.starts_at, slot.ends_at)
    people = interviewers_of([slot.id])[slot.id]
    telling.tell_time(booking, slot, people, limit=limit, now=now)
    telling.tell_interviewers(booking, slot, people, now=now)
    what = f"{KIND_WORDS[slot.kind]} chosen: {long_moment(slot.starts_at)}"
    telling.record(actor, slot.vacancy_id, what, now=now, application_id=application.id)


def _change(
    actor: Actor,
    application: Application,
    booking: InterviewBooking,
    old: InterviewSlot,
    new: InterviewSlot,
    limit: timedelta,
    now: datetime,
) -> None:
    """Move a booking: whoever interviews in both slots is told of a change, the others of an end or of a new one."""
    diaries.free(old.id, application.candidate_id)
    booking.slot, booking.sequence, booking.booked_at = new, booking.sequence + 1, now
    db.session.flush()
    diaries.occupy(new.id, [application.candidate_id], new.starts_at, new.ends_at)
    people = interviewers_of([old.id, new.id])
    before, after = {one.id for one in people[old.id]}, {one.id for one in people[new.id]}
    telling.tell_time(booking, new, people[new.id], limit=limit, now=now, before=old.starts_at)
    leaving = [one for one in people[old.id] if one.id not in after]
    telling.tell_interviewers_cancelled(booking, old, leaving, now=now)
    for person in people[new.id]:
        told = old.starts_at if person.id in before else None
        telling.tell_interviewers(booking, new, [person], now=now, before=told)
    what = f"{KIND_WORDS[new.kind]} changed from {long_moment(old.starts_at)} to {long_moment(new.starts_at)}"
    telling.record(actor, new.vacancy_id, what, now=now, application_id=application.id)


def take_turns(application: Application, slot_ids: set[int]) -> dict[int, InterviewSlot]:
    """Wait for an application's row, then for its slots', and return these as they are now."""
    _take_turn(application)
    return _take_slots(slot_ids)


def _take_turn(application: Application) -> None:
    db.session.refresh(application, with_for_update={"of": Application})


def _take_slots(slot_ids: set[int]) -> dict[int, InterviewSlot]:
    rows = db.session.scalars(
        select(InterviewSlot)
        .where(InterviewSlot.id.in_(slot_ids))
        .order_by(InterviewSlot.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {slot.id: slot for slot in rows}


def _booking(application: Application, *, kind: str) -> InterviewBooking | None:
    return db.session.scalars(
        select(InterviewBooking).where(InterviewBooking.application_id == application.id, InterviewBooking.kind == kind)
    ).one_or_none()


def _refuse_cancelled(application: Application) -> None:
    if application.vacancy.status == VacancyStatus.CANCELLED:
        raise Conflict("The vacancy has been cancelled, so there are no interviews for it.")


def _refuse_unless_shortlisted(application: Application) -> None:
    if {application.status, application.status_for_candidate()} != {ApplicationStatus.SHORTLISTED}:
        raise Conflict("There are no times to choose for this application.")


def _refuse_taken_off(slot: InterviewSlot, stands: str) -> None:
    if slot.cancelled_at is not None:
        raise Conflict(NOT_OFFERED + stands)


def _refuse_taken(slot: InterviewSlot, stands: str) -> None:
    if db.session.scalar(select(InterviewBooking.id).where(InterviewBooking.slot_id == slot.id)) is not None:
        raise Conflict(
            f"{long_moment(slot.starts_at)} was taken by somebody else a moment ago. Choose another time.{stands}"
        )


def _refuse_too_near(slot: InterviewSlot, stands: str, limit: timedelta, now: datetime) -> None:
    if slot.starts_at - now < limit:
        raise Conflict(f"{long_moment(slot.starts_at)} is less than {span_words(limit)} away.{stands}")


def _refuse_too_late(slot: InterviewSlot, limit: timedelta, now: datetime) -> None:
    if slot.starts_at - now < limit:
        raise Conflict(
            f"Your interview at {long_moment(slot.starts_at)} is less than {span_words(limit)} away, so it can no "
            "longer be changed here. Nothing was changed. Ask us if you cannot come."
        )


def _refuse_clash(application: Application, slot: InterviewSlot, own: InterviewBooking | None) -> None:
    besides = [own.slot_id] if own else []
    clash = diaries.first_clash([application.candidate_id], slot.starts_at, slot.ends_at, besides=besides)
    if clash is not None:
        raise Conflict(
            f"You have another interview at {long_moment(clash[2])}, so you cannot come to this one. "
            "Choose another time."
        )
