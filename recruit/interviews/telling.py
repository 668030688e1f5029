"""Telling candidate and interviewers of an interview, each with an entry for their own calendar."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.promises import due_day
from recruit.applications.service import message_words, tell_candidate
from recruit.core.calendar import long_date, long_moment
from recruit.core.db import db
from recruit.interviews.models import InterviewBooking, InterviewCancellation, InterviewEvent, InterviewSlot
from recruit.interviews.promising import promise_outcome
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.interviews import KIND_HINTS, KIND_WORDS
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.notifications import Notification

REQUEST, CANCEL = "REQUEST", "CANCEL"  # of RFC 5546: put into the calendar or replace what is there; take out


class Entry(TypedDict):
    """A calendar entry as `notifications.calendar_entry` reads it; moments in ISO 8601."""

    calendar_method: str
    calendar_key: str
    calendar_sequence: str
    calendar_starts: str
    calendar_ends: str
    calendar_title: str
    calendar_place: str


def entry_for_candidate(booking: InterviewBooking, slot: InterviewSlot) -> Entry:
    """Return the entry for the calendar of whoever is interviewed."""
    return _entry(booking, slot, REQUEST, f"{KIND_WORDS[slot.kind]}: {booking.application.vacancy.title}")


def entry_for_interviewer(booking: InterviewBooking, slot: InterviewSlot, method: str = REQUEST) -> Entry:
    """Return the entry for the calendar of whoever interviews: it names the candidate."""
    application = booking.application
    title = f"{KIND_WORDS[slot.kind]}: {application.candidate.name}, {application.vacancy.title}"
    return _entry(booking, slot, method, title)


def _entry(
    booking: InterviewBooking | InterviewCancellation,
    slot: InterviewSlot | InterviewCancellation,
    method: str,
    title: str,
) -> Entry:
    return {
        "calendar_method": method,
        "calendar_key": booking.key,
        "calendar_sequence": str(booking.sequence),
        "calendar_starts": slot.starts_at.isoformat(),
        "calendar_ends": slot.ends_at.isoformat(),
        "calendar_title": title,
        "calendar_place": ", ".join(part for part in (slot.place, slot.link) if part),
    }


def invite(application: Application, *, now: datetime) -> OutboxMessage:
    """Ask a candidate to choose times, until the day that the application is due; one that has passed is not named."""
    by = due_day(application.due_at) if application.due_at and application.due_at > now else None
    return tell_candidate(
        Notification.INTERVIEW_INVITED,
        application,
        now=now,
        path=_path(application),
        choose_by=long_date(by) if by else "",
    )


def tell_time(
    booking: InterviewBooking,
    slot: InterviewSlot,
    interviewers: Iterable[User],
    *,
    limit: timedelta,
    now: datetime,
    before: datetime | None = None,
) -> OutboxMessage:
    """Send the candidate their time, or the one that it is now, and by when they hear what came of it.

    Args:
        limit: how long before the interview they can change it; told in the message.
        before: when it was to begin before this change; None where it was not changed now.
    """
    application = booking.application
    hear_by = promise_outcome(application, now=now)
    return tell_candidate(
        Notification.INTERVIEW_BOOKED,
        application,
        now=now,
        path=_path(application),
        **_words(slot),
        hint=KIND_HINTS[slot.kind],
        is_change="yes" if booking.sequence else "",
        before=_other_moment(before, slot),
        people=_names(interviewers),
        hear_by=long_date(hear_by) if hear_by else "",
        until=long_moment(slot.starts_at - limit) if slot.starts_at - limit > now else "",
        **entry_for_candidate(booking, slot),
    )


def tell_time_cancelled(booking: InterviewBooking, slot: InterviewSlot, *, by_us: bool, now: datetime) -> None:
    """Tell the candidate that their time is no longer theirs, and take it out of their calendar."""
    what = InterviewCancellation(
        application=booking.application,
        kind=slot.kind,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        place=slot.place,
        link=slot.link,
        key=booking.key,
        sequence=booking.sequence,
        by_us=by_us,
    )
    _tell_cancellation(what, now)


def tell_cancelled_again(what: InterviewCancellation, *, now: datetime) -> OutboxMessage:
    """Tell the candidate once more of a time that is no longer theirs."""
    columns = (column.key for column in InterviewCancellation.__mapper__.column_attrs)
    kept = {name: getattr(what, name) for name in columns if name not in ("message_id", "application_id")}
    return _tell_cancellation(InterviewCancellation(application=what.application, **kept), now)


def _tell_cancellation(what: InterviewCancellation, now: datetime) -> OutboxMessage:
    application = what.application
    what.message = tell_candidate(
        Notification.INTERVIEW_CANCELLED,
        application,
        now=now,
        path=_path(application),
        **_words(what),
        by_us="yes" if what.by_us else "",
        is_over="yes" if application.vacancy.status == VacancyStatus.CANCELLED else "",
        **_entry(what, what, CANCEL, f"{KIND_WORDS[what.kind]}: {application.vacancy.title}"),
    )
    db.session.add(what)
    return what.message


def tell_interviewers(
    booking: InterviewBooking,
    slot: InterviewSlot,
    people: Iterable[User],
    *,
    now: datetime,
    before: datetime | None = None,
) -> None:
    """Send interviewers a time that a candidate has, or the one that it is now.

    Args:
        before: when it was to begin, as they were told before; None for those who hear of it for the first time.
    """
    _tell(Notification.INTERVIEW_PANEL_BOOKED, booking, slot, people, REQUEST, now, before)


def tell_interviewers_cancelled(
    booking: InterviewBooking, slot: InterviewSlot, people: Iterable[User], *, now: datetime
) -> None:
    """Tell interviewers that an interview does not take place, or not with them, and take it out of calendars."""
    _tell(Notification.INTERVIEW_PANEL_CANCELLED, booking, slot, people, CANCEL, now, None)


def _tell(
    notification: Notification,
    booking: InterviewBooking,
    slot: InterviewSlot,
    people: Iterable[User],
    method: str,
    now: datetime,
    before: datetime | None,
) -> None:
    application = booking.application
    for person in people:
        outbox.post(
            notification,
            person.email,
            at=now,
            name=person.name.split()[0] if person.name.split() else "",
            candidate=application.candidate.name,
            vacancy=application.vacancy.title,
            path="/interviews",
            is_change="yes" if before else "",
            before=_other_moment(before, slot),
            **_words(slot),
            **entry_for_interviewer(booking, slot, method),
        )


def _other_moment(before: datetime | None, slot: InterviewSlot) -> str:
    """Return when an interview was to begin, in words; "" where that is as before, or it was not told."""
    return long_moment(before) if before is not None and before != slot.starts_at else ""


class _SlotWords(TypedDict):
    kind: str
    when: str
    minutes: str
    place: str
    link: str


def _words(slot: InterviewSlot | InterviewCancellation) -> _SlotWords:
    return {
        "kind": KIND_WORDS[slot.kind],
        "when": long_moment(slot.starts_at),
        "minutes": str(slot.minutes),
        "place": slot.place,
        "link": slot.link,
    }


def _names(people: Iterable[User]) -> str:
    names = [person.name for person in people]
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def _path(application: Application) -> str:
    return f"{message_words(application)['path']}/interview"


def record(actor: Actor, vacancy_id: int, what: str, *, now: datetime, application_id: int | None = None) -> None:
    """Keep that `actor` did something with a vacancy's interviews: the one writer of their history.

    Args:
        what: what was done, as a heading.
    """
    db.session.add(
        InterviewEvent(
            vacancy_id=vacancy_id, application_id=application_id, actor_id=actor.user_id, what=what[:300], at=now
        )
    )
