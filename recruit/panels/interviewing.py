"""Setting times for the interviews of a vacancy: where, when, how long and by whom of its panel.

Source: safer recruitment asks that those who shortlist also interview, two or more together, one of them trained
(domain research, 4.5).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlsplit

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm.attributes import flag_modified

from recruit.accounts.models import User
from recruit.core.calendar import clock_time, london_day, london_moment, long_moment
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, Incomplete
from recruit.interviews import diaries, telling
from recruit.interviews.hosting import permit_hosting, refuse_begun, refuse_unseen, take_set_slot
from recruit.interviews.models import InterviewSlot, SlotInterviewer
from recruit.interviews.queries import interviewers_of
from recruit.panels.composition import Member, members_of
from recruit.panels.models import PanelMember
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.interview_stages import Guard, InterviewAct, check
from recruit.rules.interviews import KIND_WORDS, InterviewKind
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy


@dataclass(frozen=True, slots=True)
class Plan:
    """One time, or the first of several, as HR sets it.

    Args:
        day: a day in London.
        start: when the first begins, on a quarter of an hour.
        minutes: how long each lasts.
        place: where it is; "" for one that is by video alone.
        link: an https address to join it by; "" for none.
        interviewer_ids: who of the panel interviews.
    """

    day: date
    start: time
    minutes: int
    place: str
    link: str
    interviewer_ids: frozenset[int]


def add_slots(
    actor: Actor,
    vacancy: Vacancy,
    kind: InterviewKind,
    plan: Plan,
    *,
    number: int = 1,
    pause: int = 0,
    now: datetime,
) -> list[InterviewSlot]:
    """Set so many times of one kind, one after the other, and return them.

    Args:
        number: how many.
        pause: minutes between two of them.

    Raises:
        NotAllowed: not HR.
        Conflict: the vacancy was cancelled, or somebody on the panel is in another interview then.
        Incomplete: what is wrong with the plan, in a sentence.
    """
    authorise(actor, Permission.INTERVIEW_MANAGE, vacancy)
    if vacancy.status == VacancyStatus.CANCELLED:
        raise Conflict("The vacancy was cancelled, so there are no interviews to plan.")
    if not 1 <= number <= limits.INTERVIEW_SLOTS_AT_ONCE or pause not in limits.INTERVIEW_BREAKS:
        raise Incomplete(f"Set between 1 and {limits.INTERVIEW_SLOTS_AT_ONCE} times at once")
    hold(f"interviews {vacancy.id}")
    there = db.session.scalar(select(func.count()).where(InterviewSlot.vacancy_id == vacancy.id)) or 0
    if there + number > limits.INTERVIEW_SLOTS:
        raise Incomplete(f"A vacancy has {limits.INTERVIEW_SLOTS} times at most")
    length = timedelta(minutes=plan.minutes)
    first = _first_moment(plan, number * length + (number - 1) * timedelta(minutes=pause), now)
    starts = [first + count * (length + timedelta(minutes=pause)) for count in range(number)]
    _check_people(vacancy, plan)
    _refuse_clash(plan, starts[0], starts[-1] + length)
    slots = [
        InterviewSlot(
            vacancy_id=vacancy.id, kind=kind, starts_at=at, ends_at=at + length, place=plan.place, link=plan.link
        )
        for at in starts
    ]
    db.session.add_all(slots)
    db.session.flush()
    for slot in slots:
        _put_people(slot, plan.interviewer_ids)
    last = f" to {clock_time(slots[-1].ends_at)}" if number > 1 else ""
    what = f"{number} × {KIND_WORDS[kind].lower()} set, {plan.minutes} minutes each: {long_moment(first)}{last}"
    telling.record(actor, vacancy.id, what, now=now)
    return slots


def change_slot(
    actor: Actor,
    vacancy: Vacancy,
    slot: InterviewSlot,
    plan: Plan,
    *,
    seen_version: int,
    seen_booking_id: int | None,
    limit: timedelta,
    now: datetime,
) -> None:
    """Change a time.  Whoever has it, and who interviews, is told if somebody has it; calendars follow.

    Args:
        seen_version: the slot's version on the page that this was decided on.
        seen_booking_id: the booking that stood there; None for a free time.
        limit: how long before the interview its candidate can change it; told in the message.

    Raises:
        NotAllowed: not HR.
        Conflict: it was changed, chosen, given up or taken off meanwhile; it has begun; or somebody is in another
            interview then.
        Incomplete: what is wrong with the plan, in a sentence.
    """
    authorise(actor, Permission.INTERVIEW_MANAGE, vacancy)
    booking, slot = take_set_slot(slot, seen_booking_id)
    move = permit_hosting(InterviewAct.MOVE, actor, slot, booking, now)
    length = timedelta(minutes=plan.minutes)
    starts_at = _first_moment(plan, length, now)
    _check_people(vacancy, plan)
    everybody = plan.interviewer_ids | ({booking.application.candidate_id} if booking else set())
    checks = {
        Guard.AS_SEEN: partial(refuse_unseen, slot, booking, seen_version, seen_booking_id),
        Guard.NOT_BEGUN: partial(refuse_begun, slot, now, "changed"),
        Guard.NO_CLASH: partial(_refuse_clash, plan, starts_at, starts_at + length, everybody, slot.id),
    }
    check(move, checks)
    before, began_at = interviewers_of([slot.id])[slot.id], slot.starts_at
    diaries.free(slot.id)
    db.session.execute(delete(SlotInterviewer).where(SlotInterviewer.slot_id == slot.id))
    slot.starts_at, slot.ends_at, slot.place, slot.link = starts_at, starts_at + length, plan.place, plan.link
    flag_modified(slot, "place")  # the version counts up even where only the people change
    db.session.flush()
    _put_people(slot, plan.interviewer_ids)
    if booking is not None:
        diaries.occupy(slot.id, [booking.application.candidate_id], slot.starts_at, slot.ends_at)
        booking.sequence += 1
        after = interviewers_of([slot.id])[slot.id]
        telling.tell_time(booking, slot, after, limit=limit, now=now, before=began_at)
        telling.tell_interviewers_cancelled(
            booking, slot, [one for one in before if one.id not in plan.interviewer_ids], now=now
        )
        told = {one.id for one in before}
        for person in after:
            telling.tell_interviewers(booking, slot, [person], now=now, before=began_at if person.id in told else None)
    what = f"{KIND_WORDS[slot.kind]} changed: {long_moment(slot.starts_at)}, {plan.minutes} minutes"
    application_id = booking.application_id if booking else None
    telling.record(actor, vacancy.id, what, now=now, application_id=application_id)


def _first_moment(plan: Plan, lasts: timedelta, now: datetime) -> datetime:
    """Return when a plan begins; all of it is to come and within the hours of one day."""
    earliest, latest = limits.INTERVIEW_HOURS
    if plan.minutes not in limits.INTERVIEW_LENGTHS:
        raise Incomplete("Select how long each lasts")
    if plan.start.minute % 15 or plan.start.second or not earliest <= plan.start.hour < latest:
        raise Incomplete("Select when it starts")
    if plan.day.year > london_day(now).year + 1:
        raise Incomplete("The day must be this year or next year")
    starts_at = london_moment(plan.day, plan.start)
    if starts_at <= now:
        raise Incomplete("The day and the time must be in the future")
    if starts_at + lasts > london_moment(plan.day, time(latest)):
        raise Incomplete(f"The last would end after {clock_time(london_moment(plan.day, time(latest)))}")
    if not plan.place and not plan.link:
        raise Incomplete("Enter a place or a link, so that people know where to go")
    if plan.link and not _is_link(plan.link):
        raise Incomplete("Enter the whole link, starting with https://")
    return starts_at


def _is_link(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in text


def _check_people(vacancy: Vacancy, plan: Plan) -> None:
    chosen = [member for member in members_of(vacancy.id) if member.id in plan.interviewer_ids]
    fewest, most = limits.INTERVIEWERS
    if len(chosen) != len(plan.interviewer_ids) or any(not _can_interview(member) for member in chosen):
        raise Incomplete("Select interviewers from the list")
    if not fewest <= len(chosen) <= most:
        raise Incomplete(f"Select between {fewest} and {most} interviewers")
    if not any(member.is_trained(plan.day) for member in chosen):
        raise Incomplete("Select at least one interviewer whose safer-recruitment training counts on that day")


def _can_interview(member: Member) -> bool:
    return member.is_panel and not member.applied


def interviewers_to_choose(vacancy_id: int) -> Sequence[Member]:
    """Return who of the panel of a vacancy can interview, by name."""
    return [member for member in members_of(vacancy_id) if _can_interview(member)]


def still_interviewing(vacancy_id: int, now: datetime) -> Sequence[tuple[str, InterviewSlot]]:
    """Return who interviews although they are not on the panel any more, each with every time to come."""
    is_on = exists().where(PanelMember.vacancy_id == vacancy_id, PanelMember.user_id == User.id)
    rows = db.session.execute(
        select(User.name, InterviewSlot)
        .join(SlotInterviewer, SlotInterviewer.user_id == User.id)
        .join(InterviewSlot, InterviewSlot.id == SlotInterviewer.slot_id)
        .where(
            InterviewSlot.vacancy_id == vacancy_id,
            InterviewSlot.cancelled_at.is_(None),
            InterviewSlot.starts_at > now,
            ~is_on,
        )
        .order_by(InterviewSlot.starts_at, User.name, User.id)
    )
    return list(rows.tuples())


def _refuse_clash(
    plan: Plan,
    starts_at: datetime,
    ends_at: datetime,
    user_ids: Collection[int] | None = None,
    slot_id: int | None = None,
) -> None:
    besides = [slot_id] if slot_id else []
    clash = diaries.first_clash(user_ids or plan.interviewer_ids, starts_at, ends_at, besides=besides)
    if clash is not None:
        raise Conflict(f"{clash[1]} is in another interview at {long_moment(clash[2])}. Nothing was saved.")


def _put_people(slot: InterviewSlot, user_ids: Collection[int]) -> None:
    db.session.add_all(SlotInterviewer(slot_id=slot.id, user_id=user_id) for user_id in user_ids)
    db.session.flush()
    diaries.occupy(slot.id, user_ids, slot.starts_at, slot.ends_at)
