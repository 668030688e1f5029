"""What HR does with times that are set: invite the shortlist to choose, and take a time off."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import func, select

from recruit.core.calendar import london_day, long_date, long_moment, working_days_after
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.core.targets import targets
from recruit.interviews import diaries, telling
from recruit.interviews.choosing import let_go, take_turns
from recruit.interviews.models import InterviewBooking, InterviewInvitation, InterviewSlot
from recruit.interviews.promising import promise_outcome
from recruit.interviews.queries import free_slots, shortlist_of
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.interview_stages import (
    INTERVIEW_MOVES,
    Guard,
    InterviewAct,
    InterviewMove,
    check,
    permit_act,
    stage_of,
)
from recruit.rules.interviews import KIND_WORDS, InterviewKind
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy

CHANGED = "Somebody chose or gave up this time while you were looking at it. Nothing was changed. Look at it again."


def missing_for_invitations(vacancy: Vacancy, *, now: datetime, limit: timedelta) -> list[str]:
    """Return what keeps everybody on the shortlist from being invited, a sentence each; none when nothing does.

    Each of them must find a free time of each kind with the notice that candidates are promised.
    """
    if vacancy.status == VacancyStatus.CANCELLED:
        return ["The vacancy was cancelled, so nobody can be invited."]
    people = shortlist_of(vacancy.id)
    waiting = [one for one in people if one.invited_at is None]
    if not waiting:
        return ["Nobody on the shortlist waits for an invitation."]
    from_day = working_days_after(london_day(now), targets().notice)
    offered = free_slots(vacancy.id, now=now, limit=limit)
    taken = _booked_by_kind(vacancy.id)
    kinds = [kind for kind in InterviewKind if kind in {slot.kind for slot in offered} | taken.keys()]
    if not kinds:
        return ["There are no times yet that they could choose from."]
    found = []
    for kind in kinds:
        free = sum(slot.kind == kind and london_day(slot.starts_at) >= from_day for slot in offered)
        needed = len(people) - taken.get(kind, 0)
        if free < needed:
            found.append(
                f"{KIND_WORDS[kind]}: {needed} {'person needs' if needed == 1 else 'people need'} a time, and {free} "
                f"{'is' if free == 1 else 'are'} free on {long_date(from_day)} or later, with the "
                f"{targets().notice} working days’ notice that they are promised."
            )
    return found


def invite_shortlist(actor: Actor, vacancy: Vacancy, *, limit: timedelta, now: datetime) -> int:
    """Ask everybody on the shortlist who was not asked yet to choose times; return how many.

    Raises:
        NotAllowed: not HR.
        Incomplete: nobody waits for it, or times are missing.
    """
    authorise(actor, Permission.INTERVIEW_MANAGE, vacancy)
    hold(f"interviews {vacancy.id}")
    check(INTERVIEW_MOVES[InterviewAct.INVITE], {Guard.READY: partial(_refuse_missing, vacancy, now, limit)})
    waiting = [one for one in shortlist_of(vacancy.id) if one.invited_at is None]
    for one in waiting:
        application = one.application
        stage = stage_of([], is_invited=one.invited_at is not None, now=now)
        permit_act(InterviewAct.INVITE, actor, application, stage)
        db.session.add(InterviewInvitation(application_id=application.id, invited_by_id=actor.user_id, invited_at=now))
        promise_outcome(application, now=now)
        telling.invite(application, now=now)
        telling.record(actor, vacancy.id, "Invited to choose a time", now=now, application_id=application.id)
    return len(waiting)


def cancel_slot(
    actor: Actor, slot: InterviewSlot, *, seen_version: int, seen_booking_id: int | None, now: datetime
) -> None:
    """Take a time off.  Whoever has it is told, and can choose another.

    Args:
        seen_version: the slot's version on the page that this was decided on.
        seen_booking_id: the booking that stood there; None for a free time.

    Raises:
        NotAllowed: not HR.
        Conflict: it was changed, chosen, given up or taken off meanwhile, or it has begun.
    """
    authorise(actor, Permission.INTERVIEW_MANAGE, slot)
    booking, slot = take_set_slot(slot, seen_booking_id)
    checks = {
        Guard.AS_SEEN: partial(refuse_unseen, slot, booking, seen_version, seen_booking_id),
        Guard.NOT_BEGUN: partial(refuse_begun, slot, now, "taken off"),
    }
    check(permit_hosting(InterviewAct.TAKE_OFF, actor, slot, booking, now), checks)
    what = f"{KIND_WORDS[slot.kind]} at {long_moment(slot.starts_at)} taken off"
    if booking is None:
        telling.record(actor, slot.vacancy_id, what, now=now)
    else:
        let_go(actor, booking, slot, what, now=now, by_us=True)
    diaries.free(slot.id)
    slot.cancelled_at = now


def take_set_slot(slot: InterviewSlot, seen_booking_id: int | None) -> tuple[InterviewBooking | None, InterviewSlot]:
    """Wait for a slot's turn, and return its booking and the slot as they are now."""
    seen = db.session.get(InterviewBooking, seen_booking_id) if seen_booking_id else None
    if seen is not None and seen.slot_id == slot.id:
        slot = take_turns(seen.application, {slot.id})[slot.id]
    else:
        db.session.refresh(slot, with_for_update={"of": InterviewSlot})
    booking = db.session.scalars(
        select(InterviewBooking).where(InterviewBooking.slot_id == slot.id).execution_options(populate_existing=True)
    ).one_or_none()
    return booking, slot


def permit_hosting(
    act: InterviewAct, actor: Actor, slot: InterviewSlot, booking: InterviewBooking | None, now: datetime
) -> InterviewMove:
    """Return the row of what HR does with a slot; a slot that nobody has is at no stage.

    Raises:
        NotAllowed: not HR.
        Conflict: its interview is over.
    """
    stage = stage_of([slot.ends_at], is_invited=True, now=now) if booking else INTERVIEW_MOVES[act].source
    return permit_act(act, actor, slot, stage)


def refuse_unseen(
    slot: InterviewSlot, booking: InterviewBooking | None, seen_version: int, seen_booking_id: int | None
) -> None:
    """Refuse what was decided on a page that shows another time, or another booking, than there is now."""
    if (booking.id if booking else None) != seen_booking_id or slot.version != seen_version or slot.cancelled_at:
        raise Conflict(CHANGED)


def refuse_begun(slot: InterviewSlot, now: datetime, done: str) -> None:
    """Refuse to do something, in words such as "changed", with an interview that has begun."""
    if slot.starts_at <= now:
        raise Conflict(f"This interview has begun, so it can no longer be {done}.")


def _refuse_missing(vacancy: Vacancy, now: datetime, limit: timedelta) -> None:
    missing = missing_for_invitations(vacancy, now=now, limit=limit)
    if missing:
        raise Incomplete(" ".join(missing))


def _booked_by_kind(vacancy_id: int) -> dict[InterviewKind, int]:
    rows = db.session.execute(
        select(InterviewBooking.kind, func.count())
        .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .where(InterviewSlot.vacancy_id == vacancy_id)
        .group_by(InterviewBooking.kind)
    )
    return dict(rows.tuples().all())
