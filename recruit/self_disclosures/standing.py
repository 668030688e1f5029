"""Where self-disclosures stand: for candidates, HR and the record.  Nothing here can reach what they say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.calendar import london_day, short_date, working_days_after
from recruit.core.db import UTCDateTime, db
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.rules import limits
from recruit.rules.lifecycle import OVER, ApplicationStatus, VacancyStatus
from recruit.rules.self_disclosure import ASKABLE, CAME, HR_WORDS, UNSENT, UNTOLD, DisclosureStatus
from recruit.self_disclosures.models import SelfDisclosure, SelfDisclosureEvent


def is_open_to(application: Application, disclosure: SelfDisclosure | None) -> bool:
    """Say whether the candidate can send one: it was asked for, or is within a minute, and they may go on."""
    if application.vacancy.status == VacancyStatus.CANCELLED:
        return False
    stands = application.status_for_candidate()
    return stands == ApplicationStatus.SHORTLISTED or (disclosure is not None and stands in ASKABLE)


def disclosure_of(application_id: int) -> SelfDisclosure | None:
    """Return how the self-disclosure of an application stands; None where none was asked for."""
    return db.session.get(SelfDisclosure, application_id)


def to_send(applications: Collection[Application]) -> frozenset[int]:
    """Return those of a candidate's applications that wait for a self-disclosure, in one query or none."""
    able = [one for one in applications if one.status_for_candidate() in ASKABLE]
    found = standings_of([one.id for one in able]) if able else {}
    return frozenset(one.id for one in able if is_open_to(one, found.get(one.id)) and not _is_sent(found.get(one.id)))


def _is_sent(disclosure: SelfDisclosure | None) -> bool:
    return disclosure is not None and disclosure.status not in UNSENT


def hr_words(application: Application, disclosure: SelfDisclosure | None) -> str:
    """Return what HR reads of it; "" where there is nothing to read."""
    if disclosure is None:
        is_asked = application.told_status is None and application.status == ApplicationStatus.SHORTLISTED
        return HR_WORDS[DisclosureStatus.ASKED] if is_asked else ""
    if disclosure.status in UNSENT and application.status in OVER:
        return ""
    words, is_new = HR_WORDS[disclosure.status], disclosure.status in _CAME
    return f"{words} on {short_date(disclosure.sent_at)}" if is_new and disclosure.sent_at else words


_CAME = (DisclosureStatus.RECEIVED, DisclosureStatus.HEARD)


def standings_of(application_ids: Collection[int]) -> Mapping[int, SelfDisclosure]:
    """Return how several stand, by application."""
    rows = db.session.scalars(select(SelfDisclosure).where(SelfDisclosure.application_id.in_(application_ids)))
    return {one.application_id: one for one in rows}


def first_interviews(application_ids: Collection[int]) -> Mapping[int, datetime]:
    """Return when the first interview of each begins that has one."""
    rows = db.session.execute(
        select(InterviewBooking.application_id, func.min(InterviewSlot.starts_at, type_=UTCDateTime()))
        .join(InterviewSlot, InterviewSlot.id == InterviewBooking.slot_id)
        .where(InterviewBooking.application_id.in_(application_ids))
        .group_by(InterviewBooking.application_id)
    )
    return dict(rows.tuples().all())


def needed_by(asked_at: datetime, interview_at: datetime | None) -> date:
    """Return the day by which it is needed: that of an interview to come, or some working days after asking."""
    if interview_at is not None and interview_at > asked_at:
        return london_day(interview_at)
    return working_days_after(london_day(asked_at), limits.DISCLOSURE_WORKING_DAYS)


def told_to_hr(events: Sequence[SelfDisclosureEvent]) -> Sequence[SelfDisclosureEvent]:
    """Return what was done without what would tell that its candidate asked to talk."""
    came = next((place for place, one in enumerate(events) if one.act in CAME), len(events))
    return [one for place, one in enumerate(events) if place > came or one.act not in UNTOLD]


def events_of(application_id: int) -> Sequence[SelfDisclosureEvent]:
    """Return what was done with the self-disclosure of an application, oldest first, with who did it."""
    statement = select(SelfDisclosureEvent).where(SelfDisclosureEvent.application_id == application_id)
    return db.session.scalars(
        statement.options(joinedload(SelfDisclosureEvent.actor)).order_by(SelfDisclosureEvent.id)
    ).all()
